// Where a report is: a geometry of its own, roads of a road layer, regions of a region layer. What the map tools edit.
#pragma once

#include "app/gui/map_sketch.h"
#include "app/gui/place_lookups.h"
#include "core/model/record.h"

#include <QString>

namespace cordon {

struct ReportPlace {
    SmallGeometry geometry;
    std::vector<RoadReference> roads;
    std::vector<std::string> regions;

    bool isEmpty() const { return geometry.kind == SmallGeometry::Kind::None && roads.empty() && regions.empty(); }
    friend bool operator==(const ReportPlace&, const ReportPlace&) = default;
};

ReportPlace placeOf(const Record& record);
void setPlace(Record& record, const ReportPlace& place); // what its kind cannot have is left out
SmallGeometry pointGeometry(LonLat point);

// "Bamako - Bougouni, 162 km", "Area of 1,234 km²", "12.6392° N  8.0029° W"; "" for no place.
QString describePlace(const ReportPlace& place, const PlaceLookups& lookups);
QString roadTitle(std::string_view roadId, const RoadLookup& roads);     // name and id
QString regionTitle(std::string_view code, const RegionLookup& regions); // name and code
double squareKilometers(const SmallGeometry& polygon);                   // 0 for what is no area
QString kilometerText(double meters);

MapSketch sketchOf(const ReportPlace& place, const PlaceLookups& lookups);

} // namespace cordon
