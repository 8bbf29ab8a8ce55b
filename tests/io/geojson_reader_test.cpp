#include "scratch_folder.h"
#include "table_text.h"

#include "core/io/json_scanner.h"

#include <gtest/gtest.h>
#include <random>

namespace cordon {
namespace {

std::string collection(const std::string& features) {
    return R"({"type":"FeatureCollection","features":[)" + features + "]}";
}

std::string feature(const std::string& properties,
                    const std::string& geometry = R"({"type":"Point","coordinates":[1,2]})") {
    return R"({"type":"Feature","properties":)" + properties + R"(,"geometry":)" + geometry + "}";
}

std::string read(const std::string& json) {
    const ScratchFolder folder;
    return readAsText(folder.write("a.geojson", json));
}

TEST(GeoJsonReader, ReadsEveryKindOfGeometry) {
    EXPECT_EQ(
        read(collection(
            feature("{}", R"({"type":"MultiPoint","coordinates":[[1,2],[3,4,5]]})") + "," +
            feature("{}", R"({"type":"MultiLineString","coordinates":[[[1,2],[3,4]],[[5,6],[7,8]]]})") + "," +
            feature("{}", R"({"coordinates":[[[0,0],[9,0],[9,9],[0,0]],[[1,1],[2,1],[2,2],[1,1]]],"type":"Polygon"})") +
            "," + feature("{}", R"({"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},
                                               {"type":"LineString","coordinates":[[3,4],[5,6]]}]})") +
            "," + feature("{}", "null") + "," + feature("{}", R"({"type":"Polygon","coordinates":[]})"))),
        "Geometry\n"
        "P(1 2, 3 4 z5)\n"
        "L(1 2, 3 4) L(5 6, 7 8)\n"
        "O(0 0, 9 0, 9 9, 0 0) I(1 1, 2 1, 2 2, 1 1)\n"
        "P(1 2) L(3 4, 5 6)\n"
        "-\n"
        "-\n");
}

TEST(GeoJsonReader, FindsTypesOverAllFeatures) {
    EXPECT_EQ(
        read(collection(
            feature(R"({"i":1,"r":1,"t":1,"b":true,"d":"2025-10-20","dt":"2025-10-20T14:00:00+01:00","n":null})") +
            "," +
            feature(R"({"i":-2,"r":2.5,"t":"x","b":false,"d":"2025-01-15","dt":"2025-10-21","late":7,"n":null})") +
            "," + feature(R"({"o":{"a":[1, 2]},"i":null})"))),
        "Point i:I r:R t:T b:B d:D dt:d n:T late:I o:T\n"
        "P(1 2) | 1 | 1 | 1 | true | 2025-10-20 | 2025-10-20T14:00:00+01:00 | ~ | ~ | ~\n"
        "P(1 2) | -2 | 2.5 | x | false | 2025-01-15 | 2025-10-21T00:00:00 | ~ | 7 | ~\n"
        "P(1 2) | ~ | ~ | ~ | ~ | ~ | ~ | ~ | ~ | {\"a\":[1, 2]}\n");
}

TEST(GeoJsonReader, KeepsIdsAndResolvesEscapes) {
    EXPECT_EQ(read(R"({"type":"Feature","id":"a7","properties":{"n\u00e9":"S\u00e9gou\n\"\ud83d\ude9c\""},)"
                   R"("geometry":{"type":"Point","coordinates":[1,2]}})"),
              "Point id:T né:T\nP(1 2) | a7 | Ségou\n\"🚜\"\n");
}

TEST(GeoJsonReader, ReadsSequencesAndBareGeometries) {
    EXPECT_EQ(read(feature(R"({"a":1})") + "\n" + feature(R"({"a":2})") + "\n"), "Point a:I\nP(1 2) | 1\nP(1 2) | 2\n");
    EXPECT_EQ(read("\x1E" + feature(R"({"a":1})") + "\n\x1E" + feature(R"({"a":2})")),
              "Point a:I\nP(1 2) | 1\nP(1 2) | 2\n");
    EXPECT_EQ(read("\xEF\xBB\xBF{\"type\":\"LineString\",\"coordinates\":[[1,2],[3,4]]}"), "LineString\nL(1 2, 3 4)\n");
}

