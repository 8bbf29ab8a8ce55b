#include "core/error.h"
#include "core/render/generalise.h"
#include "core/render/prepared_layer.h"
#include "core/render/prepared_layers.h"

#include <cmath>
#include <gtest/gtest.h>
#include <random>

namespace cordon {
namespace {

std::shared_ptr<FeatureTable> table() {
    return std::make_shared<FeatureTable>();
}

void addPart(FeatureTable& t, PartRole role, const std::vector<LonLat>& points) {
    t.geometry.coordinates.insert(t.geometry.coordinates.end(), points.begin(), points.end());
    t.geometry.partStart.push_back(static_cast<std::uint32_t>(t.geometry.coordinates.size()));
    t.geometry.partRole.push_back(role);
}

void endFeature(FeatureTable& t) {
    t.geometry.featureStart.push_back(t.geometry.partCount());
}

// A wriggling border from a to b.
std::vector<GridPoint> border(GridPoint a, GridPoint b, int points, unsigned seed) {
    std::mt19937 random(seed);
    std::normal_distribution<double> wriggle(0, 400);
    std::vector<GridPoint> line;
    for (int i = 0; i <= points; ++i) {
        const double t = static_cast<double>(i) / points;
        const bool isEnd = i == 0 || i == points;
        line.push_back({static_cast<std::int32_t>(a.x + (b.x - a.x) * t + (isEnd ? 0 : wriggle(random))),
                        static_cast<std::int32_t>(a.y + (b.y - a.y) * t + (isEnd ? 0 : wriggle(random)))});
    }
    return line;
}

double distanceToLine(GridPoint p, const std::vector<GridPoint>& line) {
    double best = INFINITY;
    for (std::size_t i = 1; i < line.size(); ++i) {
        const double ax = line[i - 1].x, ay = line[i - 1].y, dx = line[i].x - ax, dy = line[i].y - ay;
        const double t = std::clamp(((p.x - ax) * dx + (p.y - ay) * dy) / std::max(1.0, dx * dx + dy * dy), 0.0, 1.0);
        best = std::min(best, std::hypot(p.x - ax - t * dx, p.y - ay - t * dy));
    }
    return best;
}

constexpr int kLevel = 36; // of 512 steps

std::vector<GridPoint> thinned(const std::vector<GridPoint>& part, int level) {
    std::vector<VertexRank> ranks(part.size());
    startRanks(part, ranks);
    findRanks(part, ranks, kUnranked, level);
    std::vector<GridPoint> thin(part.size() + kLeastOfRing);
    thin.resize(writeThinned(part, ranks, level, thin.data()));
    return thin;
}

TEST(Generalise, StaysWithinTheTolerance) {
    const std::vector<GridPoint> line = border({0, 0}, {1000000, 50000}, 5000, 1);
    const std::vector<GridPoint> thin = thinned(line, kLevel);
    EXPECT_LT(thin.size(), line.size() / 2);
    EXPECT_EQ(thin.front(), line.front());
    EXPECT_EQ(thin.back(), line.back());
    for (const GridPoint p : line)
        ASSERT_LE(distanceToLine(p, thin), 512.01);
}

TEST(Generalise, SameLineBackwardsIsThinnedAlike) {
    std::vector<GridPoint> line = border({0, 0}, {300000, 90000}, 3000, 2);
    const std::vector<GridPoint> forwards = thinned(line, 32);
    std::reverse(line.begin(), line.end());
    std::vector<GridPoint> backwards = thinned(line, 32);
    std::reverse(backwards.begin(), backwards.end());
    EXPECT_EQ(forwards, backwards);
}

// Two rings that share a border, begun elsewhere and run the other way: between its first and last anchor the border
// keeps the same vertices in both.
TEST(Generalise, SharedBordersStayShared) {
    const std::vector<GridPoint> shared = border({0, 0}, {0, 500000}, 4000, 3);
    const std::vector<GridPoint> left = border({0, 500000}, {0, 0}, 3000, 4);
    std::vector<GridPoint> a(shared), b(shared.rbegin(), shared.rend());
    for (std::size_t i = 1; i < left.size(); ++i)
        a.push_back({left[i].x - 300000, left[i].y});
    a.push_back(a.front());
    for (std::size_t i = 1; i < left.size(); ++i)
        b.push_back({left[left.size() - 1 - i].x + 300000, left[left.size() - 1 - i].y});
    b.push_back(b.front());
    const std::vector<GridPoint> thinA = thinned(a, 32), thinB = thinned(b, 32);
    const auto onShared = [&](const std::vector<GridPoint>& ring) {
        std::vector<GridPoint> found;
        for (std::size_t i = 200; i + 200 < shared.size(); ++i)
            if (std::find(ring.begin(), ring.end(), shared[i]) != ring.end())
                found.push_back(shared[i]);
        return found;
    };
    EXPECT_GT(onShared(thinA).size(), 100U);
    EXPECT_EQ(onShared(thinA), onShared(thinB));
}

TEST(Generalise, SmallRingsKeepTheirInk) {
    const std::vector<GridPoint> square{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}};
    EXPECT_EQ(thinned(square, 40), square);

