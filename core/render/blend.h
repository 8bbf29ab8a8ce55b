// Pixels laid over pixels: premultiplied ARGB32 as QImage keeps it. Internal to render.
#pragma once

#include "core/model/style.h"

#include <cstdint>

namespace cordon {

using Pixel = std::uint32_t; // 0xAARRGGBB, colour channels premultiplied

inline Pixel opaquePixel(Color c) {
    return 0xFF000000U | (Pixel{c.r} << 16) | (Pixel{c.g} << 8) | c.b;
}
Pixel premultipliedPixel(Color c);

// x / 255, rounded, for 0 <= x <= 255 * 255.
inline std::uint32_t dividedBy255(std::uint32_t x) {
    x += 128;
    return (x + (x >> 8)) >> 8;
}

// Moves each pixel towards `color` (opaque) by weights[i] / 255.
void blendRow(Pixel* pixels, const std::uint8_t* weights, int count, Pixel color);
// The same with one weight for all.
void blendSpan(Pixel* pixels, std::uint8_t weight, int count, Pixel color);
// Lays premultiplied pixels over others.
void blendOver(Pixel* pixels, const Pixel* over, int count);

} // namespace cordon
