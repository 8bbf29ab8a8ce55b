#include "core/model/project.h"
#include "core/render/record_geometry.h"
#include "core/render/render.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

namespace cordon {
namespace {

using namespace std::chrono_literals;

TimePoint day(const char* text) {
    return parseAsOf(text);
}

RecordHead head(const char* from, const std::string& place = "") {
    RecordHead h;
    h.valid.begin = parseTime(from)->time;
    h.place = place;
    return h;
}

SmallGeometry pointAt(double lon, double lat) {
    return {SmallGeometry::Kind::Point, {{{{lon, lat}}, false}}};
}

// A road along the equator from 0 to 10 degrees east, "R1"; two square regions side by side, "A" and "B".
std::shared_ptr<const Project> projectOf(Situation situation) {
    const auto table = [](PartRole role, const std::vector<std::pair<std::string, std::vector<LonLat>>>& features) {
        auto t = std::make_shared<FeatureTable>();
        Column id;
        id.name = "id";
        TextValues ids;
        for (const auto& [name, points] : features) {
            ids.append(name);
            t->geometry.coordinates.insert(t->geometry.coordinates.end(), points.begin(), points.end());
            t->geometry.partStart.push_back(static_cast<std::uint32_t>(t->geometry.coordinates.size()));
            t->geometry.partRole.push_back(role);
            t->geometry.featureStart.push_back(t->geometry.partCount());
        }
        id.values = std::move(ids);
        t->columns = {std::move(id)};
        finishTable(*t);
        return t;
    };
    const auto layer = [](LayerRole role, std::shared_ptr<const FeatureTable> t) {
        auto l = std::make_shared<Layer>();
        l->id = std::string(toWord(role));
        l->role = role;
        l->table = std::move(t);
        l->idField = "id";
        return l;
    };
    Project project;
    project.layers.push_back(
        layer(LayerRole::Region, table(PartRole::OuterRing, {{"A", {{0, 2}, {0, 4}, {2, 4}, {2, 2}, {0, 2}}},
                                                             {"B", {{2, 2}, {2, 4}, {4, 4}, {4, 2}, {2, 2}}}})));
    project.layers.push_back(layer(LayerRole::Road, table(PartRole::Line, {{"R1", {{0, 0}, {10, 0}}}})));
    return std::make_shared<const Project>(
        withSituation(std::move(project), std::make_shared<const Situation>(std::move(situation))));
}

// Degrees from -2 to 12 east, -5 to 5.5 north; 40 px a degree, 4 px a millimetre: a degree is 10 mm.
DisplayList drawn(Situation situation, const char* asOf) {
    Scene scene;
    scene.project = projectOf(std::move(situation));
    scene.view.center = {5, 0};
    scene.view.unitsPerPx = 1 / 40.0;
    scene.view.widthPx = 560;
    scene.view.heightPx = 420;
    scene.view.dpi = 101.6;
    scene.time.asOf = day(asOf);
    PreparedLayers prepared;
    return buildDisplayList(scene, prepared);
}

double lonOf(float x) {
    return 5 + (double(x) - 280) / 40;
}
double latOf(float y) {
    return (210 - double(y)) / 40;
}

std::vector<PagePoint> markerPlaces(const DisplayList& list) {
    std::vector<PagePoint> places;
    for (const Op& op : list.ops)
        if (op.kind == OpKind::Markers)
            for (std::uint32_t i = list.partStart[op.firstPart]; i < list.partStart[op.firstPart + op.partCount]; ++i)
                places.push_back(list.points[i]);
    return places;
}

RoadStatus blocked(double from = 0, double to = 1) {
    RoadStatus status;
    status.head = head("2025-09-03");
    status.status = RoadStatusKind::Blocked;
    status.roads = {{"R1", from, to}};
    return status;
}

TEST(RoadStatuses, StretchOfTheReferencedRoadIsDrawn) {
    Situation situation;
    situation.roadStatuses = {blocked(0.2, 0.6)};
    const DisplayList list = drawn(situation, "2025-10-20");
    ASSERT_GE(list.ops.size(), 3U);
    const Op& line = list.ops[1];
    EXPECT_EQ(list.strokes[line.style].color, (Color{0xD5, 0x5E, 0, 255}));
    const PagePoint a = list.points[list.partStart[line.firstPart]];
    const PagePoint b = list.points[list.partStart[line.firstPart + 1] - 1];
    EXPECT_NEAR(lonOf(a.x), 2, 0.02);
    EXPECT_NEAR(lonOf(b.x), 6, 0.02);
}

TEST(RoadStatuses, NothingBeforeItBeganAndNothingForAnUnknownRoad) {
    Situation situation;
    situation.roadStatuses = {blocked()};
    EXPECT_TRUE(drawn(situation, "2025-09-02").ops.empty());
    situation.roadStatuses[0].roads = {{"R9"}};
    EXPECT_TRUE(drawn(situation, "2025-10-20").ops.empty());
}

TEST(RoadStatuses, SignStandsAtTheReportsPlaceOnTheRoad) {
    Situation situation;
    situation.roadStatuses = {blocked()};
    situation.roadStatuses[0].geometry = pointAt(7.3, 0.2); // 2 mm off the road
    const DisplayList list = drawn(situation, "2025-10-20");
    ASSERT_EQ(markerPlaces(list).size(), 1U); // 100 mm of road, but the report names the place
    EXPECT_NEAR(lonOf(markerPlaces(list)[0].x), 7.3, 0.02);
    EXPECT_NEAR(latOf(markerPlaces(list)[0].y), 0, 0.01);
}

TEST(RoadStatuses, WithoutAPlaceTheSignStandsInTheMiddle) {
    Situation situation;
    situation.roadStatuses = {blocked(0.2, 0.6)};
    const auto places = markerPlaces(drawn(situation, "2025-10-20"));
    ASSERT_EQ(places.size(), 1U);
    EXPECT_NEAR(lonOf(places[0].x), 4, 0.02);
}

TEST(RoadStatuses, APointAloneShowsTheSignThere) {
    Situation situation;
    RoadStatus status;
    status.head = head("2025-09-03");
    status.status = RoadStatusKind::Impassable;
    status.geometry = pointAt(3, -3);
    situation.roadStatuses = {status};
    const auto places = markerPlaces(drawn(situation, "2025-10-20"));
    ASSERT_EQ(places.size(), 1U);
    EXPECT_NEAR(lonOf(places[0].x), 3, 0.01);
    EXPECT_NEAR(latOf(places[0].y), -3, 0.01);
}

TEST(RoadStatuses, SignsOfNeighbouringReportsDoNotPileUp) {
    Situation situation;
    for (int i = 0; i < 12; ++i) {
        RoadStatus status = blocked(0.3, 0.7);
        status.geometry = pointAt(5 + 0.05 * i, 0);
        status.status = i % 2 == 0 ? RoadStatusKind::Blocked : RoadStatusKind::Restricted;
        situation.roadStatuses.push_back(status);
    }
    const auto places = markerPlaces(drawn(situation, "2025-10-20"));
    ASSERT_GE(places.size(), 2U);
    for (std::size_t i = 0; i < places.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            EXPECT_GT(std::hypot(places[i].x - places[j].x, places[i].y - places[j].y), 4 * 4); // 4 mm
}

TEST(RoadStatuses, BlockedLiesOnTopWhateverTheOrderOfTheFile) {
    Situation situation;
    RoadStatus difficult = blocked();
    difficult.status = RoadStatusKind::Difficult;
    situation.roadStatuses = {blocked(), difficult};
    const DisplayList list = drawn(situation, "2025-10-20");
    std::size_t lastDifficult = 0, firstBlocked = 1000;
    for (std::size_t i = 0; i < list.ops.size(); ++i)
        if (list.ops[i].kind == OpKind::Stroke) {
            if (list.strokes[list.ops[i].style].color == Color{0xE6, 0x9F, 0, 255})
                lastDifficult = i;
            if (list.strokes[list.ops[i].style].color == Color{0xD5, 0x5E, 0, 255})
                firstBlocked = std::min(firstBlocked, i);
        }
    EXPECT_LT(lastDifficult, firstBlocked);
}

TEST(ControlAreas, RegionsByCodeBecomeOneAreaWithoutInnerEdges) {
    Situation situation;
    ControlArea area;
    area.head = head("2025-01-01");
    area.regions = {"A", "B"};
    area.actor = "JNIM";
    situation.controlAreas = {area};
    situation.actors = {{"JNIM", "JNIM", "", Color{0xCC, 0x79, 0xA7, 255}, "", {}}};
    const DisplayList list = drawn(situation, "2025-10-20");
    ASSERT_EQ(list.ops.size(), 2U); // fill and edge
    EXPECT_EQ(list.fills[list.ops[0].style], (Color{0xCC, 0x79, 0xA7, 89}));
    ASSERT_EQ(list.ops[1].partCount, 1U);
    for (std::uint32_t i = list.partStart[0]; i + 1 < list.partStart[1]; ++i) // no edge along 2 degrees east
        EXPECT_FALSE(std::abs(lonOf(list.points[i].x) - 2) < 0.01 && std::abs(lonOf(list.points[i + 1].x) - 2) < 0.01);
}

TEST(Restrictions, RingAndBoldNameAtTheTown) {
    Situation situation;
    Restriction restriction;
    restriction.head = head("2025-01-01", "Léré");
    restriction.geometry = pointAt(5, -2);
    situation.restrictions = {restriction};
    const DisplayList list = drawn(situation, "2025-10-20");
    ASSERT_EQ(markerPlaces(list).size(), 1U);
    ASSERT_EQ(list.texts.size(), 1U);
    EXPECT_EQ(list.texts[0].utf8, "Léré");
    EXPECT_TRUE(list.texts[0].bold);
}

Incident incident(const char* date, double lon, double lat, std::optional<int> dead = std::nullopt) {
    Incident i;
    i.head = head(date);
    i.location = {lon, lat};
    i.type = IncidentType::ArmedAttack;
    i.fatalitiesBest = dead;
    return i;
}

TEST(Incidents, OnlyThoseOfTheWindowAndOlderOnesFaded) {
    Situation situation;
    situation.incidents = {incident("2025-10-20", 1, -2), incident("2025-07-25", 5, -2), incident("2025-06-01", 8, -2)};
    const DisplayList list = drawn(situation, "2025-10-20");
    ASSERT_EQ(markerPlaces(list).size(), 2U);
    std::vector<int> opacities;
    for (const Op& op : list.ops)
        opacities.push_back(list.markers[op.style].paths.back().fill.a);
    std::sort(opacities.begin(), opacities.end());
    EXPECT_NEAR(opacities[0], 217 * 0.37, 4);
    EXPECT_NEAR(opacities[1], 217, 3);
}

TEST(Incidents, ManyInOnePlaceAreOneSymbolWithTheCount) {
    Situation situation;
    for (int i = 0; i < 3; ++i)
        situation.incidents.push_back(incident("2025-10-10", 5 + 0.05 * i, -2, 10));
    const DisplayList list = drawn(situation, "2025-10-20");
    ASSERT_EQ(markerPlaces(list).size(), 1U);
    ASSERT_EQ(list.texts.size(), 1U);
    EXPECT_EQ(list.texts[0].utf8, "×3");
}

TEST(Dissolved, CornerTouchingRingsStayApartOrTogetherButLoseNoEdge) {
    const std::vector<LonLatLine> rings = {{{0, 0}, {0, 1}, {1, 1}, {1, 0}, {0, 0}},
                                           {{1, 1}, {1, 2}, {2, 2}, {2, 1}, {1, 1}}};
    std::size_t edges = 0;
    for (const LonLatLine& ring : dissolved(rings)) {
        EXPECT_EQ(ring.front(), ring.back());
        edges += ring.size() - 1;
    }
    EXPECT_EQ(edges, 8U);
}

} // namespace
} // namespace cordon
