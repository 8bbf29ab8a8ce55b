#include "core/geo/geodesic.h"
#include "tests/network/ascii_network.h"

#include <gtest/gtest.h>

namespace cordon {
namespace {

using test::Drawn;
using enum RoadStatusKind;

const char* const kSquare = R"(
A----B----C
|    |    |
D----E----F
)";

Drawn ladder() {
    return Drawn(kSquare, {{"ABC"}, {"DEF"}, {"AD"}, {"BE"}, {"CF"}});
}

TEST(Access, ReachesAllWithoutReports) {
    const Drawn drawn = ladder();
    const AccessAnswer answer = drawn.ask(drawn.from("A"));
    EXPECT_EQ(drawn.places(answer, ReachKind::Reached), "ABCDEF");
    EXPECT_EQ(answer.totals.reached.people, 600);
    EXPECT_EQ(answer.totals.cutOff, PeopleCount{});
    const double abc = distanceMeters(drawn.points.at('A'), drawn.points.at('C'));
    EXPECT_NEAR(answer.places[2].meters, abc, 1e-6 * abc);
    EXPECT_NEAR(answer.places[2].seconds, abc / 40 * 3.6, 1e-6 * abc); // a road of no class: 40 km/h
}

TEST(Access, ABlockedStretchCutsWhatLiesBeyond) {
    Drawn drawn("A---B---C", {{"ABC"}});
    drawn.report("R1", "ABC", Blocked, 0.6, 0.8);
    const AccessAnswer answer = drawn.ask(drawn.from("A"));
    EXPECT_EQ(drawn.places(answer, ReachKind::Reached), "AB");
    EXPECT_EQ(drawn.places(answer, ReachKind::CutOff), "C");
    EXPECT_EQ(answer.totals.cutOff.people, 100);
}

TEST(Access, APlaceWithinABlockedStretchIsCutOff) {
    Drawn drawn("A---B---C", {{"ABC"}});
    drawn.report("R1", "ABC", Blocked, 0.4, 0.6);
    EXPECT_EQ(drawn.cutOff(drawn.from("A")), "BC");
}

TEST(Access, ARoundedFractionDoesNotReachOverAJunction) {
    Drawn drawn("A---B---C", {{"ABC"}});
    drawn.report("R1", "ABC", Blocked, 0.49995, 1); // B is at 0.5
    EXPECT_EQ(drawn.cutOff(drawn.from("A")), "C");
}

TEST(Access, APointOfARoadCanBeBlocked) {
    Drawn drawn("A---B---C", {{"ABC"}});
    drawn.report("R1", "ABC", Blocked, 0.7, 0.7);
    EXPECT_EQ(drawn.cutOff(drawn.from("A")), "C");
}

TEST(Access, ADetourIsFoundAndMeasured) {
    Drawn drawn = ladder();
    drawn.report("R1", "ABC", Blocked, 0, 0.5);
    const AccessAnswer answer = drawn.ask(drawn.from("A"));
    EXPECT_EQ(drawn.places(answer, ReachKind::Reached), "ABCDEF");
    EXPECT_GT(answer.places[1].detour(), 1.5);
    EXPECT_NEAR(answer.places[1].freeMeters, distanceMeters(drawn.points.at('A'), drawn.points.at('B')), 0.1);
}

TEST(Access, IslandsAreNotCutOff) {
    Drawn drawn("A---B   C---D\n\n\n\n\n\n\n\n\n\nE", {{"AB"}, {"CD"}});
    const AccessAnswer answer = drawn.ask(drawn.from("A"));
    EXPECT_EQ(drawn.places(answer, ReachKind::Island), "CD");
    EXPECT_EQ(drawn.places(answer, ReachKind::OffNetwork), "E");
    EXPECT_EQ(drawn.places(answer, ReachKind::CutOff), "");
}

TEST(Access, ARestrictedTownIsCutOffAndTheRoadPassesIt) {
    Drawn drawn("A---B---C", {{"ABC"}});
    drawn.restrict("X1", 'B');
    AccessQuery query = drawn.from("A");
    AccessAnswer answer = drawn.ask(query);
    EXPECT_EQ(drawn.places(answer, ReachKind::Restricted), "B");
    EXPECT_EQ(drawn.places(answer, ReachKind::Reached), "AC");
    EXPECT_EQ(answer.totals.cutOff.places, 1U);
    query.policy.mayPassRestricted = false;
    answer = drawn.ask(query);
    EXPECT_EQ(drawn.places(answer, ReachKind::CutOff), "C"); // the town is 4.3 km away: within the 5 km
    query.lifted = {"X1"};
    EXPECT_EQ(drawn.places(drawn.ask(query), ReachKind::Reached), "ABC");
}

TEST(Access, ARestrictedTownMayNotBeLeft) {
    Drawn drawn("A---B---C", {{"ABC"}});
    drawn.restrict("X1", 'A');
    const AccessAnswer answer = drawn.ask(drawn.from("A"));
    EXPECT_EQ(drawn.places(answer, ReachKind::Reached), "A");
    EXPECT_EQ(drawn.places(answer, ReachKind::CutOff), "BC");
}

TEST(Access, EscortOnlyRoadsAreForConvoys) {
    Drawn drawn("A---B", {{"AB"}});
    drawn.report("R1", "AB", Restricted).escortRequired = true;
    AccessQuery query = drawn.from("A");
    EXPECT_EQ(drawn.cutOff(query), "B");
    query.userClass = UserClass::Humanitarian;
    EXPECT_EQ(drawn.cutOff(query), "B");
    query.userClass = UserClass::Convoy;
    const AccessAnswer answer = drawn.ask(query);
    EXPECT_EQ(drawn.places(answer, ReachKind::Reached), "AB");
    EXPECT_NEAR(answer.places[1].detour(), 1.3, 1e-6);
}

TEST(Access, LoadAndVehicleLimits) {
    Drawn drawn("A---B", {{"AB"}});
    RoadStatus& report = drawn.report("R1", "AB", Restricted);
    report.loadTonnes = 10;
    report.vehicleClass = "4x4";
    AccessQuery query = drawn.from("A");
    EXPECT_EQ(drawn.cutOff(query), "");
    query.loadTonnes = 10;
    EXPECT_EQ(drawn.cutOff(query), "");
    query.loadTonnes = 12;
    EXPECT_EQ(drawn.cutOff(query), "B");
    query.loadTonnes.reset();
    query.vehicle = "truck";
    EXPECT_EQ(drawn.cutOff(query), "B");
    query.vehicle = "4x4";
    EXPECT_EQ(drawn.cutOff(query), "");
}

TEST(Access, HoursCountWhenATimeOfDayIsAskedFor) {
    Drawn drawn("A---B", {{"AB"}});
    drawn.report("R1", "AB", Restricted).hours = "06:00-18:00";
    AccessQuery query = drawn.from("A");
    EXPECT_EQ(drawn.cutOff(query), ""); // one waits for them
    query.timeOfDay = std::chrono::minutes{6 * 60};
    EXPECT_EQ(drawn.cutOff(query), "");
    query.timeOfDay = std::chrono::minutes{18 * 60};
    EXPECT_EQ(drawn.cutOff(query), "B");
    drawn.situation.roadStatuses.clear();
    drawn.report("R2", "AB", Restricted).hours = "by daylight"; // not readable: not taken for open
    EXPECT_EQ(drawn.cutOff(query), "B");
}

TEST(Access, HoursAsReportsWriteThem) {
    using std::chrono::minutes;
    EXPECT_EQ(isWithinHours("06:00-18:00", minutes{5 * 60 + 59}), false);
    EXPECT_EQ(isWithinHours("06:00–18:00", minutes{7 * 60}), true);
    EXPECT_EQ(isWithinHours("22:00-05:00", minutes{60}), true);
    EXPECT_EQ(isWithinHours("22:00-05:00", minutes{12 * 60}), false);
    EXPECT_EQ(isWithinHours("6h-10h; 15h30-18:00", minutes{15 * 60 + 30}), true);
    EXPECT_EQ(isWithinHours("6h-10h; 15h30-18:00", minutes{12 * 60}), false);
    EXPECT_EQ(isWithinHours("00:00-24:00", minutes{23 * 60 + 59}), true);
    EXPECT_EQ(isWithinHours("6-18", minutes{60}), std::nullopt);
    EXPECT_EQ(isWithinHours("25:00-26:00", minutes{60}), std::nullopt);
    EXPECT_EQ(timeOfDayOf("7:5"), std::nullopt);
}

TEST(Access, TheDateAndWhatWasKnownDecide) {
    Drawn drawn("A---B", {{"AB"}});
    RoadStatus& report = drawn.report("R1", "AB", Blocked);
    report.head.recorded.begin = test::day("2025-09-20");
    report.head.valid.end = test::day("2025-10-05");
    AccessQuery query = drawn.from("A");
    EXPECT_EQ(drawn.cutOff(query), "B");
    query.filter.knownBy = test::day("2025-09-10");
    EXPECT_EQ(drawn.cutOff(query), "");
    query.filter.knownBy = TimePoint::max();
    query.filter.asOf = test::day("2025-10-06");
    EXPECT_EQ(drawn.cutOff(query), "");
}

TEST(Access, AStaleClosureCountsUnlessThePolicySaysOtherwise) {
    Drawn drawn("A---B", {{"AB"}});
    drawn.report("R1", "AB", Blocked);
    AccessQuery query = drawn.from("A");
    query.filter.asOf = test::day("2026-02-01"); // 153 days, a roadblock holds 90
    AccessAnswer answer = drawn.ask(query);
    EXPECT_EQ(drawn.places(answer, ReachKind::CutOff), "B");
    EXPECT_TRUE(answer.passages.obstacles.at(0).isStale);
    query.policy.stale = 2;
    answer = drawn.ask(query);
    EXPECT_EQ(drawn.places(answer, ReachKind::Reached), "AB");
    EXPECT_NEAR(answer.places[1].detour(), 2, 1e-6);
}

TEST(Access, OneWayReportsBlockOneWay) {
    Drawn drawn("A---B", {{"AB"}});
    drawn.report("R1", "AB", Blocked).direction = TrafficDirection::Backward;
    EXPECT_EQ(drawn.cutOff(drawn.from("A")), "");
    EXPECT_EQ(drawn.cutOff(drawn.from("B")), "A");
}

TEST(Access, WhatIfsOpenAndClose) {
    Drawn drawn = ladder();
    drawn.report("R1", "ABC", Blocked, 0, 0.5);
    AccessQuery query = drawn.from("A");
    query.closed = {{"AD", 0, 1}};
    EXPECT_EQ(drawn.cutOff(query), "BCDEF");
    query.lifted = {"R1"};
    EXPECT_EQ(drawn.cutOff(query), "");
    query.lifted.clear();
    query.opened = {{"ABC", 0, 1}};
    EXPECT_EQ(drawn.cutOff(query), "");
}

TEST(Access, AnyOriginWillDo) {
    Drawn drawn("A---B---C", {{"ABC"}});
    drawn.report("R1", "ABC", Blocked, 0.6, 0.8);
    EXPECT_EQ(drawn.cutOff(drawn.from("AC")), "");
    EXPECT_EQ(drawn.cutOff(drawn.from("CA")), "");
}

TEST(Access, AnOriginFarFromRoadsIsRefusedWithTheDistance) {
    Drawn drawn("A---B", {{"AB"}});
    AccessQuery query = drawn.from("A");
    query.origins[0] = {"the sea", {-20, 14}};
    try {
        drawn.ask(query);
        FAIL();
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find("129"), std::string::npos) << error.what(); // 12 degrees: 1296 km
    }
}

