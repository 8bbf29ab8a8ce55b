// The story of a town, a blockage or a corridor: what a click tells. HTML with links report:ID, place:N and lift:N.
#pragma once

#include "app/gui/live_access.h"
#include "app/gui/map_sketch.h"

#include <QString>

namespace cordon {

struct AccessStory {
    QString html;
    MapSketch sketch; // the way, what stands in it
    GeoBox box;       // what to look at; empty for nothing
};

AccessStory storyOfPlace(const AccessFinding& finding, std::size_t place);
AccessStory storyOfLift(const AccessFinding& finding, std::size_t number); // of report.ranked
AccessStory storyOfTogether(const AccessFinding& finding, std::size_t number);

AccessStory storyOfCorridor(const AccessFinding& finding, std::size_t number); // of finding.corridors

// What lies nearest to a point of the map: a place, or a blockage among report.ranked.
std::optional<std::size_t> placeNear(const AccessNetwork& network, LonLat at, double withinMeters);
std::optional<std::size_t> liftNear(const AccessFinding& finding, LonLat at, double withinMeters);

// Stretches of an obstacle on the map; a point where it has no length.
void addObstacle(MapSketch& sketch, const AccessFinding& finding, std::uint32_t obstacle);

} // namespace cordon
