// The program itself, without a display, a home or any other setting.
#include "test_folders.h"
#include "tests/io/scratch_folder.h"

#include <array>
#include <cstdio>
#include <gtest/gtest.h>
#include <iterator>
#include <sys/wait.h>

namespace cordon {
namespace {
namespace fs = std::filesystem;

const std::string kProgram = CORDON_TEST_BUILD "/cordon";

class ProgramTest : public testing::Test {
protected:
    struct Result {
        int code = -1;
        std::string out, err;
    };

    // `arguments` as in a shell; `input` goes to standard input.
    Result run(const std::string& arguments, const std::string& input = "") {
        const std::string in = m_folder.write("in", input);
        const std::string out = m_folder.path("out"), err = m_folder.path("err");
        std::string keep = "PATH=/usr/bin:/bin ";
        for (const char* name : {"ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS", "TMPDIR"})
            if (const char* value = std::getenv(name))
                keep += std::string(name) + "='" + value + "' ";
        const std::string command = "cd '" + m_folder.path("") + "' && env -i " + keep + kProgram + " " + arguments +
                                    " < " + in + " > " + out + " 2> " + err;
        const int status = std::system(command.c_str());
        return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read(out), read(err)};
    }
    static std::string read(const std::string& path) {
        std::ifstream in(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    }

    ScratchFolder m_folder;
};

TEST_F(ProgramTest, WorksWithoutADisplayOrAHome) {
    m_folder.write("points.csv", "name,lat,lon\nKayes,14.4,-11.4\nGao,16.3,0\n");
    const Result result = run("render points.csv -o map.png --size 320x240");
    EXPECT_EQ(result.code, 0);
    EXPECT_EQ(result.err, "");
    EXPECT_EQ(result.out, "") << "results only with --json";
    EXPECT_TRUE(read(m_folder.path("map.png")).starts_with("\x89PNG"));
}

TEST_F(ProgramTest, ReadsStandardInput) {
    const std::string csv = "name,lat,lon\nKayes,14.4,-11.4\nGao,16.3,0\n";
    const std::string geojson = R"({"type":"Point","coordinates":[-8,12.6]})";
    const std::string gpx =
        R"(<?xml version="1.0"?><gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1">
        <wpt lat="12.6" lon="-8"><name>Bamako</name></wpt></gpx>)";
    EXPECT_NE(run("info -", csv).out.find("features  2"), std::string::npos);
    EXPECT_NE(run("info -", geojson).out.find("features  1"), std::string::npos);
    EXPECT_NE(run("info -", gpx).out.find("features  1"), std::string::npos);
    const Result nothing = run("info -");
    EXPECT_EQ(nothing.code, 1);
    EXPECT_EQ(nothing.err, "cordon: Standard input is empty; pipe a file into it or name one instead of '-'.\n");
}

TEST_F(ProgramTest, ExitCodesReachTheShell) {
    m_folder.write("r.csv", "id,kind,valid_from,lon,lat\nA,restriction,2025-01-01,-8,12.6\nB,restriction,x,-8,12\n");
    EXPECT_EQ(run("--help").code, 0);
    EXPECT_EQ(run("info none.shp").code, 1);
    EXPECT_EQ(run("render").code, 2);
    EXPECT_EQ(run("info r.csv").code, 3);
    EXPECT_EQ(run("info r.csv --strict").code, 1);
}

TEST_F(ProgramTest, SaysSoWhenStandardOutputIsFull) {
    m_folder.write("points.csv", "name,lat,lon\nKayes,14.4,-11.4\n");
    if (!fs::exists("/dev/full"))
        GTEST_SKIP() << "no /dev/full";
    const int status =
        std::system((kProgram + " info " + m_folder.path("points.csv") + " > /dev/full 2> /dev/null").c_str());
    EXPECT_EQ(WEXITSTATUS(status), 1);
}

} // namespace
} // namespace cordon
