// What is doubtful about a road network: what a user should look at before believing who is cut off.
#pragma once

#include "core/network/road_graph.h"

namespace cordon {

struct LooseEnd {
    std::uint32_t node = kNone;
    LonLat at;
    std::uint32_t road = kNone, nearRoad = kNone;
    LonLat join; // the point of the other road to join it to
    double gapMeters = 0;
};

struct Island {
    std::uint32_t nodes = 0;
    double lengthMeters = 0;
    LonLat at; // one of its nodes
};

struct NetworkHealth {
    double toleranceMeters = 0;
    std::uint32_t joinedEnds = 0; // loose ends joined within the tolerance
    double widestJoinMeters = 0;
    std::uint32_t acceptedJoins = 0;      // of those the project keeps
    std::vector<LooseEnd> suggestedJoins; // nearest first
    std::vector<Island> islands;          // all components but the largest, largest first
    std::uint32_t zeroLengthEdges = 0;
    std::uint32_t duplicateEdges = 0; // edges that lie on another one
    std::uint32_t loops = 0;
};

// Components by either direction of travel: component of each node, numbered by size, largest 0.
std::vector<std::uint32_t> componentsOf(const RoadGraph& graph);

// Edges that lie on one another: for each edge the first of those; itself where it is alone. Same ground, same state.
std::vector<std::uint32_t> sameGround(const RoadGraph& graph);

void addComponentHealth(const RoadGraph& graph, NetworkHealth& health);

} // namespace cordon
