// Inputs and outputs that cannot be: one sentence, the right exit code, no file left behind.
#include "tests/cli/cli_run.h"
#include "tests/io/scratch_folder.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <unistd.h>

namespace cordon {
namespace {
namespace fs = std::filesystem;

const std::string kPoint = R"({"type":"Feature","properties":{"name":"a"},
    "geometry":{"type":"Point","coordinates":[-8,12.6]}})";

std::string collection(const std::string& features) {
    return R"({"type":"FeatureCollection","features":[)" + features + "]}";
}

class FailureTest : public testing::Test {
protected:
    void SetUp() override {
        m_good = m_folder.write("good.geojson", collection(kPoint));
        m_filesBefore = m_folder.fileCount();
    }

    // Renders `args`, which must fail with `code`; returns the sentence without "cordon: ".
    std::string refused(std::vector<std::string> args, int code = kFailed) {
        const std::size_t before = m_folder.fileCount();
        args.insert(args.begin(), "render");
        if (std::find(args.begin(), args.end(), "-o") == args.end()) {
            args.emplace_back("-o");
            args.push_back(m_folder.path("out.png"));
        }
        const CliRun run = cli(args);
        EXPECT_EQ(run.code, code) << run.err;
        EXPECT_EQ(run.out, "");
        EXPECT_TRUE(run.err.starts_with("cordon: ") && run.err.ends_with("\n")) << run.err;
        EXPECT_EQ(std::count(run.err.begin(), run.err.end(), '\n'), 1) << run.err;
        EXPECT_TRUE(run.err.ends_with(".\n") || run.err.ends_with("?\n")) << run.err;
        EXPECT_EQ(m_folder.fileCount(), before) << "a file was left behind";
        return run.err.size() > 9 ? run.err.substr(8, run.err.size() - 9) : run.err;
    }
    std::string refusedFile(const std::string& name, const std::string& bytes) {
        const std::string path = m_folder.write(name, bytes);
        const std::string sentence = refused({path});
        EXPECT_NE(sentence.find(name), std::string::npos) << "names the file: " << sentence;
        return sentence;
    }

    ScratchFolder m_folder;
    std::string m_good;
    std::size_t m_filesBefore = 0;
};

TEST_F(FailureTest, MissingFile) {
    EXPECT_NE(refused({m_folder.path("none.shp")}).find("none.shp"), std::string::npos);
    refused({m_good, m_folder.path("none.shp")});
}

TEST_F(FailureTest, FolderWithoutMaps) {
    fs::create_directory(m_folder.path("empty"));
    refused({m_folder.path("empty")});
}

TEST_F(FailureTest, EmptyFiles) {
    for (const char* name : {"e.shp", "e.geojson", "e.csv", "e.gpx", "e.kml", "e.gpkg", "e.json", "e.zip"})
        refusedFile(name, "");
}

TEST_F(FailureTest, GeoJsonCutInTheMiddle) {
    const std::string whole = collection(kPoint + "," + kPoint + "," + kPoint);
    refusedFile("cut.geojson", whole.substr(0, whole.size() / 2));
}

TEST_F(FailureTest, LatitudeBeyondThePole) {
    refusedFile("lat95.geojson", collection(R"({"type":"Feature","properties":{},
        "geometry":{"type":"Point","coordinates":[-8,95]}})"));
}

TEST_F(FailureTest, CoordinatesThatAreNoNumbers) {
    refusedFile("nan.geojson", collection(R"({"type":"Feature","properties":{},
        "geometry":{"type":"Point","coordinates":[NaN,NaN]}})"));
}

TEST_F(FailureTest, ShapefileThatClaimsTenGigabytes) {
    // Header of 100 bytes: code 9994, length in 16-bit words, version 1000, type 5 (polygon); then one record that
    // claims 4 GB.
    std::string shp(108, '\0');
    shp[2] = '\x27';
    shp[3] = '\x0A';
    for (int i = 24; i < 28; ++i)
        shp[static_cast<std::size_t>(i)] = i == 24 ? '\x7F' : '\xFF';
    shp[28] = '\xE8';
    shp[29] = '\x03';
    shp[32] = 5;
    shp[103] = 1;
    shp[104] = '\x7F';
    refusedFile("huge.shp", shp);
}

