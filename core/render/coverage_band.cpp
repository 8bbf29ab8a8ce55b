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

// The same of what matters only within a window.
int flooredNear(float v) {
    return static_cast<int>(std::min(std::max(v, -1.0F), 1.0F * CoverageWindow::kMaxWidth) + 1) - 1;
}

// Columns of one row, as offsets from the window's left.
struct Columns {
    int first = 0, last = -1;
};

// Hands the coverage of the pixels of `columns`, which lie in the window, to the row's cells as differences from pixel
// to pixel. next() is the coverage, a whole pixel being kWhole, of the first four pixels, the next four, and so on.
template <class Coverage> void addRow(CoverageWindow& window, int row, Columns columns, Coverage next) {
    if (columns.first > columns.last)
        return;
    int* cells = window.rowCells(row);
    FourInts carry(0);
    int x = columns.first;
    for (; x <= columns.last; x += 4) {
        const FourInts c = rounded(next());
        (c - c.movedUp(carry)).addTo(cells + x);
        carry = c;
    }
    const int rest = carry.last();
    cells[x] -= rest;
    window.setChanged(row, columns.first, rest != 0 ? x : x - 1);
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
    const Columns all{std::max(floored(lowX + toWindow) + 1, 0),
                      std::min(floored(highX + toWindow), window.width() - 1)};
    // Long slanting segments: only the columns near the line.
    const bool isNarrowed = nx > kSharpest && all.last - all.first >= 4;
    const float perX = isNarrowed ? 1 / band.normal.x : 0;
    const float drift = -band.normal.y * perX, spread = aside * std::abs(perX);

    // In widths of a side; what is multiplied by kWhole in the end is so from the start.
    const PagePoint normal{band.normal.x * perWidth, band.normal.y * perWidth}, start = band.start, end = band.end;
    const FourFloats sideX(normal.x), startX(start.x), endX(end.x), halfWidths(half * perWidth);
    const FourFloats round(roundness * kWhole), straight((0.5F + roundness) * kWhole), four(4);
    const auto share = [&](FourFloats x) { return x * (straight - round * x * x); };
    const FourFloats fromLeft =
        FourFloats(static_cast<float>(left) + 0.5F - a.x) + FourFloats::counting(); // of the window's first pixels
    for (int row = firstRow; row <= lastRow; ++row) {
        const float dy = static_cast<float>(row + top) + 0.5F - a.y;
        Columns columns = all;
        if (isNarrowed) {
            const float center = drift * dy + toWindow;
            columns = {std::max(all.first, flooredNear(center - spread) + 1),
                       std::min(all.last, flooredNear(center + spread))};
        }
        const FourFloats across(normal.y * dy), before(startOffset - start.y * dy), beyond(endOffset - end.y * dy);
        FourFloats dx = fromLeft + FourFloats(static_cast<float>(columns.first));
        addRow(window, row, columns, [&] {
            const FourFloats d = sideX * dx + across;
            const FourFloats sides = share(clamped(halfWidths - d, -1, 1)) + share(clamped(halfWidths + d, -1, 1));
            const FourFloats untilEnd = clamped(beyond - endX * dx, 0, 1);
            const FourFloats untilStart = clamped(before - startX * dx, 0, 1);
            dx = dx + four;
            return sides * (untilEnd - untilStart);
        });
    }
}

void addPie(const Pie& pie, int left, int top, CoverageWindow& window) {
    const float reach = pie.radius + 0.5F;
    const PagePoint at = pie.center;
    const auto firstRow = floored(at.y - reach) - top;
    const auto lastRow = floored(at.y + reach) - top;
    const float toWindow = at.x - static_cast<float>(left) - 0.5F;
    const Columns columns{std::max(floored(toWindow - reach) + 1, 0),
                          std::min(floored(toWindow + reach), window.width() - 1)};
    const FourFloats beforeX(pie.before.x), afterX(pie.after.x);
    for (int row = std::max(firstRow, 0); row <= std::min(lastRow, window.height() - 1); ++row) {
        const float dy = static_cast<float>(row + top) + 0.5F - at.y;
        const FourFloats squaredDy(dy * dy), past(0.5F + pie.before.y * dy), until(0.5F - pie.after.y * dy);
        FourFloats dx = FourFloats(static_cast<float>(columns.first + left) + 0.5F - at.x) + FourFloats::counting();
        addRow(window, row, columns, [&] {
            const FourFloats disc = FourFloats(reach) - squareRoot(dx * dx + squaredDy);
            const FourFloats wedge = min(past + beforeX * dx, until - afterX * dx);
            dx = dx + FourFloats(4);
            return clamped(disc, 0, 1) * clamped(wedge, 0, 1) * FourFloats(kWhole);
        });
    }
}

} // namespace cordon
