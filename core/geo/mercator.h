// Web Mercator (EPSG:3857) in closed form.
#pragma once

#include "core/geo/coordinates.h"

#include <cstddef>
#include <span>

namespace cordon {

constexpr double kEarthRadiusMeters = 6378137.0; // semi-major axis of WGS 84

// Sizes must agree. A point without a finite answer becomes NaN; returns how many did.
std::size_t mercatorForward(std::span<const LonLat> in, std::span<MapPoint> out);
std::size_t mercatorInverse(std::span<const MapPoint> in, std::span<LonLat> out);

} // namespace cordon
