// cordon access on the sample and on bad input.
#include "core/io/json.h"
#include "tests/cli/cli_run.h"
#include "tests/io/scratch_folder.h"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

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

} // namespace
} // namespace cordon
