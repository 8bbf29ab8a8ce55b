#include "core/network/loose_ends.h"

#include <algorithm>

namespace cordon {
namespace {

// The other end of the only way out of a node; kNone where there are several or none.
std::uint32_t onlyNeighbour(const RoadGraph& graph, std::uint32_t node) {
    std::uint32_t neighbour = kNone;
    for (std::uint32_t arc = graph.firstArc[node]; arc < graph.firstArc[node + 1]; ++arc) {
        if (!graph.attributes[graph.edges[graph.edgeOf[arc] / 2].chain].isUsable)
            continue;
        if (neighbour != kNone && graph.head[arc] != neighbour)
            return kNone;
        neighbour = graph.head[arc];
    }
    return neighbour == node ? kNone : neighbour;
}

} // namespace

std::vector<LooseJoin> looseJoins(const RoadGraph& graph, const LineIndex& index, double mostMeters) {
    std::vector<std::uint32_t> firstEdgeOfChain(graph.chains.size() + 1, graph.edgeCount()); // edges lie by chain
    for (std::uint32_t e = graph.edgeCount(); e-- > 0;)
        firstEdgeOfChain[graph.edges[e].chain] = e;
    const auto edgeAt = [&](const NearestOnLine& at) {
        std::uint32_t e = firstEdgeOfChain[at.chain];
        while (e + 1 < graph.edgeCount() && graph.edges[e + 1].chain == at.chain &&
               graph.edges[e].toPosition < at.position)
            ++e;
        return e;
    };
    std::vector<LooseJoin> joins;
    for (std::uint32_t node = 0; node < graph.nodeCount(); ++node) {
        const std::uint32_t neighbour = onlyNeighbour(graph, node);
        if (neighbour == kNone)
            continue;
        const std::uint32_t own = graph.edgeOf[graph.firstArc[node]] / 2;
        const bool isStub = graph.edges[own].lengthMeters <= 2 * mostMeters;
        const auto to = index.nearest(graph.nodes[node], mostMeters, [&](const NearestOnLine& at) {
            if (!graph.attributes[at.chain].isUsable)
                return false;
            const std::uint32_t e = edgeAt(at);
            if (e >= graph.edgeCount() || graph.edges[e].chain != at.chain)
                return false;
            const RoadEdge& edge = graph.edges[e];
            if (edge.from == node || edge.to == node)
                return false;
            return !(isStub && (edge.from == neighbour || edge.to == neighbour));
        });
        if (to)
            joins.push_back({node, graph.roadOf(own), *to});
    }
    return joins;
}

} // namespace cordon
