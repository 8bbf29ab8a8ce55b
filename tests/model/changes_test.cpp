#include "core/model/changes.h"

#include "core/error.h"
#include "core/geo/geodesic.h"
#include "core/model/shown_situation.h"
#include "tests/model/reports.h"
#include "tests/model/tables.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace cordon {
namespace {

using test::at;
using test::boxRing;
using test::controlReport;
using test::roadReport;
using test::square;
using enum RoadStatusKind;

// RN1 runs a degree of the equator (111.3 km); ML-1 lies west of 4 degrees, ML-2 east of it.
Project withReports(Situation situation) {
    Project project;
    project.layers = {test::roadLayer({{"RN1", {{0, 0}, {0.25, 0}, {1, 0}}}}),
                      test::regionLayer({{"ML-1", boxRing(0, 0, 4, 4)}, {"ML-2", boxRing(4, 0, 8, 4)}})};
    project.situation = std::make_shared<const Situation>(std::move(situation));
    return project;
}

ChangeQuery between(const char* d1, const char* d2, const char* k1 = nullptr, const char* k2 = nullptr) {
    ChangeQuery query;
    query.before = {at(d1), k1 ? at(k1) : TimePoint::max()};
    query.after = {at(d2), k2 ? at(k2) : TimePoint::max()};
    return query;
}

std::string roadText(const Changes& changes) {
    std::string text;
    for (const RoadChange& c : changes.roads) {
        char line[160];
        std::snprintf(line, sizeof line, "%s %g-%g %s %s %.1f km", c.roadId.c_str(), c.fromFraction, c.toFraction,
                      std::string(toWord(c.kind)).c_str(), std::string(toWord(c.cause)).c_str(), c.lengthMeters / 1000);
        text += line;
        if (c.direction != TrafficDirection::Both)
            text += " " + std::string(toWord(c.direction));
        text += "\n";
    }
    return text;
}
std::string controlText(const Changes& changes) {
    std::string text;
    for (const ControlChange& c : changes.control) {
        text += c.actor;
        for (const std::string& other : c.otherActors)
            text += "+" + other;
        text += " " + std::string(toWord(c.controlClass)) + (c.isWon ? " won " : " lost ") +
                std::string(toWord(c.cause)) + " " + std::to_string(std::lround(c.squareMeters / 1e6)) + " km2:";
        for (const RegionShare& share : c.byRegion)
            text += " " + (share.code.empty() ? "outside" : share.code) + " " +
                    std::to_string(std::lround(share.squareMeters / 1e6));
        text += "\n";
    }
    return text;
}

Situation with(std::initializer_list<RoadStatus> reports) {
    Situation s;
    for (const RoadStatus& r : reports)
        s.roadStatuses.push_back(r);
    return s;
}
RoadStatus on(RoadStatus report, double from, double to) {
    report.roads = {{"RN1", from, to}};
    return report;
}
RoadStatus until(RoadStatus report, const char* end) {
    report.head.valid.end = at(end);
    return report;
}
RoadStatus learnt(RoadStatus report, const char* from, const char* to = nullptr) {
    report.head.recorded.begin = at(from);
    if (to)
        report.head.recorded.end = at(to);
    return report;
}

TEST(RoadChanges, NewlyBlockedWithItsKilometres) {
    const Changes changes = changesBetween(withReports(with({on(roadReport("a", Blocked, "2025-09-03"), 0.25, 0.75)})),
                                           between("2025-09-01", "2025-10-20"));
    EXPECT_EQ(roadText(changes), "RN1 0.25-0.75 newly_blocked ground 55.7 km\n");
    EXPECT_NEAR(changes.roadMeters(RoadChangeKind::NewlyBlocked), distanceMeters({0.25, 0}, {0.75, 0}), 1e-3);
    EXPECT_EQ(changes.roads[0].lines, (std::vector<std::vector<LonLat>>{{{0.25, 0}, {0.75, 0}}}));
    EXPECT_EQ(changes.roads[0].after->reports.front()->head.id, "a");
}

TEST(RoadChanges, ReopenedWhereTheBlockadeEndedOrAReportSaysSo) {
    EXPECT_EQ(roadText(changesBetween(withReports(with({until(roadReport("a", Blocked, "2025-09-03"), "2025-10-01")})),
                                      between("2025-09-05", "2025-10-20"))),
              "RN1 0-1 reopened ground 111.3 km\n");
    EXPECT_EQ(roadText(changesBetween(withReports(with({roadReport("a", Blocked, "2025-09-03"),
                                                        on(roadReport("b", Open, "2025-10-10"), 0, 0.5)})),
                                      between("2025-09-05", "2025-10-20"))),
              "RN1 0-0.5 reopened ground 55.7 km\n");
}

TEST(RoadChanges, WorseAndBetterGoBySeverity) {
    const Project project =
        withReports(with({until(roadReport("a", Difficult, "2025-09-01"), "2025-09-10"),
                          roadReport("b", Restricted, "2025-09-10"), roadReport("c", Difficult, "2025-09-20"),
                          roadReport("d", Blocked, "2025-09-25"), roadReport("e", Impassable, "2025-09-28")}));
    const auto step = [&](const char* from, const char* to) {
        return roadText(changesBetween(project, between(from, to)));
    };
    EXPECT_EQ(step("2025-08-01", "2025-09-02"), "RN1 0-1 worse ground 111.3 km\n");
    EXPECT_EQ(step("2025-09-02", "2025-09-11"), "RN1 0-1 worse ground 111.3 km\n");
    EXPECT_EQ(step("2025-09-11", "2025-09-21"), "RN1 0-1 better ground 111.3 km\n");
    EXPECT_EQ(step("2025-09-25", "2025-09-28"), "RN1 0-1 worse ground 111.3 km\n");
    EXPECT_EQ(step("2025-09-11", "2025-09-12"), "");
}

TEST(RoadChanges, FallingSilentIsNotReopening) {
    EXPECT_EQ(roadText(changesBetween(
                  withReports(with({roadReport("a", Blocked, "2025-09-03", "B2", ObstacleType::CheckpointUnofficial)})),
                  between("2025-09-04", "2025-10-20"))),
              "RN1 0-1 no_longer_known ground 111.3 km\n");
}

TEST(RoadChanges, DisagreementIsNewlyContested) {
    EXPECT_EQ(roadText(changesBetween(withReports(with({roadReport("a", Blocked, "2025-09-03"),
                                                        roadReport("b", Open, "2025-09-20", "D3")})),
                                      between("2025-09-04", "2025-09-21"))),
              "RN1 0-1 newly_contested ground 111.3 km\n");
}

TEST(RoadChanges, WhatWasSoBeforeAndLearntLaterIsKeptApart) {
    const Project project =
        withReports(with({learnt(on(roadReport("a", Impassable, "2025-01-01"), 0, 0.5), "2025-03-01"),
                          on(roadReport("b", Blocked, "2025-02-15"), 0.5, 1)}));
    EXPECT_EQ(roadText(changesBetween(project, between("2025-02-01", "2025-03-10", "2025-02-01", "2025-03-10"))),
              "RN1 0-0.5 newly_blocked learnt 55.7 km\nRN1 0.5-1 newly_blocked ground 55.7 km\n");
}

TEST(RoadChanges, AWithdrawnReportReopensByLearning) {
    const Project project =
        withReports(with({learnt(roadReport("a", Blocked, "2025-01-01"), "2025-01-02", "2025-03-01")}));
    EXPECT_EQ(roadText(changesBetween(project, between("2025-02-01", "2025-03-10", "2025-02-01", "2025-03-10"))),
              "RN1 0-1 reopened learnt 111.3 km\n");
}

TEST(RoadChanges, OneDirectionAlone) {
    RoadStatus report = roadReport("a", Blocked, "2025-09-03");
    report.direction = TrafficDirection::Backward;
    EXPECT_EQ(roadText(changesBetween(withReports(with({report})), between("2025-09-01", "2025-09-05"))),
              "RN1 0-1 newly_blocked ground 111.3 km backward\n");
}

TEST(RoadChanges, RoadMissingInTheLayersHasNoLength) {
    RoadStatus report = roadReport("a", Blocked, "2025-09-03");
    report.roads = {{"N7", 0, 1}};
    EXPECT_EQ(roadText(changesBetween(withReports(with({report})), between("2025-09-01", "2025-09-05"))),
              "N7 0-1 newly_blocked ground 0.0 km\n");
}

TEST(RoadChanges, GeometryOfItsOwnIsMeasured) {
    RoadStatus report = roadReport("a", Blocked, "2025-09-03");
    report.roads.clear();
    report.geometry = {SmallGeometry::Kind::Line, {{{{0, 0}, {0, 1}}, false}}};
    EXPECT_EQ(roadText(changesBetween(withReports(with({report})), between("2025-09-01", "2025-09-05"))),
              " 0-1 newly_blocked ground 110.6 km\n");
}

Situation withAreas(std::initializer_list<ControlArea> reports) {
    Situation s;
    for (const ControlArea& r : reports)
        s.controlAreas.push_back(r);
    return s;
}
ControlArea until(ControlArea report, const char* end) {
    report.head.valid.end = at(end);
    return report;
}
ControlArea from(ControlArea report, const char* source) {
    report.head.source = source;
    return report;
}

// A square degree at the equator has 12,308.5 km2 (closed form in overlay_test.cpp).
TEST(ControlChanges, WonAndLostByRegionOnTheEllipsoid) {
    const Changes changes =
        changesBetween(withReports(withAreas({controlReport("a", "FAMa", "2025-01-01", square(3, 0, 5, 1)),
                                              controlReport("b", "JNIM", "2025-08-01", square(3.5, 0, 4.5, 1))})),
                       between("2025-06-01", "2025-09-01"));
    EXPECT_EQ(controlText(changes), "FAMa control lost ground 12308 km2: ML-1 6154 ML-2 6154\n"
                                    "JNIM control won ground 12308 km2: ML-1 6154 ML-2 6154\n");
}

TEST(ControlChanges, WhatStaysIsNoChange) {
    EXPECT_EQ(controlText(
                  changesBetween(withReports(withAreas({controlReport("a", "FAMa", "2025-01-01", square(0, 0, 2, 1)),
                                                        controlReport("b", "FAMa", "2025-08-01", square(1, 0, 3, 1))})),
                                 between("2025-06-01", "2025-09-01"))),
              "FAMa control won ground 12308 km2: ML-1 12308\n");
}

TEST(ControlChanges, AnotherSourceIsNotAnotherFrontLine) {
    EXPECT_EQ(controlText(changesBetween(
                  withReports(withAreas(
                      {until(from(controlReport("a", "JNIM", "2025-01-01", square(0, 0, 1, 1)), "One"), "2025-08-01"),
                       from(controlReport("b", "JNIM", "2025-08-01", square(0, 0, 2, 1)), "Another"),
                       controlReport("c", "JNIM", "2025-08-15", square(2, 0, 3, 1))})),
                  between("2025-06-01", "2025-09-01"))),
              "JNIM control won ground 12308 km2: ML-1 12308\nJNIM control won source 12308 km2: ML-1 12308\n");
}

TEST(ControlChanges, LearntLaterIsKeptApart) {
    ControlArea late = controlReport("a", "JNIM", "2025-01-01", square(0, 0, 1, 1));
    late.head.recorded.begin = at("2025-07-01");
    EXPECT_EQ(controlText(changesBetween(
                  withReports(withAreas({late, controlReport("b", "JNIM", "2025-07-05", square(0, 0, 2, 1))})),
                  between("2025-06-01", "2025-09-01", "2025-06-01", "2025-09-01"))),
              "JNIM control won ground 12308 km2: ML-1 12308\nJNIM control won learnt 12308 km2: ML-1 12308\n");
}

TEST(ControlChanges, AnotherBoundaryFileIsNotAnotherFrontLine) {
    ControlArea report = controlReport("a", "FAMa", "2025-01-01", {});
    report.regions = {"ML-1"};
    const Project project = withReports(withAreas({report}));
    const RegionLookup old(Project{.layers = {test::regionLayer({{"ML-1", boxRing(0, 0, 3, 4)}})}});
    ChangeQuery query = between("2025-06-01", "2025-09-01");
    query.regionsBefore = &old;
    EXPECT_EQ(controlText(changesBetween(project, query)), "FAMa control won boundary 49197 km2: ML-1 49197\n");
    const RegionLookup same(project);
    query.regionsBefore = &same;
    EXPECT_EQ(controlText(changesBetween(project, query)), "");
}

TEST(ControlChanges, WhatGrowsOldIsLost) {
    EXPECT_EQ(controlText(
                  changesBetween(withReports(withAreas({controlReport("a", "FAMa", "2024-08-01", square(0, 0, 1, 1))})),
                                 between("2025-06-01", "2025-09-01"))),
              "FAMa control lost ground 12308 km2: ML-1 12308\n");
}

Restriction town(const char* id, const char* place, const char* begin, const char* end = "") {
    Restriction r;
    r.head = test::head(id, begin, end);
    r.head.place = place;
    return r;
}

TEST(TownChanges, NewlyUnderAndOutOfRestriction) {
    Situation s;
    s.restrictions = {town("R002", "Léré", "2024-11-29", "2025-03-04"), town("R032", "Léré", "2025-10-27"),
                      town("R003", "Boni", "2023-07-01", "2025-03-29"), town("R1", "Gossi", "2025-08-01", "2025-09-01"),
                      town("R2", "Gossi", "2025-09-01")};
    const auto text = [&](const char* d1, const char* d2) {
        std::string result;
        for (const TownChange& c : changesBetween(withReports(s), between(d1, d2)).towns)
            result +=
                c.report->head.place + " " + std::string(toWord(c.kind)) + " " + std::string(toWord(c.cause)) + "\n";
        return result;
    };
    EXPECT_EQ(text("2025-09-01", "2025-11-15"), "Léré newly_under ground\n");
    EXPECT_EQ(text("2025-01-01", "2025-04-01"), "Boni newly_out ground\nLéré newly_out ground\n");
    EXPECT_EQ(text("2025-08-15", "2025-09-15"), ""); // under it all the time
}

Incident incident(const char* id, const char* begin, const char* recorded, std::optional<int> low,
                  std::optional<int> best, std::optional<int> high) {
    Incident r;
    r.head = test::head(id, begin);
    r.head.recorded.begin = at(recorded);
    r.fatalitiesLow = low;
    r.fatalitiesBest = best;
    r.fatalitiesHigh = high;
    return r;
}

TEST(IncidentChanges, CountsDeathsAndKeepsTheUnknownOnesApart) {
    Situation s;
    s.incidents = {incident("a", "2025-09-01", "2025-09-01", 1, 1, 1), // at D1: before
                   incident("b", "2025-09-10", "2025-09-11", 2, 3, 9),
                   incident("c", "2025-09-11", "2025-09-11", {}, 4, {}),
                   incident("d", "2025-09-12", "2025-09-12", {}, {}, {}),
                   incident("e", "2025-10-01", "2025-10-01", {}, {}, 5), // at D2: in between
                   incident("f", "2025-08-20", "2025-09-20", 1, 1, 1)};
    const Changes changes =
        changesBetween(withReports(s), between("2025-09-01", "2025-10-01", "2025-09-01", "2025-10-01"));
    const IncidentTotals totals = totalsOf(changes.incidents);
    EXPECT_EQ(totals.count, 4u);
    EXPECT_EQ(totals.fatalitiesLow, 2 + 4 + 5);
    EXPECT_EQ(totals.fatalitiesBest, 3 + 4 + 5);
    EXPECT_EQ(totals.fatalitiesHigh, 9 + 4 + 5);
    EXPECT_EQ(totals.unknownFatalities, 1u);
    ASSERT_EQ(changes.incidentsLearnt.size(), 1u);
    EXPECT_EQ(changes.incidentsLearnt[0]->head.id, "f");
}

TEST(Changes, ThereAreNoneBetweenAMomentAndItself) {
    for (unsigned seed = 1; seed <= 5; ++seed) {
        test::RandomSituation random(seed, 400, true);
        const Project project = withReports(random.make(1500));
        ChangeQuery query;
        query.before = query.after = {random.anyTime(), random.anyTime()};
        EXPECT_TRUE(changesBetween(project, query).isEmpty());
    }
}

TEST(Changes, SwappingTheMomentsTurnsGainsIntoLosses) {
    test::RandomSituation random(4, 400, false);
    Situation s = random.make(1500);
    const auto index = SituationIndex(std::make_shared<const Situation>(std::move(s)));
    ChangeQuery query;
    query.before.asOf = at("2021-06-01");
    query.after.asOf = at("2021-08-01");
    const Changes there = changesBetween(index, {}, {}, query);
    std::swap(query.before, query.after);
    const Changes back = changesBetween(index, {}, {}, query);
    const auto squareKm = [](const Changes& changes, bool isWon) {
        double sum = 0;
        for (const ControlChange& c : changes.control)
            if (c.isWon == isWon)
                sum += c.squareMeters / 1e6;
        return sum;
    };
    EXPECT_GT(squareKm(there, true), 100);
    EXPECT_NEAR(squareKm(there, true), squareKm(back, false), 0.1);
    EXPECT_NEAR(squareKm(there, false), squareKm(back, true), 0.1);
}

TEST(RoadLookup, SeveralFeaturesOfOneIdAreOneRoad) {
    const RoadLookup roads(
        Project{.layers = {test::roadLayer({{"N6", {{0, 0}, {1, 0}}}, {"N6", {{1, 0}, {3, 0}}}}),
                           test::roadLayer({{"N6", {{9, 9}, {10, 9}}}, {"N7", {{9, 9}, {10, 9}}}})}});
    EXPECT_EQ(roads.partsOf("N6").size(), 2u); // a later layer does not replace it
    EXPECT_NEAR(roads.lengthMeters("N6"), distanceMeters({0, 0}, {3, 0}), 1e-6);
    EXPECT_TRUE(roads.contains("N7"));
    EXPECT_FALSE(roads.contains("n6"));
    EXPECT_EQ(roads.measured("N8").lengthMeters(), 0);
}

TEST(RoadLookup, StopsWhenAsked) {
    const Project project{.layers = {test::roadLayer({{"N6", {{0, 0}, {1, 0}}}})}};
    std::stop_source source;
    EXPECT_TRUE(RoadLookup(project, source.get_token()).contains("N6"));
    source.request_stop();
    EXPECT_THROW(RoadLookup(project, source.get_token()), Stopped);
    ShownSituations shown;
    Project reported = project;
    Situation situation;
    situation.incidents.emplace_back();
    reported = withSituation(std::move(reported), std::make_shared<const Situation>(situation));
    EXPECT_THROW(shown.at(reported, {}, source.get_token()), Stopped);
    EXPECT_TRUE(
        shown.at(reported, {})->places->roads.contains("N6")); // what was stopped is made when it is asked for again
}

TEST(MeasuredRoad, StretchesOverItsPartsWithoutTheGaps) {
    const std::vector<LonLat> first{{0, 0}, {1, 0}}, second{{2, 0}, {3, 0}};
    const MeasuredRoad road({first, second});
    const auto stretch = road.stretch(0.25, 0.75);
    ASSERT_EQ(stretch.lines.size(), 2u);
    EXPECT_NEAR(stretch.lines[0][0].lonDegrees, 0.5, 1e-9);
    EXPECT_NEAR(stretch.lines[1][1].lonDegrees, 2.5, 1e-9);
    EXPECT_NEAR(stretch.lengthMeters, lengthMeters(first), 1e-6);
    EXPECT_NEAR(road.pointAt(0.25)->lonDegrees, 0.5, 1e-9);
    EXPECT_NEAR(road.pointAt(1)->lonDegrees, 3, 1e-9);
    EXPECT_EQ(MeasuredRoad().pointAt(0.5), std::nullopt);
}

} // namespace
} // namespace cordon
