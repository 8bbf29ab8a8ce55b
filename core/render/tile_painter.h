// The shapes of a display list as pixels, one tile at a time. Internal to render.
#pragma once

#include "core/render/blend.h"
#include "core/render/coverage_sums.h"
#include "core/render/marker_sprites.h"
#include "core/render/raster_tiles.h"
#include "core/render/stroker.h"

#include <array>
#include <span>
#include <stop_token>
#include <vector>

namespace cordon {

// A list with all that its tiles are painted from. The list must outlive it.
struct TiledList {
    const DisplayList& list;
    RasterTiles tiles;
    std::vector<MarkerSprites> sprites; // one a marker style

    // Throws Stopped.
    TiledList(const DisplayList& shapes, int threads, const std::stop_token& stop);
};

enum class Ground { Fresh, Kept }; // the list's background, or what is there

// Some 400 KB: one serves a thread for tile after tile.
class TilePainter {
public:
    // `pixels`: of the tile's top left, rows `stride` pixels apart. Throws Stopped.
    void paint(const TiledList& tiled, int tile, Ground ground, Pixel* pixels, std::ptrdiff_t stride,
               const std::stop_token& stop);

private:
    static constexpr std::ptrdiff_t kStride = CoverageWindow::kMaxWidth; // of m_pixels

    PixelRect wholeTile() const { return {0, 0, m_rect.right - m_rect.left, m_rect.bottom - m_rect.top}; }
    PixelRect onTile(const PageBox& box) const;
    void paintOp(std::uint32_t number, std::span<const TileItem> items);
    void addFill(const OpShape& shape, std::span<const TileItem> items);
    void paintStroke(const OpShape& shape, std::span<const TileItem> items, const StrokeStyle& style,
                     const PixelRect& clip);
    void lay(FillRule rule, Color color, const PixelRect& clip);

    const TiledList* m_tiled = nullptr;
    PixelRect m_rect;               // of the tile
    std::vector<PixelRect> m_clips; // the list's, in the tile's pixels
    // Its pixels, which stay in the processor's cache until they are done.
    std::array<Pixel, static_cast<std::size_t>(kStride) * CoverageWindow::kMaxHeight> m_pixels{};
    CoverageWindow m_window;
    CoverageSums m_sums; // of thin strokes
    Stroker m_stroker;
};

} // namespace cordon
