// The situation's shapes on the page: projected and cut to a window. Internal to render.
#pragma once

#include "core/render/layer_drawing.h"
#include "core/render/page_geometry.h"

#include <vector>

namespace cordon {

using LonLatLine = std::vector<LonLat>;

using PageLine = std::vector<PagePosition>;

// Projects and cuts to `window`.
class RecordShapes {
public:
    RecordShapes(const DrawContext& context, double marginPx);

    std::optional<PagePosition> toPage(LonLat p) const;
    // Cut at places without an answer; not cut to the window.
    std::vector<PageLine> project(const LonLatLine& line) const;
    // What of the line lies in the window.
    std::vector<PageLine> cutLine(const PageLine& whole) const;
    // Closed; empty if nothing of it lies in the window.
    PageLine cutRing(const LonLatLine& ring) const;

private:
    const DrawContext& m_context;
    WideBox m_window;
};

// Appends as one part; closed rings keep their last point.
void appendPart(DisplayList& list, const PageLine& line);

double lengthOf(const PageLine& line);
// The place `at` px along the line, clamped to its ends.
PagePosition placeAt(const PageLine& line, double at);
// The point of the lines nearest to `p`: which line, how far along it, how far from `p`.
struct NearestOnLine {
    std::size_t line = 0;
    double at = 0;
    double distance = 1e300;
};
NearestOnLine nearestOn(const std::vector<PageLine>& lines, PagePosition p);

} // namespace cordon
