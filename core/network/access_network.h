// The prepared road network of a project: made once, asked many times. Immutable, read from any thread.
#pragma once

#include "core/network/graph_builder.h"
#include "core/network/places.h"

#include <memory>

namespace cordon {

// A point of a road.
struct RoadPoint {
    std::uint32_t edge = kNone;
    double fraction = 0; // of the road
    double meters = 0;   // from where it was asked for
};

struct AccessNetwork {
    RoadGraph graph;
    std::vector<Place> places;
    std::vector<std::uint32_t> nodeOfPlace; // kNone: off the network
    std::vector<double> placeMeters;        // to the road; NaN off the network
    NetworkHealth health;
    GraphOptions options;
    Warnings warnings;
    LineIndex index;
    RoadIds ids;
    std::vector<std::uint32_t> ground;           // see sameGround()
    std::vector<std::uint32_t> firstEdgeOfChain; // edges lie by chain; one more than chains

    AccessNetwork() = default;
    AccessNetwork(const AccessNetwork&) = delete; // parts point into each other
    AccessNetwork& operator=(const AccessNetwork&) = delete;

    std::optional<RoadPoint> nearestRoad(LonLat p, double mostMeters) const;
    RoadPoint roadPointAt(const NearestOnLine& at) const;
};

std::shared_ptr<const AccessNetwork> prepareNetwork(const Project& project, const GraphOptions& options = {});

} // namespace cordon
