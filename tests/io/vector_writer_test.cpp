// Layers written and read back, by our readers and by GDAL.
#include "core/io/vector_writer.h"

#include "core/io/vector_reader.h"
#include "core/model/csv_text.h"
#include "scratch_folder.h"
#include "table_text.h"

#include <gdal_priv.h>
#include <gtest/gtest.h>
#include <ogrsf_frmts.h>

#include <fstream>
#include <iterator>

namespace cordon {
namespace {

std::string bytesOf(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void addPart(FeatureTable& table, PartRole role, std::initializer_list<LonLat> points) {
    GeometryColumn& g = table.geometry;
    g.coordinates.insert(g.coordinates.end(), points.begin(), points.end());
    g.partStart.push_back(static_cast<std::uint32_t>(g.coordinates.size()));
    g.partRole.push_back(role);
}
void endFeature(FeatureTable& table) {
    table.geometry.featureStart.push_back(table.geometry.partCount());
}

Column textColumn(const std::string& name, const std::vector<const char*>& values) {
    Column column{name, FieldType::Text, TextValues{}};
    for (const char* value : values) {
        std::get<TextValues>(column.values).append(value ? value : "");
        column.isNullAt.push_back(value == nullptr);
    }
    return column;
}

// One of each type, with a null each; 2025-10-20T14:30:05.250+01:00 as a time.
FeatureTable withColumns(FeatureTable table) {
    table.name = "Postes d'été";
    table.columns.push_back(textColumn("name", {"Ségou & <b>\"x\"</b>", nullptr, "a;b,\nc"}));
    table.columns.push_back({"people", FieldType::Integer, std::vector<std::int64_t>{9007199254740, -3, 0}, {0, 0, 1}});
    table.columns.push_back({"share", FieldType::Real, std::vector<double>{0.1, 0, -1.25e-7}, {0, 1, 0}});
    table.columns.push_back({"since", FieldType::Date, std::vector<std::int64_t>{20381, 0, -1}, {0, 1, 0}});
    table.columns.push_back(
        {"seen_at", FieldType::DateTime, std::vector<std::int64_t>{1760967005250, 0, 0}, {0, 0, 1}, {60, 0, 0}});
    table.columns.push_back({"open", FieldType::Boolean, std::vector<std::int64_t>{1, 0, 0}, {0, 1, 0}});
    finishTable(table);
    return table;
}

FeatureTable points() {
    FeatureTable table;
    addPart(table, PartRole::Points, {{-6.26, 13.44}});
    endFeature(table);
    addPart(table, PartRole::Points, {{0.1 + 0.2, -1.0 / 3}});
    endFeature(table);
    endFeature(table); // no place
    table.geometryType = "Point";
    return withColumns(std::move(table));
}

FeatureTable polygons() {
    FeatureTable table;
    addPart(table, PartRole::OuterRing, {{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}});
    addPart(table, PartRole::InnerRing, {{1, 1}, {1, 2}, {2, 2}, {2, 1}, {1, 1}});
    addPart(table, PartRole::OuterRing, {{20, 0}, {30, 0}, {30, 10}, {20, 0}});
    endFeature(table);
    addPart(table, PartRole::OuterRing, {{-20, 0}, {-10, 0}, {-10, 10}, {-20, 0}});
    endFeature(table);
    endFeature(table);
    table.geometryType = "MultiPolygon";
    return withColumns(std::move(table));
}

FeatureTable lines() {
    FeatureTable table;
    addPart(table, PartRole::Line, {{-8, 12.5}, {-7.5, 12.75}, {-7, 13}});
    addPart(table, PartRole::Line, {{-6, 13}, {-5, 14}});
    endFeature(table);
    addPart(table, PartRole::Line, {{-4, 14}, {-3, 15}});
    endFeature(table);
    endFeature(table);
    table.geometryType = "MultiLineString";
    return withColumns(std::move(table));
}

std::string warningsText(const Warnings& warnings) {
    std::string text;
    for (const Warning& warning : warnings)
        text += (warning.leftOut ? "! " : "  ") + warning.text.substr(warning.text.find(": ") + 2) + "\n";
    return text;
}

// The rows of the only table, without the line of types.
std::string rowsOf(const std::string& text) {
    return text.substr(text.find('\n') + 1);
}

TEST(VectorWriter, KeepsEverythingInGeoPackage) {
    const ScratchFolder folder;
    for (const FeatureTable& table : {points(), polygons(), lines()}) {
        EXPECT_EQ(warningsText(writeVector(table, folder.path("a.gpkg"))), "");
        EXPECT_EQ(readAsText(folder.path("a.gpkg")), tableText(table));
        EXPECT_EQ(folder.fileCount(), 1u);
    }
}

TEST(VectorWriter, TellsWhatFlatGeobufCannotHold) {
    const ScratchFolder folder;
    for (const FeatureTable& table : {points(), polygons(), lines()}) {
        EXPECT_EQ(warningsText(writeVector(table, folder.path("a.fgb"))),
                  "! 1 row without a place left out, which FlatGeobuf cannot hold.\n"
                  "  FlatGeobuf has no dates; those of since are written as times.\n");
        const auto read = readVector(folder.path("a.fgb")).tables.at(0);
        EXPECT_EQ(read->featureCount, 2u);
        EXPECT_EQ(read->geometryType, table.geometryType);
        for (std::uint32_t row = 0; row < 2; ++row) {
            // Its spatial index puts them in an order of its own.
            const std::uint32_t at = read->findColumn("people")->integerAt(0) == -3 ? 1 - row : row;
            EXPECT_EQ(geometryText(*read, at), geometryText(table, row));
            for (const char* name : {"name", "people", "share", "seen_at", "open"}) {
                const Column &is = *read->findColumn(name), &was = *table.findColumn(name);
                EXPECT_EQ(is.type, was.type) << name;
                EXPECT_EQ(is.isNull(at), was.isNull(row)) << name;
                EXPECT_EQ(read->valueAsText(is, at), table.valueAsText(was, row)) << name;
            }
        }
    }
}

TEST(VectorWriter, KeepsEverythingInGeoJson) {
    const ScratchFolder folder;
    for (const FeatureTable& table : {points(), polygons(), lines()}) {
        const std::string path = folder.path("a.geojson");
        EXPECT_EQ(warningsText(writeVector(table, path)), "");
        const auto read = readVector(path).tables.at(0);
        EXPECT_EQ(rowsOf(tableText(*read)), rowsOf(tableText(table)));
        EXPECT_EQ(read->geometry.coordinates, table.geometry.coordinates); // to the last bit
        EXPECT_EQ(read->name, table.name);
        EXPECT_EQ(warningsText(writeVector(table, folder.path("b.geojsonl"))), "");
        EXPECT_EQ(rowsOf(readAsText(folder.path("b.geojsonl"))), rowsOf(tableText(table)));
    }
}

TEST(VectorWriter, TurnsRingsTheWayGeoJsonWantsThem) {
    const ScratchFolder folder;
    FeatureTable table;
    addPart(table, PartRole::OuterRing, {{0, 0}, {0, 9}, {9, 9}, {0, 0}});
    endFeature(table);
    finishTable(table);
    writeVector(table, folder.path("a.geojson"));
    EXPECT_NE(bytesOf(folder.path("a.geojson")).find("[[[0,0],[9,9],[0,9],[0,0]]]"), std::string::npos);
}

TEST(VectorWriter, WritesPointsToCsvAsLatAndLon) {
    const ScratchFolder folder;
    EXPECT_EQ(warningsText(writeVector(points(), folder.path("a.csv"))), "");
    EXPECT_EQ(
        bytesOf(folder.path("a.csv")),
        "name,people,share,since,seen_at,open,lat,lon\r\n"
        "\"Ségou & <b>\"\"x\"\"</b>\",9007199254740,0.1,2025-10-20,2025-10-20T14:30:05.250+01:00,true,13.44,-6.26\r\n"
        ",-3,,,1970-01-01T00:00:00Z,,-0.3333333333333333,0.30000000000000004\r\n"
        "\"a;b,\nc\",,-1.25e-07,1969-12-31,,false,,\r\n");
    const auto read = readVector(folder.path("a.csv")).tables.at(0);
    EXPECT_EQ(read->geometry.coordinates, points().geometry.coordinates);
    WriteOptions options;
    options.byteOrderMark = true;
    writeVector(points(), folder.path("b.csv"), options);
    EXPECT_EQ(bytesOf(folder.path("b.csv")), "\xEF\xBB\xBF" + bytesOf(folder.path("a.csv")));
}

TEST(VectorWriter, WritesOtherShapesToCsvAsWkt) {
    const ScratchFolder folder;
    writeVector(polygons(), folder.path("a.csv"));
    const auto read = readVector(folder.path("a.csv")).tables.at(0);
    for (std::uint32_t row = 0; row < 3; ++row)
        EXPECT_EQ(geometryText(*read, row), geometryText(polygons(), row));
}

TEST(VectorWriter, LetsNoSpreadsheetRunAFormula) {
    const ScratchFolder folder;
    FeatureTable table;
    const std::vector<const char*> cells{"=1+1",
                                         "+cmd|'/C calc'!A0",
                                         "-2+3",
                                         "@SUM(A1)",
                                         "\t=1",
                                         "\r=1",
                                         "-12.5",
                                         "+7",
                                         "-3,5",
                                         "-.5",
                                         "a=b",
                                         "\xEF\xBC\x9D"
                                         "1"};
    table.columns.push_back(textColumn("=cmd()", cells));
    table.columns.push_back({"n", FieldType::Integer, std::vector<std::int64_t>(cells.size(), -5), {}});
    for (std::size_t i = 0; i < cells.size(); ++i)
        endFeature(table);
    finishTable(table);
    EXPECT_EQ(warningsText(writeVector(table, folder.path("a.csv"))).substr(0, 2), "  ");
    EXPECT_EQ(bytesOf(folder.path("a.csv")), "'=cmd(),n\r\n"
                                             "'=1+1,-5\r\n"
                                             "'+cmd|'/C calc'!A0,-5\r\n"
                                             "'-2+3,-5\r\n"
                                             "'@SUM(A1),-5\r\n"
                                             "\"'\t=1\",-5\r\n"
                                             "\"'\r=1\",-5\r\n"
                                             "-12.5,-5\r\n"
                                             "+7,-5\r\n"
                                             "\"-3,5\",-5\r\n"
                                             "-.5,-5\r\n"
                                             "a=b,-5\r\n"
                                             "'\xEF\xBC\x9D"
                                             "1,-5\r\n");
}

TEST(VectorWriter, TellsWhatAShapefileCannotHold) {
    const ScratchFolder folder;
    FeatureTable table = polygons();
    table.columns.push_back(textColumn("administrative_name", {"x", nullptr, "z"}));
    table.columns.push_back(textColumn("administrative_code", {std::string(300, 'y').c_str(), nullptr, "z"}));
    table.columns.push_back(textColumn("désignation", {"x", nullptr, "z"}));
    const std::string path = folder.path("a.shp");
    EXPECT_EQ(warningsText(writeVector(table, path)),
              "  names were cut to the 10 bytes that a shapefile holds: administrative_name -> administra, "
              "administrative_code -> administ_1, désignation -> désignati; a GeoPackage keeps them.\n"
              "  a shapefile has no type for seen_at, open; times are written as text, truth values as 0 and 1.\n"
              "! 1 text was cut to the 254 bytes that a shapefile holds; a GeoPackage keeps them.\n");
    EXPECT_EQ(folder.fileCount(), 5u); // .shp .shx .dbf .prj .cpg
    const auto read = readVector(path).tables.at(0);
    EXPECT_EQ(read->columns.size(), 9u);
    EXPECT_EQ(read->columns[6].name, "administra");
    EXPECT_EQ(read->columns[8].name, "désignati");
    EXPECT_EQ(read->columns[7].textAt(0), std::string(254, 'y'));
    EXPECT_EQ(read->source.crs, "EPSG:4326");
    for (std::uint32_t row = 0; row < 3; ++row) {
        EXPECT_EQ(read->featureCount, 3u);
        for (const char* name : {"name", "people", "share", "since"}) {
            const Column& was = *table.findColumn(name);
            const Column& is = *read->findColumn(name);
            EXPECT_EQ(is.isNull(row), was.isNull(row)) << name;
            EXPECT_EQ(is.type, was.type) << name;
            EXPECT_EQ(read->valueAsText(is, row), table.valueAsText(was, row)) << name;
        }
    }
    FeatureTable mixed = points();
    mixed.geometry.partRole[0] = PartRole::Line;
    mixed.geometry.coordinates.insert(mixed.geometry.coordinates.begin(), {1, 1});
    mixed.geometry.partStart = {0, 2, 3};
    finishTable(mixed);
    try {
        writeVector(mixed, folder.path("b.shp"));
        ADD_FAILURE();
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find("a shapefile holds one kind of geometry"), std::string::npos);
    }
    EXPECT_EQ(folder.fileCount(), 5u);
}

FeatureTable track() {
    FeatureTable table;
    table.name = "ride";
    addPart(table, PartRole::Line, {{-8, 12.5}, {-7.5, 12.75}, {-7, 13}});
    addPart(table, PartRole::Line, {{-6, 13}, {-5, 14}});
    endFeature(table);
    table.geometry.z = {320, 325.5, 330, 331, 332};
    table.geometry.timeMs = {1760967000000, 1760967005250, 1760967010000, 1760967100000, 1760967200000};
    table.columns.push_back(textColumn("name", {"Ségou < Bla"}));
    table.columns.push_back(textColumn("Road type", {"piste"}));
    finishTable(table);
    return table;
}

TEST(VectorWriter, KeepsTimesAndHeightsInGpx) {
    const ScratchFolder folder;
    const FeatureTable table = track();
    EXPECT_EQ(warningsText(writeVector(table, folder.path("a.gpx"))), "");
    std::shared_ptr<const FeatureTable> tracks;
    for (const auto& read : readVector(folder.path("a.gpx")).tables)
        if (read->featureCount > 0)
            tracks = read;
    ASSERT_TRUE(tracks);
    EXPECT_EQ(geometryText(*tracks, 0), geometryText(table, 0));
    EXPECT_EQ(tracks->valueAsText(*tracks->findColumn("name"), 0), "Ségou < Bla");
    const Column* const type = tracks->findColumn("Road_type");
    ASSERT_NE(type, nullptr);
    EXPECT_EQ(tracks->valueAsText(*type, 0), "piste");

    EXPECT_EQ(warningsText(writeVector(points(), folder.path("b.gpx"))),
              "! 1 row without a place left out, which GPX cannot hold.\n");
    std::shared_ptr<const FeatureTable> waypoints;
    for (const auto& read : readVector(folder.path("b.gpx")).tables)
        if (read->featureCount > 0)
            waypoints = read;
    ASSERT_TRUE(waypoints);
    EXPECT_EQ(waypoints->geometry.coordinates, points().geometry.coordinates);
    EXPECT_EQ(waypoints->valueAsText(*waypoints->findColumn("name"), 0), "Ségou & <b>\"x\"</b>");
    EXPECT_THROW(writeVector(polygons(), folder.path("c.gpx")), Error);
    EXPECT_FALSE(std::filesystem::exists(folder.path("c.gpx")));
}

TEST(VectorWriter, WritesKmlWithTypesTimesAndStyle) {
    const ScratchFolder folder;
    WriteOptions options;
    options.style = Style{{{{}, "", FillSymbol{{255, 0, 0, 128}}, {{{0, 0, 255, 255}, 0.5}}, std::nullopt}}, {}};
    for (const char* name : {"a.kml", "a.kmz"}) {
        EXPECT_EQ(warningsText(writeVector(polygons(), folder.path(name), options)), "");
        const auto read = readVector(folder.path(name)).tables.at(0);
        ASSERT_EQ(read->featureCount, 3u) << name;
        for (std::uint32_t row = 0; row < 3; ++row)
            EXPECT_EQ(geometryText(*read, row), geometryText(polygons(), row)) << name;
        for (const char* column : {"people", "share", "since"}) {
            ASSERT_TRUE(read->findColumn(column)) << name << column;
            EXPECT_EQ(read->valueAsText(*read->findColumn(column), 0),
                      points().valueAsText(*points().findColumn(column), 0));
            EXPECT_EQ(read->valueAsText(*read->findColumn(column), 1),
                      points().valueAsText(*points().findColumn(column), 1));
        }
    }
    const std::string kml = bytesOf(folder.path("a.kml"));
    EXPECT_NE(kml.find("<PolyStyle><color>800000ff</color></PolyStyle>"), std::string::npos);
    EXPECT_NE(kml.find("<LineStyle><color>ffff0000</color><width>1.9</width></LineStyle>"), std::string::npos);
    EXPECT_NE(kml.find("<name>Ségou &amp; &lt;b&gt;&quot;x&quot;&lt;/b&gt;</name>"), std::string::npos);
    writeVector(track(), folder.path("t.kml"));
    const std::string timed = bytesOf(folder.path("t.kml"));
    EXPECT_NE(timed.find("<gx:Track><altitudeMode>absolute</altitudeMode><when>2025-10-20T13:30:00Z</when>"),
              std::string::npos);
}

// GDAL opens every one and counts the same.
TEST(VectorWriter, IsReadByGdal) {
    GDALAllRegister();
    const ScratchFolder folder;
    for (const std::string& suffix : writableSuffixes()) {
        const std::string path = folder.path("g" + suffix);
        const FeatureTable table = suffix == ".gpx" ? track() : polygons();
        writeVector(table, path);
        if (suffix == ".kml" || suffix == ".kmz")
            continue; // its driver may crash; readVector reads it in a process of its own above
        GDALDatasetUniquePtr dataset(
            GDALDataset::Open(path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, nullptr, nullptr, nullptr));
        ASSERT_TRUE(dataset) << suffix;
        OGRLayer* layer = suffix == ".gpx" ? dataset->GetLayerByName("tracks") : dataset->GetLayer(0);
        ASSERT_TRUE(layer) << suffix;
        EXPECT_EQ(layer->GetFeatureCount(), static_cast<GIntBig>(table.featureCount) - (suffix == ".fgb")) << suffix;
        OGRFeatureUniquePtr feature(layer->GetNextFeature());
        if (suffix == ".fgb" && feature && !feature->IsFieldSetAndNotNull(0))
            feature.reset(layer->GetNextFeature());
        OGREnvelope box;
        ASSERT_TRUE(feature) << suffix;
        if (suffix != ".csv") { // it reads WKT there only when told to
            feature->GetGeometryRef()->getEnvelope(&box);
            EXPECT_EQ(box.MinX, table.boxOf(0).minX) << suffix;
            EXPECT_EQ(box.MaxY, table.boxOf(0).maxY) << suffix;
        }
        EXPECT_STREQ(feature->GetFieldAsString("name"), table.valueAsText(table.columns[0], 0).c_str()) << suffix;
    }
}

TEST(VectorWriter, ReplacesWholeFilesOrNone) {
    const ScratchFolder folder;
    for (const std::string& suffix : writableSuffixes()) {
        const FeatureTable table = suffix == ".gpx" ? track() : polygons();
        const std::string path = folder.write("out" + suffix, "old");
        WriteOptions options;
        options.overwrite = false;
        EXPECT_THROW(writeVector(table, path, options), Error) << suffix;
        options.overwrite = true;
        std::stop_source stop;
        stop.request_stop();
        options.stop = stop.get_token();
        EXPECT_THROW(writeVector(table, path, options), Stopped) << suffix;
        EXPECT_EQ(bytesOf(path), "old") << suffix;
        const std::size_t files = folder.fileCount();
        writeVector(table, path);
        EXPECT_NE(bytesOf(path), "old") << suffix;
        EXPECT_EQ(folder.fileCount(), files + (suffix == ".shp" ? 4 : 0)) << suffix;
    }
    EXPECT_THROW(writeVector(points(), folder.path("none/a.csv")), Error);
    EXPECT_THROW(writeVector(points(), folder.path("a.xyz")), Error);
    folder.write("x/b.dbf", "old");
    WriteOptions options;
    options.overwrite = false;
    EXPECT_THROW(writeVector(polygons(), folder.path("x/b.shp"), options), Error); // its .dbf is there
}

} // namespace
} // namespace cordon
