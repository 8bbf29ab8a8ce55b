#include "core/render/render.h"

#include "core/render/table_layer.h"

namespace cordon {

DisplayList buildDisplayList(const Scene& scene, PreparedLayers& prepared, std::stop_token stop) {
    DisplayList list;
    list.widthPx = scene.view.widthPx;
    list.heightPx = scene.view.heightPx;
    list.dpi = scene.view.dpi;
    list.exact = prepared.isExact();
    const std::uint16_t page =
        list.clip({0, 0, static_cast<float>(scene.view.widthPx), static_cast<float>(scene.view.heightPx)});
    const Projection projection(scene.view.crs);
    const auto shown = prepared.shownAt(*scene.project, scene.time, stop);
    DrawContext context{.scene = scene,
                        .prepared = prepared,
                        .projection = projection,
                        .situation = *shown,
                        .list = list,
                        .clip = page,
                        .labels = {},
                        .labelObstacles = {},
                        .stop = stop};
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
    return list;
}

QImage render(const Scene& scene, PreparedLayers& prepared, std::stop_token stop) {
    return drawImage(buildDisplayList(scene, prepared, stop), 0, stop);
}

} // namespace cordon
