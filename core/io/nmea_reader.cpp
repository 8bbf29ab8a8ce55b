#include "core/io/nmea_reader.h"

#include "core/io/row_columns.h"
#include "core/io/table_draft.h"

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>

namespace cordon {

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::int64_t kNoDay = INT64_MIN;

struct Fix {
    LonLat place;
    double height = kNone;
    std::int64_t timeOfDayMs = -1; // -1: not said
    std::int64_t day = kNoDay;     // since 1970-01-01; before the first date is known: counted from the first fix
};

// "hhmmss.sss" as milliseconds; -1 if it is none.
std::int64_t timeOfDay(std::string_view text) {
    if (text.size() < 6 || text.substr(0, 6).find_first_not_of("0123456789") != std::string_view::npos)
        return -1;
    const auto pair = [&](std::size_t i) { return (text[i] - '0') * 10 + (text[i + 1] - '0'); };
    const int hour = pair(0), minute = pair(2), second = pair(4);
    if (hour > 23 || minute > 59 || second > 60)
        return -1;
    const double fraction = text.size() > 6 ? numberFrom("0" + std::string(text.substr(6))).value_or(0) : 0;
    const double milliseconds = fraction >= 0 && fraction < 1 ? std::round(fraction * 1000) : 0;
    return ((hour * 60 + minute) * 60 + second) * std::int64_t{1000} + static_cast<std::int64_t>(milliseconds);
}

std::int64_t dayOf(int yearNumber, int monthNumber, int dayNumber) {
    using namespace std::chrono;
    const year_month_day date{year{yearNumber}, month{static_cast<unsigned>(monthNumber)},
                              day{static_cast<unsigned>(dayNumber)}};
    return date.ok() ? sys_days{date}.time_since_epoch().count() : kNoDay;
}

// "ddmmyy": the years from 80 on are of the last century.
std::int64_t dayFrom(std::string_view text) {
    if (text.size() != 6 || text.find_first_not_of("0123456789") != std::string_view::npos)
        return kNoDay;
    const auto pair = [&](std::size_t i) { return (text[i] - '0') * 10 + (text[i + 1] - '0'); };
    return dayOf(pair(4) + (pair(4) >= 80 ? 1900 : 2000), pair(2), pair(0));
}

// "ddmm.mmmm" and the letter of its side; NaN if it is none.
double degreesFrom(std::string_view text, std::string_view side, char negative) {
    const double value = numberFrom(text).value_or(kNone);
    const double degrees = std::floor(value / 100), minutes = value - degrees * 100;
    if (!(value >= 0 && minutes < 60) || side.size() != 1)
        return kNone;
    return (side[0] == negative ? -1 : 1) * (degrees + minutes / 60);
}

struct Sentence {
    std::array<std::string_view, 24> fields; // the first is the talker and type: "GPGGA"
    std::string_view at(std::size_t i) const { return i < fields.size() ? fields[i] : std::string_view(); }
    std::string_view type() const { return fields[0].size() == 5 ? fields[0].substr(2) : std::string_view(); }
};

class NmeaReader {
public:
    NmeaReader(std::string_view text, const std::string& path, ReadJob& job)
        : m_text(text), m_path(path), m_job(job), m_waypointColumns(path, job) {}

    std::vector<std::shared_ptr<const FeatureTable>> read(const std::string& stem);

private:
    void readLine(std::string_view line);
    void readSentence(const Sentence& s);
    void addFix(LonLat place, std::int64_t timeOfDayMs, double height);
    void addWaypoint(const Sentence& s);
    void setDay(std::int64_t day);
    static LonLat placeFrom(const Sentence& s, std::size_t first);
    TableDraft trackDraft();
    void report();

