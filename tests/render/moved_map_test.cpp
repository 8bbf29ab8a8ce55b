#include "core/render/moved_map.h"

#include "made_map.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <gtest/gtest.h>
#include <random>

namespace cordon {

namespace {

constexpr QRgb kPoison = 0xFFFF00FF; // no layer has it

// Areas, roads with casings, towns with names, strewn over 60 by 60 degrees; 200 x 160 px at a tenth of a degree.
Scene strewnMap() {
    std::mt19937 random(7);
    std::uniform_real_distribution<double> place(-30, 30);
    std::vector<MadeRing> areas, roads, towns;
    for (int i = 0; i < 150; ++i) {
        const LonLat p{place(random), place(random)};
        areas.push_back({"area", square(p.lonDegrees, p.latDegrees, 0.8)});
        roads.push_back({"road", {p, {p.lonDegrees + 4, p.latDegrees - 3}, {p.lonDegrees + 9, p.latDegrees + 1}}});
        towns.push_back({"Town " + std::to_string(i), {{p.lonDegrees, p.latDegrees}}});
    }
    auto project = std::make_shared<Project>();
    project->layers = {
        std::make_shared<Layer>(madeLayer("areas", LayerRole::Other, madeTable("areas", areas), {"area"})),
        std::make_shared<Layer>(
            madeLayer("roads", LayerRole::Road, madeTable("roads", roads, PartRole::Line), {"road"}))};
    Layer places = madeLayer("towns", LayerRole::Place, madeTable("towns", towns, PartRole::Points), {});
    Rule dot;
    dot.marker = MarkerSymbol{};
    places.style.rules = {dot};
    LabelRule label;
    label.symbol.field = "kind";
    places.style.labels = {label};
    project->layers.push_back(std::make_shared<Layer>(places));
    Scene scene;
    scene.project = project;
    scene.view.widthPx = 200;
    scene.view.heightPx = 160;
    scene.view.unitsPerPx = 0.1;
    return scene;
}

constexpr std::size_t kAreas = 0, kRoads = 1; // layers of strewnMap()

// With the rule of a layer changed.
Scene withRule(Scene scene, std::size_t number, const std::function<void(Rule&)>& change) {
    auto project = std::make_shared<Project>(*scene.project);
    Layer layer = *project->layers[number];
    change(layer.style.rules[0]);
    project->layers[number] = std::make_shared<Layer>(layer);
    scene.project = project;
    return scene;
}

Scene movedBy(Scene scene, double rightPx, double downPx) {
    scene.view.center.x -= rightPx * scene.view.unitsPerPx;
    scene.view.center.y += downPx * scene.view.unitsPerPx;
    return scene;
}

int greatestDifference(const QImage& a, const QImage& b) {
    int greatest = a.size() == b.size() ? 0 : 255;
    for (int y = 0; greatest < 255 && y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x) {
            const QRgb p = a.pixel(x, y), q = b.pixel(x, y);
            greatest = std::max({greatest, std::abs(qRed(p) - qRed(q)), std::abs(qGreen(p) - qGreen(q)),
                                 std::abs(qBlue(p) - qBlue(q))});
        }
    return greatest;
}

int poisonedPixels(const QImage& image) {
    int count = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            count += image.pixel(x, y) == kPoison ? 1 : 0;
    return count;
}

// Whether any of the ground is taken over: it shows when the ground is of one colour.
int takenOver(const Scene& before, const Scene& after) {
    PreparedLayers prepared;
    MapGround ground = renderMoved(before, prepared, {}).ground;
    if (ground.shapes.isNull())
        return 0;
    ground.shapes.fill(kPoison);
    Scene bare = after;
    bare.labels = false;
    return poisonedPixels(renderMoved(bare, prepared, ground).image);
}

} // namespace

TEST(MovedMap, IsThePictureDrawnAfresh) {
    const Scene scene = strewnMap();
    PreparedLayers prepared;
    const MapPicture first = renderMoved(scene, prepared, {});
    EXPECT_EQ(greatestDifference(first.image, render(scene, prepared)), 0);
    MapGround ground = first.ground;
    Scene last = scene;
    for (const auto& [right, down] : {std::pair{37, -21}, {-60, 0}, {0, 50}, {-1, -1}}) {
        last = movedBy(last, right, down);
        const MapPicture moved = renderMoved(last, prepared, ground);
        EXPECT_LE(greatestDifference(moved.image, render(last, prepared)), 2) << right << ' ' << down;
        ground = moved.ground;
    }
    Scene resized = last;
    resized.view.widthPx = 240;
    resized.view.heightPx = 130;
    EXPECT_LE(greatestDifference(renderMoved(resized, prepared, ground).image, render(resized, prepared)), 2);
    EXPECT_EQ(takenOver(last, resized), 200 * 130);
}

TEST(MovedMap, TakesOverWhatStaysInView) {
    const Scene scene = strewnMap();
    EXPECT_EQ(takenOver(scene, movedBy(scene, 37, -21)), (200 - 37) * (160 - 21));
    EXPECT_EQ(takenOver(scene, scene), 200 * 160);
    EXPECT_EQ(takenOver(scene, movedBy(scene, 150, 0)), 0); // most of it is new
    EXPECT_EQ(takenOver(scene, movedBy(scene, 10.5, 0)), 0);
    Scene closer = scene;
    closer.view.unitsPerPx /= 2;
    EXPECT_EQ(takenOver(scene, closer), 0);
    Scene other = scene; // an equal map, but another
    other.project = std::make_shared<Project>(*scene.project);
    EXPECT_EQ(takenOver(scene, other), 0);
}

// What depends on where the page begins is drawn anew.
TEST(MovedMap, TakesNothingOverThatWouldNotFit) {
    const Scene scene = strewnMap();
    const auto dashed = withRule(scene, kAreas, [](Rule& rule) { rule.lines[0].dashMm = {1, 1}; });
    EXPECT_EQ(takenOver(dashed, movedBy(dashed, 10, 0)), 0);
    const auto twice = withRule(scene, kRoads, [](Rule& rule) {
        rule.lines.push_back(rule.lines[0]);
        rule.lines[0].dashMm = {1, 1};
        rule.lines[1].dashMm = {2, 1};
    });
    EXPECT_EQ(takenOver(twice, movedBy(twice, 10, 0)), 0);
    const auto hatched = withRule(scene, kAreas, [](Rule& rule) { rule.fill->hatch = Hatch::Diagonal; });
    EXPECT_EQ(takenOver(hatched, movedBy(hatched, 10, 0)), 0);
    Scene lined = scene;
    lined.graticule = true;
    EXPECT_EQ(takenOver(lined, movedBy(lined, 10, 0)), 0);
    Scene reported = scene;
    auto project =
        std::make_shared<Project>(withSituation(*scene.project, std::make_shared<Situation>(madeSituation())));
    reported.project = project;
    EXPECT_EQ(takenOver(reported, movedBy(reported, 10, 0)), 0);
}

// Dashes lie where they would if the whole line was drawn, be its start in view, beside it, or so far away that the
// line is cut before.
TEST(MovedMap, DashesStayOnTheirLines) {
    Scene scene = strewnMap();
    std::vector<LonLat> winding; // so many vertices that a page's are thinned
    for (int i = -9000; i <= 9000; ++i)
        winding.push_back({i * 0.011, 0.4 * std::sin(i * 0.007) + 0.004 * std::sin(i * 0.9)});
    auto project = std::make_shared<Project>(*scene.project);
    project->layers.push_back(std::make_shared<Layer>(
        madeLayer("winding", LayerRole::Road, madeTable("winding", {{"road", winding}}, PartRole::Line), {"road"})));
    scene.project = project;
    scene.view.unitsPerPx = 0.01; // both ends are some 10000 px away
    const std::size_t last = project->layers.size() - 1;
    const Scene solid = withRule(scene, kRoads, [](Rule& rule) { rule.lines[0].dashMm = {1, 0.7}; });
    const Scene dashed = withRule(solid, last, [](Rule& rule) { rule.lines[0].dashMm = {1.3, 0.9, 0.4}; });
    PreparedLayers prepared;
    EXPECT_GT(greatestDifference(render(solid, prepared), render(dashed, prepared)), 50);
    MapGround ground = renderMoved(dashed, prepared, {}).ground;
    Scene moved = dashed;
    for (const auto& [right, down] : {std::pair{37, -21}, {-60, 0}, {-23, 33}}) {
        moved = movedBy(moved, right, down);
        EXPECT_EQ(takenOver(dashed, moved) > 0, true);
        const MapPicture picture = renderMoved(moved, prepared, ground);
        EXPECT_LE(greatestDifference(picture.image, render(moved, prepared)), 2) << right << ' ' << down;
        ground = picture.ground;
    }
}

// The true scale changes with the latitude, and with it the rules.
TEST(MovedMap, DrawsAnewWhereOtherRulesHold) {
    Scene north = strewnMap();
    const Scene south = movedBy(north, 0, -40);
    const double a = north.view.scaleDenominator(), b = south.view.scaleDenominator();
    ASSERT_NE(a, b);
    const Scene bounded = withRule(north, kAreas, [&](Rule& rule) { rule.maxScale = (a + b) / 2; });
    EXPECT_EQ(takenOver(bounded, movedBy(bounded, 0, -40)), 0);
    EXPECT_EQ(takenOver(north, south), 200 * 120);
}

} // namespace cordon
