#include "core/model/timeline.h"

#include "core/error.h"
#include "core/model/shelf_life.h"

#include <algorithm>
#include <unordered_map>

namespace cordon {
namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

constexpr sys_days kFirstDay = year{1} / 1 / 1;
constexpr sys_days kLastDay = year{9999} / 12 / 31;

// Counts by day while they are gathered; records mostly come in the order of time, so the last day is looked at first.
class Gathering {
public:
    void add(TimePoint t, std::uint32_t TimelineCounts::*count) {
        if (TimelineCounts* counts = at(t))
            ++(counts->*count);
    }
    TimelineCounts* at(TimePoint t) {
        if (t < kFirstDay || t >= kLastDay + days(1))
            return nullptr;
        const auto number = std::chrono::floor<days>(t).time_since_epoch().count();
        if (!m_last || number != m_lastNumber) {
            m_last = &m_days[number]; // stays where it is when others come
            m_lastNumber = number;
        }
        return m_last;
    }
    std::vector<TimelineDay> sorted() const {
        std::vector<TimelineDay> result;
        result.reserve(m_days.size());
        for (const auto& [number, counts] : m_days)
            result.push_back({sys_days(days(number)), counts});
        std::sort(result.begin(), result.end(), [](const auto& a, const auto& b) { return a.day < b.day; });
        return result;
    }

private:
    std::unordered_map<days::rep, TimelineCounts> m_days;
    TimelineCounts* m_last = nullptr;
    days::rep m_lastNumber = 0;
};

void addRecorded(Gathering& gathering, const TimeInterval& recorded, TimePoint knownBy) {
    if (recorded.isEmpty())
        return;
    if (recorded.begin <= knownBy)
        gathering.add(recorded.begin, &TimelineCounts::recorded);
    if (recorded.end && *recorded.end <= knownBy)
        gathering.add(*recorded.end, &TimelineCounts::recorded);
}

// As totalsOf() in changes.h counts them.
int fatalitiesOf(const Incident& incident) {
    return incident.fatalitiesBest.value_or(incident.fatalitiesLow.value_or(incident.fatalitiesHigh.value_or(0)));
}

void addValid(Gathering& gathering, const ShelfLives&, const Incident& incident) {
    TimelineCounts* counts = gathering.at(incident.head.valid.begin);
    if (!counts)
        return;
    ++counts->incidents;
    counts->fatalities += static_cast<std::uint64_t>(std::max(0, fatalitiesOf(incident)));
}

template <class T> void addValid(Gathering& gathering, const ShelfLives& lives, const T& report) {
    const TimeInterval& valid = report.head.valid;
    if (valid.isEmpty())
        return; // never in force
    gathering.add(valid.begin, &TimelineCounts::begins);
    if (valid.end)
        gathering.add(*valid.end, &TimelineCounts::ends);
    if (const auto stale = staleFrom(lives, report); stale && valid.contains(*stale))
        gathering.add(*stale, &TimelineCounts::goStale);
}

template <class T>
void addAll(Gathering& gathering, const Records<T>& records, const ShelfLives& lives, const TimeFilter& filter,
            const std::stop_token& stop) {
    std::size_t row = 0;
    for (const T& record : records) {
        if (row++ % 4096 == 0 && stop.stop_requested())
            throw Stopped();
        const RecordHead& head = record.head;
        if (filter.atLeastGrade && !head.grade.isAtLeast(*filter.atLeastGrade))
            continue;
        addRecorded(gathering, head.recorded, filter.knownBy);
        if (head.recorded.contains(filter.knownBy))
            addValid(gathering, lives, record);
    }
}

std::uint64_t reportedOf(const TimelineCounts& counts) {
    return std::uint64_t{counts.begins} + counts.ends + counts.recorded + counts.incidents;
}

sys_days clamped(sys_days day) {
    return std::clamp(day, kFirstDay, kLastDay);
}

} // namespace

TimelineCounts& TimelineCounts::operator+=(const TimelineCounts& other) {
    begins += other.begins;
    ends += other.ends;
    goStale += other.goStale;
    recorded += other.recorded;
    incidents += other.incidents;
    fatalities += other.fatalities;
    return *this;
}

