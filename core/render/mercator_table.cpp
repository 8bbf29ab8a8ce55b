#include "core/render/mercator_table.h"

#include "core/geo/mercator.h"

#include <cmath>
#include <limits>
#include <numbers>

namespace cordon {

namespace {

constexpr double kRadiansPerDegree = std::numbers::pi / 180;
constexpr double kTableDegrees = 85.1;
constexpr double kLastDegrees = 89.99; // as Projection: nearer to the pole there is no finite place
constexpr int kPieces = 4096;
constexpr double kPiecesPerDegree = kPieces / (2 * kTableDegrees);

double closedForm(double latDegrees) {
    return kEarthRadiusMeters * std::asinh(std::tan(latDegrees * kRadiansPerDegree));
}

} // namespace

MercatorTable::MercatorTable() {
    m_pieces.reserve(kPieces + 1);
    for (int i = 0; i <= kPieces; ++i) {
        const double lat0 = i / kPiecesPerDegree - kTableDegrees, lat1 = (i + 1) / kPiecesPerDegree - kTableDegrees;
        const double y0 = closedForm(lat0), y1 = closedForm(lat1);
        // d(northing)/d(latitude) = R / cos(latitude), here per piece.
        const double unit = kEarthRadiusMeters * kRadiansPerDegree / kPiecesPerDegree;
        const double s0 = unit / std::cos(lat0 * kRadiansPerDegree), s1 = unit / std::cos(lat1 * kRadiansPerDegree);
        m_pieces.push_back({y0, s0, 3 * (y1 - y0) - 2 * s0 - s1, 2 * (y0 - y1) + s0 + s1});
    }
}

double MercatorTable::northing(double latDegrees) const {
    if (std::abs(latDegrees) <= kTableDegrees) {
        const double t = (latDegrees + kTableDegrees) * kPiecesPerDegree;
        const int i = static_cast<int>(t);
        const double f = t - i;
        const Piece& p = m_pieces[static_cast<std::size_t>(i)];
        return p.c0 + f * (p.c1 + f * (p.c2 + f * p.c3));
    }
    if (std::abs(latDegrees) <= kLastDegrees)
        return closedForm(latDegrees);
    return std::numeric_limits<double>::quiet_NaN();
}

double MercatorTable::easting(double lonDegrees) {
    return lonDegrees * (kEarthRadiusMeters * kRadiansPerDegree);
}

} // namespace cordon
