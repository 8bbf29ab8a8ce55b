#include "core/network/graph_builder.h"

#include "core/network/fast_length.h"
#include "core/network/line_noding.h"
#include "core/network/loose_ends.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace cordon {
namespace {

constexpr double kSamePlaceMeters = 0.01; // cuts as near as that along a line are one
constexpr double kTownMeters = 250, kTownRadiusMeters = 2000, kAsNear = 1.5;
// A given length is believed when it is this many times that of the line: lines are simplified, never padded.
constexpr double kLeastStretch = 0.9, kMostStretch = 3;

bool hasLines(const FeatureTable& table) {
    return std::find(table.geometry.partRole.begin(), table.geometry.partRole.end(), PartRole::Line) !=
           table.geometry.partRole.end();
}

class Builder {
public:
    Builder(const Project& project, const GraphOptions& options) : m_project(project), m_options(options) {}

    BuiltGraph build(const std::vector<LonLat>& places) {
        readRoads();
        if (m_graph.chains.empty())
            throw Error("Could not make a road network, because the project has no layer of roads with lines; add one "
                        "(lines, with a column such as road_id that reports can refer to).");
        const bool needsIndex = !places.empty() || m_options.crossings != Crossings::Ends ||
                                m_options.toleranceMeters > 0 || m_options.wantHealth ||
                                !m_project.access.joins.empty();
        if (needsIndex)
            m_index = LineIndex(m_graph);
        Noding noding(m_graph);
        noding.meetAtVertices(m_options.crossings != Crossings::Ends);
        if (m_options.crossings != Crossings::Ends)
            noding.meetAtCrossings(m_index, m_crosses);
        for (const RoadJoin& join : m_project.access.joins)
            acceptJoin(noding, join);
        const std::vector<std::uint32_t> placePoints = cutAtPlaces(noding, places);
        assemble(noding);
        if (m_options.toleranceMeters > 0 && joinLooseEnds(noding))
            assemble(noding);
        for (std::size_t i = 0; i < places.size(); ++i)
            m_built.nodeOfPlace.push_back(placePoints[i] == kNone ? kNone : m_nodeOf[noding.rootOf(placePoints[i])]);
        if (m_options.wantHealth)
            reportHealth();
        m_built.graph = std::move(m_graph);
        return std::move(m_built);
    }

private:
    void readRoads() {
        for (const auto& layer : m_project.layers)
            if (layer->role == LayerRole::Road && layer->table && hasLines(*layer->table))
                readTable(*layer);
    }

