#include "core/model/road_state.h"

#include "tests/model/reports.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace cordon {
namespace {

using test::at;
using test::RandomSituation;
using test::roadReport;
using enum RoadStatusKind;

SituationIndex indexOf(std::initializer_list<RoadStatus> reports) {
    Situation situation;
    for (const RoadStatus& report : reports)
        situation.roadStatuses.push_back(report);
    return SituationIndex(std::make_shared<const Situation>(situation));
}

// One line a stretch: "RN1 0-1 blocked [a]".
std::string states(const SituationIndex& index, const TimeFilter& filter) {
    std::string text;
    for (const RoadStretch& s : roadStates(index, filter)) {
        char place[64];
        std::snprintf(place, sizeof place, " %g-%g ", s.fromFraction, s.toFraction);
        text += std::string(s.roadId) + place + describe(s);
        if (s.direction != TrafficDirection::Both)
            text += " " + std::string(toWord(s.direction));
        text += " [";
        for (const RoadStatus* report : s.reports)
            text += (text.back() == '[' ? "" : " ") + report->head.id;
        text += "]\n";
    }
    return text;
}
std::string states(std::initializer_list<RoadStatus> reports, const char* asOf) {
    return states(indexOf(reports), {.asOf = at(asOf)});
}

RoadStatus on(RoadStatus report, double from, double to) {
    report.roads = {{"RN1", from, to}};
    return report;
}
RoadStatus towards(RoadStatus report, TrafficDirection direction) {
    report.direction = direction;
    return report;
}

TEST(RoadState, LaterValidTimeWinsAmongEqualGrades) {
    EXPECT_EQ(states({roadReport("a", Blocked, "2025-09-03"), roadReport("b", Open, "2025-09-20")}, "2025-10-01"),
              "RN1 0-1 open [b]\n");
}

TEST(RoadState, ALaterReportOfBetterGradeWins) {
    EXPECT_EQ(
        states({roadReport("a", Blocked, "2025-09-03", "C3"), roadReport("b", Open, "2025-09-20", "B3")}, "2025-10-01"),
        "RN1 0-1 open [b]\n");
}

TEST(RoadState, ALaterReportOfWorseGradeContests) {
    EXPECT_EQ(
        states({roadReport("a", Blocked, "2025-09-03", "B2"), roadReport("b", Open, "2025-09-20", "D3")}, "2025-10-01"),
        "RN1 0-1 contested (open, blocked) [b a]\n");
    EXPECT_EQ(
        states({roadReport("a", Blocked, "2025-09-03", "B2"), roadReport("b", Open, "2025-09-20", "F6")}, "2025-10-01"),
        "RN1 0-1 contested (open, blocked) [b a]\n");
}

TEST(RoadState, GradesThatCannotBeComparedContest) {
    EXPECT_EQ(
        states({roadReport("a", Blocked, "2025-09-03", "A3"), roadReport("b", Open, "2025-09-20", "B2")}, "2025-10-01"),
        "RN1 0-1 contested (open, blocked) [b a]\n");
}

TEST(RoadState, ReportsOfTheSameMomentThatDisagreeContest) {
    EXPECT_EQ(states({roadReport("a", Blocked, "2025-09-03"), roadReport("b", Open, "2025-09-03")}, "2025-09-10"),
              "RN1 0-1 contested (blocked, open) [a b]\n");
}

TEST(RoadState, ReportsThatSayTheSameAgree) {
    EXPECT_EQ(states({roadReport("a", Blocked, "2025-09-03", "B2"), roadReport("b", Blocked, "2025-09-04", "C3")},
                     "2025-09-10"),
              "RN1 0-1 blocked [b a]\n");
}

TEST(RoadState, BlockedAndImpassableAgreeThatTheRoadIsClosed) {
    EXPECT_EQ(states({roadReport("a", Impassable, "2025-09-03"), roadReport("b", Blocked, "2025-09-03")}, "2025-09-10"),
              "RN1 0-1 impassable [a b]\n");
}

TEST(RoadState, AReportThatSaysUnknownContradictsNothing) {
    EXPECT_EQ(states({roadReport("a", Blocked, "2025-09-03", "B2"), roadReport("b", Unknown, "2025-09-04", "C3")},
                     "2025-09-10"),
              "RN1 0-1 blocked [b a]\n");
    EXPECT_EQ(states({roadReport("b", Unknown, "2025-09-04")}, "2025-09-10"), "RN1 0-1 unknown [b]\n");
}

TEST(RoadState, PastItsShelfLifeItIsUnknownAndNeverOpen) {
    EXPECT_EQ(states({roadReport("a", Blocked, "2025-09-10", "B2", ObstacleType::CheckpointUnofficial)}, "2025-10-20"),
              "RN1 0-1 unknown (last known blocked, 40 days ago) [a]\n");
    EXPECT_EQ(states({roadReport("a", Open, "2025-01-01")}, "2025-10-20"),
              "RN1 0-1 unknown (last known open, 292 days ago) [a]\n");
}

TEST(RoadState, AnnouncedBlockadeOf47DaysIsStillBlocked) {
    EXPECT_EQ(states({roadReport("R017", Blocked, "2025-09-03")}, "2025-10-20"), "RN1 0-1 blocked [R017]\n");
}

TEST(RoadState, StaleReportsGiveWayToFreshOnes) {
    EXPECT_EQ(states({roadReport("a", Blocked, "2025-09-03", "B2"),
                      roadReport("b", Restricted, "2025-09-10", "C3", ObstacleType::CheckpointOfficial)},
                     "2025-10-20"),
              "RN1 0-1 blocked [a]\n");
}

TEST(RoadState, WhatWasOverruledStaysSoWhenItsOverrulerGrowsOld) {
    EXPECT_EQ(
        states({roadReport("a", Blocked, "2025-09-03", "B2"), roadReport("b", Open, "2025-09-10", "B2")}, "2025-10-20"),
        "RN1 0-1 unknown (last known open, 40 days ago) [b]\n");
}

TEST(RoadState, WhatWasOverruledCountsAgainWhereItsOverrulerEnds) {
    RoadStatus pause = roadReport("b", Open, "2025-09-10");
    pause.head.valid.end = at("2025-09-12");
    const SituationIndex index = indexOf({roadReport("a", Blocked, "2025-09-03"), pause});
    EXPECT_EQ(states(index, {.asOf = at("2025-09-11")}), "RN1 0-1 open [b]\n");
    EXPECT_EQ(states(index, {.asOf = at("2025-09-12")}), "RN1 0-1 blocked [a]\n");
}

TEST(RoadState, AConfirmedReportIsAsLateAsItsConfirmation) {
    RoadStatus blocked = roadReport("a", Blocked, "2025-09-03");
    blocked.head.confirmed = at("2025-10-10");
    EXPECT_EQ(states({blocked, roadReport("b", Open, "2025-09-20")}, "2025-10-12"), "RN1 0-1 blocked [a]\n");
    EXPECT_EQ(states({blocked}, "2026-01-08"), "RN1 0-1 blocked [a]\n"); // 90 days
    EXPECT_EQ(states({blocked}, "2026-01-09"), "RN1 0-1 unknown (last known blocked, 91 days ago) [a]\n");
}

TEST(RoadState, WithdrawnAndNotYetKnownReportsVanish) {
    RoadStatus blocked = roadReport("a", Blocked, "2025-09-03");
    blocked.head.recorded = {at("2025-09-05"), at("2025-09-08")};
    const SituationIndex index = indexOf({blocked});
    const auto known = [&](const char* by) { return states(index, {.asOf = at("2025-09-10"), .knownBy = at(by)}); };
    EXPECT_EQ(known("2025-09-04"), "");
    EXPECT_EQ(known("2025-09-05"), "RN1 0-1 blocked [a]\n");
    EXPECT_EQ(known("2025-09-08"), "");
}

TEST(RoadState, GradeFilterLeavesOutWorseReports) {
    const SituationIndex index =
        indexOf({roadReport("a", Blocked, "2025-09-03", "B2"), roadReport("b", Open, "2025-09-20", "C2")});
    EXPECT_EQ(states(index, {.asOf = at("2025-10-01"), .atLeastGrade = Grade::fromText("B2")}),
              "RN1 0-1 blocked [a]\n");
}

TEST(RoadState, RoadIsCutWhereReportsBeginAndEnd) {
    EXPECT_EQ(
        states({on(roadReport("a", Difficult, "2025-09-01"), 0, 0.8),
                on(roadReport("b", Blocked, "2025-09-02"), 0.25, 0.5), on(roadReport("c", Open, "2025-09-02"), 0.4, 1)},
               "2025-09-10"),
        "RN1 0-0.25 difficult [a]\n"
        "RN1 0.25-0.4 blocked [b]\n"
        "RN1 0.4-0.5 contested (blocked, open) [b c]\n"
        "RN1 0.5-1 open [c]\n");
}

TEST(RoadState, EachDirectionIsJudgedAlone) {
    EXPECT_EQ(states({roadReport("a", Open, "2025-09-01"),
                      towards(on(roadReport("b", Blocked, "2025-09-05"), 0, 0.5), TrafficDirection::Forward)},
                     "2025-09-10"),
              "RN1 0.5-1 open [a]\n"
              "RN1 0-0.5 blocked forward [b]\n"
              "RN1 0-0.5 open backward [a]\n");
    EXPECT_EQ(states({towards(roadReport("b", Blocked, "2025-09-05"), TrafficDirection::Backward)}, "2025-09-10"),
              "RN1 0-1 blocked backward [b]\n");
}

TEST(RoadState, AReportAtOnePointIsAStretchWithoutLength) {
    EXPECT_EQ(
        states({on(roadReport("a", Open, "2025-09-01"), 0, 1), on(roadReport("b", Blocked, "2025-09-02"), 0.5, 0.5)},
               "2025-09-10"),
        "RN1 0-1 open [a]\nRN1 0.5-0.5 blocked [b]\n");
}

TEST(RoadState, ReportsWithAGeometryOfTheirOwnStandAlone) {
    RoadStatus a = roadReport("a", Blocked, "2025-09-01"), b = roadReport("b", Open, "2024-09-01");
    a.roads.clear();
    b.roads.clear();
    EXPECT_EQ(states({b, a}, "2025-09-10"), " 0-1 unknown (last known open, 374 days ago) [b]\n 0-1 blocked [a]\n");
}

TEST(RoadState, PositionsOutOfOrderOrOffTheRoadAreBroughtBack) {
    EXPECT_EQ(states({on(roadReport("a", Blocked, "2025-09-01"), 0.7, -3)}, "2025-09-10"), "RN1 0-0.7 blocked [a]\n");
    EXPECT_EQ(states({on(roadReport("a", Blocked, "2025-09-01"), std::nan(""), std::nan(""))}, "2025-09-10"),
              "RN1 0-1 blocked [a]\n");
}

// What the rules say about one place, read off their text without any cleverness.
std::string plainVerdict(const Situation& situation, const TimeFilter& filter, const std::string& road, double place,
                         TrafficDirection against) {
    std::vector<const RoadStatus*> here;
    for (const RoadStatus& r : situation.roadStatuses)
        if (isInForce(r.head, filter) && r.direction != against &&
            std::any_of(r.roads.begin(), r.roads.end(), [&](const RoadReference& ref) {
                return ref.roadId == road && std::min(ref.fromFraction, ref.toFraction) < place &&
                       place < std::max(ref.fromFraction, ref.toFraction);
            }))
            here.push_back(&r);
    std::vector<const RoadStatus*> fresh;
    bool isAny = false;
    for (const RoadStatus* r : here) {
        if (std::any_of(here.begin(), here.end(),
                        [&](const RoadStatus* other) { return overrules(other->head, r->head, filter.asOf); }))
            continue;
        isAny = true;
        if (!isStale(situation.shelfLives, *r, filter.asOf))
            fresh.push_back(r);
    }
    if (!isAny)
        return "none";
    if (fresh.empty())
        return "stale";
    std::vector<std::string> said;
    for (const RoadStatus* r : fresh)
        if (r->status != Unknown)
            said.emplace_back(toWord(r->status));
    std::sort(said.begin(), said.end());
    said.erase(std::unique(said.begin(), said.end()), said.end());
    if (said == std::vector<std::string>{"blocked", "impassable"})
        return "impassable";
    return said.empty() ? "unknown" : said.size() == 1 ? said.front() : "contested";
}

TEST(RoadState, FollowsTheRulesAtEveryPlaceOfRandomSituations) {
    for (unsigned seed = 1; seed <= 12; ++seed) {
        RandomSituation random(seed, 200, true);
        const auto situation = std::make_shared<const Situation>(random.make(400, 4));
        const SituationIndex index(situation);
        for (int i = 0; i < 12; ++i) {
            const TimeFilter filter{.asOf = random.anyTime(), .knownBy = random.anyTime() + std::chrono::days{40}};
            const std::vector<RoadStretch> stretches = roadStates(index, filter);
            const std::string road = "road-" + std::to_string(random.below(4));
            std::vector<RoadStretch> ofRoad;
            std::copy_if(stretches.begin(), stretches.end(), std::back_inserter(ofRoad),
                         [&](const RoadStretch& s) { return s.roadId == road; });
            ASSERT_EQ(roadStatesOf(index, road, filter), ofRoad);
            for (double place = 0.005; place < 1; place += 0.01)
                for (const auto direction : {TrafficDirection::Forward, TrafficDirection::Backward}) {
                    const auto against =
                        direction == TrafficDirection::Forward ? TrafficDirection::Backward : TrafficDirection::Forward;
                    std::string verdict = "none";
                    for (const RoadStretch& s : ofRoad)
                        if (s.direction != against && s.fromFraction < place && place < s.toFraction) {
                            ASSERT_EQ(verdict, "none") << "two stretches at one place";
                            verdict = s.isStale ? "stale" : std::string(toWord(s.status));
                        }
                    ASSERT_EQ(verdict, plainVerdict(*situation, filter, road, place, against)) << seed << " " << place;
                }
        }
    }
}

} // namespace
} // namespace cordon
