// GDAL and the hundred libraries it brings take longer to load than most files take to read. All that needs it is
// therefore a module of its own, cordon-gdal.so, which is loaded when the first of these functions is called.
#pragma once

#include "core/io/archive.h"
#include "core/io/gdal_reader.h"
#include "core/io/gdal_writer.h"
#include "core/io/geotiff.h"
#include "core/io/ogr_geometry.h"

namespace cordon {

// What the module offers. Program and module each have functions of these names: those of the program (gdal_module.cpp)
// load the module and call the others through this.
struct GdalModule {
    decltype(&draftsWithGdal) read;
    decltype(&writeWithGdal) write;
    decltype(&writeGeoTiff) writePicture;
    decltype(&addWkt) addText;
    decltype(&listZip) listArchive;
    decltype(&readZipEntry) readEntry;
    decltype(&writeZip) writeArchive;
};

constexpr const char* kGdalModuleSymbol = "cordonGdalModule"; // a const GdalModule

} // namespace cordon
