// Whether something drawn leaves ink inside a box: what the legend asks of everything it might list.
#pragma once

#include "core/render/display_list.h"

#include <span>

namespace cordon {

// A segment of the line passes through the box.
bool lineTouches(std::span<const PagePoint> line, const PageBox& box);
// The polygon (rings taken even-odd) and the box have area in common.
bool ringsTouch(std::span<const std::vector<PagePoint>> rings, const PageBox& box);
// Any op of the list paints into the box. Shapes are tested exactly, markers by their radius.
bool paintsInside(const DisplayList& list, const PageBox& box);

} // namespace cordon
