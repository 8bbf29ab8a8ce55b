// How one table layer is drawn in one view. Internal to render.
#pragma once

#include "core/render/layer_drawing.h"
#include "core/render/page_geometry.h"
#include "core/render/table_look.h"

#include <optional>

namespace cordon {

// What a view shows of a table layer. Chosen from the top layer down, as what lies over them hides features; appended
// from the bottom up.
struct TableDrawing {
    const Layer* layer;
    std::shared_ptr<const PreparedLayer> prepared;
    std::vector<TableLook> looks;
    std::shared_ptr<const std::vector<std::uint8_t>> lookOf; // a feature's look, PreparedLayer::kNoRule for none
    double reachPx;
    std::vector<std::uint32_t> shown;    // features to draw, ascending
    std::vector<std::uint32_t> labelled; // that may have a label: the hidden ones, too; empty where none has
    const std::vector<std::uint32_t>& needed() const { return labelled.empty() ? shown : labelled; }
};
// One a layer of the scene's project; nullopt for layers of the situation and where nothing is drawn.
std::vector<std::optional<TableDrawing>> chooseFeatures(DrawContext& context);
// Its shapes at the view's level of detail, which is made where it is not there yet.
GridGeometry geometryOf(const TableDrawing& drawing, const DrawContext& context);
void appendTableLayer(DrawContext& context, const TableDrawing& drawing);
// Its label wishes alone: those it has when it is drawn.
void appendTableLabels(DrawContext& context, const Layer& layer);

// What the shapes and the labels of a layer share.
struct LayerView {
    const Layer& layer;
    const PreparedLayer& prepared;
    const MapView& view;
    const Projection& projection;
    const std::vector<std::uint32_t>& features; // ascending
    GridGeometry geometry;                      // of those, and of others
};

// True when a symbol with these bounds is drawn at 1:scale (0 = no bound).
inline bool isInScale(double minScale, double maxScale, double scale) {
    return (minScale <= 0 || scale >= minScale) && (maxScale <= 0 || scale < maxScale);
}

void appendLabelWishes(DrawContext& context, const LayerView& layer); // layer_labels.cpp

} // namespace cordon
