#include "core/render/warm_up.h"

#include "core/render/table_layer.h"

#include <cmath>

namespace cordon {

namespace {

void makeLevel(const Scene& scene, PreparedLayers& prepared, const std::stop_token& stop) {
    SceneDrawing scratch(scene, prepared, stop);
    for (const std::optional<TableDrawing>& drawing : chooseFeatures(scratch.context))
        if (drawing)
            geometryOf(*drawing, scratch.context);
}

} // namespace

void warmUp(const Scene& scene, double step, PreparedLayers& prepared, const std::stop_token& stop) {
    Scene closer = scene, farther = scene;
    closer.view.unitsPerPx /= step;
    closer.view.widthPx = static_cast<int>(std::lround(scene.view.widthPx * step));
    closer.view.heightPx = static_cast<int>(std::lround(scene.view.heightPx * step));
    farther.view.unitsPerPx *= step;
    makeLevel(closer, prepared, stop);
    makeLevel(farther, prepared, stop);
}

} // namespace cordon
