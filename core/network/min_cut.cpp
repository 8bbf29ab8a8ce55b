#include "core/network/min_cut.h"

#include <algorithm>

namespace cordon {
namespace {

class Flow {
public:
    Flow(const RoadGraph& graph, const ArcCapacities& capacities)
        : m_graph(graph), m_capacities(capacities), m_flow(graph.head.size(), 0) {}

    // One more unit; false: there is no way left. `way` is kNone where an arc of any amount leads the whole way.
    bool augment(std::span<const std::uint32_t> sources, std::uint32_t sink) {
        m_via.assign(m_graph.nodeCount(), kNone);
        m_seen.assign(m_graph.nodeCount(), 0);
        m_queue.assign(sources.begin(), sources.end());
        for (const std::uint32_t source : sources)
            m_seen[source] = 1;
        for (std::size_t i = 0; i < m_queue.size() && !m_seen[sink]; ++i)
            for (std::uint32_t arc = m_graph.firstArc[m_queue[i]]; arc < m_graph.firstArc[m_queue[i] + 1]; ++arc)
                if (const std::uint32_t node = m_graph.head[arc]; !m_seen[node] && hasRoom(arc)) {
                    m_seen[node] = 1;
                    m_via[node] = arc;
                    m_queue.push_back(node);
                }
        if (!m_seen[sink])
            return false;
        for (std::uint32_t arc = m_via[sink]; arc != kNone; arc = m_via[m_graph.tailOf(arc)]) {
            ++m_flow[arc];
            --m_flow[m_graph.twinOf(arc)];
        }
        return true;
    }

    // Nodes from which the sink can still be reached.
    std::vector<std::uint8_t> sinkSide(std::uint32_t sink) {
        std::vector<std::uint8_t> side(m_graph.nodeCount(), 0);
        m_queue.assign(1, sink);
        side[sink] = 1;
        for (std::size_t i = 0; i < m_queue.size(); ++i)
            for (std::uint32_t out = m_graph.firstArc[m_queue[i]]; out < m_graph.firstArc[m_queue[i] + 1]; ++out)
                if (const std::uint32_t node = m_graph.head[out]; !side[node] && hasRoom(m_graph.twinOf(out))) {
                    side[node] = 1;
                    m_queue.push_back(node);
                }
        return side;
    }

private:
    bool hasRoom(std::uint32_t arc) const {
        const std::uint8_t capacity = m_capacities.ofArc[arc];
        return capacity == 2 || m_flow[arc] < capacity;
    }

    const RoadGraph& m_graph;
    const ArcCapacities& m_capacities;
    std::vector<std::int32_t> m_flow; // along each arc; against it on its twin
    std::vector<std::uint32_t> m_via, m_queue;
    std::vector<std::uint8_t> m_seen;
};

bool isShut(float cost) {
    return static_cast<double>(cost) == kUnreached;
}

} // namespace

std::optional<MinCut> minCut(const RoadGraph& graph, const ArcCapacities& capacities,
                             std::span<const std::uint32_t> sources, std::uint32_t sink) {
    // Along a way of any amount there is no end of augmenting: look for one first.
    ArcCapacities wide = capacities;
    for (std::uint8_t& capacity : wide.ofArc)
        capacity = capacity == 2 ? 2 : 0;
    if (Flow(graph, wide).augment(sources, sink))
        return std::nullopt;
    Flow flow(graph, capacities);
    MinCut cut;
    while (flow.augment(sources, sink))
        ++cut.value;
    const std::vector<std::uint8_t> side = flow.sinkSide(sink);
    for (std::uint32_t arc = 0; arc < graph.head.size(); ++arc)
        if (capacities.ofArc[arc] == 1 && side[graph.head[arc]] && !side[graph.tailOf(arc)])
            cut.arcs.push_back(arc);
    return cut;
}

std::optional<SeparatingCut> whyCutOff(const AccessNetwork& network, const AccessAnswer& answer, std::size_t place) {
    if (!answer.places[place].isCutOff())
        return std::nullopt;
    SeparatingCut why;
    why.restrictions = answer.places[place].restrictions;
    const std::uint32_t sink = network.nodeOfPlace[place];
    if (!why.restrictions.empty())
        return why;
    ArcCapacities capacities;
    capacities.ofArc.resize(network.graph.head.size());
    for (std::uint32_t arc = 0; arc < capacities.ofArc.size(); ++arc)
        capacities.ofArc[arc] = isShut(answer.passages.baseCosts[arc]) ? 0 : isShut(answer.passages.costs[arc]) ? 1 : 2;
    std::vector<std::uint32_t> sources;
    for (const OriginAt& origin : answer.origins) {
        if (!origin.restrictions.empty())
            why.restrictions.insert(why.restrictions.end(), origin.restrictions.begin(), origin.restrictions.end());
        else
            for (const Seed& seed : origin.seeds)
                if (seed.cost < kUnreached)
                    sources.push_back(seed.node);
    }
    const auto cut = sources.empty() ? std::nullopt : minCut(network.graph, capacities, sources, sink);
    if (!cut)
        return why;
    why.edges = cut->value;
    for (const std::uint32_t arc : cut->arcs)
        for (const ObstacleOnEdge& on : answer.passages.onEdge(network.graph.edgeOf[arc] / 2))
            if (answer.passages.obstacles[on.obstacle].factor == kShut)
                why.obstacles.push_back(on.obstacle);
    std::sort(why.obstacles.begin(), why.obstacles.end());
    why.obstacles.erase(std::unique(why.obstacles.begin(), why.obstacles.end()), why.obstacles.end());
    return why;
}

} // namespace cordon
