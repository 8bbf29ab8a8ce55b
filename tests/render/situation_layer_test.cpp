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
DisplayList drawn(Situation situation, const TimeFilter& time) {
    Scene scene;
    scene.project = projectOf(std::move(situation));
    scene.view.center = {5, 0};
    scene.view.unitsPerPx = 1 / 40.0;
    scene.view.widthPx = 560;
    scene.view.heightPx = 420;
    scene.view.dpi = 101.6;
    scene.time = time;
    PreparedLayers prepared;
    return buildDisplayList(scene, prepared);
}
DisplayList drawn(Situation situation, const char* asOf) {
    return drawn(std::move(situation), TimeFilter{.asOf = day(asOf)});
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
    const DisplayList list = drawn(situation, "2025-09-20");
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
        RoadStatus status = blocked(0.4 + 0.01 * i, 0.41 + 0.01 * i);
        status.status = i % 2 == 0 ? RoadStatusKind::Blocked : RoadStatusKind::Restricted;
        situation.roadStatuses.push_back(status);
    }
    const auto places = markerPlaces(drawn(situation, "2025-09-20"));
    ASSERT_GE(places.size(), 2U);
    for (std::size_t i = 0; i < places.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            EXPECT_GT(std::hypot(places[i].x - places[j].x, places[i].y - places[j].y), 4 * 4); // 4 mm
}

// The colours of lines, in the order in which they are drawn, without the white bands under them.
std::vector<std::string> lineColors(const DisplayList& list) {
    std::vector<std::string> colors;
    for (const Op& op : list.ops)
        if (op.kind == OpKind::Stroke)
            if (const Color color = list.strokes[op.style].color;
                (color.r != 255 || color.g != 255) && (colors.empty() || colors.back() != color.toText()))
                colors.push_back(color.toText());
    return colors;
}
std::vector<std::string> texts(const DisplayList& list) {
    std::vector<std::string> result;
    for (const Text& text : list.texts)
        result.push_back(text.utf8);
    return result;
}
using Strings = std::vector<std::string>;

RoadStatus report(RoadStatusKind status, const char* from, const char* grade = "B2",
                  ObstacleType cause = ObstacleType::Unknown) {
    RoadStatus r = blocked();
    r.head = head(from);
    r.head.id = std::string(toWord(status)) + from;
    r.head.grade = *Grade::fromText(grade);
    r.status = status;
    r.cause = cause;
    return r;
}

TEST(RoadStatuses, BlockedLiesOnTopWhateverTheOrderOfTheFile) {
    Situation situation;
    RoadStatus blockedLine = report(RoadStatusKind::Blocked, "2025-09-03");
    blockedLine.roads.clear();
    blockedLine.geometry = {SmallGeometry::Kind::Line, {{{{5, -1}, {5, 1}}, false}}};
    situation.roadStatuses = {blockedLine, report(RoadStatusKind::Difficult, "2025-09-03")};
    EXPECT_EQ(lineColors(drawn(situation, "2025-09-20")), (Strings{"#E69F00", "#D55E00", "#000000"}));
}

TEST(RoadStatuses, ReportsThatDisagreeAreDrawnAsContested) {
    Situation situation;
    situation.roadStatuses = {report(RoadStatusKind::Blocked, "2025-09-03"),
                              report(RoadStatusKind::Open, "2025-09-03")};
    const DisplayList list = drawn(situation, "2025-09-04");
    EXPECT_EQ(lineColors(list), (Strings{"#5B5B5B", "#D55E00"})); // in turn: the second is dashed
    EXPECT_EQ(texts(list), Strings{"?"});
    EXPECT_EQ(markerPlaces(list).size(), 1U); // one sign for both
}

TEST(RoadStatuses, AFortyDaysOldCheckpointIsUnknownWithItsAgeAndNeverOpen) {
    for (const RoadStatusKind status : {RoadStatusKind::Restricted, RoadStatusKind::Open}) {
        Situation situation;
        situation.roadStatuses = {report(status, "2025-09-03", "B2", ObstacleType::CheckpointUnofficial)};
        TimeFilter filter{.asOf = parseTime("2025-10-13")->time};
        const DisplayList list = drawn(situation, filter);
        EXPECT_EQ(lineColors(list), Strings{"#8C8C8C"});
        for (const Op& op : list.ops)
            if (op.kind == OpKind::Stroke && list.strokes[op.style].color.toText() == "#8C8C8C") {
                EXPECT_FALSE(list.strokes[op.style].dashPx.empty());
            }
        EXPECT_EQ(texts(list), Strings{"40\u2009d"});
        EXPECT_EQ(markerPlaces(list).size(), 1U);
    }
}

TEST(RoadStatuses, WhatALaterReportOfTheSameGradeOverrulesIsNotDrawn) {
    Situation situation;
    situation.roadStatuses = {report(RoadStatusKind::Blocked, "2025-09-03"),
                              report(RoadStatusKind::Difficult, "2025-09-10")};
    const DisplayList list = drawn(situation, "2025-09-12");
    EXPECT_EQ(lineColors(list), Strings{"#E69F00"});
    EXPECT_TRUE(markerPlaces(list).empty());
}

