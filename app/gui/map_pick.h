// What of the layers lies under the cursor: roads, regions and corners to snap to. Exact, by the layers' own
// coordinates; fast enough for every move of the mouse. Only visible layers are picked from.
#pragma once

#include "core/model/project.h"
#include "core/model/road_lookup.h"
#include "core/model/situation_at.h"

#include <optional>
#include <string>

namespace cordon {

// The nearest road of a road layer with ids, not farther than `withinMeters`.
std::optional<std::string> pickRoad(const Project& project, LonLat at, double withinMeters);
// Where along the road, 0..1 of its length as RoadLookup counts it, the place nearest to `at` is.
double fractionAlong(const RoadLookup& roads, std::string_view roadId, LonLat at);
// The topmost region round `at`; a country only where there is no region.
std::optional<std::string> pickRegion(const Project& project, LonLat at);
// The corner of an area or region nearest to `at`, else the nearest place on an edge; nullopt if none is near enough.
std::optional<LonLat> snapPlace(const Project& project, const TimeFilter& time, LonLat at, double withinMeters);

} // namespace cordon
