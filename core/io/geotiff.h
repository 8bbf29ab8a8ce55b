// GeoTIFF out, through GDAL.
#pragma once

#include <cstdint>
#include <string>

namespace cordon {

struct GeoReference {
    std::string crs;         // definition, as Crs::definition()
    double originX, originY; // map coordinates of the top left corner of pixel (0, 0)
    double unitsPerPx;       // pixels are square
};

// `bgra`: premultiplied, opaque, `strideBytes` a row. Throws Error.
void writeGeoTiff(const std::string& path, const std::uint8_t* bgra, int width, int height, std::size_t strideBytes,
                  double dpi, const GeoReference* reference);

} // namespace cordon
