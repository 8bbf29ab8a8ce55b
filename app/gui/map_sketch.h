// Lines, rings and points laid over the map on the screen: what is chosen, what is being drawn.
#pragma once

#include "core/geo/crs.h"
#include "core/render/map_view.h"

#include <QColor>
#include <optional>
#include <vector>

class QPainter;

namespace cordon {

class MapSketch {
public:
    void addLine(std::vector<LonLat> line) { m_parts.push_back({std::move(line), Kind::Line, {}}); }
    void addDashedLine(std::vector<LonLat> line) { m_parts.push_back({std::move(line), Kind::DashedLine, {}}); }
    void addRing(std::vector<LonLat> ring) { m_parts.push_back({std::move(ring), Kind::Ring, {}}); }
    void addPoint(LonLat point) { m_parts.push_back({{point}, Kind::Point, {}}); }
    void add(const MapSketch& other) { m_parts.insert(m_parts.end(), other.m_parts.begin(), other.m_parts.end()); }
    void setPointRadius(double px) { m_pointRadiusPx = px; } // many of them must not hide the map
    bool isEmpty() const { return m_parts.empty(); }
    GeoBox box() const;

    // A colour with some transparency makes a halo, one without a line of its own.
    // `ratio`: device pixels a logical one; the view is in device pixels, the painter in logical ones.
    void paint(QPainter& painter, const MapView& view, const Projection& projection, double ratio, QColor color) const;

private:
    enum class Kind { Line, DashedLine, Ring, Point };
    struct Part {
        std::vector<LonLat> places;
        Kind kind = Kind::Line;
        mutable std::vector<MapPoint> projected; // in m_crs
    };
    mutable std::optional<Crs> m_crs;
    double m_pointRadiusPx = 12;
    std::vector<Part> m_parts;
};

} // namespace cordon
