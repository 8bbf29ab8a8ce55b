#include "core/import/row_times.h"

#include "core/io/table_draft.h"

#include <algorithm>

namespace cordon {
namespace {

using namespace std::chrono;

std::optional<std::size_t> fieldColumn(const ImportJob& job, std::string_view field) {
    if (isRecordTarget(job.plan.target))
        for (const std::size_t column : job.columnsOf(ColumnRole::Field))
            if (job.plan.columns[column].field == field)
                return column;
    return std::nullopt;
}

// The times of one column: read twice where that tells in which order day and month stand.
class TimeColumn {
public:
    TimeColumn(const ImportJob& job, std::size_t column, std::optional<std::size_t> clockColumn, bool isEnd)
        : m_job(job), m_cells(job.table), m_column(column), m_clockColumn(clockColumn), m_isEnd(isEnd), m_zone(job) {}

    void read(std::vector<std::int64_t>& times, RowTimes& result) {
        m_order = m_job.plan.dayOrder;
        times.assign(m_job.rowCount(), RowTimes::kNone);
        std::vector<std::uint32_t> ambiguous; // positions
        std::size_t dayFirst = 0, monthFirst = 0;
        for (std::size_t row = 0; row < m_job.rowCount(); ++row) {
            m_job.checkpoint(row, 0.4, 0.6);
            const auto time = readRow(row, times, result);
            if (!time)
                continue;
            dayFirst += time->order == DayOrder::DayFirst;
            monthFirst += time->order == DayOrder::MonthFirst;
            if (time->order == DayOrder::FromValues)
                ambiguous.push_back(static_cast<std::uint32_t>(row));
        }
        if (m_order != DayOrder::FromValues || ambiguous.empty())
            return;
        if (monthFirst > 0 && dayFirst == 0) {
            m_order = DayOrder::MonthFirst;
            for (const std::uint32_t row : ambiguous)
                readRow(row, times, result);
        } else if (dayFirst == 0 || monthFirst > 0) {
            suspect(ambiguous, result);
        }
    }

    std::vector<std::uint32_t> zoneless; // row numbers of times of day without a zone

private:
    std::optional<WrittenTime> readRow(std::size_t row, std::vector<std::int64_t>& times, RowTimes& result) {
        std::string text(m_cells.at(m_column, row));
        if (text.empty())
            return std::nullopt;
        std::optional<WrittenTime> time = readTime(text, m_order);
        if (time && m_clockColumn && !time->hasTime)
            if (const std::string_view clock = m_cells.at(*m_clockColumn, row); !clock.empty()) {
                text = formatIsoDate(time->time) + " " + std::string(clock);
                const DayOrder order = time->order;
                time = readTime(text);
                if (time)
                    time->order = order;
            }
        const auto fail = [&](const std::string& why) {
            result.problems[row] = {m_job.table.rowNumbers[row], m_job.columnName(m_column), text, why};
            return std::nullopt;
        };
        if (!time)
            return fail("is not a date such as 2025-10-20, 20/10/2025 or 2025-10-20T14:00Z");
        note(row, *time, result);
        try {
            const bool isDay = !time->hasTime || (!time->hasZone && time->time == floor<days>(time->time));
            const bool isHalfOpen = m_job.plan.target == ImportTarget::Records &&
                                    m_job.plan.columns[m_column].role == ColumnRole::Field; // our own valid_to
            if (m_isEnd && isDay && !isHalfOpen)                                            // until the end of that day
                time->time += days{1};
            const bool keepsDay = !time->hasTime && !isRecordTarget(m_job.plan.target);
            times[row] = (keepsDay ? time->time : m_zone.toUtc(*time)).time_since_epoch().count();
        } catch (const Error& error) {
            return fail(error.what());
        }
        return time;
    }

    void note(std::size_t row, const WrittenTime& time, RowTimes& result) {
        const bool isMidnight = time.time == floor<days>(time.time);
        result.hasTimeOfDay |= time.hasTime && (time.hasZone || !isMidnight);
        if (time.hasTime && !time.hasZone && !isMidnight)
            zoneless.push_back(m_job.table.rowNumbers[row]);
    }

    void suspect(const std::vector<std::uint32_t>& positions, RowTimes& result) {
        Suspicion suspicion;
        suspicion.kind = SuspicionKind::AmbiguousDate;
        for (const std::uint32_t row : positions)
            suspicion.rows.push_back(m_job.table.rowNumbers[row]);
        const std::string text(m_cells.at(m_column, positions.front()));
        suspicion.text = "'" + text + "' in column '" + m_job.columnName(m_column) +
                         "' could have the day or the month first, in " + rowsText(suspicion.rows) +
                         "; it is taken as day first (" + formatIsoDate(readTime(text, DayOrder::DayFirst)->time) +
                         ").";
        suspicion.dayOrderChoice = DayOrder::MonthFirst;
        result.suspicions.push_back(std::move(suspicion));
    }

