#include "core/render/stroker.h"

#include "core/render/coverage_band.h"

#include <cmath>

namespace cordon {

namespace {

constexpr float kMitreLimit = 4;          // as SVG and AGG: length of the mitre over the width
constexpr float kShortestPx = 1.0F / 512; // nearer than that two vertices are one
constexpr float kRoundingPx = 0.1F;       // a mitre this close to the round corner stands for it
constexpr float kThinReachPx = 1.5F;      // what a thin line touches beyond its half width
constexpr float kWidestThinPx = 3.5F;     // what is wider has an inside worth drawing as spans

} // namespace

// False when no segment is near the window.
bool Stroker::makeSegments(std::span<const PagePoint> line, float reach, const PixelRect& window) {
    m_segments.clear();
    const PageBox near{static_cast<float>(window.left) - reach, static_cast<float>(window.top) - reach,
                       static_cast<float>(window.right) + reach, static_cast<float>(window.bottom) + reach};
    bool isAnyNear = false;
    PagePoint from = line[0];
    for (std::size_t i = 1; i < line.size(); ++i) {
        const PagePoint to = line[i];
        const float dx = to.x - from.x, dy = to.y - from.y;
        const float length = std::sqrt(dx * dx + dy * dy);
        if (!(length > kShortestPx))
            continue;
        Segment& s = m_segments.emplace_back();
        s.from = from;
        s.to = to;
        s.length = length;
        const float perLength = 1 / length;
        s.nx = dy * perLength;
        s.ny = -dx * perLength;
        s.isNear = std::max(from.x, to.x) >= near.minX && std::min(from.x, to.x) <= near.maxX &&
                   std::max(from.y, to.y) >= near.minY && std::min(from.y, to.y) <= near.maxY;
        isAnyNear |= s.isNear;
        from = to;
    }
    return isAnyNear;
}

// False when nothing of the line shows in the window, which is in page pixels.
bool Stroker::begin(std::span<const PagePoint> line, const StrokeStyle& style, const PixelRect& window, float reach) {
    if (line.size() < 2 || !(style.widthPx > 0))
        return false;
    m_half = style.widthPx / 2;
    m_join = style.join;
    // (1 + cosine) / 2 is the squared cosine of half the angle; a mitre is half / that cosine long.
    const float mostRatio = m_half / (m_half + kRoundingPx);
    m_sharpestMitre = m_join == LineJoin::Round ? 2 * mostRatio * mostRatio - 1 : -0.5F;
    return makeSegments(line, reach, window);
}

bool Stroker::isClosed(std::span<const PagePoint> line) const {
    return line.size() > 3 && line.front() == line.back() && m_segments.size() > 2;
}

Stroker::Corner Stroker::cornerOf(const Segment& a, const Segment& b) const {
    const float cosine = a.nx * b.nx + a.ny * b.ny;
    // On the inner side the mitre eats into both segments by half * tan(angle / 2).
    const float reach = m_half * m_half * (1 - cosine);
    const float shorter = std::min(a.length, b.length);
    if (cosine < m_sharpestMitre || reach > shorter * shorter * (1 + cosine))
        return {};
    const float scale = m_half / (1 + cosine);
    return {true, (a.nx + b.nx) * scale, (a.ny + b.ny) * scale};
}

// Fills the gap on the outer side of a corner whose segments end squarely.
void Stroker::addWedge(const Segment& a, const Segment& b) {
    const float turn = a.nx * b.ny - a.ny * b.nx;
    const float cosine = a.nx * b.nx + a.ny * b.ny;
    const PagePoint p = b.from;
    // Turning right (y down: positive) opens the left side, and the other way round.
    const float side = turn >= 0 ? m_half : -m_half;
    const Segment& first = turn >= 0 ? a : b;
    const Segment& second = turn >= 0 ? b : a;
    const FixedPoint center = fixed(p.x, p.y);
    const FixedPoint start = fixed(p.x + first.nx * side, p.y + first.ny * side);
    const FixedPoint end = fixed(p.x + second.nx * side, p.y + second.ny * side);
    m_window->addEdge(center, start);
    if (m_join == LineJoin::Round) {
        addArc(p, {first.nx * side, first.ny * side}, {second.nx * side, second.ny * side}, start, 8);
    } else if ((1 + cosine) / 2 * kMitreLimit * kMitreLimit >= 1) {
        const float scale = side / (1 + cosine);
        const FixedPoint tip = fixed(p.x + (a.nx + b.nx) * scale, p.y + (a.ny + b.ny) * scale);
        m_window->addEdge(start, tip);
        m_window->addEdge(tip, end);
    } else {
        m_window->addEdge(start, end);
    }
    m_window->addEdge(end, center);
}

// Clockwise (y down) from one radius to the other, at most half a turn: halved until a chord leaves the arc by less
// than 1/16 px. Returns the last point.
FixedPoint Stroker::addArc(PagePoint center, PagePoint from, PagePoint to, FixedPoint at, int depth) {
    const float squaredRadius = m_half * m_half;
    const float cosine = (from.x * to.x + from.y * to.y) / squaredRadius;
    const float sagitta = m_half * (1 - std::sqrt(std::max(0.0F, (1 + cosine) / 2)));
    if (sagitta < 0.0625F || depth == 0) {
        const FixedPoint next = fixed(center.x + to.x, center.y + to.y);
        m_window->addEdge(at, next);
        return next;
    }
    PagePoint middle{from.x + to.x, from.y + to.y};
    if (cosine < -0.99F) // half a turn: the sum is nothing or its direction unsure
        middle = {-from.y, from.x};
    const float scale = m_half / std::sqrt(middle.x * middle.x + middle.y * middle.y);
    middle = {middle.x * scale, middle.y * scale};
    at = addArc(center, from, middle, at, depth - 1);
    return addArc(center, middle, to, at, depth - 1);
}

// Half a disc beyond a square end, from p + n to p - n, clockwise.
void Stroker::addCap(PagePoint at, float nx, float ny) {
    const FixedPoint start = fixed(at.x + nx, at.y + ny);
    const FixedPoint end = addArc(at, {nx, ny}, {-nx, -ny}, start, 8);
    m_window->addEdge(end, start);
}

bool Stroker::isThin(const StrokeStyle& style) {
    return style.join == LineJoin::Round && style.widthPx <= kWidestThinPx;
}

// Strip by strip: neighbours meet where the angle between them is halved, sharp corners get a round wedge.
void Stroker::addThin(std::span<const PagePoint> line, const StrokeStyle& style, WindowOrigin origin,
                      CoverageSums& sums) {
    const PixelRect window{origin.x, origin.y, origin.x + sums.width(), origin.y + sums.height()};
    if (!begin(line, style, window, style.widthPx / 2 + kThinReachPx))
        return;
    const bool isClosed = this->isClosed(line);
    const std::size_t count = m_segments.size();
    const auto direction = [](const Segment& s) { return PagePoint{-s.ny, s.nx}; };
    struct Cut {
        PagePoint normal;
        bool isShared = false; // by both segments; else each ends squarely
    };
    const auto cutBetween = [&](const Segment& a, const Segment& b) -> Cut {
        const float cosine = a.nx * b.nx + a.ny * b.ny;
        if (cosine < m_sharpestMitre)
            return {};
        const float scale = 1 / std::sqrt(2 + 2 * cosine);
        return {{-(a.ny + b.ny) * scale, (a.nx + b.nx) * scale}, true};
    };
    Cut cut = isClosed ? cutBetween(m_segments[count - 1], m_segments[0]) : Cut{};
    for (std::size_t i = 0; i < count; ++i) {
        const Segment& s = m_segments[i];
        const bool hasNext = i + 1 < count || isClosed;
        const Segment& next = m_segments[i + 1 < count ? i + 1 : 0];
        const Cut following = hasNext ? cutBetween(s, next) : Cut{};
        if (s.isNear)
            addBand({s.from,
                     s.to,
                     {s.nx, s.ny},
                     cut.isShared ? cut.normal : direction(s),
                     following.isShared ? following.normal : direction(s),
                     m_half},
                    origin.x, origin.y, sums);
        if (hasNext && !following.isShared && (s.isNear || next.isNear))
            addPie({s.to, direction(s), direction(next), m_half}, origin.x, origin.y, sums);
        cut = following;
    }
    if (isClosed || style.cap != LineCap::Round)
        return;
    const auto reversed = [](PagePoint p) { return PagePoint{-p.x, -p.y}; };
    const PagePoint start = direction(m_segments.front()), end = direction(m_segments.back());
    addPie({m_segments.front().from, reversed(start), start, m_half}, origin.x, origin.y, sums);
    addPie({m_segments.back().to, end, reversed(end), m_half}, origin.x, origin.y, sums);
}

void Stroker::add(std::span<const PagePoint> line, const StrokeStyle& style, WindowOrigin origin,
                  CoverageWindow& window) {
    m_window = &window;
    m_origin = origin;
    const PixelRect rect{origin.x, origin.y, origin.x + window.width(), origin.y + window.height()};
    if (!begin(line, style, rect, style.widthPx / 2 * kMitreLimit + 1))
        return;
    const bool isClosed = this->isClosed(line);
    const std::size_t count = m_segments.size();
    Corner corner = isClosed ? cornerOf(m_segments[count - 1], m_segments[0]) : Corner{};
    FixedPoint left, right; // where the previous segment ended
    bool isJoined = false;  // the previous segment was added and meets this one in a mitre
    for (std::size_t i = 0; i < count; ++i) {
        const Segment& s = m_segments[i];
        const bool hasNext = i + 1 < count || isClosed;
        const Segment& next = m_segments[i + 1 < count ? i + 1 : 0];
        const Corner following = hasNext ? cornerOf(s, next) : Corner{};
        if (s.isNear) {
            const float ox = s.nx * m_half, oy = s.ny * m_half;
            if (!isJoined) {
                const float sx = corner.isMitre ? corner.mx : ox, sy = corner.isMitre ? corner.my : oy;
                left = fixed(s.from.x + sx, s.from.y + sy);
                right = fixed(s.from.x - sx, s.from.y - sy);
                m_window->addEdge(right, left);
            }
            const float ex = following.isMitre ? following.mx : ox, ey = following.isMitre ? following.my : oy;
            const FixedPoint endLeft = fixed(s.to.x + ex, s.to.y + ey), endRight = fixed(s.to.x - ex, s.to.y - ey);
            m_window->addEdge(left, endLeft);
            m_window->addEdge(endRight, right);
            isJoined = following.isMitre && i + 1 < count && next.isNear;
            if (!isJoined)
                m_window->addEdge(endLeft, endRight);
            left = endLeft;
            right = endRight;
        } else {
            isJoined = false;
        }
        if (hasNext && !following.isMitre && (s.isNear || next.isNear))
            addWedge(s, next);
        corner = following;
    }
    if (!isClosed && style.cap == LineCap::Round) {
        const Segment &first = m_segments.front(), &last = m_segments.back();
        if (first.isNear)
            addCap(first.from, -first.nx * m_half, -first.ny * m_half);
        if (last.isNear)
            addCap(last.to, last.nx * m_half, last.ny * m_half);
    }
}

void appendDashes(std::span<const PagePoint> line, std::span<const float> dashPx, std::vector<PagePoint>& points,
                  std::vector<std::uint32_t>& partStart) {
    const auto endPart = [&] {
        if (points.size() > partStart.back() + 1)
            partStart.push_back(static_cast<std::uint32_t>(points.size()));
        else
            points.resize(partStart.back());
    };
    std::size_t index = 0; // which dash or gap; an odd number of lengths goes round twice
    float rest = dashPx[0];
    bool isOn = true;
    if (isOn && !line.empty())
        points.push_back(line[0]);
    for (std::size_t i = 1; i < line.size(); ++i) {
        const PagePoint a = line[i - 1], b = line[i];
        const float length = std::hypot(b.x - a.x, b.y - a.y);
        float done = 0;
        while (length - done > rest) {
            done += rest;
            const float t = done / length;
            const PagePoint cut{a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
            points.push_back(cut);
            if (isOn)
                endPart();
            isOn = !isOn;
            index = (index + 1) % dashPx.size();
            rest = dashPx[index];
        }
        rest -= length - done;
        if (isOn)
            points.push_back(b);
    }
    if (isOn)
        endPart();
    points.resize(partStart.back());
}

} // namespace cordon
