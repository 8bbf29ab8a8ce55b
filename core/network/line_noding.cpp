#include "core/network/line_noding.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numeric>
#include <tuple>

namespace cordon {
namespace {

std::uint64_t hashOf(LonLat p) {
    std::uint64_t h = std::bit_cast<std::uint64_t>(p.lonDegrees + 0.0) * 0x9E3779B97F4A7C15ULL;
    h ^= std::bit_cast<std::uint64_t>(p.latDegrees + 0.0) * 0xC2B2AE3D27D4EB4FULL + (h >> 29);
    return h * 0xFF51AFD7ED558CCDULL;
}

// Coordinates to the first point that had them: open addressing, a power of two in size.
class PointTable {
public:
    PointTable(const std::vector<LonLat>& points, std::size_t expected)
        : m_points(points), m_mask(std::bit_ceil(2 * expected + 16) - 1), m_slots(m_mask + 1, kNone) {}
    std::uint32_t findOrAdd(std::uint32_t point) {
        for (std::size_t i = hashOf(m_points[point]) >> 20;; ++i) {
            std::uint32_t& slot = m_slots[i & m_mask];
            if (slot == kNone)
                slot = point;
            if (m_points[slot] == m_points[point])
                return slot;
        }
    }

private:
    const std::vector<LonLat>& m_points;
    std::size_t m_mask;
    std::vector<std::uint32_t> m_slots;
};

struct Occurrence {
    LonLat at;
    std::uint32_t chain, vertex;
    LonLat before, after; // its neighbours on the line, the smaller one first: equal where lines run together
    friend auto key(const Occurrence& o) { return std::tie(o.at.lonDegrees, o.at.latDegrees, o.chain, o.vertex); }
};

bool isLess(LonLat a, LonLat b) {
    return std::tie(a.lonDegrees, a.latDegrees) < std::tie(b.lonDegrees, b.latDegrees);
}

// Vertices whose coordinates may occur more than once: a filter of two bits a hash, so that the real table stays small.
class SeenTwice {
public:
    explicit SeenTwice(std::size_t vertices)
        : m_mask(std::bit_ceil(vertices * 16 + 64) - 1), m_once((m_mask + 1) / 64), m_twice(m_once.size()) {}
    void add(LonLat p) {
        const std::size_t bit = (hashOf(p) >> 13) & m_mask;
        const std::uint64_t mark = 1ULL << (bit % 64);
        m_twice[bit / 64] |= m_once[bit / 64] & mark;
        m_once[bit / 64] |= mark;
    }
    bool contains(LonLat p) const {
        const std::size_t bit = (hashOf(p) >> 13) & m_mask;
        return (m_twice[bit / 64] >> (bit % 64)) & 1;
    }

private:
    std::size_t m_mask;
    std::vector<std::uint64_t> m_once, m_twice;
};

double cross(LonLat o, LonLat a, LonLat b) {
    return (a.lonDegrees - o.lonDegrees) * (b.latDegrees - o.latDegrees) -
           (a.latDegrees - o.latDegrees) * (b.lonDegrees - o.lonDegrees);
}

// Where `p`, known to be in line with a..b, is between them: 0..1; NaN outside.
double between(LonLat a, LonLat b, LonLat p) {
    const double dx = b.lonDegrees - a.lonDegrees, dy = b.latDegrees - a.latDegrees;
    const double t =
        std::abs(dx) > std::abs(dy) ? (p.lonDegrees - a.lonDegrees) / dx : (p.latDegrees - a.latDegrees) / dy;
    return t >= 0 && t <= 1 ? t : std::nan("");
}

bool touches(LonLat p, LonLat q, const FloatBox& box) {
    return std::max(p.lonDegrees, q.lonDegrees) >= static_cast<double>(box.minX) &&
           std::min(p.lonDegrees, q.lonDegrees) <= static_cast<double>(box.maxX) &&
           std::max(p.latDegrees, q.latDegrees) >= static_cast<double>(box.minY) &&
           std::min(p.latDegrees, q.latDegrees) <= static_cast<double>(box.maxY);
}

} // namespace

Noding::Noding(const RoadGraph& graph) : m_graph(graph) {
    m_points.reserve(2 * graph.chains.size());
    for (const RoadChain& chain : graph.chains) {
        const auto points = graph.pointsOf(chain);
        m_points.push_back(points.front());
        m_points.push_back(points.back());
    }
    m_parent.resize(m_points.size());
    std::iota(m_parent.begin(), m_parent.end(), 0U);
}

std::uint32_t Noding::rootOf(std::uint32_t point) const {
    while (m_parent[point] != point)
        point = m_parent[point] = m_parent[m_parent[point]];
    return point;
}

void Noding::unite(std::uint32_t a, std::uint32_t b) {
    a = rootOf(a);
    b = rootOf(b);
    // The node stands at the smallest coordinates of those united, whatever their order.
    if (isLess(m_points[b], m_points[a]))
        std::swap(a, b);
    m_parent[b] = a;
}

std::uint32_t Noding::cutAt(std::uint32_t chain, double position, LonLat at) {
    const double last = m_graph.chains[chain].vertexCount - 1;
    if (position <= 0 || position >= last)
        return 2 * chain + (position <= 0 ? 0 : 1);
    const auto point = static_cast<std::uint32_t>(m_points.size());
    m_points.push_back(at);
    m_parent.push_back(point);
    m_cuts.push_back({chain, position, point});
    return point;
}

void Noding::meetAtVertices(bool interiorsToo) {
    const auto ends = static_cast<std::uint32_t>(m_points.size());
    PointTable table(m_points, ends);
    for (std::uint32_t point = 0; point < ends; ++point)
        if (const std::uint32_t first = table.findOrAdd(point); first != point)
            unite(first, point);
    if (!interiorsToo)
        return;
    std::size_t vertices = 0;
    for (const RoadChain& chain : m_graph.chains)
        vertices += chain.vertexCount;
    SeenTwice seen(vertices);
    for (std::uint32_t point = 0; point < ends; ++point)
        if (rootOf(point) == point) {
            seen.add(m_points[point]);
        }
    for (const RoadChain& chain : m_graph.chains) {
        const auto points = m_graph.pointsOf(chain);
        for (std::uint32_t v = 1; v + 1 < points.size(); ++v)
            if (points[v] != points[v - 1])
                seen.add(points[v]);
    }
    std::vector<Occurrence> occurrences;
    for (std::uint32_t c = 0; c < m_graph.chains.size(); ++c) {
        const auto points = m_graph.pointsOf(m_graph.chains[c]);
        for (std::uint32_t v = 1; v + 1 < points.size(); ++v)
            if (points[v] != points[v - 1] && seen.contains(points[v])) {
                LonLat a = points[v - 1], b = points[v + 1];
                if (isLess(b, a))
                    std::swap(a, b);
                occurrences.push_back({points[v], c, v, a, b});
            }
    }
    std::sort(occurrences.begin(), occurrences.end(),
              [](const Occurrence& a, const Occurrence& b) { return key(a) < key(b); });
    PointTable ofEnds(m_points, ends + occurrences.size());
    for (std::uint32_t point = 0; point < ends; ++point)
        ofEnds.findOrAdd(point);
    m_points.reserve(m_points.size() + occurrences.size());
    for (std::size_t i = 0; i < occurrences.size();) {
        std::size_t end = i + 1;
        while (end < occurrences.size() && occurrences[end].at == occurrences[i].at)
            ++end;
        const auto probe = static_cast<std::uint32_t>(m_points.size());
        m_points.push_back(occurrences[i].at);
        const std::uint32_t endPoint = ofEnds.findOrAdd(probe);
        m_points.pop_back();
        const bool meetsEnd = endPoint < ends;
        std::array<std::uint32_t, 41> ofLevel;
        ofLevel.fill(kNone);
        for (std::size_t k = i; k < end; ++k) {
            const Occurrence& o = occurrences[k];
            const bool meets = meetsEnd || std::any_of(occurrences.begin() + static_cast<std::ptrdiff_t>(i),
                                                       occurrences.begin() + static_cast<std::ptrdiff_t>(end),
                                                       [&](const Occurrence& p) {
                                                           return levelOf(p.chain) == levelOf(o.chain) &&
                                                                  (p.before != o.before || p.after != o.after);
                                                       });
            if (!meets)
                continue;
            const std::uint32_t point = cutAt(o.chain, o.vertex, o.at);
            std::uint32_t& other = meetsEnd ? ofLevel[0] : ofLevel[static_cast<std::size_t>(levelOf(o.chain) + 20)];
            if (meetsEnd && other == kNone)
                other = endPoint;
            if (other == kNone)
                other = point;
            else
                unite(other, point);
        }
        i = end;
    }
}

void Noding::crossSegments(std::uint32_t chainA, std::uint32_t a, std::uint32_t chainB, std::uint32_t b,
                           std::vector<std::pair<Cut, Cut>>& found, std::vector<LonLat>& where) const {
    const auto pointsA = m_graph.pointsOf(m_graph.chains[chainA]), pointsB = m_graph.pointsOf(m_graph.chains[chainB]);
    const LonLat p = pointsA[a], q = pointsA[a + 1], r = pointsB[b], s = pointsB[b + 1];
    if (std::max(p.lonDegrees, q.lonDegrees) < std::min(r.lonDegrees, s.lonDegrees) ||
        std::max(r.lonDegrees, s.lonDegrees) < std::min(p.lonDegrees, q.lonDegrees) ||
        std::max(p.latDegrees, q.latDegrees) < std::min(r.latDegrees, s.latDegrees) ||
        std::max(r.latDegrees, s.latDegrees) < std::min(p.latDegrees, q.latDegrees))
        return;
    if (p == r || p == s || q == r || q == s)
        return; // a shared vertex: step 1
    const double c1 = cross(p, q, r), c2 = cross(p, q, s), c3 = cross(r, s, p), c4 = cross(r, s, q);
    const auto add = [&](double t, double u, LonLat at) {
        found.push_back({{chainA, a + t, 0}, {chainB, b + u, 0}});
        where.push_back(at);
    };
    if (((c1 > 0 && c2 < 0) || (c1 < 0 && c2 > 0)) && ((c3 > 0 && c4 < 0) || (c3 < 0 && c4 > 0))) {
        const double t = c3 / (c3 - c4), u = c1 / (c1 - c2);
        return add(
            t, u, {p.lonDegrees + t * (q.lonDegrees - p.lonDegrees), p.latDegrees + t * (q.latDegrees - p.latDegrees)});
    }
    // A vertex of one on the other.
    if (c1 == 0)
        if (const double t = between(p, q, r); !std::isnan(t))
            add(t, 0, r);
    if (c2 == 0)
        if (const double t = between(p, q, s); !std::isnan(t))
            add(t, 1, s);
    if (c3 == 0)
        if (const double u = between(r, s, p); !std::isnan(u))
            add(0, u, p);
    if (c4 == 0)
        if (const double u = between(r, s, q); !std::isnan(u))
            add(1, u, q);
}

void Noding::meetAtCrossings(const LineIndex& index, const std::vector<std::uint8_t>& crosses) {
    std::vector<std::pair<Cut, Cut>> found;
    std::vector<LonLat> where;
    std::vector<std::uint32_t> near;
    std::vector<FloatBox> boxes;
    boxes.reserve(index.runs().size());
    for (const SegmentRun& run : index.runs())
        boxes.push_back(boxOfRun(m_graph, run));
    for (std::uint32_t i = 0; i < index.runs().size(); ++i) {
        const SegmentRun& a = index.runs()[i];
        if (!crosses[m_graph.chains[a.chain].table])
            continue;
        const auto points = m_graph.pointsOf(m_graph.chains[a.chain]);
        near.clear();
        index.query(boxes[i], near);
        for (const std::uint32_t j : near) {
            const SegmentRun& b = index.runs()[j];
            if (j < i || !crosses[m_graph.chains[b.chain].table] || levelOf(a.chain) != levelOf(b.chain))
                continue;
            for (std::uint32_t s = a.first; s < a.end; ++s) {
                if (!touches(points[s], points[s + 1], boxes[j]))
                    continue;
                for (std::uint32_t t = i == j ? s + 2 : b.first; t < b.end; ++t)
                    if (a.chain != b.chain || t > s + 1 || t + 1 < s)
                        crossSegments(a.chain, s, b.chain, t, found, where);
            }
        }
    }
    for (std::size_t i = 0; i < found.size(); ++i) {
        const auto& [a, b] = found[i];
        unite(cutAt(a.chain, a.position, where[i]), cutAt(b.chain, b.position, where[i]));
    }
}

} // namespace cordon
