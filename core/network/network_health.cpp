#include "core/network/network_health.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

namespace cordon {

std::vector<std::uint32_t> componentsOf(const RoadGraph& graph) {
    std::vector<std::uint32_t> component(graph.nodeCount(), kNone), sizes, stack;
    for (std::uint32_t start = 0; start < graph.nodeCount(); ++start) {
        if (component[start] != kNone)
            continue;
        const auto number = static_cast<std::uint32_t>(sizes.size());
        sizes.push_back(0);
        component[start] = number;
        stack.push_back(start);
        while (!stack.empty()) {
            const std::uint32_t node = stack.back();
            stack.pop_back();
            ++sizes[number];
            for (std::uint32_t arc = graph.firstArc[node]; arc < graph.firstArc[node + 1]; ++arc) {
                const RoadAttributes& road = graph.attributes[graph.edges[graph.edgeOf[arc] / 2].chain];
                if (road.isUsable && component[graph.head[arc]] == kNone) {
                    component[graph.head[arc]] = number;
                    stack.push_back(graph.head[arc]);
                }
            }
        }
    }
    std::vector<std::uint32_t> order(sizes.size()), rank(sizes.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return sizes[a] > sizes[b]; });
    for (std::uint32_t i = 0; i < order.size(); ++i)
        rank[order[i]] = i;
    for (std::uint32_t& c : component)
        c = rank[c];
    return component;
}

std::vector<std::uint32_t> sameGround(const RoadGraph& graph) {
    std::vector<std::uint32_t> first(graph.edgeCount());
    std::iota(first.begin(), first.end(), 0U);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> near; // the other end, edge
    for (std::uint32_t node = 0; node < graph.nodeCount(); ++node) {
        near.clear();
        for (std::uint32_t arc = graph.firstArc[node]; arc < graph.firstArc[node + 1]; ++arc)
            if (graph.head[arc] >= node)
                near.emplace_back(graph.head[arc], graph.edgeOf[arc] / 2);
        if (near.size() < 2)
            continue;
        std::sort(near.begin(), near.end());
        for (std::size_t i = 0; i < near.size(); ++i)
            for (std::size_t k = i + 1; k < near.size() && near[k].first == near[i].first; ++k) {
                const std::uint32_t a = near[i].second, b = near[k].second;
                if (a == b || first[b] != b || graph.chainOf(a).vertexCount != graph.chainOf(b).vertexCount)
                    continue;
                auto lineA = graph.geometryOf(a), lineB = graph.geometryOf(b);
                if (lineA == lineB || (std::reverse(lineB.begin(), lineB.end()), lineA == lineB))
                    first[b] = first[a];
            }
    }
    return first;
}

void addComponentHealth(const RoadGraph& graph, NetworkHealth& health) {
    const std::vector<std::uint32_t> component = componentsOf(graph);
    const std::uint32_t count = component.empty() ? 0 : 1 + *std::max_element(component.begin(), component.end());
    std::vector<Island> islands(count);
    for (std::uint32_t node = graph.nodeCount(); node-- > 0;) {
        ++islands[component[node]].nodes;
        islands[component[node]].at = graph.nodes[node];
    }
    for (const RoadEdge& edge : graph.edges) {
        if (graph.attributes[edge.chain].isUsable)
            islands[component[edge.from]].lengthMeters += edge.lengthMeters;
        health.zeroLengthEdges += edge.lengthMeters <= 0;
        health.loops += edge.from == edge.to && edge.lengthMeters > 0;
    }
    for (std::uint32_t i = 1; i < count; ++i)
        if (islands[i].nodes > 1)
            health.islands.push_back(islands[i]);
    const std::vector<std::uint32_t> ground = sameGround(graph);
    for (std::uint32_t e = 0; e < ground.size(); ++e)
        health.duplicateEdges += ground[e] != e;
}

} // namespace cordon
