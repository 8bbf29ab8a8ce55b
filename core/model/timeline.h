// How a situation spreads over time, day by day (UTC): what the time bar draws, and its steps from change to change.
#pragma once

#include "core/model/situation_at.h"

#include <cstdint>
#include <optional>
#include <stop_token>
#include <vector>

namespace cordon {

// What happens in a time. An incident is an event: it counts as one, and neither begins nor ends nor goes stale.
struct TimelineCounts {
    std::uint32_t begins = 0;
    std::uint32_t ends = 0;
    std::uint32_t goStale = 0;    // past their shelf life, before they end
    std::uint32_t recorded = 0;   // rows of any kind learnt, corrected or withdrawn
    std::uint32_t incidents = 0;  // on the day they began
    std::uint64_t fatalities = 0; // of those incidents: the best estimate, else the nearest given

    TimelineCounts& operator+=(const TimelineCounts& other);
    bool isEmpty() const { return *this == TimelineCounts(); }
    // Whether the map of the day after differs from the one before, as far as it is told by reports beginning and
    // ending; `knowledgeMoves`: each day is looked at with what was known on it.
    bool changesMap(bool knowledgeMoves) const {
        return begins + ends + goStale + incidents > 0 || (knowledgeMoves && recorded > 0);
    }
    friend bool operator==(const TimelineCounts&, const TimelineCounts&) = default;
};

struct TimelineDay {
    std::chrono::sys_days day;
    TimelineCounts counts;
    friend bool operator==(const TimelineDay&, const TimelineDay&) = default;
};

struct DaySpan { // both ends included
    std::chrono::sys_days first, last;
    friend bool operator==(const DaySpan&, const DaySpan&) = default;
};

struct Timeline {
    // Days on which something happens, ascending, of the years 1 to 9999: what has been so for ever has no day.
    std::vector<TimelineDay> days;

    // From the first to the last day something is reported of; going stale, which comes up to years later, does not
    // stretch it, nor do days more than a hundred years from the middle one: a single date in the far past or the year
    // 9999 must not squeeze all others into one pixel. nullopt: nothing has a date.
    std::optional<DaySpan> usualSpan() const;
    // The shortest part of it that holds nine tenths of what is reported, where that is less than half of it.
    std::optional<DaySpan> busySpan() const;
    // The next day after, or the last day before, on which the map changes.
    std::optional<std::chrono::sys_days> nextChange(std::chrono::sys_days after, bool knowledgeMoves) const;
    std::optional<std::chrono::sys_days> previousChange(std::chrono::sys_days before, bool knowledgeMoves) const;
};

// Of the rows known at `filter.knownBy` and graded as it asks; its other members do not matter. Reads every record
// once: not for the window's thread. Throws Stopped.
Timeline timelineOf(const Situation& situation, const TimeFilter& filter, const std::stop_token& stop = {});

enum class BinSize : std::uint8_t { Day, Week, Month, Year }; // weeks begin on Monday

// The bin a day is in, and the first day after that bin.
std::chrono::sys_days binStart(std::chrono::sys_days day, BinSize size);
std::chrono::sys_days binEnd(std::chrono::sys_days day, BinSize size);

struct TimelineBin {
    std::chrono::sys_days first, end; // end excluded
    TimelineCounts counts;
    friend bool operator==(const TimelineBin&, const TimelineBin&) = default;
};
// Bins in which something happens, ascending, that overlap [from, to); each with all its days, also those outside.
std::vector<TimelineBin> binsOf(const Timeline& timeline, std::chrono::sys_days from, std::chrono::sys_days to,
                                BinSize size);

} // namespace cordon
