// Small reference layers for tests: lines and polygons with an id column.
#pragma once

#include "core/model/project.h"

#include <string>
#include <utility>
#include <vector>

namespace cordon::test {

inline std::shared_ptr<const Layer> layerOf(LayerRole role, const std::string& idField, PartRole partRole,
                                            const std::vector<std::pair<std::string, std::vector<LonLat>>>& features) {
    auto table = std::make_shared<FeatureTable>();
    table->name = std::string(toWord(role));
    Column ids{idField, FieldType::Text, TextValues{}};
    for (const auto& [id, points] : features) {
        std::get<TextValues>(ids.values).append(id);
        GeometryColumn& g = table->geometry;
        g.coordinates.insert(g.coordinates.end(), points.begin(), points.end());
        g.partStart.push_back(static_cast<std::uint32_t>(g.coordinates.size()));
        g.partRole.push_back(partRole);
        g.featureStart.push_back(g.partCount());
    }
    table->columns.push_back(std::move(ids));
    finishTable(*table);
    auto layer = std::make_shared<Layer>();
    layer->id = table->name;
    layer->role = role;
    layer->idField = idField;
    layer->table = std::move(table);
    return layer;
}

inline std::shared_ptr<const Layer> roadLayer(const std::vector<std::pair<std::string, std::vector<LonLat>>>& roads) {
    return layerOf(LayerRole::Road, "road_id", PartRole::Line, roads);
}
inline std::shared_ptr<const Layer>
regionLayer(const std::vector<std::pair<std::string, std::vector<LonLat>>>& regions) {
    return layerOf(LayerRole::Region, "pcode", PartRole::OuterRing, regions);
}
inline std::vector<LonLat> boxRing(double west, double south, double east, double north) {
    return {{west, south}, {east, south}, {east, north}, {west, north}, {west, south}};
}

} // namespace cordon::test
