// Access through time: who is cut off on each day, when that changed and by which reports.
#pragma once

#include "core/network/corridors.h"

#include <chrono>
#include <stop_token>

namespace cordon {

struct AccessDay {
    std::chrono::sys_days day;
    PeopleCount cutOff, delayed;
    std::vector<std::uint32_t> newlyCutOff, reconnected; // places, against the day before
    std::vector<std::string> begun, ended;               // ids of reports that came to count or ceased to on this day,
                                                         // as obstacles, restrictions or control the policy minds
    std::vector<CorridorState> corridors;                // of those asked for
    bool isSame = false;                                 // nothing that matters differs from the day before
    friend bool operator==(const AccessDay&, const AccessDay&) = default;
};

// Every day of [first, last], each at its end (UTC) and by what is known at query.filter.knownBy. Throws Stopped.
std::vector<AccessDay> accessSeries(AccessStudy& study, AccessQuery query, std::chrono::sys_days first,
                                    std::chrono::sys_days last, const std::vector<CorridorEnds>& corridors = {},
                                    const std::stop_token& stop = {});

} // namespace cordon