    const ImportJob& m_job;
    SourceCells m_cells;
    std::size_t m_column;
    std::optional<std::size_t> m_clockColumn;
    bool m_isEnd;
    ZoneClock m_zone;
    DayOrder m_order = DayOrder::FromValues;
};

void suspectZoneless(const ImportJob& job, std::vector<std::uint32_t> rows, RowTimes& result) {
    if (rows.empty() || !job.plan.timezone.empty())
        return;
    Suspicion suspicion;
    suspicion.kind = SuspicionKind::NoTimeZone;
    suspicion.text = "The times in " + rowsText(rows) +
                     " have no zone and are taken as UTC; say in which zone the clock was, such as Africa/Bamako.";
    suspicion.rows = std::move(rows);
    result.suspicions.push_back(std::move(suspicion));
}

void suspectFuture(const ImportJob& job, RowTimes& result) {
    const std::int64_t now = job.context.now.time_since_epoch().count();
    Suspicion suspicion;
    suspicion.kind = SuspicionKind::InFuture;
    std::int64_t latest = now;
    for (std::size_t row = 0; row < result.beginMs.size(); ++row)
        if (result.beginMs[row] > now) {
            suspicion.rows.push_back(job.table.rowNumbers[row]);
            latest = std::max(latest, result.beginMs[row]);
        }
    if (suspicion.rows.empty())
        return;
    const bool isOne = suspicion.rows.size() == 1;
    suspicion.text = std::string(isOne ? "The time in " : "The times in ") + rowsText(suspicion.rows) +
                     (isOne ? " lies" : " lie") + " in the future" + (isOne ? ": " : ", the latest is ") +
                     formatIsoDate(TimePoint{milliseconds{latest}}) + ".";
    result.suspicions.push_back(std::move(suspicion));
}

} // namespace

ZoneClock::ZoneClock(const ImportJob& job) : m_job(job) {
    const std::string& zone = job.plan.timezone;
    if (zone.empty() || zone == "UTC" || zone == "Z")
        return;
    const auto parsed = parseTime("2000-01-01T00:00" + zone);
    if (parsed && parsed->hasZone) {
        m_offset = parsed->offset;
        return;
    }
    if (!job.context.toUtc)
        throw Error("The time zone '" + zone + "' cannot be used here; write it as an offset such as +01:00.");
    m_isFixed = false;
    job.context.toUtc(zone, TimePoint{sys_days{year{2000} / 1 / 1}}); // throws for an unknown one
}

TimePoint ZoneClock::toUtc(const WrittenTime& time) {
    if (time.hasZone)
        return time.time;
    if (m_isFixed)
        return time.time - m_offset;
    const auto quarter = floor<duration<std::int64_t, std::ratio<900>>>(time.time.time_since_epoch());
    const TimePoint begin{quarter};
    if (quarter.count() != m_quarterHour) {
        m_quarterUtc = m_job.context.toUtc(m_job.plan.timezone, begin);
        m_quarterHour = quarter.count();
    }
    return m_quarterUtc + (time.time - begin);
}

std::optional<std::size_t> timeColumn(const ImportJob& job) {
    const auto column = job.columnOf(ColumnRole::Time);
    return column ? column : fieldColumn(job, "valid_from");
}

std::optional<std::size_t> endTimeColumn(const ImportJob& job) {
    const auto column = job.columnOf(ColumnRole::EndTime);
    return column ? column : fieldColumn(job, "valid_to");
}

RowTimes readTimes(const ImportJob& job) {
    RowTimes result;
    std::vector<std::uint32_t> zoneless;
    if (const auto column = timeColumn(job)) {
        TimeColumn reader(job, *column, job.columnOf(ColumnRole::TimeOfDay), false);
        reader.read(result.beginMs, result);
        zoneless = std::move(reader.zoneless);
    } else if (job.table.features && !job.table.features->geometry.timeMs.empty() &&
               job.table.features->geometryClass() == GeometryClass::Points) {
        const GeometryColumn& g = job.table.features->geometry;
        result.beginMs.assign(job.rowCount(), RowTimes::kNone);
        for (std::size_t row = 0; row < job.rowCount(); ++row)
            if (g.featureStart[row + 1] > g.featureStart[row])
                result.beginMs[row] = g.timeMs[g.partStart[g.featureStart[row]]];
        result.hasTimeOfDay = true;
    }
    suspectZoneless(job, std::move(zoneless), result);
    suspectFuture(job, result);
    if (const auto column = endTimeColumn(job)) {
        std::map<std::size_t, RowNote> problems = std::move(result.problems);
        TimeColumn(job, *column, std::nullopt, true).read(result.endMs, result);
        result.problems.merge(problems);
    }
    return result;
}

std::string rowsText(const std::vector<std::uint32_t>& rows) {
    return namedRows("row", rows);
}

} // namespace cordon
