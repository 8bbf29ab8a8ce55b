// Internal to render: what the drawings of the situation's kinds share.
#pragma once

#include "core/render/record_geometry.h"
#include "core/render/symbols.h"

namespace cordon {

void appendControlAreas(DrawContext& context, const Layer& layer); // situation_control.cpp
void appendRoadStatuses(DrawContext& context, const Layer& layer); // situation_roads.cpp
void appendRestrictions(DrawContext& context, const Layer& layer); // situation_restrictions.cpp
void appendMeasures(DrawContext& context, const Layer& layer);     // situation_restrictions.cpp
void appendIncidents(DrawContext& context, const Layer& layer);    // situation_incidents.cpp

constexpr double kSituationMarginMm = 8; // shapes are cut this far outside the page

inline PagePoint toPoint(PagePosition p) {
    return {static_cast<float>(p.x), static_cast<float>(p.y)};
}
inline PageBox boxAround(PagePoint p, float half) {
    return {p.x - half, p.y - half, p.x + half, p.y + half};
}
inline std::uint32_t nextPart(const DisplayList& list) {
    return static_cast<std::uint32_t>(list.partStart.size() - 1);
}
RoadStatusLook roadLookOf(const ShownRoad& road);
std::vector<Color> actorColorsOf(const ShownControl& piece, const Situation& situation);

bool isOnPage(const DrawContext& context, PagePosition p);

// A short text beside a symbol, "×3" or "40 d", that no label may cover; none where the frame would cut it.
void appendNote(DrawContext& context, const std::string& utf8, PagePoint at);
// "40 d" in the map's language; empty for ages that say nothing (a begin that was not given).
std::string ageText(double ageDays, const std::string& language);

// The middle of a geometry's box.
std::optional<LonLat> placeOf(const SmallGeometry& geometry);

} // namespace cordon
