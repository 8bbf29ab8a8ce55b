// The outlines of stroked lines, added to a coverage window edge by edge. Internal to render.
#pragma once

#include "core/render/coverage_sums.h"
#include "core/render/display_list.h"

#include <cmath>
#include <span>
#include <vector>

namespace cordon {

// Where a window lies on the page: its coordinates are whole pixels, so that fixed-point positions shift exactly.
struct WindowOrigin {
    int x = 0; // pixels
    int y = 0;
    FixedPoint fixed(float pageX, float pageY) const {
        return {static_cast<int>(std::lrint(std::clamp(pageX, -kFarthestPx, kFarthestPx) * 256)) - x * 256,
                static_cast<int>(std::lrint(std::clamp(pageY, -kFarthestPx, kFarthestPx) * 256)) - y * 256};
    }
    static constexpr float kFarthestPx = 4.0e6F; // 24.8 fixed point holds twice that
};

class Stroker {
public:
    // Adds what a solid stroke of the line covers (the style's dashes are not looked at; see appendDashes()). Segments
    // that cannot touch the window are passed over.
    void add(std::span<const PagePoint> line, const StrokeStyle& style, WindowOrigin origin, CoverageWindow& window);
    // The same of styles thin enough for the fast way, which is not the exact one (coverage_band.h).
    static bool isThin(const StrokeStyle& style);
    void addThin(std::span<const PagePoint> line, const StrokeStyle& style, WindowOrigin origin, CoverageSums& sums);

private:
    struct Segment {
        PagePoint from, to;
        float nx = 0, ny = 0; // unit normal, to the left of the direction (y down)
        float length = 0;
        bool isNear = false; // may touch the window
    };
    struct Corner { // where two segments meet: one mitre for both sides, or apart with a wedge between
        bool isMitre = false;
        float mx = 0, my = 0; // from the vertex to the left side
    };

    bool begin(std::span<const PagePoint> line, const StrokeStyle& style, const PixelRect& window, float reach);
    bool makeSegments(std::span<const PagePoint> line, float reach, const PixelRect& window);
    bool isClosed(std::span<const PagePoint> line) const;
    Corner cornerOf(const Segment& a, const Segment& b) const;
    void addWedge(const Segment& a, const Segment& b);
    void addCap(PagePoint at, float nx, float ny);
    FixedPoint addArc(PagePoint center, PagePoint from, PagePoint to, FixedPoint at, int depth);
    FixedPoint fixed(float x, float y) const { return m_origin.fixed(x, y); }

    CoverageWindow* m_window = nullptr; // during add()
    WindowOrigin m_origin;
    float m_half = 0;
    float m_sharpestMitre = 0; // cosine of the turn
    LineJoin m_join = LineJoin::Miter;
    std::vector<Segment> m_segments;
};

// The dashes of a line as lines of their own, appended to `points` and `partStart`.
void appendDashes(std::span<const PagePoint> line, std::span<const float> dashPx, std::vector<PagePoint>& points,
                  std::vector<std::uint32_t>& partStart);

} // namespace cordon
