// How one table layer is drawn in one view: what its shapes and its labels share. Internal to render.
#pragma once

#include "core/render/layer_drawing.h"
#include "core/render/page_geometry.h"

namespace cordon {

struct LayerView {
    const Layer& layer;
    const PreparedLayer& prepared;
    const MapView& view;
    const Projection& projection;
    std::vector<std::uint32_t> features; // visible, ascending
    GridGeometry geometry;               // of those
};

// Largest departure from the exact shape, in pixels, that a generalised one may have.
constexpr double kTolerancePx = 0.32;

// True when a symbol with these bounds is drawn at 1:scale (0 = no bound).
inline bool isInScale(double minScale, double maxScale, double scale) {
    return (minScale <= 0 || scale >= minScale) && (maxScale <= 0 || scale < maxScale);
}

void appendLabelWishes(DrawContext& context, const LayerView& layer); // layer_labels.cpp

} // namespace cordon
