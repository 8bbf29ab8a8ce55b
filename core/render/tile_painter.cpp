#include "core/render/tile_painter.h"

#include "core/error.h"

#include <algorithm>
#include <cmath>

namespace cordon {

namespace {

constexpr int kOpsBetweenChecks = 64;

void throwIfStopped(const std::stop_token& stop) {
    if (stop.stop_requested())
        throw Stopped{};
}

std::vector<MarkerSprites> makeSprites(const DisplayList& list) {
    constexpr std::uint32_t kMany = 4096; // need nearly every sprite
    std::vector<MarkerSprites> sprites;
    for (const MarkerStyle& marker : list.markers)
        sprites.emplace_back(marker);
    const auto forEachMarkers = [&](const auto& use) {
        for (const Op& op : list.ops)
            if (op.kind == OpKind::Markers)
                use(op.style, list.partStart[op.firstPart], list.partStart[op.firstPart + op.partCount]);
    };
    std::vector<std::uint32_t> counts(sprites.size());
    forEachMarkers([&](std::uint32_t style, std::uint32_t first, std::uint32_t end) { counts[style] += end - first; });
    SpriteScratch scratch;
    for (std::size_t style = 0; style < sprites.size(); ++style)
        if (counts[style] >= kMany)
            sprites[style].prepareAll(scratch);
    forEachMarkers([&](std::uint32_t style, std::uint32_t first, std::uint32_t end) {
        for (std::uint32_t i = first; counts[style] < kMany && i < end; ++i)
            sprites[style].prepare(list.points[i], scratch);
    });
    return sprites;
}

// Colours a few pixels of a row by their coverages.
class RowBlender {
public:
    RowBlender(Color color, Pixel* pixels, std::ptrdiff_t stride)
        : m_pixels(pixels), m_stride(stride), m_pixel(opaquePixel(color)), m_alpha(color.a), m_brush(color) {}
    void operator()(int y, int x, int count, const std::uint8_t* coverages) const {
        Pixel* at = m_pixels + y * m_stride + x;
        if (count == Brush::kPixels) {
            m_brush.blend(at, coverages);
            return;
        }
        for (int i = 0; i < count; ++i)
            blendSpan(at + i, static_cast<std::uint8_t>(dividedBy255(coverages[i] * m_alpha)), 1, m_pixel);
    }
    void span(int y, int x, int count, std::uint8_t coverage) const {
        blendSpan(m_pixels + y * m_stride + x, static_cast<std::uint8_t>(dividedBy255(coverage * m_alpha)), count,
                  m_pixel);
    }

private:
    Pixel* m_pixels;
    std::ptrdiff_t m_stride;
    Pixel m_pixel;
    std::uint32_t m_alpha;
    Brush m_brush;
};

} // namespace

TiledList::TiledList(const DisplayList& shapes, int threads, const std::stop_token& stop)
    : list(shapes), tiles(shapes, threads, stop), sprites(makeSprites(shapes)) {}

void TilePainter::paint(const TiledList& tiled, int tile, Ground ground, Pixel* pixels, std::ptrdiff_t stride,
                        const std::stop_token& stop) {
    m_tiled = &tiled;
    m_rect = tiled.tiles.tileRect(tile);
    const PixelRect all = wholeTile();
    m_clips.clear();
    for (const PageBox& box : tiled.list.clips)
        m_clips.push_back(onTile(box));
    m_window.setSize(all.right, all.bottom);
    m_sums.setSize(all.right, all.bottom);
    if (ground == Ground::Fresh)
        std::fill_n(m_pixels.data(), kStride * all.bottom, premultipliedPixel(tiled.list.background));
    else
        for (int y = 0; y < all.bottom; ++y)
            std::copy_n(pixels + y * stride, all.right, m_pixels.data() + y * kStride);
    int untilCheck = 0;
    tiled.tiles.forEachOp(tile, [&](std::uint32_t op, std::span<const TileItem> items) {
        if (--untilCheck < 0) {
            untilCheck = kOpsBetweenChecks;
            throwIfStopped(stop);
        }
        paintOp(op, items);
    });
    for (int y = 0; y < all.bottom; ++y)
        std::copy_n(m_pixels.data() + y * kStride, all.right, pixels + y * stride);
}

// In the tile's pixels.
PixelRect TilePainter::onTile(const PageBox& box) const {
    const PixelRect all = wholeTile();
    const auto pixel = [](float v) { return static_cast<int>(std::lrint(std::clamp(v, -1.0e6F, 1.0e6F))); };
    return {std::max(0, pixel(box.minX) - m_rect.left), std::max(0, pixel(box.minY) - m_rect.top),
            std::min(all.right, pixel(box.maxX) - m_rect.left), std::min(all.bottom, pixel(box.maxY) - m_rect.top)};
}

void TilePainter::paintOp(std::uint32_t number, std::span<const TileItem> items) {
    const DisplayList& list = m_tiled->list;
    const Op& op = list.ops[number];
    const PixelRect clip = op.clip < m_clips.size() ? m_clips[op.clip] : wholeTile();
    if (clip.isEmpty())
        return;
    switch (op.kind) {
    case OpKind::Fill:
        addFill(m_tiled->tiles.shape(number), items);
        lay(FillRule::EvenOdd, list.fills[op.style], clip);
        break;
    case OpKind::Letters:
        addFill(m_tiled->tiles.shape(number), items);
        lay(FillRule::NonZero, list.fills[op.style], clip);
        break;
    case OpKind::Stroke:
        paintStroke(m_tiled->tiles.shape(number), items, list.strokes[op.style], clip);
        break;
    case OpKind::Markers:
        // A tile's points lie anywhere in the list: all are on their way before the first is used.
        for (const TileItem& item : items)
            __builtin_prefetch(&list.points[item.index]);
        for (const TileItem& item : items)
            m_tiled->sprites[op.style].stamp(list.points[item.index], m_pixels.data(), kStride, m_rect.left, m_rect.top,
                                             clip);
        break;
    }
}

void TilePainter::addFill(const OpShape& shape, std::span<const TileItem> items) {
    const WindowOrigin origin{m_rect.left, m_rect.top};
    for (const TileItem& item : items) {
        const std::span<const PagePoint> ring = shape.part(item.index);
        FixedPoint previous = origin.fixed(ring.back().x, ring.back().y);
        for (const PagePoint& p : ring) {
            const FixedPoint next = origin.fixed(p.x, p.y);
            m_window.addEdge(previous, next);
            previous = next;
        }
    }
}

void TilePainter::paintStroke(const OpShape& shape, std::span<const TileItem> items, const StrokeStyle& style,
                              const PixelRect& clip) {
    const WindowOrigin origin{m_rect.left, m_rect.top};
    if (m_tiled->list.exact || !Stroker::isThin(style)) {
        for (const TileItem& item : items)
            m_stroker.add(shape.part(item.index), style, origin, m_window);
        lay(FillRule::NonZero, style.color, clip);
        return;
    }
    for (const TileItem& item : items)
        m_stroker.addThin(shape.part(item.index), style, origin, m_sums);
    m_sums.sweep(clip, RowBlender(style.color, m_pixels.data(), kStride));
}

// Colours what the window holds.
void TilePainter::lay(FillRule rule, Color color, const PixelRect& clip) {
    const RowBlender blender(color, m_pixels.data(), kStride);
    m_window.sweep(rule, clip, blender,
                   [&](int y, int x, int count, std::uint8_t coverage) { blender.span(y, x, count, coverage); });
}

} // namespace cordon
