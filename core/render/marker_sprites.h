// Markers drawn once for each of 64 places within a pixel, then stamped. Internal to render.
#pragma once

#include "core/render/blend.h"
#include "core/render/covered_pixels.h"
#include "core/render/display_list.h"
#include "core/render/stroker.h"

#include <algorithm>
#include <array>
#include <bit>
#include <vector>

namespace cordon {

// What drawing a sprite works in: large, so that one serves for many.
struct SpriteScratch {
    CoverageWindow window;
    Stroker stroker;
};

class MarkerSprites {
public:
    static constexpr int kPhases = 8; // an axis: places are kept to 1/16 px

    explicit MarkerSprites(const MarkerStyle& marker);

    // Draws what stamping at these places needs; before that, nothing may be stamped there. Not thread-safe.
    void prepare(PagePoint at, SpriteScratch& scratch);
    // The same for every place.
    void prepareAll(SpriteScratch& scratch);
    // Whether any pixel is covered wholly, wherever in a pixel the marker's place is.
    bool coversPixels() const;
    // Whether nothing shows of a marker stamped below what is covered on a page that ends where `page` does.
    bool isHidden(PagePoint at, const PixelRect& page, const CoveredPixels& covered) const;
    // Where it is not, its own opaque pixels are covered after that.
    bool coverUnlessHidden(PagePoint at, const PixelRect& page, CoveredPixels& covered) const;
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
    static constexpr float kFarthestPx = 1.0e6F;
    // Inline: handed back in memory, it would be waited for.
    Place placeOf(PagePoint at) const {
        const auto phases = [](float v) { // rounded down; what is not a number is far away
            const float scaled = std::min(std::max(-kFarthestPx, v), kFarthestPx) * kPhases;
            const int i = static_cast<int>(scaled);
            return i - (static_cast<float>(i) > scaled ? 1 : 0);
        };
        const int x = phases(at.x), y = phases(at.y);
        // kPhases is a power of two: shifting rounds down for negative places, too.
        constexpr int kShift = std::countr_zero(static_cast<unsigned>(kPhases));
        return {(x >> kShift) - m_reach, (y >> kShift) - m_reach, (y & (kPhases - 1)) * kPhases + (x & (kPhases - 1))};
    }
    void draw(int phase, SpriteScratch& scratch);

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
    struct OnPage { // a sprite where it would be stamped
        const Sprite& sprite;
        int x, y;        // of its top left
        int top, bottom; // its rows on the page; none where top >= bottom
        bool isHidden(const CoveredPixels& covered) const;
    };
    OnPage onPage(PagePoint at, const PixelRect& page) const {
        const Place place = placeOf(at);
        const Sprite& sprite = m_sprites[static_cast<std::size_t>(place.phase)];
        const int x = place.x + sprite.x, y = place.y + sprite.y;
        const bool isBeside = x <= -64 || x >= page.right;
        return {sprite, x, y, std::max(y, 0), isBeside ? 0 : std::min(y + sprite.height, page.bottom)};
    }

    std::array<Sprite, static_cast<std::size_t>(kPhases) * kPhases> m_sprites;
};

} // namespace cordon