    std::vector<GridPoint> circle;
    for (int i = 0; i < 40; ++i)
        circle.push_back({static_cast<std::int32_t>(100 * std::cos(i * M_PI / 20)),
                          static_cast<std::int32_t>(100 * std::sin(i * M_PI / 20))});
    circle.push_back(circle.front());
    const std::vector<GridPoint> thin = thinned(circle, 40);
    ASSERT_EQ(thin.size(), 4U);
    EXPECT_EQ(thin.front(), thin.back());
}

// What a level keeps does not depend on which levels were asked for before.
TEST(Generalise, RanksFoundBitByBitAreThoseFoundAtOnce) {
    std::vector<GridPoint> part = border({0, 0}, {300000, 90000}, 3000, 5);
    const std::vector<GridPoint> far = border({1900000000, 300000}, {0, 0}, 40, 6); // too long for fine levels
    part.insert(part.end(), far.begin(), far.end());
    std::vector<GridPoint> ring;
    for (int i = 0; i < 90; ++i)
        ring.push_back({static_cast<std::int32_t>(5000 * std::cos(i * M_PI / 45)),
                        static_cast<std::int32_t>(9000 * std::sin(i * M_PI / 45))});
    ring.push_back(ring.front());
    for (const std::vector<GridPoint>& points : {part, ring}) {
        std::vector<VertexRank> ranks(points.size());
        startRanks(points, ranks);
        VertexRank known = kUnranked;
        std::size_t kept = 0;
        for (const VertexRank level : {63, 52, 51, 44, 40, 31, 30, 19, 8, 1}) {
            findRanks(points, ranks, known, level);
            known = level;
            std::vector<GridPoint> thin(points.size() + kLeastOfRing);
            thin.resize(writeThinned(points, ranks, level, thin.data()));
            EXPECT_EQ(thin, thinned(points, level));
            EXPECT_GE(thin.size(), kept);
            kept = thin.size();
        }
        EXPECT_GT(kept, points.size() * 9 / 10);
    }
}

TEST(PreparedLayer, ProjectsAsTheProjectionDoes) {
    auto t = table();
    std::mt19937 random(1);
    std::uniform_real_distribution<double> lon(-180, 180), lat(-89, 89);
    std::vector<LonLat> points;
    for (int i = 0; i < 5000; ++i)
        points.push_back({lon(random), lat(random)});
    addPart(*t, PartRole::Points, points);
    endFeature(*t);
    finishTable(*t);
    for (const Crs& crs : {Crs::webMercator(), Crs::fromText("EPSG:8857"), Crs()}) {
        const PreparedLayer layer(t, crs, false, {});
        const Projection projection(crs);
        const std::vector<std::uint32_t> all{0};
        const auto part = layer.geometry(0, all, {}).part(0, 0);
        ASSERT_EQ(part.size(), points.size());
        double worst = 0;
        for (std::size_t i = 0; i < points.size(); ++i) {
            const MapPoint p = *projection.forward(points[i]);
            worst = std::max({worst, std::abs(layer.originX() + part[i].x * layer.unitsPerStep() - p.x),
                              std::abs(layer.originY() + part[i].y * layer.unitsPerStep() - p.y)});
        }
        EXPECT_LE(worst, layer.unitsPerStep() + (crs.isWebMercator() ? 0.001 : 0)) << crs.definition();
    }
}

TEST(PreparedLayer, DropsPointsWithoutAPlaceAndClosesTheRing) {
    auto t = table();
    addPart(*t, PartRole::OuterRing, {{0, -90}, {0, -80}, {90, -75}, {180, -80}, {180, -90}, {0, -90}});
    endFeature(*t);
    addPart(*t, PartRole::Points, {{0, 90}});
    endFeature(*t);
    finishTable(*t);
    const PreparedLayer layer(t, Crs::webMercator(), false, {});
    const std::vector<std::uint32_t> both{0, 1};
    const GridGeometry geometry = layer.geometry(0, both, {});
    ASSERT_EQ(geometry.part(0, 0).size(), 4U);
    EXPECT_EQ(geometry.part(0, 0).front(), geometry.part(0, 0).back());
    EXPECT_EQ(geometry.part(1, 1).size(), 0U);
    EXPECT_TRUE(layer.featureBox(1).isEmpty());
}

TEST(PreparedLayer, FindsWhatABoxTouchesInFileOrder) {
    auto t = table();
    std::mt19937 random(9);
    std::uniform_real_distribution<double> lon(-20, 20), lat(-20, 20);
    for (int i = 0; i < 150000; ++i) { // enough, and in no order, so that small boxes are looked for in cells
        addPart(*t, PartRole::Points, {{lon(random), lat(random)}});
        endFeature(*t);
    }
    finishTable(*t);
    const PreparedLayer layer(t, Crs::webMercator(), false, {});
    for (const double half : {1e3, 3e4, 5e5, 5e6}) {
        const GridBox box = layer.gridBox({{300000 - half, 200000 - half, 300000 + half, 200000 + half}});
        std::vector<std::uint32_t> expected;
        for (std::uint32_t f = 0; f < t->featureCount; ++f)
            if (layer.featureBox(f).intersects(box))
                expected.push_back(f);
        EXPECT_EQ(layer.visible(box), expected) << half;
    }
}

TEST(PreparedLayer, TakesTheFirstRuleThatHolds) {
    auto t = table();
    Column name{"Name", FieldType::Text, TextValues{}, {0, 0, 0, 1}, {}};
    for (const char* text : {"a", "b", "10", ""})
        std::get<TextValues>(name.values).append(text);
    Column count{"count", FieldType::Integer, std::vector<std::int64_t>{1, 2, 3, 4}, {}, {}};
    t->columns = {name, count};
    for (int i = 0; i < 4; ++i) {
        addPart(*t, PartRole::Points, {{1.0 * i, 0}});
        endFeature(*t);
    }
    finishTable(*t);
    const PreparedLayer layer(t, Crs::webMercator(), false, {});
    const auto match = [&](const std::vector<std::vector<Condition>>& rules) { return *layer.firstMatches(rules); };
    using Bytes = std::vector<std::uint8_t>;
    EXPECT_EQ(match({{{"name", Comparison::Equal, "b"}}, {{"count", Comparison::Less, "3"}}}), (Bytes{1, 0, 255, 255}));
    EXPECT_EQ(match({{{"name", Comparison::IsNull, ""}}, {}}), (Bytes{1, 1, 1, 0}));
    EXPECT_EQ(match({{{"name", Comparison::Greater, "9"}}}), (Bytes{0, 0, 0, 255})); // "a" > "9" as text, 10 > 9
    EXPECT_EQ(match({{{"count", Comparison::Equal, "2.0"}, {"name", Comparison::NotEqual, "x"}}}),
              (Bytes{255, 0, 255, 255}));
    EXPECT_EQ(match({{{"nothing", Comparison::Equal, "1"}}}), (Bytes{255, 255, 255, 255}));
}

// A projection that is fitted to so many points ends where it ends for a few, to less than the grid shows.
TEST(PreparedLayer, ManyPointsLieWhereFewDo) {
    const auto line = [](int count) {
        auto t = table();
        std::vector<LonLat> points;
        for (int i = 0; i < count; ++i)
            points.push_back({-12 + 16.0 * (i % 997) / 996, 10 + 15.0 * (i % 61) / 60});
        addPart(*t, PartRole::Points, points);
        endFeature(*t);
        finishTable(*t);
        return t;
    };
    const Crs crs = Crs::fromText("+proj=laea +lat_0=17 +lon_0=-4 +datum=WGS84 +units=m");
    const PreparedLayer few(line(997 * 61), crs, false, {}), many(line(997 * 61 * 5), crs, false, {});
    const auto placeOf = [](const PreparedLayer& layer, std::size_t i) {
        const GridPoint p = layer.geometry(0, {}, {}).part(0, 0)[i];
        return MapPoint{layer.originX() + p.x * layer.unitsPerStep(), layer.originY() + p.y * layer.unitsPerStep()};
    };
    for (std::size_t i = 0; i < 997 * 61; i += 7) {
        const MapPoint a = placeOf(few, i), b = placeOf(many, i);
        ASSERT_NEAR(a.x, b.x, 0.003);
        ASSERT_NEAR(a.y, b.y, 0.003);
    }
    EXPECT_TRUE(few.gridSuffices(0.01));
    EXPECT_FALSE(many.gridSuffices(0.01)); // closer than the fit is true, each point is projected itself
    EXPECT_TRUE(many.gridSuffices(0.05));
}

TEST(PreparedLayers, StoppedLayerIsNotReadyAndIsMadeTheNextTime) {
    auto t = table();
    addPart(*t, PartRole::Line, {{0, 0}, {1, 1}});
    endFeature(*t);
    finishTable(*t);
    const std::shared_ptr<const FeatureTable> shared = t;
    PreparedLayers layers;
    std::stop_source stop;
    stop.request_stop();
    EXPECT_THROW(layers.find(shared, Crs::webMercator(), stop.get_token()), Stopped);
    EXPECT_FALSE(layers.isReady(shared, Crs::webMercator()));
    EXPECT_TRUE(layers.find(shared, Crs::webMercator()));
    EXPECT_TRUE(layers.isReady(shared, Crs::webMercator()));
    EXPECT_FALSE(layers.isReady(shared, Crs()));
}

} // namespace
} // namespace cordon
