#include "core/render/page_geometry.h"

#include <cmath>

namespace cordon {

namespace {

PagePoint narrowed(PagePosition p) {
    return {static_cast<float>(p.x), static_cast<float>(p.y)};
}

// One side of the window: inside where sign * coordinate <= limit.
struct Side {
    double PagePosition::*axis;
    double sign;
    double limit;
    double excess(const PagePosition& p) const { return sign * (p.*axis) - limit; }
};

PagePosition between(const PagePosition& a, const PagePosition& b, double t) {
    return {a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
}

// Sutherland and Hodgman 1974, one side; the ring is open (its closing point left out).
void clipRing(std::span<const PagePosition> in, const Side& side, std::vector<PagePosition>& out) {
    out.clear();
    if (in.empty())
        return;
    PagePosition last = in.back();
    double lastExcess = side.excess(last);
    for (const PagePosition& p : in) {
        const double excess = side.excess(p);
        if ((excess > 0) != (lastExcess > 0)) {
            PagePosition cut = between(last, p, lastExcess / (lastExcess - excess));
            cut.*(side.axis) = side.sign * side.limit;
            out.push_back(cut);
        }
        if (excess <= 0)
            out.push_back(p);
        last = p;
        lastExcess = excess;
    }
}

// The share [t0, t1] of a-b inside the window (Liang and Barsky 1984).
bool clipSegment(const PagePosition& a, const PagePosition& b, const WideBox& window, double& t0, double& t1) {
    t0 = 0;
    t1 = 1;
    const double dx = b.x - a.x, dy = b.y - a.y;
    const double delta[4] = {-dx, dx, -dy, dy};
    const double room[4] = {a.x - window.minX, window.maxX - a.x, a.y - window.minY, window.maxY - a.y};
    for (int i = 0; i < 4; ++i) {
        if (delta[i] == 0) {
            if (room[i] < 0)
                return false;
            continue;
        }
        const double t = room[i] / delta[i];
        if (delta[i] < 0)
            t0 = std::max(t0, t);
        else
            t1 = std::min(t1, t);
    }
    return t0 <= t1;
}

} // namespace

PageGeometry::PageGeometry(const PreparedLayer& layer, const GridGeometry& geometry, const MapView& view,
                           const Projection& projection)
    : m_layer(layer), m_geometry(geometry), m_view(view), m_projection(projection),
      m_onGrid(layer.gridSuffices(view.unitsPerPx)), m_scale(layer.unitsPerStep() / view.unitsPerPx),
      m_offsetX(view.pageX(layer.originX())), m_offsetY(view.pageY(layer.originY())) {}

void PageGeometry::appendWhole(DisplayList& list, std::uint32_t feature, std::uint32_t part) const {
    const std::span<const GridPoint> in = m_geometry.part(feature, part);
    const std::size_t start = list.points.size();
    list.points.resize(start + in.size());
    PagePoint* out = list.points.data() + start;
    for (const GridPoint& p : in)
        *out++ = narrowed(toPage(p));
}

std::span<const PagePosition> PageGeometry::positions(std::uint32_t feature, std::uint32_t part) {
    m_positions.clear();
    if (m_onGrid) {
        for (const GridPoint& p : m_geometry.part(feature, part))
            m_positions.push_back(toPage(p));
        return m_positions;
    }
    const std::span<const LonLat> in = m_layer.table().geometry.part(part);
    m_projected.resize(in.size());
    m_projection.forward(in, m_projected);
    for (const MapPoint& p : m_projected)
        if (std::isfinite(p.x) && std::isfinite(p.y))
            m_positions.push_back({m_view.pageX(p.x), m_view.pageY(p.y)});
    return m_positions;
}

void PageGeometry::appendRing(DisplayList& list, std::uint32_t feature, std::uint32_t part, const WideBox& window,
                              bool isInside) {
    if (isInside && m_onGrid) {
        appendWhole(list, feature, part);
        list.endPart();
        return;
    }
    std::span<const PagePosition> ring = positions(feature, part);
    if (ring.size() > 1 && ring.front().x == ring.back().x && ring.front().y == ring.back().y)
        ring = ring.first(ring.size() - 1);
    if (ring.empty())
        return;
    WideBox box;
    for (const PagePosition& p : ring)
        box.include(p.x, p.y);
    if (!box.intersects(window))
        return;
    const Side sides[4] = {{&PagePosition::x, -1, -window.minX},
                           {&PagePosition::x, 1, window.maxX},
                           {&PagePosition::y, -1, -window.minY},
                           {&PagePosition::y, 1, window.maxY}};
    const bool crosses[4] = {box.minX<window.minX, box.maxX> window.maxX, box.minY<window.minY, box.maxY> window.maxY};
    int target = 0;
    for (int i = 0; i < 4; ++i) {
        if (!crosses[i])
            continue;
        clipRing(ring, sides[i], m_clipped[target]);
        ring = m_clipped[target];
        target = 1 - target;
    }
    if (ring.size() < 3 && crosses[0] + crosses[1] + crosses[2] + crosses[3] > 0)
        return;
    for (const PagePosition& p : ring)
        list.points.push_back(narrowed(p));
    list.points.push_back(narrowed(ring.front()));
    list.endPart();
}

void PageGeometry::appendLine(DisplayList& list, std::uint32_t feature, std::uint32_t part, const WideBox& window,
                              bool isInside, double period) {
    if (isInside && m_onGrid) {
        appendWhole(list, feature, part);
        list.endPart();
        return;
    }
    const std::span<const PagePosition> line = positions(feature, part);
    m_along.clear();
    bool isOpen = false; // the last piece ends at line[i - 1]
    for (std::size_t i = 1; i < line.size(); ++i) {
        double t0 = 0, t1 = 0;
        if (!clipSegment(line[i - 1], line[i], window, t0, t1)) {
            isOpen = false;
            continue;
        }
        if (!isOpen || t0 > 0) {
            list.endPart();
            if (period > 0)
                appendLeadIn(list, line, i, t0, period);
            else
                list.points.push_back(narrowed(between(line[i - 1], line[i], t0)));
        }
        list.points.push_back(narrowed(t1 < 1 ? between(line[i - 1], line[i], t1) : line[i]));
        isOpen = t1 >= 1;
    }
    list.endPart();
}

// From the last whole period before the place `t` of the way from line[to - 1] to line[to] up to that segment.
void PageGeometry::appendLeadIn(DisplayList& list, std::span<const PagePosition> line, std::size_t to, double t,
                                double period) {
    const auto lengthTo = [&](std::size_t i) {
        return std::hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
    };
    if (m_along.empty()) {
        m_along.push_back(0);
        for (std::size_t i = 1; i < line.size(); ++i)
            m_along.push_back(m_along.back() + lengthTo(i));
    }
    const double start = std::floor((m_along[to - 1] + t * lengthTo(to)) / period) * period;
    std::size_t i = to;
    while (i > 1 && m_along[i - 1] > start)
        --i;
    const double length = lengthTo(i);
    list.points.push_back(narrowed(between(line[i - 1], line[i], length > 0 ? (start - m_along[i - 1]) / length : 0)));
    for (; i < to; ++i)
        list.points.push_back(narrowed(line[i]));
}

void PageGeometry::appendPoints(DisplayList& list, std::uint32_t feature, std::uint32_t part, const WideBox& window) {
    if (m_onGrid) {
        for (const GridPoint& g : m_geometry.part(feature, part)) {
            const PagePosition p = toPage(g);
            if (window.contains(p.x, p.y))
                list.points.push_back(narrowed(p));
        }
        return;
    }
    for (const PagePosition& p : positions(feature, part))
        if (window.contains(p.x, p.y))
            list.points.push_back(narrowed(p));
}

} // namespace cordon
