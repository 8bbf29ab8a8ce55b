#include "core/render/situation_layer.h"

#include "core/render/sheet_words.h"
#include "core/render/text.h"

#include <cmath>

namespace cordon {

RoadStatusLook roadLookOf(const ShownRoad& road) {
    return {road.status, road.escort, road.load, road.hours};
}

std::vector<Color> actorColorsOf(const ShownControl& piece, const Situation& situation) {
    const auto colorOf = [&](const std::string& actor) {
        const Actor* known = situation.findActor(actor);
        return known ? known->color : Actor{}.color;
    };
    std::vector<Color> colors{colorOf(piece.actor)};
    for (const std::string& other : piece.otherActors)
        colors.push_back(colorOf(other));
    return colors;
}

bool isOnPage(const DrawContext& context, PagePosition p) {
    const double m = kSituationMarginMm * context.scene.view.pxPerMm();
    return p.x > -m && p.y > -m && p.x < context.scene.view.widthPx + m && p.y < context.scene.view.heightPx + m;
}

void appendNote(DrawContext& context, const std::string& utf8, PagePoint at) {
    Text text;
    text.utf8 = utf8;
    text.bold = true;
    text.sizePx = static_cast<float>(6.5 * context.list.dpi / 72);
    text.color = Color{0x1A, 0x1A, 0x1A, 255};
    text.halo = Color{255, 255, 255, 217};
    text.haloPx = static_cast<float>(0.35 * context.scene.view.pxPerMm());
    const TextExtent extent = measureText(text.utf8, text.sizePx, true);
    text.widthPx = extent.advancePx;
    text.at = at;
    const PageBox box{text.at.x, text.at.y - extent.capHeightPx, text.at.x + text.widthPx, text.at.y};
    const PageBox& frame = context.list.clips[context.clip];
    if (!frame.contains(box.minX, box.minY) || !frame.contains(box.maxX, box.maxY))
        return;
    context.list.texts.push_back(text);
    context.labelObstacles.push_back(box);
}

std::string ageText(double ageDays, const std::string& language) {
    if (ageDays > kMostAgeDays)
        return {};
    return std::to_string(static_cast<long>(std::floor(ageDays))) + "\u2009" +
           sheetWord(SheetWord::DayLetter, language);
}

std::optional<LonLat> placeOf(const SmallGeometry& geometry) {
    GeoBox box;
    for (const SmallGeometry::Part& part : geometry.parts)
        for (const LonLat p : part.points)
            box.include(p);
    if (box.isEmpty())
        return std::nullopt;
    return LonLat{(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2};
}

void appendSituationLayer(DrawContext& context, const Layer& layer) {
    if (!layer.visible || layer.opacity <= 0)
        return;
    switch (layer.role) {
    case LayerRole::ControlAreas:
        return appendControlAreas(context, layer);
    case LayerRole::RoadStatuses:
        return appendRoadStatuses(context, layer);
    case LayerRole::Restrictions:
        return appendRestrictions(context, layer);
    case LayerRole::Measures:
        return appendMeasures(context, layer);
    case LayerRole::Incidents:
        return appendIncidents(context, layer);
    default:
        return;
    }
}

} // namespace cordon
