// The road graph: where roads meet, what is kept, what its columns say.
#include "core/geo/geodesic.h"
#include "core/network/fast_length.h"
#include "tests/network/ascii_network.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>

namespace cordon {
namespace {

using test::Drawn;
using test::Way;

// What is reached from A.
std::string reached(const std::string& drawing, const std::vector<Way>& ways) {
    const Drawn drawn(drawing, ways);
    GraphOptions options;
    options.snapMeters = 500; // places stay on their own road
    return drawn.places(drawn.ask(drawn.from("A"), options), ReachKind::Reached);
}

const char* const kCross = R"(
    C
    |
A---+---B
    |
    D
)";

TEST(RoadGraph, CrossingRoadsMeet) {
    EXPECT_EQ(reached(kCross, {{"AB"}, {"CD"}}), "ABCD");
}

TEST(RoadGraph, BridgesAndTunnelsDoNotMeetWhatTheyCross) {
    EXPECT_EQ(reached(kCross, {{"AB"}, {"CD", {{"bridge", "yes"}}}}), "AB");
    EXPECT_EQ(reached(kCross, {{"AB"}, {"CD", {{"tunnel", "yes"}}}}), "AB");
    EXPECT_EQ(reached(kCross, {{"AB"}, {"CD", {{"layer", "2"}}}}), "AB");
    EXPECT_EQ(reached(kCross, {{"AB", {{"layer", "2"}}}, {"CD", {{"layer", "2"}}}}), "ABCD");
    EXPECT_EQ(reached(kCross, {{"AB"}, {"CD", {{"bridge", "no"}}}}), "ABCD");
}

TEST(RoadGraph, OpenStreetMapRoadsMeetAtSharedVerticesOnly) {
    EXPECT_EQ(reached(kCross, {{"AB", {{"highway", "primary"}}}, {"CD", {{"highway", "primary"}}}}), "AB");
    const char* const shared = R"(
    C
    |
A---x---B
    |
    D
)";
    EXPECT_EQ(reached(shared, {{"AxB", {{"highway", "primary"}}}, {"CxD", {{"highway", "primary"}}}}), "ABCD");
    EXPECT_EQ(
        reached(shared, {{"AxB", {{"highway", "primary"}, {"bridge", "yes"}}}, {"CxD", {{"highway", "primary"}}}}),
        "AB");
    // The end of a bridge is on the ground.
    EXPECT_EQ(reached(shared, {{"Ax", {{"bridge", "yes"}, {"highway", "primary"}}}, {"CxD", {{"highway", "primary"}}}}),
              "ACD");
}

TEST(RoadGraph, AnEndOnTheMiddleOfARoadMeetsIt) {
    EXPECT_EQ(reached("A---x---B\n    |\n    C", {{"AB"}, {"xC"}}), "ABC");
}

TEST(RoadGraph, LooseEndsJoinWithinTheToleranceAndAreCounted) {
    Drawn drawn("A---B C---D", {{"AB"}, {"CD"}});
    GraphOptions options;
    EXPECT_EQ(drawn.places(drawn.ask(drawn.from("A")), ReachKind::Island), "CD"); // 2.2 km apart
    options.toleranceMeters = 3000;
    EXPECT_EQ(drawn.places(drawn.ask(drawn.from("A"), options), ReachKind::Reached), "ABCD");
    const auto joined = drawn.network(options);
    EXPECT_GT(joined->health.joinedEnds, 0U);
    EXPECT_NEAR(joined->health.widestJoinMeters, distanceMeters(drawn.points['B'], drawn.points['C']), 5);
    options.toleranceMeters = 20;
    options.gapMeters = 3000;
    const auto apart = drawn.network(options);
    EXPECT_EQ(apart->health.joinedEnds, 0U);
    EXPECT_EQ(apart->health.suggestedJoins.size(), 2U);
    EXPECT_EQ(apart->health.islands.size(), 1U);
}

