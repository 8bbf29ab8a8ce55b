#include "core/render/hatch.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <span>

namespace cordon {
namespace {

constexpr double kMostLines = 4000; // hatch lines through one polygon set
constexpr double kMostDots = 60000;
constexpr double kBroadMm = 0.6;
constexpr std::size_t kMostTicks = 20000;

std::span<const PagePoint> partOf(const DisplayList& list, std::uint32_t part) {
    return {list.points.data() + list.partStart[part], list.partStart[part + 1] - list.partStart[part]};
}

// The page turned so that hatch lines run along u; line k lies at v = k * spacing.
struct Turn {
    double cosine = 1, sine = 0;
    double u(PagePoint p) const { return double(p.x) * cosine + double(p.y) * sine; }
    double v(PagePoint p) const { return double(p.y) * cosine - double(p.x) * sine; }
    PagePoint page(double u, double v) const {
        return {static_cast<float>(u * cosine - v * sine), static_cast<float>(u * sine + v * cosine)};
    }
};

struct Crossing {
    std::int64_t line;
    double u;
    bool operator<(const Crossing& o) const { return line != o.line ? line < o.line : u < o.u; }
};

struct Range {
    double lowU, highU, lowV, highV;
};

// What of the rings lies in the clip, in turned coordinates.
Range visibleRange(const DisplayList& list, PartRange rings, const Turn& turn, const PageBox& clip) {
    Range r{1e300, -1e300, 1e300, -1e300};
    for (std::uint32_t part = rings.first; part < rings.end(); ++part) {
        for (const PagePoint p : partOf(list, part)) {
            r.lowU = std::min(r.lowU, turn.u(p));
            r.highU = std::max(r.highU, turn.u(p));
            r.lowV = std::min(r.lowV, turn.v(p));
            r.highV = std::max(r.highV, turn.v(p));
        }
    }
    Range c{1e300, -1e300, 1e300, -1e300};
    for (const PagePoint p : {PagePoint{clip.minX, clip.minY}, PagePoint{clip.maxX, clip.minY},
                              PagePoint{clip.minX, clip.maxY}, PagePoint{clip.maxX, clip.maxY}}) {
        c.lowU = std::min(c.lowU, turn.u(p));
        c.highU = std::max(c.highU, turn.u(p));
        c.lowV = std::min(c.lowV, turn.v(p));
        c.highV = std::max(c.highV, turn.v(p));
    }
    return {std::max(r.lowU, c.lowU), std::min(r.highU, c.highU), std::max(r.lowV, c.lowV), std::min(r.highV, c.highV)};
}

// Where the hatch lines cross the rings, sorted by line and along it: pairs enclose the inside (even-odd).
std::vector<Crossing> crossings(const DisplayList& list, PartRange rings, const Turn& turn, double spacing,
                                const Range& range) {
    std::vector<Crossing> found;
    const auto firstLine = static_cast<std::int64_t>(std::ceil(range.lowV / spacing));
    const auto lastLine = static_cast<std::int64_t>(std::floor(range.highV / spacing));
    const auto cross = [&](PagePoint a, PagePoint b) {
        const double va = turn.v(a), vb = turn.v(b);
        // Half-open [low, high), so that a vertex on a line counts once.
        const auto low = std::max(
            firstLine, static_cast<std::int64_t>(std::ceil(std::clamp(std::min(va, vb) / spacing, -1e15, 1e15))));
        const double high = std::max(va, vb);
        for (std::int64_t k = low; k <= lastLine && static_cast<double>(k) * spacing < high; ++k) {
            const double t = (static_cast<double>(k) * spacing - va) / (vb - va);
            found.push_back({k, turn.u(a) + t * (turn.u(b) - turn.u(a))});
        }
    };
    for (std::uint32_t part = rings.first; part < rings.end(); ++part) {
        const auto ring = partOf(list, part);
        for (std::size_t i = 0; i + 1 < ring.size(); ++i)
            cross(ring[i], ring[i + 1]);
        if (ring.size() > 2 && !(ring.front() == ring.back()))
            cross(ring.back(), ring.front());
    }
    std::sort(found.begin(), found.end());
    return found;
}

// Calls visit(line, fromU, toU) for every stretch of a hatch line inside the rings and the range.
template <class Visit> void visitStretches(const std::vector<Crossing>& found, const Range& range, const Visit& visit) {
    for (std::size_t i = 0; i + 1 < found.size();) {
        if (found[i].line != found[i + 1].line) { // cannot happen with closed rings; do not pair across lines
            ++i;
            continue;
        }
        const double from = std::max(found[i].u, range.lowU), to = std::min(found[i + 1].u, range.highU);
        if (from < to)
            visit(found[i].line, from, to);
        i += 2;
    }
}

struct TurnedPoint {
    double u, v;
};
using TurnedRing = std::vector<TurnedPoint>;

// Keeps what lies at side * v >= side * limit (Sutherland and Hodgman 1974).
TurnedRing cutAcross(const TurnedRing& ring, double limit, double side) {
    TurnedRing kept;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const TurnedPoint a = ring[i], b = ring[(i + 1) % ring.size()];
        const double da = side * (a.v - limit), db = side * (b.v - limit);
        if (da >= 0)
            kept.push_back(a);
        if ((da >= 0) != (db >= 0))
            kept.push_back({a.u + (b.u - a.u) * da / (da - db), limit});
    }
    return kept;
}

// Broad stripes are areas: the ends of strokes would stand out over the polygon's edge.
void appendStripes(DisplayList& list, PartRange rings, const Turn& turn, const Range& range, double spacing,
                   double width, int turnOf, int turns) {
    for (std::uint32_t part = rings.first; part < rings.end(); ++part) {
        TurnedRing rest;
        for (const PagePoint p : partOf(list, part))
            rest.push_back({turn.u(p), turn.v(p)});
        const auto last = static_cast<std::int64_t>(std::floor((range.highV + width / 2) / spacing));
        for (auto k = static_cast<std::int64_t>(std::ceil((range.lowV - width / 2) / spacing)); k <= last; ++k) {
            if (turns > 1 && (k & 1) != turnOf)
                continue;
            const double middle = static_cast<double>(k) * spacing;
            rest = cutAcross(rest, middle - width / 2, 1);
            if (rest.size() < 3)
                break;
            const TurnedRing stripe = cutAcross(rest, middle + width / 2, -1);
            if (stripe.size() < 3)
                continue;
            for (const TurnedPoint& p : stripe)
                list.points.push_back(turn.page(p.u, p.v));
            list.endPart();
        }
    }
}

void appendHatchLines(DisplayList& list, PartRange rings, const FillSymbol& symbol, double angleDegrees, double pxPerMm,
                      std::uint16_t clip, bool second) {
    const double angle = angleDegrees * std::numbers::pi / 180;
    const Turn turn{std::cos(angle), std::sin(angle)};
    const Range range = visibleRange(list, rings, turn, list.clips[clip]);
    if (!(range.lowV < range.highV) || !(range.lowU < range.highU))
        return;
    double spacing = std::max(symbol.hatchSpacingMm * pxPerMm, 0.05);
    while ((range.highV - range.lowV) / spacing > kMostLines)
        spacing *= 2;
    const double width = symbol.hatchWidthMm * pxPerMm;
    const bool isBroad = symbol.hatchWidthMm > kBroadMm;
    const auto found = isBroad ? std::vector<Crossing>() : crossings(list, rings, turn, spacing, range);
    const bool alternating = symbol.hatch != Hatch::Cross && symbol.hatchColor2.a > 0;
    const Color colors[2] = {second && symbol.hatchColor2.a > 0 ? symbol.hatchColor2 : symbol.hatchColor,
                             symbol.hatchColor2};
    for (int turnOf = 0; turnOf < (alternating ? 2 : 1); ++turnOf) {
        const std::uint32_t first = partTotal(list);
        if (isBroad) {
            appendStripes(list, rings, turn, range, spacing, width, turnOf, alternating ? 2 : 1);
            list.addOp(OpKind::Fill, list.fillStyle(colors[turnOf]), first, clip);
            continue;
        }
        visitStretches(found, range, [&](std::int64_t line, double from, double to) {
            if (alternating && (line & 1) != turnOf)
                return;
            list.points.push_back(turn.page(from, static_cast<double>(line) * spacing));
            list.points.push_back(turn.page(to, static_cast<double>(line) * spacing));
            list.endPart();
        });
        StrokeStyle stroke;
        stroke.color = colors[turnOf];
        stroke.widthPx = static_cast<float>(width);
        list.addOp(OpKind::Stroke, list.strokeStyle(stroke), first, clip);
    }
}

MarkerStyle dot(double diameterPx, Color color) {
    MarkerPath path;
    path.fill = color;
    auto& ring = path.rings.emplace_back();
    for (int i = 0; i < 10; ++i) {
        const double a = i * 2 * std::numbers::pi / 10;
        ring.push_back(
            {static_cast<float>(std::cos(a) * diameterPx / 2), static_cast<float>(std::sin(a) * diameterPx / 2)});
    }
    return {{path}};
}

void appendDots(DisplayList& list, PartRange rings, const FillSymbol& symbol, double pxPerMm, std::uint16_t clip) {
    const Turn turn;
    const Range range = visibleRange(list, rings, turn, list.clips[clip]);
    if (!(range.lowV < range.highV) || !(range.lowU < range.highU))
        return;
    double spacing = std::max(symbol.hatchSpacingMm * pxPerMm, 0.05);
    const double diameter = symbol.hatchWidthMm * pxPerMm;
    while ((range.highV - range.lowV) / spacing * ((range.highU - range.lowU) / spacing) > kMostDots ||
           (range.highV - range.lowV) / spacing > kMostLines)
        spacing *= 1.5;
    const std::uint32_t first = partTotal(list);
    visitStretches(crossings(list, rings, turn, spacing, range), range, [&](std::int64_t line, double from, double to) {
        // Odd rows stand between the dots of the even ones; whole dots only.
        const double shift = (line & 1) != 0 ? spacing / 2 : 0;
        for (double u = std::ceil((from + diameter / 2 - shift) / spacing) * spacing + shift; u <= to - diameter / 2;
             u += spacing)
            list.points.push_back(turn.page(u, static_cast<double>(line) * spacing));
    });
    list.endPart();
    list.addOp(OpKind::Markers, list.markerStyle(dot(diameter, symbol.hatchColor)), first, clip);
}

// Calls visit(point, unit direction) every `everyPx` along the line, half a step from its start. Stretches far outside
// `box` are stepped over.
template <class Visit>
void visitAlong(std::span<const PagePoint> line, double everyPx, const PageBox& box, const Visit& visit) {
    double toNext = everyPx / 2;
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
        const double dx = double(line[i + 1].x) - double(line[i].x), dy = double(line[i + 1].y) - double(line[i].y);
        const double length = std::hypot(dx, dy);
        if (!(length > 0))
            continue;
        PageBox segment;
        segment.include(line[i].x, line[i].y);
        segment.include(line[i + 1].x, line[i + 1].y);
        double at = toNext;
        if (!segment.intersects(box) && at < length)
            at += std::ceil((length - at) / everyPx) * everyPx;
        for (; at < length; at += everyPx) {
            const PagePoint p{static_cast<float>(double(line[i].x) + dx * at / length),
                              static_cast<float>(double(line[i].y) + dy * at / length)};
            if (box.contains(p.x, p.y) &&
                !visit(p, PagePoint{static_cast<float>(dx / length), static_cast<float>(dy / length)}))
                return;
        }
        toNext = at - length;
    }
}

