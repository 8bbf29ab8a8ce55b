// When the rows of a table were. Internal to import.
#pragma once

#include "core/import/import_job.h"
#include "core/import/time_text.h"

#include <map>
#include <vector>

namespace cordon {

// Wall clock in the plan's zone -> UTC. Throws Error for an unknown zone, and for a time that the clocks there skip.
class ZoneClock {
public:
    explicit ZoneClock(const ImportJob& job);
    TimePoint toUtc(const WrittenTime& time);

private:
    const ImportJob& m_job;
    std::chrono::minutes m_offset{0}; // of a fixed zone
    bool m_isFixed = true;
    std::int64_t m_quarterHour = INT64_MIN; // last asked for; clocks change at whole quarters
    TimePoint m_quarterUtc;
};

struct RowTimes {
    static constexpr std::int64_t kNone = GeometryColumn::kNoTime;
    std::vector<std::int64_t> beginMs, endMs; // UTC; empty: no such column
    bool hasTimeOfDay = false;                // else beginMs are dates: 00:00 of the day
    std::map<std::size_t, RowNote> problems;  // by position; the time is kNone
    std::vector<Suspicion> suspicions;
};
// The columns Time, TimeOfDay and EndTime (of records also the fields valid_from and valid_to); without them the times
// that points bring themselves.
RowTimes readTimes(const ImportJob& job);

std::optional<std::size_t> timeColumn(const ImportJob& job);
std::optional<std::size_t> endTimeColumn(const ImportJob& job);

// "row 3", "rows 3, 7 and 40 more": the first of them.
std::string rowsText(const std::vector<std::uint32_t>& rows);

} // namespace cordon
