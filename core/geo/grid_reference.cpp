#include "core/geo/grid_reference.h"

#include <GeographicLib/MGRS.hpp>
#include <GeographicLib/UTMUPS.hpp>

#include <algorithm>
#include <cmath>
#include <string>

namespace cordon {

std::optional<LonLat> fromUtm(int zone, bool isNorth, double eastingMeters, double northingMeters) {
    if (zone < 1 || zone > 60 || !std::isfinite(eastingMeters) || !std::isfinite(northingMeters))
        return std::nullopt;
    try {
        LonLat p;
        GeographicLib::UTMUPS::Reverse(zone, isNorth, eastingMeters, northingMeters, p.latDegrees, p.lonDegrees);
        return p;
    } catch (const GeographicLib::GeographicErr&) {
        return std::nullopt;
    }
}

char utmBandOf(double latDegrees) {
    constexpr std::string_view kBands = "CDEFGHJKLMNPQRSTUVWX";
    if (!(latDegrees >= -80 && latDegrees <= 84))
        return '\0';
    // 8 degrees each, but the last, X, which is 12 high.
    const auto band = static_cast<std::size_t>((latDegrees + 80) / 8);
    return kBands[std::min(band, kBands.size() - 1)];
}

std::optional<GridSquare> fromMgrs(std::string_view text) {
    if (text.size() < 3 || text.size() > 27)
        return std::nullopt;
    try {
        int zone = 0, digits = 0;
        bool isNorth = true;
        double x = 0, y = 0;
        GeographicLib::MGRS::Reverse(std::string(text), zone, isNorth, x, y, digits);
        if (digits < 0) // a zone and a band only
            return std::nullopt;
        GridSquare square;
        GeographicLib::UTMUPS::Reverse(zone, isNorth, x, y, square.center.latDegrees, square.center.lonDegrees);
        square.sideMeters = std::pow(10, 5 - digits);
        return square;
    } catch (const GeographicLib::GeographicErr&) {
        return std::nullopt;
    }
}

} // namespace cordon
