// cordon access on the sample and on bad input.
#include "core/io/json.h"
#include "tests/cli/cli_run.h"
#include "tests/io/scratch_folder.h"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iterator>

namespace cordon {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class AccessCommandTest : public testing::Test {
protected:
    void SetUp() override {
        const CliRun made = cli({"new", m_project, "--sample", "--quiet"});
        ASSERT_EQ(made.code, kComplete) << made.err;
    }
    CliRun access(std::vector<std::string> args) {
        args.insert(args.begin(), {"access", m_project});
        return cli(args);
    }
    ScratchFolder m_folder;
    const std::string m_project = m_folder.path("mali.gpkg");
};

TEST_F(AccessCommandTest, TheSampleBeforeAndDuringTheBlockade) {
    const CliRun before = access({"--from", "Bamako", "--as-of", "2025-08-01"});
    EXPECT_THAT(before.out, AllOf(Not(HasSubstr("Kolokani, 48774")), HasSubstr("Gossi, ? people"))) << before.err;
    const CliRun during = access({"--from", "Bamako", "--as-of", "2025-10-20"});
    EXPECT_THAT(during.out, AllOf(HasSubstr("Kolokani, 48774 people; normally 115 km"), HasSubstr("separated by R024"),
                                  HasSubstr("Kayes: 736 km, 15.3 h; normally 614 km, 10.2 h"), HasSubstr("1. R024"),
                                  Not(HasSubstr("INTERNAL"))))
        << during.err;
    const CliRun convoy = access({"--from", "bamako", "--as-of", "2025-10-20", "--class", "convoy"});
    EXPECT_THAT(convoy.out, AllOf(Not(HasSubstr("Kolokani, 48774 people; normally")), HasSubstr("Nioro du Sahel, ?")));
}

TEST_F(AccessCommandTest, WhatIfsCorridorsAndSeries) {
    const CliRun open = access({"--from", "Bamako", "--as-of", "2025-10-20", "--open", "R024", "--open", "100"});
    EXPECT_THAT(open.out, Not(HasSubstr("Kolokani, 48774 people; normally"))) << open.err;
    const CliRun blocked = access({"--from", "Bamako", "--as-of", "2025-08-01", "--block", "127:0.7-0.8"});
    EXPECT_THAT(blocked.out, HasSubstr("Kolokani: 658 km, 12.1 h; normally 115 km, 1.9 h")) << blocked.err;
    const CliRun series =
        access({"--from", "Bamako", "--corridor", "Kayes:Bamako", "--series", "2025-08-30", "2025-10-20"});
    EXPECT_THAT(series.out, AllOf(HasSubstr("2025-09-13: "), HasSubstr("newly cut off: "), HasSubstr("begun: R024"),
                                  HasSubstr("Kayes – Bamako: restricted")))
        << series.err;
}

TEST_F(AccessCommandTest, JsonCsvAndMap) {
    const std::string csv = m_folder.path("places.csv"), map = m_folder.path("map.png");
    const CliRun run = access({"--from", "Bamako", "--as-of", "2025-10-20", "--json", "--csv", csv, "-o", map, "--dpi",
                               "60", "--what-would-hurt"});
    const Json answer = readJson(m_folder.write("answer.json", run.out), "answer");
    for (const char* key : {"as_of", "class", "from", "summary", "regions", "places", "blockages", "together",
                            "corridors", "series", "network", "internal_critical_roads", "warnings"}) {
        EXPECT_NE(answer.find(key), nullptr) << key;
    }
    EXPECT_THAT(run.out, HasSubstr("INTERNAL, not for publication"));
    std::ifstream in(csv);
    std::string header;
    std::getline(in, header);
    EXPECT_THAT(header, HasSubstr("name,lon,lat,country,region,population,reach,km,hours"));
    EXPECT_GT(std::filesystem::file_size(map), 10000U);
}

// In every output: text, JSON, CSV, and the words on a map.
TEST_F(AccessCommandTest, WhatWouldHurtMostIsToldOnlyWhenAskedForByName) {
    const std::string csv = m_folder.path("places.csv"), map = m_folder.path("map.svg");
    const auto all = [&](bool isAsked) {
        std::string text;
        for (const bool json : {false, true}) {
            std::vector<std::string> args{"--from", "Bamako", "--as-of", "2025-10-20", "--csv", csv, "-o", map};
            if (json)
                args.push_back("--json");
            if (isAsked)
                args.push_back("--what-would-hurt");
            const CliRun run = access(args);
            text += run.out + run.err;
            for (const std::string& file : {csv, map}) {
                std::ifstream in(file, std::ios::binary);
                text.append(std::istreambuf_iterator<char>(in), {});
            }
        }
        return text;
    };
    EXPECT_THAT(all(false),
                AllOf(Not(HasSubstr("INTERNAL")), Not(HasSubstr("critical")), Not(HasSubstr("whose loss"))));
    EXPECT_THAT(all(true), AllOf(HasSubstr("INTERNAL, not for publication"), HasSubstr("internal_critical_roads"),
                                 HasSubstr("Open roads whose loss would cut off most")));
}

TEST_F(AccessCommandTest, SavedCorridorsAreAskedForByThemselves) {
    EXPECT_THAT(access({"--from", "Bamako", "--as-of", "2025-10-20"}).out,
                HasSubstr("Dakar (Kidira) (Kidira – Bamako): restricted; normally 712 km, 11.9 h; today 833 km"));
    const auto corridor = [&](std::vector<std::string> args) {
        args.insert(args.begin(), {"corridor", m_project});
        return cli(args);
    };
    EXPECT_EQ(corridor({"add", "Kayes", "Bamako", "--name", "West"}).code, kComplete);
    EXPECT_THAT(corridor({"add", "Kayes", "Sikasso", "--name", "West"}).err, HasSubstr("There is a corridor 'West'"));
    EXPECT_THAT(corridor({"add", "Kaies", "Bamako"}).err, HasSubstr("did you mean Kayes"));
    EXPECT_THAT(access({"--from", "Bamako", "--as-of", "2025-10-20"}).out,
                HasSubstr("West (Kayes – Bamako): restricted"));
    EXPECT_THAT(access({"--from", "Bamako", "--corridor", "Kita:Bamako"}).out,
                AllOf(HasSubstr("  Kita – Bamako: "), Not(HasSubstr("West"))));
    EXPECT_EQ(corridor({"remove", "West"}).code, kComplete);
    EXPECT_THAT(corridor({"remove", "West"}).err, HasSubstr("There is no corridor 'West'"));
    EXPECT_THAT(corridor({"list"}).out, AllOf(HasSubstr("Dakar (Kidira): Kidira – Bamako\n"), Not(HasSubstr("West"))));
}

TEST_F(AccessCommandTest, LooseEndsAreJoinedAndTakenBack) {
    const std::string roads = m_folder.write("roads.geojson", R"({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"road_id": "long", "name": "Long road"},
         "geometry": {"type": "LineString", "coordinates": [[0, 10], [1, 10]]}},
        {"type": "Feature", "properties": {"road_id": "short", "name": "Short road"},
         "geometry": {"type": "LineString", "coordinates": [[0.5, 10.001], [0.5, 10.5]]}}]})");
    const std::string towns = m_folder.write("towns.csv", "name,lon,lat,population\nA,0,10,5\nB,0.5,10.5,7\n");
    const std::string project = m_folder.path("small.gpkg");
    ASSERT_EQ(cli({"new", project, roads, towns, "--quiet"}).code, kComplete);
    const auto ask = [&] { return cli({"access", project, "--from", "A"}).out; };
    EXPECT_THAT(cli({"network", project, "check"}).out,
                AllOf(HasSubstr("1. Short road ends 111 m from Long road at 0.5000,10.0010"), HasSubstr("1 islands")));
    EXPECT_THAT(ask(), HasSubstr("on roads that do not connect in the data, 7 people in 1 place;"));
    EXPECT_EQ(cli({"network", project, "join"}).code, kWrongUsage);
    EXPECT_THAT(cli({"network", project, "join", "2"}).err, HasSubstr("There is no loose end 2"));
    EXPECT_THAT(cli({"network", project, "join", "--within", "50"}).err, HasSubstr("No loose end is as near"));
    EXPECT_THAT(cli({"network", project, "join", "1"}).out,
                AllOf(HasSubstr("1 accepted by hand"), HasSubstr("0 islands")));
    EXPECT_THAT(ask(), HasSubstr("Reached: 12 people in 2 places"));
    EXPECT_THAT(cli({"network", project, "unjoin", "1"}).out, HasSubstr("1 islands"));
    EXPECT_THAT(ask(), HasSubstr("Reached: 5 people in 1 place"));
}

