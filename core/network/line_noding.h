// Where lines are cut into edges: the steps of the graph builder that look at geometry alone.
//
//  1. Vertices of the very same coordinates meet: where one of them is the end of a line, or both are on the same level
//     (bridge, tunnel, layer). A vertex along which two lines run together is no meeting.
//  2. Lines of the same level that cross, or touch with a vertex, meet there, except in layers cut as OpenStreetMap is.
//  3. Loose ends join the nearest line or end within the tolerance, whatever its level (loose_ends.h).
// A node stands at the smallest coordinates of what meets there, so that the order of the lines does not matter.
#pragma once

#include "core/network/line_index.h"

#include <vector>

namespace cordon {

struct Cut {
    std::uint32_t chain = 0;
    double position = 0;     // along the chain, in vertices
    std::uint32_t point = 0; // see Noding
};

// Points that cuts refer to; united ones become one node. The ends of chain c are points 2 c and 2 c + 1.
class Noding {
public:
    explicit Noding(const RoadGraph& graph);

    void meetAtVertices(bool interiorsToo);
    void meetAtCrossings(const LineIndex& index, const std::vector<std::uint8_t>& crosses); // per table
    // Adds a cut and returns its point.
    std::uint32_t cutAt(std::uint32_t chain, double position, LonLat at);
    void unite(std::uint32_t a, std::uint32_t b);
    std::uint32_t rootOf(std::uint32_t point) const;

    const std::vector<Cut>& cuts() const { return m_cuts; }
    const std::vector<LonLat>& points() const { return m_points; }

private:
    std::int8_t levelOf(std::uint32_t chain) const { return m_graph.attributes[chain].level; }
    void crossSegments(std::uint32_t chainA, std::uint32_t a, std::uint32_t chainB, std::uint32_t b,
                       std::vector<std::pair<Cut, Cut>>& found, std::vector<LonLat>& where) const;

    const RoadGraph& m_graph;
    std::vector<LonLat> m_points;
    mutable std::vector<std::uint32_t> m_parent; // union-find; mutable: paths are shortened when asked
    std::vector<Cut> m_cuts;                     // interior ones
};

} // namespace cordon
