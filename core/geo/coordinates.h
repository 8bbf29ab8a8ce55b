// The coordinate spaces. LonLat (WGS 84) --Projection--> MapPoint (a view's CRS) --MapView--> page units (render).
// A coordinate never changes meaning inside one type.
#pragma once

#include <algorithm>
#include <limits>

namespace cordon {

// WGS 84 degrees, longitude first (OGC CRS84). The only coordinate stored in the model.
struct LonLat {
    double lonDegrees = 0;
    double latDegrees = 0;

    friend bool operator==(const LonLat&, const LonLat&) = default;
};

// Coordinates of a projected (or, for EPSG:4326 maps, geographic) CRS in its own units; x east, y north.
struct MapPoint {
    double x = 0;
    double y = 0;

    friend bool operator==(const MapPoint&, const MapPoint&) = default;
};

// A closed box. Default-constructed it is empty (min > max) and grows by include().
template <class T> struct BasicBox {
    T minX = std::numeric_limits<T>::max();
    T minY = std::numeric_limits<T>::max();
    T maxX = std::numeric_limits<T>::lowest();
    T maxY = std::numeric_limits<T>::lowest();

    bool isEmpty() const { return minX > maxX || minY > maxY; }
    T width() const { return maxX - minX; }
    T height() const { return maxY - minY; }
    void include(T x, T y) {
        minX = std::min(minX, x);
        minY = std::min(minY, y);
        maxX = std::max(maxX, x);
        maxY = std::max(maxY, y);
    }
    void include(const BasicBox& other) {
        minX = std::min(minX, other.minX);
        minY = std::min(minY, other.minY);
        maxX = std::max(maxX, other.maxX);
        maxY = std::max(maxY, other.maxY);
    }
    bool intersects(const BasicBox& other) const {
        return minX <= other.maxX && other.minX <= maxX && minY <= other.maxY && other.minY <= maxY;
    }
    bool contains(T x, T y) const { return x >= minX && x <= maxX && y >= minY && y <= maxY; }
    BasicBox grown(T margin) const { return {minX - margin, minY - margin, maxX + margin, maxY + margin}; }

    friend bool operator==(const BasicBox&, const BasicBox&) = default;
};

struct GeoBox : BasicBox<double> { // degrees: minX west, minY south, maxX east, maxY north
    using BasicBox::include;
    void include(LonLat p) { include(p.lonDegrees, p.latDegrees); }
};
struct MapBox : BasicBox<double> { // map units
    using BasicBox::include;
    void include(MapPoint p) { include(p.x, p.y); }
};

} // namespace cordon