TEST(RoadStatuses, AnOverruledPartLeavesTheRestWithItsSignOnlyWhereItHolds) {
    Situation situation;
    RoadStatus whole = report(RoadStatusKind::Blocked, "2025-09-03");
    whole.geometry = pointAt(2, 0); // on the part that has been opened since
    RoadStatus part = report(RoadStatusKind::Open, "2025-09-10");
    part.roads = {{"R1", 0, 0.5}};
    situation.roadStatuses = {whole, part};
    const auto places = markerPlaces(drawn(situation, "2025-09-12"));
    ASSERT_EQ(places.size(), 1U);
    EXPECT_NEAR(lonOf(places[0].x), 7.5, 0.02);
}

TEST(RoadStatuses, AGradeLeavesOutWhatIsWorse) {
    Situation situation;
    situation.roadStatuses = {report(RoadStatusKind::Blocked, "2025-09-03", "B2"),
                              report(RoadStatusKind::Open, "2025-09-03", "D3")};
    TimeFilter filter{.asOf = day("2025-09-04")};
    EXPECT_EQ(texts(drawn(situation, filter)), Strings{"?"});
    filter.atLeastGrade = Grade::fromText("B2");
    EXPECT_EQ(lineColors(drawn(situation, filter)), (Strings{"#D55E00", "#000000"}));
    filter.atLeastGrade = Grade::fromText("A1");
    EXPECT_TRUE(drawn(situation, filter).ops.empty());
}

TEST(RoadStatuses, WhatWasNotKnownYetOrIsWithdrawnIsNotDrawn) {
    Situation situation;
    RoadStatus withdrawn = report(RoadStatusKind::Blocked, "2025-09-03");
    withdrawn.head.recorded = {parseTime("2025-09-05")->time, parseTime("2025-09-08")->time};
    situation.roadStatuses = {withdrawn};
    const auto isDrawn = [&](const char* knownBy) {
        return !drawn(situation, TimeFilter{.asOf = day("2025-09-10"), .knownBy = day(knownBy)}).ops.empty();
    };
    EXPECT_FALSE(isDrawn("2025-09-04"));
    EXPECT_TRUE(isDrawn("2025-09-06"));
    EXPECT_FALSE(isDrawn("2025-09-09"));
}

TEST(RoadStatuses, ReportsThatAgreeOnNeighbouringStretchesShareOneSign) {
    Situation situation;
    situation.roadStatuses = {report(RoadStatusKind::Blocked, "2025-09-03"),
                              report(RoadStatusKind::Blocked, "2025-09-03", "A3")};
    situation.roadStatuses[0].roads = {{"R1", 0, 0.25}};
    situation.roadStatuses[1].roads = {{"R1", 0.2, 0.4}};
    const DisplayList list = drawn(situation, "2025-09-12");
    EXPECT_EQ(markerPlaces(list).size(), 1U);
    EXPECT_EQ(list.ops[0].partCount, 1U); // and one line
}

TEST(RoadStatuses, DirectionsThatDifferLieSideBySideWithArrows) {
    Situation situation;
    situation.roadStatuses = {report(RoadStatusKind::Blocked, "2025-09-03"),
                              report(RoadStatusKind::Difficult, "2025-09-03")};
    situation.roadStatuses[0].direction = TrafficDirection::Forward;
    situation.roadStatuses[1].direction = TrafficDirection::Backward;
    const DisplayList list = drawn(situation, "2025-09-12");
    EXPECT_EQ(lineColors(list), (Strings{"#E69F00", "#D55E00", "#000000"}));
    std::vector<double> latitudes;
    for (const Op& op : list.ops)
        if (op.kind == OpKind::Stroke && list.strokes[op.style].color.r != 255 &&
            list.strokes[op.style].color.toText() != "#000000")
            latitudes.push_back(latOf(list.points[list.partStart[op.firstPart]].y));
    ASSERT_EQ(latitudes.size(), 2U);
    EXPECT_NEAR(latitudes[0], 0.05, 0.01);  // westward traffic on its right, north of the middle: half a millimetre
    EXPECT_NEAR(latitudes[1], -0.05, 0.01); // eastward
    EXPECT_EQ(std::count_if(list.ops.begin(), list.ops.end(), [](const Op& op) { return op.kind == OpKind::Fill; }), 2);
}

Situation twoActors() {
    Situation situation;
    situation.actors = {{"N", "North", "", Color{0xCC, 0x79, 0xA7, 255}, "", {}},
                        {"S", "South", "", Color{0x00, 0x72, 0xB2, 255}, "", {}}};
    for (const char* actor : {"N", "S"}) {
        ControlArea area;
        area.head = head("2025-01-01");
        area.head.id = actor;
        area.head.grade = *Grade::fromText("B2");
        area.actor = actor;
        situation.controlAreas.push_back(area);
    }
    const auto box = [](double west, double east) {
        return SmallGeometry{SmallGeometry::Kind::Polygon,
                             {{{{west, -4}, {east, -4}, {east, -2}, {west, -2}, {west, -4}}, false}}};
    };
    situation.controlAreas[0].area = box(0, 4);
    situation.controlAreas[1].area = box(2, 6);
    return situation;
}

