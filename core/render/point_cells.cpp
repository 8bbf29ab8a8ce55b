#include "core/render/point_cells.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace cordon {

namespace {

constexpr double kPointsPerCell = 64;

} // namespace

PointCells::PointCells(std::span<const GridPoint> points, const GridBox& bounds)
    : m_bounds(bounds),
      m_side(std::max(1, static_cast<int>(std::sqrt(static_cast<double>(points.size()) / kPointsPerCell)))),
      m_cellsPerStepX(m_side / (static_cast<double>(bounds.maxX) - bounds.minX + 1)),
      m_cellsPerStepY(m_side / (static_cast<double>(bounds.maxY) - bounds.minY + 1)),
      m_cellStart(static_cast<std::size_t>(m_side) * static_cast<std::size_t>(m_side) + 2), m_points(points.size()) {
    const auto cellNumber = [&](GridPoint p) {
        const Cell cell = cellOf(p);
        return static_cast<std::size_t>(cell.row) * static_cast<std::size_t>(m_side) +
               static_cast<std::size_t>(cell.column);
    };
    // Counted one cell on, so that while the points are sorted in, each start moves to where it belongs.
    for (const GridPoint p : points)
        ++m_cellStart[cellNumber(p) + 2];
    for (std::size_t c = 2; c < m_cellStart.size(); ++c)
        m_cellStart[c] += m_cellStart[c - 1];
    for (std::uint32_t i = 0; i < points.size(); ++i)
        m_points[m_cellStart[cellNumber(points[i]) + 1]++] = i;
}

PointCells::Cell PointCells::cellOf(GridPoint p) const {
    const auto number = [this](double steps, double perStep) {
        return static_cast<int>(std::clamp(steps * perStep, 0.0, m_side - 1.0));
    };
    return {number(static_cast<double>(p.x) - m_bounds.minX, m_cellsPerStepX),
            number(static_cast<double>(p.y) - m_bounds.minY, m_cellsPerStepY)};
}

std::vector<std::uint32_t> PointCells::within(const GridBox& box, std::span<const GridPoint> points) const {
    // As bits: of numbers in no order this is the fastest way to put them in theirs.
    std::vector<std::uint64_t> found((points.size() + 63) / 64);
    std::size_t count = 0;
    const Cell first = cellOf({box.minX, box.minY}), last = cellOf({box.maxX, box.maxY});
    for (int row = first.row; row <= last.row; ++row)
        for (int column = first.column; column <= last.column; ++column) {
            const std::size_t cell =
                static_cast<std::size_t>(row) * static_cast<std::size_t>(m_side) + static_cast<std::size_t>(column);
            const bool isInside = row > first.row && row < last.row && column > first.column && column < last.column;
            for (std::uint32_t i = m_cellStart[cell]; i < m_cellStart[cell + 1]; ++i) {
                const std::uint32_t point = m_points[i];
                if (isInside || box.contains(points[point].x, points[point].y)) {
                    found[point / 64] |= 1ULL << (point % 64);
                    ++count;
                }
            }
        }
    std::vector<std::uint32_t> ascending;
    ascending.reserve(count);
    for (std::size_t word = 0; word < found.size(); ++word)
        for (std::uint64_t bits = found[word]; bits != 0; bits &= bits - 1)
            ascending.push_back(static_cast<std::uint32_t>(word * 64) +
                                static_cast<std::uint32_t>(std::countr_zero(bits)));
    return ascending;
}

} // namespace cordon
