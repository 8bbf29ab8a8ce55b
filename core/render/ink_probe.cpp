#include "core/render/ink_probe.h"

#include <algorithm>
#include <cmath>

namespace cordon {

namespace {

// Liang and Barsky (1984): the part of the segment inside each of the four half planes in turn.
bool segmentTouches(PagePoint a, PagePoint b, const PageBox& box) {
    if (!std::isfinite(a.x + a.y + b.x + b.y))
        return false;
    double from = 0;
    double to = 1;
    const auto cut = [&](double direction, double distance) {
        if (direction == 0)
            return distance >= 0;
        const double t = distance / direction;
        if (direction < 0)
            from = std::max(from, t);
        else
            to = std::min(to, t);
        return from <= to;
    };
    const double dx = static_cast<double>(b.x) - static_cast<double>(a.x);
    const double dy = static_cast<double>(b.y) - static_cast<double>(a.y);
    return cut(-dx, static_cast<double>(a.x) - static_cast<double>(box.minX)) &&
           cut(dx, static_cast<double>(box.maxX) - static_cast<double>(a.x)) &&
           cut(-dy, static_cast<double>(a.y) - static_cast<double>(box.minY)) &&
           cut(dy, static_cast<double>(box.maxY) - static_cast<double>(a.y));
}

// Crossings of the ring with the ray from (x, y) to the right, modulo two.
bool isInsideRing(std::span<const PagePoint> ring, double x, double y) {
    bool inside = false;
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
        const double yi = static_cast<double>(ring[i].y);
        const double yj = static_cast<double>(ring[j].y);
        if ((yi > y) == (yj > y))
            continue;
        const double xi = static_cast<double>(ring[i].x);
        const double xj = static_cast<double>(ring[j].x);
        if (x < xi + (y - yi) / (yj - yi) * (xj - xi))
            inside = !inside;
    }
    return inside;
}

bool ringTouches(std::span<const PagePoint> ring, const PageBox& box) {
    return lineTouches(ring, box) || (ring.size() > 2 && segmentTouches(ring.back(), ring.front(), box));
}

std::span<const PagePoint> partOf(const DisplayList& list, std::uint32_t part) {
    return {list.points.data() + list.partStart[part], list.partStart[part + 1] - list.partStart[part]};
}

bool fillPaints(const DisplayList& list, const Op& op, const PageBox& box) {
    if (list.fills[op.style].a == 0)
        return false;
    bool inside = false;
    for (std::uint32_t part = op.firstPart; part < op.firstPart + op.partCount; ++part) {
        const auto ring = partOf(list, part);
        if (ringTouches(ring, box))
            return true;
        inside ^= !ring.empty() && isInsideRing(ring, static_cast<double>(box.minX + box.maxX) / 2,
                                                static_cast<double>(box.minY + box.maxY) / 2);
    }
    return inside;
}

bool strokePaints(const DisplayList& list, const Op& op, const PageBox& box) {
    const StrokeStyle& style = list.strokes[op.style];
    if (style.color.a == 0 || !(style.widthPx > 0))
        return false;
    for (std::uint32_t part = op.firstPart; part < op.firstPart + op.partCount; ++part)
        if (lineTouches(partOf(list, part), box.grown(style.widthPx / 2)))
            return true;
    return false;
}

bool markersPaint(const DisplayList& list, const Op& op, const PageBox& box) {
    const PageBox reach = box.grown(list.markers[op.style].radiusPx());
    for (std::uint32_t part = op.firstPart; part < op.firstPart + op.partCount; ++part)
        for (const PagePoint at : partOf(list, part))
            if (reach.contains(at.x, at.y))
                return true;
    return false;
}

} // namespace

bool lineTouches(std::span<const PagePoint> line, const PageBox& box) {
    for (std::size_t i = 1; i < line.size(); ++i)
        if (segmentTouches(line[i - 1], line[i], box))
            return true;
    return false;
}

bool ringsTouch(std::span<const std::vector<PagePoint>> rings, const PageBox& box) {
    bool inside = false;
    for (const auto& ring : rings) {
        if (ringTouches(ring, box))
            return true;
        inside ^= !ring.empty() && isInsideRing(ring, static_cast<double>(box.minX + box.maxX) / 2,
                                                static_cast<double>(box.minY + box.maxY) / 2);
    }
    return inside;
}

bool paintsInside(const DisplayList& list, const PageBox& box) {
    return std::any_of(list.ops.begin(), list.ops.end(), [&](const Op& op) {
        if (!op.box.intersects(box))
            return false;
        switch (op.kind) {
        case OpKind::Fill:
        case OpKind::Letters:
            return fillPaints(list, op, box);
        case OpKind::Stroke:
            return strokePaints(list, op, box);
        case OpKind::Markers:
            break;
        }
        return markersPaint(list, op, box);
    });
}

} // namespace cordon
