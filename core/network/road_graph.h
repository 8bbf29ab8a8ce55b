// The road network as a graph: nodes where roads meet, end or pass a place; edges between them, each a stretch of one
// road. Immutable once built, read from any thread.
#pragma once

#include "core/model/feature_table.h"
#include "core/network/road_attributes.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cordon {

inline constexpr std::uint32_t kNone = 0xFFFFFFFF;

// Identity across imports: the id of the road and the fractions of its length, not the position in any array. Fractions
// run as in RoadLookup: along all parts of all features of the id, by geodesic length.
struct RoadEdge {
    std::uint32_t from = kNone, to = kNone; // nodes; equal for a loop
    std::uint32_t chain = kNone;
    double fromFraction = 0, toFraction = 0; // of the road
    double fromPosition = 0, toPosition = 0; // along the chain, in vertices: 2.5 is half way from vertex 2 to vertex 3
    double lengthMeters = 0;                 // of the real road where the layer gives it, else of the line
};

// One line of the layer: a part of a feature.
struct RoadChain {
    std::uint32_t table = 0, feature = 0, firstVertex = 0, vertexCount = 0;
    std::uint32_t road = 0;
    double startMeters = 0;  // from the begin of the road, by the line
    double lengthMeters = 0; // by the line
    double roadMeters = 0;   // of the real road
};

struct Road {
    std::uint32_t table = 0, feature = 0; // the first
    double lengthMeters = 0;              // by the line
};

// Of a table of roads; nullptr: it has none.
struct RoadColumns {
    const Column *id = nullptr, *fromPlace = nullptr, *toPlace = nullptr;
    std::vector<const Column*> names; // the first that is not empty is the name of a road

    static RoadColumns of(const FeatureTable& table, const std::string& idField);
};

struct RoadGraph {
    std::vector<std::shared_ptr<const FeatureTable>> tables;
    std::vector<RoadColumns> columns; // per table
    std::vector<RoadChain> chains;
    std::vector<RoadAttributes> attributes; // per chain
    std::vector<Road> roads;
    std::vector<LonLat> nodes;
    std::vector<RoadEdge> edges;

    // Arcs leaving node n: firstArc[n] .. firstArc[n + 1). An edge has two, 2 e forward and 2 e + 1 backward, also
    // where only one may be driven.
    std::vector<std::uint32_t> firstArc;
    std::vector<std::uint32_t> head;   // per arc, the node it leads to
    std::vector<std::uint32_t> edgeOf; // per arc, 2 edge + (backward ? 1 : 0)
    std::vector<std::uint32_t> arcOf;  // the reverse: of 2 edge + backward
    std::vector<std::uint32_t> firstEdgeOfRoad, edgesOfRoad;

    std::uint32_t nodeCount() const { return static_cast<std::uint32_t>(nodes.size()); }
    std::uint32_t edgeCount() const { return static_cast<std::uint32_t>(edges.size()); }
    std::uint32_t twinOf(std::uint32_t arc) const { return arcOf[edgeOf[arc] ^ 1]; }
    std::uint32_t tailOf(std::uint32_t arc) const {
        const RoadEdge& edge = edges[edgeOf[arc] / 2];
        return edgeOf[arc] % 2 == 0 ? edge.from : edge.to;
    }
    std::span<const LonLat> pointsOf(const RoadChain& chain) const {
        return {tables[chain.table]->geometry.coordinates.data() + chain.firstVertex, chain.vertexCount};
    }
    // In their order along it.
    std::span<const std::uint32_t> edgesOf(std::uint32_t road) const {
        return std::span(edgesOfRoad).subspan(firstEdgeOfRoad[road], firstEdgeOfRoad[road + 1] - firstEdgeOfRoad[road]);
    }
    const RoadChain& chainOf(std::uint32_t edge) const { return chains[edges[edge].chain]; }
    std::uint32_t roadOf(std::uint32_t edge) const { return chainOf(edge).road; }
    std::string idOf(std::uint32_t road) const;   // "" without an id column
    std::string nameOf(std::uint32_t road) const; // column name, nom or ref; else the id
    std::vector<LonLat> geometryOf(std::uint32_t edge) const;
    // A part of it, between two fractions of the road within it.
    std::vector<LonLat> geometryOf(std::uint32_t edge, double fromFraction, double toFraction) const;
    LonLat pointAt(std::uint32_t edge, double fractionOfRoad) const;
};

// Fills the arcs and the edges of each road from nodes, edges and roads.
void linkArcs(RoadGraph& graph);

// Roads by their id. Made from a graph, which must outlive it.
class RoadIds {
public:
    RoadIds() = default;
    explicit RoadIds(const RoadGraph& graph);
    std::optional<std::uint32_t> find(const std::string& id) const;

private:
    std::unordered_map<std::string, std::uint32_t> m_roads;
};

} // namespace cordon
