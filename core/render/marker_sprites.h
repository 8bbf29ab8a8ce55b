// Markers drawn once for each of 64 places within a pixel, then stamped. Internal to render.
#pragma once

#include "core/render/blend.h"
#include "core/render/coverage.h"
#include "core/render/display_list.h"

#include <array>
#include <bit>
#include <vector>

namespace cordon {

// Pixels of a tile that are covered wholly, as bits; those outside its clip count as covered.
class CoveredPixels {
public:
    void reset(const PixelRect& clip);
    // `pixels` (bit i: pixel x + i, y); x from -64 to the tile's width.
    bool holds(int x, int y, std::uint64_t pixels) const {
        const Place p = placeOf(x, y);
        return (pixels << p.shift & ~p.words[0]) == 0 && (pixels >> 1 >> (63 - p.shift) & ~p.words[1]) == 0;
    }
    void add(int x, int y, std::uint64_t pixels) {
        const Place p = placeOf(x, y);
        std::uint64_t* words = &m_words[static_cast<std::size_t>(p.words - m_words.data())];
        words[0] |= pixels << p.shift;
        words[1] |= pixels >> 1 >> (63 - p.shift);
    }

private:
    static constexpr int kWordsPerRow = CoverageWindow::kMaxWidth / 64 + 3; // and one to the left, two to the right
    struct Place {
        const std::uint64_t* words;
        int shift;
    };
    Place placeOf(int x, int y) const {
        return {&m_words[static_cast<std::size_t>(y * kWordsPerRow + ((x + 64) >> 6))], (x + 64) & 63};
    }
    std::array<std::uint64_t, static_cast<std::size_t>(kWordsPerRow) * CoverageWindow::kMaxHeight> m_words{};
};

class MarkerSprites {
public:
    static constexpr int kPhases = 8; // an axis: places are kept to 1/16 px

    explicit MarkerSprites(const MarkerStyle& marker);

    // Draws what stamping at these places needs; before that, nothing may be stamped there. Not thread-safe.
    void prepare(PagePoint at);
    // The same for every place.
    void prepareAll();
    // Whether nothing shows of a marker stamped below what is covered; its own opaque pixels are covered after that.
    bool isHidden(PagePoint at, int left, int top, const PixelRect& clip, CoveredPixels& covered) const;
    // Lays the marker over a picture whose pixel (0, 0) is page pixel (left, top), inside [0, width) x [0, height).
    void stamp(PagePoint at, Pixel* pixels, std::ptrdiff_t stride, int left, int top, const PixelRect& clip) const;

private:
    struct RowBits { // of a sprite's row: what it touches, what it covers wholly
        std::uint64_t touched = 0, opaque = 0;
    };
    struct Place {
        int x, y; // page pixel of the sprite's top left
        int phase;
    };
    Place placeOf(PagePoint at) const;
    void draw(int phase);

    const MarkerStyle& m_marker;
    int m_reach; // pixels from the centre's pixel to the sprite's edge
    int m_size;
    struct Sprite { // what is not empty of the picture, its width filled up to whole fours where that fits
        std::vector<Pixel> pixels;
        std::vector<RowBits> bits; // a row each; none for large sprites
        int x = 0, y = 0;          // of its top left in the picture
        int width = 0, height = 0;
        bool isDrawn = false;
    };
    static Sprite cropped(const std::vector<Pixel>& pixels, int size);

    std::array<Sprite, static_cast<std::size_t>(kPhases) * kPhases> m_sprites;
};

} // namespace cordon