TEST_F(AccessCommandTest, NoSpreadsheetRunsANameInTheTable) {
    const std::string roads =
        m_folder.write("roads.csv", "road_id,WKT\n@R,\"LINESTRING(0 10,0.1 10)\"\nR2,\"LINESTRING(0.1 10,0.5 10)\"\n");
    const std::string towns = m_folder.write("towns.csv", "name,lon,lat,population\n=A1,0,10,5\n+B,0.5,10,7\n");
    const std::string project = m_folder.path("small.gpkg"), csv = m_folder.path("places.csv");
    ASSERT_EQ(cli({"new", project, roads, towns, "--quiet"}).code, kComplete);
    const CliRun run = cli({"access", project, "--from", "=A1", "--block", "R2", "--csv", csv});
    EXPECT_EQ(run.code, kComplete) << run.err;
    std::ifstream in(csv);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    EXPECT_THAT(text, AllOf(HasSubstr("\n'=A1,"), HasSubstr("\n'+B,")));
}

TEST_F(AccessCommandTest, BadInputIsASentence) {
    EXPECT_THAT(access({"--from", "Bamakko"}).err, HasSubstr("did you mean Bamako"));
    EXPECT_THAT(access({"--from", "-25,10"}).err, HasSubstr("km from the nearest road"));
    EXPECT_EQ(access({}).code, kWrongUsage);
    EXPECT_THAT(access({"--from", "Bamako", "--from", "Kayes", "--as-of", "2025-10-20"}).out,
                HasSubstr("from Bamako, Kayes at 2025-10-20"));
    const CliRun policy = access({"--from", "Bamako", "--policy", "blocked=fast"});
    EXPECT_EQ(policy.code, kWrongUsage);
    EXPECT_THAT(policy.err, HasSubstr("--policy 'blocked=fast'"));
    EXPECT_THAT(access({"--from", "Bamako", "--block", "nowhere"}).err, HasSubstr("there is no such road"));
    EXPECT_THAT(access({"--from", "Bamako", "--budget", "soon"}).err, HasSubstr("write it like 12h"));
    const std::string points = m_folder.write("towns.csv", "name,lon,lat\nA,1,2\n");
    EXPECT_THAT(cli({"access", points, "--from", "1,2"}).err, HasSubstr("no layer of roads"));
}

