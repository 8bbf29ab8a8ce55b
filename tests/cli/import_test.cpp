// cordon import, on the shared files of the field and on files made by hand.
#include "core/io/delimited_text.h"
#include "core/io/json.h"
#include "core/io/project_file.h"
#include "core/io/read_job.h"
#include "core/io/vector_reader.h"
#include "test_folders.h"
#include "tests/cli/cli_run.h"
#include "tests/io/scratch_folder.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <set>

namespace cordon {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

namespace fs = std::filesystem;

std::string shared(const std::string& file) {
    const fs::path path = fs::path(CORDON_TEST_SOURCE) / "../shared/data" / file;
    return fs::exists(path) ? path.string() : std::string();
}

class ImportTest : public testing::Test {
protected:
    void SetUp() override {
        ::setenv("XDG_CONFIG_HOME", m_folder.path("config").c_str(), 1);
        ASSERT_EQ(cli({"new", m_project, "--quiet"}).code, kComplete);
    }
    CliRun import(std::vector<std::string> args) {
        args.insert(args.begin(), {"import", m_project});
        return cli(args);
    }
    std::shared_ptr<const Project> project() {
        Warnings ignored;
        return loadProject(m_project, ignored);
    }
    static std::shared_ptr<const Layer> onlyTableLayer(const std::string& path) {
        Warnings ignored;
        std::shared_ptr<const Layer> found;
        const auto project = loadProject(path, ignored);
        for (const auto& layer : project->layers)
            if (layer->table)
                found = layer;
        return found;
    }
    std::shared_ptr<const FeatureTable> onlyTable() { return onlyTableLayer(m_project)->table; }
    ScratchFolder m_folder;
    const std::string m_project = m_folder.path("p.gpkg");
    const std::string m_statuses = m_folder.write("etat.csv", "Etat;Latitude;Longitude;Date;Remarque\n"
                                                              "coupée;12,65;-8,0;20/10/2025;arbre\n"
                                                              "ouverte;12,7;-8,1;21/10/2025;\n"
                                                              "peut-être;12,8;-8,2;22/10/2025;\n");
    const std::vector<std::string> m_meaning = {"--as",      "status",           "--columns", "Etat=status",
                                                "--columns", "Remarque=note",    "--value",   "Etat:coupée=blocked",
                                                "--value",   "Etat:ouverte=open"};
};

TEST_F(ImportTest, SaysThatAProjectIsMadeFirst) {
    const std::string none = m_folder.path("none.gpkg");
    const CliRun run = cli({"import", none, m_statuses});
    EXPECT_EQ(run.code, kFailed);
    EXPECT_THAT(run.err, AllOf(HasSubstr("'" + none + "' is not there"), HasSubstr("make a new project first")));
    EXPECT_FALSE(fs::exists(none));
}

TEST_F(ImportTest, RecordsThroughAMappingThatIsRemembered) {
    std::vector<std::string> args = m_meaning;
    args.insert(args.begin(), m_statuses);
    const CliRun first = import(args);
    EXPECT_EQ(first.code, kLeftOut) << first.err;
    EXPECT_THAT(first.out, AllOf(HasSubstr("2 rows taken"), HasSubstr("1 left out"), HasSubstr("'peut-être'")));
    ASSERT_EQ(project()->situation->roadStatuses.size(), 2U);
    EXPECT_EQ(project()->situation->roadStatuses[0].status, RoadStatusKind::Blocked);
    EXPECT_EQ(project()->situation->roadStatuses[0].head.note, "arbre");
    const CliRun again = import({m_statuses});
    EXPECT_THAT(again.out, HasSubstr("0 rows taken, 2 rows already in the project"));
    EXPECT_THAT(again.err, HasSubstr("as files of its shape were before"));
    ProjectFile file = ProjectFile::open(m_project);
    EXPECT_EQ(file.history(10).size(), 1U) << "nothing was written again";
    EXPECT_EQ(file.undoName(), "Import etat.csv");
}

TEST_F(ImportTest, MappingFilesGoOutAndIn) {
    const std::string mapping = m_folder.path("mapping.json"), report = m_folder.path("report.json");
    std::vector<std::string> args = m_meaning;
    args.insert(args.begin(), {m_statuses, "--dry-run", "--save-mapping", mapping});
    EXPECT_EQ(import(args).code, kLeftOut);
    EXPECT_TRUE(project()->situation->isEmpty()) << "a dry run";
    const CliRun run = import({m_statuses, "--mapping", mapping, "--report", report, "--json"});
    EXPECT_EQ(run.code, kLeftOut) << run.err;
    const Json answer = readJson(report, "report");
    EXPECT_EQ(answer.find("taken")->number, 2);
    EXPECT_EQ(answer.find("left_out")->number, 1);
    EXPECT_EQ(parseJson(run.out, "The answer ").find("taken")->number, 2);
    EXPECT_EQ(project()->situation->roadStatuses.size(), 2U);
}

TEST_F(ImportTest, StrictTakesAllOrNothing) {
    std::vector<std::string> args = m_meaning;
    args.insert(args.begin(), {m_statuses, "--strict"});
    EXPECT_EQ(import(args).code, kFailed);
    EXPECT_TRUE(project()->situation->isEmpty());
}

TEST_F(ImportTest, WrongWordsAreWrongUsage) {
    for (const std::vector<std::string>& args : {std::vector<std::string>{"--as", "pionts"},
                                                 {"--fix", "everything"},
                                                 {"--dates", "first"},
                                                 {"--columns", "Etat=colour"},
                                                 {"--columns", "Etat"},
                                                 {"--timezone", "Africa/Nowhere"}}) {
        std::vector<std::string> all = args;
        all.insert(all.begin(), m_statuses);
        EXPECT_EQ(import(all).code, kWrongUsage) << args[0] << ' ' << args[1];
    }
}

TEST_F(ImportTest, AFileThatCannotBeReadLeavesTheOthers) {
    const CliRun run = import({m_folder.path("none.csv"), m_statuses});
    EXPECT_EQ(run.code, kLeftOut);
    EXPECT_THAT(run.err, HasSubstr("none.csv"));
    EXPECT_FALSE(project()->situation->roadStatuses.empty());
    EXPECT_EQ(import({m_folder.path("none.csv")}).code, kFailed);
}

TEST_F(ImportTest, TimesAreInTheZoneThatIsSaid) {
    const std::string file = m_folder.write("t.csv", "name,lat,lon,time\nA,12.65,-8.0,2025-07-20 10:30\n");
    ASSERT_EQ(import({file, "--timezone", "Europe/Paris"}).code, kComplete);
    const auto table = onlyTable();
    ASSERT_NE(table, nullptr);
    ASSERT_NE(table->findColumn("time"), nullptr);
    EXPECT_EQ(table->valueAsText(*table->findColumn("time"), 0), "2025-07-20T08:30:00Z");
}

struct FieldFile {
    const char* file;
    const char* as;
    std::size_t taken, features;
    const char* firstTime; // of the column time; "" = there is none
};

class ImportFieldFile : public ImportTest, public testing::WithParamInterface<FieldFile> {};

TEST_P(ImportFieldFile, WithoutAnyOption) {
    const FieldFile& expected = GetParam();
    const std::string path = shared(expected.file);
    if (path.empty())
        GTEST_SKIP() << expected.file << " is missing";
    const CliRun run = import({path, "--json"});
    // UCDP gives a best estimate of the dead below the lowest in 20 of its rows.
    ASSERT_EQ(run.code, std::string(expected.as) == "incidents" ? kLeftOut : kComplete) << run.err << run.out;
    const Json answer = parseJson(run.out, "The answer ");
    EXPECT_EQ(answer.find("taken")->number, static_cast<double>(expected.taken));
    EXPECT_EQ(answer.find("imports")->items.at(0).find("as")->text, expected.as);
    if (std::string(expected.as) == "incidents") {
        EXPECT_EQ(project()->situation->incidents.size(), expected.features);
        EXPECT_EQ(formatIso(project()->situation->incidents[0].head.valid.begin), expected.firstTime);
    } else {
        const auto table = onlyTable();
        ASSERT_NE(table, nullptr);
        EXPECT_EQ(table->featureCount, expected.features);
        const Column* time = table->findColumn("time");
        EXPECT_EQ(time ? table->valueAsText(*time, 0) : "", expected.firstTime);
    }
    const CliRun again = import({path, "--json"});
    EXPECT_EQ(parseJson(again.out, "The answer ").find("taken")->number, 0);
    EXPECT_EQ(ProjectFile::open(m_project).history(10).size(), 1U) << "the same file again";
}

INSTANTIATE_TEST_SUITE_P(
    Shared, ImportFieldFile,
    testing::Values(FieldFile{"field/gps_traces_poland.csv", "tracks", 30000, 31, ""},
                    FieldFile{"field/odk_export_points.csv", "points", 5, 5, "2021-09-25T15:23:20.840Z"},
                    FieldFile{"large/gps_traces_poland.gpx", "tracks", 31, 31, ""},
                    FieldFile{"mali/mali_places_osm.csv", "points", 12866, 12866, ""},
                    FieldFile{"mali/mali_settlements_ocha.csv", "points", 18769, 18769, "2015-02-02"},
                    FieldFile{"mali/mali_towns_geonames.csv", "points", 62, 62, ""},
                    FieldFile{"sahel/car_incidents_ucdp.csv", "incidents", 1828, 1828, "2009-02-20T00:00:00Z"},
                    FieldFile{"sahel/sahel_towns_geonames.csv", "points", 866, 866, ""}),
    [](const auto& file) {
        std::string name = fs::path(file.param.file).filename().string();
        std::replace_if(
            name.begin(), name.end(), [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); }, '_');
        return name;
    });

