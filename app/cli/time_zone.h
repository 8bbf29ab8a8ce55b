// The zone of dates that name none: what --timezone says.
#pragma once

#include "core/model/time.h"

#include <string>

namespace cordon {

class TimeZone {
public:
    TimeZone() = default; // UTC
    // "+01:00", "UTC" or a name such as "Africa/Bamako"; throws UsageError.
    static TimeZone fromText(const std::string& text);

    // As parseAsOf(): a date alone is the end of that day there. Throws Error, also for a time that the change of the
    // clocks leaves out or has twice.
    TimePoint asOf(const std::string& text) const;

    // What the clocks there showed; throws Error likewise.
    TimePoint toUtc(TimePoint wallClock) const;

private:
    std::chrono::minutes offsetAt(TimePoint local, const std::string& text) const;

    std::string m_id = "UTC"; // as Qt names it
};

} // namespace cordon