    void readTable(const Layer& layer) {
        const FeatureTable& table = *layer.table;
        const auto tableIndex = static_cast<std::uint32_t>(m_graph.tables.size());
        m_graph.tables.push_back(layer.table);
        m_graph.columns.push_back(RoadColumns::of(table, layer.idField));
        const Column* ids = m_graph.columns.back().id;
        RoadAttributeReader reader(table);
        m_crosses.push_back(!reader.isOpenStreetMap());
        std::unordered_map<std::string, std::uint32_t> byText;
        std::unordered_map<std::int64_t, std::uint32_t> byNumber;
        byNumber.reserve(ids && ids->type == FieldType::Integer ? table.featureCount : 0);
        const GeometryColumn& g = table.geometry;
        m_graph.chains.reserve(m_graph.chains.size() + g.partCount());
        m_graph.attributes.reserve(m_graph.chains.capacity());
        std::uint32_t oddLengths = 0;
        for (std::uint32_t f = 0; f < table.featureCount; ++f) {
            const std::size_t firstChain = m_graph.chains.size();
            double meters = 0;
            for (std::uint32_t p = g.featureStart[f]; p < g.featureStart[f + 1]; ++p) {
                if (g.partRole[p] != PartRole::Line || g.part(p).size() < 2)
                    continue;
                const double length = lineMeters(g.part(p));
                if (!std::isfinite(length))
                    continue;
                m_graph.chains.push_back(
                    {tableIndex, f, g.partStart[p], g.partStart[p + 1] - g.partStart[p], 0, 0, length, length});
                meters += length;
            }
            if (m_graph.chains.size() == firstChain)
                continue;
            const RoadAttributes attributes = reader.of(f);
            std::uint32_t road = static_cast<std::uint32_t>(m_graph.roads.size());
            if (ids && !ids->isNull(f)) {
                if (ids->type == FieldType::Integer)
                    road = byNumber.try_emplace(ids->integerAt(f), road).first->second;
                else if (std::string id = table.valueAsText(*ids, f); !id.empty())
                    road = byText.try_emplace(std::move(id), road).first->second;
            }
            if (road == m_graph.roads.size())
                m_graph.roads.push_back({tableIndex, f, 0});
            double stretch = 1;
            if (attributes.lengthKm > 0 && meters > 0) {
                stretch = attributes.lengthKm * 1000.0 / meters;
                if (stretch < kLeastStretch || stretch > kMostStretch) {
                    ++oddLengths;
                    stretch = 1;
                }
            }
            for (std::size_t c = firstChain; c < m_graph.chains.size(); ++c) {
                RoadChain& chain = m_graph.chains[c];
                chain.road = road;
                chain.startMeters = m_graph.roads[road].lengthMeters;
                chain.roadMeters = chain.lengthMeters * stretch;
                m_graph.roads[road].lengthMeters += chain.lengthMeters;
                m_graph.attributes.push_back(attributes);
            }
        }
        if (reader.badSpeeds() > 0)
            warn(std::to_string(reader.badSpeeds()) + " roads of " + table.name +
                 " have a speed that is none (not between 0 and 200 km/h); they are driven at the speed of their "
                 "class.");
        if (oddLengths > 0)
            warn(std::to_string(oddLengths) + " roads of " + table.name +
                 " have a length_km that is far from that of their line; the line is measured instead.");
    }

    void warn(std::string text) { m_built.warnings.push_back({std::move(text), false}); }

    std::vector<std::uint32_t> cutAtPlaces(Noding& noding, const std::vector<LonLat>& places) {
        std::vector<std::uint32_t> points;
        for (const LonLat place : places) {
            std::optional<NearestOnLine> at;
            for (double meters = std::min(500.0, m_options.snapMeters); !at; meters *= 4) {
                at = m_index.nearest(place, std::min(meters, m_options.snapMeters),
                                     [&](const NearestOnLine& n) { return m_graph.attributes[n.chain].isUsable; });
                if (meters >= m_options.snapMeters)
                    break;
            }
            m_built.placeMeters.push_back(at ? at->meters : std::nan(""));
            points.push_back(at ? noding.cutAt(at->chain, atJunction(*at, place), at->point) : kNone);
        }
        return points;
    }

    // A town is no point: one whose point is a few steps from the end of a road is at that end, where others meet it;
    // so is one beside the roads to which the end is hardly farther than the road (its place is not known better).
    double atJunction(const NearestOnLine& at, LonLat place) const {
        const auto points = m_graph.pointsOf(m_graph.chains[at.chain]);
        const double last = static_cast<double>(points.size() - 1);
        const double begin = stepMeters(points.front(), place), end = stepMeters(points.back(), place);
        if (std::min(begin, end) <= std::min(kAsNear * at.meters, kTownRadiusMeters))
            return begin <= end ? 0 : last;
        if (at.position <= 1 && stepMeters(points.front(), at.point) <= kTownMeters)
            return 0;
        if (at.position >= last - 1 && stepMeters(points.back(), at.point) <= kTownMeters)
            return last;
        return at.position;
    }

