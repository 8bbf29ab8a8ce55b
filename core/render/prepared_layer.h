// One table made ready to draw in one CRS. Internal to render.
#pragma once

#include "core/geo/crs.h"
#include "core/geo/spatial_index.h"
#include "core/model/feature_table.h"
#include "core/model/style.h"
#include "core/render/point_cells.h"
#include "core/render/raw_array.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace cordon {

struct GridPoints {
    RawArray<GridPoint> data;
    std::size_t size = 0;

    GridPoints() = default;
    explicit GridPoints(std::size_t count) : data(makeRawArray<GridPoint>(count)), size(count) {}
};

// A level of detail: thinned parts, made in blocks of features as views first need them, then kept.
struct GridBlock { // never changes once it is there; points at what its level holds
    const GridPoint* points = nullptr;
    const std::uint32_t* partStart = nullptr; // of the block's parts, and the end; null: not there yet
};
struct GridLevel {
    std::vector<GridBlock> blocks;
    // Of all blocks that were made at once: in large pieces, which the system gives faster than many small ones.
    std::vector<RawArray<GridPoint>> points;
    std::vector<RawArray<std::uint32_t>> partStarts;
};
// Level l: tolerance 2^(l / kLevelsPerDoubling) steps.
constexpr int kLevelsPerDoubling = 4;
constexpr int kLevels = 31 * kLevelsPerDoubling;
using VertexRank = std::uint8_t; // see generalise.h

class PreparedLayer;

// Parts at the level of detail chosen for a view. Valid for the features it was asked for, as long as the layer lives.
class GridGeometry {
public:
    GridGeometry(const PreparedLayer& layer, const GridLevel* level) : m_layer(layer), m_level(level) {}
    std::span<const GridPoint> part(std::uint32_t feature, std::uint32_t part) const;

private:
    const PreparedLayer& m_layer;
    const GridLevel* m_level; // null: every vertex
};

class PreparedLayer {
public:
    static constexpr std::uint8_t kNoRule = 255;

    // Projects the whole table on all cores. Throws Stopped. `exact`: never generalise, never round to the grid.
    PreparedLayer(std::shared_ptr<const FeatureTable> table, const Crs& crs, bool exact, std::stop_token stop);

    const FeatureTable& table() const { return *m_table; }
    bool isExact() const { return m_exact; }
    double originX() const { return m_originX; } // map units of step 0
    double originY() const { return m_originY; }
    double unitsPerStep() const { return m_unitsPerStep; }
    // False when a step would show at this resolution: then the table's own coordinates must be projected.
    bool gridSuffices(double unitsPerPx) const {
        return !m_exact && std::max(m_unitsPerStep * 8, m_errorUnits * 10) < unitsPerPx;
    }

    // Whether each feature is one point, part f and vertex f of feature f.
    bool isLoosePoints() const { return m_isLoosePoints; }
    // Empty (min > max) for features without a drawable point.
    GridBox featureBox(std::uint32_t feature) const {
        if (!m_isLoosePoints)
            return m_featureBoxes[feature];
        const GridPoint p = m_points.data[feature];
        return {p.x, p.y, p.x, p.y};
    }
    GridBox gridBox(const MapBox& box) const; // outwards, clamped to what a grid holds
    // Features whose box touches `box`, ascending.
    std::vector<std::uint32_t> visible(const GridBox& box) const;

    // Geometry that departs from the exact one by at most `toleranceUnits`: thinned where the features have so many
    // vertices that it pays, or the table has where it is to be `Alike` in all views of a scale, else whole. Depends on
    // the arguments only, never on what was asked before.
    enum class Thinning : std::uint8_t { WherePaying, Alike };
    GridGeometry geometry(double toleranceUnits, std::span<const std::uint32_t> features, std::stop_token stop,
                          Thinning thinning = Thinning::WherePaying) const;

    // For every feature the first of `rules` whose conditions hold, else kNoRule. `rules` are condition lists.
    std::shared_ptr<const std::vector<std::uint8_t>> firstMatches(const std::vector<std::vector<Condition>>& rules,
                                                                  const std::stop_token& stop = {}) const;

private:
    friend class GridGeometry;
    std::uint32_t blockFeatures() const { return 1U << m_blockShift; }

    void chooseGrid(const MapBox& bounds);
    GridPoint toGrid(double x, double y) const;
    void projectMercator(std::stop_token stop);
    void projectAny(const Crs& crs, std::stop_token stop);
    void dropUndefined();
    bool areLoosePoints() const;
    void makeBoxes(const std::stop_token& stop);
    void makeBlockBoxes(const std::stop_token& stop);
    std::span<const GridPoint> basePart(std::uint32_t part) const {
        return {m_points.data.get() + m_partStart[part], m_partStart[part + 1] - m_partStart[part]};
    }
    std::span<VertexRank> ranks(std::uint32_t part) const {
        return {m_ranks.get() + m_partStart[part], m_partStart[part + 1] - m_partStart[part]};
    }
    void appendVisible(std::uint32_t block, const GridBox& box, std::vector<std::uint32_t>& out) const;
    bool isWorthThinning(std::span<const std::uint32_t> features) const;
    void rankBlock(std::uint32_t block, int level) const;
    struct PartRange {
        std::uint32_t first, end;
    };
    PartRange partsOfBlock(std::uint32_t block) const;
    std::size_t mostPoints(std::uint32_t block, int level) const;
    void makeBlock(std::uint32_t block, int level, GridPoint* points, std::uint32_t* partStart) const;
    void fillBlocks(int level, std::span<const std::uint32_t> features, std::stop_token stop) const;
    const SpatialIndex& index() const;
    const PointCells& cells() const;

    std::shared_ptr<const FeatureTable> m_table;
    bool m_exact = false;
    double m_originX = 0, m_originY = 0, m_unitsPerStep = 1;
    double m_errorUnits = 0;                // of the projection, beside that of the grid
    GridPoints m_points;                    // every vertex
    std::vector<std::uint32_t> m_partStart; // into m_points
    bool m_isLoosePoints = false;
    std::vector<GridBox> m_featureBoxes; // none of loose points
    int m_blockShift = 8;                // 2^that features a block, fewer where they have many vertices
    std::vector<GridBox> m_blockBoxes;   // of blockFeatures() each
    GridBox m_bounds;
    mutable std::mutex m_levelsMutex; // held while blocks are added and vertices are ranked
    mutable std::unique_ptr<GridLevel[]> m_levels;
    mutable RawArray<VertexRank> m_ranks; // of every vertex, in the blocks that have a level; null if none has
    mutable std::vector<VertexRank> m_rankedLevels; // of each block, the finest
    mutable std::once_flag m_indexOnce;
    mutable SpatialIndex m_index;
    mutable PointCells m_cells; // instead of it, of loose points
    mutable std::mutex m_matchesMutex;
    mutable std::map<std::string, std::shared_ptr<const std::vector<std::uint8_t>>> m_matches;
};

inline std::span<const GridPoint> GridGeometry::part(std::uint32_t feature, std::uint32_t part) const {
    if (m_level == nullptr)
        return m_layer.basePart(part);
    const std::uint32_t block = feature >> m_layer.m_blockShift;
    const GridBlock& b = m_level->blocks[block];
    const std::uint32_t local =
        part - m_layer.m_table->geometry.featureStart[std::size_t{block} << m_layer.m_blockShift];
    return {b.points + b.partStart[local], b.partStart[local + 1] - b.partStart[local]};
}

} // namespace cordon
