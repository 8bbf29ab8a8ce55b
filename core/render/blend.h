// Pixels laid over pixels: premultiplied ARGB32 as QImage keeps it. Internal to render.
#pragma once

#include "core/model/style.h"

#include <cstdint>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

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

// A colour laid on four pixels at once.
class Brush {
public:
    static constexpr int kPixels = 4;
    explicit Brush(Color color);
    // Moves each of the four towards the colour by its weight / 255, and by the colour's alpha.
    void blend(Pixel* pixels, const std::uint8_t* weights) const;

private:
    std::uint32_t m_alpha;
#ifdef __SSE2__
    __m128i m_pixels, m_lanes; // the opaque colour four times; twice in 16-bit lanes
#else
    Pixel m_pixel;
#endif
};

// Moves each pixel towards `color` (opaque) by weight / 255.
void blendSpan(Pixel* pixels, std::uint8_t weight, int count, Pixel color);
// Lays premultiplied pixels over others.
void blendOver(Pixel* pixels, const Pixel* over, int count);

#ifdef __SSE2__
// Eight 16-bit lanes x / 255, rounded.
inline __m128i dividedLanes(__m128i x) {
    return _mm_mulhi_epu16(_mm_add_epi16(x, _mm_set1_epi16(128)), _mm_set1_epi16(257));
}

// Four pixels towards a colour (as 16-bit lanes) by 16-bit weights.
inline __m128i mixedFour(__m128i from, __m128i color, __m128i weightsLow, __m128i weightsHigh) {
    const __m128i zero = _mm_setzero_si128(), full = _mm_set1_epi16(255);
    const __m128i low = _mm_add_epi16(_mm_mullo_epi16(color, weightsLow),
                                      _mm_mullo_epi16(_mm_unpacklo_epi8(from, zero), _mm_sub_epi16(full, weightsLow)));
    const __m128i high =
        _mm_add_epi16(_mm_mullo_epi16(color, weightsHigh),
                      _mm_mullo_epi16(_mm_unpackhi_epi8(from, zero), _mm_sub_epi16(full, weightsHigh)));
    return _mm_packus_epi16(dividedLanes(low), dividedLanes(high));
}

inline Brush::Brush(Color color)
    : m_alpha(color.a), m_pixels(_mm_set1_epi32(static_cast<int>(opaquePixel(color)))),
      m_lanes(_mm_unpacklo_epi8(m_pixels, _mm_setzero_si128())) {}

inline void Brush::blend(Pixel* pixels, const std::uint8_t* weights) const {
    int four = 0;
    __builtin_memcpy(&four, weights, kPixels);
    if (four == 0)
        return;
    auto* at = reinterpret_cast<__m128i*>(pixels);
    if (four == -1 && m_alpha == 255) {
        _mm_storeu_si128(at, m_pixels);
        return;
    }
    __m128i w = _mm_cvtsi32_si128(four);
    w = _mm_unpacklo_epi8(w, w);
    w = _mm_unpacklo_epi16(w, w); // each weight four times, as bytes
    __m128i low = _mm_unpacklo_epi8(w, _mm_setzero_si128()), high = _mm_unpackhi_epi8(w, _mm_setzero_si128());
    if (m_alpha != 255) {
        const __m128i alpha = _mm_set1_epi16(static_cast<short>(m_alpha));
        low = dividedLanes(_mm_mullo_epi16(low, alpha));
        high = dividedLanes(_mm_mullo_epi16(high, alpha));
    }
    _mm_storeu_si128(at, mixedFour(_mm_loadu_si128(at), m_lanes, low, high));
}
#else
inline Brush::Brush(Color color) : m_alpha(color.a), m_pixel(opaquePixel(color)) {}

inline void Brush::blend(Pixel* pixels, const std::uint8_t* weights) const {
    for (int i = 0; i < kPixels; ++i)
        blendSpan(pixels + i, static_cast<std::uint8_t>(dividedBy255(weights[i] * m_alpha)), 1, m_pixel);
}
#endif

} // namespace cordon
