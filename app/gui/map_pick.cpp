#include "app/gui/map_pick.h"

#include "core/geo/geodesic.h"
#include "core/model/region_lookup.h"

#include <cmath>
#include <numbers>

namespace cordon {

namespace {

constexpr double kMetersPerDegree = 111320; // of latitude; near enough to choose the nearest

GeoBox boxRound(LonLat at, double meters) {
    const double lat = meters / kMetersPerDegree;
    const double lon = lat / std::max(0.01, std::cos(at.latDegrees * std::numbers::pi / 180));
    return GeoBox{{at.lonDegrees - lon, at.latDegrees - lat, at.lonDegrees + lon, at.latDegrees + lat}};
}

bool canBePicked(const Layer& layer, LayerRole role) {
    return layer.visible && layer.table && layer.role == role && layer.table->findColumn(layer.idField);
}

std::string idOf(const Layer& layer, std::uint32_t feature) {
    return layer.table->valueAsText(*layer.table->findColumn(layer.idField), feature);
}

// The place on the segment nearest to `p`, on a plane that is true near `p`: cheap enough for every segment of a map
// while the mouse moves.
struct NearestPlace {
    LonLat place;
    double fraction = 0; // of the segment
    double meters = 1e300;
};
NearestPlace nearestOnPlane(LonLat a, LonLat b, LonLat p) {
    const double shrink = std::cos(p.latDegrees * std::numbers::pi / 180);
    const double ax = (a.lonDegrees - p.lonDegrees) * shrink, ay = a.latDegrees - p.latDegrees;
    const double dx = (b.lonDegrees - a.lonDegrees) * shrink, dy = b.latDegrees - a.latDegrees;
    const double squared = dx * dx + dy * dy;
    const double t = squared > 0 ? std::clamp(-(ax * dx + ay * dy) / squared, 0.0, 1.0) : 0;
    return {{a.lonDegrees + t * (b.lonDegrees - a.lonDegrees), a.latDegrees + t * (b.latDegrees - a.latDegrees)},
            t,
            std::hypot(ax + t * dx, ay + t * dy) * kMetersPerDegree};
}

NearestPlace nearestOnLine(std::span<const LonLat> line, LonLat at) {
    NearestPlace nearest;
    for (std::size_t i = 1; i < line.size(); ++i)
        if (const NearestPlace found = nearestOnPlane(line[i - 1], line[i], at); found.meters < nearest.meters)
            nearest = found;
    return nearest;
}

bool isInside(const FeatureTable& table, std::uint32_t feature, LonLat at) {
    const GeometryColumn& g = table.geometry;
    bool inside = false;
    for (std::uint32_t p = g.featureStart[feature]; p < g.featureStart[feature + 1]; ++p)
        if (g.partRole[p] == PartRole::OuterRing || g.partRole[p] == PartRole::InnerRing)
            inside ^= crossesOddly(g.part(p), at);
    return inside;
}

// Corners attract more than edges.
class Snap {
public:
    Snap(LonLat at, double withinMeters) : m_at(at), m_corner{{}, 0, withinMeters}, m_edge{{}, 0, withinMeters} {}

    void take(std::span<const LonLat> ring) {
        for (std::size_t i = 1; i < ring.size(); ++i) {
            if (const auto corner = nearestOnPlane(ring[i], ring[i], m_at); corner.meters < m_corner.meters)
                m_corner = corner, m_hasCorner = true;
            if (const auto edge = nearestOnPlane(ring[i - 1], ring[i], m_at); edge.meters < m_edge.meters)
                m_edge = edge, m_hasEdge = true;
        }
    }
    std::optional<LonLat> place() const {
        return m_hasCorner ? std::optional(m_corner.place) : m_hasEdge ? std::optional(m_edge.place) : std::nullopt;
    }

private:
    LonLat m_at;
    NearestPlace m_corner, m_edge;
    bool m_hasCorner = false, m_hasEdge = false;
};

} // namespace

std::optional<std::string> pickRoad(const Project& project, LonLat at, double withinMeters) {
    const GeoBox box = boxRound(at, withinMeters);
    std::optional<std::string> road;
    double nearestMeters = withinMeters;
    for (const auto& layer : project.layers) {
        if (!canBePicked(*layer, LayerRole::Road))
            continue;
        const FeatureTable& table = *layer->table;
        for (std::uint32_t f = 0; f < table.featureCount; ++f) {
            if (!table.boxOf(f).intersects(box))
                continue;
            for (std::uint32_t p = table.geometry.featureStart[f]; p < table.geometry.featureStart[f + 1]; ++p) {
                const double meters = nearestOnLine(table.geometry.part(p), at).meters;
                if (meters > nearestMeters)
                    continue;
                if (std::string id = idOf(*layer, f); !id.empty()) {
                    road = std::move(id);
                    nearestMeters = meters;
                }
            }
        }
    }
    return road;
}

double fractionAlong(const RoadLookup& roads, std::string_view roadId, LonLat at) {
    double before = 0, nearestMeters = 1e300, nearestAlong = 0;
    for (const auto part : roads.partsOf(roadId))
        for (std::size_t i = 1; i < part.size(); ++i) {
            const double length = distanceMeters(part[i - 1], part[i]);
            const NearestPlace found = nearestOnPlane(part[i - 1], part[i], at);
            if (found.meters < nearestMeters) {
                nearestMeters = found.meters;
                nearestAlong = before + found.fraction * length;
            }
            before += length;
        }
    return before > 0 ? std::clamp(nearestAlong / before, 0.0, 1.0) : 0;
}

std::optional<std::string> pickRegion(const Project& project, LonLat at) {
    for (const LayerRole role : {LayerRole::Region, LayerRole::Country})
        for (auto layer = project.layers.rbegin(); layer != project.layers.rend(); ++layer) {
            if (!canBePicked(**layer, role))
                continue;
            const FeatureTable& table = *(*layer)->table;
            for (std::uint32_t f = 0; f < table.featureCount; ++f)
                if (table.boxOf(f).contains(at.lonDegrees, at.latDegrees) && isInside(table, f, at))
                    if (std::string code = idOf(**layer, f); !code.empty())
                        return code;
        }
    return std::nullopt;
}

std::optional<LonLat> snapPlace(const Project& project, const TimeFilter& time, LonLat at, double withinMeters) {
    Snap snap(at, withinMeters);
    const GeoBox box = boxRound(at, withinMeters);
    for (const ControlArea& area : project.situation->controlAreas)
        if (isInForce(area.head, time))
            for (const SmallGeometry::Part& part : area.area.parts)
                snap.take(part.points);
    for (const auto& layer : project.layers) {
        if (!layer->visible || !layer->table || layer->role != LayerRole::Region)
            continue;
        const GeometryColumn& g = layer->table->geometry;
        for (std::uint32_t f = 0; f < layer->table->featureCount; ++f)
            if (layer->table->boxOf(f).intersects(box))
                for (std::uint32_t p = g.featureStart[f]; p < g.featureStart[f + 1]; ++p)
                    snap.take(g.part(p));
    }
    return snap.place();
}

} // namespace cordon
