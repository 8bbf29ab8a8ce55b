#include "core/model/change_layers.h"

#include "tests/model/reports.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cordon {
namespace {

using namespace test;

// A road RN1 of one degree along the equator.
Project roadProject() {
    auto table = std::make_shared<FeatureTable>();
    table->name = "roads";
    GeometryColumn& g = table->geometry;
    g.coordinates = {{0, 0}, {1, 0}};
    g.partStart = {0, 2};
    g.partRole = {PartRole::Line};
    g.featureStart = {0, 1};
    Column id;
    id.name = "road_id";
    TextValues ids;
    ids.append("RN1");
    id.values = ids;
    table->columns = {id};
    finishTable(*table);
    return withLayer({}, makeLayer(table, LayerRole::Road));
}

std::shared_ptr<const Layer> townLayer() {
    auto table = std::make_shared<FeatureTable>();
    table->name = "towns";
    GeometryColumn& g = table->geometry;
    g.coordinates = {{0.5, 0}};
    g.partStart = {0, 1};
    g.partRole = {PartRole::Points};
    g.featureStart = {0, 1};
    finishTable(*table);
    return makeLayer(table, LayerRole::Place);
}

std::string layersOf(const Project& project) {
    std::string text;
    for (const auto& layer : project.layers) {
        text += layer->name + ":";
        if (const Column* change = layer->table->findColumn("change"))
            for (std::uint32_t row = 0; row < layer->table->featureCount; ++row)
                text += " " + layer->table->valueAsText(*change, row);
        text += "\n";
    }
    return text;
}

TEST(ChangeLayers, SituationMakesRoomForWhatChanged) {
    Situation situation;
    situation.roadStatuses.push_back(roadReport("b", RoadStatusKind::Blocked, "2025-10-10"));
    situation.controlAreas.push_back(controlReport("c", "JNIM", "2025-10-11", square(0, 0, 1, 1)));
    Restriction town;
    town.head = head("t", "2025-10-12");
    town.geometry = {SmallGeometry::Kind::Point, {{{{0.5, 0.5}}, false}}};
    situation.restrictions.push_back(town);
    Incident ambush;
    ambush.head = head("i", "2025-10-13");
    ambush.location = {0.2, 0.2};
    situation.incidents.push_back(ambush);
    Project project =
        withSituation(withLayer(roadProject(), townLayer()), std::make_shared<const Situation>(situation));
    project.map.asOf = parseAsOf("2025-10-05"); // of the map of one date

    ChangeQuery query;
    query.before.asOf = parseAsOf("2025-10-01");
    query.after.asOf = parseAsOf("2025-10-20");
    const Changes changes = changesBetween(project, query);
    const Project drawn = withChangeLayers(project, changes, query);
    EXPECT_EQ(layersOf(drawn), "Control won and lost: JNIM/won/ground\nroads:\n"
                               "Road changes: newly_blocked/ground\ntowns:\nIncidents between:\nTowns: newly_under\n");
    EXPECT_EQ(drawn.map.subtitle, "Changes from 1 Oct 2025 to 20 Oct 2025, UTC");
    EXPECT_FALSE(drawn.map.asOf);
    EXPECT_TRUE(drawn.situation->isEmpty());
    for (const auto& layer : drawn.layers) {
        if (layer->role != LayerRole::Change)
            continue;
        for (const Rule& rule : layer->style.rules)
            EXPECT_FALSE(rule.title.empty());
    }
}

// The titles of the rules that some feature is drawn by.
std::string titlesOf(const Project& project) {
    std::string titles;
    for (const auto& layer : project.layers) {
        const Column* change = layer->table->findColumn("change");
        for (const Rule& rule : layer->style.rules)
            for (std::uint32_t row = 0; change != nullptr && row < layer->table->featureCount; ++row)
                if (rule.when.size() == 1 && layer->table->valueAsText(*change, row) == rule.when[0].value) {
                    titles += rule.title + "\n";
                    break;
                }
    }
    return titles;
}

TEST(ChangeLayers, LegendSaysHowMuchChanged) {
    Situation situation;
    situation.roadStatuses.push_back(roadReport("b", RoadStatusKind::Blocked, "2025-10-10"));
    situation.controlAreas = {controlReport("c", "JNIM", "2025-10-11", square(0, 0, 1, 1)),
                              controlReport("d", "JNIM", "2025-10-12", square(3, 0, 3.02, 0.02))};
    ChangeQuery query;
    query.before.asOf = parseAsOf("2025-10-01");
    query.after.asOf = parseAsOf("2025-10-20");
    Project project = withSituation(roadProject(), std::make_shared<const Situation>(situation));
    const Changes changes = changesBetween(project, query);
    EXPECT_EQ(titlesOf(withChangeLayers(project, changes, query)),
              "Won by JNIM (12\u2009313\u00A0km²)\nNewly blocked (111\u00A0km)\n");

    project.map.language = "fr";
    Changes shorter = changes;
    shorter.roads[0].lengthMeters = 3440;
    EXPECT_EQ(titlesOf(withChangeLayers(project, shorter, query)),
              "Gagné par JNIM (12\u2009313\u00A0km²)\nNouvellement bloquée (3,4\u00A0km)\n");
    shorter.roads[0].lengthMeters = 0; // a road that is in no layer
    EXPECT_THAT(titlesOf(withChangeLayers(project, shorter, query)), testing::EndsWith("Nouvellement bloquée\n"));
}

TEST(ChangeLayers, OldReportsGoStale) {
    Situation situation;
    situation.roadStatuses.push_back(roadReport("b", RoadStatusKind::Blocked, "2025-09-01"));
    ChangeQuery query;
    query.before.asOf = parseAsOf("2025-09-02");
    query.after.asOf = parseAsOf("2026-08-20");
    Project project = withSituation(roadProject(), std::make_shared<const Situation>(situation));
    const Changes changes = changesBetween(project, query);
    EXPECT_EQ(titlesOf(withChangeLayers(project, changes, query)), "Gone stale (111\u00A0km)\n");
    project.map.language = "fr";
    EXPECT_EQ(titlesOf(withChangeLayers(project, changes, query)), "Devenue incertaine (111\u00A0km)\n");
}

TEST(ChangeLayers, NothingChangedLeavesOnlyTheBase) {
    const Project project = withSituation(roadProject(), std::make_shared<const Situation>());
    ChangeQuery query;
    query.before.asOf = parseAsOf("2025-10-01");
    query.after.asOf = parseAsOf("2025-10-20");
    EXPECT_EQ(layersOf(withChangeLayers(project, changesBetween(project, query), query)), "roads:\n");
}

} // namespace
} // namespace cordon