TEST_F(ImportTest, ReportsOfMaliLandOnTheRoadsTheyName) {
    const std::string reports = shared("mali-2025/reports.csv"), roads = shared("mali/mali_main_roads.geojson");
    if (reports.empty() || roads.empty())
        GTEST_SKIP() << "the shared data are missing";
    ASSERT_EQ(cli({"new", m_project, roads, "--quiet"}).code, kComplete);
    const CliRun run = import({reports,
                               "--mapping",
                               "none",
                               "--as",
                               "status",
                               "--set",
                               "status=blocked",
                               "--columns",
                               "id=id",
                               "--columns",
                               "date_from=time",
                               "--columns",
                               "date_to=attribute",
                               "--columns",
                               "lon=longitude",
                               "--columns",
                               "lat=latitude",
                               "--columns",
                               "place=place",
                               "--columns",
                               "kind=attribute",
                               "--columns",
                               "routes=attribute",
                               "--columns",
                               "status=attribute",
                               "--columns",
                               "cause=attribute",
                               "--columns",
                               "location_precision=location_precision",
                               "--snap-roads",
                               "25000",
                               "--json"});
    ASSERT_EQ(run.code, kComplete) << run.err;
    const Json answer = parseJson(run.out, "The answer ");
    const Json& report = answer.find("imports")->items.at(0);
    EXPECT_EQ(answer.find("taken")->number, 36);
    EXPECT_EQ(report.find("snapped")->items.size() + report.find("ambiguous")->items.size() +
                  report.find("not_snapped")->items.size(),
              36U)
        << "each on a road, or listed";
    EXPECT_GE(report.find("snapped")->items.size(), 10U);
    std::map<std::string, std::string> routes;
    const auto table = readVector(reports).tables.at(0);
    for (std::uint32_t row = 0; row < table->featureCount; ++row)
        routes[table->valueAsText(*table->findColumn("id"), row)] =
            ";" + table->valueAsText(*table->findColumn("routes"), row) + ";";
    const auto now = project();
    for (const RoadStatus& status : now->situation->roadStatuses)
        for (const RoadReference& road : status.roads) {
            EXPECT_TRUE(routes[status.head.id] == ";;" ||
                        routes[status.head.id].find(";" + road.roadId + ";") != std::string::npos)
                << status.head.id << " is on " << road.roadId << " and not on " << routes[status.head.id];
        }
}

