// Loose ends: nodes with nothing beyond them, which may have been meant to meet another road.
#pragma once

#include "core/network/line_index.h"

namespace cordon {

struct LooseJoin {
    std::uint32_t node = kNone;
    std::uint32_t road = kNone; // that ends there
    NearestOnLine to;           // on another road
};

// Each loose end with the nearest other road within `mostMeters`. The stub of a road shorter than that is not joined to
// the junction it comes from.
std::vector<LooseJoin> looseJoins(const RoadGraph& graph, const LineIndex& index, double mostMeters);

} // namespace cordon
