#include "core/render/render.h"

#include "core/render/table_layer.h"

namespace cordon {

SceneDrawing::SceneDrawing(const Scene& scene, PreparedLayers& prepared, const std::stop_token& stop)
    : projection(scene.view.crs),
      shown(prepared.shownAt(*scene.project, scene.time, stop)), context{.scene = scene,
                                                                         .prepared = prepared,
                                                                         .projection = projection,
                                                                         .situation = *shown,
                                                                         .list = list,
                                                                         .labels = {},
                                                                         .labelObstacles = {},
                                                                         .stop = stop} {
    const MapView& view = scene.view;
    list.widthPx = view.widthPx;
    list.heightPx = view.heightPx;
    list.dpi = view.dpi;
    list.exact = prepared.isExact();
    context.clip = list.clip({0, 0, static_cast<float>(view.widthPx), static_cast<float>(view.heightPx)});
}

DisplayList buildDisplayList(const Scene& scene, PreparedLayers& prepared, std::stop_token stop) {
    SceneDrawing drawing(scene, prepared, stop);
    DrawContext& context = drawing.context;
    const std::vector<std::shared_ptr<const Layer>>& layers = scene.project->layers;
    const std::vector<std::optional<TableDrawing>> tables = chooseFeatures(context);
    for (std::size_t i = 0; i < layers.size(); ++i) {
        context.throwIfStopped();
        if (isSituationRole(layers[i]->role))
            appendSituationLayer(context, *layers[i]);
        else if (tables[i])
            appendTableLayer(context, *tables[i]);
    }
    if (scene.graticule)
        appendGraticule(context);
    context.throwIfStopped();
    if (scene.labels)
        placeLabels(context);
    return std::move(drawing.list);
}

QImage render(const Scene& scene, PreparedLayers& prepared, std::stop_token stop) {
    return drawImage(buildDisplayList(scene, prepared, stop), 0, stop);
}

} // namespace cordon