TEST(RoadGraph, ATownBesideAJunctionIsAtIt) {
    // T lies 1.1 km beside the junction j of four roads, a little nearer to one that is blocked from there on.
    Drawn drawn("A---j---B\n    |\n    C", {{"Aj"}, {"jB"}, {"jC"}});
    drawn.points['T'] = {drawn.points.at('j').lonDegrees + 0.004, drawn.points.at('j').latDegrees + 0.009};
    drawn.project.layers[1] = test::placesAt(drawn.points, {{'A', "1"}, {'B', "1"}, {'C', "1"}, {'T', "1"}});
    drawn.report("R1", "jB", RoadStatusKind::Blocked);
    EXPECT_EQ(drawn.cutOff(drawn.from("A")), "B");
    // At 5 km along it the road, not the junction, is what the town is at.
    drawn.points['T'] = {drawn.points.at('j').lonDegrees + 0.03, drawn.points.at('j').latDegrees + 0.009};
    drawn.project.layers[1] = test::placesAt(drawn.points, {{'A', "1"}, {'B', "1"}, {'C', "1"}, {'T', "1"}});
    EXPECT_EQ(drawn.cutOff(drawn.from("A")), "BT");
}

TEST(RoadGraph, AcceptedJoinsAreKeptByWhereTheyLie) {
    // c ends some 330 m short of the road AB.
    Drawn drawn("A----c----B", {{"AB"}});
    std::map<char, LonLat> points = drawn.points;
    points['d'] = {points.at('c').lonDegrees, points.at('c').latDegrees - 0.003};
    points['D'] = {points.at('c').lonDegrees, points.at('c').latDegrees - 0.05};
    drawn.project.layers[0] = test::roadsThrough(points, {{"AB"}, {"Dd"}});
    auto network = drawn.network();
    ASSERT_EQ(network->health.suggestedJoins.size(), 1U);
    EXPECT_EQ(network->health.islands.size(), 1U);
    const LooseEnd end = network->health.suggestedJoins[0];
    drawn.project.access.joins = {{end.at, end.join}};
    network = drawn.network();
    EXPECT_EQ(network->health.acceptedJoins, 1U);
    EXPECT_TRUE(network->health.suggestedJoins.empty());
    EXPECT_TRUE(network->health.islands.empty());
    EXPECT_TRUE(network->warnings.empty());
    // After a re-import without that road the join is told to be lost.
    drawn.project.layers[0] = test::roadsThrough(points, {{"AB"}});
    network = drawn.network();
    EXPECT_EQ(network->health.acceptedJoins, 0U);
    ASSERT_EQ(network->warnings.size(), 1U);
    EXPECT_NE(network->warnings[0].text.find("accepted join"), std::string::npos);
}

TEST(RoadGraph, OneWaysAccessAndUnusableRoads) {
    EXPECT_EQ(reached("A---B", {{"AB", {{"oneway", "yes"}}}}), "AB");
    EXPECT_EQ(reached("A---B", {{"AB", {{"oneway", "-1"}}}}), "A");
    EXPECT_EQ(reached("A---B---C", {{"AB"}, {"BC", {{"access", "no"}}}}), "AB");
    EXPECT_EQ(reached("A---B---C", {{"AB"}, {"BC", {{"access", "private"}, {"motor_vehicle", "yes"}}}}), "ABC");
    EXPECT_EQ(reached("A---B", {{"AB", {{"highway", "primary"}, {"other_tags", "\"oneway\"=>\"-1\""}}}}), "A");
}

TEST(RoadGraph, SpeedsByClassSurfaceSeasonAndColumn) {
    const auto hours = [](const Way& way, Season season = Season::Dry) {
        const Drawn drawn("A---B", {way});
        AccessQuery query = drawn.from("A");
        query.season = season;
        const AccessAnswer answer = drawn.ask(query);
        return answer.places[1].meters / 1000 / (answer.places[1].seconds / 3600); // km/h
    };
    EXPECT_NEAR(hours({"AB", {{"class", "main"}}}), 60, 1e-4);
    EXPECT_NEAR(hours({"AB", {{"class", "main"}, {"surface", "laterite"}}}), 48, 1e-4);
    EXPECT_NEAR(hours({"AB", {{"class", "track"}}}, Season::Rainy), 10, 1e-4);
    EXPECT_NEAR(hours({"AB", {{"speed_kmh", "72.5"}}}), 72.5, 1e-4);
    EXPECT_NEAR(hours({"AB", {{"maxspeed", "30 mph"}}}), 48.28, 1e-2);
    EXPECT_NEAR(hours({"AB", {{"ford", "yes"}, {"class", "main"}}}), 5, 1e-4);
    EXPECT_NEAR(hours({"AB", {{"route", "ferry"}}}), 8, 1e-4);
    EXPECT_NEAR(hours({"AB", {{"class", "main"}, {"speed_kmh", "-30"}}}), 60, 1e-4);
    const Drawn drawn("A---B", {{"AB", {{"speed_kmh", "-30"}}}});
    EXPECT_EQ(drawn.network()->warnings.size(), 1U);
}

