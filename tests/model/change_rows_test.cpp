#include "core/model/change_rows.h"

#include "tests/model/reports.h"
#include "tests/model/tables.h"

#include <gtest/gtest.h>

namespace cordon {
namespace {

using test::at;
using test::boxRing;

// RN1 is blocked, ground is won in two regions, a town cut off, two incidents come (one of them without a count of the
// dead), a measure ends.
Changes changesOfOctober() {
    Situation s;
    RoadStatus open = test::roadReport("R1", RoadStatusKind::Open, "2025-09-20", "B2", ObstacleType::Unknown);
    open.head.valid.end = at("2025-10-10");
    s.roadStatuses = {open, test::roadReport("R2", RoadStatusKind::Blocked, "2025-10-10")};
    s.controlAreas = {test::controlReport("C1", "JNIM", "2025-10-11", test::square(3, 1, 5, 2))};
    Restriction town;
    town.head = test::head("T1", "2025-10-12");
    town.head.place = "Léré";
    town.geometry = {SmallGeometry::Kind::Point, {{{{0.5, 0.5}}, false}}};
    s.restrictions = {town};
    Incident first, second;
    first.head = test::head("I1", "2025-10-05");
    first.location = {1, 1};
    first.fatalitiesBest = 3;
    second.head = test::head("I2", "2025-10-06");
    second.head.place = "=Kayes, \"centre\"";
    second.location = {2, 2};
    s.incidents = {first, second};
    Measure curfew;
    curfew.head = test::head("M1", "2025-09-01", "2025-10-15");
    curfew.cause = "curfew";
    s.measures = {curfew};
    Project project;
    project.layers = {test::roadLayer({{"RN1", {{0, 0}, {1, 0}}}}),
                      test::regionLayer({{"ML-1", boxRing(0, 0, 4, 4)}, {"ML-2", boxRing(4, 0, 8, 4)}})};
    project.situation = std::make_shared<const Situation>(s);
    ChangeQuery query;
    query.before.asOf = at("2025-10-01");
    query.after.asOf = at("2025-11-01");
    return changesBetween(project, query);
}

TEST(ChangeRows, TellOfEveryKindOfChange) {
    std::string text;
    for (const ChangeRow& row : changeRows(changesOfOctober())) {
        text += titleOf(row) + " | " + row.what + " | " + row.before + " > " + row.after;
        for (const std::string& report : row.reports)
            text += " | " + report;
        text += '\n';
    }
    EXPECT_EQ(text, "Newly blocked | RN1 | open > blocked | R2\n"
                    "Won | JNIM |  >  | C1\n"
                    "Newly under restriction | Léré |  >  | T1\n"
                    "Incident | =Kayes, \"centre\": other |  >  | I2\n"
                    "Incident | other |  >  | I1\n"
                    "Measure ended | curfew |  >  | M1\n");
}

TEST(ChangeRows, NameWhatBecameOfOldReports) {
    ChangeRow row;
    row.kind = toWord(RoadChangeKind::NoLongerKnown);
    EXPECT_EQ(titleOf(row), "Gone stale");
    row.kind = toWord(RoadChangeKind::KnownAgain);
    EXPECT_EQ(titleOf(row), "Confirmed again");
}

TEST(ChangeRows, SayWhereAndHowMuch) {
    const Changes changes = changesOfOctober();
    const std::vector<ChangeRow> rows = changeRows(changes);
    ASSERT_EQ(rows.size(), 6u);
    EXPECT_NEAR(rows[0].kilometers, 111.3, 0.1);
    EXPECT_EQ(rows[0].box, (GeoBox{{0, 0, 1, 0}}));
    EXPECT_EQ(rows[1].squareKilometers, changes.control[0].squareMeters / 1e6);
    EXPECT_EQ(rows[1].byRegion.size(), 2u);
    EXPECT_NEAR(rows[1].box.maxX, 5, 1e-6);
    EXPECT_EQ(rows[3].fatalities, std::nullopt); // not known is not zero
    EXPECT_EQ(rows[4].fatalities, 3);
    EXPECT_TRUE(rows[5].box.isEmpty());
}

TEST(ChangeRows, CsvQuotesWhatNeedsIt) {
    const std::string csv = csvOf(changeRows(changesOfOctober()));
    std::vector<std::string> lines;
    for (std::size_t from = 0, to; (to = csv.find('\n', from)) != std::string::npos; from = to + 1)
        lines.push_back(csv.substr(from, to - from));
    ASSERT_EQ(lines.size(), 7u);
    EXPECT_EQ(lines[0], "change,cause,what,before,after,km,km2,regions,fatalities,date,reports,sources");
    EXPECT_EQ(lines[1], "newly_blocked,ground,RN1,open,blocked,111.3,,,,,R2,Test source");
    EXPECT_EQ(lines[4], "incident,ground,\"'=Kayes, \"\"centre\"\": other\",,,,,,,2025-10-06T00:00:00Z,I2,Test source");
    EXPECT_EQ(lines[5], "incident,ground,other,,,,,,3,2025-10-05T00:00:00Z,I1,Test source");
    EXPECT_EQ(csvOf({}), lines[0] + "\n");
}

} // namespace
} // namespace cordon
