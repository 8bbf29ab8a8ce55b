// Making ready what the next pictures will need, while nothing else is to be done.
#pragma once

#include "core/render/prepared_layers.h"
#include "core/render/scene.h"

namespace cordon {

// The level of detail one step (a factor above 1) closer, wherever in the view that may be, and the one a step farther.
// What is ready is kept when it is stopped; throws Stopped then. No picture depends on whether this was done.
void warmUp(const Scene& scene, double step, PreparedLayers& prepared, const std::stop_token& stop);

} // namespace cordon