TEST(Access, AStudyKeepsUpWithEveryToggle) {
    Drawn drawn = ladder();
    drawn.report("R1", "ABC", Blocked, 0, 0.5);
    drawn.report("R2", "DEF", Difficult, 0, 0.5);
    auto study = drawn.study();
    for (const auto& closed : std::vector<std::vector<RoadReference>>{
             {}, {{"BE", 0, 1}}, {{"BE", 0, 1}, {"CF", 0, 1}}, {{"AD", 0, 1}}, {{"CF", 0.2, 0.3}}, {}}) {
        for (const bool lift : {false, true}) {
            AccessQuery query = drawn.from("A");
            query.closed = closed;
            if (lift)
                query.lifted = {"R1", "R2"};
            const AccessAnswer& live = study.ask(query);
            const AccessAnswer fresh = drawn.ask(query);
            EXPECT_EQ(live.now.cost, fresh.now.cost);
            EXPECT_EQ(live.totals, fresh.totals);
        }
    }
}

TEST(Access, AStudySurvivesARefusedQuestion) {
    Drawn drawn = ladder();
    drawn.report("R1", "ABC", Blocked, 0, 0.5);
    auto study = drawn.study();
    study.ask(drawn.from("A"));
    AccessQuery lost = drawn.from("A");
    lost.origins[0].at = {-20, 14};
    lost.closed = {{"AD", 0, 1}};
    EXPECT_THROW(study.ask(lost), Error);
    AccessQuery next = drawn.from("A");
    next.closed = {{"AD", 0, 1}};
    EXPECT_EQ(study.ask(next).now.cost, drawn.ask(next).now.cost);
}

