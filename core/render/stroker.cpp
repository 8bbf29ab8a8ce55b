#include "core/render/stroker.h"

#include <cmath>
#include <numbers>

namespace cordon {

namespace {

constexpr float kMitreLimit = 4;          // as SVG and AGG: length of the mitre over the width
constexpr float kShortestPx = 1.0F / 512; // nearer than that two vertices are one
constexpr float kFarthestPx = 4.0e6F;     // 24.8 fixed point holds twice that

float clamped(float v) {
    return std::clamp(v, -kFarthestPx, kFarthestPx);
}

} // namespace

FixedPoint WindowOrigin::fixed(float pageX, float pageY) const {
    return {static_cast<int>(std::lrint(clamped(pageX) * 256)) - x * 256,
            static_cast<int>(std::lrint(clamped(pageY) * 256)) - y * 256};
}

// False when no segment is near the window.
bool Stroker::makeSegments(std::span<const PagePoint> line, float reach) {
    m_segments.clear();
    const PageBox near{static_cast<float>(m_origin.x) - reach, static_cast<float>(m_origin.y) - reach,
                       static_cast<float>(m_origin.x + m_window->width()) + reach,
                       static_cast<float>(m_origin.y + m_window->height()) + reach};
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
        s.nx = dy / length;
        s.ny = -dx / length;
        s.isNear = std::max(from.x, to.x) >= near.minX && std::min(from.x, to.x) <= near.maxX &&
                   std::max(from.y, to.y) >= near.minY && std::min(from.y, to.y) <= near.maxY;
        isAnyNear |= s.isNear;
        from = to;
    }
    return isAnyNear;
}

Stroker::Corner Stroker::cornerOf(const Segment& a, const Segment& b) const {
    const float cosine = a.nx * b.nx + a.ny * b.ny;
    // On the inner side the mitre eats into both segments by half * tan(angle / 2).
    const float reach = m_half * m_half * (1 - cosine);
    const float shorter = std::min(a.length, b.length);
    const bool isSharp = m_join == LineJoin::Round ? cosine < 0.97F : cosine < -0.5F;
    if (isSharp || reach > shorter * shorter * (1 + cosine))
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
        addArc(p, first.nx * side, first.ny * side, second.nx * side, second.ny * side, start, end);
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

// Clockwise (y down) from one radius to the other; at most half a turn.
void Stroker::addArc(PagePoint center, float fromX, float fromY, float toX, float toY, FixedPoint first,
                     FixedPoint last) {
    const float radius = std::sqrt(fromX * fromX + fromY * fromY);
    float angle = std::atan2(fromX * toY - fromY * toX, fromX * toX + fromY * toY);
    // Rounding may turn 0 or half a turn negative.
    angle = angle < -1 ? angle + 2 * std::numbers::pi_v<float> : std::max(angle, 0.0F);
    // Chords that leave the arc by less than 1/16 px.
    const float step = 2 * std::acos(1 - std::min(0.5F, 0.0625F / std::max(radius, 0.0625F)));
    const int count = std::max(1, static_cast<int>(std::ceil(angle / step)));
    FixedPoint previous = first;
    for (int i = 1; i < count; ++i) {
        const float t = angle * static_cast<float>(i) / static_cast<float>(count);
        const float c = std::cos(t), s = std::sin(t);
        const FixedPoint next = fixed(center.x + fromX * c - fromY * s, center.y + fromX * s + fromY * c);
        m_window->addEdge(previous, next);
        previous = next;
    }
    m_window->addEdge(previous, last);
}

// Half a disc beyond a square end, from p + n to p - n, clockwise.
void Stroker::addCap(PagePoint at, float nx, float ny) {
    const FixedPoint start = fixed(at.x + nx, at.y + ny), end = fixed(at.x - nx, at.y - ny);
    addArc(at, nx, ny, -nx, -ny, start, end);
    m_window->addEdge(end, start);
}

void Stroker::add(std::span<const PagePoint> line, const StrokeStyle& style, WindowOrigin origin,
                  CoverageWindow& window) {
    m_window = &window;
    m_origin = origin;
    if (line.size() < 2 || !(style.widthPx > 0))
        return;
    m_half = style.widthPx / 2;
    m_join = style.join;
    if (!makeSegments(line, m_half * kMitreLimit + 1))
        return;
    const bool isClosed = line.size() > 3 && line.front() == line.back() && m_segments.size() > 2;
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
