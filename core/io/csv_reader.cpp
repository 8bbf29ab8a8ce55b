#include "core/io/csv_reader.h"

#include "core/io/coordinate_text.h"
#include "core/io/csv_columns.h"
#include "core/io/decimal.h"
#include "core/io/encoding.h"
#include "core/io/ogr_geometry.h"
#include "core/model/time.h"

#include <charconv>
#include <cmath>
#include <limits>
#include <set>
#include <thread>

namespace cordon {

namespace {

using Kind = PlaceColumns::Kind;
class Reader {
public:
    Reader(std::string_view text, const std::string& path, ReadJob& job)
        : m_text(text), m_path(path), m_job(job), m_delimiter(detectDelimiter(text)) {}

    TableDraft read(const std::string& prj);

private:
    struct RowRange {
        std::string_view text;
        std::size_t linesBefore = 0;
    };
    struct OutColumn {
        std::size_t cell;
        CsvColumnType looked;
        Column column;
    };

    void readHeader();
    void splitRows();
    template <class Work> void inParts(Work work);
    void lookAtAll();
    void lookAtRows(const RowRange& rows, bool isCallersThread);
    void refuseSingleColumn() const;
    void refuseEndlessHeader() const;
    void choosePlaces(bool crsIsKnown);
    template <class Accepts> bool allRows(Accepts accepts);
    void prepareColumns();
    void readAll();
    void readRows(const RowRange& rows, bool isCallersThread);
    void append(Reader&& part);
    bool mayGoOn(const CsvTokenizer& tokenizer, double from, bool isCallersThread) const;
    void readPlace(const std::vector<CsvCell>& row, std::uint32_t line);
    bool addPoint(const std::vector<CsvCell>& row);
    bool addCombined(std::string_view text);
    void appendValue(OutColumn& out, const std::vector<CsvCell>& row);
    void appendNull(OutColumn& out);
    std::string_view cellAt(const std::vector<CsvCell>& row, std::size_t index);
    void report();