bool isInside(const DisplayList& list, PartRange rings, PagePoint p) {
    bool inside = false;
    for (std::uint32_t part = rings.first; part < rings.end(); ++part) {
        const auto ring = partOf(list, part);
        for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++)
            if ((ring[i].y > p.y) != (ring[j].y > p.y) &&
                p.x < (ring[j].x - ring[i].x) * (p.y - ring[i].y) / (ring[j].y - ring[i].y) + ring[i].x)
                inside = !inside;
    }
    return inside;
}

// +1 if the inside lies to the right of the ring's direction on the page (y down), -1 if to the left: asked once,
// beside the middle of its longest edge.
float insideSide(const DisplayList& list, PartRange rings, std::uint32_t part) {
    const auto ring = partOf(list, part);
    std::size_t longest = 0;
    float length = -1;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i)
        if (const float l = std::hypot(ring[i + 1].x - ring[i].x, ring[i + 1].y - ring[i].y); l > length)
            length = l, longest = i;
    if (!(length > 0))
        return 0;
    const PagePoint a = ring[longest], b = ring[longest + 1];
    const float step = std::min(0.5F, length / 4) / length;
    return isInside(list, rings, {(a.x + b.x) / 2 - (b.y - a.y) * step, (a.y + b.y) / 2 + (b.x - a.x) * step}) ? 1.F
                                                                                                               : -1.F;
}

} // namespace

