#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <gtest/gtest.h>
#include <memory>
#include <thread>
#include <vector>

namespace {

constexpr std::size_t kMegabyte = std::size_t{1} << 20;

// A block whose bytes tell which it is.
class Marked {
public:
    Marked(std::size_t size, std::uint8_t mark) : m_size(size), m_mark(mark), m_bytes(new std::uint8_t[size]) {
        for (std::size_t i = 0; i < m_size; i += kStep)
            m_bytes[i] = m_mark;
        m_bytes[m_size - 1] = m_mark;
    }
    bool isWhole() const {
        bool isWhole = m_bytes[m_size - 1] == m_mark;
        for (std::size_t i = 0; i < m_size; i += kStep)
            isWhole &= m_bytes[i] == m_mark;
        return isWhole;
    }
    std::pair<const std::uint8_t*, const std::uint8_t*> range() const {
        return {m_bytes.get(), m_bytes.get() + m_size};
    }

private:
    static constexpr std::size_t kStep = 64 * 1024;
    std::size_t m_size;
    std::uint8_t m_mark;
    std::unique_ptr<std::uint8_t[]> m_bytes;
};

using Range = std::pair<const std::uint8_t*, const std::uint8_t*>;

bool areApart(std::vector<Range> ranges) {
    std::sort(ranges.begin(), ranges.end());
    for (std::size_t i = 1; i < ranges.size(); ++i)
        if (ranges[i].first < ranges[i - 1].second)
            return false;
    return true;
}

TEST(LargeBlocks, KeepTheirBytesWhileOthersComeAndGo) {
    std::vector<Marked> blocks;
    for (int round = 0; round < 40; ++round) {
        for (int i = 0; i < 6; ++i)
            blocks.emplace_back(kMegabyte / 2 + static_cast<std::size_t>(round % 8 * 7 + i * 5) * kMegabyte / 8,
                                static_cast<std::uint8_t>(blocks.size()));
        std::vector<Range> ranges;
        for (const Marked& block : blocks)
            ranges.push_back(block.range());
        ASSERT_TRUE(areApart(ranges));
        ASSERT_TRUE(std::all_of(blocks.begin(), blocks.end(), [](const Marked& block) { return block.isWhole(); }));
        blocks.erase(blocks.begin() + round % 2, blocks.begin() + round % 2 + std::min(round, 6));
    }
}

// More than the list of them holds. None is written to, so that they take no memory.
TEST(LargeBlocks, AreAsManyAsAreAskedFor) {
    std::vector<std::unique_ptr<std::uint8_t[]>> blocks;
    std::vector<Range> ranges;
    for (int i = 0; i < 1500; ++i) {
        blocks.emplace_back(new std::uint8_t[kMegabyte]);
        ranges.emplace_back(blocks.back().get(), blocks.back().get() + kMegabyte);
    }
    EXPECT_TRUE(areApart(ranges));
}

TEST(LargeBlocks, MayBeFreedByAnotherThread) {
    std::atomic<bool> isWhole = true;
    std::array<std::atomic<Marked*>, 4> shelves{};
    const auto trade = [&](std::uint8_t mark) {
        for (int i = 0; i < 400; ++i) {
            auto* mine = new Marked(kMegabyte * static_cast<std::size_t>(1 + (i + mark) % 9), mark);
            const std::unique_ptr<Marked> other(shelves[static_cast<std::size_t>(i) % shelves.size()].exchange(mine));
            if (other && !other->isWhole())
                isWhole = false;
        }
    };
    { const std::jthread one(trade, std::uint8_t{1}), two(trade, std::uint8_t{2}), three(trade, std::uint8_t{3}); }
    for (std::atomic<Marked*>& shelf : shelves)
        delete shelf.load();
    EXPECT_TRUE(isWhole);
}

} // namespace
