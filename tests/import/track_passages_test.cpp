// A recorded track becomes reports of the roads that it passed.
#include "core/import/import_batch.h"
#include "core/import/import_plan.h"
#include "core/model/vocabulary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cordon {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

std::shared_ptr<FeatureTable> linesTable(const std::string& name, const std::vector<std::vector<LonLat>>& lines) {
    auto table = std::make_shared<FeatureTable>();
    table->name = name;
    GeometryColumn& g = table->geometry;
    for (const auto& line : lines) {
        g.coordinates.insert(g.coordinates.end(), line.begin(), line.end());
        g.partStart.push_back(static_cast<std::uint32_t>(g.coordinates.size()));
        g.partRole.push_back(PartRole::Line);
        g.featureStart.push_back(static_cast<std::uint32_t>(g.partRole.size()));
    }
    finishTable(*table);
    return table;
}

// A road of 0.2 degrees to the east, of the id "R1".
Project projectWithRoad() {
    auto table = linesTable("roads", {{{-8, 12}, {-7.9, 12}, {-7.8, 12}}});
    Column ids{"id", FieldType::Text, TextValues{}, {}, {}};
    std::get<TextValues>(ids.values).append("R1");
    table->columns.push_back(std::move(ids));
    Layer layer = *makeLayer(table, LayerRole::Road);
    layer.idField = "id";
    return withLayer({}, std::make_shared<const Layer>(layer));
}

// Out from 8 W to 7.9 W, back again after `pauseMinutes`; a point each 10 seconds.
SourceTable thereAndBack(int pauseMinutes, double latDegrees = 12.0001) {
    std::vector<LonLat> line;
    std::vector<std::int64_t> times;
    std::int64_t now = parseTime("2025-10-20T08:00Z")->time.time_since_epoch().count();
    for (int i = 0; i <= 100; ++i, now += 10'000) {
        line.push_back({-8 + i * 0.001, latDegrees});
        times.push_back(now);
    }
    now += pauseMinutes * 60'000;
    for (int i = 99; i >= 50; --i, now += 10'000) {
        line.push_back({-8 + i * 0.001, latDegrees});
        times.push_back(now);
    }
    auto features = linesTable("tracks", {line});
    features->geometry.timeMs = times;
    SourceTable table;
    table.name = "tracks";
    table.source.path = "/data/patrol.gpx";
    table.features = features;
    table.rowNumbers = {1};
    return table;
}

// The points of such a track as a logger writes them, a row each; a column more with the texts of `note`.
SourceTable logOf(const SourceTable& track, const std::vector<std::string>& note = {}) {
    const GeometryColumn& g = track.features->geometry;
    SourceTable table;
    table.name = "log";
    table.source.path = "/data/log.csv";
    table.columns = {"time", "lat", "lon"};
    if (!note.empty())
        table.columns.emplace_back("note");
    table.cells.resize(table.columns.size());
    for (std::size_t i = 0; i < g.coordinates.size(); ++i) {
        table.rowNumbers.push_back(static_cast<std::uint32_t>(i + 2));
        table.cells[0].append(formatIso(TimePoint{std::chrono::milliseconds{g.timeMs[i]}}));
        table.cells[1].append(std::to_string(g.coordinates[i].latDegrees));
        table.cells[2].append(std::to_string(g.coordinates[i].lonDegrees));
        if (!note.empty())
            table.cells[3].append(note[i % note.size()]);
    }
    return table;
}

ImportBatch imported(const SourceTable& table, bool saysStatus = true) {
    ImportPlan plan = planAs(recognise(table, {}), table, ImportTarget::RoadStatuses);
    if (saysStatus)
        plan.constants = {{"status", "open"}};
    ImportContext context;
    context.now = parseTime("2025-11-01")->time;
    return prepareImport(table, plan, projectWithRoad(), context);
}

std::vector<std::string> texts(const std::vector<Record>& records) {
    std::vector<std::string> result;
    for (const Record& record : records) {
        const auto& status = std::get<RoadStatus>(record);
        char text[120];
        std::snprintf(text, sizeof text, "%s %s %.2f-%.2f %s", std::string(toWord(status.direction)).c_str(),
                      status.roads.at(0).roadId.c_str(), status.roads.at(0).fromFraction, status.roads.at(0).toFraction,
                      formatIso(status.head.valid.begin).c_str());
        result.emplace_back(text);
    }
    return result;
}

