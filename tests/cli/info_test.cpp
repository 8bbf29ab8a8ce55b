#include "core/io/json.h"
#include "test_folders.h"
#include "tests/cli/cli_run.h"
#include "tests/io/scratch_folder.h"

#include <algorithm>
#include <cmath>
#include <gdal_priv.h>
#include <gtest/gtest.h>
#include <ogrsf_frmts.h>

namespace cordon {
namespace {
namespace fs = std::filesystem;

const std::string kSample = CORDON_TEST_SOURCE "/data/mali-2025/mali-2025.json";
const fs::path kShared = CORDON_TEST_SOURCE "/../shared/data";

class InfoTest : public testing::Test {
protected:
    Json info(std::vector<std::string> args, int expectedCode = kComplete) {
        args.insert(args.begin(), "info");
        args.emplace_back("--json");
        const CliRun run = cli(args);
        EXPECT_EQ(run.code, expectedCode) << run.err;
        return readJson(m_folder.write("info.json", run.out), "answer");
    }

    static const Json& at(const Json& json, std::string_view key) {
        static const Json kNone;
        const Json* value = json.find(key);
        EXPECT_NE(value, nullptr) << key;
        return value ? *value : kNone;
    }

    // Ids in force of one kind, with blanks between them.
    std::string inForce(const std::string& kind, const std::vector<std::string>& dates) {
        std::vector<std::string> args = {kSample};
        args.insert(args.end(), dates.begin(), dates.end());
        const Json answer = info(args);
        std::string ids;
        for (const Json& record : at(at(at(answer, "situation"), "in_force"), kind).items)
            ids += (ids.empty() ? "" : " ") + at(record, "id").text;
        return ids;
    }

    ScratchFolder m_folder;
};

TEST_F(InfoTest, JsonHasTheDocumentedKeysInOrder) {
    const std::string points = m_folder.write("points.geojson", R"({"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"name":"Kayes","n":1,"on":"2025-01-02"},
         "geometry":{"type":"Point","coordinates":[-11.4,14.4]}},
        {"type":"Feature","properties":{"name":null,"n":2,"on":"2025-03-04"},"geometry":null}]})");
    const Json json = info({points});
    ASSERT_EQ(at(json, "layers").items.size(), 1u);
    const Json& layer = at(json, "layers").items[0];
    std::string keys;
    for (const auto& [key, value] : layer.members)
        keys += key + " ";
    EXPECT_EQ(keys, "name source source_layer format geometry features extent crs encoding fields time ");
    EXPECT_EQ(at(layer, "name").text, "points");
    EXPECT_EQ(at(layer, "source").text, points);
    EXPECT_EQ(at(layer, "geometry").text, "Point");
    EXPECT_EQ(at(layer, "features").number, 2) << "features without geometry count";
    ASSERT_EQ(at(layer, "extent").items.size(), 4u);
    EXPECT_EQ(at(layer, "extent").items[0].number, -11.4);
    std::string fields;
    for (const Json& field : at(layer, "fields").items)
        fields += at(field, "name").text + ":" + at(field, "type").text + " ";
    EXPECT_EQ(fields, "name:text n:integer on:date ");
    ASSERT_EQ(at(layer, "time").items.size(), 2u);
    EXPECT_EQ(at(layer, "time").items[0].text + " " + at(layer, "time").items[1].text, "2025-01-02 2025-03-04");
    EXPECT_EQ(at(json, "warnings").kind, Json::Kind::Array);
    EXPECT_EQ(json.find("situation"), nullptr) << "only where there are records";
}

TEST_F(InfoTest, LayersComeInTheOrderOfTheSources) {
    const std::string points = m_folder.write("points.csv", "name,lat,lon\na,12,-8\n");
    const std::string area =
        m_folder.write("area.geojson", R"({"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]})");
    const Json json = info({points, area});
    ASSERT_EQ(at(json, "layers").items.size(), 2u);
    EXPECT_EQ(at(at(json, "layers").items[0], "name").text, "points");
    EXPECT_EQ(at(at(json, "layers").items[1], "name").text, "area");
}

TEST_F(InfoTest, TextSaysTheSame) {
    const std::string points = m_folder.write("points.csv", "name,lat,lon\na,12,-8\nb,13,-7\n");
    const CliRun run = cli({"info", points});
    EXPECT_EQ(run.code, kComplete) << run.err;
    EXPECT_NE(run.out.find("  features  2\n"), std::string::npos) << run.out;
    EXPECT_NE(run.out.find("  extent    -8, 12, -7, 13 (west, south, east, north)\n"), std::string::npos) << run.out;
}

TEST_F(InfoTest, TheSampleOnTheDayOfItsMap) {
    const std::vector<std::string> day = {"--as-of", "2025-10-20"};
    EXPECT_EQ(inForce("control", day), "R016 C100");
    EXPECT_EQ(inForce("road_status", day), "R001 R008 R017 R018 R024 R025 R029");
    EXPECT_EQ(inForce("restriction", day), "R004 R005 R006 R007") << "Léré is not restricted yet";
    EXPECT_EQ(inForce("incident", day), "R019 R020 R021 R022 R023 R026 R027 R028 R030 R031");
    EXPECT_EQ(inForce("control", {}), "R016 C100") << "the recipe's own date";
}

