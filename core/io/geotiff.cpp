#include "core/io/geotiff.h"

#include "core/error.h"

#include <cpl_error.h>
#include <cpl_string.h>
#include <gdal_priv.h>
#include <ogr_spatialref.h>

#include <cstdio>
#include <mutex>
#include <vector>

namespace cordon {
namespace {

[[noreturn]] void fail(const std::string& path) {
    const char* reason = CPLGetLastErrorMsg();
    throw Error("Cannot write the GeoTIFF '" + path + "': " + (reason && *reason ? reason : "GDAL gives no reason") +
                "; check the space left on the disk.");
}

// Removes a half-written file unless told otherwise.
struct Leftover {
    std::string path;
    bool keep = false;
    ~Leftover() {
        if (!keep)
            std::remove(path.c_str());
    }
};

void setReference(GDALDataset& dataset, const GeoReference& reference) {
    OGRSpatialReference crs;
    crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    if (crs.SetFromUserInput(reference.crs.c_str()) != OGRERR_NONE)
        throw Error("GDAL does not know the CRS '" + reference.crs + "'; choose another CRS for a GeoTIFF.");
    dataset.SetSpatialRef(&crs);
    double transform[6] = {reference.originX, reference.unitsPerPx, 0, reference.originY, 0, -reference.unitsPerPx};
    dataset.SetGeoTransform(transform);
}

// GDAL wants one plane a band; rows go out in strips so that a poster does not need a second copy in memory.
bool writeRows(GDALDataset& dataset, const std::uint8_t* bgra, std::size_t strideBytes) {
    const int width = dataset.GetRasterXSize();
    const int height = dataset.GetRasterYSize();
    constexpr int kRows = 64;
    std::vector<std::uint8_t> rgb(static_cast<std::size_t>(width) * kRows * 3);
    for (int top = 0; top < height; top += kRows) {
        const int rows = std::min(kRows, height - top);
        std::uint8_t* out = rgb.data();
        for (int row = 0; row < rows; ++row) {
            const std::uint8_t* in = bgra + static_cast<std::size_t>(top + row) * strideBytes;
            for (int x = 0; x < width; ++x, in += 4, out += 3) {
                out[0] = in[2];
                out[1] = in[1];
                out[2] = in[0];
            }
        }
        if (dataset.RasterIO(GF_Write, 0, top, width, rows, rgb.data(), width, rows, GDT_Byte, 3, nullptr, 3, 3 * width,
                             1, nullptr) != CE_None)
            return false;
    }
    return true;
}

} // namespace

void writeGeoTiff(const std::string& path, const std::uint8_t* bgra, int width, int height, std::size_t strideBytes,
                  double dpi, const GeoReference* reference) {
    static std::once_flag registered;
    std::call_once(registered, [] {
        if (!GetGDALDriverManager()->GetDriverByName("GTiff"))
            GDALRegister_GTiff();
    });
    CPLErrorHandlerPusher quiet(CPLQuietErrorHandler);
    CPLErrorReset();
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GTiff");
    if (!driver)
        fail(path);
    CPLStringList options;
    options.SetNameValue("COMPRESS", "DEFLATE");
    options.SetNameValue("PREDICTOR", "2");
    options.SetNameValue("INTERLEAVE", "PIXEL");
    options.SetNameValue("PHOTOMETRIC", "RGB");
    options.SetNameValue("TILED", "YES");
    options.SetNameValue("BIGTIFF", "IF_SAFER");
    options.SetNameValue("NUM_THREADS", "ALL_CPUS");
    Leftover leftover{path};
    GDALDatasetUniquePtr dataset(driver->Create(path.c_str(), width, height, 3, GDT_Byte, options.List()));
    if (!dataset)
        fail(path);
    if (reference)
        setReference(*dataset, *reference);
    const std::string resolution = std::to_string(dpi);
    dataset->SetMetadataItem("TIFFTAG_XRESOLUTION", resolution.c_str());
    dataset->SetMetadataItem("TIFFTAG_YRESOLUTION", resolution.c_str());
    dataset->SetMetadataItem("TIFFTAG_RESOLUTIONUNIT", "2");
    dataset->SetMetadataItem("TIFFTAG_SOFTWARE", "Cordon " CORDON_VERSION);
    if (!writeRows(*dataset, bgra, strideBytes))
        fail(path);
    // A full disk often shows only when the last blocks are flushed.
    CPLErrorReset();
    dataset->FlushCache(true);
    dataset.reset();
    if (CPLGetLastErrorType() == CE_Failure)
        fail(path);
    leftover.keep = true;
}

} // namespace cordon
