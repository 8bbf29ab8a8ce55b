#include "core/render/coverage_band.h"

#include "core/render/four_floats.h"

#include <cmath>

namespace cordon {

namespace {

constexpr float kWhole = 256 * 512; // a covered pixel in a window's cells
constexpr float kSharpest = 0.01F;  // a side this near to level meets no row in a single place

FourFloats clamped(FourFloats v, float low, float high) {
    return min(max(v, FourFloats(low)), FourFloats(high));
}

// std::floor() is a call where rounding has no instruction.
int floored(float v) {
    const float near = std::clamp(v, -1.0e6F, 1.0e6F);
    const int i = static_cast<int>(near);
    return i - (static_cast<float>(i) > near ? 1 : 0);
}

// Columns of one row, as offsets from the window's left.
struct Columns {
    int first = 0, last = -1;
};

// Hands the coverage of the pixels of `columns` to the row's cells as differences from pixel to pixel. coverage(x) is
// that of the four pixels from `x` on.
template <class Coverage> void addRow(CoverageWindow& window, int row, Columns columns, const Coverage& coverage) {
    const int first = std::max(columns.first, 0), last = std::min(columns.last, window.width() - 1);
    if (first > last)
        return;
    int* cells = window.rowCells(row);
    FourInts carry(0);
    int x = first;
    for (; x <= last; x += 4) {
        const FourInts c = rounded(coverage(x) * FourFloats(kWhole));
        (c - c.movedUp(carry)).addTo(cells + x);
        carry = c;
    }
    const int rest = carry.last();
    cells[x] -= rest;
    window.setChanged(row, first, rest != 0 ? x : x - 1);
}

} // namespace

void addBand(const Band& band, int left, int top, CoverageWindow& window) {
    // A side's share of a pixel, as a function of its distance from the pixel's centre, rises over a width that grows
    // with the slope, and is rounder the steeper it is: x (1/2 + c (1 - x^2)), fitted to the exact areas.
    const float slope = std::abs(band.normal.x * band.normal.y);
    const float width = 0.5F + 0.24F * slope, roundness = 0.48F * slope;
    const float perWidth = 1 / width, half = band.half;
    const PagePoint a = band.from;
    const float bx = band.to.x - a.x, by = band.to.y - a.y;
    const float startOffset = 0.5F, endOffset = 0.5F + bx * band.end.x + by * band.end.y;
    // How far the slanted ends reach along the segment.
    const float slant = std::max(std::abs(band.start.x * band.normal.x + band.start.y * band.normal.y),
                                 std::abs(band.end.x * band.normal.x + band.end.y * band.normal.y));
    const float along = 0.5F + half * slant * 1.3F, aside = half + width;
    const float nx = std::abs(band.normal.x), ny = std::abs(band.normal.y);
    const float reachX = aside * nx + along * ny, reachY = aside * ny + along * nx;
    const float lowX = std::min(0.0F, bx) - reachX, highX = std::max(0.0F, bx) + reachX;
    const float toWindow = a.x - static_cast<float>(left) - 0.5F;
    const auto firstRow = std::max(floored(a.y + std::min(0.0F, by) - reachY + 0.5F) - top, 0);
    const auto lastRow = std::min(floored(a.y + std::max(0.0F, by) + reachY - 0.5F) - top, window.height() - 1);
    const Columns all{floored(lowX + toWindow) + 1, floored(highX + toWindow)};
    // Long slanting segments: only the columns near the line.
    const bool isNarrowed = nx > kSharpest && all.last - all.first >= 4;
    const float drift = isNarrowed ? -band.normal.y / band.normal.x : 0;
    const float spread = isNarrowed ? aside / nx : 0;
    const FourFloats c(roundness), mid(0.5F);
    for (int row = firstRow; row <= lastRow; ++row) {
        const float dy = static_cast<float>(row + top) + 0.5F - a.y;
        Columns columns = all;
        if (isNarrowed) {
            const float center = drift * dy + toWindow;
            columns = {std::max(all.first, floored(center - spread) + 1), std::min(all.last, floored(center + spread))};
        }
        const FourFloats across(band.normal.y * dy), before(startOffset - band.start.y * dy),
            beyond(endOffset - band.end.y * dy);
        addRow(window, row, columns, [&](int x) {
            const FourFloats dx = FourFloats(static_cast<float>(x + left) + 0.5F - a.x) + FourFloats::counting();
            const FourFloats d = FourFloats(band.normal.x) * dx + across;
            const FourFloats x1 = clamped((FourFloats(half) - d) * FourFloats(perWidth), -1, 1);
            const FourFloats x2 = clamped((FourFloats(half) + d) * FourFloats(perWidth), -1, 1);
            const FourFloats side = x1 * (mid + c - c * x1 * x1) + x2 * (mid + c - c * x2 * x2);
            const FourFloats untilEnd = clamped(beyond - FourFloats(band.end.x) * dx, 0, 1);
            const FourFloats untilStart = clamped(before - FourFloats(band.start.x) * dx, 0, 1);
            return side * (untilEnd - untilStart);
        });
    }
}

void addPie(const Pie& pie, int left, int top, CoverageWindow& window) {
    const float reach = pie.radius + 0.5F;
    const PagePoint at = pie.center;
    const auto firstRow = floored(at.y - reach) - top;
    const auto lastRow = floored(at.y + reach) - top;
    const float toWindow = at.x - static_cast<float>(left) - 0.5F;
    const Columns columns{floored(toWindow - reach) + 1, floored(toWindow + reach)};
    for (int row = std::max(firstRow, 0); row <= std::min(lastRow, window.height() - 1); ++row) {
        const float dy = static_cast<float>(row + top) + 0.5F - at.y;
        const FourFloats squaredDy(dy * dy), past(0.5F + pie.before.y * dy), until(0.5F - pie.after.y * dy);
        addRow(window, row, columns, [&](int x) {
            const FourFloats dx = FourFloats(static_cast<float>(x + left) + 0.5F - at.x) + FourFloats::counting();
            const FourFloats disc = FourFloats(reach) - squareRoot(dx * dx + squaredDy);
            const FourFloats wedge = min(past + FourFloats(pie.before.x) * dx, until - FourFloats(pie.after.x) * dx);
            return clamped(disc, 0, 1) * clamped(wedge, 0, 1);
        });
    }
}

} // namespace cordon
