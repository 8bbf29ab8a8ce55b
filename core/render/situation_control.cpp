// Who holds the ground: pieces that do not overlap.
#include "core/render/situation_layer.h"

#include <algorithm>

namespace cordon {

void appendControlAreas(DrawContext& context, const Layer& layer) {
    const double pxPerMm = context.scene.view.pxPerMm();
    const RecordShapes shapes(context, kSituationMarginMm * pxPerMm);
    std::vector<const ShownControl*> pieces; // edges of what is surer lie on top
    for (const ShownControl& piece : context.situation.control)
        pieces.push_back(&piece);
    std::stable_partition(pieces.begin(), pieces.end(),
                          [](const ShownControl* piece) { return piece->controlClass == ControlClass::NoInformation; });
    for (const ShownControl* piece : pieces) {
        context.throwIfStopped();
        const std::uint32_t first = nextPart(context.list);
        for (const GeoRing& ring : *piece->rings)
            appendPart(context.list, shapes.cutRing(ring.points));
        if (nextPart(context.list) == first)
            continue;
        const std::vector<Color> colors = actorColorsOf(*piece, *context.scene.project->situation);
        if (piece->isStale)
            appendLastKnownControl(context.list, first, colors.front(), layer.opacity, pxPerMm, context.clip);
        else
            appendControlArea(context.list, first, piece->controlClass, piece->basis, colors, layer.opacity, pxPerMm,
                              context.clip);
    }
}

} // namespace cordon