std::uint32_t partTotal(const DisplayList& list) {
    return static_cast<std::uint32_t>(list.partStart.size() - 1);
}

void addOpOver(DisplayList& list, OpKind kind, std::uint32_t style, PartRange parts, std::uint16_t clip) {
    if (parts.count == 0)
        return;
    Op op;
    op.kind = kind;
    op.clip = clip;
    op.style = style;
    op.firstPart = parts.first;
    op.partCount = parts.count;
    for (std::uint32_t i = list.partStart[parts.first]; i < list.partStart[parts.end()]; ++i)
        op.box.include(list.points[i].x, list.points[i].y);
    if (kind == OpKind::Stroke) // mitres reach two widths out (limit 4)
        op.box = op.box.grown(list.strokes[style].widthPx * 2 + 1);
    else
        op.box = op.box.grown(kind == OpKind::Markers ? list.markers[style].radiusPx() + 1 : 1);
    list.ops.push_back(op);
}

void appendHatch(DisplayList& list, PartRange rings, const FillSymbol& symbol, double pxPerMm, std::uint16_t clip) {
    if (rings.count == 0 || !(symbol.hatchWidthMm > 0))
        return;
    switch (symbol.hatch) {
    case Hatch::None:
        return;
    case Hatch::Diagonal: // rising to the right
        return appendHatchLines(list, rings, symbol, -45, pxPerMm, clip, false);
    case Hatch::BackDiagonal:
        return appendHatchLines(list, rings, symbol, 45, pxPerMm, clip, false);
    case Hatch::Cross: // with two colours, one each way
        appendHatchLines(list, rings, symbol, -45, pxPerMm, clip, false);
        return appendHatchLines(list, rings, symbol, 45, pxPerMm, clip, true);
    case Hatch::Dots:
    case Hatch::Stipple:
        return appendDots(list, rings, symbol, pxPerMm, clip);
    }
}