TEST(GeoJsonReader, ObeysTheOldCrsMember) {
    const ScratchFolder folder;
    const std::string path =
        folder.write("a.json", R"({"type":"FeatureCollection","crs":{"type":"name","properties":{"name":)"
                               R"("urn:ogc:def:crs:EPSG::3857"}},"features":[)" +
                                   feature("{}", R"({"type":"Point","coordinates":[111319.490793,0]})") + "]}");
    const auto table = readVector(path).tables[0];
    EXPECT_EQ(table->source.crs, "EPSG:3857");
    EXPECT_NEAR(table->geometry.coordinates[0].lonDegrees, 1, 1e-9);
}

TEST(GeoJsonReader, KeepsTheFeatureOfABrokenGeometry) {
    const ScratchFolder folder;
    const ImportResult result = readVector(folder.write(
        "a.json", collection(feature(R"({"a":1})", R"({"type":"Polygon","coordinates":[[[0,0],["x",1]]]})") + "," +
                             feature(R"({"a":2})") + ",null," +
                             feature(R"({"a":3})", R"({"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1]]]})"))));
    EXPECT_EQ(tableText(*result.tables[0]), "Geometry a:I\n- | 1\nP(1 2) | 2\nO(0 0, 1 0, 1 1, 0 0) | 3\n");
    EXPECT_EQ(warningText(result, folder.path("")),
              "! a.json: 1 entry in the list of features left out, being no feature.\n"
              "! a.json: the geometry of 1 feature is not valid GeoJSON and was left out: feature 1.\n"
              "  a.json: 1 ring of polygons not closed; closed them.\n");
}

TEST(GeoJsonReader, SaysWhereJsonIsBroken) {
    const ScratchFolder folder;
    const std::string whole = collection(feature(R"({"a":1})") + ",\n" + feature(R"({"a":2})"));
    EXPECT_EQ(
        refusal(folder.write("cut.geojson", whole.substr(0, whole.size() - 30))),
        "Cannot read cut.geojson: its JSON is broken at line 2, character 60: it ends in the middle; ask for a whole "
        "copy or repair the file.");
    EXPECT_EQ(
        refusal(folder.write("comma.geojson", "{\"type\":\"Point\"\n \"coordinates\":[1,2]}")),
        "Cannot read comma.geojson: its JSON is broken at line 2, character 2: ',' or '}' expected; ask for a whole "
        "copy or repair the file.");
    EXPECT_EQ(refusal(folder.write("other.json", R"({"a":1})")),
              "Cannot read other.json: it is JSON, but not GeoJSON; give a GeoJSON file of features.");
    EXPECT_EQ(refusal(folder.write("empty.geojson", "")),
              "Cannot read empty.geojson: the file is empty; ask for a whole copy.");
    for (std::size_t size = 1; size < whole.size(); ++size) // never a crash, never a wrong table
        EXPECT_NE(refusal(folder.write("part.geojson", whole.substr(0, size))), "") << size;
}

TEST(GeoJsonReader, LeavesOutWhatIsNotOnEarth) {
    const ScratchFolder folder;
    const ImportResult result = readVector(
        folder.write("a.json", collection(feature(R"({"a":1})") + "," + feature(R"({"a":2})") + "," +
                                          feature(R"({"a":3})", R"({"type":"Point","coordinates":[1,95]})") + "," +
                                          feature(R"({"a":4})", R"({"type":"Point","coordinates":[NaN,NaN]})"))));
    EXPECT_EQ(tableText(*result.tables[0]), "Point a:I\nP(1 2) | 1\nP(1 2) | 2\n- | 4\n");
    EXPECT_EQ(
        warningText(result, folder.path("")),
        "! a.json: 1 feature with coordinates that are not numbers (NaN) kept without a place: feature 4.\n"
        "! a.json: 1 feature left out, because latitude must be within 90 and longitude within 360 degrees (found 1, "
        "95): feature 3.\n");
}

