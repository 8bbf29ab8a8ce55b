#include "core/model/shown_situation.h"

#include "tests/model/reports.h"
#include "tests/model/tables.h"

#include <gtest/gtest.h>

namespace cordon {
namespace {

using test::at;

Project projectOf(Situation situation) {
    Project project;
    project.layers = {
        test::roadLayer({{"RN1", {{0, 0}, {1, 0}}}, {"RN2", {{1, 0}, {2, 0}}}, {"RN3", {{5, 0}, {6, 0}}}}),
        test::regionLayer(
            {{"A", {{0, 2}, {0, 4}, {2, 4}, {2, 2}, {0, 2}}}, {"B", {{2, 2}, {2, 4}, {4, 4}, {4, 2}, {2, 2}}}})};
    project.situation = std::make_shared<const Situation>(std::move(situation));
    return project;
}

std::string roadsOf(const ShownSituation& shown) {
    std::string text;
    for (const ShownRoad& road : shown.roads) {
        text += describe(road) + " by";
        for (const RoadStatus* report : road.reports)
            text += " " + report->head.id;
        for (const auto& line : road.lines) {
            char part[64];
            std::snprintf(part, sizeof part, " %.2f..%.2f", line.front().lonDegrees, line.back().lonDegrees);
            text += part;
        }
        text += "\n";
    }
    return text;
}

std::string controlOf(const ShownSituation& shown) {
    std::string text;
    for (const ShownControl& piece : shown.control) {
        GeoBox box;
        for (const GeoRing& ring : *piece.rings)
            for (const LonLat p : ring.points)
                box.include(p);
        char part[96];
        std::snprintf(part, sizeof part, "%.1f..%.1f", box.minX, box.maxX);
        text += part + std::string(" ") + std::string(toWord(piece.controlClass)) + " " + piece.actor;
        for (const std::string& other : piece.otherActors)
            text += "/" + other;
        if (piece.isStale)
            text += " " + std::to_string(static_cast<int>(piece.ageDays)) + " days ago";
        text += "\n";
    }
    return text;
}

TEST(ShownRoads, AReportOfSeveralRoadsIsOneLineWhereTheyMeet) {
    Situation situation;
    situation.roadStatuses = {test::roadReport("r1", RoadStatusKind::Blocked, "2025-09-01")};
    situation.roadStatuses[0].roads = {{"RN1", 0, 1}, {"RN2", 0, 1}, {"RN3", 0, 0.5}};
    ShownSituations shown;
    EXPECT_EQ(roadsOf(*shown.at(projectOf(situation), {.asOf = at("2025-09-10")})),
              "blocked by r1 0.00..2.00 5.00..5.50\n");
}

TEST(ShownRoads, WhatDiffersInAgeOrStatusIsShownApart) {
    Situation situation;
    situation.roadStatuses = {test::roadReport("r1", RoadStatusKind::Blocked, "2025-03-01"),
                              test::roadReport("r2", RoadStatusKind::Blocked, "2025-03-03", "A1"),
                              test::roadReport("r3", RoadStatusKind::Open, "2025-09-01")};
    situation.roadStatuses[0].roads = {{"RN1", 0, 0.5}};
    situation.roadStatuses[1].roads = {{"RN1", 0.5, 0.8}};
    situation.roadStatuses[2].roads = {{"RN1", 0.8, 1}};
    ShownSituations shown;
    EXPECT_EQ(roadsOf(*shown.at(projectOf(situation), {.asOf = at("2025-09-10")})),
              "unknown (last known blocked, 193 days ago) by r1 0.00..0.50\n"
              "unknown (last known blocked, 191 days ago) by r2 0.50..0.80\n"
              "open by r3 0.80..1.00\n");
}

TEST(ShownRoads, AttributesComeFromTheReportThatDecides) {
    Situation situation;
    situation.roadStatuses = {test::roadReport("r1", RoadStatusKind::Restricted, "2025-09-01"),
                              test::roadReport("r2", RoadStatusKind::Restricted, "2025-09-05")};
    situation.roadStatuses[0].escortRequired = true;
    situation.roadStatuses[1].hours = "06:00-18:00";
    ShownSituations shown;
    const auto after = shown.at(projectOf(situation), {.asOf = at("2025-09-10")});
    ASSERT_EQ(after->roads.size(), 1U);
    EXPECT_FALSE(after->roads[0].escort);
    EXPECT_TRUE(after->roads[0].hours);
}

TEST(ShownControl, RegionsByCodeAndAreasOfTheirOwnDoNotOverlap) {
    Situation situation;
    ControlArea region = test::controlReport("c1", "FAMa", "2025-01-01", {});
    region.regions = {"A", "B"};
    situation.controlAreas = {region, test::controlReport("c2", "JNIM", "2025-01-01", test::square(3, 2, 5, 4))};
    ShownSituations shown;
    EXPECT_EQ(controlOf(*shown.at(projectOf(situation), {.asOf = at("2025-02-01")})),
              "3.0..5.0 control JNIM\n0.0..3.0 control FAMa\n");
}

TEST(ShownControl, WhatWasLastKnownIsShownOnlyWhereNothingFreshSpeaks) {
    Situation situation;
    situation.controlAreas = {test::controlReport("c1", "JNIM", "2024-01-01", test::square(0, 0, 2, 2)),
                              test::controlReport("c2", "FAMa", "2025-05-01", test::square(1, 0, 3, 2), "C3")};
    ShownSituations shown;
    EXPECT_EQ(controlOf(*shown.at(projectOf(situation), {.asOf = at("2025-06-01")})),
              "1.0..3.0 control FAMa\n0.0..1.0 no_information JNIM 517 days ago\n");
}

TEST(ShownControl, NoInformationOverrulesWhatWasKnownBefore) {
    Situation situation;
    situation.controlAreas = {test::controlReport("c1", "JNIM", "2025-01-01", test::square(0, 0, 2, 2)),
                              test::controlReport("c2", "", "2025-05-01", test::square(1, 0, 3, 2))};
    situation.controlAreas[1].controlClass = ControlClass::NoInformation;
    ShownSituations shown;
    EXPECT_EQ(controlOf(*shown.at(projectOf(situation), {.asOf = at("2025-06-01")})),
              "0.0..1.0 control JNIM\n1.0..3.0 no_information \n");
}

// Every step against an answer made from nothing: what is kept from one date serves the next, and an edit is seen.
// Roads are not listed for a map without reports; the first report finds them all the same.
TEST(ShownSituations, FirstReportOfAMapFindsItsRoad) {
    const Project empty = projectOf({});
    Situation situation;
    situation.roadStatuses = {test::roadReport("r1", RoadStatusKind::Blocked, "2025-09-01")};
    situation.roadStatuses[0].roads = {{"RN1", 0, 1}};
    Project reported = empty; // the same layers
    reported.situation = std::make_shared<const Situation>(situation);
    ShownSituations shown;
    EXPECT_EQ(roadsOf(*shown.at(empty, {.asOf = at("2025-09-10")})), "");
    EXPECT_EQ(roadsOf(*shown.at(reported, {.asOf = at("2025-09-10")})), "blocked by r1 0.00..1.00\n");
}

TEST(ShownSituations, GivesTheSameWhateverWasAskedBefore) {
    test::RandomSituation random(7, 400, false);
    Situation situation = random.make(600, 3);
    for (std::size_t i = 0; i < situation.roadStatuses.size(); ++i)
        for (RoadReference& road : situation.roadStatuses[i].roads)
            road.roadId = "RN" + std::to_string(1 + i % 3);
    ShownSituations kept;
    Project project = projectOf(situation);
    for (int step = 0; step < 40; ++step) {
        if (step == 20) {
            Situation edited = *project.situation;
            edited.controlAreas.push_back(
                test::controlReport("new", "FAMa", "2020-12-01", test::square(-12, 10, 4, 24)));
            project.situation = std::make_shared<const Situation>(std::move(edited));
        }
        const TimeFilter filter{.asOf = random.anyTime()};
        const auto now = kept.at(project, filter);
        ShownSituations fresh;
        const auto anew = fresh.at(project, filter);
        EXPECT_EQ(roadsOf(*now), roadsOf(*anew));
        EXPECT_EQ(controlOf(*now), controlOf(*anew));
        EXPECT_EQ(kept.at(project, filter), now);
    }
}

// The pieces against the rule for a point.
TEST(ShownSituations, GroundAgreesWithTheRuleForEachPoint) {
    test::RandomSituation random(11, 400, false);
    Situation situation = random.make(4000, 3);
    for (std::size_t i = 0; i < situation.controlAreas.size(); ++i) { // closer together, so that they overlap
        auto& ring = situation.controlAreas[i].area.parts[0].points;
        const LonLat corner = ring[0];
        for (LonLat& p : ring)
            p = {p.lonDegrees - corner.lonDegrees + (corner.lonDegrees + 12) / 8,
                 p.latDegrees - corner.latDegrees + (corner.latDegrees - 10) / 8};
    }
    const Project project = projectOf(std::move(situation));
    ShownSituations shown;
    int compared = 0;
    for (int step = 0; step < 10; ++step) {
        const auto now = shown.at(project, {.asOf = random.anyTime()});
        for (int i = 0; i < 300; ++i) {
            const LonLat p{random.below(2200) / 1000.0 + 0.0001234, random.below(2000) / 1000.0 + 0.0001234};
            const ControlState state = controlAt(*now->index, p, now->filter, now->places->regions);
            std::vector<const ShownControl*> here;
            for (const ShownControl& piece : now->control) {
                bool isIn = false;
                for (const GeoRing& ring : *piece.rings)
                    isIn ^= crossesOddly(ring.points, p);
                if (isIn)
                    here.push_back(&piece);
            }
            ASSERT_EQ(here.size(), state.reports.empty() ? 0U : 1U);
            if (here.empty())
                continue;
            ++compared;
            EXPECT_EQ(here[0]->controlClass, state.controlClass);
            EXPECT_EQ(here[0]->isStale, state.isStale);
            EXPECT_EQ(here[0]->isDisputed, state.isDisputed);
            EXPECT_EQ(here[0]->lastKnown, state.lastKnown);
        }
    }
    EXPECT_GT(compared, 100);
}

} // namespace
} // namespace cordon
