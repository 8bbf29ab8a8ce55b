#include "core/network/access.h"

#include "core/network/restricted_places.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <map>

namespace cordon {
namespace {

constexpr double kFarthestMeters = 3e6;

// Metres along the tree to every node that is asked for; worked out once for each.
class MetersAlong {
public:
    MetersAlong(const RoadGraph& graph, const PathTree& tree, const std::map<std::uint32_t, double>& ofSeed)
        : m_graph(graph), m_tree(tree), m_meters(graph.nodeCount(), -1) {
        for (const auto& [node, meters] : ofSeed)
            if (tree.via[node] == kNone)
                m_meters[node] = meters;
    }
    double to(std::uint32_t node) {
        if (!m_tree.reaches(node))
            return kUnreached;
        m_chain.clear();
        std::uint32_t at = node;
        while (m_meters[at] < 0 && m_tree.via[at] != kNone) {
            m_chain.push_back(at);
            at = m_graph.tailOf(m_tree.via[at]);
        }
        double meters = std::max(m_meters[at], 0.0);
        for (auto i = m_chain.rbegin(); i != m_chain.rend(); ++i) {
            meters += m_graph.edges[m_graph.edgeOf[m_tree.via[*i]] / 2].lengthMeters;
            m_meters[*i] = meters;
        }
        return meters;
    }

private:
    const RoadGraph& m_graph;
    const PathTree& m_tree;
    std::vector<double> m_meters;
    std::vector<std::uint32_t> m_chain;
};

bool shareOne(const std::vector<const Restriction*>& a, const std::vector<const Restriction*>& b) {
    return std::any_of(a.begin(), a.end(),
                       [&](const Restriction* r) { return std::find(b.begin(), b.end(), r) != b.end(); });
}

std::uint32_t nodeOfPlaceAt(const AccessNetwork& network, LonLat at) {
    for (std::size_t i = 0; i < network.places.size(); ++i)
        if (network.places[i].at == at)
            return network.nodeOfPlace[i];
    return kNone;
}

std::string kilometers(double meters) {
    char text[32];
    std::snprintf(text, sizeof text, meters < 10000 ? "%.1f km" : "%.0f km", meters / 1000);
    return text;
}

void tally(AccessTotals& totals, const Place& place, const PlaceReach& reach) {
    totals.all.add(place);
    switch (reach.kind) {
    case ReachKind::Reached:
        totals.reached.add(place);
        if (reach.isDelayed)
            totals.delayed.add(place);
        if (reach.isLate)
            totals.late.add(place);
        break;
    case ReachKind::Restricted:
        totals.restricted.add(place);
        [[fallthrough]];
    case ReachKind::CutOff:
        totals.cutOff.add(place);
        break;
    case ReachKind::Island:
        totals.islands.add(place);
        break;
    case ReachKind::OffNetwork:
        totals.offNetwork.add(place);
        break;
    }
}

} // namespace

std::string_view toWord(ReachKind kind) {
    static constexpr std::array<std::string_view, 5> kWords = {"reached", "cut_off", "restricted", "island",
                                                               "off_network"};
    return kWords[static_cast<std::size_t>(kind)];
}

void PeopleCount::add(const Place& place) {
    ++places;
    withoutPopulation += !place.population;
    people += place.population.value_or(0);
}

std::vector<std::uint32_t> obstaclesOnPath(const AccessNetwork& network, const AccessAnswer& answer, std::size_t place,
                                           bool isFree) {
    std::vector<std::uint32_t> found;
    const PathTree& tree = isFree ? answer.free : answer.now;
    const std::uint32_t node = network.nodeOfPlace[place];
    if (node == kNone || !tree.reaches(node))
        return found;
    for (const std::uint32_t arc : tree.pathTo(network.graph, node)) {
        const std::uint32_t directed = network.graph.edgeOf[arc];
        for (const ObstacleOnEdge& on : answer.passages.onEdge(directed / 2)) {
            const TrafficDirection direction = answer.passages.obstacles[on.obstacle].direction;
            const bool isBackward = (directed % 2 == 1) != on.isReversed;
            if (direction != (isBackward ? TrafficDirection::Forward : TrafficDirection::Backward) &&
                std::find(found.begin(), found.end(), on.obstacle) == found.end())
                found.push_back(on.obstacle);
        }
    }
    return found;
}

std::vector<std::vector<LonLat>> pathGeometry(const AccessNetwork& network, const AccessAnswer& answer,
                                              std::size_t place, bool isFree) {
    std::vector<std::vector<LonLat>> lines;
    const PathTree& tree = isFree ? answer.free : answer.now;
    const std::uint32_t node = network.nodeOfPlace[place];
    if (node == kNone || !tree.reaches(node))
        return lines;
    for (const std::uint32_t arc : tree.pathTo(network.graph, node)) {
        const std::uint32_t directed = network.graph.edgeOf[arc];
        lines.push_back(network.graph.geometryOf(directed / 2));
        if (directed % 2 == 1)
            std::reverse(lines.back().begin(), lines.back().end());
    }
    return lines;
}

AccessStudy::AccessStudy(std::shared_ptr<const AccessNetwork> network, std::shared_ptr<const SituationIndex> situation,
                         std::shared_ptr<const RegionLookup> regions)
    : m_network(std::move(network)), m_situation(std::move(situation)), m_regions(std::move(regions)),
      m_search(m_network->graph) {}

const AccessAnswer& AccessStudy::ask(const AccessQuery& query) {
    if (query.origins.empty())
        throw Error("Could not say who is cut off, because no place to start from was given; name one or more.");
    m_answer.warnings.clear();
    const bool sameSpeeds =
        m_isAsked && query.userClass == m_answer.query.userClass && query.season == m_answer.query.season;
    m_isAsked = false; // should an origin be refused, the next question starts anew
    if (!sameSpeeds)
        m_freeCosts = freeCosts(m_network->graph, query);
    Passages passages = passagesAt(*m_network, *m_situation, *m_regions, query, m_freeCosts);
    m_answer.warnings = passages.warnings;
    std::swap(m_answer.passages, passages); // `passages` is now the one before
    m_answer.query = query;
    findRestrictions(query);
    placeOrigins(query);
    if (!sameSpeeds || m_answer.freeSeeds != m_freeFrom) {
        m_answer.free = m_search.run(m_freeCosts, m_answer.freeSeeds);
        m_freeFrom = m_answer.freeSeeds;
        m_nowFrom.clear();
    }
    findPaths(std::move(passages));
    m_isAsked = true;
    judgePlaces();
    sumUp();
    return m_answer;
}

void AccessStudy::findRestrictions(const AccessQuery& query) {
    m_restrictions = restrictedPlaces(*m_network, restrictionsInForce(*m_situation, query), m_answer.warnings);
}

std::vector<const Restriction*> AccessStudy::restrictionsAt(const AccessQuery& query, LonLat at) const {
    for (std::size_t i = 0; i < m_network->places.size(); ++i)
        if (m_network->places[i].at == at)
            return m_restrictions[i];
    std::vector<const Restriction*> found;
    for (const Restriction* report : restrictionsInForce(*m_situation, query)) {
        bool inside = false;
        if (report->geometry.kind == SmallGeometry::Kind::Polygon)
            for (const SmallGeometry::Part& part : report->geometry.parts)
                inside ^= crossesOddly(part.points, at);
        if (inside)
            found.push_back(report);
    }
    return found;
}

void AccessStudy::placeOrigins(const AccessQuery& query) {
    const RoadGraph& graph = m_network->graph;
    m_answer.origins.clear();
    m_answer.seeds.clear();
    m_answer.freeSeeds.clear();
    Passages freePassages;
    const auto add = [&](OriginAt placed) {
        m_answer.freeSeeds.insert(m_answer.freeSeeds.end(), placed.freeSeeds.begin(), placed.freeSeeds.end());
        if (placed.restrictions.empty())
            m_answer.seeds.insert(m_answer.seeds.end(), placed.seeds.begin(), placed.seeds.end());
        m_answer.origins.push_back(std::move(placed));
    };
    for (const Origin& origin : query.origins) {
        // A place is left where it is reached, so that the way back is as long.
        if (const std::uint32_t node = nodeOfPlaceAt(*m_network, origin.at); node != kNone) {
            add({origin, {{node, 0}}, {{node, 0}}, {0}, restrictionsAt(query, origin.at)});
            continue;
        }
        const auto at = m_network->nearestRoad(origin.at, m_network->options.snapMeters);
        if (!at) {
            const auto far = m_network->nearestRoad(origin.at, kFarthestMeters);
            throw Error("Could not start from " + origin.name + ", because it is " +
                        (far ? kilometers(far->meters) + " from the nearest road"
                             : "more than " + kilometers(kFarthestMeters) + " from any road") +
                        " (at most " + kilometers(m_network->options.snapMeters) +
                        " are bridged); choose a place at a road or allow a greater distance.");
        }
        OriginAt placed{origin, {}, {}, {}, restrictionsAt(query, origin.at)};
        const RoadEdge& edge = graph.edges[at->edge];
        const double length = edge.toFraction - edge.fromFraction;
        const double toFrom = at->fraction - edge.fromFraction, toEnd = edge.toFraction - at->fraction;
        constexpr double kAtNode = 1e-9;
        const auto enter = [&](std::uint32_t node, double part, bool backward) {
            const double share = length > 0 ? part / length : 0;
            const std::uint32_t arc = graph.arcOf[2 * at->edge + (backward ? 1 : 0)];
            placed.freeSeeds.push_back({node, share > 0 ? share * static_cast<double>(m_freeCosts[arc]) : 0});
            const double from = backward ? edge.fromFraction : at->fraction,
                         to = backward ? at->fraction : edge.toFraction;
            placed.seeds.push_back(
                {node, share > 0 ? secondsBetween(graph, m_answer.passages, at->edge, from, to, backward) : 0});
            placed.seedMeters.push_back(share * edge.lengthMeters);
        };
        if (toFrom <= kAtNode || toEnd > kAtNode)
            enter(edge.from, std::max(toFrom <= kAtNode ? 0 : toFrom, 0.0), true);
        if (toFrom > kAtNode)
            enter(edge.to, toEnd <= kAtNode ? 0 : toEnd, false);
        add(std::move(placed));
    }
}

// From the answer before, where that is of the same seeds; `before` are its passages.
void AccessStudy::findPaths(Passages before) {
    const std::vector<float>& costs = m_answer.passages.costs;
    if (m_nowFrom != m_answer.seeds || m_nowFrom.empty()) {
        m_answer.now = m_search.run(costs, m_answer.seeds);
        m_nowFrom = m_answer.seeds;
        return;
    }
    std::vector<std::uint32_t> risen, fallen;
    const auto compare = [&](std::uint32_t edge) {
        for (const std::uint32_t directed : {2 * edge, 2 * edge + 1}) {
            const std::uint32_t arc = m_network->graph.arcOf[directed];
            if (costs[arc] > before.costs[arc])
                risen.push_back(arc);
            else if (costs[arc] < before.costs[arc])
                fallen.push_back(arc);
        }
    };
    std::vector<std::uint32_t> edges;
    std::set_union(before.obstructed.begin(), before.obstructed.end(), m_answer.passages.obstructed.begin(),
                   m_answer.passages.obstructed.end(), std::back_inserter(edges));
    for (const std::uint32_t edge : edges)
        compare(edge);
    if (!risen.empty())
        m_search.raise(m_answer.now, costs, risen, m_answer.seeds);
    if (!fallen.empty())
        m_search.lower(m_answer.now, costs, fallen);
}

void AccessStudy::judgePlaces() {
    m_answer.places.assign(m_network->places.size(), {});
    if (m_network->places.empty())
        return;
    std::map<std::uint32_t, double> ofSeed;
    for (const OriginAt& origin : m_answer.origins)
        for (std::size_t i = 0; i < origin.seeds.size(); ++i) {
            auto [found, isNew] = ofSeed.try_emplace(origin.seeds[i].node, origin.seedMeters[i]);
            found->second = std::min(found->second, origin.seedMeters[i]);
        }
    MetersAlong meters(m_network->graph, m_answer.now, ofSeed), freeMeters(m_network->graph, m_answer.free, ofSeed);
    for (std::size_t i = 0; i < m_answer.places.size(); ++i) {
        PlaceReach& reach = m_answer.places[i];
        const std::uint32_t node = m_network->nodeOfPlace[i];
        reach.seconds = reach.meters = reach.freeSeconds = reach.freeMeters = kUnreached;
        reach.restrictions = m_restrictions[i];
        if (node == kNone)
            continue;
        reach.freeSeconds = m_answer.free.cost[node];
        reach.freeMeters = freeMeters.to(node);
        if (reach.restrictions.empty()) {
            reach.seconds = m_answer.now.cost[node];
            reach.meters = meters.to(node);
        }
    }
    // An origin under a restriction reaches what is under the same one.
    for (const OriginAt& origin : m_answer.origins) {
        if (origin.restrictions.empty())
            continue;
        const PathTree inside = m_search.run(m_answer.passages.costs, origin.seeds);
        MetersAlong insideMeters(m_network->graph, inside, ofSeed);
        for (std::size_t i = 0; i < m_answer.places.size(); ++i) {
            const std::uint32_t node = m_network->nodeOfPlace[i];
            PlaceReach& reach = m_answer.places[i];
            if (node != kNone && shareOne(origin.restrictions, reach.restrictions) &&
                inside.cost[node] < reach.seconds) {
                reach.seconds = inside.cost[node];
                reach.meters = insideMeters.to(node);
            }
        }
    }
    for (std::size_t i = 0; i < m_answer.places.size(); ++i) {
        PlaceReach& reach = m_answer.places[i];
        if (m_network->nodeOfPlace[i] == kNone)
            continue;
        reach.kind = reach.freeSeconds == kUnreached ? ReachKind::Island
                     : reach.seconds < kUnreached    ? ReachKind::Reached
                     : !reach.restrictions.empty()   ? ReachKind::Restricted
                                                     : ReachKind::CutOff;
        if (reach.kind != ReachKind::Reached)
            continue;
        reach.isDelayed = reach.seconds > m_answer.query.delayFactor * reach.freeSeconds;
        reach.isLate = m_answer.query.budgetHours && reach.seconds > *m_answer.query.budgetHours * 3600;
    }
}

void AccessStudy::sumUp() {
    m_answer.totals = {};
    std::map<std::string, RegionTotals> byRegion;
    for (std::size_t i = 0; i < m_answer.places.size(); ++i) {
        const Place& place = m_network->places[i];
        tally(m_answer.totals, place, m_answer.places[i]);
        RegionTotals& region = byRegion[place.region];
        region.region = place.region;
        region.name = place.regionName;
        tally(region.totals, place, m_answer.places[i]);
    }
    m_answer.regions.clear();
    for (auto& [code, region] : byRegion)
        m_answer.regions.push_back(std::move(region));
    std::stable_sort(
        m_answer.regions.begin(), m_answer.regions.end(),
        [](const RegionTotals& a, const RegionTotals& b) { return a.totals.cutOff.people > b.totals.cutOff.people; });
}

} // namespace cordon
