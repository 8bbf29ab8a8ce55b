#include "core/model/project.h"

#include <gtest/gtest.h>

namespace cordon {
namespace {

std::shared_ptr<const FeatureTable> tableOf(PartRole role, std::string name) {
    auto table = std::make_shared<FeatureTable>();
    table->name = std::move(name);
    GeometryColumn& g = table->geometry;
    g.coordinates = {{0, 0}, {1, 0}, {1, 1}, {0, 0}};
    g.partStart = {0, 4};
    g.partRole = {role};
    g.featureStart = {0, 1};
    finishTable(*table);
    return table;
}

std::string order(const Project& project) {
    std::string text;
    for (const auto& layer : project.layers)
        text += layer->id + " ";
    return text;
}

TEST(Project, LayersFindTheirPlaceWhateverTheOrderTheyComeIn) {
    Project project;
    project = withLayer(project, makeLayer(tableOf(PartRole::Points, "towns")));
    project = withSituation(project, std::make_shared<const Situation>());
    project = withLayer(project, makeLayer(tableOf(PartRole::Line, "main_roads")));
    project = withLayer(project, makeLayer(tableOf(PartRole::OuterRing, "mali_admin1")));
    project = withLayer(project, makeLayer(tableOf(PartRole::Line, "rivers")));
    EXPECT_EQ(order(project),
              "mali_admin1 control_areas rivers main_roads road_statuses towns incidents measures restrictions ");
}

TEST(Project, SameNameGetsAnIdOfItsOwn) {
    Project project;
    for (int i = 0; i < 3; ++i)
        project = withLayer(project, makeLayer(tableOf(PartRole::Line, "roads")));
    EXPECT_EQ(order(project), "roads roads-2 roads-3 ");
}

TEST(Project, SituationLayersAreAddedOnce) {
    Project project = withSituation({}, std::make_shared<const Situation>());
    project = withSituation(project, std::make_shared<const Situation>());
    EXPECT_EQ(project.layers.size(), 5u);
}

TEST(GuessRole, FromNameAndGeometry) {
    EXPECT_EQ(guessRole(*tableOf(PartRole::Line, "mali_main_roads")), LayerRole::Road);
    EXPECT_EQ(guessRole(*tableOf(PartRole::Line, "mali_rivers_ne")), LayerRole::River);
    EXPECT_EQ(guessRole(*tableOf(PartRole::OuterRing, "mali_admin2")), LayerRole::Region);
    EXPECT_EQ(guessRole(*tableOf(PartRole::OuterRing, "sahel_lakes_ne")), LayerRole::Lake);
    EXPECT_EQ(guessRole(*tableOf(PartRole::OuterRing, "sahel_countries_ne")), LayerRole::Country);
    EXPECT_EQ(guessRole(*tableOf(PartRole::Points, "mali_places_osm")), LayerRole::Place);
    EXPECT_EQ(guessRole(*tableOf(PartRole::Points, "waypoints")), LayerRole::Point);
}

TEST(LayerRole, WordsReadBack) {
    EXPECT_EQ(layerRoleFromWord("road"), LayerRole::Road);
    EXPECT_EQ(layerRoleFromWord("control_areas"), std::nullopt); // not for tables
    EXPECT_EQ(layerRoleFromWord("nonsense"), std::nullopt);
}

} // namespace
} // namespace cordon
