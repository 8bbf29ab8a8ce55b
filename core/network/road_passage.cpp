#include "core/network/road_passage.h"

#include "core/network/obstacles.h"

#include <algorithm>
#include <map>

namespace cordon {
namespace {

// Fractions are written with four decimals: what is nearer than that to the end of an edge is at its end.
constexpr double kRounding = 1.01e-4;

// The share of an edge that a stretch covers; nullopt: it does not touch it.
std::optional<float> sharedPart(const RoadEdge& edge, const Obstacle& obstacle) {
    const double from = std::max(edge.fromFraction, obstacle.fromFraction),
                 to = std::min(edge.toFraction, obstacle.toFraction);
    if (to < from)
        return std::nullopt;
    const double length = edge.toFraction - edge.fromFraction, overlap = to - from;
    if (obstacle.fromFraction < obstacle.toFraction) {
        // A stretch that only just reaches over from the neighbouring edge is that edge's.
        const bool reachesOver = obstacle.fromFraction < edge.fromFraction || obstacle.toFraction > edge.toFraction;
        const double beyond = (obstacle.toFraction - obstacle.fromFraction) - overlap;
        if (overlap <= 0 || (reachesOver && overlap <= kRounding && overlap < beyond && overlap < length))
            return std::nullopt;
    }
    return length > 0 ? static_cast<float>(overlap / length) : 1.0F;
}

class PassageBuilder {
public:
    PassageBuilder(const AccessNetwork& network, std::vector<float> baseCosts) : m_network(network) {
        m_passages.baseCosts = std::move(baseCosts);
    }

    void add(Obstacle obstacle) {
        if (obstacle.factor == 1)
            return; // nothing to know of when passing; the reports are asked by the state of the road
        const auto number = static_cast<std::uint32_t>(m_passages.obstacles.size());
        for (const std::uint32_t e : m_network.graph.edgesOf(obstacle.road))
            if (const auto share = sharedPart(m_network.graph.edges[e], obstacle))
                put(e, number, *share, obstacle.edges);
        std::sort(obstacle.edges.begin(), obstacle.edges.end());
        m_passages.obstacles.push_back(std::move(obstacle));
    }

    void add(AreaObstacle area) {
        const auto number = static_cast<std::uint32_t>(m_passages.obstacles.size());
        for (const auto& [edge, share] : area.shares)
            m_onEdge[edge].push_back({number, share, false});
        m_passages.obstacles.push_back(std::move(area.obstacle));
    }

    Passages finish() {
        groupBlockages();
        m_passages.costs = m_passages.baseCosts;
        for (auto& [edge, on] : m_onEdge) {
            m_passages.obstructed.push_back(edge);
            m_passages.onObstructed.push_back(std::move(on));
        }
        const auto always = [](std::uint32_t) { return true; };
        for (const std::uint32_t edge : m_passages.obstructed)
            for (const std::uint32_t directed : {2 * edge, 2 * edge + 1}) {
                const std::uint32_t arc = m_network.graph.arcOf[directed];
                m_passages.costs[arc] = m_passages.costOf(m_network.graph, arc, always);
            }
        return std::move(m_passages);
    }

    Passages& passages() { return m_passages; }

private:
    // On an edge and on those that lie on the same ground.
    void put(std::uint32_t edge, std::uint32_t number, float share, std::vector<std::uint32_t>& edges) {
        const std::uint32_t ground = m_network.ground[edge];
        const auto& same = groundEdges(ground);
        const std::uint32_t from = m_network.graph.edges[edge].from;
        for (const std::uint32_t e : same) {
            m_onEdge[e].push_back({number, share, m_network.graph.edges[e].from != from});
            edges.push_back(e);
        }
    }

    const std::vector<std::uint32_t>& groundEdges(std::uint32_t ground) {
        m_same.assign(1, ground);
        const RoadGraph& graph = m_network.graph;
        const std::uint32_t node = graph.edges[ground].from;
        for (std::uint32_t arc = graph.firstArc[node]; arc < graph.firstArc[node + 1]; ++arc)
            if (const std::uint32_t e = graph.edgeOf[arc] / 2; e != ground && m_network.ground[e] == ground)
                m_same.push_back(e);
        std::sort(m_same.begin(), m_same.end());
        m_same.erase(std::unique(m_same.begin(), m_same.end()), m_same.end());
        return m_same;
    }

