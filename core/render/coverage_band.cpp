#include "core/render/coverage_band.h"

#include "core/render/four_floats.h"

#include <cmath>

namespace cordon {

namespace {

constexpr float kWhole = CoverageSums::kWhole;
constexpr float kSharpest = 0.01F; // a side this near to level meets no row in a single place

FourFloats clamped(FourFloats v, float low, float high) {
    return min(max(v, FourFloats(low)), FourFloats(high));
}

// Pixels of a window, both ends included; none where first > last.
struct Range {
    int first, last;
    // Those whose centres lie between two places, which are relative to the window's start.
    static Range ofCenters(float low, float high, int size) {
        // Towards zero is down: what lies before the window may only add a first pixel that gets nothing.
        return {static_cast<int>(std::max(0.0F, std::min(low + 0.5F, kFarthest))),
                static_cast<int>(std::min(std::max(high - 0.5F, -1.0F), static_cast<float>(size - 1)))};
    }
    bool isEmpty() const { return first > last; }

private:
    static constexpr float kFarthest = 1.0F * CoverageWindow::kMaxWidth;
};

// A band's coverage, a whole pixel being kWhole, as a function of where a pixel's centre lies from the band's start.
// A side's share of a pixel, by its distance from the centre, rises over a width that grows with the slope, and is
// rounder the steeper it is: x (1/2 + c (1 - x^2)), fitted to the exact areas.
class BandShade {
public:
    explicit BandShade(const Band& band) : BandShade(band, std::abs(band.normal.x * band.normal.y)) {}

    // How far a side's share reaches to either side of it.
    float width() const { return m_width; }

    // In four columns, which lie `dx` from the start.
    class Columns {
    public:
        Columns(const BandShade& shade, FourFloats dx)
            : m_shade(shade), m_side(shade.m_sideX * dx), m_start(FourFloats(0.5F) - shade.m_startX * dx),
              m_end(shade.m_endOffset - shade.m_endX * dx) {}
        FourFloats at(FourFloats dy) const {
            const BandShade& s = m_shade;
            const FourFloats d = m_side + s.m_sideY * dy;
            const FourFloats sides = s.share(s.m_half - d) + s.share(s.m_half + d);
            return sides * (clamped(m_end - s.m_endY * dy, 0, 1) - clamped(m_start - s.m_startY * dy, 0, 1));
        }

    private:
        const BandShade& m_shade;
        FourFloats m_side, m_start, m_end;
    };

private:
    BandShade(const Band& band, float slope) : BandShade(band, slope, 1 / (0.5F + 0.24F * slope)) {}
    BandShade(const Band& band, float slope, float perWidth)
        : m_width(0.5F + 0.24F * slope), m_round(0.48F * slope * kWhole), m_straight((0.5F + 0.48F * slope) * kWhole),
          m_half(band.half * perWidth), m_sideX(band.normal.x * perWidth), m_sideY(band.normal.y * perWidth),
          m_startX(band.start.x), m_startY(band.start.y), m_endX(band.end.x), m_endY(band.end.y),
          m_endOffset(0.5F + (band.to.x - band.from.x) * band.end.x + (band.to.y - band.from.y) * band.end.y) {}

    FourFloats share(FourFloats distance) const {
        const FourFloats x = clamped(distance, -1, 1);
        return x * (m_straight - m_round * (x * x));
    }

