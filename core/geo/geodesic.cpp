#include "core/geo/geodesic.h"

#include <GeographicLib/Geodesic.hpp>
#include <GeographicLib/PolygonArea.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace cordon {

using GeographicLib::Geodesic;

double distanceMeters(LonLat a, LonLat b) {
    double meters = 0;
    Geodesic::WGS84().Inverse(a.latDegrees, a.lonDegrees, b.latDegrees, b.lonDegrees, meters);
    return meters;
}

double lengthMeters(std::span<const LonLat> line) {
    double sum = 0;
    for (std::size_t i = 1; i < line.size(); ++i)
        sum += distanceMeters(line[i - 1], line[i]);
    return sum;
}

double ringAreaSquareMeters(std::span<const LonLat> ring) {
    GeographicLib::PolygonArea polygon(Geodesic::WGS84());
    const std::size_t count = ring.size() > 1 && ring.front() == ring.back() ? ring.size() - 1 : ring.size();
    for (std::size_t i = 0; i < count; ++i)
        polygon.AddPoint(ring[i].latDegrees, ring[i].lonDegrees);
    double perimeter = 0, area = 0;
    polygon.Compute(false, true, perimeter, area);
    return std::abs(area);
}

LonLat destination(LonLat origin, double azimuthDegrees, double distance) {
    LonLat result;
    Geodesic::WGS84().Direct(origin.latDegrees, origin.lonDegrees, azimuthDegrees, distance, result.latDegrees,
                             result.lonDegrees);
    return result;
}

std::vector<LonLat> circle(LonLat center, double radiusMeters, int vertexCount) {
    std::vector<LonLat> ring;
    for (int i = 0; i < vertexCount; ++i)
        ring.push_back(destination(center, 360.0 * i / vertexCount, radiusMeters));
    ring.push_back(ring.front());
    return ring;
}

std::vector<LonLat> lineStretch(std::span<const LonLat> line, double fromFraction, double toFraction) {
    const double from = std::clamp(std::min(fromFraction, toFraction), 0.0, 1.0);
    const double to = std::clamp(std::max(fromFraction, toFraction), 0.0, 1.0);
    if (from <= 0 && to >= 1)
        return {line.begin(), line.end()};
    const double total = lengthMeters(line);
    std::vector<LonLat> result;
    double walked = 0;
    for (std::size_t i = 1; i < line.size(); ++i) {
        const double step = distanceMeters(line[i - 1], line[i]);
        const double begin = from * total - walked, end = to * total - walked; // along this segment
        walked += step;
        if (step <= 0 || end < 0 || begin > step)
            continue;
        const auto at = [&](double meters) {
            const double t = std::clamp(meters / step, 0.0, 1.0);
            return LonLat{line[i - 1].lonDegrees + t * (line[i].lonDegrees - line[i - 1].lonDegrees),
                          line[i - 1].latDegrees + t * (line[i].latDegrees - line[i - 1].latDegrees)};
        };
        if (result.empty())
            result.push_back(at(begin));
        const LonLat last = at(end);
        if (result.back() != last)
            result.push_back(last);
    }
    return result;
}

SegmentPlace nearestOnSegment(LonLat a, LonLat b, LonLat p) {
    double latDegrees = p.latDegrees;
    SegmentPlace best;
    for (int round = 0; round < 2; ++round) {
        // Metres per degree of WGS 84 at that latitude, as the usual series.
        const double phi = latDegrees * std::numbers::pi / 180;
        const double kx = 111412.84 * std::cos(phi) - 93.5 * std::cos(3 * phi) + 0.118 * std::cos(5 * phi);
        const double ky = 111132.92 - 559.82 * std::cos(2 * phi) + 1.175 * std::cos(4 * phi);
        const double dx = (b.lonDegrees - a.lonDegrees) * kx, dy = (b.latDegrees - a.latDegrees) * ky;
        const double px = (p.lonDegrees - a.lonDegrees) * kx, py = (p.latDegrees - a.latDegrees) * ky;
        const double square = dx * dx + dy * dy;
        best.fraction = square > 0 ? std::clamp((px * dx + py * dy) / square, 0.0, 1.0) : 0;
        best.place = {a.lonDegrees + best.fraction * (b.lonDegrees - a.lonDegrees),
                      a.latDegrees + best.fraction * (b.latDegrees - a.latDegrees)};
        latDegrees = (p.latDegrees + best.place.latDegrees) / 2; // the second round is at the latitude between
    }
    best.distanceMeters = distanceMeters(p, best.place);
    return best;
}

} // namespace cordon
