// A map drawn for a screen again and again while it is moved: what was in view before is taken over, and only what came
// into view is drawn.
#pragma once

#include "core/render/render.h"

namespace cordon {

// What a picture leaves for the next one.
struct MapGround {
    QImage shapes; // without the labels, which are placed anew in every view; null: nothing can be taken over
    Scene scene;
};

struct MapPicture {
    QImage image; // Format_RGB32
    MapGround ground;
};

// As render(), but for traces: a strip's few vertices may be drawn whole where those of a page would be thinned.
// `before` is the ground of any earlier picture; it serves when its view lies whole pixels beside this one. Throws
// Stopped.
MapPicture renderMoved(const Scene& scene, PreparedLayers& prepared, const MapGround& before,
                       const std::stop_token& stop = {});

} // namespace cordon
