#include "core/network/isochrones.h"

#include <algorithm>
#include <cmath>

namespace cordon {
namespace {

// One edge: x runs from 0 at its begin to 1 at its end.
struct Way {
    double seconds = kUnreached; // at the end it is entered from
    double cost = 0;             // for the whole edge
    double upTo = 0;             // x how far it gets, counted from that end
    bool isUsed() const { return seconds < kUnreached && cost < kUnreached && upTo > 0; }
};

class EdgeBands {
public:
    EdgeBands(const AccessNetwork& network, const AccessAnswer& answer, const std::vector<double>& hours,
              std::vector<ReachedStretch>& out)
        : m_network(network), m_answer(answer), m_hours(hours), m_out(out) {}

    void add(std::uint32_t edge) {
        const RoadEdge& e = m_network.graph.edges[edge];
        Way forward = way(edge, e.from, false), backward = way(edge, e.to, true);
        if (forward.isUsed() && backward.isUsed() && forward.upTo + backward.upTo > 1) {
            // Each point belongs to the end it is reached from first.
            const double meet = (backward.seconds + backward.cost - forward.seconds) / (forward.cost + backward.cost);
            const double split = std::clamp(std::isfinite(meet) ? meet : 0.5, 1 - backward.upTo, forward.upTo);
            forward.upTo = split;
            backward.upTo = 1 - split;
        }
        cut(edge, forward, false);
        const std::size_t ahead = m_out.size();
        cut(edge, backward, true);
        if (ahead > 0 && m_out.size() > ahead && m_out[ahead - 1].edge == edge)
            join(ahead - 1);
    }

private:
    Way way(std::uint32_t edge, std::uint32_t node, bool backward) const {
        const RoadGraph& graph = m_network.graph;
        const std::uint32_t arc = graph.arcOf[2 * edge + (backward ? 1 : 0)];
        Way way{m_answer.now.cost[node], static_cast<double>(m_answer.passages.costs[arc]), 1};
        if (way.cost < kUnreached)
            return way;
        // Shut: as far as the first thing that shuts it, where that is known.
        way.cost = static_cast<double>(m_answer.passages.baseCosts[arc]);
        const RoadEdge& e = graph.edges[edge];
        const double length = e.toFraction - e.fromFraction;
        for (const ObstacleOnEdge& on : m_answer.passages.onEdge(edge)) {
            const Obstacle& obstacle = m_answer.passages.obstacles[on.obstacle];
            if (obstacle.factor != kShut)
                continue;
            const bool isHere = obstacle.road == graph.roadOf(edge) && length > 0;
            const double at = !isHere    ? 0
                              : backward ? (e.toFraction - obstacle.toFraction) / length
                                         : (obstacle.fromFraction - e.fromFraction) / length;
            way.upTo = std::min(way.upTo, std::max(at, 0.0));
        }
        return way;
    }

    // Where the ways from both ends meet within one band they are one stretch.
    void join(std::size_t lastForward) {
        ReachedStretch& forward = m_out[lastForward];
        const ReachedStretch& backward = m_out.back();
        if (forward.band != backward.band || backward.fromFraction - forward.toFraction > 1e-9)
            return;
        forward.toFraction = backward.toFraction;
        m_out.pop_back();
    }

    void cut(std::uint32_t edge, const Way& way, bool backward) {
        if (!way.isUsed())
            return;
        const RoadEdge& e = m_network.graph.edges[edge];
        double x = 0;
        while (x < way.upTo) {
            const double hours = (way.seconds + x * way.cost) / 3600;
            const auto band = static_cast<std::size_t>(
                std::upper_bound(m_hours.begin(), m_hours.end(), hours * (1 + 1e-12)) - m_hours.begin());
            double next = way.upTo;
            if (band < m_hours.size() && way.cost > 0)
                next = std::min(next, (m_hours[band] * 3600 - way.seconds) / way.cost);
            if (next <= x)
                next = way.upTo;
            const double a = backward ? 1 - next : x, b = backward ? 1 - x : next;
            const double length = e.toFraction - e.fromFraction;
            m_out.push_back({edge, e.fromFraction + a * length, e.fromFraction + b * length, band});
            x = next;
        }
    }

    const AccessNetwork& m_network;
    const AccessAnswer& m_answer;
    const std::vector<double>& m_hours;
    std::vector<ReachedStretch>& m_out;
};

// All within `meters` of a straight piece of road, its round ends as polygons of 16 corners.
GeoRing capsule(LonLat a, LonLat b, double meters) {
    constexpr int kCorners = 16;
    constexpr double kPi = 3.14159265358979323846;
    const double latMeters = 111132, lonMeters = 111320 * std::cos((a.latDegrees + b.latDegrees) / 2 * kPi / 180);
    const double heading =
        std::atan2((b.latDegrees - a.latDegrees) * latMeters, (b.lonDegrees - a.lonDegrees) * lonMeters);
    GeoRing ring;
    for (int i = 0; i <= kCorners + 1; ++i) { // half round b, half round a
        const bool isAtB = i <= kCorners / 2;
        const double angle = heading - kPi / 2 + kPi * (isAtB ? i : i - 1) / (kCorners / 2);
        const LonLat& center = isAtB ? b : a;
        ring.points.push_back({center.lonDegrees + meters * std::cos(angle) / lonMeters,
                               center.latDegrees + meters * std::sin(angle) / latMeters});
    }
    ring.points.push_back(ring.points.front());
    return ring;
}

} // namespace

Area reachedGround(const AccessNetwork& network, const AccessAnswer& answer, double meters) {
    std::vector<double> bands;
    if (answer.query.budgetHours)
        bands.push_back(*answer.query.budgetHours);
    std::vector<Area> pieces;
    for (const ReachedStretch& stretch : reachedStretches(network, answer, bands)) {
        if (stretch.band > 0) // beyond the budget
            continue;
        const std::vector<LonLat> line =
            network.graph.geometryOf(stretch.edge, stretch.fromFraction, stretch.toFraction);
        for (std::size_t i = 1; i < line.size(); ++i) {
            const GeoRing ring = capsule(line[i - 1], line[i], meters);
            pieces.emplace_back(std::span(&ring, 1));
        }
    }
    return Area::unionOf(pieces);
}

std::vector<ReachedStretch> reachedStretches(const AccessNetwork& network, const AccessAnswer& answer,
                                             const std::vector<double>& bandHours) {
    std::vector<ReachedStretch> stretches;
    EdgeBands bands(network, answer, bandHours, stretches);
    for (std::uint32_t edge = 0; edge < network.graph.edgeCount(); ++edge)
        if (network.graph.attributes[network.graph.edges[edge].chain].isUsable)
            bands.add(edge);
    return stretches;
}

std::vector<double> bandsFor(const AccessAnswer& answer) {
    std::vector<double> hours;
    for (const PlaceReach& reach : answer.places)
        if (reach.kind == ReachKind::Reached)
            hours.push_back(reach.seconds / 3600);
    double last = 16;
    if (!hours.empty()) {
        std::sort(hours.begin(), hours.end());
        last = std::exp2(std::ceil(std::log2(std::max(hours[hours.size() * 9 / 10], 1.0))));
    }
    std::vector<double> bands;
    for (double band = last / 16; band <= last; band *= 2)
        if (band >= 1 || last < 16)
            bands.push_back(band);
    return bands;
}

} // namespace cordon
