#include "core/io/gdal_module.h"

#include "core/io/data_folder.h"
#include "core/io/spreadsheet_places.h"

#include <dlfcn.h>
#include <unistd.h>

namespace cordon {

namespace {

// Beside the program, as it is built; in ../lib/cordon, as it is installed; where it was built.
const GdalModule& loadModule() {
    const std::string folder = programFolder();
    for (const std::string& path :
         {folder + "/cordon-gdal.so", folder + "/../lib/cordon/cordon-gdal.so", std::string(CORDON_GDAL_MODULE_PATH)}) {
        if (access(path.c_str(), R_OK) != 0)
            continue;
        void* const module = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL); // stays: GDAL cannot be unloaded
        const void* const functions = module ? dlsym(module, kGdalModuleSymbol) : nullptr;
        if (functions)
            return *static_cast<const GdalModule*>(functions);
        const char* const reason = dlerror();
        throw Error("GDAL cannot be loaded (" + std::string(reason ? reason : path) + "); reinstall Cordon.");
    }
    throw Error("Cordon's part that uses GDAL, cordon-gdal.so, is missing beside the program; reinstall Cordon.");
}

const GdalModule& gdal() {
    static const GdalModule& module = loadModule();
    return module;
}

} // namespace

std::vector<std::shared_ptr<const FeatureTable>> readWithGdal(const GdalSource& source, ReadJob& job) {
    std::vector<std::shared_ptr<const FeatureTable>> tables;
    for (TableDraft& draft : gdal().read(source, job)) {
        const std::string& driver = draft.source.format;
        if (driver == "XLSX" || driver == "ODS" || driver == "XLS")
            placeSpreadsheetRows(draft, job);
        tables.push_back(completeTable(std::move(draft), job));
    }
    return tables;
}

void writeWithGdal(const FeatureTable& table, GdalFormat format, const std::string& file, const std::string& subject,
                   const WriteOptions& options, Warnings& warnings) {
    gdal().write(table, format, file, subject, options, warnings);
}

void writeGeoTiff(const std::string& path, const std::uint8_t* bgra, int width, int height, std::size_t strideBytes,
                  double dpi, const GeoReference* reference) {
    gdal().writePicture(path, bgra, width, height, strideBytes, dpi, reference);
}

bool addWkt(GeometryBuilder& builder, const std::string& wkt) {
    return gdal().addText(builder, wkt);
}

std::vector<ArchiveEntry> listZip(const std::string& path) {
    return gdal().listArchive(path);
}

FileBytes readZipEntry(const std::string& path, const std::string& name) {
    return gdal().readEntry(path, name);
}

bool writeZip(const std::string& path, const std::string& name, const std::string& bytes) {
    return gdal().writeArchive(path, name, bytes);
}

} // namespace cordon
