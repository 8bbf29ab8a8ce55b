// What can be refused before a file is touched: exit code 2 and one sentence.
#include "tests/cli/cli_run.h"
#include "tests/io/scratch_folder.h"

#include <gtest/gtest.h>

namespace cordon {
namespace {

TEST(Usage, HelpAndVersionGoToStandardOutput) {
    const CliRun help = cli({"--help"});
    EXPECT_EQ(help.code, kComplete);
    EXPECT_EQ(help.err, "");
    EXPECT_NE(help.out.find("render"), std::string::npos);
    EXPECT_NE(help.out.find("info"), std::string::npos);
    EXPECT_EQ(cli({"--version"}).out, "cordon " CORDON_VERSION "\n");
    for (const char* option :
         {"--extent",   "--center", "--scale",        "--crs",      "--size",          "--paper",     "--landscape",
          "--portrait", "--dpi",    "--sheet",        "--no-sheet", "--title",         "--as-of",     "--known-by",
          "--grade",    "--lang",   "--style",        "--layers",   "--incident-days", "--graticule", "--timezone",
          "--quiet",    "--strict", "--no-overwrite", "--json",     "Examples"})
        EXPECT_NE(cli({"render", "--help"}).out.find(option), std::string::npos) << option;
    EXPECT_NE(cli({"info", "--help"}).out.find("cordon info"), std::string::npos);
}

struct Case {
    std::vector<std::string> args;
    std::string sentence;
};

TEST(Usage, WhatIsWrongIsSaidInOneSentence) {
    const std::vector<Case> cases = {
        {{"--fast"}, "The following argument was not expected: --fast; see cordon --help."},
        {{"info"}, "SOURCE is required; see cordon info --help."},
        {{"network", "check", "a.gpkg"},
         "PROJECT: the project comes first: cordon network PROJECT check; see cordon network --help."},
        {{"info", "a.shp", "--colour"}, "The following argument was not expected: --colour; see cordon info --help."},
        {{"render", "a.shp", "-o"}, "--output: 1 required TEXT missing; see cordon render --help."},
        {{"render", "a.shp", "-o", "x.png", "--size", "0x0"},
         "--size '0x0' is not a size in pixels from 16x16 to 100000x100000; write it like 1920x1080."},
        {{"render", "a.shp", "-o", "x.png", "--size", "1920"},
         "--size '1920' is not a size in pixels from 16x16 to 100000x100000; write it like 1920x1080."},
        {{"render", "a.shp", "-o", "x.png", "--paper", "A9"},
         "--paper 'A9' is not a paper size; it is one of A4, A3, A2, A1, A0."},
        {{"render", "a.shp", "-o", "x.png", "--dpi", "1e9"},
         "--dpi '1e9' is not a number of dots per inch from 10 to 2400; write it like 150."},
        {{"render", "a.shp", "-o", "x.png", "--extent", "1,2,3"},
         "--extent '1,2,3' is not four numbers W,S,E,N in degrees; write it like -12.3,10.1,4.3,25.0."},
        {{"render", "a.shp", "-o", "x.png", "--extent", "-12,10,4,95"},
         "--extent '-12,10,4,95' leaves the globe; it is west,south,east,north in degrees, longitude -180 to 180 and "
         "latitude -90 to 90."},
        {{"render", "a.shp", "-o", "x.png", "--extent", "-12,25,4,10"},
         "--extent '-12,25,4,10' is empty; south must be below north and west differ from east."},
        {{"render", "a.shp", "-o", "x.png", "--extent", "nan,10,4,25"},
         "--extent 'nan,10,4,25' is not four numbers W,S,E,N in degrees; write it like -12.3,10.1,4.3,25.0."},
        {{"render", "a.shp", "-o", "x.png", "--center", "12.6,-98", "--scale", "1:1000"},
         "--center '12.6,-98' is not LON,LAT in degrees, longitude -180 to 180 first; write it like -8.0,12.65."},
        {{"render", "a.shp", "-o", "x.png", "--scale", "1:0"},
         "--scale '1:0' is not a scale; write it like 1:1000000."},
        {{"render", "a.shp", "-o", "x.png", "--as-of", "2025-13-01"},
         "--as-of: \"2025-13-01\" is not a date; write it as 2025-10-20 or 2025-10-20T14:00Z."},
        {{"info", "a.shp", "--as-of", "2025-10-20", "--timezone", "Bamako"},
         "--timezone 'Bamako' is not a time zone this computer knows; write it as +01:00, Africa/Bamako or UTC."},
        {{"render", "a.shp", "-o", "x.png", "--grade", "G7"},
         "--grade 'G7' is not an Admiralty grade; write it like B2, from A1 to F6."},
        {{"render", "a.shp", "-o", "x.png", "--lang", "de"},
         "--lang 'de' is not a language of the map; it is en or fr."},
        {{"render", "a.shp", "-o", "x.png", "--incident-days", "-1"},
         "--incident-days '-1' is not a whole number of days from 0 to 36500."},
        {{"render", "a.shp", "-o", "x.png", "--paper", "A4", "--size", "10x10"},
         "--size excludes --paper; see cordon render --help."},
        {{"render", "a.shp", "-o", "x.png", "--sheet", "--no-sheet"},
         "--sheet excludes --no-sheet; see cordon render --help."},
        {{"render", "a.shp", "-o", "x.png", "--center", "1,2"}, "--center requires --scale; see cordon render --help."},
    };
    for (const Case& c : cases) {
        const CliRun run = cli(c.args);
        EXPECT_EQ(run.code, kWrongUsage) << c.sentence;
        EXPECT_EQ(run.err, "cordon: " + c.sentence + "\n");
        EXPECT_EQ(run.out, "");
    }
}

TEST(Usage, ACommandThatIsNoneIsAnsweredWithThoseThereAre) {
    const CliRun none = cli({});
    EXPECT_EQ(none.code, kWrongUsage);
    EXPECT_TRUE(none.err.starts_with("cordon: A command is missing: say ")) << none.err;
    const CliRun unknown = cli({"draw"});
    EXPECT_EQ(unknown.code, kWrongUsage);
    EXPECT_TRUE(unknown.err.starts_with("cordon: 'draw' is not a command; the commands are render")) << unknown.err;
}

TEST(Usage, ARenderNeedsAnOutput) {
    const ScratchFolder folder;
    const std::string points = folder.write("p.csv", "name,lat,lon\na,12.6,-8\n");
    EXPECT_EQ(cli({"render", points}).err,
              "cordon: Nothing says where to write; add -o OUT, for example -o map.png.\n");
    const std::string recipe = folder.write("r.json", "{\"cordon_recipe\":1}");
    const CliRun run = cli({"render", recipe});
    EXPECT_EQ(run.code, kWrongUsage);
    EXPECT_EQ(run.err, "cordon: The recipe names no outputs; say where to write with -o OUT.\n");
}

} // namespace
} // namespace cordon
