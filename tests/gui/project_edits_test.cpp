#include "app/gui/project_edits.h"

#include "app/gui/document.h"
#include "app/gui/loading.h"
#include "tests/gui/gui_fixture.h"

#include <gmock/gmock.h>

namespace cordon {

namespace {

Project threeLayers() {
    Project project;
    for (const char* id : {"a", "b", "c"})
        project.layers.push_back(filledLayer(id, squares(id, 1, 0, 0, 1), {200, 100, 50, 128}));
    return project;
}

std::string idsOf(const Project& project) {
    std::string ids;
    for (const auto& layer : project.layers)
        ids += layer->id;
    return ids;
}

} // namespace

TEST(ProjectEdits, OrderPutsUnnamedLayersOnTop) {
    EXPECT_EQ(idsOf(withLayerOrder(threeLayers(), {"c", "a"})), "cab");
    EXPECT_EQ(idsOf(withLayerOrder(threeLayers(), {"gone", "b", "c", "a"})), "bca");
}

TEST(ProjectEdits, ChangedLayerLeavesTheOthersShared) {
    const Project before = threeLayers();
    const Project after = withChangedLayer(before, "b", [](Layer& layer) { layer.visible = false; });
    EXPECT_EQ(after.layers[0], before.layers[0]);
    EXPECT_TRUE(before.layers[1]->visible);
    EXPECT_FALSE(after.layers[1]->visible);
    EXPECT_EQ(after.layers[1]->table, before.layers[1]->table);
}

TEST(ProjectEdits, AdditionsKeepWhatChangedMeanwhile) {
    const Project base = threeLayers();
    Project loaded = base;
    loaded.layers.push_back(filledLayer("d", squares("d", 1, 5, 5, 1), {1, 2, 3, 255}));
    const Project current = withoutLayer(base, "a"); // removed while the file was being read
    EXPECT_THAT(idsOf(withAdditions(current, base, loaded)),
                testing::AllOf(testing::HasSubstr("d"), testing::Not(testing::HasSubstr("a"))));
}

TEST(ProjectEdits, MainColorChangesWhereverItIsUsedAndKeepsOpacity) {
    Style style;
    Rule rule;
    rule.fill = FillSymbol{{10, 20, 30, 100}};
    rule.lines = {{{10, 20, 30, 255}}, {{0, 0, 0, 255}}};
    style.rules = {rule};
    EXPECT_EQ(mainColor(style), (Color{10, 20, 30, 100}));
    style = withMainColor(style, {1, 2, 3, 255});
    EXPECT_EQ(style.rules[0].fill->color, (Color{1, 2, 3, 100}));
    EXPECT_EQ(style.rules[0].lines[0].color, (Color{1, 2, 3, 255}));
    EXPECT_EQ(style.rules[0].lines[1].color, (Color{0, 0, 0, 255}));
}

TEST(Document, UndoRestoresTheVeryProject) {
    Document document;
    document.apply("Open", threeLayers());
    const auto before = document.project();
    document.apply("Hide b", withChangedLayer(*before, "b", [](Layer& layer) { layer.visible = false; }));
    EXPECT_EQ(document.undoText(), "Hide b");
    EXPECT_FALSE(findLayer(*document.project(), "b")->visible);
    document.undo();
    EXPECT_EQ(document.project(), before);
    document.redo();
    EXPECT_FALSE(findLayer(*document.project(), "b")->visible);
}

TEST(Document, StepsOfOneDragAreOneUndoStep) {
    Document document;
    document.apply("Open", threeLayers());
    for (const double opacity : {0.9, 0.8, 0.7})
        document.apply("Opacity", withChangedLayer(*document.project(), "a", [&](Layer& l) { l.opacity = opacity; }),
                       "opacity 1");
    EXPECT_EQ(findLayer(*document.project(), "a")->opacity, 0.7);
    document.undo();
    EXPECT_EQ(findLayer(*document.project(), "a")->opacity, 1);
    EXPECT_EQ(document.undoText(), "Open");
}

TEST(Loading, FilesThatBelongToAShapefileAreNotOpenedAlone) {
    EXPECT_EQ(withoutSidecars({"/x/a.dbf", "/x/a.shp", "/x/a.shx", "/x/a.shp.xml", "/x/b.dbf", "/x/c.geojson"}),
              QStringList({"/x/a.shp", "/x/b.dbf", "/x/c.geojson"}));
}

} // namespace cordon
