// Feature tables inside a GeoPackage 1.3 (OGC 12-128r18): the tables every GeoPackage has, and reference layers as
// ordinary feature tables that any GIS reads. What a GeoPackage cannot say (time zones, times of vertices, NaN, names
// of columns that SQL cannot tell apart) is kept beside in cordon_tables, cordon_columns and cordon_vertex_times.
// Internal to io.
#pragma once

#include "core/io/sqlite.h"
#include "core/model/feature_table.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace cordon {

// application_id, user_version, gpkg_* and layer_styles in an empty database.
void createGeoPackage(const Database& database);

// A row of gpkg_contents and gpkg_geometry_columns. `identifier` is what people see; it is made unique.
struct GpkgContent {
    std::string table; // or view
    std::string identifier;
    std::string description;
    std::string geometryColumn; // "" = attributes without geometry
    std::string geometryType = "GEOMETRY";
    int z = 0, m = 0; // 0 none, 2 optional
    GeoBox extent;
};
void registerContent(const Database& database, const GpkgContent& content);
void unregisterContent(const Database& database, const std::string& table);

// "Mali roads (2024)" -> "mali_roads_2024", different from every table there is.
std::string freeTableName(const Database& database, std::string_view wanted);

// Writes the table with all its columns under `sqlName`, not yet registered as content. `written` is told the rows
// done, now and then.
void writeFeatureTable(const Database& database, const std::string& sqlName, const FeatureTable& table,
                       const std::function<void(std::uint32_t)>& written = {});
// The content to register for it.
GpkgContent contentOf(const Database& database, const std::string& sqlName, const FeatureTable& table);
// Rows whose geometry cannot be read have none, which `warnings` tells. Throws Error.
std::shared_ptr<const FeatureTable> readFeatureTable(const Database& database, const std::string& sqlName,
                                                     Warnings& warnings);
// SQL name of a column of a feature table ("" if it has none).
std::string sqlColumnOf(const Database& database, const std::string& sqlName, std::string_view column);

} // namespace cordon
