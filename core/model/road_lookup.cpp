#include "core/model/road_lookup.h"

#include "core/error.h"
#include "core/geo/geodesic.h"

#include <algorithm>

namespace cordon {

RoadLookup::RoadLookup(const Project& project, const std::stop_token& stop) {
    for (const auto& layer : project.layers) {
        if (layer->role != LayerRole::Road || !layer->table)
            continue;
        const Column* ids = layer->table->findColumn(layer->idField);
        if (!ids)
            continue;
        const FeatureTable& table = *layer->table;
        m_tables.push_back(layer->table);
        m_parts.reserve(m_parts.size() + table.featureCount);
        for (std::uint32_t f = 0; f < table.featureCount; ++f) {
            if (f % 4096 == 0 && stop.stop_requested())
                throw Stopped();
            const std::string id = table.valueAsText(*ids, f);
            if (id.empty())
                continue;
            Road& road = m_parts[id];
            if (road.table && road.table != &table)
                continue;
            if (!road.table)
                road.table = &table;
            road.features.push_back(f);
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
    const std::vector<std::string> names = namesOf(roadId);
    return names.empty() ? std::string() : names.front();
}

std::vector<std::string> RoadLookup::namesOf(std::string_view roadId) const {
    std::vector<std::string> names;
    if (const Road* road = find(roadId))
        for (const char* name : {"name", "nom", "road_name", "ref"})
            if (const Column* column = road->table->findColumn(name))
                for (const std::uint32_t f : road->features)
                    if (std::string text = road->table->valueAsText(*column, f);
                        !text.empty() && std::find(names.begin(), names.end(), text) == names.end())
                        names.push_back(std::move(text));
    return names;
}

std::vector<std::string_view> RoadLookup::roadIds() const {
    std::vector<std::string_view> ids;
    ids.reserve(m_parts.size());
    for (const auto& [id, road] : m_parts)
        ids.push_back(id);
    std::sort(ids.begin(), ids.end());
    return ids;
}

MeasuredRoad::MeasuredRoad(std::vector<std::span<const LonLat>> parts) {
    for (const auto points : parts) {
        Part part{points, {}};
        part.meters.reserve(points.size());
        for (std::size_t i = 0; i < points.size(); ++i) {
            if (i > 0)
                m_lengthMeters += distanceMeters(points[i - 1], points[i]);
            part.meters.push_back(m_lengthMeters);
        }
        if (points.size() > 1)
            m_parts.push_back(std::move(part));
    }
}

namespace {

// The point `meters` along, which lies between the points i - 1 and i.
LonLat between(std::span<const LonLat> points, const std::vector<double>& meters, std::size_t i, double at) {
    const double step = meters[i] - meters[i - 1];
    const double t = step > 0 ? std::clamp((at - meters[i - 1]) / step, 0.0, 1.0) : 0;
    const LonLat a = points[i - 1], b = points[i];
    return {a.lonDegrees + t * (b.lonDegrees - a.lonDegrees), a.latDegrees + t * (b.latDegrees - a.latDegrees)};
}

} // namespace

MeasuredRoad::Stretch MeasuredRoad::stretch(double fromFraction, double toFraction) const {
    Stretch result;
    const double from = std::clamp(fromFraction, 0.0, 1.0) * m_lengthMeters;
    const double to = std::clamp(toFraction, 0.0, 1.0) * m_lengthMeters;
    for (const Part& part : m_parts) {
        const double begin = std::max(from, part.meters.front()), end = std::min(to, part.meters.back());
        if (begin >= end)
            continue;
        std::vector<LonLat> line;
        const auto first = std::upper_bound(part.meters.begin(), part.meters.end(), begin);
        auto i = static_cast<std::size_t>(first - part.meters.begin());
        line.push_back(between(part.points, part.meters, i, begin));
        for (; i < part.meters.size() && part.meters[i] < end; ++i)
            line.push_back(part.points[i]);
        line.push_back(between(part.points, part.meters, std::min(i, part.meters.size() - 1), end));
        result.lines.push_back(std::move(line));
        result.lengthMeters += end - begin;
    }
    return result;
}

std::optional<LonLat> MeasuredRoad::pointAt(double fraction) const {
    const double at = std::clamp(fraction, 0.0, 1.0) * m_lengthMeters;
    for (const Part& part : m_parts)
        if (at <= part.meters.back()) {
            const auto next = std::lower_bound(part.meters.begin() + 1, part.meters.end() - 1, at);
            return between(part.points, part.meters, static_cast<std::size_t>(next - part.meters.begin()), at);
        }
    return std::nullopt;
}

std::optional<MeasuredRoad::Nearest> MeasuredRoad::nearestTo(LonLat p) const {
    std::optional<Nearest> best;
    for (const Part& part : m_parts)
        for (std::size_t i = 1; i < part.points.size(); ++i) {
            const SegmentPlace place = nearestOnSegment(part.points[i - 1], part.points[i], p);
            if (best && best->distanceMeters <= place.distanceMeters)
                continue;
            const double along = part.meters[i - 1] + place.fraction * (part.meters[i] - part.meters[i - 1]);
            best = {m_lengthMeters > 0 ? along / m_lengthMeters : 0, place.distanceMeters};
        }
    return best;
}

} // namespace cordon
