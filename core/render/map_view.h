// The window on the map: which part, in which CRS, at which size. Converts MapPoint (y up) <-> page units (px, y down).
#pragma once

#include "core/geo/coordinates.h"
#include "core/geo/crs.h"

#include <optional>

namespace cordon {

// Page units: pixels of the output (raster) or dpi-ths of an inch (paper), origin top left, y down.
struct PagePoint {
    float x = 0;
    float y = 0;
    friend bool operator==(const PagePoint&, const PagePoint&) = default;
};
using PageBox = BasicBox<float>;

struct MapView {
    Crs crs;
    MapPoint center;
    double unitsPerPx = 1; // map units a pixel
    int widthPx = 1920;
    int heightPx = 1080;
    double dpi = 96;

    MapBox box() const; // what is visible, map units
    double pageX(double mapX) const { return (mapX - center.x) / unitsPerPx + widthPx / 2.0; }
    double pageY(double mapY) const { return (center.y - mapY) / unitsPerPx + heightPx / 2.0; }
    MapPoint mapPoint(double pageX, double pageY) const {
        return {center.x + (pageX - widthPx / 2.0) * unitsPerPx, center.y - (pageY - heightPx / 2.0) * unitsPerPx};
    }
    double pxPerMm() const { return dpi / 25.4; }
    // True scale 1:N at the centre (uses the ellipsoid, so that Web Mercator far from the equator is honest).
    double scaleDenominator() const;
    friend bool operator==(const MapView&, const MapView&) = default;
};

// The smallest view of the given size that shows all of `box` (degrees) with a margin of `marginFraction`.
MapView viewOf(const GeoBox& box, const Crs& crs, int widthPx, int heightPx, double dpi, double marginFraction = 0.03);
MapView viewOf(const MapBox& box, const Crs& crs, int widthPx, int heightPx, double dpi);
// View at a true scale 1:N centred on a place.
MapView viewAt(LonLat center, double scaleDenominator, const Crs& crs, int widthPx, int heightPx, double dpi);
// A projection that suits an extent when the user names none: Lambert azimuthal equal-area round its centre for
// anything up to a continent, Equal Earth for the world; UTM-sized areas get transverse Mercator.
Crs suitableCrs(const GeoBox& box);

} // namespace cordon
