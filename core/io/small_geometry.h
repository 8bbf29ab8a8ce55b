// Geometry of situation records from text: WKT (a CSV's `geometry` column) and GeoJSON. WGS 84, longitude first.
#pragma once

#include "core/io/json.h"
#include "core/model/situation.h"

#include <string_view>

namespace cordon {

// Points, lines and polygons and their multi forms; Z and M are read over. Throw Error whose text says what is wrong
// ("a polygon ring has fewer than 4 points"), fit to follow "geometry: ".
SmallGeometry geometryFromWkt(std::string_view wkt);
SmallGeometry geometryFromGeoJson(const Json& geometry);
// Throws Error when a coordinate is not on the globe.
LonLat checkedLonLat(double lonDegrees, double latDegrees);

} // namespace cordon