    std::string_view m_text;
    const std::string& m_path;
    ReadJob& m_job;
    std::vector<Fix> m_fixes;
    std::int64_t m_day = 0; // of the last fix
    bool m_knowsDay = false;
    GeometryBuilder m_waypoints;
    RowColumns m_waypointColumns;
    std::size_t m_sentences = 0, m_badChecksums = 0, m_withoutFix = 0;
};

LonLat NmeaReader::placeFrom(const Sentence& s, std::size_t first) {
    return {degreesFrom(s.at(first + 2), s.at(first + 3), 'W'), degreesFrom(s.at(first), s.at(first + 1), 'S')};
}

void NmeaReader::setDay(std::int64_t day) {
    if (day == kNoDay)
        return;
    if (!m_knowsDay)
        for (Fix& fix : m_fixes)
            fix.day += day - m_day; // counted from the first fix until now
    m_knowsDay = true;
    m_day = day;
}

void NmeaReader::addFix(LonLat place, std::int64_t timeOfDayMs, double height) {
    if (!(std::abs(place.latDegrees) <= 90 && std::abs(place.lonDegrees) <= 180)) {
        ++m_withoutFix;
        return;
    }
    if (!m_fixes.empty() && timeOfDayMs >= 0) {
        Fix& last = m_fixes.back();
        if (last.timeOfDayMs == timeOfDayMs) { // another sentence of the same instant
            if (std::isfinite(height))
                last.height = height;
            return;
        }
        if (timeOfDayMs < last.timeOfDayMs - kDayMs / 2 && m_day == last.day)
            ++m_day; // past midnight
    }
    m_fixes.push_back({place, height, timeOfDayMs, m_day});
}

void NmeaReader::addWaypoint(const Sentence& s) {
    const LonLat place = placeFrom(s, 1);
    if (!(std::abs(place.latDegrees) <= 90 && std::abs(place.lonDegrees) <= 180))
        return;
    m_waypoints.add(place.lonDegrees, place.latDegrees);
    m_waypoints.endPart(PartRole::Points);
    m_waypoints.endFeature(kPoint);
    m_waypointColumns.set("name", s.at(5), RowColumns::Kind::Text);
    m_waypointColumns.endRow();
}

void NmeaReader::readSentence(const Sentence& s) {
    const std::string_view type = s.type();
    if (type == "GGA") {
        if (s.at(6).empty() || s.at(6) == "0")
            ++m_withoutFix;
        else
            addFix(placeFrom(s, 2), timeOfDay(s.at(1)), numberFrom(s.at(9)).value_or(kNone));
    } else if (type == "GNS") {
        if (s.at(6).find_first_not_of('N') == std::string_view::npos)
            ++m_withoutFix;
        else
            addFix(placeFrom(s, 2), timeOfDay(s.at(1)), numberFrom(s.at(9)).value_or(kNone));
    } else if (type == "RMC") {
        const std::int64_t time = timeOfDay(s.at(1));
        const bool isLast = !m_fixes.empty() && m_fixes.back().timeOfDayMs == time;
        setDay(dayFrom(s.at(9)));
        if (isLast)
            m_fixes.back().day = m_day; // its GGA came before
        if (s.at(2) == "A")
            addFix(placeFrom(s, 3), time, kNone);
        else
            ++m_withoutFix;
    } else if (type == "GLL") {
        if (s.at(6) == "V")
            ++m_withoutFix;
        else
            addFix(placeFrom(s, 1), timeOfDay(s.at(5)), kNone);
    } else if (type == "ZDA") {
        const auto d = numberFrom(s.at(2)), m = numberFrom(s.at(3)), y = numberFrom(s.at(4));
        if (d && m && y && *d > 0 && *d < 32 && *m > 0 && *m < 13 && *y > 1900 && *y < 9999)
            setDay(dayOf(static_cast<int>(*y), static_cast<int>(*m), static_cast<int>(*d)));
    } else if (type == "WPL") {
        addWaypoint(s);
    } else {
        return;
    }
    ++m_sentences;
}

void NmeaReader::readLine(std::string_view line) {
    const std::size_t begin = line.find('$'); // loggers put their own time before it
    if (begin == std::string_view::npos)
        return;
    line.remove_prefix(begin + 1);
    const std::size_t star = line.find('*');
    if (star != std::string_view::npos) {
        unsigned sum = 0, said = 0;
        for (const char c : line.substr(0, star))
            sum ^= static_cast<unsigned char>(c);
        const std::string_view digits = line.substr(star + 1, 2);
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), said, 16);
        if (error != std::errc{} || said != sum) {
            ++m_badChecksums;
            return;
        }
        line = line.substr(0, star);
    }
    Sentence s;
    for (std::size_t i = 0; i < s.fields.size(); ++i) {
        const std::size_t comma = line.find(',');
        s.fields[i] = line.substr(0, comma);
        while (!s.fields[i].empty() && (s.fields[i].back() == ' ' || s.fields[i].back() == '\r'))
            s.fields[i].remove_suffix(1);
        if (comma == std::string_view::npos)
            break;
        line.remove_prefix(comma + 1);
    }
    readSentence(s);
}

