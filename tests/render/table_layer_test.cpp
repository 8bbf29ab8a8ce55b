#include "core/io/vector_reader.h"
#include "core/render/render.h"
#include "made_map.h"
#include "test_folders.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <gtest/gtest.h>
#include <random>

namespace cordon {
namespace {

// A page of 100 x 100 px at 1 degree a pixel, its centre on (0, 0): page x = lon + 50, y = 50 - lat.
Scene plainScene(const std::vector<Layer>& layers) {
    auto project = std::make_shared<Project>();
    for (const Layer& layer : layers)
        project->layers.push_back(std::make_shared<const Layer>(layer));
    Scene scene;
    scene.project = project;
    scene.view.widthPx = scene.view.heightPx = 100;
    scene.view.dpi = 25.4; // a pixel is a millimetre
    scene.labels = false;
    return scene;
}

LineSymbol line(Color color, double widthMm) {
    LineSymbol symbol;
    symbol.color = color;
    symbol.widthMm = widthMm;
    return symbol;
}

Layer layerOf(std::shared_ptr<const FeatureTable> table, std::vector<Rule> rules) {
    Layer layer;
    layer.id = layer.name = table->name;
    layer.table = std::move(table);
    layer.style.rules = std::move(rules);
    return layer;
}

std::string listText(const Scene& scene) {
    PreparedLayers prepared;
    return buildDisplayList(scene, prepared).toText();
}

TEST(TableLayer, DrawsEachPolygonWithItsOutlineBeforeTheNext) {
    Rule rule;
    rule.fill = FillSymbol{Color{255, 0, 0, 255}};
    rule.lines = {line({0, 0, 0, 255}, 1)};
    Layer layer = layerOf(madeTable("areas", {{"a", square(0, 0, 10)}, {"b", square(5, 5, 10)}}), {rule});
    layer.opacity = 0.5;
    EXPECT_EQ(listText(plainScene({layer})), "page 100x100 #FFFFFF\n"
                                             "fill #FF000080: 40,60 60,60 60,40 40,40 40,60\n"
                                             "stroke #00000080 1px round-join: 40,60 60,60 60,40 40,40 40,60\n"
                                             "fill #FF000080: 45,55 65,55 65,35 45,35 45,55\n"
                                             "stroke #00000080 1px round-join: 45,55 65,55 65,35 45,35 45,55\n");
}

TEST(TableLayer, DrawsAllCasingsBelowAllLinesAndNeighboursOfOneRuleTogether) {
    Rule main, track;
    main.when = {{"kind", Comparison::Equal, "main"}};
    main.lines = {line({255, 0, 0, 255}, 2)};
    main.lines[0].casingMm = 1;
    main.lines[0].casingColor = {255, 255, 255, 255};
    track.lines = {line({0, 0, 0, 255}, 1)};
    const auto table =
        madeTable("roads", {{"main", {{0, 0}, {10, 0}}}, {"main", {{0, 5}, {10, 5}}}, {"track", {{5, -5}, {5, 5}}}},
                  PartRole::Line);
    EXPECT_EQ(listText(plainScene({layerOf(table, {main, track})})),
              "page 100x100 #FFFFFF\n"
              "stroke #FFFFFF 4px round-join: 50,50 60,50; 50,45 60,45\n"
              "stroke #FF0000 2px round-join: 50,50 60,50; 50,45 60,45\n"
              "stroke #000000 1px round-join: 55,55 55,45\n");
}

TEST(TableLayer, LeavesOutWhatNoRuleOrScaleShows) {
    Rule rule;
    rule.when = {{"kind", Comparison::Equal, "b"}};
    rule.lines = {line({0, 0, 0, 255}, 1)};
    const auto table = madeTable("roads", {{"a", {{0, 0}, {10, 0}}}}, PartRole::Line);
    EXPECT_EQ(listText(plainScene({layerOf(table, {rule})})), "page 100x100 #FFFFFF\n");
    rule.when.clear();
    rule.maxScale = 1000;
    EXPECT_EQ(listText(plainScene({layerOf(table, {rule})})), "page 100x100 #FFFFFF\n");
    rule.maxScale = 0;
    Layer hidden = layerOf(table, {rule});
    hidden.visible = false;
    EXPECT_EQ(listText(plainScene({hidden})), "page 100x100 #FFFFFF\n");
}

// Polygons and lines far larger than the page: nothing of the cut shows on it.
TEST(TableLayer, CutsLeaveNoEdgesOnThePage) {
    Rule rule;
    rule.fill = FillSymbol{Color{200, 200, 200, 255}};
    rule.lines = {line({0, 0, 0, 255}, 3)};
    Scene scene = plainScene({layerOf(madeTable("areas", {{"a", square(0, 0, 60)}}), {rule})});
    scene.view.unitsPerPx = 1e-4;
    PreparedLayers prepared;
    const QImage image = render(scene, prepared);
    for (int y = 0; y < 100; ++y)
        for (int x = 0; x < 100; ++x)
            ASSERT_EQ(image.pixel(x, y), qRgb(200, 200, 200)) << x << "," << y;
    const DisplayList list = buildDisplayList(scene, prepared);
    for (const PagePoint& p : list.points)
        EXPECT_LT(std::abs(p.x), 200) << p.y;
}

TEST(TableLayer, CutLinesKeepTheirDashes) {
    Rule rule;
    rule.lines = {line({0, 0, 0, 255}, 2)};
    rule.lines[0].dashMm = {6, 4};
    const auto table = madeTable("roads", {{"a", {{-60, 0}, {60, 0}}}}, PartRole::Line);
    Scene scene = plainScene({layerOf(table, {rule})});
    PreparedLayers prepared;
    const QImage image = render(scene, prepared); // the line begins 10 px left of the page
    for (int x = 0; x < 100; ++x)
        EXPECT_EQ(qRed(image.pixel(x, 50)), (x + 10) % 10 < 6 ? 0 : 255) << x;
}

TEST(TableLayer, ZoomedInCoordinatesAreExact) {
    Rule rule;
    rule.lines = {line({0, 0, 0, 255}, 1)};
    const auto table = madeTable(
        "world", {{"a", {{-170, 10}, {170, 10}}}, {"b", {{12.3456789, 5.4321}, {12.3456799, 5.4322}}}}, PartRole::Line);
    Scene scene = plainScene({layerOf(table, {rule})});
    scene.view.center = {12.3456789, 5.4321};
    scene.view.unitsPerPx = 1e-8; // a millimetre
    EXPECT_EQ(listText(scene), "page 100x100 #FFFFFF\n"
                               "stroke #000000 1px round-join: 50,50 50.54,-4\n");
}

// So many markers that they are sieved, against the same in layers of fewer, which are not.
TEST(TableLayer, WhatLiesBelowManyMarkersIsLeftOutAndNotMissed) {
    std::mt19937 random(17);
    std::vector<MadeRing> roads, points;
    for (int i = 0; i < 1800; ++i) { // apart, so that it does not matter which are drawn together
        const LonLat a{-20 + i % 60 * 0.6, -8 + i / 60 * 0.6};
        roads.push_back({i % 2 == 0 ? "main" : "track", {a, {a.lonDegrees + 0.2, a.latDegrees + 0.1}}});
    }
    for (int i = 0; i < 30000; ++i) // close, but never two on one quarter of a pixel
        points.push_back({i % 5 == 0 ? "hamlet" : "town", {{-14 + i % 300 * 0.08, -2 + i / 300 * 0.08}}});
    std::shuffle(points.begin(), points.end(), random);
    points[7].points.push_back({20, 20}); // two at once
    Rule main, track, town, hamlet;
    main.when = {{"kind", Comparison::Equal, "main"}};
    main.lines = {line({255, 0, 0, 255}, 0.3)};
    main.lines[0].casingMm = 0.1;
    track.lines = {line({0, 0, 255, 255}, 0.4)};
    track.lines[0].dashMm = {0.3, 0.2};
    town.when = {{"kind", Comparison::Equal, "town"}};
    town.marker = hamlet.marker = MarkerSymbol{};
    town.marker->sizeMm = 4;
    hamlet.marker->fill = {200, 100, 0, 128}; // covers nothing but where it is outlined
    const Layer roadLayer = layerOf(madeTable("roads", roads, PartRole::Line), {main, track});
    const auto pointLayer = [&](std::size_t first, std::size_t count) {
        const auto begin = points.begin() + static_cast<std::ptrdiff_t>(first);
        std::vector<MadeRing> rows{{"corner", {{-90, -60}}}, {"corner", {{90, 60}}}}; // one grid for all
        rows.insert(rows.end(), begin, begin + static_cast<std::ptrdiff_t>(count));
        return layerOf(madeTable("points", rows, PartRole::Points), {town, hamlet});
    };
    Scene together = plainScene({roadLayer, pointLayer(0, 30000)});
    Scene apart = plainScene({roadLayer, pointLayer(0, 10000), pointLayer(10000, 10000), pointLayer(20000, 10000)});
    together.view.widthPx = apart.view.widthPx = 700; // several tiles, the map off the middle
    together.view.unitsPerPx = apart.view.unitsPerPx = 0.13;
    together.view.dpi = apart.view.dpi = 96;
    PreparedLayers prepared;
    const DisplayList sieved = buildDisplayList(together, prepared), whole = buildDisplayList(apart, prepared);
    EXPECT_LT(sieved.points.size(), whole.points.size() * 3 / 4);
    const auto strokes = [](const DisplayList& list) {
        std::uint32_t parts = 0;
        for (const Op& op : list.ops)
            parts += op.kind == OpKind::Stroke ? op.partCount : 0;
        return parts;
    };
    EXPECT_LT(strokes(sieved), strokes(whole));
    const QImage one = drawImage(sieved, 1), two = drawImage(whole, 2);
    ASSERT_EQ(one.size(), two.size());
    for (int y = 0; y < one.height(); ++y)
        ASSERT_EQ(std::memcmp(one.constScanLine(y), two.constScanLine(y), static_cast<std::size_t>(one.width()) * 4), 0)
            << "row " << y;
}

TEST(TableLayer, WhatLiesHiddenKeepsItsLabel) {
    std::vector<MadeRing> points{{"town", {{0, 0}}}};
    points.resize(30000, {"hamlet", {{0, 0}}});
    Rule town, hamlet;
    town.when = {{"kind", Comparison::Equal, "town"}};
    town.marker = hamlet.marker = MarkerSymbol{};
    hamlet.marker->sizeMm = 4;
    Layer layer = layerOf(madeTable("points", points, PartRole::Points), {town, hamlet});
    LabelRule label;
    label.when = {{"kind", Comparison::Equal, "town"}};
    label.symbol.field = "kind";
    layer.style.labels = {label};
    Scene scene = plainScene({layer});
    scene.labels = true;
    scene.view.dpi = 96;
    PreparedLayers prepared;
    const DisplayList list = buildDisplayList(scene, prepared);
    EXPECT_EQ(list.points.size(), 29999U); // the soft edges of equal markers add up
    ASSERT_EQ(list.texts.size(), 1U);
    EXPECT_EQ(list.texts[0].utf8, "town");
}

TEST(TableLayer, OfTinyMarkersOnOnePlaceOneIsDrawn) {
    Rule rule;
    rule.marker = MarkerSymbol{};
    rule.marker->sizeMm = 0.1;
    rule.marker->strokeMm = 0;
    std::vector<MadeRing> points(30000, {"hamlet", {{0, 0}}});
    points.push_back({"hamlet", {{20, 0}}});
    PreparedLayers prepared;
    const Scene scene = plainScene({layerOf(madeTable("points", points, PartRole::Points), {rule})});
    EXPECT_EQ(buildDisplayList(scene, prepared).points.size(), 2U);
}

// --- Truth: the fast way against the slow exact one.

double rmse(const QImage& a, const QImage& b) {
    double sum = 0;
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x) {
            const QRgb p = a.pixel(x, y), q = b.pixel(x, y);
            sum +=
                std::pow(qRed(p) - qRed(q), 2) + std::pow(qGreen(p) - qGreen(q), 2) + std::pow(qBlue(p) - qBlue(q), 2);
        }
    return std::sqrt(sum / (3.0 * a.width() * a.height())) / 255;
}

void expectTrue(Scene scene, const GeoBox& extent) {
    scene.labels = false;
    const MapView whole = viewOf(extent, scene.view.crs, 960, 540, 96);
    PreparedLayers fast, exact(PreparedLayers::Precision::Exact);
    for (const double zoom : {1.0, 2.7, 9.0, 40.0}) {
        scene.view = whole;
        scene.view.unitsPerPx /= zoom;
        scene.view.center.x += whole.unitsPerPx * 37;
        EXPECT_LE(rmse(drawImage(buildDisplayList(scene, fast), 2), drawImage(buildDisplayList(scene, exact), 1)), 0.02)
            << "zoom " << zoom;
    }
}

void appendBorder(std::vector<LonLat>& out, LonLat a, LonLat b, int levels, std::mt19937& random) {
    if (levels == 0) {
        out.push_back(a);
        return;
    }
    const double s = std::normal_distribution<double>(0, 0.13)(random);
    const double dx = b.lonDegrees - a.lonDegrees, dy = b.latDegrees - a.latDegrees;
    const LonLat middle{(a.lonDegrees + b.lonDegrees) / 2 - s * dy, (a.latDegrees + b.latDegrees) / 2 + s * dx};
    appendBorder(out, a, middle, levels - 1, random);
    appendBorder(out, middle, b, levels - 1, random);
}

TEST(Truth, GeneratedMapIsAsTheExactOne) {
    std::mt19937 random(11);
    std::uniform_real_distribution<double> lon(0, 10), lat(40, 45), turn(-0.1, 0.1);
    std::vector<MadeRing> areas, roads, points;
    for (int i = 0; i < 200; ++i) {
        const double x = i % 20 * 0.5, y = 40 + i / 20 * 0.5;
        const LonLat corners[] = {{x, y}, {x + 0.5, y}, {x + 0.5, y + 0.5}, {x, y + 0.5}, {x, y}};
        MadeRing ring{"area", {}};
        for (int side = 0; side < 4; ++side)
            appendBorder(ring.points, corners[side], corners[side + 1], 9, random);
        ring.points.push_back(ring.points.front());
        areas.push_back(ring);
    }
    for (int i = 0; i < 20000; ++i) {
        MadeRing road{"road", {}};
        const LonLat a{lon(random), lat(random)};
        appendBorder(road.points, a, {a.lonDegrees + turn(random), a.latDegrees + turn(random)}, 4, random);
        roads.push_back(road);
        points.push_back({"point", {{lon(random), lat(random)}}});
    }
    Rule area, road, point;
    area.fill = FillSymbol{Color{152, 78, 163, 153}};
    area.lines = {line({64, 64, 64, 255}, 0.26)};
    road.lines = {line({179, 88, 6, 255}, 0.5)};
    point.marker = MarkerSymbol{};
    Scene scene = plainScene({layerOf(madeTable("areas", areas), {area}),
                              layerOf(madeTable("roads", roads, PartRole::Line), {road}),
                              layerOf(madeTable("points", points, PartRole::Points), {point})});
    scene.view.crs = Crs::webMercator();
    expectTrue(scene, extentOf(*scene.project));
}

TEST(Truth, RealMapIsAsTheExactOne) {
    const std::filesystem::path folder = std::filesystem::path(CORDON_TEST_SOURCE) / "../shared/data/mali";
    if (!std::filesystem::exists(folder / "mali_admin2.shp"))
        GTEST_SKIP() << "no real data at " << folder;
    auto project = std::make_shared<Project>();
    for (const char* name : {"mali_admin2.shp", "mali_main_roads.geojson"})
        *project = withLayer(*project, makeLayer(readVector((folder / name).string()).tables.at(0)));
    Scene scene;
    scene.project = project;
    for (const Crs& crs : {Crs::webMercator(), suitableCrs(extentOf(*project))}) {
        scene.view.crs = crs;
        expectTrue(scene, extentOf(*project));
    }
}

} // namespace
} // namespace cordon
