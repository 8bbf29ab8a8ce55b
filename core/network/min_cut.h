// Why a place is cut off: the fewest blockages that separate it, by themselves, from all origins.
#pragma once

#include "core/network/access.h"

namespace cordon {

struct SeparatingCut {
    // Stretches that together separate the place even if all other blockages were lifted; of several such sets the one
    // nearest to the place. A blocked stretch counts once between two junctions. By place along roads.
    std::vector<std::uint32_t> obstacles;
    std::vector<const Restriction*> restrictions; // of the place itself: then these alone say why
    std::size_t edges = 0;                        // how many pieces of road they shut: the value of the cut
};

// Maximum flow by shortest augmenting paths (Edmonds and Karp 1972): roads that may be passed carry any amount, shut
// ones one. nullopt: the place is not cut off.
std::optional<SeparatingCut> whyCutOff(const AccessNetwork& network, const AccessAnswer& answer, std::size_t place);

// The fewest arcs to lift so that no path is left, for arcs that carry one (`isUnit`) or any amount; arcs that carry
// nothing have neither. kNone when nothing separates them.
struct ArcCapacities {
    std::vector<std::uint8_t> ofArc; // 0 none, 1 one, 2 any amount
};
struct MinCut {
    std::vector<std::uint32_t> arcs; // of capacity one that cross it, ascending
    std::size_t value = 0;
};
std::optional<MinCut> minCut(const RoadGraph& graph, const ArcCapacities& capacities,
                             std::span<const std::uint32_t> sources, std::uint32_t sink);

} // namespace cordon
