// Which features of a table layer leave ink in a view. Internal to render.
#pragma once

#include "core/render/covered_pixels.h"
#include "core/render/map_view.h"
#include "core/render/prepared_layer.h"
#include "core/render/table_look.h"

#include <stop_token>

namespace cordon {

struct SievedLayer {
    const PreparedLayer& prepared;
    const MapView& view;
    const Projection& projection;
    const std::vector<TableLook>& looks;
    const std::vector<std::uint8_t>& lookOf; // a feature's look, PreparedLayer::kNoRule for none
};

// Those of `features`, ascending, that some rule draws and that do not lie wholly below pixels of the page that are
// `covered` by what is drawn later. Markers so many that they hide one another are sieved likewise, and what they cover
// is added, for the layers below; of opaque ones too small to cover a pixel only the last on each quarter of a pixel is
// shown.
std::vector<std::uint32_t> shownFeatures(const SievedLayer& layer, std::span<const std::uint32_t> features,
                                         const DisplayList& list, CoveredPixels& covered, const std::stop_token& stop);

} // namespace cordon
