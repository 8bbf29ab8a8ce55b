// Areas on the ground overlaid with each other: union, difference, intersection (GEOS, in degrees of longitude and
// latitude: an edge is straight there, as in GeoJSON), and their size on the ellipsoid.
#pragma once

#include "core/geo/coordinates.h"

#include <memory>
#include <span>
#include <vector>

namespace cordon {

struct GeoRing {
    std::vector<LonLat> points; // closed
    bool isHole = false;        // of the outer ring before it
    friend bool operator==(const GeoRing&, const GeoRing&) = default;
};

// A set of polygons: an immutable value, cheap to copy, safe to read from any thread. Polygons of less than a tenth of
// a square metre, as rounding leaves where borders nearly agree, are dropped from every result.
class Area {
public:
    Area(); // empty
    // Rings as they come: crossing, overlapping and unclosed ones are put right. Throws Error where GEOS cannot.
    explicit Area(std::span<const GeoRing> rings);

    bool isEmpty() const;
    const GeoBox& box() const { return m_box; }
    // Outer rings less holes, on the WGS 84 ellipsoid. Edges are cut every tenth of a degree first, so that the area is
    // that of the straight edge in degrees and the parts of an area add up to the whole.
    double squareMeters() const;
    std::vector<GeoRing> rings() const; // each outer ring followed by its holes

    Area united(const Area& other) const;
    Area minus(const Area& other) const;
    Area intersected(const Area& other) const;
    static Area unionOf(const std::vector<Area>& areas);
    // Without polygons smaller than that (what is left along borders that nearly agree).
    Area withoutSlivers(double squareMeters) const;

private:
    struct Impl;
    explicit Area(std::shared_ptr<const Impl> impl);
    std::shared_ptr<const Impl> m_impl;
    GeoBox m_box;
};

} // namespace cordon
