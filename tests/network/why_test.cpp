// Why a place is cut off, what to lift, corridors, series, isochrones and layers, on drawn networks.
#include "core/geo/geodesic.h"
#include "core/network/access_layers.h"
#include "core/network/access_series.h"
#include "core/network/access_sheet.h"
#include "core/network/critical_roads.h"
#include "core/network/isochrones.h"
#include "core/network/min_cut.h"
#include "tests/network/ascii_network.h"

#include <cmath>
#include <gtest/gtest.h>
#include <set>

namespace cordon {
namespace {

using test::Drawn;
using enum RoadStatusKind;

std::vector<std::string> idsOf(const AccessAnswer& answer, const std::vector<std::uint32_t>& obstacles) {
    std::vector<std::string> ids;
    for (const std::uint32_t o : obstacles)
        for (const RoadStatus* report : answer.passages.obstacles[o].reports)
            ids.push_back(report->head.id);
    return ids;
}

// Two ways from A to B, each blocked twice; C beyond.
Drawn twoWays() {
    Drawn drawn(R"(
  /--x--\
A         B---C
  \--y--/
)",
                {{"AxB"}, {"AyB"}, {"BC"}});
    drawn.report("R1", "AxB", Blocked, 0.1, 0.2);
    drawn.report("R2", "AyB", Blocked, 0.1, 0.2);
    drawn.report("R3", "AyB", Blocked, 0.7, 0.8);
    return drawn;
}

TEST(Why, TheSmallestSetThatSeparates) {
    Drawn drawn = twoWays();
    AccessAnswer answer = drawn.ask(drawn.from("A"));
    auto why = whyCutOff(*drawn.network(), answer, 1);
    ASSERT_TRUE(why);
    EXPECT_EQ(why->edges, 2U);
    drawn.report("R4", "BC", Blocked, 0.5, 0.6);
    answer = drawn.ask(drawn.from("A"));
    why = whyCutOff(*drawn.network(), answer, 2);
    EXPECT_EQ(idsOf(answer, why->obstacles), (std::vector<std::string>{"R4"})); // by itself
    EXPECT_FALSE(whyCutOff(*drawn.network(), answer, 0));
}

TEST(Why, ARestrictionIsItsOwnReason) {
    Drawn drawn("A---B", {{"AB"}});
    drawn.restrict("X1", 'B');
    const AccessAnswer answer = drawn.ask(drawn.from("A"));
    const auto why = whyCutOff(*drawn.network(), answer, 1);
    ASSERT_TRUE(why);
    EXPECT_EQ(why->restrictions.at(0)->head.id, "X1");
}

TEST(Ranking, OneWayNeedsOneTheOtherTwo) {
    Drawn drawn = twoWays();
    const auto network = drawn.network();
    const AccessAnswer answer = drawn.ask(drawn.from("A"));
    const auto ranked = rankBlockages(*network, answer);
    ASSERT_EQ(ranked.size(), 3U);
    EXPECT_EQ(nameOf(*network, answer, ranked[0].lifted[0]), "R1 road AxB");
    EXPECT_EQ(ranked[0].reconnected.people, 200);
    EXPECT_EQ(ranked[1].reconnected.people, 0);
    const auto together = blockagesTogether(*network, answer, ranked);
    ASSERT_EQ(together.size(), 1U); // R2 and R3; with R1 it is R1 that does it
    EXPECT_EQ(together[0].lifted.size(), 2U);
    EXPECT_EQ(together[0].reconnected.people, 200);
}

TEST(Ranking, HoursSavedCountPeople) {
    Drawn drawn("A---B", {{"AB", {{"speed_kmh", "10"}}}, {"AB", {{"road_id", "way"}, {"speed_kmh", "100"}}}});
    // Both lie on the same ground, so draw the fast one apart.
    drawn = Drawn("A---B\n\n x", {{"AB", {{"speed_kmh", "100"}}}, {"AxB", {{"speed_kmh", "10"}}}});
    drawn.report("R1", "AB", Blocked);
    const AccessAnswer answer = drawn.ask(drawn.from("A"));
    const auto ranked = rankBlockages(*drawn.network(), answer);
    ASSERT_EQ(ranked.size(), 1U);
    EXPECT_EQ(ranked[0].reconnected, PeopleCount{});
    const double saved = (answer.places[1].seconds - answer.places[1].freeSeconds) / 3600;
    EXPECT_NEAR(ranked[0].personHoursSaved, 100 * saved, 1e-6);
    EXPECT_NEAR(ranked[0].hoursSaved, saved, 1e-9);
}

TEST(Ranking, CriticalRoadsByPeopleBeyond) {
    Drawn drawn("A---B---C\n    |\n    D", {{"AB"}, {"BC"}, {"BD"}}, {{'D', "5000"}});
    const auto network = drawn.network();
    const auto critical = criticalRoads(*network, drawn.ask(drawn.from("A")));
    ASSERT_EQ(critical.size(), 3U);
    EXPECT_EQ(network->graph.idOf(network->graph.roadOf(critical[0].edges[0])), "AB");
    EXPECT_EQ(critical[0].lost.people, 5200);
    EXPECT_EQ(critical[1].lost.people, 5000);
}

TEST(Corridors, OpenRestrictedAndShut) {
    Drawn drawn("A---B\n|   |\nC---D", {{"AB"}, {"AC"}, {"CD"}, {"BD"}});
    auto study = drawn.study();
    Corridor corridor = corridorAt(study, drawn.from("A"), {0, 1, ""});
    EXPECT_EQ(corridor.state, CorridorState::Open);
    drawn.report("R1", "AB", Blocked);
    auto blocked = drawn.study();
    corridor = corridorAt(blocked, drawn.from("A"), {0, 1, ""});
    EXPECT_EQ(corridor.state, CorridorState::Restricted);
    EXPECT_TRUE(corridor.isDetour);
    EXPECT_GT(corridor.meters, 1.4 * corridor.freeMeters);
    drawn.report("R2", "CD", Blocked);
    auto shut = drawn.study();
    corridor = corridorAt(shut, drawn.from("A"), {0, 1, ""});
    EXPECT_EQ(corridor.state, CorridorState::Shut);
    EXPECT_EQ(corridor.separating.size(), 2U);
}

TEST(Series, SaysWhenAndWhy) {
    Drawn drawn("A---B", {{"AB"}});
    RoadStatus& report = drawn.report("R1", "AB", Blocked);
    report.head.valid.begin = test::day("2025-09-03") - std::chrono::hours(5);
    report.head.valid.end = test::day("2025-09-05") - std::chrono::hours(5);
    auto study = drawn.study();
    using namespace std::chrono;
    const auto days =
        accessSeries(study, drawn.from("A"), sys_days{2025y / 9 / 1}, sys_days{2025y / 9 / 7}, {{0, 1, ""}});
    ASSERT_EQ(days.size(), 7U);
    std::string cut, corridor;
    for (const AccessDay& day : days) {
        cut += day.cutOff.places == 1 ? '#' : '.';
        corridor += ".~# ?"[static_cast<std::size_t>(day.corridors[0])];
    }
    EXPECT_EQ(cut, "..##...");
    EXPECT_EQ(corridor, "??##..."); // before the first report nobody knew
    EXPECT_EQ(days[2].begun, (std::vector<std::string>{"R1"}));
    EXPECT_EQ(days[2].newlyCutOff, (std::vector<std::uint32_t>{1}));
    EXPECT_EQ(days[4].ended, (std::vector<std::string>{"R1"}));
    EXPECT_EQ(days[4].reconnected, (std::vector<std::uint32_t>{1}));
    EXPECT_TRUE(days[5].isSame);
}

TEST(Series, ControlThatThePolicyMindsCounts) {
    Drawn drawn("A---B---C", {{"ABC"}});
    ControlArea area;
    area.head.id = "K1";
    area.head.grade = {'B', '2'};
    area.head.valid = {test::day("2025-09-03") - std::chrono::hours(5),
                       test::day("2025-09-05") - std::chrono::hours(5)};
    area.actor = "JNIM";
    area.controlClass = ControlClass::Control;
    const LonLat b = drawn.points.at('B');
    area.area = {SmallGeometry::Kind::Polygon,
                 {{{{b.lonDegrees + 0.01, b.latDegrees - 0.1},
                    {b.lonDegrees + 0.02, b.latDegrees - 0.1},
                    {b.lonDegrees + 0.02, b.latDegrees + 0.1},
                    {b.lonDegrees + 0.01, b.latDegrees + 0.1},
                    {b.lonDegrees + 0.01, b.latDegrees - 0.1}},
                   false}}};
    drawn.situation.controlAreas.push_back(area);
    auto study = drawn.study();
    AccessQuery query = drawn.from("A");
    using namespace std::chrono;
    const auto cutDays = [&] {
        std::string cut;
        for (const AccessDay& day : accessSeries(study, query, sys_days{2025y / 9 / 1}, sys_days{2025y / 9 / 7}))
            cut += day.cutOff.places == 1 ? '#' : '.';
        return cut;
    };
    EXPECT_EQ(cutDays(), ".......");
    query.policy.byActor["JNIM"] = kShut;
    EXPECT_EQ(cutDays(), "..##...");
    const auto days = accessSeries(study, query, sys_days{2025y / 9 / 1}, sys_days{2025y / 9 / 7});
    EXPECT_EQ(days[2].begun, (std::vector<std::string>{"K1"}));
    EXPECT_EQ(days[4].ended, (std::vector<std::string>{"K1"}));
    EXPECT_TRUE(days[3].isSame);
    query.policy.byActor.clear();
    query.policy.byControlClass[static_cast<std::size_t>(ControlClass::Control)] = kShut;
    EXPECT_EQ(cutDays(), "..##...");
}

TEST(Corridors, AWaySlowedByTheUnknownIsNotKnown) {
    Drawn drawn("A---B", {{"AB"}});
    drawn.report("R1", "AB", Unknown);
    auto unknown = drawn.study();
    EXPECT_EQ(corridorAt(unknown, drawn.from("A"), {0, 1, ""}).state, CorridorState::Unknown);
    drawn.situation.roadStatuses.clear();
    drawn.report("R2", "AB", Difficult);
    auto study = drawn.study();
    AccessQuery query = drawn.from("A");
    EXPECT_EQ(corridorAt(study, query, {0, 1, ""}).state, CorridorState::Restricted);
    query.filter.asOf = test::day("2027-01-01"); // nobody confirmed it for more than a year
    EXPECT_EQ(corridorAt(study, query, {0, 1, ""}).state, CorridorState::Unknown);
}

TEST(Series, ACorridorIsOnEachDayAsItIsWhenAskedForThatDay) {
    Drawn drawn("A---B", {{"AB"}});
    drawn.report("R1", "AB", Difficult); // stale some weeks later, as slow as before
    auto study = drawn.study();
    AccessQuery query = drawn.from("A");
    using namespace std::chrono;
    std::set<CorridorState> states;
    for (const AccessDay& day :
         accessSeries(study, query, sys_days{2025y / 8 / 30}, sys_days{2026y / 12 / 31}, {{0, 1, ""}})) {
        states.insert(day.corridors[0]);
        if (day.day < sys_days{2025y / 9 / 1})
            continue; // before the first report nothing is known, which only a series says
        query.filter.asOf = TimePoint(day.day) + days{1} - milliseconds{1};
        EXPECT_EQ(day.corridors[0], corridorAt(study, query, {0, 1, ""}).state) << formatIso(query.filter.asOf);
    }
    EXPECT_EQ(states, (std::set{CorridorState::Restricted, CorridorState::Unknown}));
}

TEST(Corridors, AnEndOffTheRoadsIsNoRoadEitherWay) {
    Drawn drawn("A---B\n\n\n\n\n\n\n\nC", {{"AB"}}); // 8.9 km south
    auto study = drawn.study();
    for (const CorridorEnds& ends : {CorridorEnds{0, 2, ""}, CorridorEnds{2, 0, ""}}) {
        const Corridor corridor = corridorAt(study, drawn.from("A"), ends);
        EXPECT_EQ(corridor.state, CorridorState::None);
        EXPECT_FALSE(std::isfinite(corridor.freeSeconds));
        EXPECT_TRUE(courseOf(study, drawn.from("A"), ends).normal.empty());
    }
}

TEST(Corridors, SavedOnesAreFoundAndLostOnesTold) {
    Drawn drawn("A---B", {{"AB"}});
    drawn.project.access.corridors = {{"The road", "A", "B"}, {"", "A", "Nowhere"}};
    Warnings warnings;
    const auto network = drawn.network();
    const auto ends = savedCorridors(*network, drawn.project.access, warnings);
    ASSERT_EQ(ends.size(), 1U);
    EXPECT_EQ(nameOf(*network, ends[0]), "The road");
    ASSERT_EQ(warnings.size(), 1U);
    EXPECT_NE(warnings[0].text.find("A – Nowhere is left out. There is no place 'Nowhere'"), std::string::npos)
        << warnings[0].text;
}

TEST(Chart, LanesCountsAndMarks) {
    Drawn drawn("A---B", {{"AB"}});
    RoadStatus& report = drawn.report("R1", "AB", Blocked);
    report.head.valid.begin = test::day("2025-09-03") - std::chrono::hours(5);
    auto study = drawn.study();
    using namespace std::chrono;
    const auto series =
        accessSeries(study, drawn.from("A"), sys_days{2025y / 9 / 1}, sys_days{2025y / 9 / 4}, {{0, 1, "The road"}});
    const DayChart chart = accessChart(study.network(), series, {"The road"}, test::day("2025-09-04"), "en");
    EXPECT_EQ(chart.counts, (std::vector<double>{0, 0, 100, 100}));
    ASSERT_EQ(chart.lanes.size(), 1U);
    EXPECT_EQ(chart.lanes[0].days,
              (std::vector<DayState>{DayState::NoData, DayState::NoData, DayState::Shut, DayState::Shut}));
    ASSERT_EQ(chart.marks.size(), 1U);
    EXPECT_EQ(chart.marks[0].text, "3 Sep 2025: cut off B; The road shut (R1 begins)");
    EXPECT_EQ(chart.shownDay, 3U);
}

TEST(Isochrones, CoverEachRoadOnceUpToWhatShutsIt) {
    Drawn drawn("A-------B", {{"AB", {{"speed_kmh", "10"}}}});
    const auto network = drawn.network();
    const double hours = drawn.ask(drawn.from("A")).places[1].seconds / 3600;
    auto bands = reachedStretches(*network, drawn.ask(drawn.from("A")), {hours / 4, hours / 2});
    ASSERT_EQ(bands.size(), 3U);
    EXPECT_NEAR(bands[0].toFraction, 0.25, 1e-6);
    EXPECT_NEAR(bands[1].toFraction, 0.5, 1e-6);
    EXPECT_NEAR(bands[2].toFraction, 1, 1e-6);
    drawn.report("R1", "AB", Blocked, 0.6, 0.7);
    bands = reachedStretches(*network, drawn.ask(drawn.from("A")), {hours});
    ASSERT_EQ(bands.size(), 1U);
    EXPECT_NEAR(bands[0].toFraction, 0.6, 1e-6);
}

TEST(Isochrones, GroundIsAsFarFromTheRoadAsStated) {
    Drawn drawn("A-------B", {{"AB", {{"speed_kmh", "10"}}}});
    const auto network = drawn.network();
    AccessQuery query = drawn.from("A");
    const LonLat a = drawn.points.at('A'), b = drawn.points.at('B');
    const double length = distanceMeters(a, b);
    const Area all = reachedGround(*network, drawn.ask(query), 1000);
    // A strip of 2 km and two half rounds of 1 km.
    EXPECT_NEAR(all.squareMeters(), 2000 * length + 3.1416 * 1e6, 0.03 * 2000 * length);
    EXPECT_NEAR(all.box().minX, a.lonDegrees - 1000 / (111320 * std::cos(14 * 3.1416 / 180)), 1e-4);
    EXPECT_NEAR(all.box().maxY, 14 + 1000 / 111132.0, 1e-4);
    query.budgetHours = length / 2 / 10000; // half way
    const Area half = reachedGround(*network, drawn.ask(query), 1000);
    EXPECT_NEAR(half.box().maxX, (a.lonDegrees + b.lonDegrees) / 2 + 1000 / (111320 * std::cos(14 * 3.1416 / 180)),
                2e-4);
}

TEST(Layers, ShowTownsRoadsAndNumbers) {
    Drawn drawn = twoWays();
    const auto network = drawn.network();
    const AccessAnswer answer = drawn.ask(drawn.from("A"));
    AccessMap map;
    map.ranked = rankBlockages(*network, answer);
    const Project project = withAccessLayers(drawn.project, *network, answer, map);
    std::map<std::string, std::uint32_t> features;
    for (const auto& layer : project.layers)
        features[layer->id] = layer->table->featureCount;
    EXPECT_EQ(features["access_towns"], 3U); // B, C and the start
    EXPECT_EQ(features["access_blockages"], 3U);
    EXPECT_EQ(features["access_obstacles"], 3U);
    EXPECT_GT(features["access_roads"], 0U);
    EXPECT_NE(project.map.summary.find("200 people in 2 places"), std::string::npos) << project.map.summary;
    ASSERT_EQ(project.answer->tables.size(), 1U);
    EXPECT_EQ(project.answer->legendTitle, "Access by road");
    const auto& rows = project.answer->tables[0].rows;
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[0].number + " " + rows[0].text + ": " + rows[0].value, "1 R1 road AxB: 200 (2)");
    EXPECT_FALSE(project.answer->chart);
}

} // namespace
} // namespace cordon
