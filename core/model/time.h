// Time as the situation needs it: instants in UTC, half-open intervals, dates as people type and read them.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace cordon {

using TimePoint = std::chrono::sys_time<std::chrono::milliseconds>;

// ISO 19108 interval [begin, end): the end is excluded; no end means still in force.
struct TimeInterval {
    TimePoint begin{TimePoint::min()};
    std::optional<TimePoint> end;

    bool contains(TimePoint t) const { return begin <= t && (!end || t < *end); }
    bool isEmpty() const { return end && *end <= begin; }
    friend bool operator==(const TimeInterval&, const TimeInterval&) = default;
};

// A date or time as read from text: ISO 8601 ("2025-10-20", "2025-10-20T14:00:05.25+01:00", "2025/10/20 14:00Z", with
// T or blank). Without a zone the text is taken at `zoneOffset`; `hasZone` and `hasTime` tell what was there.
struct ParsedTime {
    TimePoint time; // a date alone: 00:00 of that day at zoneOffset
    bool hasTime = false;
    bool hasZone = false;
    std::chrono::minutes offset{0};
};
std::optional<ParsedTime> parseTime(std::string_view text, std::chrono::minutes zoneOffset = std::chrono::minutes{0});

// As the command line reads dates: a date alone means the end of that day (its last millisecond). Throws Error.
TimePoint parseAsOf(std::string_view text, std::chrono::minutes zoneOffset = std::chrono::minutes{0});

std::string formatDate(TimePoint t, std::string_view language = "en"); // "20 Oct 2025", "20 oct. 2025" (UTC)
std::string formatIsoDate(TimePoint t);                                // "2025-10-20" (UTC)
std::string formatIso(TimePoint t);                                    // "2025-10-20T14:00:00Z", fractions if any

} // namespace cordon
