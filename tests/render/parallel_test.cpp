#include "core/render/parallel.h"

#include <gtest/gtest.h>
#include <stdexcept>

namespace {

using namespace cordon;

// How often each item of `count` was worked on.
std::vector<int> timesDone(int threads, int count) {
    std::vector<std::atomic<int>> times(static_cast<std::size_t>(count));
    parallelFor(threads, count, [&](int i) { ++times[static_cast<std::size_t>(i)]; });
    return {times.begin(), times.end()};
}

TEST(ParallelFor, DoesEachItemOnce) {
    for (const int threads : {1, 2, 3, 16})
        for (const int count : {0, 1, 2, 7, 1000})
            EXPECT_EQ(timesDone(threads, count), std::vector<int>(static_cast<std::size_t>(count), 1))
                << threads << " threads, " << count << " items";
}

TEST(ParallelFor, WorkMayShareOutItsOwn) {
    std::atomic<int> done = 0;
    parallelFor(4, 50, [&](int) { parallelFor(4, 20, [&](int) { ++done; }); });
    EXPECT_EQ(done, 1000);
}

TEST(ParallelFor, ServesSeveralCallersAtOnce) {
    std::atomic<int> wrong = 0;
    {
        std::vector<std::jthread> callers;
        for (int c = 0; c < 4; ++c)
            callers.emplace_back([&] {
                for (int i = 0; i < 200; ++i)
                    wrong += timesDone(3, 11) == std::vector<int>(11, 1) ? 0 : 1;
            });
    }
    EXPECT_EQ(wrong, 0);
}

TEST(ParallelFor, ThrowsWhatTheWorkThrowsAndGoesOnServing) {
    for (int i = 0; i < 100; ++i)
        EXPECT_THROW(parallelFor(3, 100,
                                 [](int item) {
                                     if (item % 10 == 7)
                                         throw std::runtime_error("seven");
                                 }),
                     std::runtime_error);
    EXPECT_EQ(timesDone(3, 100), std::vector<int>(100, 1));
}

} // namespace
