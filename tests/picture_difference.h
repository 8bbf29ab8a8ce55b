// How much two pictures of one size differ, to an eye.
#pragma once

#include <QImage>
#include <algorithm>
#include <cmath>
#include <vector>

namespace cordon {

// The mean of the 3 x 3 pixels round each, as red, green, blue; what remains is what an eye would see.
inline std::vector<float> smoothed(const QImage& image) {
    const int width = image.width(), height = image.height();
    std::vector<float> means(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            int red = 0, green = 0, blue = 0, count = 0;
            for (int v = std::max(0, y - 1); v <= std::min(height - 1, y + 1); ++v)
                for (int u = std::max(0, x - 1); u <= std::min(width - 1, x + 1); ++u, ++count) {
                    const QRgb pixel = reinterpret_cast<const QRgb*>(image.constScanLine(v))[u];
                    red += qRed(pixel);
                    green += qGreen(pixel);
                    blue += qBlue(pixel);
                }
            float* mean =
                &means[(static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)) *
                       3];
            for (const int sum : {red, green, blue})
                *mean++ = static_cast<float>(sum) / static_cast<float>(count);
        }
    return means;
}

// What a fast picture may differ from the exact one.
constexpr double kMostRmse = 0.02, kLeastNearShare = 0.99;

struct Difference {
    double rmse = 0;      // of 1
    double nearShare = 0; // of pixels whose smoothed channels all lie within 16 of 255
};

inline Difference differenceOf(const QImage& a, const QImage& b) {
    double squares = 0;
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x) {
            const QRgb p = reinterpret_cast<const QRgb*>(a.constScanLine(y))[x],
                       q = reinterpret_cast<const QRgb*>(b.constScanLine(y))[x];
            for (const int d : {qRed(p) - qRed(q), qGreen(p) - qGreen(q), qBlue(p) - qBlue(q)})
                squares += d * d;
        }
    const std::vector<float> meansA = smoothed(a), meansB = smoothed(b);
    std::size_t near = 0;
    for (std::size_t i = 0; i < meansA.size(); i += 3)
        near += std::abs(meansA[i] - meansB[i]) <= 16 && std::abs(meansA[i + 1] - meansB[i + 1]) <= 16 &&
                std::abs(meansA[i + 2] - meansB[i + 2]) <= 16;
    const auto channels = static_cast<double>(meansA.size());
    return {std::sqrt(squares / channels) / 255, static_cast<double>(near) * 3 / channels};
}

} // namespace cordon
