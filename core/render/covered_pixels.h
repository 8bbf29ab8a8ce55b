// Which pixels of a page are covered wholly, so that what lies below need not be drawn there. Internal to
// render.
#pragma once

#include "core/render/coverage.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace cordon {

// As bits; pixels outside the given rectangle count as covered.
class CoveredPixels {
public:
    // A rectangle from (0, 0) on, of which nothing is covered.
    void reset(const PixelRect& rect);
    // False before reset().
    bool isUsed() const { return !m_words.empty(); }
    // `pixels` (bit i: pixel x + i, y); x from -64 to the rectangle's width.
    bool holds(int x, int y, std::uint64_t pixels) const {
        const std::uint64_t* words = &m_words[wordOf(x, y)];
        const int shift = x & 63;
        return (pixels << shift & ~words[0]) == 0 && (pixels >> 1 >> (63 - shift) & ~words[kRowsTogether]) == 0;
    }
    void add(int x, int y, std::uint64_t pixels) {
        std::uint64_t* words = &m_words[wordOf(x, y)];
        const int shift = x & 63;
        words[0] |= pixels << shift;
        words[kRowsTogether] |= pixels >> 1 >> (63 - shift);
    }
    // What is covered in another one of the same rectangle.
    void add(const CoveredPixels& other) {
        for (std::size_t i = 0; i < m_words.size(); ++i)
            m_words[i] |= other.m_words[i];
    }
    // The whole of a rectangle that lies inside.
    bool holds(const PixelRect& rect) const {
        for (int y = rect.top; y < rect.bottom; ++y)
            for (int x = rect.left; x < rect.right; x += 64)
                if (!holds(x, y, rect.right - x >= 64 ? ~0ULL : (1ULL << (rect.right - x)) - 1))
                    return false;
        return true;
    }

private:
    // The words of eight rows, one below the other, follow one another: a small marker is in two lines of the cache.
    static constexpr int kRowShift = 3, kRowsTogether = 1 << kRowShift;
    std::size_t wordOf(int x, int y) const {
        return static_cast<std::size_t>((((y >> kRowShift) * m_wordsPerRow + ((x + 64) >> 6)) << kRowShift) +
                                        (y & (kRowsTogether - 1)));
    }
    int m_wordsPerRow = 0;
    std::vector<std::uint64_t> m_words;
};

inline void CoveredPixels::reset(const PixelRect& rect) {
    m_wordsPerRow = rect.right / 64 + 3; // and one to the left, two to the right
    const int rows = (rect.bottom + kRowsTogether - 1) / kRowsTogether * kRowsTogether;
    m_words.assign(static_cast<std::size_t>(m_wordsPerRow) * static_cast<std::size_t>(rows), ~0ULL);
    for (int y = rect.top; y < rect.bottom; ++y)
        for (int x = rect.left; x < rect.right;) {
            const int end = std::min((x & ~63) + 64, rect.right);
            const std::uint64_t upTo = end % 64 == 0 ? ~0ULL : (1ULL << (end % 64)) - 1;
            m_words[wordOf(x, y)] = ~(upTo & (~0ULL << (x % 64)));
            x = end;
        }
}

} // namespace cordon
