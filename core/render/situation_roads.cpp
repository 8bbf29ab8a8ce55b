// The state of the roads: one line and one row of signs for each run of stretches.
#include "core/render/road_signs.h"
#include "core/render/situation_layer.h"

#include <algorithm>
#include <cmath>

namespace cordon {
namespace {

constexpr double kSideMm = 0.5;      // how far the line of one direction lies beside the road
constexpr double kSideScale = 0.6;   // and how wide it is
constexpr double kArrowEveryMm = 14; // on such a line
constexpr double kHinderEveryMm = 1.5;

// What stops more traffic lies on top.
int drawingOrderOf(RoadStatusKind status) {
    switch (status) {
    case RoadStatusKind::Open:
        return 0;
    case RoadStatusKind::Unknown:
        return 1;
    case RoadStatusKind::Difficult:
        return 2;
    case RoadStatusKind::Restricted:
        return 3;
    case RoadStatusKind::Contested:
        return 4;
    case RoadStatusKind::Impassable:
        return 5;
    case RoadStatusKind::Blocked:
        return 6;
    }
    return 0;
}

// To the right of the line by so many px (y runs down), corners cut at twice that.
PageLine shifted(const PageLine& line, double px) {
    PageLine result;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const PagePosition a = line[i > 0 ? i - 1 : i], p = line[i], b = line[i + 1 < line.size() ? i + 1 : i];
        const double before = std::hypot(p.x - a.x, p.y - a.y), after = std::hypot(b.x - p.x, b.y - p.y);
        double nx = 0, ny = 0;
        if (before > 0) {
            nx -= (p.y - a.y) / before;
            ny += (p.x - a.x) / before;
        }
        if (after > 0) {
            nx -= (b.y - p.y) / after;
            ny += (b.x - p.x) / after;
        }
        const double length = std::hypot(nx, ny);
        if (length <= 0)
            continue;
        const double sides = before > 0 && after > 0 ? 2 : 1;
        const double reach = px * std::min(sides / length, 2.0) / length;
        result.push_back({p.x + nx * reach, p.y + ny * reach});
    }
    return result;
}

// Heads of arrows that point the way of the traffic.
void appendArrows(DrawContext& context, const PageLine& line, bool isForward, double opacity) {
    const double mm = context.scene.view.pxPerMm(), length = lengthOf(line);
    const int count = std::clamp(static_cast<int>(length / (kArrowEveryMm * mm)), 1, 40);
    const std::uint32_t first = nextPart(context.list);
    for (int i = 0; i < count; ++i) {
        const double at = length * (i + (isForward ? 0.25 : 0.75)) / count;
        const PagePosition p = placeAt(line, at), ahead = placeAt(line, at + 0.3 * mm);
        const double step = std::hypot(ahead.x - p.x, ahead.y - p.y) * (isForward ? 1 : -1);
        if (step == 0)
            continue;
        const double ux = (ahead.x - p.x) / step * mm, uy = (ahead.y - p.y) / step * mm;
        appendPart(context.list, {{p.x + 1.1 * ux, p.y + 1.1 * uy},
                                  {p.x - 0.9 * ux - 0.75 * uy, p.y - 0.9 * uy + 0.75 * ux},
                                  {p.x - 0.9 * ux + 0.75 * uy, p.y - 0.9 * uy - 0.75 * ux},
                                  {p.x + 1.1 * ux, p.y + 1.1 * uy}});
    }
    context.list.addOp(OpKind::Fill, context.list.fillStyle(Color{0x1A, 0x1A, 0x1A, 255}.withOpacity(opacity)), first,
                       context.clip);
}

// Names stand beside the roads of the situation rather than on them.
void hinderLabels(DrawContext& context, const PageLine& line) {
    const double mm = context.scene.view.pxPerMm(), length = lengthOf(line);
    for (double at = 0; at <= length; at += kHinderEveryMm * mm)
        context.labelHindrances.push_back(boxAround(toPoint(placeAt(line, at)), static_cast<float>(0.6 * mm)));
}

// The road's lines on the page, whole, so that signs keep their places when the map moves.
std::vector<PageLine> pageLinesOf(const DrawContext& context, const ShownRoad& road, const RecordShapes& shapes) {
    using enum TrafficDirection;
    const double aside = kSideMm * context.scene.view.pxPerMm() * (road.direction == Backward ? -1 : 1);
    std::vector<PageLine> lines;
    for (const std::vector<LonLat>& line : road.lines)
        for (PageLine& whole : shapes.project(line))
            lines.push_back(road.direction == Both ? std::move(whole) : shifted(whole, aside));
    return lines;
}

void appendRoad(DrawContext& context, const Layer& layer, const ShownRoad& road, const std::vector<PageLine>& lines,
                const RecordShapes& shapes) {
    const double mm = context.scene.view.pxPerMm();
    const bool isOneWay = road.direction != TrafficDirection::Both;
    const std::uint32_t first = nextPart(context.list);
    std::vector<PageLine> pieces;
    for (const PageLine& line : lines)
        for (PageLine& piece : shapes.cutLine(line)) {
            appendPart(context.list, piece);
            if (road.status != RoadStatusKind::Open)
                hinderLabels(context, piece);
            if (isOneWay)
                pieces.push_back(std::move(piece));
        }
    if (nextPart(context.list) == first)
        return;
    appendRoadStatus(context.list, first, roadLookOf(road), layer.opacity, isOneWay ? mm * kSideScale : mm,
                     context.clip);
    for (const PageLine& piece : pieces)
        appendArrows(context, piece, road.direction == TrafficDirection::Forward, layer.opacity);
}

} // namespace

void appendRoadStatuses(DrawContext& context, const Layer& layer) {
    if (context.situation.roads.empty())
        return;
    std::vector<const ShownRoad*> roads;
    for (const ShownRoad& road : context.situation.roads)
        roads.push_back(&road);
    std::stable_sort(roads.begin(), roads.end(), [](const ShownRoad* a, const ShownRoad* b) {
        return drawingOrderOf(a->status) < drawingOrderOf(b->status);
    });
    const RecordShapes shapes(context, kSituationMarginMm * context.scene.view.pxPerMm());
    std::vector<std::vector<PageLine>> lines;
    for (const ShownRoad* road : roads) {
        context.throwIfStopped();
        lines.push_back(pageLinesOf(context, *road, shapes));
        appendRoad(context, layer, *road, lines.back(), shapes);
    }
    RoadSigns signs(context, shapes);
    for (std::size_t i = roads.size(); i-- > 0;) { // the worst takes its place first
        context.throwIfStopped();
        signs.placeOn(*roads[i], lines[i]);
    }
    signs.draw();
}

} // namespace cordon