    // Nodes and edges from the cuts.
    void assemble(Noding& noding) {
        std::vector<Cut> cuts = noding.cuts();
        std::sort(cuts.begin(), cuts.end(), [](const Cut& a, const Cut& b) {
            return std::tie(a.chain, a.position) < std::tie(b.chain, b.position);
        });
        std::vector<double> cutMeters(cuts.size());
        for (std::size_t i = 0; i < cuts.size();) {
            const std::size_t begin = i;
            while (i < cuts.size() && cuts[i].chain == cuts[begin].chain)
                ++i;
            measureCuts(noding, std::span(cuts).subspan(begin, i - begin), cutMeters.data() + begin);
        }
        m_nodeOf.assign(noding.points().size(), kNone);
        m_graph.nodes.clear();
        m_graph.edges.clear();
        m_graph.edges.reserve(m_graph.chains.size() + cuts.size());
        std::size_t next = 0;
        for (std::uint32_t c = 0; c < m_graph.chains.size(); ++c) {
            const RoadChain& chain = m_graph.chains[c];
            Cut at{c, 0, 2 * c};
            double meters = 0;
            const auto end = [&](const Cut& to, double toMeters) {
                // Cuts at one place make no edge, unless the whole line is as short: that is reported, not dropped.
                if (noding.rootOf(at.point) != noding.rootOf(to.point) || toMeters - meters > kSamePlaceMeters ||
                    chain.lengthMeters <= kSamePlaceMeters) {
                    addEdge(noding, chain, at, to, meters, toMeters);
                    at = to;
                    meters = toMeters;
                }
            };
            for (; next < cuts.size() && cuts[next].chain == c; ++next)
                end(cuts[next], cutMeters[next]);
            end({c, static_cast<double>(chain.vertexCount - 1), 2 * c + 1}, chain.lengthMeters);
        }
        linkArcs(m_graph);
    }

    void measureCuts(Noding& noding, std::span<const Cut> cuts, double* meters) {
        const RoadChain& chain = m_graph.chains[cuts.front().chain];
        const auto points = m_graph.pointsOf(chain);
        double walked = 0;
        std::uint32_t vertex = 0, previous = 2 * cuts.front().chain;
        double previousMeters = 0;
        for (std::size_t i = 0; i < cuts.size(); ++i) {
            const auto whole = static_cast<std::uint32_t>(cuts[i].position);
            for (; vertex < whole; ++vertex)
                walked += stepMeters(points[vertex], points[vertex + 1]);
            const double rest = cuts[i].position - whole;
            meters[i] = walked + (rest > 0 ? rest * stepMeters(points[whole], points[whole + 1]) : 0);
            if (meters[i] - previousMeters <= kSamePlaceMeters)
                noding.unite(previous, cuts[i].point);
            previous = cuts[i].point;
            previousMeters = meters[i];
        }
        if (chain.lengthMeters - previousMeters <= kSamePlaceMeters)
            noding.unite(previous, 2 * cuts.front().chain + 1);
    }

    std::uint32_t nodeAt(const Noding& noding, std::uint32_t point) {
        const std::uint32_t root = noding.rootOf(point);
        if (m_nodeOf[root] == kNone) {
            m_nodeOf[root] = m_graph.nodeCount();
            m_graph.nodes.push_back(noding.points()[root]);
        }
        return m_nodeOf[root];
    }

    void addEdge(const Noding& noding, const RoadChain& chain, const Cut& a, const Cut& b, double fromMeters,
                 double toMeters) {
        const double total = m_graph.roads[chain.road].lengthMeters;
        RoadEdge edge;
        edge.from = nodeAt(noding, a.point);
        edge.to = nodeAt(noding, b.point);
        edge.chain = a.chain;
        edge.fromFraction = total > 0 ? (chain.startMeters + fromMeters) / total : 0;
        edge.toFraction = total > 0 ? (chain.startMeters + toMeters) / total : 1;
        edge.fromPosition = a.position;
        edge.toPosition = b.position;
        edge.lengthMeters =
            chain.lengthMeters > 0 ? (toMeters - fromMeters) * (chain.roadMeters / chain.lengthMeters) : 0;
        m_graph.edges.push_back(edge);
    }

