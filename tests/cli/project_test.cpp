// Projects from the command line: new, report, changes, check, render, info.
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

class ProjectTest : public testing::Test {
protected:
    void SetUp() override {
        const CliRun made = cli({"new", m_project, "--sample", "--quiet"});
        ASSERT_EQ(made.code, kComplete) << made.err;
    }
    CliRun report(std::vector<std::string> args) {
        args.insert(args.begin(), {"report", m_project});
        return cli(args);
    }
    std::string bytesOf(const std::string& file) {
        std::ifstream in(file, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    ScratchFolder m_folder;
    const std::string m_project = m_folder.path("mali.gpkg");
};

TEST_F(ProjectTest, ChangesOfTheSample) {
    const CliRun run = cli({"changes", m_project, "--between", "2025-09-01", "2025-11-15"});
    ASSERT_EQ(run.code, kComplete) << run.err;
    EXPECT_THAT(run.out,
                AllOf(HasSubstr("Roads newly blocked"), HasSubstr("Kayes – Sandaré, "), HasSubstr("Sandaré – Nioro, "),
                      HasSubstr("Bougouni – Kolondiéba – Kadiana, "), HasSubstr("Town newly under restriction: Léré")));
}

TEST_F(ProjectTest, ChangesAsJsonNameKilometresAndSources) {
    const CliRun run = cli({"changes", m_project, "--between", "2025-09-01", "2025-11-15", "--json"});
    ASSERT_EQ(run.code, kComplete) << run.err;
    const Json answer = readJson(m_folder.write("changes.json", run.out), "answer");
    ASSERT_NE(answer.find("roads"), nullptr);
    EXPECT_THAT(run.out, AllOf(HasSubstr("\"change\": \"newly_blocked\""), HasSubstr("\"km\": "),
                               HasSubstr("BBC Monitoring / BBC Afrique")));
}

TEST_F(ProjectTest, WhatWasLearntLaterIsNotKnownBefore) {
    const auto ambushes = [&](const char* knownBy) {
        return report({"list", "--as-of", "2025-09-14", "--known-by", knownBy, "--kind", "incident"}).out;
    };
    EXPECT_THAT(ambushes("2025-09-10"), Not(HasSubstr("R022")));
    EXPECT_THAT(ambushes("2025-10-22"), HasSubstr("R022"));
}

TEST_F(ProjectTest, ContradictingReportsAreOnTheWorkList) {
    const CliRun added =
        report({"add", "--kind", "road_status", "--status", "open", "--roads", "88", "--valid-from", "2025-10-10",
                "--place", "Kayes", "--grade", "C2", "--source", "Driver", "--id", "X1"});
    ASSERT_EQ(added.code, kComplete) << added.err;
    EXPECT_THAT(cli({"check", m_project, "--as-of", "2025-10-20"}).out,
                AllOf(HasSubstr("contested_road"), HasSubstr("X1"), HasSubstr("R017")));
    EXPECT_THAT(cli({"check", m_project, "--as-of", "2025-10-20", "--grade", "B2"}).out,
                Not(HasSubstr("contested_road")));
    ASSERT_EQ(report({"withdraw", "X1"}).code, kComplete);
    EXPECT_THAT(cli({"check", m_project, "--as-of", "2025-10-20"}).out, Not(HasSubstr("contested_road")));
    EXPECT_THAT(report({"history", "X1"}).out, HasSubstr("open: Kayes"));
}

TEST_F(ProjectTest, AnOldCheckpointIsUnknown) {
    ASSERT_EQ(report({"add", "--kind", "road_status", "--status", "blocked", "--cause", "checkpoint_unofficial",
                      "--roads", "140", "--valid-from", "2025-09-10", "--place", "Sénou", "--grade", "B2", "--source",
                      "Driver", "--id", "X2"})
                  .code,
              kComplete);
    EXPECT_THAT(cli({"check", m_project, "--as-of", "2025-10-20"}).out,
                HasSubstr("unknown (last known blocked, 40 days ago)"));
}

TEST_F(ProjectTest, CorrectionKeepsTheOldVersion) {
    ASSERT_EQ(report({"correct", "R017", "--status", "restricted"}).code, kComplete);
    EXPECT_THAT(report({"list", "--as-of", "2025-10-20", "--text", "R017"}).out, HasSubstr("restricted"));
    EXPECT_THAT(report({"history", "R017"}).out, AllOf(HasSubstr("blocked"), HasSubstr("restricted")));
}

TEST_F(ProjectTest, SameClocksGiveTheSamePictureAfterLaterEdits) {
    const auto picture = [&](const std::string& name) {
        const std::string file = m_folder.path(name);
        const CliRun run = cli({"render", m_project, "--as-of", "2025-10-20", "--known-by", "2025-11-20", "--size",
                                "640x480", "-o", file, "--quiet"});
        EXPECT_EQ(run.code, kComplete) << run.err;
        return bytesOf(file);
    };
    const std::string before = picture("before.png");
    ASSERT_FALSE(before.empty());
    ASSERT_EQ(report({"withdraw", "R018"}).code, kComplete);
    ASSERT_EQ(report({"correct", "R017", "--status", "open"}).code, kComplete);
    EXPECT_EQ(picture("after.png"), before);
}

TEST_F(ProjectTest, RecordsComeBackFromTheirFile) {
    const CliRun added = report({"add", "--kind", "incident", "--incident-type", "looting", "--valid-from",
                                 "2025-10-01", "--lon", "-8", "--lat", "12.6", "--note", "=HYPERLINK(\"x\")"});
    ASSERT_EQ(added.code, kComplete) << added.err;
    for (const char* name : {"records.csv", "records.geojson"}) {
        const std::string file = m_folder.path(name);
        ASSERT_EQ(report({"list", "-o", file, "--quiet"}).code, kComplete);
        const bool isMarked = bytesOf(file).find("\"'=HYPERLINK(") != std::string::npos;
        EXPECT_EQ(isMarked, file.ends_with(".csv")) << "so that no spreadsheet runs it";
        const std::string copy = m_folder.path(std::string(name) + ".gpkg");
        ASSERT_EQ(cli({"new", copy, file, "--quiet"}).code, kComplete);
        const auto list = [](const std::string& project) {
            return cli({"report", project, "list", "--json", "--as-of", "2025-10-20", "--withdrawn"}).out;
        };
        EXPECT_EQ(list(copy), list(m_project)) << name;
    }
}

TEST_F(ProjectTest, ChangeMapIsDrawn) {
    const std::string file = m_folder.path("changes.png");
    const CliRun run =
        cli({"changes", m_project, "--between", "2025-09-01", "2025-11-15", "--size", "400x300", "-o", file});
    EXPECT_EQ(run.code, kComplete) << run.err;
    EXPECT_EQ(bytesOf(file).substr(1, 3), "PNG");
}

TEST_F(ProjectTest, ProjectThatWasWorkedInIsNotReplacedByAccident) {
    EXPECT_EQ(cli({"new", m_project, "--sample", "-q"}).code, kComplete); // nothing was done in it
    ASSERT_EQ(report({"withdraw", "R017"}).code, kComplete);
    const std::string before = bytesOf(m_project);
    const CliRun run = cli({"new", m_project, "--sample"});
    EXPECT_EQ(run.code, kFailed);
    EXPECT_THAT(run.err, HasSubstr("has been worked in"));
    EXPECT_EQ(bytesOf(m_project), before);
    EXPECT_EQ(cli({"new", m_project, "--sample", "-q", "--overwrite"}).code, kComplete);
    const std::string notes = m_folder.write("notes.txt", "to buy: fuel");
    EXPECT_EQ(cli({"new", notes, "--sample"}).code, kFailed);
    EXPECT_EQ(bytesOf(notes), "to buy: fuel");
}

TEST_F(ProjectTest, RecordsWithoutIdsAreOthersInEveryFile) {
    const std::string header = "kind,valid_from,place,lat,lon\n";
    const std::string first = m_folder.write("a.csv", header + "incident,2025-10-01,Kita,13,-9.5\n");
    const std::string second = m_folder.write("b.csv", header + "incident,2025-10-02,Kita,13,-9.5\n");
    EXPECT_EQ(report({"add", "--from", first}).code, kComplete);
    EXPECT_EQ(report({"add", "--from", second}).code, kComplete);
    EXPECT_THAT(report({"add", "--from", first}).err, HasSubstr("is taken")); // the same report once more
}

TEST_F(ProjectTest, HistorySaysWhatChanged) {
    ASSERT_EQ(report({"correct", "R017", "--status", "open", "--note", "Seen open"}).code, kComplete);
    const std::string history = report({"history", "R017"}).out;
    EXPECT_THAT(history, HasSubstr("\n    status: blocked -> open\n"));
    EXPECT_THAT(history, HasSubstr(" -> Seen open\n"));
}

TEST_F(ProjectTest, RoadsThatAreInNoLayerAreWarnedOf) {
    const CliRun run = report({"add", "--kind", "road_status", "--status", "blocked", "--roads", "99999",
                               "--valid-from", "2025-10-01", "--source", "Radio"});
    EXPECT_EQ(run.code, kComplete);
    EXPECT_THAT(run.err, AllOf(HasSubstr("warning"), HasSubstr("99999")));
}

TEST_F(ProjectTest, InfoTellsAProjectFromAPlainFile) {
    EXPECT_THAT(cli({"info", m_project}).out,
                AllOf(HasSubstr("Project\n"), HasSubstr("no change since it was made"), HasSubstr("2025-10-20")));
    ASSERT_EQ(report({"withdraw", "R017"}).code, kComplete);
    EXPECT_THAT(cli({"info", m_project, "--json"}).out, HasSubstr("\"last_change\": \"Withdraw report R017\""));
}

TEST_F(ProjectTest, WhatCannotBeDoneIsOneSentence) {
    const auto refused = [&](std::vector<std::string> args, int code, const char* part) {
        const CliRun run = cli(args);
        EXPECT_EQ(run.code, code) << run.err;
        EXPECT_THAT(run.err, HasSubstr(part));
        EXPECT_EQ(std::count(run.err.begin(), run.err.end(), '\n'), 1) << run.err;
    };
    refused({"report", m_project, "withdraw", "R999"}, kFailed, "R999");
    refused({"report", m_project, "correct", "R017"}, kWrongUsage, "correct");
    refused({"report", m_project, "add", "--status", "open"}, kWrongUsage, "--kind");
    refused({"report", m_project, "add", "--kind", "road_status", "--status", "closed", "--roads", "88", "--valid-from",
             "2025-10-10"},
            kFailed, "closed");
    refused({"report", m_folder.path("none.gpkg"), "list"}, kFailed, "none.gpkg");
    refused({"changes", m_project, "--between", "2025-11-15", "2025-09-01"}, kWrongUsage, "earlier");
    refused({"changes", m_project, "--between", "2025-09-01", "2025-11-15", "--known-by", "2025-11-01", "2025-09-01"},
            kWrongUsage, "earlier");
    refused({"report", m_project, "confirm", "R017", "--at", "2999-01-01"}, kWrongUsage, "still to come");
    refused({"report", m_project, "list", "-o", m_folder.path("x.pdf")}, kWrongUsage, ".csv or .geojson");
    refused({"new", m_project, "--sample", "--no-overwrite"}, kFailed, "mali.gpkg");
}

} // namespace
} // namespace cordon
