#include "core/model/report_list.h"

#include "tests/model/reports.h"

#include <gtest/gtest.h>

namespace cordon {
namespace {

using namespace test;

Situation threeReports() {
    Situation situation;
    situation.actors = {{.id = "jnim", .name = "JNIM", .nameFr = "GSIM"}};
    situation.roadStatuses.push_back(roadReport("fresh", RoadStatusKind::Blocked, "2025-10-10"));
    RoadStatus checkpoint =
        roadReport("old", RoadStatusKind::Blocked, "2025-09-10", "C3", ObstacleType::CheckpointUnofficial);
    checkpoint.actor = "jnim";
    checkpoint.head.place = "Kayes gate";
    situation.roadStatuses.push_back(checkpoint);
    RoadStatus withdrawn = roadReport("gone", RoadStatusKind::Open, "2025-10-01");
    withdrawn.head.recorded.end = at("2025-10-12");
    situation.roadStatuses.push_back(withdrawn);
    return situation;
}

std::string listed(const Situation& situation, const ReportFilter& filter, const char* asOf = "2025-10-20",
                   const char* knownBy = nullptr, const char* grade = nullptr) {
    TimeFilter clock;
    clock.asOf = parseAsOf(asOf);
    if (knownBy)
        clock.knownBy = parseAsOf(knownBy);
    if (grade)
        clock.atLeastGrade = Grade::fromText(grade);
    std::string text;
    for (const ReportRow& row : listReports(situation, clock, filter))
        text += headAt(situation, row.position).id + ":" + std::string(toWord(row.state)) + " ";
    return text;
}

TEST(ReportList, LatestFirstWithWhatHasBecomeOfThem) {
    EXPECT_EQ(listed(threeReports(), {}), "fresh:in_force old:stale ");
    EXPECT_EQ(listed(threeReports(), {.withWithdrawn = true}), "fresh:in_force gone:withdrawn old:stale ");
    EXPECT_EQ(listed(threeReports(), {}, "2025-10-05"), "fresh:not_yet old:stale ");
}

TEST(ReportList, WhatWasWithdrawnLaterIsStillThereAtAnEarlierKnownBy) {
    EXPECT_EQ(listed(threeReports(), {}, "2025-10-05", "2025-10-05"), "gone:in_force old:stale ");
}

TEST(ReportList, FiltersByStateActorTextAgeAndGrade) {
    EXPECT_EQ(listed(threeReports(), {.state = ReportState::Stale}), "old:stale ");
    EXPECT_EQ(listed(threeReports(), {.actor = "GSIM"}), "old:stale ");
    EXPECT_EQ(listed(threeReports(), {.text = "kayes"}), "old:stale ");
    EXPECT_EQ(listed(threeReports(), {.moreDays = 30}), "old:stale ");
    EXPECT_EQ(listed(threeReports(), {}, "2025-10-20", nullptr, "B2"), "fresh:in_force ");
    EXPECT_EQ(listed(threeReports(), {.kind = RecordKind::Incident}), "");
}

TEST(ReportList, SummariesSayWhatTheReportSays) {
    RoadStatus road = roadReport("r", RoadStatusKind::Restricted, "2025-10-10", "B2", ObstacleType::TrafficRestriction);
    road.escortRequired = true;
    road.hours = "06:00-18:00";
    EXPECT_EQ(summaryOf(road), "restricted, escort, 06:00-18:00 (traffic restriction)");
    ControlArea area = controlReport("c", "JNIM", "2025-10-10", square(0, 0, 1, 1));
    area.basis = ControlBasis::Claimed;
    EXPECT_EQ(summaryOf(area), "JNIM: control, claimed");
    Incident incident;
    incident.type = IncidentType::ConvoyAttack;
    incident.actor = "JNIM";
    EXPECT_EQ(summaryOf(incident), "convoy attack (JNIM)");
}

} // namespace
} // namespace cordon
