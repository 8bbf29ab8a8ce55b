// Markers drawn once for each of 64 places within a pixel, then stamped. Internal to render.
#pragma once

#include "core/render/blend.h"
#include "core/render/coverage.h"
#include "core/render/display_list.h"

#include <array>
#include <bit>
#include <vector>

namespace cordon {

class MarkerSprites {
public:
    static constexpr int kPhases = 8; // an axis: places are kept to 1/16 px

    explicit MarkerSprites(const MarkerStyle& marker);

    // Draws what stamping at these places needs; before that, nothing may be stamped there. Not thread-safe.
    void prepare(PagePoint at);
    // Lays the marker over a picture whose pixel (0, 0) is page pixel (left, top), inside [0, width) x [0, height).
    void stamp(PagePoint at, Pixel* pixels, std::ptrdiff_t stride, int left, int top, const PixelRect& clip) const;

private:
    struct Place {
        int x, y; // page pixel of the sprite's top left
        int phase;
    };
    Place placeOf(PagePoint at) const;
    void draw(int phase);

    const MarkerStyle& m_marker;
    int m_reach; // pixels from the centre's pixel to the sprite's edge
    int m_size;
    std::array<std::vector<Pixel>, static_cast<std::size_t>(kPhases) * kPhases> m_sprites;
};

} // namespace cordon
