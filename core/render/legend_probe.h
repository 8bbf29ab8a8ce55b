// Asks the map's own drawing code what of a situation leaves ink in the view. Internal to render.
#pragma once

#include "core/render/ink_probe.h"
#include "core/render/layer_drawing.h"
#include "core/render/legend.h"

namespace cordon {

class SituationProbe {
public:
    SituationProbe(const Scene& scene, PreparedLayers& prepared, const Layer& layer, std::stop_token stop)
        : m_scene(scene), m_prepared(prepared), m_layer(layer), m_projection(scene.view.crs),
          m_stop(std::move(stop)), m_page{0, 0, static_cast<float>(scene.view.widthPx),
                                          static_cast<float>(scene.view.heightPx)} {}

    bool isShown(const ShownSituation& alone) { return paintsInside(drawn(alone), m_page); }

    // The layer's shapes for this situation, in the view's page.
    DisplayList drawn(const ShownSituation& situation) {
        DisplayList list;
        list.widthPx = m_scene.view.widthPx;
        list.heightPx = m_scene.view.heightPx;
        list.dpi = m_scene.view.dpi;
        list.clips.push_back(m_page);
        DrawContext context{m_scene, m_prepared, m_projection, situation, list, 0, {}, {}, m_stop};
        context.throwIfStopped();
        appendSituationLayer(context, m_layer);
        return list;
    }
    const PageBox& page() const { return m_page; }

private:
    const Scene& m_scene;
    PreparedLayers& m_prepared;
    const Layer& m_layer;
    Projection m_projection;
    std::stop_token m_stop;
    PageBox m_page;
};

void addIncidentEntries(LegendGroup& group, const Scene& scene, SituationProbe& probe, const ShownSituation& now);

} // namespace cordon