TEST(Access, DuplicatedRoadsShareTheirState) {
    Drawn drawn("A---B", {{"AB"}, {"AB", {{"road_id", "copy"}}}, {"BA", {{"road_id", "back"}}}});
    drawn.report("R1", "AB", Blocked, 0.2, 0.3);
    EXPECT_EQ(drawn.cutOff(drawn.from("A")), "B");
    EXPECT_EQ(drawn.network()->health.duplicateEdges, 2U);
}

TEST(Access, AReportOfALostRoadIsPlacedByItsPosition) {
    Drawn drawn("A---B", {{"AB"}});
    RoadStatus& report = drawn.report("R1", "gone", Blocked);
    report.geometry = {SmallGeometry::Kind::Point, {{{{-7.98, 14.0}}, false}}};
    drawn.report("R2", "lost", Blocked);
    const AccessAnswer answer = drawn.ask(drawn.from("A"));
    EXPECT_EQ(drawn.places(answer, ReachKind::CutOff), "B");
    ASSERT_EQ(answer.warnings.size(), 2U);
    EXPECT_FALSE(answer.warnings[0].leftOut); // placed
    EXPECT_TRUE(answer.warnings[1].leftOut);  // R2 has no position
}

TEST(Places, PopulationAsTextAndNamesWithAccents) {
    Drawn drawn("A---B---C", {{"ABC"}}, {{'A', "12 345"}, {'B', "unknown"}, {'C', "0"}});
    Warnings warnings;
    const auto places = placesOf(drawn.project, warnings);
    EXPECT_EQ(places[0].population, 12345);
    EXPECT_EQ(places[1].population, std::nullopt);
    EXPECT_EQ(places[2].population, std::nullopt);
    ASSERT_EQ(warnings.size(), 1U);
    std::vector<Place> named(3);
    named[0].name = "Ségou";
    named[1].name = "Sikasso";
    named[2].name = "Kita";
    EXPECT_EQ(findPlace(named, "SEGOU"), 0U);
    try {
        findPlace(named, "Segu");
        FAIL();
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find("did you mean Ségou"), std::string::npos) << error.what();
    }
}

TEST(Places, TheSameTownInTwoListsIsOne) {
    std::vector<Place> twice(2);
    twice[0].name = twice[1].name = "Bamako";
    twice[0].at = {-8.0003, 12.6493};
    twice[1].at = {-8.0, 12.65};
    twice[1].population = 1297281;
    EXPECT_EQ(findPlace(twice, "Bamako"), 1U);
    twice[0].at = {-4.9, 12.65};
    twice[0].population = 900000;
    EXPECT_THROW(findPlace(twice, "Bamako"), Error);
}

} // namespace
} // namespace cordon
