#include "core/model/road_lookup.h"

#include "core/geo/geodesic.h"

#include <algorithm>

namespace cordon {

RoadLookup::RoadLookup(const Project& project) {
    for (const auto& layer : project.layers) {
        if (layer->role != LayerRole::Road || !layer->table)
            continue;
        const Column* ids = layer->table->findColumn(layer->idField);
        if (!ids)
            continue;
        const FeatureTable& table = *layer->table;
        m_tables.push_back(layer->table);
        for (std::uint32_t f = 0; f < table.featureCount; ++f) {
            const std::string id = table.valueAsText(*ids, f);
            if (id.empty())
                continue;
            Road& road = m_parts[id];
            if (road.table && road.table != &table)
                continue;
            if (!road.table)
                road = {&table, f, {}};
            for (std::uint32_t p = table.geometry.featureStart[f]; p < table.geometry.featureStart[f + 1]; ++p)
                if (table.geometry.partRole[p] == PartRole::Line)
                    road.parts.push_back(p);
        }
    }
}

const RoadLookup::Road* RoadLookup::find(std::string_view roadId) const {
    const auto found = m_parts.find(roadId);
    return found == m_parts.end() ? nullptr : &found->second;
}

std::vector<std::span<const LonLat>> RoadLookup::partsOf(std::string_view roadId) const {
    std::vector<std::span<const LonLat>> parts;
    if (const Road* road = find(roadId))
        for (const std::uint32_t p : road->parts)
            parts.push_back(road->table->geometry.part(p));
    return parts;
}

double RoadLookup::lengthMeters(std::string_view roadId) const {
    double sum = 0;
    for (const auto part : partsOf(roadId))
        sum += cordon::lengthMeters(part);
    return sum;
}

std::string RoadLookup::nameOf(std::string_view roadId) const {
    if (const Road* road = find(roadId))
        for (const char* name : {"name", "nom", "road_name", "ref"})
            if (const Column* column = road->table->findColumn(name))
                if (std::string text = road->table->valueAsText(*column, road->feature); !text.empty())
                    return text;
    return {};
}

RoadLookup::Stretch RoadLookup::stretch(std::string_view roadId, double fromFraction, double toFraction) const {
    Stretch result;
    const auto parts = partsOf(roadId);
    std::vector<double> lengths;
    double total = 0;
    for (const auto part : parts)
        total += lengths.emplace_back(cordon::lengthMeters(part));
    const double from = std::clamp(fromFraction, 0.0, 1.0) * total, to = std::clamp(toFraction, 0.0, 1.0) * total;
    double walked = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const double begin = std::max(from - walked, 0.0), end = std::min(to - walked, lengths[i]);
        walked += lengths[i];
        if (lengths[i] <= 0 || begin >= end)
            continue;
        result.lines.push_back(lineStretch(parts[i], begin / lengths[i], end / lengths[i]));
        result.lengthMeters += end - begin;
    }
    return result;
}

} // namespace cordon
