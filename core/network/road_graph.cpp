#include "core/network/road_graph.h"

#include "core/network/fast_length.h"

#include <algorithm>
#include <cmath>

namespace cordon {
namespace {

LonLat pointAtPosition(std::span<const LonLat> points, double position) {
    const auto i = std::min(static_cast<std::size_t>(position), points.size() - 1);
    const double t = position - static_cast<double>(i);
    if (t <= 0 || i + 1 >= points.size())
        return points[i];
    return {points[i].lonDegrees + t * (points[i + 1].lonDegrees - points[i].lonDegrees),
            points[i].latDegrees + t * (points[i + 1].latDegrees - points[i].latDegrees)};
}

std::vector<LonLat> between(std::span<const LonLat> points, double from, double to) {
    std::vector<LonLat> line;
    line.reserve(static_cast<std::size_t>(std::max(to - from, 0.0)) + 3);
    line.push_back(pointAtPosition(points, from));
    for (auto i = static_cast<std::size_t>(std::floor(from)) + 1; static_cast<double>(i) < to; ++i)
        line.push_back(points[i]);
    line.push_back(pointAtPosition(points, to));
    return line;
}

// The position along a chain of a distance from its begin, by the line.
double positionOf(std::span<const LonLat> points, double meters) {
    double walked = 0;
    for (std::size_t i = 1; i < points.size(); ++i) {
        const double step = stepMeters(points[i - 1], points[i]);
        if (walked + step >= meters && step > 0)
            return static_cast<double>(i - 1) + std::clamp((meters - walked) / step, 0.0, 1.0);
        walked += step;
    }
    return static_cast<double>(points.size() - 1);
}

} // namespace

RoadColumns RoadColumns::of(const FeatureTable& table, const std::string& idField) {
    RoadColumns columns;
    columns.id = idField.empty() ? nullptr : table.findColumn(idField);
    columns.fromPlace = table.findColumn("from_place");
    columns.toPlace = table.findColumn("to_place");
    for (const char* name : {"name", "nom", "ref"})
        if (const Column* column = table.findColumn(name))
            columns.names.push_back(column);
    return columns;
}

std::string RoadGraph::idOf(std::uint32_t road) const {
    const Column* ids = columns[roads[road].table].id;
    return ids ? tables[roads[road].table]->valueAsText(*ids, roads[road].feature) : std::string();
}

std::string RoadGraph::nameOf(std::uint32_t road) const {
    const FeatureTable& table = *tables[roads[road].table];
    const RoadColumns& named = columns[roads[road].table];
    for (const Column* column : named.names)
        if (std::string text = table.valueAsText(*column, roads[road].feature); !text.empty())
            return text;
    if (named.fromPlace && named.toPlace) {
        const std::string a = table.valueAsText(*named.fromPlace, roads[road].feature),
                          b = table.valueAsText(*named.toPlace, roads[road].feature);
        if (!a.empty() || !b.empty())
            return (a.empty() ? "…" : a) + " – " + (b.empty() ? "…" : b);
    }
    const std::string id = idOf(road);
    return id.empty() ? "road " + std::to_string(roads[road].feature + 1) : "road " + id;
}

std::vector<LonLat> RoadGraph::geometryOf(std::uint32_t edge) const {
    return between(pointsOf(chainOf(edge)), edges[edge].fromPosition, edges[edge].toPosition);
}

std::vector<LonLat> RoadGraph::geometryOf(std::uint32_t edge, double fromFraction, double toFraction) const {
    const RoadEdge& e = edges[edge];
    if (fromFraction <= e.fromFraction && toFraction >= e.toFraction)
        return geometryOf(edge);
    const RoadChain& chain = chainOf(edge);
    const auto points = pointsOf(chain);
    const double total = roads[chain.road].lengthMeters;
    const auto position = [&](double fraction) {
        return std::clamp(positionOf(points, fraction * total - chain.startMeters), e.fromPosition, e.toPosition);
    };
    return between(points, position(fromFraction), position(toFraction));
}

LonLat RoadGraph::pointAt(std::uint32_t edge, double fractionOfRoad) const {
    return geometryOf(edge, fractionOfRoad, fractionOfRoad).front();
}

void linkArcs(RoadGraph& graph) {
    const std::uint32_t nodes = graph.nodeCount(), edges = graph.edgeCount();
    graph.firstArc.assign(nodes + 1, 0);
    graph.head.resize(2 * static_cast<std::size_t>(edges));
    graph.edgeOf.resize(graph.head.size());
    graph.arcOf.resize(graph.head.size());
    for (const RoadEdge& edge : graph.edges) {
        ++graph.firstArc[edge.from + 1];
        ++graph.firstArc[edge.to + 1];
    }
    for (std::uint32_t n = 0; n < nodes; ++n)
        graph.firstArc[n + 1] += graph.firstArc[n];
    std::vector<std::uint32_t> next(graph.firstArc.begin(), graph.firstArc.end() - 1);
    const auto add = [&](std::uint32_t tail, std::uint32_t head, std::uint32_t directed) {
        const std::uint32_t arc = next[tail]++;
        graph.head[arc] = head;
        graph.edgeOf[arc] = directed;
        graph.arcOf[directed] = arc;
    };
    for (std::uint32_t e = 0; e < edges; ++e) {
        add(graph.edges[e].from, graph.edges[e].to, 2 * e);
        add(graph.edges[e].to, graph.edges[e].from, 2 * e + 1);
    }
    const auto roads = graph.roads.size();
    graph.firstEdgeOfRoad.assign(roads + 1, 0);
    for (std::uint32_t e = 0; e < edges; ++e)
        ++graph.firstEdgeOfRoad[graph.roadOf(e) + 1];
    for (std::size_t r = 0; r < roads; ++r)
        graph.firstEdgeOfRoad[r + 1] += graph.firstEdgeOfRoad[r];
    std::vector<std::uint32_t> nextEdge(graph.firstEdgeOfRoad.begin(), graph.firstEdgeOfRoad.end() - 1);
    graph.edgesOfRoad.resize(edges);
    for (std::uint32_t e = 0; e < edges; ++e)
        graph.edgesOfRoad[nextEdge[graph.roadOf(e)]++] = e;
}

RoadIds::RoadIds(const RoadGraph& graph) {
    m_roads.reserve(graph.roads.size());
    for (std::uint32_t r = 0; r < graph.roads.size(); ++r)
        if (std::string id = graph.idOf(r); !id.empty())
            m_roads.try_emplace(std::move(id), r);
}

std::optional<std::uint32_t> RoadIds::find(const std::string& id) const {
    const auto found = m_roads.find(id);
    return found == m_roads.end() ? std::nullopt : std::optional(found->second);
}

} // namespace cordon
