#include "cli_run.h"

#include "core/io/vector_reader.h"
#include "test_folders.h"
#include "tests/io/scratch_folder.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace cordon {
namespace {

const std::string kSample = CORDON_TEST_SOURCE "/data/mali-2025/mali-2025.json";

std::string bytesOf(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string smallLayer(const ScratchFolder& folder) {
    return folder.write("posts.geojson",
                        R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"=1+1"},)"
                        R"("geometry":{"type":"Point","coordinates":[-6.26,13.44]}}]})");
}

TEST(Export, WritesTheOnlyLayerOfAFile) {
    const ScratchFolder folder;
    const std::string out = folder.path("posts.csv");
    const CliRun run = cli({"export", smallLayer(folder), "-o", out, "--json"});
    EXPECT_EQ(run.code, 0) << run.err;
    EXPECT_EQ(bytesOf(out), "name,lat,lon\r\n'=1+1,13.44,-6.26\r\n");
    EXPECT_NE(run.out.find("\"features\": 1"), std::string::npos) << run.out;
    EXPECT_NE(run.out.find("begins like a formula"), std::string::npos) << run.out;
    EXPECT_EQ(cli({"export", smallLayer(folder), "-o", out, "--no-overwrite"}).code, 1);
    EXPECT_EQ(cli({"export", smallLayer(folder), "-o", folder.path("a.docx")}).code, 1);
    EXPECT_EQ(cli({"export", smallLayer(folder), "--layer", "other", "-o", out}).code, 2);
    EXPECT_EQ(cli({"export", smallLayer(folder)}).code, 2);
}

TEST(Export, WritesTheRecordsInForceAtADate) {
    const ScratchFolder folder;
    const auto statusesAt = [&](const char* asOf, const char* grade) {
        const std::string out = folder.path("roads.geojson");
        const CliRun run =
            cli({"export", kSample, "--layer", "Road status", "--as-of", asOf, "--grade", grade, "-o", out});
        EXPECT_EQ(run.code, 0) << run.err;
        return readVector(out).tables.at(0);
    };
    const auto october = statusesAt("2025-10-20", "F6");
    const auto january = statusesAt("2025-01-20", "F6");
    EXPECT_GT(october->featureCount, january->featureCount);
    EXPECT_GT(january->featureCount, 0u);
    EXPECT_LT(statusesAt("2025-10-20", "A2")->featureCount, october->featureCount);
    EXPECT_EQ(october->geometryClass(), GeometryClass::Lines); // on their roads
    for (const char* column : {"id", "valid_from", "status", "roads", "grade", "stale"})
        EXPECT_TRUE(october->findColumn(column)) << column;
    EXPECT_EQ(october->findColumn("stale")->type, FieldType::Boolean);
    const std::string kml = folder.path("control.kml");
    EXPECT_EQ(cli({"export", kSample, "--layer", "Control", "-o", kml}).code, 0);
    EXPECT_NE(bytesOf(kml).find("<TimeSpan><begin>"), std::string::npos);
    EXPECT_EQ(cli({"export", kSample, "--layer", "Control", "--as-of", "yesterday", "-o", kml}).code, 2);
}

TEST(Export, ReplacesNoProject) {
    const ScratchFolder folder;
    const std::string project = folder.path("p.gpkg");
    ASSERT_EQ(cli({"new", project, smallLayer(folder)}).code, 0);
    const std::string before = bytesOf(project);
    const CliRun run = cli({"export", smallLayer(folder), "-o", project});
    EXPECT_EQ(run.code, 1);
    EXPECT_NE(run.err.find("is a Cordon project"), std::string::npos) << run.err;
    EXPECT_EQ(bytesOf(project), before);
    EXPECT_EQ(cli({"export", project, "--layer", "posts", "-o", folder.path("posts.fgb")}).code, 0);
}

TEST(Export, WritesNothingWhenStrictAndSomethingWouldBeLeftOut) {
    const ScratchFolder folder;
    const std::string rows =
        folder.write("a.geojson", R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{},)"
                                  R"("geometry":{"type":"Point","coordinates":[1,2]}},{"type":"Feature",)"
                                  R"("properties":{},"geometry":null}]})");
    const std::string out = folder.path("a.gpx");
    EXPECT_EQ(cli({"export", rows, "-o", out, "--strict"}).code, 1);
    EXPECT_EQ(bytesOf(out), "");
    EXPECT_EQ(cli({"export", rows, "-o", out}).code, 3);
    EXPECT_NE(bytesOf(out), "");
}

} // namespace
} // namespace cordon
