// Loose points sorted into the cells of a grid, so that a view need not look through all of a table whose points lie in
// no order. Internal to render.
#pragma once

#include "core/geo/coordinates.h"

#include <cstdint>
#include <span>
#include <vector>

namespace cordon {

// A projected position in steps of its layer's grid (see PreparedLayer::unitsPerStep). 2^31 steps span the layer, so
// that differences fit an int32; for a layer of the whole world a step is 2 cm, for a country 1 mm or less.
struct GridPoint {
    std::int32_t x = 0;
    std::int32_t y = 0;
    friend bool operator==(const GridPoint&, const GridPoint&) = default;
};
using GridBox = BasicBox<std::int32_t>;

class PointCells {
public:
    PointCells() = default;
    // `bounds` holds all the points.
    PointCells(std::span<const GridPoint> points, const GridBox& bounds);
    // Numbers of the points in `box`, ascending; `points` are those it was made of.
    std::vector<std::uint32_t> within(const GridBox& box, std::span<const GridPoint> points) const;

private:
    struct Cell {
        int column = 0, row = 0;
    };
    Cell cellOf(GridPoint p) const;

    GridBox m_bounds;
    int m_side = 0; // cells in a row, and rows
    double m_cellsPerStepX = 0, m_cellsPerStepY = 0;
    std::vector<std::uint32_t> m_cellStart; // cell c: m_points[m_cellStart[c], m_cellStart[c + 1])
    std::vector<std::uint32_t> m_points;
};

} // namespace cordon
