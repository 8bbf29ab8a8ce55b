#include "core/geo/spatial_index.h"

#include <gtest/gtest.h>

#include <random>

namespace cordon {
namespace {

std::vector<std::uint32_t> found(const SpatialIndex& index, const FloatBox& box) {
    std::vector<std::uint32_t> result;
    index.query(box, result);
    return result;
}

TEST(SpatialIndex, FindsWhatABruteForceSearchFinds) {
    std::mt19937 random(7);
    std::uniform_real_distribution<float> place(-100, 100), size(0, 8);
    for (const int count : {0, 1, 2, 15, 16, 17, 256, 257, 5000}) {
        std::vector<FloatBox> boxes;
        for (int i = 0; i < count; ++i) {
            const float x = place(random), y = place(random);
            boxes.push_back(i % 11 == 3 ? FloatBox{} : FloatBox{x, y, x + size(random), y + size(random)});
        }
        const SpatialIndex index(boxes);
        for (int q = 0; q < 100; ++q) {
            const float x = place(random), y = place(random), w = q < 3 ? 1000.0f : 4 * size(random);
            const FloatBox query{x - w, y - w, x + w, y + w};
            std::vector<std::uint32_t> expected;
            for (std::uint32_t i = 0; i < boxes.size(); ++i)
                if (!boxes[i].isEmpty() && boxes[i].intersects(query))
                    expected.push_back(i);
            ASSERT_EQ(found(index, query), expected) << count << " boxes";
        }
    }
}

TEST(SpatialIndex, TouchingCounts) {
    const FloatBox boxes[] = {{0, 0, 1, 1}, {2, 2, 2, 2}};
    const SpatialIndex index(boxes);
    EXPECT_EQ(found(index, {1, 1, 2, 2}), (std::vector<std::uint32_t>{0, 1}));
}

TEST(SpatialIndex, OutwardBoxHoldsWhatItWasMadeOf) {
    const double x = 0.1, y = 12345678.9;
    const FloatBox box = outwardBox(x, y, x, y);
    EXPECT_LE(double(box.minX), x);
    EXPECT_GE(double(box.maxX), x);
    EXPECT_LE(double(box.minY), y);
    EXPECT_GE(double(box.maxY), y);
    EXPECT_TRUE(outwardBox(1, 0, 0, 1).isEmpty());
}

} // namespace
} // namespace cordon
