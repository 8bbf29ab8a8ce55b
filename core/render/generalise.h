// Thinning of lines and rings on a layer's grid. Internal to render.
#pragma once

#include "core/render/prepared_layer.h"

namespace cordon {

// Appends `in` without the vertices that matter less than `toleranceSteps` (Douglas and Peucker 1973, between anchors).
// Anchors are chosen by position alone, so that a border shared by two rings is thinned alike in both. A ring (first ==
// last point) keeps at least a triangle, so that small areas do not lose their ink.
void appendThinned(std::span<const GridPoint> in, double toleranceSteps, std::vector<GridPoint>& out);

} // namespace cordon
