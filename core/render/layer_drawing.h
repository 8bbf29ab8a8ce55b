// Internal to render: how buildDisplayList() takes a scene apart. Each layer appends its shapes in order and leaves
// label wishes; labels are placed once, at the end.
#pragma once

#include "core/error.h"
#include "core/geo/crs.h"
#include "core/render/prepared_layers.h"
#include "core/render/render.h"

namespace cordon {

// A wish for a label, in page units. Placed in order of `priority` (larger first), then as added.
struct LabelWish {
    enum class Where : std::uint8_t { AtPoint, AlongLine, InArea };
    Where where = Where::AtPoint;
    std::string text;
    LabelSymbol symbol;
    double priority = 0;
    PagePoint anchor;            // AtPoint: the symbol's centre; InArea: a point well inside
    float symbolRadiusPx = 0;    // AtPoint: keep this far away
    std::vector<PagePoint> line; // AlongLine: the visible line
    float roomPx = 0;            // InArea: width available round the anchor
};

// Labels of the situation come before all others, and keep those of the same place away.
constexpr double kSituationPriority = 1e15;

struct DrawContext {
    const Scene& scene;
    PreparedLayers& prepared;
    const Projection& projection;    // WGS 84 -> scene.view.crs
    const ShownSituation& situation; // at scene.time
    DisplayList& list;
    std::uint16_t clip = 0; // everything of the map is clipped to it
    std::vector<LabelWish> labels;
    std::vector<PageBox> labelObstacles; // signs and symbols no label may cover
    std::stop_token stop;
    std::vector<PageBox> labelHindrances = {}; // better left uncovered, but not at the price of a label

    void throwIfStopped() const {
        if (stop.stop_requested())
            throw Stopped{};
    }
};

// An empty list for a scene, and what its layers are drawn into it with.
struct SceneDrawing {
    SceneDrawing(const Scene& scene, PreparedLayers& prepared, const std::stop_token& stop);
    SceneDrawing(const SceneDrawing&) = delete; // the context refers to the rest
    SceneDrawing& operator=(const SceneDrawing&) = delete;

    DisplayList list;
    Projection projection;
    std::shared_ptr<const ShownSituation> shown;
    DrawContext context;
};

void appendSituationLayer(DrawContext& context, const Layer& layer); // situation_layer.cpp; tables: table_layer.h
void appendGraticule(DrawContext& context);                          // graticule.cpp: lines only
void placeLabels(DrawContext& context);                              // labels.cpp: wishes -> list.texts

} // namespace cordon