TEST(RoadGraph, TheGivenLengthIsTheRoads) {
    const auto kilometers = [](const char* given) {
        const Drawn drawn("A---B", {{"AB", {{"length_km", given}}}});
        return drawn.ask(drawn.from("A")).places[1].meters / 1000;
    };
    EXPECT_NEAR(kilometers("5.5"), 5.5, 1e-6); // the line: 4.3 km
    EXPECT_NEAR(kilometers("900"), kilometers(""), 1e-9);
}

TEST(RoadGraph, ParallelEdgesAndLoopsAreKept) {
    const Drawn drawn("A---B\n|   |\nx---y", {{"AB"}, {"AxyB"}, {"Axy", {{"road_id", "again"}}}});
    EXPECT_EQ(drawn.network()->graph.edgeCount(), 4U); // AB, Axy, Axy again, yB
    const Drawn loop("A---x\n    |\ny---z", {{"Axzyx"}});
    EXPECT_EQ(loop.network()->health.loops, 1U);
}

TEST(RoadGraph, SelfCrossingAndDuplicatedLinesWork) {
    EXPECT_EQ(reached("A   y\n \n \n \nx   B\n \n", {{"AByx"}}), "AB");
    std::vector<Way> twice;
    for (const char* road : {"AB", "BC", "CD"}) {
        twice.push_back({road, {}});
        twice.push_back({road, {{"road_id", std::string(road) + "2"}}});
    }
    EXPECT_EQ(reached("A---B---C---D", twice), "ABCD");
}

TEST(RoadGraph, EdgesOfZeroLengthAreReported) {
    const Drawn drawn("A---B", {{"AB"}, {"BB"}});
    EXPECT_EQ(drawn.network()->health.zeroLengthEdges, 1U);
}

TEST(RoadGraph, AnEdgeIsNamedByItsRoadAndFractions) {
    const Drawn drawn("A---B-------C", {{"ABC"}});
    const auto network = drawn.network();
    const RoadGraph& graph = network->graph;
    ASSERT_EQ(graph.edgeCount(), 2U);
    EXPECT_EQ(graph.idOf(graph.roadOf(0)), "ABC");
    EXPECT_EQ(graph.edges[0].fromFraction, 0);
    EXPECT_NEAR(graph.edges[0].toFraction, 1.0 / 3, 1e-6);
    EXPECT_EQ(graph.edges[1].fromFraction, graph.edges[0].toFraction);
    EXPECT_NEAR(graph.edges[1].toFraction, 1, 1e-12);
}

TEST(RoadGraph, NoRoadsIsAnError) {
    Drawn drawn("A---B", {{"AB"}});
    drawn.project.layers.erase(drawn.project.layers.begin());
    EXPECT_THROW(drawn.network(), Error);
}

TEST(FastLength, AgreesWithTheGeodesic) {
    std::mt19937 random(5);
    const auto real = [&](double from, double to) { return std::uniform_real_distribution(from, to)(random); };
    double worst = 0;
    for (int i = 0; i < 200000; ++i) {
        const LonLat a{real(-180, 180), real(-70, 70)};
        const LonLat b{a.lonDegrees + real(-0.05, 0.05), a.latDegrees + real(-0.05, 0.05)};
        const double exact = distanceMeters(a, b);
        if (exact > 1)
            worst = std::max(worst, std::abs(stepMeters(a, b) - exact) / exact);
    }
    EXPECT_LT(worst, 3e-7);
    EXPECT_EQ(stepMeters({0, 80}, {0.01, 80}), distanceMeters({0, 80}, {0.01, 80}));
}

} // namespace
} // namespace cordon
