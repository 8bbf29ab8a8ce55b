// OGR geometries into a GeometryBuilder. The header knows no GDAL: readers without it use it for WKT.
#pragma once

#include "core/io/geometry_builder.h"

#include <string>

class OGRGeometry;

namespace cordon {

// Adds the parts of the feature under way and the kinds seen; endFeature(kNoGeometry) is left to the caller. Curves
// become lines, surfaces of several patches multipolygons. Null and empty geometries add nothing.
void addOgrGeometry(GeometryBuilder& builder, const OGRGeometry* geometry);

// False if the text is no well-known text; nothing is added then.
bool addWkt(GeometryBuilder& builder, const std::string& wkt);

} // namespace cordon