// Roads and towns as people send them; each is answered or refused in a sentence.
class OddNetworkTest : public testing::Test {
protected:
    using Line = std::vector<std::pair<double, double>>;
    std::string roads(const std::vector<std::pair<std::string, Line>>& lines) {
        std::string features;
        for (const auto& [properties, line] : lines) {
            std::string points;
            for (const auto& [x, y] : line)
                points += (points.empty() ? "[" : ",[") + std::to_string(x) + "," + std::to_string(y) + "]";
            features += (features.empty() ? "" : ",") + std::string("{\"type\":\"Feature\",\"properties\":{") +
                        properties + "},\"geometry\":{\"type\":\"LineString\",\"coordinates\":[" + points + "]}}";
        }
        return m_folder.write("roads.geojson", "{\"type\":\"FeatureCollection\",\"features\":[" + features + "]}");
    }
    CliRun ask(const std::string& roadFile, std::vector<std::string> more = {}) {
        std::vector<std::string> args{"access", roadFile, m_towns, "--from", "A"};
        args.insert(args.end(), more.begin(), more.end());
        return cli(args);
    }
    ScratchFolder m_folder;
    const std::string m_towns =
        m_folder.write("towns.csv", "name,lon,lat,population\nA,0,10,5\nB,0.2,10,many\nC,0.4,10,1 200\n");
};

