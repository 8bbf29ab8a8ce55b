#include "core/model/work_list.h"

#include "tests/model/reports.h"
#include "tests/model/tables.h"

#include <gtest/gtest.h>

namespace cordon {
namespace {

using test::at;
using test::boxRing;
using test::controlReport;
using test::roadReport;
using test::square;
using enum RoadStatusKind;

std::string worksOf(Situation situation) {
    Project project;
    project.layers = {test::roadLayer({{"RN1", {{0, 0}, {1, 0}}}}), test::regionLayer({{"ML-1", boxRing(0, 0, 4, 4)}})};
    project.situation = std::make_shared<const Situation>(std::move(situation));
    std::string text;
    for (const WorkItem& item : workList(project, {.asOf = at("2025-10-20")})) {
        text += std::string(toWord(item.kind)) + ": " + item.text;
        if (item.location)
            text += " @" + std::to_string(item.location->lonDegrees).substr(0, 4);
        text += "\n";
    }
    return text;
}

TEST(WorkList, NothingToDoIsAnEmptyList) {
    Situation s;
    s.roadStatuses = {roadReport("a", Blocked, "2025-10-01")};
    EXPECT_EQ(worksOf(s), "");
}

TEST(WorkList, NamesTheReportsThatDisagree) {
    Situation s;
    s.roadStatuses = {roadReport("a", Blocked, "2025-10-01"), roadReport("b", Open, "2025-10-02", "D3")};
    s.controlAreas = {controlReport("c", "FAMa", "2025-08-01", square(2, 0, 3, 1)),
                      controlReport("d", "JNIM", "2025-08-01", square(2, 0, 3, 1))};
    EXPECT_EQ(worksOf(s),
              "contested_road: the road RN1: contested (open, blocked); decide between b and a. @0.50\n"
              "contested_control: Who holds 12308 km2 is contested (FAMa, JNIM); decide between c and d. @2.50\n");
}

TEST(WorkList, StaleReportsComeByAge) {
    Situation s;
    s.roadStatuses = {roadReport("a", Blocked, "2025-09-10", "B2", ObstacleType::CheckpointUnofficial)};
    s.controlAreas = {controlReport("c", "FAMa", "2024-08-01", square(2, 0, 3, 1))};
    EXPECT_EQ(
        worksOf(s),
        "stale_report: Report c was last confirmed 445 days ago; confirm, correct or end it. @2.50\n"
        "stale_report: the road RN1: unknown (last known blocked, 40 days ago); confirm, correct or end a. @0.50\n");
}

TEST(WorkList, OverruledReportsAreDoneWith) {
    Situation s;
    s.roadStatuses = {roadReport("a", Blocked, "2025-01-10"), roadReport("b", Open, "2025-10-10")};
    EXPECT_EQ(worksOf(s), "");
}

TEST(WorkList, NamesWhatIsMissing) {
    Situation s;
    RoadStatus r = roadReport("a", Blocked, "2025-10-01");
    r.roads = {{"N7", 0, 1}};
    r.head.source.clear();
    s.roadStatuses = {r};
    ControlArea area = controlReport("c", "FAMa", "2025-08-01", {});
    area.regions = {"ML-1", "ML-99"};
    s.controlAreas = {area, area};
    EXPECT_EQ(
        worksOf(s),
        "no_source: Report a names no source; say who reports it.\n"
        "missing_road: Report a names the road N7, which is in no road layer; correct the id or add the layer.\n"
        "missing_region: Report c names the region ML-99, which is in no region layer; correct the code or add the "
        "layer.\n"
        "missing_region: Report c names the region ML-99, which is in no region layer; correct the code or add the "
        "layer.\n"
        "two_versions: Report c stands twice in the records; withdraw one of them.\n");
}

} // namespace
} // namespace cordon
