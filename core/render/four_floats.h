// Four numbers at a time: SSE2 where there is such a thing, the same results without. Internal to render.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace cordon {

#ifdef __SSE2__

struct FourInts {
    __m128i v;
    explicit FourInts(__m128i four) : v(four) {}
    explicit FourInts(int all) : v(_mm_set1_epi32(all)) {}
    // The sums stay in the range of their type.
    void addTo(std::int16_t* sums) const {
        auto* at = reinterpret_cast<__m128i*>(sums);
        _mm_storel_epi64(at, _mm_adds_epi16(_mm_loadl_epi64(at), _mm_packs_epi32(v, v)));
    }
};

struct FourFloats {
    __m128 v;
    explicit FourFloats(__m128 four) : v(four) {}
    explicit FourFloats(float all) : v(_mm_set1_ps(all)) {}
    static FourFloats counting() { return FourFloats(_mm_setr_ps(0, 1, 2, 3)); }
    static FourFloats from(const float* four) { return FourFloats(_mm_loadu_ps(four)); }
    void storeTo(float* four) const { _mm_storeu_ps(four, v); }
    friend FourFloats operator+(FourFloats a, FourFloats b) { return FourFloats(_mm_add_ps(a.v, b.v)); }
    friend FourFloats operator-(FourFloats a, FourFloats b) { return FourFloats(_mm_sub_ps(a.v, b.v)); }
    friend FourFloats operator*(FourFloats a, FourFloats b) { return FourFloats(_mm_mul_ps(a.v, b.v)); }
    friend FourFloats min(FourFloats a, FourFloats b) { return FourFloats(_mm_min_ps(a.v, b.v)); }
    friend FourFloats max(FourFloats a, FourFloats b) { return FourFloats(_mm_max_ps(a.v, b.v)); }
    friend FourFloats squareRoot(FourFloats a) { return FourFloats(_mm_sqrt_ps(a.v)); }
    friend FourInts rounded(FourFloats a) { return FourInts(_mm_cvtps_epi32(a.v)); }
};

#else

struct FourInts {
    int v[4];
    explicit FourInts(int all) : v{all, all, all, all} {}
    void addTo(std::int16_t* sums) const {
        for (int i = 0; i < 4; ++i)
            sums[i] = static_cast<std::int16_t>(std::clamp(sums[i] + std::clamp(v[i], -32768, 32767), -32768, 32767));
    }
};

struct FourFloats {
    float v[4];
    explicit FourFloats(float all) : v{all, all, all, all} {}
    static FourFloats counting() {
        FourFloats four(0);
        for (int i = 0; i < 4; ++i)
            four.v[i] = static_cast<float>(i);
        return four;
    }
    static FourFloats from(const float* four) {
        FourFloats read(0);
        std::copy(four, four + 4, read.v);
        return read;
    }
    void storeTo(float* four) const { std::copy(v, v + 4, four); }
    template <class Operation> FourFloats with(FourFloats b, const Operation& operation) const {
        for (int i = 0; i < 4; ++i)
            b.v[i] = operation(v[i], b.v[i]);
        return b;
    }
    friend FourFloats operator+(FourFloats a, FourFloats b) {
        return a.with(b, [](float x, float y) { return x + y; });
    }
    friend FourFloats operator-(FourFloats a, FourFloats b) {
        return a.with(b, [](float x, float y) { return x - y; });
    }
    friend FourFloats operator*(FourFloats a, FourFloats b) {
        return a.with(b, [](float x, float y) { return x * y; });
    }
    friend FourFloats min(FourFloats a, FourFloats b) {
        return a.with(b, [](float x, float y) { return std::min(x, y); });
    }
    friend FourFloats max(FourFloats a, FourFloats b) {
        return a.with(b, [](float x, float y) { return std::max(x, y); });
    }
    friend FourFloats squareRoot(FourFloats a) {
        return a.with(a, [](float x, float) { return std::sqrt(x); });
    }
    friend FourInts rounded(FourFloats a) {
        FourInts four(0);
        for (int i = 0; i < 4; ++i)
            four.v[i] = static_cast<int>(std::lrint(a.v[i]));
        return four;
    }
};

#endif

} // namespace cordon