TEST(TrackPassages, ReportEachDirectionOfADay) {
    const ImportBatch batch = imported(thereAndBack(10));
    EXPECT_THAT(texts(batch.records), ElementsAre("forward R1 0.00-0.50 2025-10-20T08:00:00Z",
                                                  HasSubstr("backward R1 0.25-0.50 2025-10-20T08:")));
    EXPECT_EQ(batch.report.taken, 1u);
    EXPECT_EQ(batch.report.snapped.size(), 2u);
    EXPECT_TRUE(batch.report.left.empty());
}

TEST(TrackPassages, ReportADayForItself) {
    const ImportBatch batch = imported(thereAndBack(24 * 60));
    EXPECT_THAT(texts(batch.records),
                ElementsAre("forward R1 0.00-0.50 2025-10-20T08:00:00Z",
                            AllOf(HasSubstr("backward R1 0.25-0."), HasSubstr(" 2025-10-21T08:"))));
}

TEST(TrackPassages, ReportWhatAGpxOfTheSamePointsDoes) {
    for (const int pauseMinutes : {10, 24 * 60}) {
        const SourceTable track = thereAndBack(pauseMinutes);
        const ImportBatch batch = imported(logOf(track));
        EXPECT_EQ(texts(batch.records), texts(imported(track).records));
        EXPECT_EQ(batch.report.taken, 151u);
        EXPECT_TRUE(batch.report.left.empty());
        EXPECT_TRUE(batch.report.warnings.empty());
    }
}

TEST(TrackPassages, OfALogThatHasGrownAddItsNewDays) {
    const SourceTable whole = logOf(thereAndBack(24 * 60));
    SourceTable morning = logOf(thereAndBack(24 * 60));
    morning.rowNumbers.resize(101);
    for (auto& column : morning.cells) {
        TextValues cells;
        for (std::size_t row = 0; row < 101; ++row)
            cells.append(column.at(row));
        column = cells;
    }
    const auto idsOf = [](const ImportBatch& batch) {
        std::vector<std::string> ids;
        for (const Record& record : batch.records)
            ids.push_back(headOf(record).id);
        return ids;
    };
    const std::vector<std::string> first = idsOf(imported(morning)), all = idsOf(imported(whole));
    ASSERT_EQ(first.size(), 1u);
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(first[0], all[0]);
    EXPECT_NE(all[0], all[1]);
}

TEST(TrackPassages, RowsThatSaySomethingThemselvesAreReports) {
    const ImportBatch same = imported(logOf(thereAndBack(10), {"patrol"}));
    EXPECT_EQ(same.records.size(), 2u);
    const ImportBatch each = imported(logOf(thereAndBack(10), {"bridge gone", "checkpoint"}));
    EXPECT_EQ(each.records.size(), 151u);
    SourceTable far = logOf(thereAndBack(10)); // hours apart: nobody's log
    TextValues times;
    for (int i = 0; i < 151; ++i)
        times.append("2025-10-" + std::to_string(10 + i / 12) + "T" + (i % 12 < 5 ? "0" : "") +
                     std::to_string(i % 12 * 2) + ":00Z");
    far.cells[0] = times;
    EXPECT_EQ(imported(far).records.size(), 151u);
}

TEST(TrackPassages, SayWhyNothingIsTaken) {
    const ImportBatch stateless = imported(thereAndBack(10), false);
    ASSERT_EQ(stateless.report.left.size(), 1u);
    EXPECT_THAT(stateless.report.left[0].reason, HasSubstr("such as status=open"));
    const ImportBatch far = imported(thereAndBack(10, 12.01));
    ASSERT_EQ(far.report.left.size(), 1u);
    EXPECT_EQ(far.report.left[0].reason, "passes no road of the project within 50 m");
    EXPECT_TRUE(far.records.empty());
}

} // namespace
} // namespace cordon
