// The house style of each role (after Okabe and Ito 2008 and the map design rules in README).
#pragma once

#include "core/model/project.h"

namespace cordon {

Style defaultStyle(LayerRole role, const FeatureTable& table);
// A plain line, solid without dashes.
LineSymbol line(Color color, double widthMm, std::vector<double> dashMm = {});

} // namespace cordon
