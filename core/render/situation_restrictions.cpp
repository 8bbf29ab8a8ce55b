// Towns and areas under restriction, and measures in force.
#include "core/render/situation_layer.h"

#include <map>

namespace cordon {
namespace {

constexpr Color kDark{0x1A, 0x1A, 0x1A, 255};

LabelSymbol nameSymbol(double sizePt, bool isStale) {
    LabelSymbol symbol;
    symbol.sizePt = sizePt;
    symbol.bold = true;
    symbol.color = isStale ? Color{0x5B, 0x5B, 0x5B, 255} : kDark;
    return symbol;
}

LabelWish nameWish(const std::string& text, bool isStale, PagePoint at) {
    LabelWish wish;
    wish.text = text;
    wish.symbol = nameSymbol(8, isStale);
    wish.priority = kSituationPriority;
    wish.anchor = at;
    return wish;
}

// The clock and the age of what nobody has confirmed for too long, centred at `at`.
void appendClock(DrawContext& context, PagePoint at, double ageDays) {
    const double pxPerMm = context.scene.view.pxPerMm();
    const RoadStatusLook clock{RoadStatusKind::Unknown};
    appendRoadStatusSign(context.list, at, clock, pxPerMm, context.clip);
    const float radius = roadStatusSignSizePx(clock, pxPerMm) / 2;
    context.labelObstacles.push_back(boxAround(at, radius));
    if (const std::string age = ageText(ageDays, context.scene.project->map.language); !age.empty())
        appendNote(context, age,
                   {at.x + radius + static_cast<float>(0.4 * pxPerMm), at.y + static_cast<float>(0.8 * pxPerMm)});
}

// Appends the rings of an area; the box of what is on the page.
PageBox appendRings(DrawContext& context, const SmallGeometry& geometry, const RecordShapes& shapes) {
    PageBox box;
    for (const SmallGeometry::Part& part : geometry.parts) {
        const PageLine ring = shapes.cutRing(part.points);
        appendPart(context.list, ring);
        for (const PagePosition p : ring)
            box.include(static_cast<float>(p.x), static_cast<float>(p.y));
    }
    return box;
}

PagePoint middleOf(const PageBox& box) {
    return {(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2};
}

void appendArea(DrawContext& context, const ShownRecord<Restriction>& shown, const RecordShapes& shapes,
                double opacity) {
    const double pxPerMm = context.scene.view.pxPerMm();
    const std::uint32_t first = nextPart(context.list);
    const PageBox box = appendRings(context, shown.report->geometry, shapes);
    if (nextPart(context.list) == first)
        return;
    appendRestrictedArea(context.list, first, shown.isStale, opacity, pxPerMm, context.clip);
    if (shown.isStale)
        appendClock(context, middleOf(box), shown.ageDays);
    LabelWish wish = nameWish(shown.report->head.place, shown.isStale, middleOf(box));
    wish.where = shown.isStale ? LabelWish::Where::AtPoint : LabelWish::Where::InArea;
    wish.symbolRadiusPx = static_cast<float>(2 * pxPerMm);
    context.labels.push_back(std::move(wish));
}

void appendTown(DrawContext& context, const ShownRecord<Restriction>& shown, PagePosition place, double opacity) {
    const double pxPerMm = context.scene.view.pxPerMm();
    const PagePoint at = toPoint(place);
    MarkerStyle rings = restrictedTownMarker(pxPerMm, shown.isStale);
    const float radius = rings.radiusPx();
    if (!context.list.clips[context.clip].grown(radius).contains(at.x, at.y))
        return;
    for (MarkerPath& path : rings.paths) {
        path.stroke = path.stroke.withOpacity(opacity);
        path.fill = path.fill.withOpacity(opacity);
    }
    appendMarker(context.list, rings, at, context.clip);
    context.labelObstacles.push_back(boxAround(at, radius));
    if (shown.isStale) // on the ring, so that the town's symbol stays free
        appendClock(context, {at.x + radius * 0.8F, at.y - radius * 0.8F}, shown.ageDays);
    LabelWish wish = nameWish(shown.report->head.place, shown.isStale, at);
    wish.symbolRadiusPx = radius;
    context.labels.push_back(std::move(wish));
}

void appendMeasureArea(DrawContext& context, const SmallGeometry& geometry, const RecordShapes& shapes,
                       double opacity) {
    const std::uint32_t first = nextPart(context.list);
    if (geometry.kind == SmallGeometry::Kind::Polygon)
        appendRings(context, geometry, shapes);
    else if (geometry.kind == SmallGeometry::Kind::Line)
        for (const SmallGeometry::Part& part : geometry.parts)
            for (const PageLine& whole : shapes.project(part.points))
                for (const PageLine& piece : shapes.cutLine(whole))
                    appendPart(context.list, piece);
    const std::uint32_t count = nextPart(context.list) - first;
    if (count == 0)
        return;
    LineSymbol line;
    line.color = kDark.withOpacity(0.7 * opacity);
    line.widthMm = 0.3;
    line.dashMm = {2.4, 0.8, 0.6, 0.8};
    appendLine(context.list, first, line, context.scene.view.pxPerMm(), context.clip, count);
}

} // namespace

void appendRestrictions(DrawContext& context, const Layer& layer) {
    const RecordShapes shapes(context, kSituationMarginMm * context.scene.view.pxPerMm());
    for (const ShownRecord<Restriction>& shown : context.situation.restrictions) {
        context.throwIfStopped();
        const SmallGeometry& geometry = shown.report->geometry;
        if (geometry.kind == SmallGeometry::Kind::Polygon)
            appendArea(context, shown, shapes, layer.opacity);
        else if (const auto place = placeOf(geometry))
            if (const auto at = shapes.toPage(*place))
                appendTown(context, shown, *at, layer.opacity);
    }
}

void appendMeasures(DrawContext& context, const Layer& layer) {
    const double pxPerMm = context.scene.view.pxPerMm();
    const RecordShapes shapes(context, kSituationMarginMm * pxPerMm);
    std::map<std::pair<double, double>, int> signsAt; // several at one place stand side by side
    for (const ShownRecord<Measure>& shown : context.situation.measures) {
        context.throwIfStopped();
        const Measure& measure = *shown.report;
        appendMeasureArea(context, measure.geometry, shapes, layer.opacity * (shown.isStale ? 0.5 : 1));
        const auto place = placeOf(measure.geometry);
        const auto middle = place ? shapes.toPage(*place) : std::nullopt;
        if (!middle || !isOnPage(context, *middle))
            continue;
        MarkerStyle marker = measureMarker(pxPerMm, shown.isStale);
        for (MarkerPath& path : marker.paths) {
            path.stroke = path.stroke.withOpacity(layer.opacity);
            path.fill = path.fill.withOpacity(layer.opacity);
        }
        const float radius = marker.radiusPx();
        PagePoint at = toPoint(*middle);
        // Beside the symbol of the town it may stand at.
        const int earlier = signsAt[{place->lonDegrees, place->latDegrees}]++;
        at.x -= static_cast<float>(3.4 * pxPerMm) + static_cast<float>(earlier) * radius * 1.7F;
        appendMarker(context.list, marker, at, context.clip);
        context.labelObstacles.push_back(boxAround(at, radius * 0.75F));
        if (shown.isStale)
            appendClock(context, {at.x, at.y - radius * 1.3F}, shown.ageDays);
    }
}

} // namespace cordon
