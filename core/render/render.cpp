#include "core/render/render.h"

#include "core/render/layer_drawing.h"

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
    const auto shown = prepared.shownAt(*scene.project, scene.time);
    DrawContext context{.scene = scene,
                        .prepared = prepared,
                        .projection = projection,
                        .situation = *shown,
                        .list = list,
                        .clip = page,
                        .labels = {},
                        .labelObstacles = {},
                        .stop = stop};
    for (const std::shared_ptr<const Layer>& layer : scene.project->layers) {
        context.throwIfStopped();
        if (isSituationRole(layer->role))
            appendSituationLayer(context, *layer);
        else
            appendTableLayer(context, *layer);
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