TEST_F(OddNetworkTest, OneRoad) {
    const CliRun run = ask(roads({{R"("road_id":"1")", {{0, 10}, {1, 10}}}}));
    EXPECT_THAT(run.out, HasSubstr("Reached: 1205 people in 3 places, 1 of them of unknown population"));
    EXPECT_THAT(run.err, HasSubstr("The population of 1 place of towns is no number and counts as not known."));
}

TEST_F(OddNetworkTest, MetresWithoutAReferenceSystemAreRefused) {
    EXPECT_THAT(ask(roads({{R"("road_id":"1")", {{500000, 1100000}, {520000, 1100000}}}})).err,
                HasSubstr("are not degrees"));
    const std::string table =
        m_folder.write("roads.csv", "road_id,WKT\n1,\"LINESTRING(500000 1100000,520000 1100000)\"\n");
    EXPECT_THAT(ask(table).err, HasSubstr("the file does not say in which reference system"));
}

TEST_F(OddNetworkTest, HalfOfTheLinesDoubled) {
    std::vector<std::pair<std::string, Line>> lines;
    for (int i = 0; i < 40; ++i)
        for (const char* name : {"", "copy"})
            lines.push_back({"\"road_id\":\"" + std::string(name) + std::to_string(i) + "\"",
                             {{0.01 * i, 10}, {0.01 * (i + 1), 10}}});
    const std::string file = roads(lines);
    EXPECT_THAT(ask(file).out, AllOf(HasSubstr("Reached: 1205 people"), HasSubstr("40 lying on another")));
    EXPECT_THAT(ask(file, {"--block", "25"}).out, HasSubstr("Cut off: 1200 people in 1 place")); // its copy, too
}

TEST_F(OddNetworkTest, ALineThatCrossesItself) {
    const std::string file =
        roads({{R"("road_id":"1")", {{0, 10}, {0.3, 10}, {0.3, 10.1}, {0.2, 10.1}, {0.2, 9.9}, {0.4, 10}}}});
    EXPECT_THAT(ask(file).out, HasSubstr("Reached: 1205 people in 3 places"));
    // The loop is not needed: from the crossing at B straight on.
    EXPECT_THAT(ask(file, {"--block", "1:0.4-0.5"}).out, HasSubstr("Reached: 1205 people in 3 places"));
}

TEST_F(OddNetworkTest, SpeedsBelowNought) {
    const CliRun run = ask(roads({{R"("road_id":"1","speed_kmh":-30)", {{0, 10}, {1, 10}}}}));
    EXPECT_THAT(run.err, HasSubstr("have a speed that is none"));
    EXPECT_THAT(run.out, HasSubstr("Reached: 1205 people"));
}

TEST_F(OddNetworkTest, AllRoadsBlocked) {
    const CliRun run = ask(roads({{R"("road_id":"1")", {{0, 10}, {1, 10}}}}), {"--block", "1"});
    EXPECT_THAT(run.out, AllOf(HasSubstr("Cut off: 1200 people in 2 places"), HasSubstr("Reached: 5 people in 1 place"),
                               HasSubstr("separated by road 1 (closed by the question)")));
}

TEST_F(OddNetworkTest, FarFromAnyRoad) {
    const std::string file = roads({{R"("road_id":"1")", {{0, 10}, {1, 10}}}});
    const CliRun run = cli({"access", file, m_towns, "--from", "3.75,10"});
    EXPECT_THAT(run.err, HasSubstr("it is 302 km from the nearest road"));
}

} // namespace
} // namespace cordon
