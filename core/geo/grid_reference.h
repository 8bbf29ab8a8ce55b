// UTM and MGRS to degrees (NGA.STND.0037), by GeographicLib.
#pragma once

#include "core/geo/coordinates.h"

#include <optional>
#include <string_view>

namespace cordon {

// nullopt outside of zones 1 to 60, or where the numbers lie beyond the zone's grid.
std::optional<LonLat> fromUtm(int zone, bool isNorth, double eastingMeters, double northingMeters);

// The latitude band letter (C to X) of a latitude from 80 S to 84 N; '\0' beyond.
char utmBandOf(double latDegrees);

struct GridSquare {
    LonLat center;
    double sideMeters = 0; // 1 for ten digits, 100,000 for none
};
// "29PMR1234567890" in any case, without blanks. A square of 1 to 100,000 m, by the number of its digits.
std::optional<GridSquare> fromMgrs(std::string_view text);

} // namespace cordon
