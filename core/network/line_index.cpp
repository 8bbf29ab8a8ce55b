#include "core/network/line_index.h"

#include "core/network/fast_length.h"

#include <algorithm>
#include <cmath>

namespace cordon {
namespace {

constexpr std::uint32_t kSegmentsPerRun = 8;

} // namespace

FloatBox boxOfRun(const RoadGraph& graph, const SegmentRun& run) {
    GeoBox box;
    const auto points = graph.pointsOf(graph.chains[run.chain]);
    for (std::uint32_t v = run.first; v <= run.end; ++v)
        box.include(points[v]);
    return outwardBox(box.minX, box.minY, box.maxX, box.maxY);
}

LineIndex::LineIndex(const RoadGraph& graph) : m_graph(&graph) {
    for (std::uint32_t c = 0; c < graph.chains.size(); ++c) {
        const std::uint32_t segments = graph.chains[c].vertexCount - 1;
        for (std::uint32_t first = 0; first < segments; first += kSegmentsPerRun)
            m_runs.push_back({c, first, std::min(first + kSegmentsPerRun, segments)});
    }
    std::vector<FloatBox> boxes;
    boxes.reserve(m_runs.size());
    for (const SegmentRun& run : m_runs)
        boxes.push_back(boxOfRun(graph, run));
    m_index = SpatialIndex(boxes);
}

std::optional<NearestOnLine> LineIndex::nearest(LonLat p, double mostMeters, const Accepts& accepts) const {
    const DegreeMeters degree = degreeMetersAt(p.latDegrees);
    // Degrees of longitude shrink towards the pole: take those of the far side of the box.
    const double latMargin = mostMeters / degree.lat * 1.001;
    const double lonMargin = mostMeters / degreeMetersAt(std::abs(p.latDegrees) + latMargin).lon * 1.001;
    std::vector<std::uint32_t> found;
    m_index.query(outwardBox(p.lonDegrees - lonMargin, p.latDegrees - latMargin, p.lonDegrees + lonMargin,
                             p.latDegrees + latMargin),
                  found);
    std::optional<NearestOnLine> best;
    for (const std::uint32_t r : found) {
        const SegmentRun& run = m_runs[r];
        const auto points = m_graph->pointsOf(m_graph->chains[run.chain]);
        for (std::uint32_t s = run.first; s < run.end; ++s) {
            const double ax = (points[s].lonDegrees - p.lonDegrees) * degree.lon,
                         ay = (points[s].latDegrees - p.latDegrees) * degree.lat,
                         bx = (points[s + 1].lonDegrees - p.lonDegrees) * degree.lon,
                         by = (points[s + 1].latDegrees - p.latDegrees) * degree.lat;
            const double dx = bx - ax, dy = by - ay, length2 = dx * dx + dy * dy;
            const double t = length2 > 0 ? std::clamp(-(ax * dx + ay * dy) / length2, 0.0, 1.0) : 0;
            const double meters = std::hypot(ax + t * dx, ay + t * dy);
            if (!(meters <= (best ? best->meters : mostMeters)) || (best && meters == best->meters))
                continue;
            const LonLat at =
                t >= 1 ? points[s + 1]
                       : LonLat{points[s].lonDegrees + t * (points[s + 1].lonDegrees - points[s].lonDegrees),
                                points[s].latDegrees + t * (points[s + 1].latDegrees - points[s].latDegrees)};
            const NearestOnLine candidate{run.chain, static_cast<double>(s) + t, at, meters};
            if (!accepts || accepts(candidate))
                best = candidate;
        }
    }
    return best;
}

} // namespace cordon
