// Geometry as GeoPackage stores it: a header with the envelope, then ISO WKB (OGC 12-128r18, clause 2.1.3). Always
// WGS 84 (srs_id 4326), longitude first, little-endian. Internal to io.
#pragma once

#include "core/geo/coordinates.h"
#include "core/model/feature_table.h"
#include "core/model/situation.h"

#include <string>
#include <string_view>

namespace cordon {

// How the features of a table are written, so that all share one type: with `isMulti` a single line becomes a
// MultiLineString of one. `typeName` is what gpkg_geometry_columns says.
struct GpkgGeometryType {
    std::string typeName = "GEOMETRY"; // "POINT", "MULTIPOLYGON", ..., "GEOMETRY" when they differ
    bool isMulti = false;
    bool hasZ = false;
    bool hasM = false;
};
GpkgGeometryType geometryTypeOf(const GeometryColumn& geometry);

// Blob of feature `feature`; "" for one without geometry, which is stored as NULL.
std::string encodeGeometry(const GeometryColumn& geometry, std::uint32_t feature, const GpkgGeometryType& type);
std::string encodeGeometry(const SmallGeometry& geometry, bool isMulti);

// Appends one feature to `geometry` (z and m padded to the coordinates). Throws Error whose text says what is wrong
// with the blob.
void decodeGeometry(std::string_view blob, GeometryColumn& geometry);
SmallGeometry decodeSmallGeometry(std::string_view blob);
GeoBox boxOfGeometry(std::string_view blob); // empty if there is none

} // namespace cordon