TEST_F(InfoTest, TheSampleBeforeAndAfter) {
    EXPECT_EQ(inForce("restriction", {"--as-of", "2025-11-01"}), "R004 R005 R006 R007 R032") << "Léré again";
    EXPECT_EQ(inForce("measure", {"--as-of", "2025-11-01"}), "R033");
    const std::vector<std::string> january = {"--as-of", "2025-01-15"};
    EXPECT_EQ(inForce("restriction", january), "R002 R003 R004 R005") << "Léré and Boni";
    EXPECT_EQ(inForce("road_status", january), "R001 R008") << "Kayes is open";
    EXPECT_EQ(inForce("control", january), "C100");
    EXPECT_EQ(inForce("incident", january), "");
}

TEST_F(InfoTest, EndsAreExcludedAndDatesAreTheEndOfTheirDay) {
    EXPECT_EQ(inForce("restriction", {"--as-of", "2025-03-03"}), "R002 R003 R004 R005");
    EXPECT_EQ(inForce("restriction", {"--as-of", "2025-03-04"}), "R003 R004 R005");
    EXPECT_EQ(inForce("restriction", {"--as-of", "2025-03-03T23:59Z"}), "R002 R003 R004 R005");
    EXPECT_EQ(inForce("restriction", {"--as-of", "2025-03-03", "--timezone", "-03:00"}), "R003 R004 R005");
}

TEST_F(InfoTest, WhatWasNotKnownYetIsNotInForce) {
    const std::string known = inForce("incident", {"--as-of", "2025-10-20", "--known-by", "2025-09-10"});
    EXPECT_EQ(known.find("R022"), std::string::npos) << "the ambush of 14 September was reported later";
    EXPECT_EQ(inForce("restriction", {"--as-of", "2025-01-15", "--known-by", "2025-01-15"}).find("R002"),
              std::string::npos);
}

TEST_F(InfoTest, ARowLeftOutIsExitCode3AndStrictMakesIt1) {
    const std::string records = m_folder.write("records.csv", "id,kind,valid_from,lon,lat,grade\n"
                                                              "A,restriction,2025-01-01,-8,12.6,B2\n"
                                                              "B,restriction,2025-01-01,-8,12.6,Z9\n");
    const Json json = info({records}, kLeftOut);
    EXPECT_EQ(at(at(at(json, "situation"), "records"), "restriction").number, 1);
    ASSERT_EQ(at(json, "warnings").items.size(), 1u);
    EXPECT_NE(at(json, "warnings").items[0].text.find("line 3 (B)"), std::string::npos);
    const CliRun quiet = cli({"info", records, "--quiet"});
    EXPECT_EQ(quiet.code, kLeftOut);
    EXPECT_NE(quiet.err.find("line 3 (B)"), std::string::npos) << "what is left out is named even so";
    const CliRun strict = cli({"info", records, "--json", "--strict"});
    EXPECT_EQ(strict.code, kFailed);
    EXPECT_EQ(strict.out, "");
    EXPECT_NE(strict.err.find("cordon: Something would be left out"), std::string::npos);
}

// GDAL's own counts of a file, by layer in its order.
std::vector<long long> gdalCounts(const std::string& path) {
    GDALAllRegister();
    std::vector<long long> counts;
    const GDALDatasetUniquePtr dataset(GDALDataset::Open(path.c_str(), GDAL_OF_VECTOR));
    if (dataset)
        for (OGRLayer* layer : dataset->GetLayers())
            counts.push_back(layer->GetFeatureCount());
    return counts;
}

TEST_F(InfoTest, CountsEqualThoseOfGdal) {
    if (!fs::is_directory(kShared))
        GTEST_SKIP() << "the shared data are not here";
    int files = 0;
    for (const char* folder : {"mali", "sahel"})
        for (const auto& entry : fs::directory_iterator(kShared / folder)) {
            const std::string suffix = entry.path().extension().string();
            if (suffix != ".shp" && suffix != ".geojson" && suffix != ".csv" && suffix != ".gpkg")
                continue;
            ++files;
            SCOPED_TRACE(entry.path().filename().string());
            std::vector<long long> counts;
            const CliRun run = cli({"info", entry.path().string(), "--json"});
            EXPECT_TRUE(run.code == kComplete || run.code == kLeftOut) << run.err;
            const Json answer = readJson(m_folder.write("info.json", run.out), "answer");
            for (const Json& layer : at(answer, "layers").items)
                counts.push_back(std::llround(at(layer, "features").number));
            EXPECT_EQ(counts, gdalCounts(entry.path().string()));
        }
    EXPECT_GT(files, 20);
}

} // namespace
} // namespace cordon