    float m_width; // what is measured across the band is in these
    FourFloats m_round, m_straight, m_half, m_sideX, m_sideY, m_startX, m_startY, m_endX, m_endY, m_endOffset;
};

} // namespace

void addBand(const Band& band, int left, int top, CoverageSums& sums) {
    const PagePoint a = band.from;
    const float bx = band.to.x - a.x, by = band.to.y - a.y;
    const BandShade shade(band);
    // How far the slanted ends reach along the segment.
    const float slant = std::max(std::abs(band.start.x * band.normal.x + band.start.y * band.normal.y),
                                 std::abs(band.end.x * band.normal.x + band.end.y * band.normal.y));
    const float along = 0.5F + band.half * slant * 1.3F, aside = band.half + shade.width();
    const float nx = std::abs(band.normal.x), ny = std::abs(band.normal.y);
    const float reachX = aside * nx + along * ny, reachY = aside * ny + along * nx;
    const float fromX = a.x - static_cast<float>(left), fromY = a.y - static_cast<float>(top);
    const Range rows =
        Range::ofCenters(fromY + std::min(0.0F, by) - reachY, fromY + std::max(0.0F, by) + reachY, sums.height());
    const Range all =
        Range::ofCenters(fromX + std::min(0.0F, bx) - reachX, fromX + std::max(0.0F, bx) + reachX, sums.width());
    if (rows.isEmpty() || all.isEmpty())
        return;
    sums.setRows(rows.first, rows.last);
    // Of pixel centres on the page: whole numbers and a half, so that windows of any place get the same numbers.
    float y = static_cast<float>(rows.first + top) + 0.5F;
    const auto columnsFrom = [&](int first) {
        const float x = static_cast<float>(first + left) + 0.5F;
        return BandShade::Columns(shade, FourFloats(x - a.x) + FourFloats::counting());
    };
    if (all.last - all.first < 4) {
        const BandShade::Columns columns = columnsFrom(all.first);
        for (int row = rows.first; row <= rows.last; ++row, ++y)
            rounded(columns.at(FourFloats(y - a.y))).addTo(sums.take(row, all.first, 4));
        return;
    }
    // Long slanting segments: only the columns near the line.
    const bool isNarrowed = nx > kSharpest;
    const float perX = isNarrowed ? 1 / band.normal.x : 0;
    const float drift = -band.normal.y * perX, spread = aside * std::abs(perX);
    for (int row = rows.first; row <= rows.last; ++row, ++y) {
        Range columns = all;
        if (isNarrowed) {
            const float center = fromX + drift * (y - a.y);
            const Range near = Range::ofCenters(center - spread, center + spread, sums.width());
            columns = {std::max(all.first, near.first), std::min(all.last, near.last)};
        }
        if (columns.isEmpty())
            continue;
        const int fours = (columns.last - columns.first) / 4 + 1;
        std::int16_t* at = sums.take(row, columns.first, fours * 4);
        for (int i = 0; i < fours; ++i)
            rounded(columnsFrom(columns.first + 4 * i).at(FourFloats(y - a.y))).addTo(at + 4 * i);
    }
}

void addPie(const Pie& pie, int left, int top, CoverageSums& sums) {
    const float reach = pie.radius + 0.5F;
    const PagePoint at = pie.center;
    const float fromX = at.x - static_cast<float>(left), fromY = at.y - static_cast<float>(top);
    const Range rows = Range::ofCenters(fromY - reach, fromY + reach, sums.height());
    const Range columns = Range::ofCenters(fromX - reach, fromX + reach, sums.width());
    if (rows.isEmpty() || columns.isEmpty())
        return;
    sums.setRows(rows.first, rows.last);
    const FourFloats beforeX(pie.before.x), afterX(pie.after.x);
    const int fours = (columns.last - columns.first) / 4 + 1;
    for (int row = rows.first; row <= rows.last; ++row) {
        const float dy = static_cast<float>(row + top) + 0.5F - at.y;
        const FourFloats squaredDy(dy * dy), past(0.5F + pie.before.y * dy), until(0.5F - pie.after.y * dy);
        FourFloats dx = FourFloats(static_cast<float>(columns.first + left) + 0.5F - at.x) + FourFloats::counting();
        std::int16_t* to = sums.take(row, columns.first, fours * 4);
        for (int i = 0; i < fours; ++i) {
            const FourFloats disc = FourFloats(reach) - squareRoot(dx * dx + squaredDy);
            const FourFloats wedge = min(past + beforeX * dx, until - afterX * dx);
            dx = dx + FourFloats(4);
            rounded(clamped(disc, 0, 1) * clamped(wedge, 0, 1) * FourFloats(kWhole)).addTo(to + 4 * i);
        }
    }
}

} // namespace cordon