    // A join that the project keeps, found again by where its ends lie.
    void acceptJoin(Noding& noding, const RoadJoin& join) {
        constexpr double kSameEndMeters = 25;
        const auto end = m_index.nearest(join.from, kSameEndMeters, [&](const NearestOnLine& at) {
            const auto points = m_graph.pointsOf(m_graph.chains[at.chain]);
            return std::min(stepMeters(points.front(), join.from), stepMeters(points.back(), join.from)) <=
                   kSameEndMeters;
        });
        const auto to = m_index.nearest(join.to, kSameEndMeters,
                                        [&](const NearestOnLine& at) { return !end || at.chain != end->chain; });
        if (!end || !to) {
            char where[64];
            std::snprintf(where, sizeof where, "%.5f,%.5f", join.from.lonDegrees, join.from.latDegrees);
            warn(std::string("The accepted join of roads at ") + where +
                 " is left out, because no road ends there or passes where it leads to.");
            return;
        }
        const auto points = m_graph.pointsOf(m_graph.chains[end->chain]);
        const bool isBegin = stepMeters(points.front(), join.from) <= stepMeters(points.back(), join.from);
        noding.unite(2 * end->chain + (isBegin ? 0 : 1),
                     noding.cutAt(to->chain, atEnd(*to, kSameEndMeters), to->point));
        ++m_built.health.acceptedJoins;
    }

    // Its position, or that of the end of the line where that is as near.
    double atEnd(const NearestOnLine& at, double meters) const {
        const auto points = m_graph.pointsOf(m_graph.chains[at.chain]);
        const double last = static_cast<double>(points.size() - 1);
        if (stepMeters(points.front(), at.point) <= meters && at.position <= 1)
            return 0;
        if (stepMeters(points.back(), at.point) <= meters && at.position >= last - 1)
            return last;
        return at.position;
    }

    bool joinLooseEnds(Noding& noding) {
        std::vector<std::uint32_t> pointOfNode(m_graph.nodeCount(), kNone);
        for (std::uint32_t point = 0; point < m_nodeOf.size(); ++point)
            if (m_nodeOf[point] != kNone)
                pointOfNode[m_nodeOf[point]] = point;
        const std::vector<LooseJoin> joins = looseJoins(m_graph, m_index, m_options.toleranceMeters);
        for (const LooseJoin& join : joins) {
            // An end as near is joined rather than the line a few metres beside it.
            const double position = atEnd(join.to, m_options.toleranceMeters);
            noding.unite(pointOfNode[join.node], noding.cutAt(join.to.chain, position, join.to.point));
            m_built.health.widestJoinMeters = std::max(m_built.health.widestJoinMeters, join.to.meters);
        }
        m_built.health.joinedEnds = static_cast<std::uint32_t>(joins.size());
        return !joins.empty();
    }

    void reportHealth() {
        NetworkHealth& health = m_built.health;
        health.toleranceMeters = m_options.toleranceMeters;
        for (const LooseJoin& join : looseJoins(m_graph, m_index, m_options.gapMeters))
            health.suggestedJoins.push_back({join.node, m_graph.nodes[join.node], join.road,
                                             m_graph.chains[join.to.chain].road, join.to.point, join.to.meters});
        std::stable_sort(health.suggestedJoins.begin(), health.suggestedJoins.end(),
                         [](const LooseEnd& a, const LooseEnd& b) { return a.gapMeters < b.gapMeters; });
        addComponentHealth(m_graph, health);
    }

    const Project& m_project;
    const GraphOptions& m_options;
    RoadGraph m_graph;
    BuiltGraph m_built;
    LineIndex m_index;                   // points into m_graph
    std::vector<std::uint8_t> m_crosses; // per table: crossing lines meet
    std::vector<std::uint32_t> m_nodeOf; // per point that is a root
};

} // namespace

BuiltGraph buildGraph(const Project& project, const std::vector<LonLat>& places, const GraphOptions& options) {
    return Builder(project, options).build(places);
}

} // namespace cordon
