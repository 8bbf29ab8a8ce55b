#include "core/geo/mercator.h"

#include <cmath>
#include <limits>
#include <numbers>

namespace cordon {

namespace {

constexpr double kDegree = std::numbers::pi / 180;
constexpr double kMaxLatDegrees = 89.99;
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

} // namespace

std::size_t mercatorForward(std::span<const LonLat> in, std::span<MapPoint> out) {
    std::size_t failed = 0;
    for (std::size_t i = 0; i < in.size(); ++i) {
        const double lat = in[i].latDegrees;
        if (!(std::abs(lat) <= kMaxLatDegrees) || !std::isfinite(in[i].lonDegrees)) {
            out[i] = {kNan, kNan};
            ++failed;
            continue;
        }
        // Snyder 1987, eq. 7-2 on the sphere, written with the sine: atanh(sin) = ln tan(pi/4 + lat/2).
        const double s = std::sin(lat * kDegree);
        out[i] = {in[i].lonDegrees * kDegree * kEarthRadiusMeters,
                  0.5 * kEarthRadiusMeters * std::log((1 + s) / (1 - s))};
    }
    return failed;
}

std::size_t mercatorInverse(std::span<const MapPoint> in, std::span<LonLat> out) {
    std::size_t failed = 0;
    for (std::size_t i = 0; i < in.size(); ++i) {
        out[i] = {in[i].x / kEarthRadiusMeters / kDegree, std::atan(std::sinh(in[i].y / kEarthRadiusMeters)) / kDegree};
        if (!std::isfinite(out[i].lonDegrees) || !std::isfinite(out[i].latDegrees)) {
            out[i] = {kNan, kNan};
            ++failed;
        }
    }
    return failed;
}

} // namespace cordon
