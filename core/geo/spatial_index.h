// A packed Hilbert R-tree: built once from boxes, immutable, queried from any thread. Items are their positions in the
// input. Layout as FlatGeobuf and Flatbush describe it (16 children a node, nodes level by level in one array).
#pragma once

#include "core/geo/coordinates.h"

#include <cstdint>
#include <span>
#include <vector>

namespace cordon {

using FloatBox = BasicBox<float>; // rounded outwards when made from doubles: see outwardBox()
FloatBox outwardBox(double minX, double minY, double maxX, double maxY);

class SpatialIndex {
public:
    SpatialIndex() = default;
    // Empty boxes (min > max) are allowed and never found.
    explicit SpatialIndex(std::span<const FloatBox> boxes);

    bool isEmpty() const { return m_itemCount == 0; }
    const FloatBox& bounds() const { return m_bounds; }
    // Positions whose box touches `box`, ascending (so that drawing keeps file order). Appends to `out`.
    void query(const FloatBox& box, std::vector<std::uint32_t>& out) const;

private:
    std::uint32_t m_itemCount = 0;
    FloatBox m_bounds;
    std::vector<FloatBox> m_boxes;        // leaves first, root last
    std::vector<std::uint32_t> m_indices; // leaf: item; inner node: first child
    std::vector<std::uint32_t> m_levelEnds;
};

} // namespace cordon
