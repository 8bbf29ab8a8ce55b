// Tables made by hand become layers and records, and what is left or odd is told.
#include "core/import/import_batch.h"
#include "core/io/project_file.h"
#include "tests/io/scratch_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <sstream>

namespace cordon {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TimePoint at(const char* text) {
    return parseTime(text)->time;
}

// Cells parted by '|', rows by line ends; the first row names the columns.
SourceTable table(const std::string& text, const std::string& path = "/data/kobo.csv") {
    SourceTable result;
    result.name = "kobo";
    result.source.path = path;
    result.source.format = "CSV";
    std::istringstream lines(text);
    std::string line;
    std::uint32_t number = 0;
    while (std::getline(lines, line)) {
        std::vector<std::string> cells{""};
        for (const char c : line)
            if (c == '|')
                cells.emplace_back();
            else
                cells.back() += c;
        if (++number == 1) {
            result.columns = cells;
            result.cells.resize(cells.size());
            continue;
        }
        result.rowNumbers.push_back(number);
        for (std::size_t i = 0; i < cells.size(); ++i)
            result.cells[i].append(cells[i]);
    }
    return result;
}

ColumnUse use(const char* column, ColumnRole role, const char* field = "") {
    ColumnUse result;
    result.column = column;
    result.role = role;
    result.field = field;
    return result;
}
ColumnUse field(const char* column, const char* name) {
    return use(column, ColumnRole::Field, name);
}

ImportContext context() {
    ImportContext result;
    result.now = at("2025-11-01");
    return result;
}

std::vector<std::string> texts(const std::vector<RowNote>& notes) {
    std::vector<std::string> result;
    for (const RowNote& note : notes)
        result.push_back(std::to_string(note.row) + " " + note.column + " '" + note.value + "' " + note.reason);
    return result;
}
std::vector<std::string> texts(const std::vector<Suspicion>& suspicions) {
    std::vector<std::string> result;
    for (const Suspicion& suspicion : suspicions) {
        std::string text(toWord(suspicion.kind));
        for (const std::uint32_t row : suspicion.rows)
            text += " " + std::to_string(row);
        result.push_back(text + (suspicion.fix ? " -> " + std::string(toWord(*suspicion.fix)) : ""));
    }
    return result;
}

// A project about a box from 12 W to 4 W and from 10 N to 16 N.
Project maliProject() {
    auto regions = std::make_shared<FeatureTable>();
    regions->name = "regions";
    GeometryColumn& g = regions->geometry;
    g.coordinates = {{-12, 10}, {-4, 10}, {-4, 16}, {-12, 16}, {-12, 10}};
    g.partStart = {0, 5};
    g.partRole = {PartRole::OuterRing};
    g.featureStart = {0, 1};
    finishTable(*regions);
    return withLayer({}, makeLayer(regions, LayerRole::Region));
}

ImportPlan pointPlan() {
    ImportPlan plan;
    plan.columns = {use("name", ColumnRole::Attribute), use("lat", ColumnRole::Latitude),
                    use("lon", ColumnRole::Longitude), use("when", ColumnRole::Time), use("acc", ColumnRole::Accuracy)};
    return plan;
}

const char* const kPoints = "name|lat|lon|when|acc\n"
                            "A|12.65|-8.0|2025-10-20T10:00Z|5\n"
                            "B|-8.1|12.6|2025-10-20T11:00Z|5\n" // swapped
                            "C|12.7|8.2|2025-10-20T12:00Z|5\n"  // sign lost
                            "D|0|0|2025-10-20T13:00Z|5\n"       //
                            "E|48.8|2.3|2025-10-20T14:00Z|5\n"  // Paris
                            "F|12.8|-8.2|2025-10-20T15:00Z|450\n"
                            "G|95.2|-8.2|2025-10-20T16:00Z|5\n"
                            "H|||2025-10-20T17:00Z|5\n"
                            "I|12.9|-8.3|2026-10-20T18:00Z|5\n"
                            "J|douze|-8.3|2025-10-20T19:00Z|5\n"
                            "K|13|-8|gestern|5\n";

TEST(PrepareImport, PointsKeepTheirValuesAndTellWhatIsOdd) {
    const ImportBatch batch = prepareImport(table(kPoints), pointPlan(), maliProject(), context());
    ASSERT_EQ(batch.layers.size(), 1U);
    const FeatureTable& points = *batch.layers[0]->table;
    EXPECT_EQ(batch.layers[0]->role, LayerRole::Point);
    EXPECT_EQ(points.featureCount, 8U);
    std::vector<std::string> columns;
    for (const Column& column : points.columns)
        columns.push_back(column.name);
    EXPECT_THAT(columns, ElementsAre("name", "time", "accuracy"));
    EXPECT_EQ(points.valueAsText(points.columns[1], 0), "2025-10-20T10:00:00Z");
    EXPECT_EQ(points.geometry.coordinates[1], (LonLat{12.6, -8.1})) << "nothing is mended unasked";
    EXPECT_THAT(texts(batch.report.left), ElementsAre("8 lat '95.2' is not a latitude: it is above 90",
                                                      "9  '' says no place", "11 lat 'douze' is not a latitude"));
    EXPECT_THAT(texts(batch.report.suspicions),
                ElementsAre("in_future 10", "zero_island 5 -> leave_out_zero_island",
                            "swapped_lat_lon 3 -> swap_lat_lon", "sign_lost 4 -> negate_longitude",
                            "outside_area 6 -> leave_out_far", "inaccurate 7 -> leave_out_inaccurate",
                            "unknown_value 12"));
    EXPECT_EQ(batch.report.rows, 11U);
    EXPECT_EQ(batch.report.taken, 8U);
}

TEST(PrepareImport, FixesMendWhatTheyAreAskedFor) {
    ImportPlan plan = pointPlan();
    plan.fixes = {ImportFix::SwapLatLon, ImportFix::NegateLongitude, ImportFix::LeaveOutFarRows,
                  ImportFix::LeaveOutInaccurate, ImportFix::LeaveOutZeroIsland};
    const ImportBatch batch = prepareImport(table(kPoints), plan, maliProject(), context());
    ASSERT_EQ(batch.layers.size(), 1U);
    const auto& places = batch.layers[0]->table->geometry.coordinates;
    EXPECT_THAT(places, ElementsAre(LonLat{-8, 12.65}, LonLat{-8.1, 12.6}, LonLat{-8.2, 12.7}, LonLat{-8.3, 12.9},
                                    LonLat{-8, 13}));
    EXPECT_EQ(batch.report.taken, 5U);
    EXPECT_EQ(batch.report.left.size(), 6U);
    EXPECT_THAT(texts(batch.report.suspicions), ElementsAre("in_future 10", "unknown_value 12"));
}

TEST(PrepareImport, DatesThatCouldBeEitherAreAskedAbout) {
    ImportPlan plan = pointPlan();
    const auto import = [&](const char* first, const char* second) {
        return prepareImport(
            table("name|lat|lon|when|acc\nA|12|-8|" + std::string(first) + "|\nB|12|-7|" + second + "|\n"), plan,
            maliProject(), context());
    };
    const ImportBatch unclear = import("03/04/2025", "05/06/2025");
    EXPECT_THAT(texts(unclear.report.suspicions), ElementsAre("ambiguous_date 2 3"));
    EXPECT_EQ(unclear.report.suspicions[0].dayOrderChoice, DayOrder::MonthFirst);
    const auto firstDay = [](const ImportBatch& batch) {
        const FeatureTable& points = *batch.layers.at(0)->table;
        return points.valueAsText(*points.findColumn("time"), 0);
    };
    EXPECT_EQ(firstDay(unclear), "2025-04-03");
    const ImportBatch american = import("03/04/2025", "05/26/2025"); // the other row tells
    EXPECT_THAT(texts(american.report.suspicions), ElementsAre());
    EXPECT_EQ(firstDay(american), "2025-03-04");
    plan.dayOrder = DayOrder::MonthFirst;
    const ImportBatch chosen = import("03/04/2025", "05/06/2025");
    EXPECT_THAT(texts(chosen.report.suspicions), ElementsAre());
    EXPECT_EQ(firstDay(chosen), "2025-03-04");
}

TEST(PrepareImport, TimesWithoutAZoneAreInThatOfThePlan) {
    ImportPlan plan = pointPlan();
    const SourceTable source = table("name|lat|lon|when|acc\nA|12|-8|20/10/2025 10:30|\n");
    const ImportBatch unsaid = prepareImport(source, plan, maliProject(), context());
    EXPECT_THAT(texts(unsaid.report.suspicions), ElementsAre("no_time_zone 2"));
    plan.timezone = "Asia/Somewhere";
    ImportContext zones = context();
    zones.toUtc = [](const std::string& zone, TimePoint wall) {
        if (zone != "Asia/Somewhere")
            throw Error("no such zone");
        return wall - std::chrono::hours(5);
    };
    const ImportBatch said = prepareImport(source, plan, maliProject(), zones);
    EXPECT_THAT(texts(said.report.suspicions), ElementsAre());
    const FeatureTable& points = *said.layers.at(0)->table;
    EXPECT_EQ(points.valueAsText(*points.findColumn("time"), 0), "2025-10-20T05:30:00Z");
}

TEST(PrepareImport, TracksAreSplitWhereTheyFallSilentAndMeasured) {
    ImportPlan plan;
    plan.target = ImportTarget::Tracks;
    plan.columns = {use("id", ColumnRole::TrackId), use("lat", ColumnRole::Latitude), use("lon", ColumnRole::Longitude),
                    use("when", ColumnRole::Time)};
    const ImportBatch batch = prepareImport(table("id|lat|lon|when\n"
                                                  "7|12.01|-8|2025-10-20T10:06Z\n" // out of order
                                                  "7|12.00|-8|2025-10-20T10:00Z\n"
                                                  "7|12.01|-8|2025-10-20T10:16Z\n" // stood for 10 minutes
                                                  "7|12.02|-8|2025-10-20T12:00Z\n"
                                                  "7|12.03|-8|2025-10-20T12:06Z\n"
                                                  "8|13.00|-8|2025-10-20T12:06Z\n"),
                                            plan, maliProject(), context());
    ASSERT_EQ(batch.layers.size(), 2U);
    const FeatureTable& tracks = *batch.layers[0]->table;
    const auto row = [&](std::uint32_t feature) {
        std::string text;
        for (const Column& column : tracks.columns)
            text += (text.empty() ? "" : "|") + tracks.valueAsText(column, feature);
        return text;
    };
    ASSERT_EQ(tracks.featureCount, 2U);
    EXPECT_EQ(row(0), "7 (1)|2025-10-20T10:00:00Z|2025-10-20T10:16:00Z|3|1.106|16|11.1|11.1|1|10");
    EXPECT_EQ(row(1), "7 (2)|2025-10-20T12:00:00Z|2025-10-20T12:06:00Z|2|1.106|6|11.1|11.1|0|0");
    EXPECT_EQ(batch.layers[0]->role, LayerRole::Track);
    EXPECT_EQ(batch.layers[1]->table->featureCount, 1U) << "the stop";
    EXPECT_EQ(batch.report.taken, 5U);
    EXPECT_THAT(texts(batch.report.left), ElementsAre("7  '' is the only point of its track; a track needs two"));
}

ImportPlan statusPlan() {
    ImportPlan plan;
    plan.target = ImportTarget::RoadStatuses;
    plan.columns = {field("etat", "status"), use("lat", ColumnRole::Latitude), use("lon", ColumnRole::Longitude),
                    use("date", ColumnRole::Time), field("remarque", "note")};
    plan.columns[0].values = {{"bloqué", "blocked"}, {"ouvert", "open"}};
    plan.constants = {{"source", "Kobo"}, {"grade", "C3"}};
    return plan;
}

const char* const kStatuses = "etat|lat|lon|date|remarque\n"
                              "Bloqué|12.5|-8|20/10/2025|tree\n"
                              "ouvert|12.6|-8|21/10/2025|\n"
                              "blokced|12.7|-8|22/10/2025|\n"
                              "bloqué|12.8|-8||no date\n"
                              "bloqué|12.9|-8|demain|\n"
                              "bloqué|||22/10/2025|nowhere\n";

ImportPlan gridPlan() {
    ImportPlan plan;
    plan.columns = {use("x", ColumnRole::Easting), use("y", ColumnRole::Northing), use("zone", ColumnRole::UtmZone)};
    return plan;
}

std::string placesOf(const ImportBatch& batch) {
    std::string text;
    for (const auto& layer : batch.layers)
        for (const LonLat p : layer->table->geometry.coordinates) {
            char place[40];
            std::snprintf(place, sizeof place, "%.2f %.2f; ", p.latDegrees, p.lonDegrees);
            text += place;
        }
    return text;
}

TEST(PrepareImport, TheLetterSOfAUtmZoneIsABandOrSouth) {
    const auto read = [](const std::string& rows, const ImportPlan& plan, const Project& project) {
        return prepareImport(table("x|y|zone\n" + rows), plan, project, context());
    };
    // Nairobi: the northing tells. Beirut: the sea is the only other choice.
    EXPECT_EQ(placesOf(read("257000|9857000|37S\n", gridPlan(), {})), "-1.29 36.82; ");
    ImportBatch beirut = read("730000|3752000|36S\n", gridPlan(), {});
    EXPECT_EQ(placesOf(beirut), "33.88 35.49; ");
    EXPECT_THAT(texts(beirut.report.suspicions), ElementsAre());
    // Norfolk, or a place in Patagonia: another letter, the project, or somebody has to tell.
    EXPECT_EQ(placesOf(read("385000|4080000|18S\n612345|1398765|29P\n", gridPlan(), {})),
              "36.86 -76.29; 12.65 -7.97; ");
    ImportBatch open = read("385000|4080000|18S\n", gridPlan(), {});
    EXPECT_EQ(placesOf(open), "36.86 -76.29; ");
    EXPECT_THAT(texts(open.report.suspicions), ElementsAre("unknown_hemisphere 2 -> utm_south"));
    ImportPlan south = gridPlan();
    south.fixes = {ImportFix::UtmSouth};
    EXPECT_EQ(placesOf(read("385000|4080000|18S\n", south, {})), "-53.42 -76.73; ");
    EXPECT_EQ(placesOf(read("385000|4080000|18 Sud\n", gridPlan(), {})), "-53.42 -76.73; ");
}

TEST(PrepareImport, AUtmZoneWithoutALetterIsWhereTheProjectIs) {
    const std::string rows = "x|y|zone\n612345|1398765|29\n";
    const ImportBatch inMali = prepareImport(table(rows), gridPlan(), maliProject(), context());
    EXPECT_EQ(placesOf(inMali), "12.65 -7.97; ");
    EXPECT_THAT(texts(inMali.report.suspicions), ElementsAre());
    const ImportBatch anywhere = prepareImport(table(rows), gridPlan(), {}, context());
    EXPECT_EQ(placesOf(anywhere), "12.65 -7.97; ");
    EXPECT_THAT(texts(anywhere.report.suspicions), ElementsAre("unknown_hemisphere 2 -> utm_south"));
}

TEST(PrepareImport, RecordsThroughAMappingAndWhyRowsAreLeft) {
    const ImportBatch batch = prepareImport(table(kStatuses), statusPlan(), maliProject(), context());
    ASSERT_EQ(batch.records.size(), 2U);
    const auto& status = std::get<RoadStatus>(batch.records[0]);
    EXPECT_EQ(status.status, RoadStatusKind::Blocked);
    EXPECT_EQ(status.head.valid.begin, at("2025-10-20"));
    EXPECT_EQ(status.head.note + status.head.source + status.head.grade.toText(), "treeKoboC3");
    EXPECT_EQ(batch.report.rows, batch.report.taken + batch.report.left.size());
    ASSERT_EQ(batch.report.left.size(), 4U);
    const std::vector<std::string> left = texts(batch.report.left);
    EXPECT_THAT(left[0], HasSubstr("4 etat 'blokced' is not one of open, "));
    EXPECT_THAT(left[1], HasSubstr("5 date '' is empty; "));
    EXPECT_THAT(left[2], HasSubstr("6 date 'demain' is not a date"));
    EXPECT_THAT(left[3], HasSubstr("7 roads '' is empty"));
    EXPECT_THAT(texts(batch.report.suspicions), ElementsAre("unknown_value 4"));
    EXPECT_EQ(batch.report.suspicions[0].valueChoice, (ValueChoice{"etat", "blokced", "blocked"}));
    EXPECT_EQ(batch.report.notSnapped.size(), 2U) << "there is no road";
}

// Roads along 12.5 and 12.508 N, 890 m apart.
Project projectWithRoads() {
    Project project = maliProject();
    auto roads = std::make_shared<FeatureTable>();
    Column ids{"id", FieldType::Text, TextValues{}, {}, {}};
    std::uint32_t feature = 0;
    for (const double lat : {12.5, 12.508}) {
        roads->geometry.coordinates.push_back({-8.1, lat});
        roads->geometry.coordinates.push_back({-7.9, lat});
        roads->geometry.partStart.push_back(static_cast<std::uint32_t>(roads->geometry.coordinates.size()));
        roads->geometry.partRole.push_back(PartRole::Line);
        roads->geometry.featureStart.push_back(++feature);
        std::get<TextValues>(ids.values).append(feature == 1 ? "south" : "north");
    }
    roads->columns = {ids};
    finishTable(*roads);
    auto layer = std::make_shared<Layer>();
    layer->id = layer->name = "roads";
    layer->role = LayerRole::Road;
    layer->idField = "id";
    layer->table = roads;
    return withLayer(std::move(project), layer);
}

TEST(PrepareImport, RoadOfAReportIsChosenAndTheChoiceTakenBack) {
    const SourceTable reports = table("etat|lat|lon|date|remarque\nbloqué|12.504|-8|20/10/2025|\n");
    const Project project = projectWithRoads();
    ImportPlan plan = statusPlan();
    const auto roadOf = [](const ImportBatch& batch) {
        const auto& roads = std::get<RoadStatus>(batch.records.at(0)).roads;
        return roads.empty() ? std::string() : roads[0].roadId;
    };
    const ImportBatch asked = prepareImport(reports, plan, project, context());
    ASSERT_EQ(asked.report.ambiguous.size(), 1U);
    const SnapNote question = asked.report.ambiguous[0];
    ASSERT_EQ(question.candidates.size(), 2U);
    EXPECT_EQ(roadOf(asked), "");
    plan.roads = {{question.recordId, "north"}};
    const ImportBatch chosen = prepareImport(reports, planFromJson(planAsJson(plan), "The plan"), project, context());
    ASSERT_EQ(chosen.report.snapped.size(), 1U);
    EXPECT_EQ(roadOf(chosen), "north");
    EXPECT_EQ(chosen.report.snapped[0].roadId, "north");
    EXPECT_TRUE(chosen.report.snapped[0].isChosen);
    EXPECT_EQ(chosen.report.snapped[0].candidates.size(), 2U) << "to choose again";
    EXPECT_THAT(reportAsText(chosen.report), HasSubstr("as chosen"));
    plan.roads[0].second = "";
    const ImportBatch point = prepareImport(reports, plan, project, context());
    EXPECT_EQ(roadOf(point), "");
    ASSERT_EQ(point.report.notSnapped.size(), 1U);
    EXPECT_EQ(point.report.notSnapped[0].text, "stays a point, as chosen");
}

class ImportIntoFile : public testing::Test {
protected:
    ProjectFile make() {
        return ProjectFile::create(m_folder.path("p.gpkg"), std::make_shared<const Project>(maliProject()));
    }
    static bool import(ProjectFile& file, const std::vector<std::pair<std::string, ImportPlan>>& tables) {
        std::vector<ImportBatch> batches;
        for (const auto& [text, plan] : tables)
            batches.push_back(prepareImport(table(text, "/data/" + std::string(toWord(plan.target)) + ".csv"), plan,
                                            *file.project(), context()));
        const ImportStep step = importStep(*file.project(), batches, at("2025-11-01"));
        if (!step.isEmpty)
            file.applyStep(step.name, step.project, step.edit);
        return !step.isEmpty;
    }
    static std::string bytesOf(const std::string& path) {
        std::ifstream file(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    static std::string contents(const Project& project) {
        std::string text;
        for (const auto& layer : project.layers)
            if (layer->table)
                text += layer->name + " " + std::to_string(layer->table->featureCount) + "; ";
        std::size_t live = 0;
        for (const RoadStatus& status : project.situation->roadStatuses)
            live += !status.head.recorded.end;
        return text + std::to_string(live) + " statuses";
    }
    ScratchFolder m_folder;
};

TEST_F(ImportIntoFile, LayersAndRecordsAreOneStepThatIsUndoneAndDoneAgain) {
    const std::string before = "regions 1; 0 statuses", after = "regions 1; kobo 8; 2 statuses";
    {
        ProjectFile file = make();
        ASSERT_TRUE(import(file, {{kPoints, pointPlan()}, {kStatuses, statusPlan()}}));
        EXPECT_EQ(contents(*file.project()), after);
        EXPECT_EQ(file.undoName(), "Import 2 files");
        file.undo();
        EXPECT_EQ(contents(*file.project()), before);
        EXPECT_EQ(file.undoName(), std::nullopt);
        file.redo();
        EXPECT_EQ(contents(*file.project()), after);
    }
    ProjectFile file = ProjectFile::open(m_folder.path("p.gpkg"));
    EXPECT_EQ(contents(*file.project()), after);
    file.undo();
    EXPECT_EQ(contents(*file.project()), before);
    EXPECT_TRUE(import(file, {{kPoints, pointPlan()}, {kStatuses, statusPlan()}})) << "what was undone comes in anew";
    EXPECT_EQ(contents(*file.project()), after);
    EXPECT_EQ(file.checkIntegrity(), std::vector<std::string>{});
}

TEST_F(ImportIntoFile, TheSameFileAgainAddsNothingAndOneMoreRowOnlyThatOne) {
    {
        ProjectFile file = make();
        ASSERT_TRUE(import(file, {{kPoints, pointPlan()}, {kStatuses, statusPlan()}}));
        EXPECT_FALSE(import(file, {{kPoints, pointPlan()}, {kStatuses, statusPlan()}}));
    }
    ProjectFile file = ProjectFile::open(m_folder.path("p.gpkg"));
    EXPECT_FALSE(import(file, {{kPoints, pointPlan()}, {kStatuses, statusPlan()}})) << "after reading it from the file";
    ASSERT_EQ(file.history(10).size(), 1U);
    const std::string points = kPoints + std::string("L|13.1|-8|2025-10-21T10:00Z|5\n");
    const ImportBatch more = prepareImport(table(points, "/data/points.csv"), pointPlan(), *file.project(), context());
    EXPECT_EQ(more.report.taken, 1U);
    EXPECT_EQ(more.report.alreadyThere, 8U);
    EXPECT_TRUE(import(
        file, {{points, pointPlan()}, {kStatuses + std::string("bloqué|13|-8|23/10/2025|new\n"), statusPlan()}}));
    EXPECT_EQ(contents(*file.project()), "regions 1; kobo 9; 3 statuses");
    // The rows of another file that are here already are left.
    const ImportBatch other = prepareImport(table(points, "/data/other.csv"), pointPlan(), *file.project(), context());
    EXPECT_EQ(other.report.taken, 0U);
    EXPECT_EQ(other.report.alreadyThere, 9U);
    EXPECT_TRUE(other.layers.empty());
}

TEST_F(ImportIntoFile, WhatWasWithdrawnByHandStaysWithdrawn) {
    ProjectFile file = make();
    ASSERT_TRUE(import(file, {{kStatuses, statusPlan()}}));
    const std::string id = file.project()->situation->roadStatuses[0].head.id;
    file.apply(withdrawReport(*file.project()->situation, id, at("2025-11-02")));
    EXPECT_FALSE(import(file, {{kStatuses, statusPlan()}}));
}

TEST(PrepareImport, NoTextOfAFilePaintsTheTerminal) {
    ImportReport report;
    report.file = "a\x1B[2J.csv";
    report.left.push_back({3, "lat", "\x1B]0;owned\x07\n\xC2\x9B", "is not a latitude"});
    const std::string text = reportAsText(report);
    EXPECT_THAT(text, HasSubstr("a\\x1B[2J.csv"));
    EXPECT_THAT(text, HasSubstr("row 3: lat '\\x1B]0;owned\\x07\\x0A\\x9B' is not a latitude"));
    EXPECT_EQ(text.find('\x1B'), std::string::npos);
}

TEST_F(ImportIntoFile, StoppingLeavesNoTrace) {
    ProjectFile file = make();
    std::stop_source stop;
    std::string many = "name|lat|lon|when|acc\n";
    for (int i = 0; i < 20000; ++i)
        many += "P" + std::to_string(i) + "|12." + std::to_string(10000 + i) + "|-8|2025-10-20T10:00Z|5\n";
    ImportContext stopping = context();
    stopping.stop = stop.get_token();
    stopping.progress = [&](double fraction) {
        if (fraction > 0.3)
            stop.request_stop();
    };
    EXPECT_THROW(prepareImport(table(many), pointPlan(), *file.project(), stopping), Stopped);
    const ImportBatch batch = prepareImport(table(many), pointPlan(), *file.project(), context());
    const ImportStep step = importStep(*file.project(), {batch}, at("2025-11-01"));
    EXPECT_THROW(file.applyStep(step.name, step.project, step.edit, stop.get_token()), Stopped);
    const std::string before = bytesOf(file.path());
    std::stop_source midway;
    double reached = 0;
    const auto stopMidway = [&](double fraction) {
        reached = fraction;
        if (fraction > 0.5)
            midway.request_stop();
    };
    EXPECT_THROW(file.applyStep(step.name, step.project, step.edit, midway.get_token(), stopMidway), Stopped);
    EXPECT_GT(reached, 0.5);
    EXPECT_TRUE(bytesOf(file.path()) == before); // nobody wants to see them
    EXPECT_EQ(contents(*file.project()), "regions 1; 0 statuses");
    EXPECT_TRUE(file.history(10).empty());
    file.applyStep(step.name, step.project, step.edit);
    EXPECT_EQ(contents(*file.project()), "regions 1; kobo 20000; 0 statuses");
}

} // namespace
} // namespace cordon
