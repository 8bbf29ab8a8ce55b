#include "scratch_folder.h"
#include "table_text.h"

#include "core/io/child_process.h"

#include <array>
#include <csignal>
#include <gdal_priv.h>
#include <gtest/gtest.h>
#include <ogrsf_frmts.h>

namespace cordon {
namespace {

constexpr const char* kPoint =
    R"({"type":"Feature","properties":{"a":1},"geometry":{"type":"Point","coordinates":[1,2]}})";

TEST(VectorReader, RefusesWhatIsNotThere) {
    const ScratchFolder folder;
    EXPECT_EQ(refusal(folder.path("none.shp")),
              "Cannot read none.shp: there is no such file; check the spelling and the folder.");
    EXPECT_EQ(refusal("/dev/null"), "Cannot read null: it is not an ordinary file; give a file or a folder of files.");
    std::filesystem::create_directory(folder.path("empty"));
    EXPECT_EQ(refusal(folder.path("empty")),
              "Cannot read empty: there are no map files in this folder; give one that holds some.");
    EXPECT_EQ(
        refusal(folder.write("a.xyz", "what is this")),
        "Cannot read a.xyz: it is in no map format that is known and safe to open; convert it to GeoJSON, GeoPackage "
        "or a shapefile.");
    EXPECT_EQ(refusal(folder.write("a.zip", "PK no")),
              "Cannot read a.zip: it is not a zip archive, or it is damaged; ask for a whole copy.");
}

TEST(VectorReader, ReadsAFolderAndNamesWhatItCannot) {
    const ScratchFolder folder;
    folder.write("b.geojson", kPoint);
    folder.write("a.csv", "lat,lon\n1,2\n");
    folder.write("broken.geojson", "{");
    folder.write("notes.txt", "not a map");
    const ImportResult result = readVector(folder.path(""));
    ASSERT_EQ(result.tables.size(), 2u);
    EXPECT_EQ(result.tables[0]->name, "a");
    EXPECT_EQ(result.tables[1]->name, "b");
    EXPECT_EQ(warningText(result, folder.path("")),
              "! Cannot read broken.geojson: its JSON is broken at line 1, character 2: it "
              "ends in the middle; ask for a whole copy or repair the file.\n");
}

TEST(VectorReader, FollowsNoReferencesUnlessAsked) {
    const ScratchFolder folder;
    folder.write("b.csv", "lat,lon\n1,2\n");
    const std::string vrt =
        folder.write("a.vrt", "<OGRVRTDataSource><OGRVRTLayer name=\"b\"><SrcDataSource relativeToVRT=\"1\">"
                              "b.csv</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>");
    EXPECT_NE(refusal(vrt), "");
    ReadOptions options;
    options.allowReferences = true;
    EXPECT_EQ(readVector(vrt, options).tables[0]->featureCount, 1u);
}

TEST(VectorReader, ReadsGpxWithTimesAndElevations) {
    const ScratchFolder folder;
    const std::string path =
        folder.write("a.gpx", R"(<gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1">
        <wpt lat="1" lon="2"><ele>5</ele><name>w</name></wpt>
        <rte><name>r</name><rtept lat="1" lon="2"/><rtept lat="3" lon="4"/></rte>
        <trk><name>empty</name></trk>
        <trk><name>t</name><trkseg><trkpt lat="1" lon="2"><ele>7</ele><time>1970-01-01T00:00:01Z</time></trkpt>
        <trkpt lat="3" lon="4"><time>1970-01-01T00:00:02.5Z</time></trkpt></trkseg>
        <trkseg><trkpt lat="5" lon="6"/><trkpt lat="7" lon="8"/></trkseg></trk></gpx>)");
    EXPECT_EQ(readAsText(path), "Point ele:R name:T\nP(2 1 z5) | 5 | w\n"
                                "LineString name:T\nL(2 1, 4 3) | r\n"
                                "MultiLineString name:T\n- | empty\n"
                                "L(2 1 z7 t1000, 4 3 t2500) L(6 5, 8 7) | t\n");
}

TEST(VectorReader, PlacesTheRowsOfASpreadsheet) {
    const ScratchFolder folder;
    const std::string path = folder.path("a.ods");
    GDALAllRegister();
    {
        GDALDriver* const driver = GetGDALDriverManager()->GetDriverByName("ODS");
        const GDALDatasetUniquePtr dataset(driver->Create(path.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
        OGRLayer& layer = *dataset->CreateLayer("sites");
        for (const char* const name : {"name", "Latitude", "Longitude"}) {
            OGRFieldDefn field(name, OFTString);
            layer.CreateField(&field);
        }
        for (const auto& [name, lat, lon] :
             {std::array{"Gao", "16.27", "0.04 W"}, {"Kidal", "", ""}, {"Ber", "north", "1"}}) {
            const OGRFeatureUniquePtr feature(OGRFeature::CreateFeature(layer.GetLayerDefn()));
            feature->SetField(0, name);
            if (*lat)
                feature->SetField(1, lat);
            if (*lon)
                feature->SetField(2, lon);
            ASSERT_EQ(layer.CreateFeature(feature.get()), OGRERR_NONE);
        }
    }
    const ImportResult result = readVector(path);
    EXPECT_EQ(tableText(*result.tables[0]),
              "Point name:T Latitude:T Longitude:T\nP(-0.04 16.27) | Gao | 16.27 | 0.04 W\n"
              "- | Kidal | ~ | ~\n- | Ber | north | 1\n");
    EXPECT_EQ(warningText(result, folder.path("")),
              "! a.ods: 1 row of sites without a place, because the coordinates cannot be understood: row 3.\n");
}

TEST(VectorReader, ReadsOneLayer) {
    const ScratchFolder folder;
    const std::string path =
        folder.write("a.gpx", R"(<gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1">)"
                              R"(<wpt lat="1" lon="2"/></gpx>)");
    ReadOptions options;
    options.layer = "waypoints";
    EXPECT_EQ(readVector(path, options).tables.size(), 1u);
    options.layer = "none";
    EXPECT_NE(refusal(path, options).find("it has no layer none"), std::string::npos);
}

TEST(VectorReader, StopsWhenAsked) {
    const ScratchFolder folder;
    std::stop_source source;
    source.request_stop();
    ReadOptions options;
    options.stop = source.get_token();
    EXPECT_THROW(readVector(folder.write("a.geojson", kPoint), options), Stopped);
}

TEST(VectorReader, ReportsProgressToTheEnd) {
    const ScratchFolder folder;
    double last = -1;
    ReadOptions options;
    options.progress = [&](double fraction) {
        EXPECT_GE(fraction, last);
        last = fraction;
    };
    readVector(folder.write("a.geojson", kPoint), options);
    EXPECT_EQ(last, 1);
}

TEST(TimeSpan, CoversAllDateColumns) {
    const ScratchFolder folder;
    const auto spanOf = [&](const std::string& csv) {
        return timeSpanOf(*readVector(folder.write("a.csv", csv)).tables[0]);
    };
    const auto dates = spanOf("a,from,to\n1,2025-01-15,\n2,2024-12-01,2025-10-20\n");
    ASSERT_TRUE(dates);
    EXPECT_EQ(dates->from + " " + dates->to, "2024-12-01 2025-10-20");
    EXPECT_EQ(spanOf("a,t\n1,2025-01-15T10:00:00Z\n")->from, "2025-01-15T10:00:00Z");
    EXPECT_FALSE(spanOf("a,b\n1,2\n"));
}

TEST(ChildProcess, EndsWithASentenceNotWithTheProgram) {
    const auto run = [](const char* script, int limitMs) {
        return runChild("/bin/sh", {"-c", script}, std::chrono::milliseconds(limitMs), [](double) {});
    };
    EXPECT_EQ(run("printf hello >&3", 5000).memory, "hello");
    EXPECT_EQ(run("exit 7", 5000).exitCodeOrSignal, 7);
    const ChildResult crashed = run("kill -SEGV $$", 5000);
    EXPECT_EQ(crashed.end, ChildEnd::Crashed);
    EXPECT_EQ(crashed.exitCodeOrSignal, SIGSEGV);
    EXPECT_EQ(run("sleep 100 3>&- 4>&- & exec sleep 100", 200).end, ChildEnd::TimedOut);
    EXPECT_THROW(runChild("/nonexistent/program", {}, std::chrono::seconds(1), [](double) {}), Error);
}

} // namespace
} // namespace cordon