    void groupBlockages() {
        std::map<std::vector<std::string>, std::vector<std::uint32_t>> byReports;
        for (std::uint32_t o = 0; o < m_passages.obstacles.size(); ++o) {
            const Obstacle& obstacle = m_passages.obstacles[o];
            if (obstacle.factor != kShut || obstacle.edges.empty() || (obstacle.reports.empty() && !obstacle.isWhatIf))
                continue;
            std::vector<std::string> ids;
            for (const RoadStatus* report : obstacle.reports)
                ids.push_back(report->head.id);
            if (ids.empty())
                ids = {"", m_network.graph.idOf(obstacle.road)};
            byReports[ids].push_back(o);
        }
        for (const auto& [ids, obstacles] : byReports) {
            for (const std::uint32_t o : obstacles)
                m_passages.obstacles[o].blockage = static_cast<std::uint32_t>(m_passages.blockages.size());
            m_passages.blockages.push_back({m_passages.obstacles[obstacles.front()].reports, obstacles});
        }
    }

    const AccessNetwork& m_network;
    Passages m_passages;
    std::map<std::uint32_t, std::vector<ObstacleOnEdge>> m_onEdge;
    std::vector<std::uint32_t> m_same;
};

} // namespace

std::span<const ObstacleOnEdge> Passages::onEdge(std::uint32_t edge) const {
    const auto found = std::lower_bound(obstructed.begin(), obstructed.end(), edge);
    if (found == obstructed.end() || *found != edge)
        return {};
    return onObstructed[static_cast<std::size_t>(found - obstructed.begin())];
}

std::vector<float> freeCosts(const RoadGraph& graph, const AccessQuery& query) {
    const double share = query.userClass == UserClass::Convoy ? kConvoySpeed : 1;
    std::vector<float> secondsPerMeter(graph.chains.size());
    for (std::size_t c = 0; c < graph.chains.size(); ++c)
        secondsPerMeter[c] = static_cast<float>(3.6 / (share * speedKmh(graph.attributes[c], query.season)));
    std::vector<float> costs(graph.head.size(), static_cast<float>(kUnreached));
    for (std::uint32_t e = 0; e < graph.edgeCount(); ++e) {
        const RoadEdge& edge = graph.edges[e];
        const RoadAttributes& road = graph.attributes[edge.chain];
        const auto seconds = static_cast<float>(edge.lengthMeters * static_cast<double>(secondsPerMeter[edge.chain]));
        if (road.isUsable && road.forward)
            costs[graph.arcOf[2 * e]] = seconds;
        if (road.isUsable && road.backward)
            costs[graph.arcOf[2 * e + 1]] = seconds;
    }
    return costs;
}

Passages passagesAt(const AccessNetwork& network, const SituationIndex& index, const RegionLookup& regions,
                    const AccessQuery& query, std::vector<float> baseCosts) {
    PassageBuilder builder(network, std::move(baseCosts));
    for (Obstacle& obstacle : reportedObstacles(network, index, query, builder.passages().warnings))
        builder.add(std::move(obstacle));
    for (Obstacle& obstacle : closedByQuestion(network, query))
        builder.add(std::move(obstacle));
    for (AreaObstacle& area : areaObstacles(network, index, regions, query))
        builder.add(std::move(area));
    return builder.finish();
}

double secondsBetween(const RoadGraph& graph, const Passages& passages, std::uint32_t edge, double fromFraction,
                      double toFraction, bool backward) {
    const double length = graph.edges[edge].toFraction - graph.edges[edge].fromFraction;
    const double part = length > 0 ? (toFraction - fromFraction) / length : 0;
    const std::uint32_t arc = graph.arcOf[2 * edge + (backward ? 1 : 0)];
    const float cost = passages.costOf(graph, arc, [&](std::uint32_t o) {
        const Obstacle& obstacle = passages.obstacles[o];
        return obstacle.road != graph.roadOf(edge) ||
               (obstacle.fromFraction <= toFraction && obstacle.toFraction >= fromFraction);
    });
    return static_cast<double>(cost) * part;
}

} // namespace cordon
