// Hit tests of identify(). Internal to render.
#pragma once

#include "core/geo/crs.h"
#include "core/render/identify.h"

#include <algorithm>
#include <cmath>
#include <ranges>
#include <span>

namespace cordon {

// Hit tests of one query: everything is projected and measured in pixels from the place asked for.
class IdentifyProbe {
public:
    IdentifyProbe(const Scene& scene, const IdentifyQuery& query)
        : m_projection(scene.view.crs), m_view(scene.view), m_x(query.pageX), m_y(query.pageY) {}

    bool hitsPoints(std::span<const LonLat> points, double radiusPx) {
        project(points);
        return std::ranges::any_of(m_points, [&](MapPoint p) { return std::hypot(p.x, p.y) <= radiusPx; });
    }
    bool hitsLine(std::span<const LonLat> line, double radiusPx) {
        project(line);
        for (std::size_t i = 1; i < m_points.size(); ++i)
            if (distancePx(m_points[i - 1], m_points[i]) <= radiusPx)
                return true;
        return false;
    }
    // Edges of the ring that a ray to the right crosses; odd over all rings of a polygon = inside.
    int crossings(std::span<const LonLat> ring) {
        project(ring);
        int count = 0;
        for (std::size_t i = 1; i < m_points.size(); ++i) {
            const MapPoint a = m_points[i - 1], b = m_points[i];
            if ((a.y > 0) != (b.y > 0) && a.x + (b.x - a.x) * (-a.y) / (b.y - a.y) > 0)
                ++count;
        }
        return count;
    }
    bool hitsSmall(const SmallGeometry& geometry, double radiusPx) {
        int count = 0;
        for (const auto& part : geometry.parts) {
            if (geometry.kind == SmallGeometry::Kind::Polygon)
                count += crossings(part.points);
            else if (geometry.kind == SmallGeometry::Kind::Line && hitsLine(part.points, radiusPx))
                return true;
            else if (geometry.kind == SmallGeometry::Kind::Point && hitsPoints(part.points, radiusPx))
                return true;
        }
        return count % 2 == 1;
    }
    bool hitsFeature(const FeatureTable& table, std::uint32_t feature, double radiusPx) {
        const GeometryColumn& geometry = table.geometry;
        int count = 0;
        for (std::uint32_t p = geometry.featureStart[feature]; p < geometry.featureStart[feature + 1]; ++p) {
            const PartRole role = geometry.partRole[p];
            if (role == PartRole::Points && hitsPoints(geometry.part(p), radiusPx))
                return true;
            if (role == PartRole::Line && hitsLine(geometry.part(p), radiusPx))
                return true;
            if (role == PartRole::OuterRing || role == PartRole::InnerRing)
                count += crossings(geometry.part(p));
        }
        return count % 2 == 1;
    }
    std::optional<LonLat> place() const { return m_projection.inverse(m_view.mapPoint(m_x, m_y)); }
    MapBox box(double radiusPx) const {
        MapBox box;
        box.include(m_view.mapPoint(m_x - radiusPx, m_y - radiusPx));
        box.include(m_view.mapPoint(m_x + radiusPx, m_y + radiusPx));
        return box;
    }

private:
    // Into pixels from the place asked for; points without a place on this map become NaN and hit nothing.
    void project(std::span<const LonLat> points) {
        m_points.resize(points.size());
        m_projection.forward(points, m_points);
        for (MapPoint& p : m_points)
            p = {m_view.pageX(p.x) - m_x, m_view.pageY(p.y) - m_y};
    }
    static double distancePx(MapPoint a, MapPoint b) {
        const double dx = b.x - a.x, dy = b.y - a.y;
        const double length2 = dx * dx + dy * dy;
        const double t = length2 > 0 ? std::clamp(-(a.x * dx + a.y * dy) / length2, 0.0, 1.0) : 0;
        return std::hypot(a.x + t * dx, a.y + t * dy);
    }

    Projection m_projection;
    const MapView& m_view;
    double m_x, m_y;
    std::vector<MapPoint> m_points;
};

// Appends what the layer shows of the situation at the place: derived states first, each followed by its reports.
void identifySituation(const Scene& scene, const ShownSituation& now, const Layer& layer, const IdentifyQuery& query,
                       std::vector<Identified>& out);

} // namespace cordon
