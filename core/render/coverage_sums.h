// How much of each pixel of a small window thin strokes cover, as coverage_band.h finds it: summed pixel by pixel,
// without the sum along the row that CoverageWindow's edges need, and small enough to stay in the processor's cache.
// Internal to render.
#pragma once

#include "core/render/coverage.h"

namespace cordon {

class CoverageSums {
public:
    static constexpr int kWhole = 4096; // the sum of a covered pixel

    void setSize(int width, int height) {
        m_width = width;
        m_height = height;
    }
    int width() const { return m_width; }
    int height() const { return m_height; }
    // Says that rows first..last are about to be changed.
    void setRows(int first, int last) {
        m_firstRow = std::min(m_firstRow, first);
        m_lastRow = std::max(m_lastRow, last);
    }
    // The sums of a row's pixels first..first + count, to be changed; three beyond the width may be.
    std::int16_t* take(int row, int first, int count) {
        m_masks[static_cast<std::size_t>(row)] |= (2ULL << ((first + count - 1) / kBlock)) - (1ULL << (first / kBlock));
        return &m_sums[static_cast<std::size_t>(row * kStride + first)];
    }

    // Calls row(y, x, count, coverages) for a few pixels inside `clip`, coverage 0..255, top to bottom, and clears the
    // window.
    template <class Row> void sweep(const PixelRect& clip, const Row& row);

private:
    static constexpr int kBlock = 4; // pixels a bit of the row masks stands for
    static constexpr int kStride = CoverageWindow::kMaxWidth + kBlock;

    // Clears a block's sums and writes their coverages.
    static void takeBlock(std::int16_t* sums, std::uint8_t* coverages) {
#ifdef __SSE2__
        auto* at = reinterpret_cast<__m128i*>(sums);
        const __m128i c = _mm_srai_epi16(_mm_loadl_epi64(at), 4);
        _mm_storel_epi64(at, _mm_setzero_si128());
        const int four = _mm_cvtsi128_si32(_mm_packus_epi16(c, c)); // saturates: 0 to 255
        __builtin_memcpy(coverages, &four, kBlock);
#else
        for (int i = 0; i < kBlock; ++i) {
            coverages[i] = static_cast<std::uint8_t>(std::clamp(sums[i] >> 4, 0, 255));
            sums[i] = 0;
        }
#endif
    }

    int m_width = CoverageWindow::kMaxWidth;
    int m_height = CoverageWindow::kMaxHeight;
    int m_firstRow = CoverageWindow::kMaxHeight; // rows with sums
    int m_lastRow = -1;
    std::array<std::int16_t, static_cast<std::size_t>(kStride) * CoverageWindow::kMaxHeight> m_sums{};
    std::array<std::uint64_t, CoverageWindow::kMaxHeight> m_masks{};
};

template <class Row> void CoverageSums::sweep(const PixelRect& clip, const Row& row) {
    for (int y = m_firstRow; y <= m_lastRow; ++y) {
        std::uint64_t mask = m_masks[static_cast<std::size_t>(y)];
        m_masks[static_cast<std::size_t>(y)] = 0;
        const bool isVisible = y >= clip.top && y < clip.bottom;
        const int left = isVisible ? clip.left : m_width, right = isVisible ? clip.right : 0;
        for (; mask != 0; mask &= mask - 1) {
            const int x = std::countr_zero(mask) * kBlock;
            std::uint8_t coverages[kBlock];
            takeBlock(&m_sums[static_cast<std::size_t>(y * kStride + x)], coverages);
            if (x >= left && x + kBlock <= right)
                row(y, x, kBlock, coverages); // of a length that is known, in registers
            else if (const int from = std::max(x, left), to = std::min(x + kBlock, right); from < to)
                row(y, from, to - from, coverages + (from - x));
        }
    }
    m_firstRow = CoverageWindow::kMaxHeight;
    m_lastRow = -1;
}

} // namespace cordon
