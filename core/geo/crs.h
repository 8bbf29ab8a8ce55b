// Coordinate reference systems (ISO 19111) through PROJ. x is always east/longitude, y north/latitude.
#pragma once

#include "core/geo/coordinates.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace cordon {

// A CRS definition: a plain value, cheap to copy, safe to share between threads.
class Crs {
public:
    Crs(); // WGS 84 (EPSG:4326, longitude first)
    // "EPSG:32629", "+proj=...", WKT, PROJJSON or a name PROJ knows. Throws Error naming what was not understood.
    static Crs fromText(const std::string& text);
    static Crs webMercator(); // EPSG:3857

    const std::string& definition() const; // what fromText() takes back: "EPSG:n" where known, else WKT2
    const std::string& name() const;       // for people: "WGS 84 / UTM zone 29N"
    bool isGeographic() const;
    bool isWebMercator() const;
    bool isWgs84() const;         // degrees on WGS 84: no transformation needed
    double metersPerUnit() const; // of a projected CRS; for a geographic one, of a degree at the equator

    friend bool operator==(const Crs& a, const Crs& b) { return a.definition() == b.definition(); }

private:
    friend class Projection;
    struct Impl;
    explicit Crs(std::shared_ptr<const Impl> impl) : m_impl(std::move(impl)) {}
    std::shared_ptr<const Impl> m_impl;
};

// WGS 84 <-> a CRS. Move-only, one per thread. Web Mercator and WGS 84 go through closed forms, all else through PROJ.
class Projection {
public:
    explicit Projection(const Crs& crs);
    Projection(Projection&&) noexcept;
    Projection& operator=(Projection&&) noexcept;
    ~Projection();

    // nullopt where the projection has no finite answer (a pole in Mercator, the far side of the globe).
    std::optional<MapPoint> forward(LonLat p) const;
    std::optional<LonLat> inverse(MapPoint p) const;

    // Bulk forms; sizes must agree. A point without a finite answer becomes NaN; returns how many did.
    std::size_t forward(std::span<const LonLat> in, std::span<MapPoint> out) const;
    std::size_t inverse(std::span<const MapPoint> in, std::span<LonLat> out) const;

    // Box in the CRS of all that lies in `box` (edges are sampled, since straight edges do not stay straight).
    MapBox forward(const GeoBox& box) const;
    GeoBox inverse(const MapBox& box) const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace cordon
