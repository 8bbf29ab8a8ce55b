// Legend entries of the situation: one for each look that is on the map.
#pragma once

#include "core/render/legend.h"

namespace cordon {

void addSituationEntries(LegendGroup& group, const Scene& scene, PreparedLayers& prepared, const Layer& layer,
                         std::stop_token stop);

} // namespace cordon
