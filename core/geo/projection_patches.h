// A projection of very many points: polynomials fitted to the exact one over patches of an extent, some ten times as
// fast as PROJ.
#pragma once

#include "core/geo/crs.h"

#include <cstdint>
#include <stop_token>
#include <vector>

namespace cordon {

// Immutable once made: shared by threads. Patches that do not come within the tolerance (a seam of the projection, its
// far side, a pole) are left to the exact projection.
class ProjectionPatches {
public:
    // `toleranceUnits`: the greatest error allowed, in units of the CRS. Takes some ms; throws Stopped when
    // asked to stop.
    ProjectionPatches(const Projection& exact, const GeoBox& extent, double toleranceUnits,
                      const std::stop_token& stop = {});

    // As Projection::forward(). `exact` is the calling thread's own.
    void forward(std::span<const LonLat> in, std::span<MapPoint> out, const Projection& exact) const;

private:
    static constexpr int kPatches = 32; // a side
    static constexpr int kNodes = 6;    // a side of a patch: polynomials of degree 5 in longitude and in latitude
    // Of x and y at once. [v][u]: the factor of u^i v^j, u and v being -1..1 across the patch.
    using Pair = double __attribute__((vector_size(16)));
    struct Patch {
        Pair factors[kNodes][kNodes];
    };

    Pair valueAt(const Patch& patch, double u, double v) const;
    LonLat placeIn(int column, int row, double u, double v) const;
    void fit(const Projection& exact, const std::stop_token& stop);
    void check(const Projection& exact, double toleranceUnits, const std::stop_token& stop);

    GeoBox m_extent;
    double m_columnDegrees = 0, m_rowDegrees = 0;
    std::vector<Patch> m_patches;
    std::vector<std::uint8_t> m_isGood;
};

} // namespace cordon