void appendInwardTicks(DisplayList& list, PartRange rings, const StrokeStyle& stroke, double everyPx, double lengthPx,
                       std::uint16_t clip) {
    const std::uint32_t first = partTotal(list);
    const PageBox box = list.clips[clip].grown(static_cast<float>(lengthPx));
    std::size_t ticks = 0;
    for (std::uint32_t part = rings.first; part < rings.end(); ++part) {
        const float reach = insideSide(list, rings, part) * static_cast<float>(lengthPx);
        const std::vector<PagePoint> ring(partOf(list, part).begin(), partOf(list, part).end());
        visitAlong(ring, everyPx, box, [&](PagePoint p, PagePoint d) {
            list.points.push_back(p);
            list.points.push_back({p.x - d.y * reach, p.y + d.x * reach});
            list.endPart();
            return ++ticks < kMostTicks;
        });
    }
    list.addOp(OpKind::Stroke, list.strokeStyle(stroke), first, clip);
}

void appendCrossTicks(DisplayList& list, PartRange lines, const StrokeStyle& stroke, double everyPx, double lengthPx,
                      std::uint16_t clip) {
    const std::uint32_t first = partTotal(list);
    const PageBox box = list.clips[clip].grown(static_cast<float>(lengthPx));
    const float half = static_cast<float>(lengthPx / 2);
    std::size_t ticks = 0;
    for (std::uint32_t part = lines.first; part < lines.end(); ++part) {
        const std::vector<PagePoint> line(partOf(list, part).begin(), partOf(list, part).end());
        visitAlong(line, everyPx, box, [&](PagePoint p, PagePoint d) {
            list.points.push_back({p.x - d.y * half, p.y + d.x * half});
            list.points.push_back({p.x + d.y * half, p.y - d.x * half});
            list.endPart();
            return ++ticks < kMostTicks;
        });
    }
    list.addOp(OpKind::Stroke, list.strokeStyle(stroke), first, clip);
}

} // namespace cordon
