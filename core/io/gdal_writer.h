// The formats that GDAL writes: Shapefile, GeoPackage, FlatGeobuf. Private to vector_writer.
#pragma once

#include "core/io/vector_writer.h"

namespace cordon {

enum class GdalFormat : std::uint8_t { Shapefile, GeoPackage, FlatGeobuf };

// Into a new file at `file` (a shapefile: with its companions beside); `subject` is how the user knows it.
void writeWithGdal(const FeatureTable& table, GdalFormat format, const std::string& file, const std::string& subject,
                   const WriteOptions& options, Warnings& warnings);

} // namespace cordon
