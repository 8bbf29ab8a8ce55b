// Legend entries of a table layer: its rules that draw a feature inside the map.
#pragma once

#include "core/render/legend.h"

namespace cordon {

void addTableEntries(LegendGroup& group, const Scene& scene, PreparedLayers& prepared, const Layer& layer,
                     std::stop_token stop);

} // namespace cordon
