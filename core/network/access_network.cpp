#include "core/network/access_network.h"

#include "core/network/fast_length.h"

#include <algorithm>

namespace cordon {

RoadPoint AccessNetwork::roadPointAt(const NearestOnLine& at) const {
    std::uint32_t e = firstEdgeOfChain[at.chain];
    const std::uint32_t end = firstEdgeOfChain[at.chain + 1];
    if (e == end)
        return {kNone, 0, at.meters};
    while (e + 1 < end && graph.edges[e].toPosition < at.position)
        ++e;
    const RoadChain& chain = graph.chains[at.chain];
    const auto points = graph.pointsOf(chain);
    const auto whole = static_cast<std::size_t>(at.position);
    const double along = lineMeters(points.first(whole + 1)) + stepMeters(points[whole], at.point);
    const double total = graph.roads[chain.road].lengthMeters;
    const RoadEdge& edge = graph.edges[e];
    return {e, total > 0 ? std::clamp((chain.startMeters + along) / total, edge.fromFraction, edge.toFraction) : 0,
            at.meters};
}

std::optional<RoadPoint> AccessNetwork::nearestRoad(LonLat p, double mostMeters) const {
    for (double meters = std::min(500.0, mostMeters);; meters *= 4) {
        const auto at = index.nearest(p, std::min(meters, mostMeters),
                                      [&](const NearestOnLine& n) { return graph.attributes[n.chain].isUsable; });
        if (at)
            return roadPointAt(*at);
        if (meters >= mostMeters)
            return std::nullopt;
    }
}

std::shared_ptr<const AccessNetwork> prepareNetwork(const Project& project, const GraphOptions& options) {
    auto network = std::make_shared<AccessNetwork>();
    network->options = options;
    network->places = placesOf(project, network->warnings);
    std::vector<LonLat> points;
    for (const Place& place : network->places)
        points.push_back(place.at);
    BuiltGraph built = buildGraph(project, points, options);
    network->graph = std::move(built.graph);
    network->nodeOfPlace = std::move(built.nodeOfPlace);
    network->placeMeters = std::move(built.placeMeters);
    network->health = std::move(built.health);
    network->warnings.insert(network->warnings.end(), built.warnings.begin(), built.warnings.end());
    network->index = LineIndex(network->graph);
    network->ids = RoadIds(network->graph);
    network->ground = sameGround(network->graph);
    const RoadGraph& graph = network->graph;
    network->firstEdgeOfChain.assign(graph.chains.size() + 1, 0);
    for (const RoadEdge& edge : graph.edges)
        ++network->firstEdgeOfChain[edge.chain + 1];
    for (std::size_t c = 0; c < graph.chains.size(); ++c)
        network->firstEdgeOfChain[c + 1] += network->firstEdgeOfChain[c];
    return network;
}

} // namespace cordon
