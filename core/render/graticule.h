// Meridians and parallels in a view, and their labels along the frame.
#pragma once

#include "core/render/map_view.h"

#include <string>
#include <string_view>
#include <vector>

namespace cordon {

struct GraticuleLine {
    bool isMeridian = true;
    double degrees = 0;
    std::vector<std::vector<PagePoint>> runs; // page units of the view; broken where the projection is
};
// Lines at an interval (degrees, minutes or seconds) such that about four to eight of each kind cross the view.
std::vector<GraticuleLine> graticuleLines(const MapView& view, const Projection& projection);

enum class FrameSide : std::uint8_t { Top, Bottom, Left, Right };
struct GraticuleLabel {
    std::string text;
    FrameSide side = FrameSide::Top;
    float position = 0; // page units along the side, from the view's left or top
};
// Meridians where they meet top and bottom, parallels where they meet left and right.
std::vector<GraticuleLabel> graticuleLabels(const std::vector<GraticuleLine>& lines, const MapView& view,
                                            std::string_view language);

// "4°W", "16°30′N"; French writes O for west.
std::string degreesLabel(double degrees, bool isMeridian, std::string_view language);

} // namespace cordon
