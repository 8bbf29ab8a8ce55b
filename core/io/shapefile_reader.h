// ESRI shapefiles (ESRI, "Shapefile Technical Description", 1998) and dBase tables, straight into columns.
#pragma once

#include "core/io/file_bytes.h"
#include "core/io/table_draft.h"

namespace cordon {

struct ShapefileParts {
    std::string path;        // of the .shp or .dbf, as the user reads it
    std::string name;        // of the layer
    FileBytes shp, shx, dbf; // any may be missing, but not .shp and .dbf both
    std::string prj, cpg;
    bool isTableOnly = false; // a .dbf on its own: nothing else is missed
};

std::shared_ptr<const FeatureTable> readShapefile(const ShapefileParts& parts, ReadJob& job);

} // namespace cordon