TEST(GeoJsonReader, ReadsWindowsTextWithAWarning) {
    const ScratchFolder folder;
    const ImportResult result = readVector(folder.write("a.json", collection(feature("{\"n\":\"S\xE9gou\"}"))));
    EXPECT_EQ(tableText(*result.tables[0]), "Point n:T\nP(1 2) | Ségou\n");
    EXPECT_NE(warningText(result).find("read as cp1252"), std::string::npos);
}

TEST(GeoJsonReader, KeepsMemoryInBounds) {
    const ScratchFolder folder;
    std::string features;
    for (int i = 0; i < 3000; ++i)
        features += (i ? "," : "") + feature("{\"p" + std::to_string(i) + "\":1}");
    const ImportResult result = readVector(folder.write("a.json", collection(features)));
    EXPECT_EQ(result.tables[0]->columns.size(), 2000u);
    EXPECT_EQ(warningText(result, folder.path("")),
              "! a.json: the features have more than 2,000 different properties; further ones were left out.\n");
}

TEST(GeoJsonReader, KeepsCoordinatesBeyondTheAntimeridian) {
    EXPECT_EQ(read(feature("{}", R"({"type":"LineString","coordinates":[[179,0],[181,1],[-179,2]]})")),
              "LineString\nL(179 0, 181 1, -179 2)\n");
}

TEST(JsonScanner, ReadsNumbersToTheLastBit) {
    std::mt19937_64 random(7);
    for (int i = 0; i < 200'000; ++i) {
        std::string text = std::to_string(static_cast<std::int64_t>(random() % 400) - 200) + ".";
        for (std::uint64_t digits = 1 + random() % 19; digits > 0; --digits)
            text += static_cast<char>('0' + random() % 10);
        if (random() % 8 == 0)
            text += "e" + std::to_string(static_cast<int>(random() % 40) - 20);
        const double expected = std::strtod(text.c_str(), nullptr);
        const std::size_t size = text.size();
        text += "," + std::string(64, '\0');
        double value = 0;
        const char* const end = scanDouble(text.data(), value);
        ASSERT_EQ(end, text.data() + size) << text;
        ASSERT_EQ(value, expected) << text;
    }
}

// Six megabytes of features that share little. Baited, each holds what looks like the begin of another: the second
// reader begins inside it, and must not be believed.
std::string largeCollection(bool isBaited, const std::string& last) {
    std::string text = R"({"type":"FeatureCollection","features":[)";
    for (int i = 0; text.size() < (6 << 20); ++i) {
        const std::string n = std::to_string(i);
        text += R"({"type":"Feature","properties":{"n":)" + (i % 1000 == 999 ? "\"n" + n + "\"" : n);
        if (i % 3 == 0)
            text += R"(,"day":"2025-10-20")";
        if (i > 20000)
            text += R"(,"late":)" + std::string(i % 2 ? "0.5" : "null");
        if (isBaited)
            text += R"(,"bait":["{\"type\":\"Feature\",",{"type":"Feature","x":{}}])";
        text += R"(},"geometry":)";
        text += i % 5 == 0 ? "null" : R"({"type":"Point","coordinates":[)" + std::to_string(i % 180) + R"(,12.5,3]})";
        text += "},\n";
    }
    return text + last + "]}";
}

TEST(GeoJsonReader, TwoThreadsReadWhatOneDoes) {
    const ScratchFolder folder;
    const auto read = [](const std::string& path, int threads) {
        ReadOptions options;
        options.threads = threads;
        const ImportResult result = readVector(path, options);
        return tableText(*result.tables.at(0)) + warningText(result);
    };
    const std::string last = R"({"type":"Feature","properties":null,"geometry":null})";
    for (const bool isBaited : {false, true}) {
        const std::string path = folder.write("large.geojson", largeCollection(isBaited, last));
        EXPECT_TRUE(read(path, 2) == read(path, 1)) << isBaited;
    }
}

TEST(GeoJsonReader, TwoThreadsFailWhereOneDoes) {
    const ScratchFolder folder;
    const std::string path =
        folder.write("broken.geojson", largeCollection(false, R"({"type":"Feature","properties":{"n":}})"));
    ReadOptions one, two;
    one.threads = 1;
    two.threads = 2;
    EXPECT_NE(refusal(path, one), "");
    EXPECT_EQ(refusal(path, two), refusal(path, one));
}

} // namespace
} // namespace cordon
