// GPX through GDAL's driver: waypoints, routes and tracks; the points of routes and tracks are their vertices and bring
// elevation and time. Private to the GDAL readers.
#pragma once

#include "core/io/gdal_reader.h"

class GDALDataset;

namespace cordon {

std::vector<std::shared_ptr<const FeatureTable>> readGpx(GDALDataset& dataset, const GdalSource& source, ReadJob& job);

} // namespace cordon
