// Makes the road graph of a project's road layers.
#pragma once

#include "core/error.h"
#include "core/model/project.h"
#include "core/network/line_index.h"
#include "core/network/network_health.h"
#include "core/network/road_graph.h"

namespace cordon {

enum class Crossings : std::uint8_t {
    ByLayer, // as line_noding.h says: of a layer cut as OpenStreetMap is, only shared vertices
    Ends,    // roads meet at their ends alone: for layers known to be cut there
};

struct GraphOptions {
    double toleranceMeters = 20; // loose ends join what is as near
    double gapMeters = 500;      // and are suggested to be joined to what is as near as this
    double snapMeters = 5000;    // places farther from every road are off the network
    Crossings crossings = Crossings::ByLayer;
    bool wantHealth = true; // false: no report, for those in a hurry
};

struct BuiltGraph {
    RoadGraph graph;
    // Per place asked for: the node it is at, made where it is nearest; kNone where no road is near.
    std::vector<std::uint32_t> nodeOfPlace;
    std::vector<double> placeMeters; // how far from it; NaN without a node
    NetworkHealth health;
    Warnings warnings;
};

// Of all layers with role Road that have lines, the visible ones or not. Throws Error where there is none.
BuiltGraph buildGraph(const Project& project, const std::vector<LonLat>& places, const GraphOptions& options = {});

} // namespace cordon
