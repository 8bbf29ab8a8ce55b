#include "core/render/map_view.h"

#include "core/error.h"
#include "core/geo/geodesic.h"

#include <cmath>
#include <cstdio>
#include <string>

namespace cordon {

namespace {

constexpr double kMetersPerInch = 0.0254;
// The smallest extent a view is fitted to: one point alone still gets its surroundings.
constexpr double kSmallestViewMeters = 2000;

// Metres on the ellipsoid per map unit along x at `at`. Measured over 1 km, short enough to be local and long enough to
// drown rounding; the CRS's own unit where the place has no geographic coordinates (outside the globe).
double groundMetersPerUnit(const Crs& crs, MapPoint at) {
    const double half = 500 / crs.metersPerUnit();
    const Projection projection(crs);
    const auto west = projection.inverse(MapPoint{at.x - half, at.y});
    const auto east = projection.inverse(MapPoint{at.x + half, at.y});
    if (west && east) {
        const double meters = distanceMeters(*west, *east);
        if (std::isfinite(meters) && meters > 0)
            return meters / (2 * half);
    }
    return crs.metersPerUnit();
}

std::string degreesText(double degrees, char positive, char negative) {
    char text[32];
    std::snprintf(text, sizeof text, "%g°%c", std::abs(degrees), degrees < 0 ? negative : positive);
    return text;
}

// A projection of ours has no EPSG code, so it carries its name in WKT 2 (ISO 19162).
Crs namedCrs(const std::string& name, const std::string& conversion) {
    return Crs::fromText("PROJCRS[\"" + name +
                         "\",BASEGEOGCRS[\"WGS 84\",DATUM[\"World Geodetic System 1984\","
                         "ELLIPSOID[\"WGS 84\",6378137,298.257223563,LENGTHUNIT[\"metre\",1]]],"
                         "PRIMEM[\"Greenwich\",0,ANGLEUNIT[\"degree\",0.0174532925199433]],ID[\"EPSG\",4326]],"
                         "CONVERSION[\"" +
                         name + "\"," + conversion +
                         "],CS[Cartesian,2],AXIS[\"(E)\",east,ORDER[1],LENGTHUNIT[\"metre\",1]],"
                         "AXIS[\"(N)\",north,ORDER[2],LENGTHUNIT[\"metre\",1]]]");
}

std::string angleParameter(const char* name, double degrees, int epsg) {
    char text[160];
    std::snprintf(text, sizeof text, "PARAMETER[\"%s\",%.10g,ANGLEUNIT[\"degree\",0.0174532925199433],ID[\"EPSG\",%d]]",
                  name, degrees, epsg);
    return text;
}

std::string lengthParameter(const char* name, int epsg) {
    return std::string("PARAMETER[\"") + name + "\",0,LENGTHUNIT[\"metre\",1],ID[\"EPSG\"," + std::to_string(epsg) +
           "]]";
}

Crs equalEarth(double lonDegrees) {
    return namedCrs("WGS 84 / Equal Earth, " + degreesText(lonDegrees, 'E', 'W'),
                    "METHOD[\"Equal Earth\",ID[\"EPSG\",1078]]," +
                        angleParameter("Longitude of natural origin", lonDegrees, 8802) + "," +
                        lengthParameter("False easting", 8806) + "," + lengthParameter("False northing", 8807));
}

Crs lambertAzimuthal(LonLat center) {
    return namedCrs("WGS 84 / Lambert azimuthal equal-area, " + degreesText(center.latDegrees, 'N', 'S') + " " +
                        degreesText(center.lonDegrees, 'E', 'W'),
                    "METHOD[\"Lambert Azimuthal Equal Area\",ID[\"EPSG\",9820]]," +
                        angleParameter("Latitude of natural origin", center.latDegrees, 8801) + "," +
                        angleParameter("Longitude of natural origin", center.lonDegrees, 8802) + "," +
                        lengthParameter("False easting", 8806) + "," + lengthParameter("False northing", 8807));
}

Crs transverseMercator(double lonDegrees) {
    return namedCrs("WGS 84 / Transverse Mercator, " + degreesText(lonDegrees, 'E', 'W'),
                    "METHOD[\"Transverse Mercator\",ID[\"EPSG\",9807]]," +
                        angleParameter("Latitude of natural origin", 0, 8801) + "," +
                        angleParameter("Longitude of natural origin", lonDegrees, 8802) +
                        ",PARAMETER[\"Scale factor at natural origin\",1,SCALEUNIT[\"unity\",1],ID[\"EPSG\",8805]]," +
                        lengthParameter("False easting", 8806) + "," + lengthParameter("False northing", 8807));
}

double wrapLongitude(double lonDegrees) {
    return lonDegrees - 360 * std::floor((lonDegrees + 180) / 360);
}

bool isUsable(const MapBox& box) {
    return !box.isEmpty() && std::isfinite(box.minX) && std::isfinite(box.maxX) && std::isfinite(box.minY) &&
           std::isfinite(box.maxY);
}

} // namespace

MapBox MapView::box() const {
    const double halfWidth = widthPx / 2.0 * unitsPerPx;
    const double halfHeight = heightPx / 2.0 * unitsPerPx;
    return {{center.x - halfWidth, center.y - halfHeight, center.x + halfWidth, center.y + halfHeight}};
}

double MapView::scaleDenominator() const {
    return unitsPerPx * groundMetersPerUnit(crs, center) * dpi / kMetersPerInch;
}

MapView viewOf(const MapBox& box, const Crs& crs, int widthPx, int heightPx, double dpi) {
    MapView view{crs, {}, 1, widthPx, heightPx, dpi};
    if (!isUsable(box))
        return view;
    view.center = {(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2};
    const double smallest = kSmallestViewMeters / crs.metersPerUnit();
    const bool isPoint = box.width() <= 0 && box.height() <= 0;
    const double width = isPoint ? smallest : box.width();
    const double height = isPoint ? smallest : box.height();
    view.unitsPerPx = std::max(width / widthPx, height / heightPx);
    return view;
}

MapView viewOf(const GeoBox& box, const Crs& crs, int widthPx, int heightPx, double dpi, double marginFraction) {
    MapBox mapBox = Projection(crs).forward(box);
    if (!isUsable(mapBox))
        throw Error("The extent cannot be shown in " + crs.name() +
                    ", because that projection does not reach it; choose another --crs or another --extent.");
    MapView view = viewOf(mapBox, crs, widthPx, heightPx, dpi);
    view.unitsPerPx *= 1 + 2 * marginFraction;
    return view;
}

MapView viewAt(LonLat center, double scaleDenominator, const Crs& crs, int widthPx, int heightPx, double dpi) {
    const auto at = Projection(crs).forward(center);
    if (!at)
        throw Error("The centre " + std::to_string(center.lonDegrees) + "," + std::to_string(center.latDegrees) +
                    " cannot be shown in " + crs.name() +
                    ", because that projection does not reach it; choose another --crs or another --center.");
    if (!(scaleDenominator > 0) || !std::isfinite(scaleDenominator))
        throw Error("The scale must be 1:N with N greater than 0, for example 1:1000000.");
    MapView view{crs, *at, 1, widthPx, heightPx, dpi};
    view.unitsPerPx = scaleDenominator / view.scaleDenominator();
    return view;
}

Crs suitableCrs(const GeoBox& box) {
    if (box.isEmpty())
        return equalEarth(0);
    const double lon = wrapLongitude((box.minX + box.maxX) / 2);
    const double lat = (box.minY + box.maxY) / 2;
    if (box.width() > 150 || box.height() > 120)
        return equalEarth(std::round(box.width() > 300 ? 0 : lon));

    const bool insideUtm = box.minY >= -80 && box.maxY <= 84;
    if (insideUtm && box.width() <= 6 && box.height() <= 10) {
        const int zone = std::min(60, 1 + static_cast<int>(std::floor((lon + 180) / 6)));
        const double meridian = -183 + 6 * zone;
        if (std::abs(lon - meridian) + box.width() / 2 <= 3.5)
            return Crs::fromText("EPSG:" + std::to_string((lat >= 0 ? 32600 : 32700) + zone));
        return transverseMercator(std::round(lon * 2) / 2);
    }
    return lambertAzimuthal({std::round(lon), std::round(lat)});
}

} // namespace cordon