    std::string_view m_text;
    const std::string& m_path;
    ReadJob& m_job;
    char m_delimiter;
    bool m_hasHeader = true;
    std::vector<std::string> m_names;
    std::vector<CsvColumnType> m_types;
    std::size_t m_rowCount = 0, m_longRows = 0;
    std::vector<RowRange> m_ranges; // of the rows, to be read each by a thread
    bool m_sawOpenQuote = false;
    PlaceColumns m_places;
    std::vector<OutColumn> m_columns;
    GeometryBuilder m_geometry;
    std::vector<std::uint32_t> m_lines;    // of the rows kept
    std::vector<std::uint32_t> m_unusable; // lines of the rows left out
    std::string m_example, m_scratch;
    bool m_rowIsUsable = true;
};

std::string_view Reader::cellAt(const std::vector<CsvCell>& row, std::size_t index) {
    return index < row.size() ? trimmedCell(cellText(row[index], m_scratch)) : std::string_view{};
}

// The first row names the columns unless one of its cells is a bare number.
void Reader::readHeader() {
    CsvTokenizer tokenizer(m_text, m_delimiter);
    std::vector<CsvCell> row;
    if (!tokenizer.next(row))
        throw Error("Cannot read " + m_path + ": the file is empty; ask for a whole copy.");
    for (std::size_t i = 0; i < row.size(); ++i) {
        const std::string_view text = cellAt(row, i);
        if (!row[i].isQuoted && realFrom(text, m_delimiter != ','))
            m_hasHeader = false;
    }
    std::set<std::string> taken;
    for (std::size_t i = 0; i < row.size(); ++i) {
        std::string name = m_hasHeader ? std::string(cellAt(row, i)) : std::string();
        if (name.empty())
            name = "field_" + std::to_string(i + 1);
        if (!taken.insert(name).second) {
            name += "_" + std::to_string(i + 1); // the column's number makes it its own
            taken.insert(name);
        }
        m_names.push_back(std::move(name));
    }
    while (m_hasHeader && m_names.size() > 1 && row.back().text.empty() && !row.back().isQuoted) {
        row.pop_back(); // lines that end with a delimiter make no column
        m_names.pop_back();
    }
}

// One column, with nothing that divides it, is a text and no table.
void Reader::refuseSingleColumn() const {
    if (m_names.size() == 1 && m_places.kind == Kind::None)
        throw Error("Cannot read " + m_path +
                    ": no commas, semicolons or tabs divide it into columns; save it as CSV.");
}

// A table has a character or two for every cell. A header of a million names over short rows would fill any memory.
void Reader::refuseEndlessHeader() const {
    if (m_rowCount * m_names.size() > 8 * m_text.size() + 1'000'000)
        throw Error("Cannot read " + m_path + ": its first row has " + countOf(m_names.size(), "cell") +
                    ", far more than the rows below; check how the table was saved.");
}

// Rows can be found from the middle of a text only where no cell can hold a line break.
void Reader::splitRows() {
    constexpr std::size_t kLeastBytes = std::size_t{1} << 20;
    CsvTokenizer header(m_text, m_delimiter);
    std::vector<CsvCell> row;
    if (m_hasHeader)
        header.next(row);
    std::size_t at = header.offset();
    const std::size_t most = m_text.find('"') == std::string_view::npos ? (m_text.size() - at) / kLeastBytes : 1;
    const std::size_t count =
        std::clamp(static_cast<std::size_t>(m_job.threadCount()), std::size_t{1}, std::max(most, std::size_t{1}));
    const std::size_t step = (m_text.size() - at) / count;
    auto lines =
        static_cast<std::size_t>(std::count(m_text.begin(), m_text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
    for (std::size_t i = 1; i <= count; ++i) {
        const std::size_t lineEnd = i < count ? m_text.find('\n', std::max(at, i * step)) : std::string_view::npos;
        const std::size_t end = lineEnd == std::string_view::npos ? m_text.size() : lineEnd + 1;
        const std::string_view part = m_text.substr(at, end - at);
        m_ranges.push_back({part, lines});
        if (i < count)
            lines += static_cast<std::size_t>(std::count(part.begin(), part.end(), '\n'));
        at = end;
    }
}

// Calls work(reader, range, isCallersThread) for each range: the first with this reader on this thread, the others with
// copies of it on threads of their own, joined in their order by `append`.
template <class Work> void Reader::inParts(Work work) {
    std::vector<Reader> others(m_ranges.size() - 1, *this);
    std::vector<std::exception_ptr> problems(m_ranges.size());
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < others.size(); ++i)
            threads.emplace_back([&, i] {
                try {
                    work(others[i], m_ranges[i + 1], false);
                } catch (...) {
                    problems[i + 1] = std::current_exception();
                }
            });
        try {
            work(*this, m_ranges[0], true);
        } catch (...) {
            problems[0] = std::current_exception();
        }
    }
    for (const auto& problem : problems)
        if (problem)
            std::rethrow_exception(problem);
    for (Reader& other : others)
        append(std::move(other));
}

// At every some thousand rows; `from` is where the pass begins in the progress of the whole.
bool Reader::mayGoOn(const CsvTokenizer& tokenizer, double from, bool isCallersThread) const {
    if (isCallersThread)
        m_job.checkpoint(from + 0.5 * static_cast<double>(tokenizer.offset() * m_ranges.size()) /
                                    static_cast<double>(m_text.size()));
    return isCallersThread || !m_job.options().stop.stop_requested();
}

void Reader::lookAtAll() {
    m_types.resize(m_names.size());
    inParts(
        [](Reader& reader, const RowRange& rows, bool isCallersThread) { reader.lookAtRows(rows, isCallersThread); });
    if (m_sawOpenQuote)
        m_job.warn(m_path + ": a quotation mark is never closed; it was taken as part of the text.");
}

void Reader::lookAtRows(const RowRange& rows, bool isCallersThread) {
    CsvTokenizer tokenizer(rows.text, m_delimiter);
    std::vector<CsvCell> row;
    while (tokenizer.next(row)) {
        if (m_rowCount++ % 4096 == 0 && !mayGoOn(tokenizer, 0, isCallersThread))
            return;
        const std::size_t cells = std::min(row.size(), m_types.size());
        for (std::size_t i = 0; i < cells; ++i)
            m_types[i].look(cellText(row[i], m_scratch), m_delimiter != ',' || row[i].isQuoted);
        bool hasMore = false;
        for (std::size_t i = cells; i < row.size(); ++i)
            hasMore |= !trimmedCell(row[i].text).empty();
        m_longRows += hasMore;
    }
    m_sawOpenQuote = tokenizer.sawOpenQuote();
}

template <class Accepts> bool Reader::allRows(Accepts accepts) {
    CsvTokenizer tokenizer(m_text, m_delimiter);
    std::vector<CsvCell> row;
    tokenizer.next(row); // the header
    while (tokenizer.next(row))
        if (!accepts(row))
            return false;
    return true;
}

// Names alone do not make places: the values must agree, or the file is a table.
void Reader::choosePlaces(bool crsIsKnown) {
    if (!m_hasHeader)
        return;
    m_places = findPlaceColumns(m_names);
    const auto isNoText = [&](std::size_t column) { return !m_types[column].hasValue() || m_types[column].isNumber(); };
    const std::size_t first = m_places.first, second = m_places.second;
    bool isPlace = true;
    switch (m_places.kind) {
    case Kind::None:
    case Kind::LatLon:
        return;
    case Kind::XY:
        isPlace = isNoText(first) && isNoText(second);
        if (isPlace && !crsIsKnown) {
            isPlace = allRows([&](const std::vector<CsvCell>& row) {
                const double y = realFrom(cellAt(row, first), true).value_or(0);
                const double x = realFrom(cellAt(row, second), true).value_or(0);
                return std::abs(x) <= 360 && std::abs(y) <= 90;
            });
            if (!isPlace)
                m_job.warn(m_path + ": the columns " + m_names[second] + " and " + m_names[first] +
                           " are not in degrees and it is not said in what else; read as a table without places (give "
                           "--crs EPSG:n if they are coordinates).");
        }
        break;
    case Kind::Wkt:
        isPlace = allRows([&](const std::vector<CsvCell>& row) {
            const std::string_view text = cellAt(row, first);
            return isNullText(text) || text.find_first_of("(yY") != std::string_view::npos; // "POINT (", "POINT EMPTY"
        });
        break;
    case Kind::Combined:
        isPlace = m_types[first].hasValue() && allRows([&](const std::vector<CsvCell>& row) {
                      const std::string_view text = cellAt(row, first);
                      return isNullText(text) || parseLatLon(text).has_value();
                  });
    }
    if (!isPlace)
        m_places.kind = Kind::None;
}

void Reader::prepareColumns() {
    for (std::size_t i = 0; i < m_names.size(); ++i) {
        if (!m_job.wantsColumn(m_names[i]))
            continue;
        OutColumn out{i, m_types[i], {}};
        out.column.name = m_names[i];
        out.column.type = out.looked.type();
        if (out.column.type == FieldType::Real)
            out.column.values.emplace<std::vector<double>>().reserve(m_rowCount);
        else if (out.column.type == FieldType::Text)
            out.column.values.emplace<TextValues>().start.reserve(m_rowCount + 1);
        else
            out.column.values.emplace<std::vector<std::int64_t>>().reserve(m_rowCount);
        m_columns.push_back(std::move(out));
    }
}

void Reader::appendNull(OutColumn& out) {
    Column& c = out.column;
    const std::size_t rows = m_lines.size();
    c.isNullAt.resize(rows, 0);
    c.isNullAt.push_back(1);
    if (auto* integers = std::get_if<std::vector<std::int64_t>>(&c.values))
        integers->push_back(0);
    else if (auto* reals = std::get_if<std::vector<double>>(&c.values))
        reals->push_back(0);
    else
        std::get<TextValues>(c.values).append({});
    if (c.type == FieldType::DateTime)
        c.zoneOffsetMinutes.push_back(Column::kNoZone);
}

void Reader::appendValue(OutColumn& out, const std::vector<CsvCell>& row) {
    Column& c = out.column;
    const std::string_view raw = out.cell < row.size() ? cellText(row[out.cell], m_scratch) : std::string_view{};
    const std::string_view text = trimmedCell(raw);
    if (isNullText(text) && !(text == "NA" && out.looked.naIsText())) {
        appendNull(out);
        return;
    }
    switch (c.type) {
    case FieldType::Integer:
        std::get<std::vector<std::int64_t>>(c.values).push_back(integerFrom(text).value_or(0));
        break;
    case FieldType::Boolean:
        std::get<std::vector<std::int64_t>>(c.values).push_back(text[0] == 't' || text[0] == 'T');
        break;
    case FieldType::Real:
        std::get<std::vector<double>>(c.values).push_back(
            realFrom(text, m_delimiter != ',' || row[out.cell].isQuoted).value_or(0));
        break;
    case FieldType::Date:
    case FieldType::DateTime: {
        const auto time = parseTime(text).value_or(ParsedTime{});
        const auto sinceEpoch = time.time.time_since_epoch();
        auto& values = std::get<std::vector<std::int64_t>>(c.values);
        if (c.type == FieldType::Date) {
            values.push_back(std::chrono::floor<std::chrono::days>(sinceEpoch).count());
        } else {
            values.push_back(sinceEpoch.count());
            c.zoneOffsetMinutes.push_back(time.hasZone ? static_cast<std::int16_t>(time.offset.count())
                                                       : Column::kNoZone);
        }
        break;
    }
    case FieldType::Text:
        std::get<TextValues>(c.values).append(raw.find('\0') == std::string_view::npos ? raw : text);
    }
    if (!c.isNullAt.empty())
        c.isNullAt.push_back(0);
}

// From two cells; false when one is there but is no coordinate. Both empty: no place.
bool Reader::addPoint(const std::vector<CsvCell>& row) {
    auto y = decimalFrom(cellAt(row, m_places.first)), x = decimalFrom(cellAt(row, m_places.second));
    if (!x || !y || !std::isfinite(*x) || !std::isfinite(*y)) { // no plain numbers
        const std::string first(cellAt(row, m_places.first)), second(cellAt(row, m_places.second));
        if (isNullText(first) && isNullText(second))
            return true;
        y = parseDegrees(first, Axis::Latitude);
        x = parseDegrees(second, Axis::Longitude);
        if (!x || !y) {
            m_example = first + ", " + second;
            return false;
        }
    }
    if (m_places.firstSide && cellAt(row, *m_places.firstSide).starts_with('S'))
        y = -std::abs(*y);
    if (m_places.secondSide && cellAt(row, *m_places.secondSide).starts_with('W'))
        x = -std::abs(*x);
    m_geometry.add(*x, *y);
    m_geometry.endPart(PartRole::Points);
    m_geometry.kinds |= kPoint;
    return true;
}

bool Reader::addCombined(std::string_view text) {
    const auto place = parseLatLon(text);
    if (!place)
        return isNullText(text);
    m_geometry.add(place->second, place->first);
    m_geometry.endPart(PartRole::Points);
    m_geometry.kinds |= kPoint;
    return true;
}

void Reader::readPlace(const std::vector<CsvCell>& row, std::uint32_t line) {
    m_rowIsUsable = true;
    switch (m_places.kind) {
    case Kind::None:
        return;
    case Kind::LatLon:
    case Kind::XY:
        m_rowIsUsable = addPoint(row);
        break;
    case Kind::Combined:
        m_rowIsUsable = addCombined(cellAt(row, m_places.first));
        break;
    case Kind::Wkt: {
        const std::string wkt(cellAt(row, m_places.first));
        m_rowIsUsable = isNullText(wkt) || addWkt(m_geometry, wkt);
        if (!m_rowIsUsable)
            m_example = wkt.substr(0, 40);
    }
    }
    if (!m_rowIsUsable) {
        m_geometry.dropFeature();
        m_unusable.push_back(line);
    }
}

void Reader::readAll() {
    m_lines.reserve(m_rowCount);
    inParts([](Reader& reader, const RowRange& rows, bool isCallersThread) { reader.readRows(rows, isCallersThread); });
}

void Reader::readRows(const RowRange& rows, bool isCallersThread) {
    CsvTokenizer tokenizer(rows.text, m_delimiter);
    std::vector<CsvCell> row;
    for (std::size_t count = 0; tokenizer.next(row); ++count) {
        if (count % 4096 == 0 && !mayGoOn(tokenizer, 0.5, isCallersThread))
            return;
        const auto line = static_cast<std::uint32_t>(tokenizer.lineNumber() + rows.linesBefore);
        readPlace(row, line);
        if (!m_rowIsUsable)
            continue;
        for (OutColumn& out : m_columns)
            appendValue(out, row);
        m_geometry.endFeature(kNoGeometry);
        m_lines.push_back(line);
    }
}

// What another reader found in the rows after these: the sums of the first pass, or the values of the second.
void Reader::append(Reader&& part) {
    if (m_columns.empty() && m_lines.empty() && part.m_lines.empty() && part.m_unusable.empty()) {
        m_rowCount += part.m_rowCount;
        m_longRows += part.m_longRows;
        m_sawOpenQuote |= part.m_sawOpenQuote;
        for (std::size_t i = 0; i < m_types.size(); ++i)
            m_types[i].merge(part.m_types[i]);
        return;
    }
    for (std::size_t i = 0; i < m_columns.size(); ++i)
        appendRows(m_columns[i].column, std::move(part.m_columns[i].column), m_lines.size(), part.m_lines.size());
    m_geometry.append(std::move(part.m_geometry));
    m_lines.insert(m_lines.end(), part.m_lines.begin(), part.m_lines.end());
    if (!part.m_example.empty())
        m_example = part.m_example;
    m_unusable.insert(m_unusable.end(), part.m_unusable.begin(), part.m_unusable.end());
}

void Reader::report() {
    if (!m_unusable.empty() && m_unusable.size() == m_rowCount)
        throw Error("Cannot read " + m_path + ": no row has coordinates that can be understood (the first says \"" +
                    m_example + "\"); write them in degrees, such as 12.6500 and -8.0000.");
    if (!m_unusable.empty())
        m_job.warn(m_path + ": " + countOf(m_unusable.size(), "row") +
                       " left out, whose coordinates cannot be understood (such as \"" + m_example +
                       "\"): " + namedRows("line", m_unusable) + ".",
                   true);
    if (m_longRows > 0)
        m_job.warn(m_path + ": " + countOf(m_longRows, "row") +
                       " with more cells than there are column names; what is beyond the last name was left out.",
                   true);
}

TableDraft Reader::read(const std::string& prj) {
    readHeader();
    splitRows();
    lookAtAll();
    choosePlaces(!prj.empty() || !m_job.options().crs.empty());
    refuseSingleColumn();
    refuseEndlessHeader();
    prepareColumns();
    readAll();
    TableDraft draft;
    const bool isDegrees = m_places.kind == Kind::LatLon || m_places.kind == Kind::Combined;
    draft.crs = !prj.empty() ? prj : isDegrees ? "EPSG:4326" : "";
    report();
    for (OutColumn& out : m_columns) {
        auto& zones = out.column.zoneOffsetMinutes;
        if (std::all_of(zones.begin(), zones.end(), [](std::int16_t z) { return z == 0; }))
            zones.clear();
        draft.columns.push_back(std::move(out.column));
    }
    draft.geometry = std::move(m_geometry);
    draft.rowNoun = "line";
    draft.rowNumbers = std::move(m_lines);
    return draft;
}

} // namespace

std::shared_ptr<const FeatureTable> readCsv(const FileBytes& bytes, const std::string& path,
                                            const std::string& layerName, const std::string& prj, ReadJob& job) {
    DecodedText decoded = decodeText(bytes.view(), job.options().encoding);
    FileBytes converted;
    std::string_view text = bytes.view().substr(decoded.skippedBytes);
    if (decoded.converted) {
        converted = FileBytes::own(std::move(*decoded.converted));
        text = converted.view();
    }
    // A zero byte here and there is how some loggers pad; many are no text.
    const std::string_view begin = text.substr(0, 4096);
    if (3 * std::count(begin.begin(), begin.end(), '\0') > static_cast<std::ptrdiff_t>(begin.size()))
        throw Error("Cannot read " + path + ": it is not a text table; check what kind of file it is.");
    if (decoded.isGuess)
        job.warn(path + ": its texts are not in UTF-8; they were read as cp1252 (Western European); if names look "
                        "wrong, give --encoding.");
    TableDraft draft = Reader(text, path, job).read(prj);
    draft.name = layerName;
    draft.source = {path, layerName, "CSV", "", decoded.encoding};
    return completeTable(std::move(draft), job);
}

} // namespace cordon