TableDraft NmeaReader::trackDraft() {
    TableDraft draft;
    GeometryBuilder& builder = draft.geometry;
    GeometryColumn& g = builder.column;
    for (const Fix& fix : m_fixes) {
        builder.add(fix.place.lonDegrees, fix.place.latDegrees);
        if (std::isfinite(fix.height))
            builder.addZ(fix.height);
        if (m_knowsDay && fix.timeOfDayMs >= 0) {
            g.timeMs.resize(g.coordinates.size() - 1, GeometryColumn::kNoTime);
            g.timeMs.push_back(fix.day * kDayMs + fix.timeOfDayMs);
        }
    }
    if (!m_fixes.empty()) {
        builder.endPart(PartRole::Line);
        builder.endFeature(kLineString);
    }
    return draft;
}

void NmeaReader::report() {
    if (m_fixes.empty() && m_waypoints.column.featureCount() == 0)
        throw Error("Cannot read " + m_path + ": no line of it holds a position (" + countOf(m_sentences, "sentence") +
                    " understood, " + countOf(m_badChecksums, "wrong checksum") +
                    "); check that the receiver had a fix.");
    if (m_badChecksums > 0)
        m_job.warn(m_path + ": " + countOf(m_badChecksums, "line") + " left out, whose checksums are wrong.", true);
    if (m_withoutFix > 0)
        m_job.warn(m_path + ": " + countOf(m_withoutFix, "line") + " without a fix passed over.");
    if (!m_knowsDay && !m_fixes.empty())
        m_job.warn(m_path + ": it says no date, so that the track has no times.", true);
}

std::vector<std::shared_ptr<const FeatureTable>> NmeaReader::read(const std::string& stem) {
    std::size_t lines = 0;
    for (std::size_t at = 0; at < m_text.size();) {
        const std::size_t end = std::min(m_text.find('\n', at), m_text.size());
        readLine(m_text.substr(at, end - at));
        at = end + 1;
        if (++lines % 4096 == 0)
            m_job.checkpoint(static_cast<double>(at) / static_cast<double>(m_text.size()));
    }
    report();
    std::vector<std::shared_ptr<const FeatureTable>> tables;
    const auto complete = [&](TableDraft draft, const char* layer) {
        draft.name = layer;
        draft.source = {m_path, layer, "NMEA", "", "UTF-8"};
        draft.crs = "EPSG:4326";
        tables.push_back(completeTable(std::move(draft), m_job));
    };
    if (m_waypoints.column.featureCount() > 0) {
        TableDraft draft;
        draft.geometry = std::move(m_waypoints);
        draft.columns = m_waypointColumns.finish();
        complete(std::move(draft), "waypoints");
    }
    if (!m_fixes.empty()) {
        TableDraft draft = trackDraft();
        Column name;
        name.name = "name";
        name.values.emplace<TextValues>().append(stem);
        draft.columns.push_back(std::move(name));
        complete(std::move(draft), "tracks");
    }
    return tables;
}

} // namespace

std::vector<std::shared_ptr<const FeatureTable>> readNmea(const FileBytes& bytes, const std::string& path,
                                                          const std::string& stem, ReadJob& job) {
    return NmeaReader(bytes.view(), path, job).read(stem);
}

} // namespace cordon
