// What each stretch of road costs at (D, K) to a user: the state of the roads (road_state.h) read through a policy.
#pragma once

#include "core/model/control_at.h"
#include "core/model/road_state.h"
#include "core/network/access_network.h"
#include "core/network/access_query.h"
#include "core/network/shortest_paths.h"

namespace cordon {

// A stretch of a road, or an area over roads, that is not simply passed.
struct Obstacle {
    std::uint32_t road = kNone; // kNone: an area
    double fromFraction = 0, toFraction = 1;
    TrafficDirection direction = TrafficDirection::Both;
    RoadStatusKind status = RoadStatusKind::Blocked;
    bool isStale = false;
    bool isWhatIf = false;                  // closed by the question, not by a report
    double factor = kShut;                  // by how much it takes longer
    std::string why;                        // "blocked", "restricted, escort required", "JNIM: control"
    std::vector<const RoadStatus*> reports; // those that decide; empty for what-ifs and areas
    std::uint32_t blockage = kNone;         // of Passages::blockages; kNone where it does not shut, or cannot be lifted
    std::vector<std::uint32_t> edges;       // that it lies on, ascending
};

// What could be lifted: all stretches that the same reports shut.
struct Blockage {
    std::vector<const RoadStatus*> reports; // the latest first; empty: closed by the question
    std::vector<std::uint32_t> obstacles;
};

struct ObstacleOnEdge {
    std::uint32_t obstacle = kNone;
    float share = 1;         // of the edge; a point covers nothing and yet touches
    bool isReversed = false; // the edge lies on that of the obstacle the other way round
};

struct Passages {
    std::vector<float> baseCosts;          // seconds per arc of a free road; infinite where it may not be driven
    std::vector<float> costs;              // now
    std::vector<Obstacle> obstacles;       // by road and place along it; areas last
    std::vector<Blockage> blockages;       // by the id of their latest report
    std::vector<std::uint32_t> obstructed; // edges, ascending
    std::vector<std::vector<ObstacleOnEdge>> onObstructed; // per obstructed edge
    Warnings warnings;                                     // reports that no road could be found for

    std::span<const ObstacleOnEdge> onEdge(std::uint32_t edge) const;
    // The cost of an arc with those obstacles alone of which counts(obstacle) says true.
    template <class Counts> float costOf(const RoadGraph& graph, std::uint32_t arc, Counts counts) const;
};

// Seconds per arc of a user on free roads.
std::vector<float> freeCosts(const RoadGraph& graph, const AccessQuery& query);

// `baseCosts` as freeCosts() gives them. The network and the situation must outlive the answer.
Passages passagesAt(const AccessNetwork& network, const SituationIndex& index, const RegionLookup& regions,
                    const AccessQuery& query, std::vector<float> baseCosts);

// Seconds of a stretch of an edge, for what begins in the middle of it.
double secondsBetween(const RoadGraph& graph, const Passages& passages, std::uint32_t edge, double fromFraction,
                      double toFraction, bool backward);

template <class Counts> float Passages::costOf(const RoadGraph& graph, std::uint32_t arc, Counts counts) const {
    const std::uint32_t directed = graph.edgeOf[arc];
    double factor = 1;
    for (const ObstacleOnEdge& on : onEdge(directed / 2)) {
        const Obstacle& obstacle = obstacles[on.obstacle];
        const bool isBackward = (directed % 2 == 1) != on.isReversed;
        if (obstacle.direction == (isBackward ? TrafficDirection::Forward : TrafficDirection::Backward) ||
            !counts(on.obstacle))
            continue;
        if (obstacle.factor == kShut)
            return static_cast<float>(kUnreached);
        factor += static_cast<double>(on.share) * (obstacle.factor - 1);
    }
    return static_cast<float>(static_cast<double>(baseCosts[arc]) * factor);
}

} // namespace cordon
