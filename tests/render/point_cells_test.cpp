#include "core/render/point_cells.h"

#include <gtest/gtest.h>
#include <random>

namespace cordon {
namespace {

GridBox boundsOf(const std::vector<GridPoint>& points) {
    GridBox bounds;
    for (const GridPoint p : points)
        bounds.include(p.x, p.y);
    return bounds;
}

std::vector<std::uint32_t> lookedThrough(const std::vector<GridPoint>& points, const GridBox& box) {
    std::vector<std::uint32_t> found;
    for (std::uint32_t i = 0; i < points.size(); ++i)
        if (box.contains(points[i].x, points[i].y))
            found.push_back(i);
    return found;
}

// Boxes of all sizes, inside, across and outside of a span.
void expectAsLookedThrough(const std::vector<GridPoint>& points, std::int64_t low, std::int64_t high) {
    const PointCells cells(points, boundsOf(points));
    std::mt19937_64 random(7);
    std::uniform_int_distribution<std::int64_t> place(low, high);
    const auto ends = [&] {
        auto a = static_cast<std::int32_t>(place(random)), b = static_cast<std::int32_t>(place(random));
        return std::pair(std::min(a, b), std::max(a, b));
    };
    for (int i = 0; i < 200; ++i) {
        const auto [left, right] = ends();
        const auto [bottom, top] = ends();
        const GridBox box{left, bottom, right, top};
        ASSERT_EQ(cells.within(box, points), lookedThrough(points, box));
    }
    const GridBox all{INT32_MIN, INT32_MIN, INT32_MAX, INT32_MAX};
    EXPECT_EQ(cells.within(all, points), lookedThrough(points, all));
    for (std::size_t i = 0; i < points.size(); i += 100) {
        const GridBox one{points[i].x, points[i].y, points[i].x, points[i].y};
        ASSERT_EQ(cells.within(one, points), lookedThrough(points, one));
    }
}

TEST(PointCells, FindWhatLookingThroughAllFinds) {
    std::mt19937_64 random(3);
    std::uniform_int_distribution<std::int32_t> place(-1'073'741'824, 1'073'741'824);
    std::vector<GridPoint> points(20'000);
    for (GridPoint& p : points)
        p = {place(random), place(random)};
    expectAsLookedThrough(points, -1'500'000'000, 1'500'000'000);
}

TEST(PointCells, FindPointsThatCrowdOrRepeat) {
    std::mt19937_64 random(4);
    std::normal_distribution<double> place(500, 40);
    std::vector<GridPoint> points(5'000);
    for (GridPoint& p : points)
        p = {static_cast<std::int32_t>(place(random)), 17};
    points.push_back({1'000'000'000, -1'000'000'000});
    expectAsLookedThrough(points, 300, 700);
}

TEST(PointCells, OfOnePointOrNone) {
    expectAsLookedThrough({{5, 6}}, 0, 10);
    EXPECT_TRUE(PointCells({}, GridBox{}).within({0, 0, 10, 10}, {}).empty());
}

} // namespace
} // namespace cordon
