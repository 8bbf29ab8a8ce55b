// Symbols in page units, shared by the map and the legend, so that a swatch is what is on the map.
#pragma once

#include "core/model/situation.h"
#include "core/model/style.h"
#include "core/render/display_list.h"

namespace cordon {

// Parts [firstPart, now) of the list are rings of one polygon set: fills them, hatch included (hatch lines and stipple
// are cut to the polygon as geometry, so that every canvas draws them alike). A hatch appends parts of its own: who
// strokes the same rings afterwards names their count (`partCount` of appendLine()).
void appendFill(DisplayList& list, std::uint32_t firstPart, const FillSymbol& symbol, double pxPerMm,
                std::uint16_t clip = 0);
constexpr std::uint32_t kAllParts = UINT32_MAX;
// Parts [firstPart, now), or the first `partCount` of them, are lines: stroked with the symbol, without its casing.
void appendLine(DisplayList& list, std::uint32_t firstPart, const LineSymbol& symbol, double pxPerMm,
                std::uint16_t clip = 0, std::uint32_t partCount = kAllParts);
void appendCasing(DisplayList& list, std::uint32_t firstPart, const LineSymbol& symbol, double pxPerMm,
                  std::uint16_t clip = 0);
StrokeStyle strokeOf(const LineSymbol& symbol, double pxPerMm);
MarkerStyle markerOf(const MarkerSymbol& symbol, double pxPerMm);
void appendMarker(DisplayList& list, const MarkerStyle& marker, PagePoint at, std::uint16_t clip = 0);

// The situation's symbols (README, map design). Rings / lines are parts [firstPart, now) of the list.
void appendControlArea(DisplayList& list, std::uint32_t firstPart, ControlClass controlClass, ControlBasis basis,
                       const std::vector<Color>& actorColors, double opacity, double pxPerMm, std::uint16_t clip = 0);
// No information any more: what was last known has gone stale.
void appendLastKnownControl(DisplayList& list, std::uint32_t firstPart, Color actorColor, double opacity,
                            double pxPerMm, std::uint16_t clip = 0);
struct RoadStatusLook {
    RoadStatusKind status = RoadStatusKind::Unknown;
    bool escort = false, load = false, hours = false; // restricted: letter in the diamond
};
void appendRoadStatus(DisplayList& list, std::uint32_t firstPart, const RoadStatusLook& look, double opacity,
                      double pxPerMm, std::uint16_t clip = 0);
// The sign at the report's place (round sign with a bar, diamond with a letter, ...): marker and its letter, if any.
void appendRoadStatusSign(DisplayList& list, PagePoint at, const RoadStatusLook& look, double pxPerMm,
                          std::uint16_t clip = 0);
float roadStatusSignSizePx(const RoadStatusLook& look, double pxPerMm);
// The outline of an area under restriction, a double line as the rings of a town; stale, grey and dotted.
void appendRestrictedArea(DisplayList& list, std::uint32_t firstPart, bool isStale, double opacity, double pxPerMm,
                          std::uint16_t clip = 0);
// Two rings; of one that nobody has confirmed for too long, grey and dotted.
MarkerStyle restrictedTownMarker(double pxPerMm, bool isStale = false);
MarkerStyle measureMarker(double pxPerMm, bool isStale = false);
// Area grows with fatalities (absent: as none). fade: 1 fresh .. 0.35 oldest.
MarkerStyle incidentMarker(IncidentType type, std::optional<int> fatalities, double fade, double pxPerMm);

} // namespace cordon
