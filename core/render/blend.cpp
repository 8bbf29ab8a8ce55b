#include "core/render/blend.h"

#include <algorithm>

namespace cordon {

namespace {

// Two channels at a time in one 32-bit word; rounds as dividedBy255() does.
std::uint32_t dividedPair(std::uint32_t pair) {
    pair += 0x00800080U;
    return ((pair + ((pair >> 8) & 0x00FF00FFU)) >> 8) & 0x00FF00FFU;
}

Pixel mixed(Pixel from, Pixel to, std::uint32_t weight) {
    const std::uint32_t rest = 255 - weight;
    const std::uint32_t low = dividedPair((to & 0x00FF00FFU) * weight + (from & 0x00FF00FFU) * rest);
    const std::uint32_t high = dividedPair(((to >> 8) & 0x00FF00FFU) * weight + ((from >> 8) & 0x00FF00FFU) * rest);
    return low | (high << 8);
}

Pixel laidOver(Pixel below, Pixel over) {
    const std::uint32_t rest = 255 - (over >> 24);
    return over + (dividedPair((below & 0x00FF00FFU) * rest) | (dividedPair(((below >> 8) & 0x00FF00FFU) * rest) << 8));
}

} // namespace

Pixel premultipliedPixel(Color c) {
    return (Pixel{c.a} << 24) | (dividedBy255(std::uint32_t{c.r} * c.a) << 16) |
           (dividedBy255(std::uint32_t{c.g} * c.a) << 8) | dividedBy255(std::uint32_t{c.b} * c.a);
}

void blendSpan(Pixel* pixels, std::uint8_t weight, int count, Pixel color) {
    if (weight == 255) {
        std::fill_n(pixels, count, color);
        return;
    }
    int i = 0;
#ifdef __SSE2__
    const __m128i lanes = _mm_unpacklo_epi8(_mm_set1_epi32(static_cast<int>(color)), _mm_setzero_si128());
    const __m128i w = _mm_set1_epi16(weight);
    for (; i + 4 <= count; i += 4) {
        auto* at = reinterpret_cast<__m128i*>(pixels + i);
        _mm_storeu_si128(at, mixedFour(_mm_loadu_si128(at), lanes, w, w));
    }
#endif
    for (; i < count; ++i)
        pixels[i] = mixed(pixels[i], color, weight);
}

void blendOver(Pixel* pixels, const Pixel* over, int count) {
    int i = 0;
#ifdef __SSE2__
    const __m128i zero = _mm_setzero_si128(), full = _mm_set1_epi16(255);
    for (; i + 4 <= count; i += 4) {
        auto* at = reinterpret_cast<__m128i*>(pixels + i);
        const __m128i top = _mm_loadu_si128(reinterpret_cast<const __m128i*>(over + i));
        if (_mm_movemask_epi8(_mm_cmpeq_epi32(top, zero)) == 0xFFFF)
            continue;
        const __m128i below = _mm_loadu_si128(at);
        __m128i alpha = _mm_srli_epi32(top, 24);
        alpha = _mm_or_si128(alpha, _mm_slli_epi32(alpha, 16)); // each alpha twice, as 16-bit lanes
        const __m128i restLow = _mm_sub_epi16(full, _mm_unpacklo_epi32(alpha, alpha));
        const __m128i restHigh = _mm_sub_epi16(full, _mm_unpackhi_epi32(alpha, alpha));
        const __m128i low = dividedLanes(_mm_mullo_epi16(_mm_unpacklo_epi8(below, zero), restLow));
        const __m128i high = dividedLanes(_mm_mullo_epi16(_mm_unpackhi_epi8(below, zero), restHigh));
        _mm_storeu_si128(at, _mm_add_epi8(top, _mm_packus_epi16(low, high)));
    }
#endif
    for (; i < count; ++i)
        pixels[i] = laidOver(pixels[i], over[i]);
}

} // namespace cordon