TEST_F(FailureTest, WhatIsNoMapAtAll) {
    refusedFile("notes.txt", "just some words\n");
    refusedFile("table.csv", "name,value\na,1\n");
    refusedFile("bytes.shp", std::string("\x7F"
                                         "ELF\x02\x01\x01 not a shapefile"));
    const std::string recipe = m_folder.write("r.json", R"({"cordon_recipe":1,"layers":[{"source":"none.shp"}]})");
    EXPECT_NE(refused({recipe}).find("none.shp"), std::string::npos);
}

TEST_F(FailureTest, UnknownCrs) {
    EXPECT_NE(refused({m_good, "--crs", "EPSG:999999"}).find("EPSG:999999"), std::string::npos);
    EXPECT_NE(refused({m_good, "--crs", "+proj=nonsense"}).find("nonsense"), std::string::npos);
}

TEST_F(FailureTest, OutputsThatCannotBeWritten) {
    const std::string to = m_folder.path("");
    EXPECT_NE(refused({m_good, "-o", to + "none/out.png"}).find("none/out.png"), std::string::npos);
    EXPECT_NE(refused({m_good, "-o", to + "out.bmp"}).find("out.bmp"), std::string::npos);
    EXPECT_NE(refused({m_good, "-o", to + "out"}).find("suffix"), std::string::npos);
    fs::create_directory(m_folder.path("folder.png"));
    refused({m_good, "-o", m_folder.path("folder.png")});
    refused({m_good, "-o", "/proc/out.png"});
    refused({m_good, "-o", "/dev/null/out.png"});
}

TEST_F(FailureTest, NoOverwriteKeepsTheOldFile) {
    const std::string old = m_folder.write("old.png", "old");
    refused({m_good, "-o", old, "--no-overwrite"});
    EXPECT_EQ(fs::file_size(old), 3u);
}

TEST_F(FailureTest, AFailureKeepsTheOldFile) {
    const std::string old = m_folder.write("out.png", "old");
    refused({m_folder.path("none.shp")});
    EXPECT_EQ(fs::file_size(old), 3u);
}

TEST_F(FailureTest, ImpossiblePages) {
    refused({m_good, "--paper", "A9"}, kWrongUsage);
    refused({m_good, "--size", "0x100"}, kWrongUsage);
    refused({m_good, "--size", "-5x100"}, kWrongUsage);
    refused({m_good, "--size", "99999x99999"});
    refused({m_good, "--paper", "A0", "--dpi", "2400"});
}

TEST_F(FailureTest, NothingToDraw) {
    EXPECT_NE(refused({m_folder.write("none.geojson", collection(""))}).find("nothing to draw"), std::string::npos);
}

TEST_F(FailureTest, NamesThatAreNotThere) {
    EXPECT_EQ(refused({m_good, "--layers", "roads"}), "--layers: there is no layer 'roads'; the layers are good.");
    EXPECT_EQ(refused({m_good, "--style", "roads=" + m_folder.path("none.json")}),
              "--style: there is no layer 'roads'; the layers are good.");
    refused({m_good, "--style", m_folder.path("none.json")});
    EXPECT_NE(refused({m_good, "--style", m_folder.write("s.json", "{\"rulez\":[]}")}).find("did you mean 'rules'"),
              std::string::npos);
}

TEST_F(FailureTest, StrictWritesNothingWhenSomethingIsLeftOut) {
    const std::string records = m_folder.write("r.csv", "id,kind,valid_from,lon,lat\n"
                                                        "A,restriction,2025-01-01,-8,12.6\n"
                                                        "B,restriction,2025-01-01,-8,95\n");
    const CliRun run = cli({"render", records, "-o", m_folder.path("out.png"), "--strict"});
    EXPECT_EQ(run.code, kFailed);
    EXPECT_NE(run.err.find("line 3 (B)"), std::string::npos);
    EXPECT_FALSE(fs::exists(m_folder.path("out.png")));
    EXPECT_EQ(cli({"render", records, "-o", m_folder.path("out.png"), "--as-of", "2025-06-01"}).code, kLeftOut);
    EXPECT_TRUE(fs::exists(m_folder.path("out.png")));
}

} // namespace
} // namespace cordon