// "column=value" of each row, in small letters what the columns are called.
std::vector<std::set<std::string>> rowsOf(const std::string& csv) {
    Warnings ignored;
    const std::vector<TextRow> rows = parseDelimitedText(readTextFile(csv, ignored));
    std::vector<std::set<std::string>> cells(rows.size() - 1);
    for (std::size_t row = 1; row < rows.size(); ++row)
        for (std::size_t c = 0; c < rows[row].cells.size(); ++c)
            if (!rows[row].cells[c].empty())
                cells[row - 1].insert(lowerCased(rows[0].cells[c]) + "=" + rows[row].cells[c]);
    return cells;
}

TEST_F(ImportTest, WhatIsExportedComesBack) {
    const std::map<std::string, std::string> sources = {
        {"posts", "name,note,count,lat,lon,time\n\"=A1\",'été,3,12.5,-8.1,2025-10-20T14:00:00Z\n"
                  "B,-,,12.6,-8.2,2025-10-21T08:30:00Z\n"},
        {"roads", "WKT,name,highway\n\"LINESTRING (-8 12, -7.5 12.5)\",RN1,primary\n"
                  "\"LINESTRING (-7 12, -7.5 12.5)\",RN6,trunk\n"},
        {"patrols", "WKT,name,points,team\n\"LINESTRING (-8 12, -7.5 12.5)\",North,2,a\n"
                    "\"LINESTRING (-7 12, -7.5 12.5)\",South,2,b\n"},
        {"areas", "WKT,name,iso_3166_2\n\"POLYGON ((-8 12, -7 12, -7 13, -8 12))\",Kayes,ML-1\n"
                  "\"POLYGON ((-6 12, -5 12, -5 13, -6 12))\",Mopti,ML-5\n"}};
    for (const auto& [name, text] : sources) {
        const std::string first = m_folder.path(name + ".gpkg"), before = m_folder.path("before.csv");
        ASSERT_EQ(cli({"new", first, "--quiet"}).code, kComplete);
        const CliRun in = cli({"import", first, m_folder.write(name + ".csv", text)});
        ASSERT_EQ(in.code, kComplete) << in.err;
        ASSERT_EQ(cli({"export", first, "--layer", name, "-o", before}).code, kComplete);
        for (const char* suffix : {"geojson", "geojsonl", "csv", "gpx", "kml", "kmz", "shp", "gpkg", "fgb"}) {
            if (name == "areas" && suffix == std::string("gpx"))
                continue;
            const std::string file = m_folder.path("out_" + name + "." + suffix), second = file + ".project.gpkg";
            ASSERT_NE(cli({"export", first, "--layer", name, "-o", file}).code, kFailed) << file;
            ASSERT_EQ(cli({"new", second, "--quiet"}).code, kComplete);
            const CliRun again = cli({"import", second, file, "--mapping", "none"});
            EXPECT_EQ(again.code, kComplete) << file << again.err << again.out;
            const std::string after = m_folder.path("after.csv");
            ASSERT_NE(cli({"export", second, "--layer", onlyTableLayer(second)->name, "-o", after}).code, kFailed);
            const auto rows = rowsOf(after); // the formats add columns, and FlatGeobuf orders rows anew
            EXPECT_EQ(rows.size(), 2U) << file;
            for (const auto& row : rowsOf(before))
                EXPECT_TRUE(std::ranges::any_of(rows, [&](const auto& r) { return std::ranges::includes(r, row); }))
                    << file << ": " << testing::PrintToString(rows) << " without " << testing::PrintToString(row);
        }
    }
}

} // namespace
} // namespace cordon
