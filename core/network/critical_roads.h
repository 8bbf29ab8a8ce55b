// INTERNAL: the open roads whose loss would cut off most people. Of use to those who keep roads open and to those who
// cut them; never part of an answer unless it is asked for by name, and then marked.
#pragma once

#include "core/network/access.h"

namespace cordon {

struct CriticalRoad {
    std::vector<std::uint32_t> edges; // of one road, each by itself the only way to the same places
    PeopleCount lost;
    std::vector<std::uint32_t> places; // that would be cut off, ascending
};

// Bridges of the network as it is open now (Tarjan 1974), ranked by the people beyond them. One-way roads are taken as
// two-way. All origins count as one.
std::vector<CriticalRoad> criticalRoads(const AccessNetwork& network, const AccessAnswer& answer);

// The edges whose loss separates their two ends, of the edges that `isOpen` says; ascending.
std::vector<std::uint32_t> bridgesOf(const RoadGraph& graph, const std::vector<std::uint8_t>& isOpen);

} // namespace cordon
