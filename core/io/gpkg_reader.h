// Plain GeoPackages (OGC 12-128r18) straight from SQLite into columns, on several threads: several times as fast as
// feature objects. Reads only what it is sure to read as GDAL's driver does; all else is that driver's.
#pragma once

#include "core/io/read_job.h"

#include <optional>

namespace cordon {

// nullopt: something in the file is out of the ordinary (other content than feature tables, times in another form,
// curves, damaged rows, a CRS without EPSG code, ...); have GDAL read it.
std::optional<std::vector<std::shared_ptr<const FeatureTable>>> readPlainGeoPackage(const std::string& path,
                                                                                    ReadJob& job);

} // namespace cordon
