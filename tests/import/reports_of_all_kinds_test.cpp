// A table of reports of all kinds in the sender's own columns: one tells the kind, one the state of a road or what an
// incident was, another why.
#include "core/import/import_batch.h"
#include "core/io/record_columns.h"
#include "test_folders.h"
#include "tests/io/scratch_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>

namespace cordon {
namespace {

constexpr const char* kReports = "id,kind,date_from,date_to,place,lon,lat,routes,status,cause,actor,url,note\n"
                                 "R1,route_status,2025-10-01,,X,-8.1,12.5,141,blocked,tankers burned,JNIM,u,seen\n"
                                 "R2,incident,2025-10-02,,Y,-8.2,12.6,,armed attack,raid,JNIM,,\n"
                                 "R3,restriction,2025-10-03,2025-10-09,Z,-8.3,12.7,,blocked,siege,JNIM,,\n"
                                 "R4,incident,2025-10-04,,W,-8,12,,parade,,,,\n"
                                 "R5,route_status,2025-10-05,,V,-8,12,,ouverte,barrage,,,\n"
                                 "R6,rumour,2025-10-05,,U,-8,12,,ouverte,,,,\n";

SourceTable tableOf(const std::string& csv) {
    const ScratchFolder folder;
    return readSourceTables(folder.write("reports.csv", csv)).tables.at(0);
}

ImportBatch batchOf(const SourceTable& table, const ImportPlan& plan) {
    ImportContext context;
    context.now = parseTime("2025-11-20")->time;
    return prepareImport(table, plan, {}, context);
}

std::string textOf(const Record& record) {
    std::string text;
    for (const auto& [column, value] : recordValues(record))
        if (column != "recorded_from" && column != "valid_from" && column != "place" && column != "lon" &&
            column != "lat" && column != "location_precision" && column != "grade")
            text += (text.empty() ? "" : ", ") + column + "=" + value;
    return text;
}

std::vector<std::string> textsOf(const ImportBatch& batch) {
    std::vector<std::string> texts;
    for (const Record& record : batch.records)
        texts.push_back(textOf(record));
    return texts;
}

TEST(ReportsOfAllKinds, BecomeRecordsOfTheirKinds) {
    const SourceTable table = tableOf(kReports);
    const ImportPlan plan = recognise(table, {});
    EXPECT_EQ(plan.target, ImportTarget::Records);
    const ImportBatch batch = batchOf(table, plan);
    EXPECT_THAT(textsOf(batch),
                testing::ElementsAre(
                    "kind=road_status, id=R1, roads=141, status=blocked, cause=unknown, direction=both, actor=JNIM, "
                    "source_url=u, note=seen; tankers burned",
                    "kind=incident, id=R2, incident_type=armed_attack, actor=JNIM, date_precision=day, note=raid",
                    "kind=restriction, id=R3, valid_to=2025-10-10T00:00:00Z, actor=JNIM, cause=siege",
                    "kind=incident, id=R4, incident_type=other, date_precision=day, note=parade",
                    "kind=road_status, id=R5, status=open, cause=roadblock, direction=both"));
    ASSERT_EQ(batch.report.left.size(), 1U);
    EXPECT_EQ(batch.report.left[0].column, "kind");
    EXPECT_EQ(batch.report.left[0].value, "rumour");
}

TEST(ReportsOfAllKinds, AreWhatSomebodySaysWhereTheWordsAreUnknown) {
    const SourceTable table = tableOf("kind,date,lon,lat,status\n"
                                      "piste,2025-10-01,-8.1,12.5,blocked\n");
    EXPECT_EQ(recognise(table, {}).target, ImportTarget::RoadStatuses); // as the status tells
    ImportPlan plan = planAs(recognise(table, {}), table, ImportTarget::Records);
    ASSERT_EQ(plan.columns[0].field, "kind");
    plan.columns[0].values.emplace_back("piste", "road_status");
    EXPECT_EQ(batchOf(table, plan).records.size(), 1U);
    // Back to a layer, nothing is a field of a report.
    for (const ColumnUse& use : planAs(plan, table, ImportTarget::Points).columns)
        EXPECT_NE(use.role, ColumnRole::Field) << use.column;
}

TEST(ReportsOfAllKinds, ATypeOfOtherThingsIsNone) {
    EXPECT_EQ(recognise(tableOf("type,date,lon,lat\nwell,2025-10-01,-8.1,12.5\nmarket,2025-10-01,-8,12\n"), {}).target,
              ImportTarget::Points);
    EXPECT_EQ(recognise(tableOf("type,lon,lat\nroad,-8.1,12.5\nroad,-8,12\n"), {}).target, ImportTarget::Points);
}

TEST(ReportsOfAllKinds, TheSharedReportsOfMali) {
    const std::filesystem::path path =
        std::filesystem::path(CORDON_TEST_SOURCE) / "../shared/data/mali-2025/reports.csv";
    if (!std::filesystem::exists(path))
        GTEST_SKIP() << "no shared data";
    const SourceTable table = readSourceTables(path.string()).tables.at(0);
    const ImportPlan plan = recognise(table, {});
    EXPECT_EQ(plan.target, ImportTarget::Records);
    const ImportBatch batch = batchOf(table, plan);
    std::map<RecordKind, int> kinds;
    for (const Record& record : batch.records) {
        ++kinds[kindOf(record)];
        if (const auto* incident = std::get_if<Incident>(&record)) {
            EXPECT_NE(incident->type, IncidentType::Other) << incident->head.id;
        }
        if (const auto* status = std::get_if<RoadStatus>(&record)) {
            EXPECT_FALSE(status->roads.empty()) << status->head.id;
        }
    }
    EXPECT_EQ(kinds, (std::map<RecordKind, int>{{RecordKind::RoadStatus, 7},
                                                {RecordKind::Restriction, 7},
                                                {RecordKind::Incident, 20},
                                                {RecordKind::Measure, 1}}));
    std::string left;
    for (const RowNote& note : batch.report.left)
        left += std::to_string(note.row) + " " + note.column + " " + note.value + ": " + note.reason + "\n";
    EXPECT_EQ(left, "17 control_class : is empty; write one of control, support, contested, attack_zone, influence, "
                    "no_information\n");
}

} // namespace
} // namespace cordon
