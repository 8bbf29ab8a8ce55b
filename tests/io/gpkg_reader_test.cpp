// GeoPackages read straight from SQLite, against GDAL's driver: the same tables, or left to it.
#include "core/io/gpkg_reader.h"

#include "core/io/gdal_reader.h"
#include "core/io/sqlite.h"
#include "test_folders.h"
#include "tests/io/scratch_folder.h"
#include "tests/io/table_text.h"

#include <filesystem>
#include <gdal_priv.h>
#include <gtest/gtest.h>
#include <ogrsf_frmts.h>

namespace cordon {
namespace {

namespace fs = std::filesystem;
using Tables = std::vector<std::shared_ptr<const FeatureTable>>;

std::string textOf(const Tables& tables) {
    std::string text;
    for (const auto& table : tables)
        text += table->name + " " + table->source.crs + "\n" + tableText(*table);
    return text;
}

std::string gdals(const std::string& path, const ReadOptions& options = {}) {
    ReadJob job(options);
    return textOf(readWithGdal({path, path, {"GPKG"}}, job));
}

// "left to GDAL" where we do.
std::string ours(const std::string& path, const ReadOptions& options = {}) {
    ReadJob job(options);
    const auto tables = readPlainGeoPackage(path, job);
    return tables ? textOf(*tables) : "left to GDAL";
}

class GpkgReader : public testing::Test {
protected:
    GpkgReader() {
        GDALAllRegister();
        m_dataset.reset(
            GetGDALDriverManager()->GetDriverByName("GPKG")->Create(m_path.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    }
    OGRLayer& addLayer(const char* name, OGRwkbGeometryType type, int epsg = 4326) {
        OGRSpatialReference srs;
        srs.importFromEPSG(epsg);
        OGRLayer* layer = m_dataset->CreateLayer(name, &srs, type, nullptr);
        for (const auto& [field, fieldType, subtype] : {std::tuple{"name", OFTString, OFSTNone},
                                                        {"count", OFTInteger64, OFSTNone},
                                                        {"small", OFTInteger, OFSTNone},
                                                        {"share", OFTReal, OFSTNone},
                                                        {"is_open", OFTInteger, OFSTBoolean}}) {
            OGRFieldDefn definition(field, fieldType);
            definition.SetSubType(subtype);
            layer->CreateField(&definition);
        }
        return *layer;
    }
    static void addFeature(OGRLayer& layer, int number, const std::string& wkt) {
        OGRFeature feature(layer.GetLayerDefn());
        if (number % 5 != 0)
            feature.SetField("name", ("Ségou \U0001F6A7 " + std::to_string(number)).c_str());
        if (number % 7 != 0)
            feature.SetField("count", static_cast<GIntBig>(number) * 10'000'000'000);
        feature.SetField("small", -number);
        feature.SetField("share", number % 3 == 0 ? number : number / 7.0);
        if (number % 2 == 0)
            feature.SetField("is_open", number % 4 == 0);
        if (!wkt.empty()) {
            OGRGeometry* geometry = nullptr;
            OGRGeometryFactory::createFromWkt(wkt.c_str(), nullptr, &geometry);
            feature.SetGeometryDirectly(geometry);
        }
        EXPECT_EQ(layer.CreateFeature(&feature), OGRERR_NONE);
    }
    void close() { m_dataset.reset(); }
    void run(const std::string& sql) {
        close();
        Database(m_path, Database::Access::ReadWrite).run(sql);
    }
    void expectSame(const ReadOptions& options = {}) {
        close();
        EXPECT_EQ(ours(m_path, options), gdals(m_path, options));
    }

    ScratchFolder m_folder;
    std::string m_path = m_folder.path("data.gpkg");
    GDALDatasetUniquePtr m_dataset;
};

TEST_F(GpkgReader, EveryKindOfGeometryAndValue) {
    OGRLayer& layer = addLayer("everything", wkbUnknown);
    int number = 1;
    for (const char* wkt :
         {"POINT (-8 12.5)", "MULTIPOINT (1 2,3 4)", "LINESTRING (0 0,1 1,2 0)",
          "MULTILINESTRING ((0 0,1 1),(2 2,3 3))", "POLYGON ((0 0,4 0,4 4,0 0),(1 0.5,2 0.5,2 1,1 0.5))",
          "MULTIPOLYGON (((0 0,1 0,1 1,0 0)),((5 5,6 5,6 6,5 5),(5.5 5.2,5.8 5.2,5.8 5.4,5.5 5.2)))",
          "POINT Z (1 2 300)", "LINESTRING M (0 0 1,1 1 2)", "LINESTRING ZM (0 0 1 7,1 1 2 8)", "POINT EMPTY",
          "POLYGON EMPTY", "MULTIPOLYGON EMPTY", ""})
        addFeature(layer, number++, wkt);
    expectSame();
}

TEST_F(GpkgReader, RowsAreSharedOutToThreadsInOrder) {
    OGRLayer& layer = addLayer("points", wkbPoint, 32629);
    EXPECT_EQ(layer.StartTransaction(), OGRERR_NONE);
    for (int i = 1; i <= 45'000; ++i)
        addFeature(layer, i, "POINT (" + std::to_string(500'000 + i) + " 1400000)");
    EXPECT_EQ(layer.CommitTransaction(), OGRERR_NONE);
    run("DELETE FROM points WHERE fid BETWEEN 10 AND 3000");
    ReadOptions options;
    options.threads = 2;
    EXPECT_EQ(ours(m_path, options), gdals(m_path));
    options.columns = {"share", "name"};
    EXPECT_EQ(ours(m_path, options), gdals(m_path, options));
}

TEST_F(GpkgReader, LayersComeInTheirOrderOrAloneByName) {
    addFeature(addLayer("second", wkbPoint), 1, "POINT (1 1)");
    addFeature(addLayer("a first", wkbLineString), 2, "LINESTRING (1 1,2 2)");
    addLayer("empty", wkbPolygon);
    expectSame();
    ReadOptions options;
    options.layer = "a first";
    expectSame(options);
}

TEST_F(GpkgReader, WhatNeedsInterpretationIsLeftToGdal) {
    OGRLayer& layer = addLayer("points", wkbPoint);
    addFeature(layer, 1, "POINT (1 1)");
    addFeature(layer, 2, "POINT (2 2)");
    close();
    EXPECT_NE(ours(m_path), "left to GDAL");
    for (const char* change :
         {"ALTER TABLE points ADD COLUMN day DATE; UPDATE points SET day = '2025-02-30'",
          "ALTER TABLE points ADD COLUMN day DATE; UPDATE points SET day = 20251020",
          "ALTER TABLE points ADD COLUMN at DATETIME; UPDATE points SET at = '2025-10-20T14:00:00+01:00'",
          "ALTER TABLE points ADD COLUMN photo BLOB", "CREATE VIEW v AS SELECT * FROM points",
          "CREATE TABLE stray (id INTEGER PRIMARY KEY)", "UPDATE points SET count = 'many' WHERE fid = 2",
          "UPDATE points SET geom = x'4750' WHERE fid = 2",
          "UPDATE points SET name = CAST(x'C3' AS TEXT) WHERE fid = 2",
          "UPDATE gpkg_spatial_ref_sys SET organization = 'NONE'", "UPDATE gpkg_contents SET data_type = 'tiles'",
          "DROP TABLE points"}) {
        const std::string copy = m_folder.path("changed.gpkg");
        fs::copy_file(m_path, copy, fs::copy_options::overwrite_existing);
        Database(copy, Database::Access::ReadWrite).run(change);
        EXPECT_EQ(ours(copy), "left to GDAL") << change;
    }
    EXPECT_EQ(ours(m_folder.write("text.gpkg", "no database")), "left to GDAL");
}

TEST_F(GpkgReader, DatesAndTimesWithAndWithoutGaps) {
    OGRLayer& layer = addLayer("points", wkbPoint);
    EXPECT_EQ(layer.StartTransaction(), OGRERR_NONE);
    for (int i = 1; i <= 45'000; ++i)
        addFeature(layer, i, "POINT (1 1)");
    EXPECT_EQ(layer.CommitTransaction(), OGRERR_NONE);
    run("ALTER TABLE points ADD COLUMN day DATE; ALTER TABLE points ADD COLUMN at DATETIME;"
        "ALTER TABLE points ADD COLUMN later DATETIME;"
        "UPDATE points SET day = date('2024-02-28', fid || ' days') WHERE fid % 3 <> 0 OR fid < 30000;"
        "UPDATE points SET at = strftime('%Y-%m-%dT%H:%M:%fZ', '1999-12-31 23:59:59.999', fid || ' minutes');"
        "UPDATE points SET later = at WHERE fid > 40000");
    ReadOptions options;
    options.threads = 2;
    const std::string read = ours(m_path, options);
    EXPECT_NE(read, "left to GDAL");
    EXPECT_EQ(read, gdals(m_path));
}

// A count in a damaged geometry may ask for more than there is.
TEST_F(GpkgReader, DamagedGeometryIsLeftToGdal) {
    addFeature(addLayer("lines", wkbLineString), 1, "LINESTRING (1 1,2 2)");
    close();
    const std::string blob = Database(m_path, Database::Access::Read).text("SELECT hex(geom) FROM lines");
    for (std::size_t cut = 2; cut < blob.size(); cut += 2) {
        run("UPDATE lines SET geom = x'" + blob.substr(0, cut) + "'");
        EXPECT_EQ(ours(m_path), "left to GDAL") << cut;
    }
    std::string endless = blob;
    endless.replace(blob.size() - 72, 8, "FFFFFF7F"); // two points: the count stands 36 bytes before the end
    run("UPDATE lines SET geom = x'" + endless + "'");
    EXPECT_EQ(ours(m_path), "left to GDAL");
}

TEST(GpkgReaderFiles, SharedFilesReadAsGdalReadsThem) {
    const fs::path data = fs::path(CORDON_TEST_SOURCE) / ".." / "shared" / "data";
    if (!fs::exists(data))
        GTEST_SKIP() << "the shared data are not here";
    GDALAllRegister();
    int read = 0;
    for (const auto& entry : fs::recursive_directory_iterator(data)) {
        if (entry.path().extension() != ".gpkg")
            continue;
        const std::string path = entry.path().string();
        std::string found;
        try {
            found = ours(path);
        } catch (const Error& error) {
            found = error.what();
        }
        if (found == "left to GDAL")
            continue;
        ++read;
        std::string expected;
        try {
            expected = gdals(path);
        } catch (const Error& error) {
            expected = error.what();
        }
        EXPECT_EQ(found, expected) << path;
    }
    EXPECT_GT(read, 0);
}

} // namespace
} // namespace cordon