// "west..east" of each filled area, with its colour.
Strings fills(const DisplayList& list) {
    Strings result;
    for (const Op& op : list.ops)
        if (op.kind == OpKind::Fill) {
            char text[64];
            std::snprintf(text, sizeof text, "%ld..%ld %s", std::lround(lonOf(op.box.minX)),
                          std::lround(lonOf(op.box.maxX)), list.fills[op.style].toText().substr(0, 7).c_str());
            result.push_back(text);
        }
    std::sort(result.begin(), result.end());
    return result;
}

TEST(ControlAreas, GroundThatTwoReportsClaimForDifferentActorsIsContestedAndDrawnOnce) {
    // In the middle the stripes of both on white.
    EXPECT_EQ(fills(drawn(twoActors(), "2025-02-01")),
              (Strings{"0..2 #CC79A7", "2..4 #0072B2", "2..4 #CC79A7", "2..4 #FFFFFF", "4..6 #0072B2"}));
}

TEST(ControlAreas, ALaterReportTakesTheGround) {
    Situation situation = twoActors();
    situation.controlAreas[1].head.valid.begin = parseTime("2025-01-15")->time;
    EXPECT_EQ(fills(drawn(situation, "2025-02-01")), (Strings{"0..2 #CC79A7", "2..6 #0072B2"}));
}

TEST(ControlAreas, WhatIsStaleIsNoInformationWithADottedEdgeInTheActorsColour) {
    Situation situation = twoActors();
    situation.controlAreas[1].head.confirmed = parseTime("2026-03-01")->time;
    const DisplayList list = drawn(situation, "2026-03-02");
    EXPECT_EQ(fills(list), (Strings{"0..2 #D9D9D9", "2..6 #0072B2"}));
    bool hasDots = false;
    for (const Op& op : list.ops)
        if (op.kind == OpKind::Stroke) {
            const StrokeStyle& stroke = list.strokes[op.style];
            hasDots |= stroke.color.toText().substr(0, 7) == "#CC79A7" && !stroke.dashPx.empty();
        }
    EXPECT_TRUE(hasDots);
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

Situation restrictedTown() {
    Situation situation;
    Restriction restriction;
    restriction.head = head("2025-01-01", "Léré");
    restriction.geometry = pointAt(5, -2);
    situation.restrictions = {restriction};
    return situation;
}

TEST(Restrictions, RingAndBoldNameAtTheTown) {
    const DisplayList list = drawn(restrictedTown(), "2025-02-01");
    ASSERT_EQ(markerPlaces(list).size(), 1U);
    ASSERT_EQ(list.texts.size(), 1U);
    EXPECT_EQ(list.texts[0].utf8, "Léré");
    EXPECT_TRUE(list.texts[0].bold);
}

TEST(Restrictions, PastItsShelfLifeGreyWithAClockAndItsAge) {
    const DisplayList list = drawn(restrictedTown(), TimeFilter{.asOf = parseTime("2025-07-20")->time});
    EXPECT_EQ(texts(list), (Strings{"200\u2009d", "Léré"}));
    for (const MarkerStyle& marker : list.markers)
        for (const MarkerPath& path : marker.paths) {
            EXPECT_NE(path.stroke.toText().substr(0, 7), "#D55E00");
        }
}

TEST(Restrictions, OfTwoAtOnePlaceTheFreshOneIsDrawn) {
    Situation situation = restrictedTown();
    situation.restrictions.push_back(situation.restrictions[0]);
    situation.restrictions[1].head.confirmed = parseTime("2025-07-10")->time;
    const DisplayList list = drawn(situation, "2025-07-20");
    EXPECT_EQ(markerPlaces(list).size(), 1U);
    EXPECT_EQ(texts(list), Strings{"Léré"});
}

TEST(Measures, ASignBesideThePlaceAndTheOutlineOfAnArea) {
    Situation situation;
    Measure measure;
    measure.head = head("2025-01-01", "Bamako");
    measure.cause = "curfew";
    measure.geometry = pointAt(5, -2);
    situation.measures = {measure};
    measure.geometry = {SmallGeometry::Kind::Polygon, {{{{1, -4}, {3, -4}, {3, -2}, {1, -2}, {1, -4}}, false}}};
    situation.measures.push_back(measure);
    const DisplayList list = drawn(situation, "2025-02-01");
    ASSERT_EQ(markerPlaces(list).size(), 2U);
    EXPECT_NEAR(latOf(markerPlaces(list)[0].y), -2, 0.01);
    EXPECT_EQ(lineColors(list).size(), 1U);
    EXPECT_TRUE(drawn(situation, "2024-12-01").ops.empty());
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

} // namespace
} // namespace cordon
