#include "core/model/road_snap.h"

#include "core/geo/geodesic.h"
#include "core/model/track_snap.h"
#include "tests/model/reports.h"
#include "tests/model/tables.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <random>

namespace cordon {
namespace {

// Metres east and north of a place in the Sahel.
LonLat xy(double eastMeters, double northMeters) {
    const LonLat north = destination({-5, 14}, northMeters < 0 ? 180 : 0, std::abs(northMeters));
    return destination(north, eastMeters < 0 ? 270 : 90, std::abs(eastMeters));
}
using Roads = std::vector<std::pair<std::string, std::vector<LonLat>>>;

Project projectOf(const Roads& roads, const std::map<std::string, std::string>& names = {}) {
    Layer layer = *test::roadLayer(roads);
    auto table = std::make_shared<FeatureTable>(*layer.table);
    Column column{"name", FieldType::Text, TextValues{}};
    for (const auto& [id, points] : roads)
        std::get<TextValues>(column.values).append(names.contains(id) ? names.at(id) : "");
    table->columns.push_back(std::move(column));
    layer.table = table;
    Project project;
    project.layers.push_back(std::make_shared<const Layer>(layer));
    return project;
}

// "A 0.45-0.55", "? A B", "none (A)".
std::string shown(const Snap& snap) {
    if (snap.outcome == SnapOutcome::Snapped) {
        char text[64];
        std::snprintf(text, sizeof text, " %.3f-%.3f", snap.road.fromFraction, snap.road.toFraction);
        return snap.road.roadId + text;
    }
    std::string text = snap.outcome == SnapOutcome::Ambiguous ? (snap.isJunction ? "? +" : "?") : "none";
    for (const SnapCandidate& c : snap.candidates)
        text += " " + c.roadId;
    return text;
}
std::string snapped(const Project& project, LonLat point, const SnapQuery& query = {}) {
    return shown(RoadSnapper(project).snap(point, query));
}

//   A runs 10 km east; B runs parallel, 900 m north of it; C leaves A at 5 km to the south.
Roads threeRoads() {
    return {{"A", {xy(0, 0), xy(5000, 0), xy(10000, 0)}},
            {"B", {xy(0, 900), xy(10000, 900)}},
            {"C", {xy(5000, 0), xy(5000, -8000)}}};
}

TEST(RoadSnap, TakesTheNearestRoadAndAStretchRoundThePlace) {
    const Project project = projectOf(threeRoads());
    const Snap snap = RoadSnapper(project).snap(xy(2000, -120));
    EXPECT_EQ(shown(snap), "A 0.150-0.250");
    ASSERT_EQ(snap.candidates.size(), 1u);
    EXPECT_NEAR(snap.candidates[0].distanceMeters, 120, 0.5);
    EXPECT_NEAR(snap.candidates[0].fraction, 0.2, 1e-4);
    EXPECT_EQ(describe(snap, {}), "120 m from road A at 0.20");
}

TEST(RoadSnap, CutsTheStretchAtEndsAndJunctions) {
    const Project project = projectOf(threeRoads());
    EXPECT_EQ(snapped(project, xy(200, 10)), "A 0.000-0.070");
    EXPECT_EQ(snapped(project, xy(4700, 10)), "A 0.420-0.500");
    EXPECT_EQ(snapped(project, xy(5300, 10)), "A 0.500-0.580");
}

TEST(RoadSnap, IsNeverSilentlyFartherThanAskedFor) {
    const Project project = projectOf({{"A", {xy(0, 0), xy(10000, 0)}}});
    EXPECT_EQ(snapped(project, xy(2000, 499)), "A 0.150-0.250");
    EXPECT_EQ(snapped(project, xy(2000, 501)), "none A");
    EXPECT_EQ(snapped(project, xy(2000, 501), {.maxMeters = 600}), "A 0.150-0.250");
    EXPECT_EQ(snapped(project, xy(2000, 20), {.maxMeters = 0}), "none A");
    EXPECT_EQ(snapped(project, xy(2000, 20), {.maxMeters = std::nan("")}), "none A");
    const RoadSnapper snapper(project);
    EXPECT_EQ(describe(snapper.snap(xy(2000, 2000)), {}), "no road within 500 m; the nearest is A (2.0 km)");
    EXPECT_EQ(shown(snapper.snap({100, -60})), "none A");
    EXPECT_EQ(shown(snapper.snap({std::nan(""), 0})), "none");
    EXPECT_EQ(shown(RoadSnapper(Project()).snap(xy(0, 0))), "none");
}

TEST(RoadSnap, AsksWhereTwoRoadsAreSimilarlyNear) {
    const Project project = projectOf(threeRoads());
    EXPECT_EQ(snapped(project, xy(2000, 400)), "? A B");         // 400 and 500 m
    EXPECT_EQ(snapped(project, xy(2000, 350)), "A 0.150-0.250"); // 350 and 550 m
    EXPECT_EQ(snapped(project, xy(5030, -40)), "? + C A");
    EXPECT_EQ(snapped(project, xy(5000, -200)), "C 0.000-0.087");
    const Snap snap = RoadSnapper(project).snap(xy(2000, 400));
    EXPECT_EQ(describe(snap, {}), "2 roads it may mean: A (400 m), B (500 m)");
}

TEST(RoadSnap, TakesPiecesOfOneRoadForOne) {
    const Roads roads{
        {"w1", {xy(0, 0), xy(3000, 0)}}, {"w2", {xy(3000, 0), xy(6000, 0)}}, {"w3", {xy(3000, 0), xy(3000, 6000)}}};
    const std::map<std::string, std::string> names{{"w1", "RN6"}, {"w2", "rn 6"}, {"w3", "Piste de Séno"}};
    EXPECT_EQ(snapped(projectOf(roads, names), xy(2990, -100)), "? + w1 w3");
    const Roads two(roads.begin(), roads.begin() + 2);
    EXPECT_EQ(snapped(projectOf(two, names), xy(2990, -100)), "w1 0.830-1.000");
    EXPECT_EQ(snapped(projectOf(two), xy(2990, -100)), "? + w1 w2");
}

TEST(RoadSnap, FollowsTheRoadThatTheReportNames) {
    const Project project = projectOf(threeRoads(), {{"A", "RN6"}, {"B", "Route de l'Éléphant"}, {"C", "7"}});
    EXPECT_EQ(snapped(project, xy(2000, 430), {.roadHint = "B"}), "B 0.150-0.250");
    EXPECT_EQ(snapped(project, xy(2000, 430), {.roadHint = "rn-6; X9"}), "A 0.150-0.250");
    EXPECT_EQ(snapped(project, xy(2000, 430), {.roadHint = "A;B"}), "? A B");
    EXPECT_EQ(snapped(project, xy(2000, 430), {.roadHint = "X9"}), "? A B"); // no such road
    // Named, but too far: not snapped to another instead.
    EXPECT_EQ(snapped(project, xy(2000, -200), {.roadHint = "B"}), "none B");
    EXPECT_EQ(describe(RoadSnapper(project).snap(xy(2000, -200), {.roadHint = "B"}), {}),
              "the road it names is not within 500 m; the nearest is B Route de l'Éléphant (1.1 km)");
    EXPECT_EQ(snapped(project, xy(2000, 430), {.textHint = "Barrage sur la route de l'elephant"}), "B 0.150-0.250");
    EXPECT_EQ(snapped(project, xy(2000, 430), {.textHint = "km 12 of the RN 6, 7 armed men"}), "A 0.150-0.250");
    EXPECT_EQ(snapped(project, xy(2000, 430), {.textHint = "RN66"}), "? A B");
    // The words and the place contradict each other.
    EXPECT_EQ(snapped(project, xy(2000, -100), {.textHint = "Route de l'Éléphant"}), "? A B");
}

TEST(RoadSnap, CountsTheErrorOfThePoint) {
    const Project project = projectOf(threeRoads());
    EXPECT_EQ(snapped(project, xy(1000, -100), {.positionErrorMeters = 400}), "A 0.050-0.150");
    EXPECT_EQ(snapped(project, xy(1000, -100), {.positionErrorMeters = 600}), "? A B");
    EXPECT_EQ(snapped(project, xy(1000, 0), {.positionErrorMeters = positionErrorMeters(LocationPrecision::Region)}),
              "none A");
    EXPECT_EQ(positionErrorMeters(LocationPrecision::Exact), 0);
}

TEST(RoadSnap, FindsRoadsAcrossTheAntimeridianAndNearThePole) {
    const Project project = projectOf({{"fiji", {{179.9, -17}, {180, -17}}}, {"north", {{10, 89.95}, {20, 89.95}}}});
    EXPECT_TRUE(snapped(project, {-179.9995, -17}).starts_with("fiji"));
    EXPECT_TRUE(snapped(project, {15, 89.951}).starts_with("north"));
}

TEST(RoadSnap, KeepsTheReportedPointAndIsUndone) {
    RoadStatus report = test::roadReport("r", RoadStatusKind::Blocked, "2025-09-03");
    report.roads.clear();
    report.geometry = {SmallGeometry::Kind::Point, {{{xy(2000, -120)}, false}}};
    ASSERT_TRUE(isSnappable(report));
    const Project project = projectOf(threeRoads());
    const RoadSnapper snapper(project);
    const RoadStatus linked = snapped(report, snapper.snap(xy(2000, -120), snapQueryFor(report, 500)));
    ASSERT_EQ(linked.roads.size(), 1u);
    EXPECT_EQ(linked.roads[0].roadId, "A");
    EXPECT_EQ(linked.geometry, report.geometry);
    EXPECT_FALSE(isSnappable(linked));
    EXPECT_EQ(snapLinkText(linked, snapper.roads()), "120 m from road A at 0.20");
    EXPECT_EQ(snapLinkText(report, snapper.roads()), "");
    EXPECT_EQ(unsnapped(linked), report);
    EXPECT_EQ(snapped(report, snapper.snap(xy(2000, 2000))), report); // none
    RoadStatus onRoad = linked;
    onRoad.geometry = {};
    EXPECT_EQ(unsnapped(onRoad), onRoad);
}

TEST(RoadSnap, TakesTheRoadSomebodyChose) {
    const Project project = projectOf(threeRoads());
    const RoadSnapper snapper(project);
    const LonLat between = xy(2000, 440); // of A and B, about as near to both
    SnapQuery query;
    EXPECT_EQ(shown(snapper.snap(between, query)), "? A B");
    query.chosenRoad = "B";
    const Snap chosen = snapper.snap(between, query);
    EXPECT_EQ(shown(chosen), "B 0.150-0.250");
    EXPECT_EQ(describe(chosen, query), "460 m from road B at 0.20, as chosen");
    query.chosenRoad = "C"; // farther than asked for: somebody has decided
    EXPECT_EQ(snapper.snap(between, query).road.roadId, "C");
    query.chosenRoad = "Z";
    EXPECT_EQ(shown(snapper.snap(between, query)), "none");
    EXPECT_EQ(describe(snapper.snap(between, query), query), "the chosen road 'Z' is not in the project");
}

// The distance by walking every segment in steps.
std::map<std::string, double> plainDistances(const Roads& roads, LonLat p) {
    std::map<std::string, double> best;
    for (const auto& [id, points] : roads)
        for (std::size_t i = 1; i < points.size(); ++i)
            for (int k = 0; k <= 200; ++k) {
                const double t = k / 200.0;
                const LonLat a = points[i - 1], b = points[i];
                const LonLat q{a.lonDegrees + t * (b.lonDegrees - a.lonDegrees),
                               a.latDegrees + t * (b.latDegrees - a.latDegrees)};
                const double meters = distanceMeters(p, q);
                if (!best.contains(id) || meters < best[id])
                    best[id] = meters;
            }
    return best;
}

TEST(RoadSnap, AgreesWithBruteForceOnRandomRoads) {
    std::mt19937 random(7);
    const auto between = [&](double low, double high) {
        return std::uniform_real_distribution<double>(low, high)(random);
    };
    for (int round = 0; round < 6; ++round) {
        const double lon = between(-170, 170), lat = between(-70, 70);
        Roads roads;
        for (int r = 0; r < 12; ++r) {
            std::vector<LonLat> line{{lon + between(-0.05, 0.05), lat + between(-0.05, 0.05)}};
            for (int i = 0; i < 6; ++i)
                line.push_back(
                    {line.back().lonDegrees + between(-0.01, 0.01), line.back().latDegrees + between(-0.01, 0.01)});
            roads.emplace_back("r" + std::to_string(r), line);
        }
        const Project project = projectOf(roads);
        const RoadSnapper snapper(project);
        for (int i = 0; i < 8; ++i) {
            const LonLat p{lon + between(-0.06, 0.06), lat + between(-0.06, 0.06)};
            const double reach = between(50, 5000);
            std::map<std::string, double> expected = plainDistances(roads, p), found;
            for (const RoadPosition& position : snapper.within(p, reach)) {
                const std::string& id = snapper.roadId(position.road);
                found[id] = position.distanceMeters;
                const RoadLookup& lookup = snapper.roads();
                const double fraction = position.alongMeters / snapper.lengthMeters(position.road);
                EXPECT_LT(distanceMeters(*lookup.measured(id).pointAt(fraction), position.place), 0.01);
                EXPECT_NEAR(lookup.measured(id).nearestTo(p)->distanceMeters, position.distanceMeters, 1e-6);
            }
            // Steps are up to 8 m apart: that much is a distance found by walking too long at most.
            for (const auto& [id, meters] : expected)
                if (found.contains(id)) {
                    EXPECT_LE(found[id], meters + 0.01) << id;
                    EXPECT_GE(found[id], meters - 8) << id;
                } else {
                    EXPECT_GE(meters, reach - 0.01) << id;
                }
        }
    }
}

std::string passedText(const TrackSnap& snap) {
    std::string text;
    for (const PassedRoad& p : snap.passed) {
        char line[96];
        std::snprintf(line, sizeof line, "%s %.2f-%.2f %s; ", p.road.roadId.c_str(), p.road.fromFraction,
                      p.road.toFraction, std::string(toWord(p.direction)).c_str());
        text += line;
    }
    return text + std::to_string(snap.offRoadPoints) + " off";
}

TEST(TrackSnap, FollowsRoadsTheirWayAndInTime) {
    const Project project = projectOf(threeRoads());
    const RoadSnapper snapper(project);
    std::vector<LonLat> track;
    for (int x = 1000; x <= 5000; x += 100)
        track.push_back(xy(x, x % 300 == 0 ? 12 : -9));
    for (int y = 100; y <= 2000; y += 100)
        track.push_back(xy(5008, -y));
    std::vector<std::int64_t> times;
    for (std::size_t i = 0; i < track.size(); ++i)
        times.push_back(static_cast<std::int64_t>(i) * 60000);
    const TrackSnap snap = snapTrack(snapper, track, times);
    EXPECT_EQ(passedText(snap), "A 0.10-0.49 forward; C 0.00-0.25 forward; 0 off");
    EXPECT_EQ(snap.passed[0].firstTimeMs, 0);
    EXPECT_EQ(snap.passed[1].lastTimeMs, times.back());
    EXPECT_LT(snap.passed[0].farthestMeters, 13);
    EXPECT_GT(snap.passed[0].farthestMeters, 11);
    std::reverse(track.begin(), track.end());
    EXPECT_EQ(passedText(snapTrack(snapper, track, {})), "C 0.00-0.25 backward; A 0.10-0.49 backward; 0 off");
}

TEST(TrackSnap, SeesTurnsAndDoesNotCountCrossings) {
    const Project project = projectOf(threeRoads());
    const RoadSnapper snapper(project);
    std::vector<LonLat> turning;
    for (int x = 1000; x <= 3000; x += 50)
        turning.push_back(xy(x, 5));
    for (int x = 2950; x >= 1500; x -= 50)
        turning.push_back(xy(x + (x % 100 ? 30 : -30), 5)); // jitter
    EXPECT_EQ(passedText(snapTrack(snapper, turning, {})), "A 0.10-0.30 forward; A 0.15-0.30 backward; 0 off");
    std::vector<LonLat> crossing;
    for (int y = -600; y <= 600; y += 30)
        crossing.push_back(xy(2000, y));
    EXPECT_EQ(passedText(snapTrack(snapper, crossing, {})), "41 off");
    EXPECT_EQ(passedText(snapTrack(snapper, {}, {})), "0 off");
}

} // namespace
} // namespace cordon
