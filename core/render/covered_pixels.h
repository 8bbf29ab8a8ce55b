// Which pixels of a tile are covered wholly, so that what lies below need not be drawn there. Internal to render.
#pragma once

#include "core/render/coverage.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace cordon {

// As bits; pixels outside the given rectangle count as covered.
class CoveredPixels {
public:
    void reset(const PixelRect& rect);
    // `pixels` (bit i: pixel x + i, y); x from -64 to the tile's width.
    bool holds(int x, int y, std::uint64_t pixels) const {
        const std::uint64_t* words = &m_words[wordOf(x, y)];
        const int shift = x & 63;
        return (pixels << shift & ~words[0]) == 0 && (pixels >> 1 >> (63 - shift) & ~words[1]) == 0;
    }
    void add(int x, int y, std::uint64_t pixels) {
        std::uint64_t* words = &m_words[wordOf(x, y)];
        const int shift = x & 63;
        words[0] |= pixels << shift;
        words[1] |= pixels >> 1 >> (63 - shift);
    }
    // The whole of a rectangle that lies in the tile.
    bool holds(const PixelRect& rect) const {
        for (int y = rect.top; y < rect.bottom; ++y)
            for (int x = rect.left; x < rect.right; x += 64)
                if (!holds(x, y, rect.right - x >= 64 ? ~0ULL : (1ULL << (rect.right - x)) - 1))
                    return false;
        return true;
    }

private:
    static constexpr int kWordsPerRow = CoverageWindow::kMaxWidth / 64 + 3; // and one to the left, two to the right
    static std::size_t wordOf(int x, int y) { return static_cast<std::size_t>(y * kWordsPerRow + ((x + 64) >> 6)); }
    std::array<std::uint64_t, static_cast<std::size_t>(kWordsPerRow) * CoverageWindow::kMaxHeight> m_words{};
};

inline void CoveredPixels::reset(const PixelRect& rect) {
    m_words.fill(~0ULL);
    for (int y = rect.top; y < rect.bottom; ++y)
        for (int x = rect.left; x < rect.right;) {
            const int end = std::min((x & ~63) + 64, rect.right);
            const std::uint64_t upTo = end % 64 == 0 ? ~0ULL : (1ULL << (end % 64)) - 1;
            m_words[wordOf(x, y)] = ~(upTo & (~0ULL << (x % 64)));
            x = end;
        }
}

} // namespace cordon
