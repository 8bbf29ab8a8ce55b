// Writes the seeds that are no texts: shapefile, dBASE table, GeoPackage, photo, zip and project. Usage: fuzz-seeds
// FOLDER
#include "core/io/project_file.h"
#include "tests/io/stored_zip.h"

#include <filesystem>
#include <fstream>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

namespace {

namespace fs = std::filesystem;

void writeLayer(const char* driverName, const fs::path& path, const char* wkt) {
    GDALDriver* const driver = GetGDALDriverManager()->GetDriverByName(driverName);
    const GDALDatasetUniquePtr dataset(driver->Create(path.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    OGRSpatialReference wgs84;
    wgs84.importFromEPSG(4326);
    OGRLayer& layer = *dataset->CreateLayer("seed", &wgs84, wkt ? wkbUnknown : wkbNone);
    for (const OGRFieldType type : {OFTInteger, OFTReal, OFTString, OFTDate}) {
        OGRFieldDefn field(OGRFieldDefn::GetFieldTypeName(type), type);
        layer.CreateField(&field);
    }
    const OGRFeatureUniquePtr feature(OGRFeature::CreateFeature(layer.GetLayerDefn()));
    feature->SetField(0, 7);
    feature->SetField(1, 2.5);
    feature->SetField(2, "text");
    feature->SetField(3, 2025, 10, 20);
    OGRGeometry* geometry = nullptr;
    if (wkt && OGRGeometryFactory::createFromWkt(wkt, nullptr, &geometry) == OGRERR_NONE)
        feature->SetGeometryDirectly(geometry);
    if (layer.CreateFeature(feature.get()) != OGRERR_NONE)
        std::fprintf(stderr, "cannot write %s\n", path.c_str());
}

// JPEG of nothing but a position, big-endian.
std::string photo() {
    using namespace std::string_literals;
    const std::string tiff = "MM\0*\0\0\0\x08\0\x01\x88\x25\0\x04\0\0\0\x01\0\0\0\x1A\0\0\0\0"s // main directory
                             "\0\x04"
                             "\0\x01\0\x02\0\0\0\x02N\0\0\0"
                             "\0\x02\0\x05\0\0\0\x03\0\0\0\x50"
                             "\0\x03\0\x02\0\0\0\x02W\0\0\0"
                             "\0\x04\0\x05\0\0\0\x03\0\0\0\x50\0\0\0\0"s +
                             "\0\0\0\x08\0\0\0\x01\0\0\0\x1E\0\0\0\x01\0\0\0\0\0\0\0\x01"s;
    return "\xFF\xD8\xFF\xE1\0"s + static_cast<char>(tiff.size() + 8) + "Exif\0\0"s + tiff + "\xFF\xD9"s;
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 2)
        return 2;
    GDALAllRegister();
    const fs::path folder = argv[1];
    for (const char* const target : {"shapefile", "dbf", "gpkg", "photo", "project", "zip"})
        fs::create_directories(folder / target);
    const fs::path scratch = folder / "scratch";
    fs::create_directories(scratch);
    constexpr std::pair<const char*, const char*> kShapes[] = {
        {"point", "POINT (1 2)"},
        {"line", "MULTILINESTRING ((1 2,3 4),(5 6,7 8))"},
        {"polygon", "POLYGON ((0 0,0 9,9 9,0 0),(1 2,2 2,1 3,1 2))"},
        {"height", "LINESTRING Z (1 2 3,4 5 6)"}};
    for (const auto& [name, wkt] : kShapes) {
        writeLayer("ESRI Shapefile", scratch / (std::string(name) + ".shp"), wkt);
        fs::rename(scratch / (std::string(name) + ".shp"), folder / "shapefile" / (std::string(name) + ".shp"));
        fs::rename(scratch / (std::string(name) + ".dbf"), folder / "dbf" / (std::string(name) + ".dbf"));
        writeLayer("GPKG", folder / "gpkg" / (std::string(name) + ".gpkg"), wkt);
    }
    fs::remove_all(scratch);
    std::ofstream(folder / "photo" / "one.jpg", std::ios::binary) << photo();
    std::ofstream(folder / "zip" / "two.zip", std::ios::binary) << cordon::zipOf(
        {{"a.csv", "lat,lon\n12.5,-8\n"}, {"in/b.geojson", R"({"type":"Point","coordinates":[1,2]})"}});
    cordon::ProjectFile::create((folder / "project" / "one.gpkg").string(), std::make_shared<const cordon::Project>(),
                                true);
    return 0;
}
