// Thin strokes straight into sums of coverage: a segment's coverage of each pixel from its distance to the segment's
// sides and ends, four pixels at a time, instead of the edges of an outline. Within 0.015 of the exact area for a
// straight side. Positions are the page's, so that windows of any place get the same numbers. Internal to render.
#pragma once

#include "core/render/coverage_sums.h"
#include "core/render/map_view.h"

namespace cordon {

// What lies within `half` of the line from..to, cut at its ends by lines through them: `start` and `end` are their unit
// normals, along the segment or halfway to the next one's direction, so that neighbours fit without a gap or overlap.
struct Band {
    PagePoint from, to;
    PagePoint normal; // unit, to either side
    PagePoint start, end;
    float half = 0;
};

// What of the disc round `center` lies beyond the end of a segment that came along `before` and before the start of one
// that leaves along `after` (unit vectors); the round end of a line where `after` is `before` reversed.
struct Pie {
    PagePoint center;
    PagePoint before, after;
    float radius = 0;
};

// `left`, `top`: page pixel of the window's first.
void addBand(const Band& band, int left, int top, CoverageSums& sums);
void addPie(const Pie& pie, int left, int top, CoverageSums& sums);

} // namespace cordon
