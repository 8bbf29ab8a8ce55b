// What an access analysis found, with its reasons; both fronts show it.
#pragma once

#include "core/network/access_series.h"
#include "core/network/blockage_ranking.h"
#include "core/network/critical_roads.h"
#include "core/network/min_cut.h"

#include <map>
#include <optional>
#include <stop_token>
#include <vector>

namespace cordon {

struct AccessReport {
    std::shared_ptr<const AccessNetwork> network;
    AccessAnswer answer;
    std::map<std::size_t, SeparatingCut> why; // of places that are cut off
    std::vector<LiftGain> ranked, together;
    std::size_t top = 10; // how many of each to print as text
    std::vector<Corridor> corridors;
    std::vector<CorridorEnds> corridorEnds;
    std::vector<AccessDay> series;
    std::optional<std::vector<CriticalRoad>> critical; // internal; asked for by name
};

// Fills `why`, `ranked` and `together` from the answer. Throws Stopped.
void explain(AccessReport& report, const std::stop_token& stop = {});

// One row for each place; RFC 4180, UTF-8.
std::string accessCsv(const AccessReport& report);

// "R017 (blocked)": what stands in the way, for tables.
std::string obstacleText(const AccessReport& report, std::uint32_t obstacle);
std::string obstaclesText(const AccessReport& report, const std::vector<std::uint32_t>& obstacles); // each once
std::string whyText(const AccessReport& report, std::size_t place);
inline constexpr const char* kInternalNote =
    "INTERNAL, not for publication: which loss would hurt most helps those who cut roads as well.";

} // namespace cordon
