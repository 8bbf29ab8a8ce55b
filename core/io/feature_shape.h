// The geometry of one feature taken apart, and written as text: for writers.
#pragma once

#include "core/model/feature_table.h"

#include <string>
#include <vector>

namespace cordon {

struct FeatureShape {
    const GeometryColumn* geometry = nullptr;
    std::vector<std::uint32_t> points;                // coordinates
    std::vector<std::uint32_t> lines;                 // parts
    std::vector<std::vector<std::uint32_t>> polygons; // parts: outer ring, holes
    bool hasZ = false;                                // every coordinate has a height

    bool isEmpty() const { return points.empty() && lines.empty() && polygons.empty(); }
    int kinds() const { return !points.empty() + !lines.empty() + !polygons.empty(); }
};
FeatureShape shapeOf(const GeometryColumn& geometry, std::uint32_t feature);

// RFC 7946: outer rings run counterclockwise, holes clockwise; null for nothing.
std::string geoJsonOf(const FeatureShape& shape);
std::string wktOf(const FeatureShape& shape); // "" for nothing
// The content of a <coordinates> element: "lon,lat,z lon,lat,z".
std::string kmlCoordinates(const FeatureShape& shape, std::uint32_t part);

} // namespace cordon
