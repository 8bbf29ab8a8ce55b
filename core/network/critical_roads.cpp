#include "core/network/critical_roads.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace cordon {
namespace {

// Depth first without recursion: order of discovery, the earliest node each subtree leads back to, and the edge it came
// by.
struct Discovery {
    std::vector<std::uint32_t> order, low, viaEdge, sequence; // sequence: nodes as discovered

    Discovery(const RoadGraph& graph, const std::vector<std::uint8_t>& isOpen, std::span<const std::uint32_t> roots)
        : order(graph.nodeCount(), kNone), low(graph.nodeCount(), kNone), viaEdge(graph.nodeCount(), kNone) {
        std::vector<std::uint32_t> next(graph.firstArc.begin(), graph.firstArc.end() - 1), stack;
        for (const std::uint32_t root : roots) {
            if (order[root] != kNone)
                continue;
            discover(root, kNone, stack);
            while (!stack.empty()) {
                const std::uint32_t node = stack.back();
                if (next[node] == graph.firstArc[node + 1]) {
                    stack.pop_back();
                    if (!stack.empty())
                        low[stack.back()] = std::min(low[stack.back()], low[node]);
                    continue;
                }
                const std::uint32_t arc = next[node]++, edge = graph.edgeOf[arc] / 2;
                if (!isOpen[edge] || edge == viaEdge[node])
                    continue;
                const std::uint32_t other = graph.head[arc];
                if (order[other] == kNone)
                    discover(other, edge, stack);
                else
                    low[node] = std::min(low[node], order[other]);
            }
        }
    }

    bool isBehindBridge(std::uint32_t node) const { return viaEdge[node] != kNone && low[node] == order[node]; }

private:
    void discover(std::uint32_t node, std::uint32_t edge, std::vector<std::uint32_t>& stack) {
        order[node] = low[node] = static_cast<std::uint32_t>(sequence.size());
        viaEdge[node] = edge;
        sequence.push_back(node);
        stack.push_back(node);
    }
};

} // namespace

std::vector<std::uint32_t> bridgesOf(const RoadGraph& graph, const std::vector<std::uint8_t>& isOpen) {
    std::vector<std::uint32_t> roots(graph.nodeCount()), bridges;
    for (std::uint32_t n = 0; n < roots.size(); ++n)
        roots[n] = n;
    const Discovery found(graph, isOpen, roots);
    for (const std::uint32_t node : found.sequence)
        if (found.isBehindBridge(node))
            bridges.push_back(found.viaEdge[node]);
    std::sort(bridges.begin(), bridges.end());
    return bridges;
}

std::vector<CriticalRoad> criticalRoads(const AccessNetwork& network, const AccessAnswer& answer) {
    const RoadGraph& graph = network.graph;
    std::vector<std::uint8_t> isOpen(graph.edgeCount());
    for (std::uint32_t e = 0; e < graph.edgeCount(); ++e)
        for (const std::uint32_t directed : {2 * e, 2 * e + 1})
            isOpen[e] |= static_cast<double>(answer.passages.costs[graph.arcOf[directed]]) < kUnreached;
    std::vector<std::uint32_t> roots;
    for (const Seed& seed : answer.seeds)
        if (seed.cost < kUnreached)
            roots.push_back(seed.node);
    const Discovery found(graph, isOpen, roots);
    // With several origins what is beyond a bridge may hold one of them: then nobody there loses the last way.
    std::vector<std::uint32_t> origins(graph.nodeCount(), 0), size(graph.nodeCount(), 1);
    for (const std::uint32_t root : roots)
        origins[root] = 1;
    for (auto node = found.sequence.rbegin(); node != found.sequence.rend(); ++node)
        if (const std::uint32_t edge = found.viaEdge[*node]; edge != kNone) {
            const RoadEdge& e = graph.edges[edge];
            const std::uint32_t parent = e.from == *node ? e.to : e.from;
            origins[parent] += origins[*node];
            size[parent] += size[*node];
        }
    std::vector<std::pair<std::uint32_t, std::uint32_t>> placesByOrder; // order of the node, place
    for (std::uint32_t i = 0; i < answer.places.size(); ++i)
        if (answer.places[i].kind == ReachKind::Reached && found.order[network.nodeOfPlace[i]] != kNone)
            placesByOrder.emplace_back(found.order[network.nodeOfPlace[i]], i);
    std::sort(placesByOrder.begin(), placesByOrder.end());
    std::map<std::pair<std::uint32_t, std::vector<std::uint32_t>>, CriticalRoad> byRoad;
    for (const std::uint32_t node : found.sequence) {
        if (!found.isBehindBridge(node) || origins[node] > 0)
            continue;
        const std::pair first{found.order[node], 0U}, end{found.order[node] + size[node], 0U};
        std::vector<std::uint32_t> places;
        for (auto p = std::lower_bound(placesByOrder.begin(), placesByOrder.end(), first);
             p != placesByOrder.end() && *p < end; ++p)
            places.push_back(p->second);
        if (places.empty())
            continue;
        std::sort(places.begin(), places.end());
        CriticalRoad& road = byRoad[{graph.roadOf(found.viaEdge[node]), places}];
        road.edges.push_back(found.viaEdge[node]);
        if (road.places.empty()) {
            road.places = places;
            for (const std::uint32_t place : places)
                road.lost.add(network.places[place]);
        }
    }
    std::vector<CriticalRoad> roads;
    for (auto& [key, road] : byRoad) {
        std::sort(road.edges.begin(), road.edges.end());
        roads.push_back(std::move(road));
    }
    std::stable_sort(roads.begin(), roads.end(), [](const CriticalRoad& a, const CriticalRoad& b) {
        return std::tie(b.lost.people, b.lost.places) < std::tie(a.lost.people, a.lost.places);
    });
    return roads;
}

} // namespace cordon
