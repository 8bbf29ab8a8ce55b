// Which parts of a display list touch which tile of the picture. Internal to render.
#pragma once

#include "core/render/coverage.h"
#include "core/render/display_list.h"

#include <span>
#include <stop_token>
#include <vector>

namespace cordon {

// Geometry an op is drawn with: the list's own, or its dashes.
struct OpShape {
    const PagePoint* points = nullptr;
    const std::uint32_t* partStart = nullptr; // of the list or the dashes
    std::uint32_t firstPart = 0;
    std::uint32_t partCount = 0;

    std::span<const PagePoint> part(std::uint32_t p) const {
        return {points + partStart[p], partStart[p + 1] - partStart[p]};
    }
};

// Something to draw in a tile: a part of an op, or (markers) a point of it.
struct TileItem {
    std::uint32_t op = 0;
    std::uint32_t index = 0;
};

// The picture cut into tiles of CoverageWindow's size; what is drawn in each, in painting order. The cut depends on the
// picture's size only.
class RasterTiles {
public:
    RasterTiles(const DisplayList& list, int threads, std::stop_token stop);

    int columnCount() const { return m_columns; }
    int rowCount() const { return m_rows; }
    int tileCount() const { return m_columns * m_rows; } // row by row
    PixelRect tileRect(int tile) const;
    OpShape shape(std::uint32_t op) const;
    // Calls draw(op, items of it) for each op that touches the tile.
    template <class Draw> void forEachOp(int tile, const Draw& draw) const;

private:
    struct Dashes { // of some ops
        std::vector<PagePoint> points;
        std::vector<std::uint32_t> partStart{0};
        std::vector<std::uint32_t> firstPart{0}; // of each op, and the end
    };
    struct PlacedItem {
        std::uint32_t tile;
        TileItem item;
    };
    struct Chunk {                        // a run of ops; items tile by tile, each tile's in painting order
        std::vector<std::uint32_t> start; // of each tile's items, and the end
        std::vector<TileItem> items;
    };

    void makeDashes(int threads, const std::stop_token& stop);
    void sortIntoTiles(int threads, const std::stop_token& stop);
    void placeOp(std::uint32_t op, std::vector<PlacedItem>& placed) const;
    void place(const PageBox& box, TileItem item, std::vector<PlacedItem>& placed) const;
    Chunk sorted(std::span<const PlacedItem> placed) const;

    const DisplayList& m_list;
    int m_columns = 0, m_rows = 0;
    std::vector<std::uint32_t> m_dashNumbers; // op by op, from 1 on; 0: solid. Empty where all are
    std::vector<Dashes> m_dashes;             // of kOpsAtOnce dashed ops each
    std::vector<Chunk> m_chunks;              // in order
};

template <class Draw> void RasterTiles::forEachOp(int tile, const Draw& draw) const {
    for (const Chunk& chunk : m_chunks) {
        const std::uint32_t* start = &chunk.start[static_cast<std::size_t>(tile)];
        const std::span<const TileItem> items(chunk.items.data() + start[0], start[1] - start[0]);
        for (std::size_t begin = 0, end = 0; begin < items.size(); begin = end) {
            while (end < items.size() && items[end].op == items[begin].op)
                ++end;
            draw(items[begin].op, items.subspan(begin, end - begin));
        }
    }
}

} // namespace cordon
