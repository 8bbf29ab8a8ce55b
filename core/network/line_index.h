// Finds lines near a point or a box: runs of a few segments of each chain in a packed R-tree. Read from any thread.
#pragma once

#include "core/geo/spatial_index.h"
#include "core/network/road_graph.h"

#include <functional>
#include <optional>

namespace cordon {

struct SegmentRun {
    std::uint32_t chain = 0, first = 0, end = 0; // segment i is from vertex i to i + 1; end excluded
};

struct NearestOnLine {
    std::uint32_t chain = kNone;
    double position = 0; // along the chain, in vertices
    LonLat point;
    double meters = 0;
};

class LineIndex {
public:
    LineIndex() = default;
    // Of the chains of `graph`, which must outlive it.
    explicit LineIndex(const RoadGraph& graph);

    const std::vector<SegmentRun>& runs() const { return m_runs; }
    // Appends the runs whose box touches `box`, ascending.
    void query(const FloatBox& box, std::vector<std::uint32_t>& out) const { m_index.query(box, out); }
    // The nearest point of a line within `mostMeters`; of equally near ones the first in the order of the chains.
    // `accepts` leaves out what it refuses; it is asked only for what would be nearer.
    using Accepts = std::function<bool(const NearestOnLine&)>;
    std::optional<NearestOnLine> nearest(LonLat p, double mostMeters, const Accepts& accepts = {}) const;

private:
    const RoadGraph* m_graph = nullptr;
    std::vector<SegmentRun> m_runs;
    SpatialIndex m_index;
};

FloatBox boxOfRun(const RoadGraph& graph, const SegmentRun& run);

} // namespace cordon
