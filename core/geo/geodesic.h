// Lengths and areas on the WGS 84 ellipsoid (GeographicLib; Karney 2013, doi:10.1007/s00190-012-0578-z).
#pragma once

#include "core/geo/coordinates.h"

#include <span>
#include <vector>

namespace cordon {

double distanceMeters(LonLat a, LonLat b);
double lengthMeters(std::span<const LonLat> line);
// Unsigned area of one ring (closed or not; the closing edge is implied).
double ringAreaSquareMeters(std::span<const LonLat> ring);
// The point at `distance` metres from `origin` towards `azimuthDegrees` (clockwise from north).
LonLat destination(LonLat origin, double azimuthDegrees, double distanceMeters);
// A circle on the ellipsoid as a closed ring of vertexCount + 1 points.
std::vector<LonLat> circle(LonLat center, double radiusMeters, int vertexCount = 48);
// The stretch of `line` between two fractions (0..1) of its geodesic length, cut points interpolated.
std::vector<LonLat> lineStretch(std::span<const LonLat> line, double fromFraction, double toFraction);

struct SegmentPlace {
    double fraction = 0; // 0..1 of the segment
    LonLat place;
    double distanceMeters = 0;
};
// The place of a segment nearest to `p`, the segment being straight in degrees, as roads are measured. Found in the
// plane of metres between the two, exact to a millionth of the distance where that is below 100 km; the distance is
// geodesic.
SegmentPlace nearestOnSegment(LonLat a, LonLat b, LonLat p);

} // namespace cordon