std::optional<DaySpan> Timeline::usualSpan() const {
    std::vector<sys_days> usual;
    for (const TimelineDay& d : days)
        if (reportedOf(d.counts) > 0)
            usual.push_back(d.day);
    if (usual.empty())
        return std::nullopt;
    constexpr std::chrono::days kCentury{36525};
    const sys_days middle = usual[usual.size() / 2];
    const auto isNear = [&](sys_days day) { return std::chrono::abs(day - middle) <= kCentury; };
    return DaySpan{*std::find_if(usual.begin(), usual.end(), isNear),
                   *std::find_if(usual.rbegin(), usual.rend(), isNear)};
}

std::optional<DaySpan> Timeline::busySpan() const {
    const auto whole = usualSpan();
    if (!whole)
        return std::nullopt;
    std::vector<std::pair<sys_days, std::uint64_t>> upTo; // with how much is reported up to and on a day
    std::uint64_t sum = 0;
    for (const TimelineDay& d : days)
        if (d.day >= whole->first && d.day <= whole->last && reportedOf(d.counts) > 0)
            upTo.emplace_back(d.day, sum += reportedOf(d.counts));
    DaySpan shortest = *whole;
    std::uint64_t before = 0;
    std::size_t last = 0;
    for (const auto& [first, upToFirst] : upTo) {
        while (last < upTo.size() && 10 * (upTo[last].second - before) < 9 * sum)
            ++last;
        if (last == upTo.size())
            break;
        if (upTo[last].first - first < shortest.last - shortest.first)
            shortest = {first, upTo[last].first};
        before = upToFirst;
    }
    return 2 * (shortest.last - shortest.first) < whole->last - whole->first ? shortest : *whole;
}

std::optional<sys_days> Timeline::nextChange(sys_days after, bool knowledgeMoves) const {
    const auto later =
        std::upper_bound(days.begin(), days.end(), after, [](sys_days t, const auto& d) { return t < d.day; });
    const auto found =
        std::find_if(later, days.end(), [&](const auto& d) { return d.counts.changesMap(knowledgeMoves); });
    return found == days.end() ? std::nullopt : std::optional(found->day);
}

std::optional<sys_days> Timeline::previousChange(sys_days before, bool knowledgeMoves) const {
    const auto notEarlier =
        std::lower_bound(days.begin(), days.end(), before, [](const auto& d, sys_days t) { return d.day < t; });
    const auto found = std::find_if(std::make_reverse_iterator(notEarlier), days.rend(),
                                    [&](const auto& d) { return d.counts.changesMap(knowledgeMoves); });
    return found == days.rend() ? std::nullopt : std::optional(found->day);
}

Timeline timelineOf(const Situation& situation, const TimeFilter& filter, const std::stop_token& stop) {
    Gathering gathering;
    const ShelfLives& lives = situation.shelfLives;
    addAll(gathering, situation.controlAreas, lives, filter, stop);
    addAll(gathering, situation.roadStatuses, lives, filter, stop);
    addAll(gathering, situation.restrictions, lives, filter, stop);
    addAll(gathering, situation.incidents, lives, filter, stop);
    addAll(gathering, situation.measures, lives, filter, stop);
    return {gathering.sorted()};
}

sys_days binStart(sys_days t, BinSize size) {
    const year_month_day date{t};
    switch (size) {
    case BinSize::Day:
        return t;
    case BinSize::Week:
        return t - (std::chrono::weekday(t) - std::chrono::Monday);
    case BinSize::Month:
        return date.year() / date.month() / day{1};
    case BinSize::Year:
        break;
    }
    return date.year() / month{1} / day{1};
}

sys_days binEnd(sys_days t, BinSize size) {
    const year_month_day date{binStart(t, size)};
    switch (size) {
    case BinSize::Day:
        return t + days(1);
    case BinSize::Week:
        return sys_days(date) + days(7);
    case BinSize::Month:
        return sys_days(date + std::chrono::months(1));
    case BinSize::Year:
        break;
    }
    return sys_days(date + std::chrono::years(1));
}

std::vector<TimelineBin> binsOf(const Timeline& timeline, sys_days from, sys_days to, BinSize size) {
    std::vector<TimelineBin> bins;
    if (to <= from)
        return bins;
    const sys_days first = binStart(clamped(from), size), end = binEnd(clamped(to - days(1)), size);
    auto day = std::lower_bound(timeline.days.begin(), timeline.days.end(), first,
                                [](const auto& d, sys_days t) { return d.day < t; });
    for (; day != timeline.days.end() && day->day < end; ++day) {
        if (bins.empty() || day->day >= bins.back().end)
            bins.push_back({binStart(day->day, size), binEnd(day->day, size), {}});
        bins.back().counts += day->counts;
    }
    return bins;
}

} // namespace cordon
