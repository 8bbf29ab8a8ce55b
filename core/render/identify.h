// What lies under a place of the map, as people read it: features of visible layers; of the situation the state that
// follows from the reports, then the reports, those that do not decide marked as stale or overruled.
#pragma once

#include "core/render/prepared_layers.h"
#include "core/render/scene.h"

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace cordon {

struct IdentifyQuery {
    double pageX = 0, pageY = 0; // in the scene's view
    double tolerancePx = 4;      // beyond the drawn half width or symbol
    std::size_t atMost = 50;     // per layer
};

struct IdentifiedField {
    std::string name, value; // plain UTF-8 text
    friend bool operator==(const IdentifiedField&, const IdentifiedField&) = default;
};

struct Identified {
    std::string layerId, layerName;
    std::optional<std::uint32_t> feature; // row of the layer's table
    std::string recordId;                 // of a situation record; neither: a state that follows from reports
    std::string title;                    // a name if there is one
    std::vector<IdentifiedField> fields;
    std::optional<LonLat> point; // of a feature of a layer that is one
    friend bool operator==(const Identified&, const Identified&) = default;
};

// Topmost layer first; inside a layer in file order. Only what a style rule draws at this scale is found. Distances are
// measured on the projected geometry, ungeneralised. May take long for polygons of millions of vertices: not for the
// window's own thread. Throws Stopped.
std::vector<Identified> identify(const Scene& scene, PreparedLayers& prepared, const IdentifyQuery& query,
                                 std::stop_token stop = {});

// A record's properties as they are shown: what, when, by whom, how sure.
std::vector<IdentifiedField> fieldsOf(const ControlArea& record, const Situation& situation);
std::vector<IdentifiedField> fieldsOf(const RoadStatus& record, const Situation& situation);
std::vector<IdentifiedField> fieldsOf(const Restriction& record, const Situation& situation);
std::vector<IdentifiedField> fieldsOf(const Incident& record, const Situation& situation);
std::vector<IdentifiedField> fieldsOf(const Measure& record, const Situation& situation);

} // namespace cordon
