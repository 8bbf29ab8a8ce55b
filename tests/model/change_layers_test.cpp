#include "core/model/change_layers.h"

#include "tests/model/reports.h"

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
    Project project = withSituation(roadProject(), std::make_shared<const Situation>(situation));
    project.map.asOf = parseAsOf("2025-10-05"); // of the map of one date

    ChangeQuery query;
    query.before.asOf = parseAsOf("2025-10-01");
    query.after.asOf = parseAsOf("2025-10-20");
    const Changes changes = changesBetween(project, query);
    const Project drawn = withChangeLayers(project, changes, query);
    EXPECT_EQ(layersOf(drawn), "Control won and lost: JNIM/won/ground\nroads:\n"
                               "Road changes: newly_blocked/ground\nIncidents between:\nTowns: newly_under\n");
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

TEST(ChangeLayers, NothingChangedLeavesOnlyTheBase) {
    const Project project = withSituation(roadProject(), std::make_shared<const Situation>());
    ChangeQuery query;
    query.before.asOf = parseAsOf("2025-10-01");
    query.after.asOf = parseAsOf("2025-10-20");
    EXPECT_EQ(layersOf(withChangeLayers(project, changesBetween(project, query), query)), "roads:\n");
}

} // namespace
} // namespace cordon
