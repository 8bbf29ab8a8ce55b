// What `cordon access` found, and the three ways to write it down.
#pragma once

#include "app/cli/json_writer.h"
#include "core/network/access_series.h"
#include "core/network/blockage_ranking.h"
#include "core/network/critical_roads.h"
#include "core/network/min_cut.h"

#include <iosfwd>
#include <map>
#include <optional>
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

void printAccess(std::ostream& out, const AccessReport& report);
void writeAccess(JsonWriter& json, const AccessReport& report); // members of an object that is open
// One row for each place; RFC 4180, UTF-8.
std::string accessCsv(const AccessReport& report);

// "R017 (blocked)": what stands in the way, for tables.
std::string obstacleText(const AccessReport& report, std::uint32_t obstacle);
std::string whyText(const AccessReport& report, std::size_t place);
inline constexpr const char* kInternalNote =
    "INTERNAL, not for publication: which loss would hurt most helps those who cut roads as well.";

} // namespace cordon
