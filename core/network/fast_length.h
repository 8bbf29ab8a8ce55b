// Lengths of short steps on the WGS 84 ellipsoid, fast enough for millions of them.
//
// A step of at most 0.05 degrees (about 5.5 km) within 70 degrees of the equator is measured in the tangent plane of
// its middle latitude, with the radii of curvature of the ellipsoid there (Gauss's mid-latitude formula, first order):
// within 3e-7 of the geodesic, which a test holds against GeographicLib. All other steps are geodesics.
#pragma once

#include "core/geo/coordinates.h"

#include <span>

namespace cordon {

double stepMeters(LonLat a, LonLat b);
double lineMeters(std::span<const LonLat> line);

// Metres a degree of longitude and of latitude has at a latitude: a local plane for distances to lines.
struct DegreeMeters {
    double lon = 0, lat = 0;
};
DegreeMeters degreeMetersAt(double latDegrees);

} // namespace cordon
