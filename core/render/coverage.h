// How much of each pixel of a small window a shape covers. Edges add signed areas to cells (exact area coverage in 24.8
// fixed point, as AGG's and FreeType's cell rasterisers, but in a dense window instead of sorted cells); a sweep sums
// them up along each row, hands out runs of coverage and leaves the window clear. Sums of integers: neither the order
// of the edges nor the place of the window changes the result. Internal to render.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstdlib>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace cordon {

struct FixedPoint { // 1/256 pixel, relative to the window
    int x = 0;
    int y = 0;
};

struct PixelRect { // half-open
    int left = 0, top = 0, right = 0, bottom = 0;
    bool isEmpty() const { return left >= right || top >= bottom; }
    friend bool operator==(const PixelRect&, const PixelRect&) = default;
};

enum class FillRule : std::uint8_t { NonZero, EvenOdd };

class CoverageWindow {
public:
    static constexpr int kMaxWidth = 192;
    static constexpr int kMaxHeight = 128;

    void setSize(int width, int height) {
        m_width = width;
        m_height = height;
    }
    int width() const { return m_width; }
    int height() const { return m_height; }
    // One edge of closed outlines; parts outside count as far as they cover pixels inside.
    void addEdge(FixedPoint from, FixedPoint to);

    // Calls row(y, x, count, coverages) for a few pixels and span(y, x, count, coverage) for runs of what is covered
    // inside `clip`, coverage 1..255 (row: 0..255), top to bottom, and clears the window.
    template <class Row, class Span> void sweep(FillRule rule, const PixelRect& clip, const Row& row, const Span& span);

private:
    static constexpr int kBlock = 4; // cells a bit of the row masks stands for
    static constexpr int kStride = kMaxWidth + 2 * kBlock;

    void addInside(int x1, int y1, int x2, int y2, int sign);
    void addClipped(FixedPoint from, FixedPoint to, int sign);
    void addAcrossRows(int x1, int y1, int x2, int y2, int sign);
    void addToRow(int row, int xa, int ya, int xb, int yb, int sign);
    void addCell(int row, int x, int height, int twiceMeanX) {
        int* cells = &m_cells[static_cast<std::size_t>(row * kStride + x)];
        const int area = twiceMeanX * height;
        cells[0] += height * 512 - area;
        cells[1] += area;
        m_masks[static_cast<std::size_t>(row)] |= (1ULL << (x / kBlock)) | (1ULL << ((x + 1) / kBlock));
    }
    static std::uint8_t coverageOf(int sum, FillRule rule) {
        int c = std::abs(sum >> 9);
        if (rule == FillRule::EvenOdd) {
            c &= 511;
            if (c > 256)
                c = 512 - c;
        }
        return static_cast<std::uint8_t>(std::min(c, 255));
    }

    // Adds up a block's cells after `sum`, clears them, writes their coverages; returns the new sum.
    static int takeBlock(int* cells, int sum, FillRule rule, std::uint8_t* coverages) {
#ifdef __SSE2__
        auto* at = reinterpret_cast<__m128i*>(cells);
        __m128i v = _mm_loadu_si128(at);
        _mm_storeu_si128(at, _mm_setzero_si128());
        v = _mm_add_epi32(v, _mm_slli_si128(v, 4));
        v = _mm_add_epi32(v, _mm_slli_si128(v, 8));
        v = _mm_add_epi32(v, _mm_set1_epi32(sum));
        sum = _mm_cvtsi128_si32(_mm_shuffle_epi32(v, 0xFF));
        __m128i c = _mm_srai_epi32(v, 9);
        const __m128i isNegative = _mm_srai_epi32(c, 31);
        c = _mm_sub_epi32(_mm_xor_si128(c, isNegative), isNegative);
        if (rule == FillRule::EvenOdd) {
            c = _mm_and_si128(c, _mm_set1_epi32(511));
            const __m128i isFalling = _mm_cmpgt_epi32(c, _mm_set1_epi32(256));
            const __m128i fallen = _mm_sub_epi32(_mm_set1_epi32(512), c);
            c = _mm_or_si128(_mm_and_si128(isFalling, fallen), _mm_andnot_si128(isFalling, c));
        }
        c = _mm_packus_epi16(_mm_packs_epi32(c, c), c); // both saturate: at most 255
        const int four = _mm_cvtsi128_si32(c);
        __builtin_memcpy(coverages, &four, kBlock);
#else
        for (int i = 0; i < kBlock; ++i) {
            sum += cells[i];
            cells[i] = 0;
            coverages[i] = coverageOf(sum, rule);
        }
#endif
        return sum;
    }

    int m_width = kMaxWidth;
    int m_height = kMaxHeight;
    int m_firstRow = kMaxHeight; // rows with edges
    int m_lastRow = -1;
    std::array<int, static_cast<std::size_t>(kStride) * kMaxHeight> m_cells{};
    std::array<std::uint64_t, kMaxHeight> m_masks{};
};

template <class Row, class Span>
void CoverageWindow::sweep(FillRule rule, const PixelRect& clip, const Row& row, const Span& span) {
    for (int y = m_firstRow; y <= m_lastRow; ++y) {
        std::uint64_t mask = m_masks[static_cast<std::size_t>(y)];
        if (mask == 0)
            continue;
        m_masks[static_cast<std::size_t>(y)] = 0;
        const bool isVisible = y >= clip.top && y < clip.bottom;
        int* cells = &m_cells[static_cast<std::size_t>(y * kStride)];
        int sum = 0;
        int x = 0; // cells before it are done
        auto handSpan = [&](int end) {
            if (sum == 0)
                return;
            const int from = std::max(x, clip.left), to = std::min(end, clip.right);
            if (const std::uint8_t c = coverageOf(sum, rule); c > 0 && isVisible && from < to)
                span(y, from, to - from, c);
        };
        while (mask != 0) {
            const int start = std::countr_zero(mask) * kBlock;
            handSpan(start);
            x = start;
            while ((mask >> (x / kBlock)) & 1) {
                mask &= mask - 1;
                std::uint8_t coverages[kBlock];
                sum = takeBlock(cells + x, sum, rule, coverages);
                const int from = std::max(x, clip.left), to = std::min(x + kBlock, clip.right);
                if (isVisible && from < to)
                    row(y, from, to - from, coverages + (from - x));
                x += kBlock;
            }
        }
        handSpan(m_width);
    }
    m_firstRow = kMaxHeight;
    m_lastRow = -1;
}

} // namespace cordon
