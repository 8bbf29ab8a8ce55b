#include "core/render/raster_canvas.h"

#include "core/error.h"
#include "core/render/blend.h"
#include "core/render/marker_sprites.h"
#include "core/render/parallel.h"
#include "core/render/raster_tiles.h"
#include "core/render/render.h"
#include "core/render/stroker.h"
#include "core/render/text.h"

#include <QPainter>
#include <cmath>
#include <new>

namespace cordon {

namespace {

enum class Ground { Fresh, Kept }; // the list's background, or what is there

// Draws one tile after another into the picture; one painter a thread.
class TilePainter {
public:
    TilePainter(const DisplayList& list, const RasterTiles& tiles, const std::vector<MarkerSprites>& sprites,
                QImage& image, Ground ground, const std::stop_token& stop)
        : m_list(list), m_tiles(tiles), m_sprites(sprites), m_stop(stop), m_ground(ground),
          m_picture(reinterpret_cast<Pixel*>(image.bits())), m_pictureStride(image.bytesPerLine() / 4) {}

    void paint(int tile) {
        m_rect = m_tiles.tileRect(tile);
        m_window.setSize(wholeTile().right, wholeTile().bottom);
        m_sums.setSize(wholeTile().right, wholeTile().bottom);
        takeGround();
        m_runs.clear();
        m_tiles.forEachOp(tile, [&](std::uint32_t op, std::span<const TileItem> items) {
            m_runs.push_back({op, items});
        });
        // The markers on top come first, so that what they hide need not be drawn, and are stamped last.
        std::size_t top = m_runs.size();
        while (top > 0 && isOnlyMarkers(m_runs[top - 1]))
            --top;
        m_top.clear();
        pile(top, m_runs.size(), m_top);
        int untilCheck = 0;
        for (std::size_t i = 0, end = 0; i < top; i = end) {
            if (--untilCheck < 0) {
                untilCheck = kOpsBetweenChecks;
                throwIfStopped();
            }
            end = i + 1;
            if (!isOnlyMarkers(m_runs[i])) {
                paintOp(m_runs[i].op, m_runs[i].items);
                continue;
            }
            while (end < top && isOnlyMarkers(m_runs[end]))
                ++end;
            m_inner.clear();
            pile(i, end, m_inner);
            stamp(m_inner);
        }
        throwIfStopped();
        stamp(m_top);
        layIntoPicture();
    }

private:
    static constexpr int kOpsBetweenChecks = 64;
    static constexpr std::ptrdiff_t kStride = CoverageWindow::kMaxWidth; // of a tile

    struct Run { // items of one op
        std::uint32_t op;
        std::span<const TileItem> items;
    };
    // Markers of ops that follow one another, without those that the later ones hide.
    struct Pile {
        struct Stamp {
            PagePoint at;
            const MarkerSprites* sprites;
        };
        std::vector<Stamp> stamps; // last first
        bool isDense = false;      // so many that what they cover was noted
        CoveredPixels covered;

        void clear() {
            stamps.clear();
            isDense = false;
        }
    };

    void throwIfStopped() const {
        if (m_stop.stop_requested())
            throw Stopped{};
    }

    PixelRect wholeTile() const { return {0, 0, m_rect.right - m_rect.left, m_rect.bottom - m_rect.top}; }

    Pixel* pictureRow(int y) const { return m_picture + (m_rect.top + y) * m_pictureStride + m_rect.left; }

    void takeGround() {
        const PixelRect tile = wholeTile();
        if (m_ground == Ground::Fresh)
            std::fill_n(m_pixels.data(), kStride * tile.bottom, premultipliedPixel(m_list.background));
        else
            for (int y = 0; y < tile.bottom; ++y)
                std::copy_n(pictureRow(y), tile.right, m_pixels.data() + y * kStride);
    }

    void layIntoPicture() const {
        const PixelRect tile = wholeTile();
        for (int y = 0; y < tile.bottom; ++y)
            std::copy_n(m_pixels.data() + y * kStride, tile.right, pictureRow(y));
    }

    // Markers that no clip cuts in this tile.
    bool isOnlyMarkers(const Run& run) const {
        const Op& op = m_list.ops[run.op];
        return op.kind == OpKind::Markers && clipOf(op) == wholeTile();
    }

    void pile(std::size_t firstRun, std::size_t endRun, Pile& to) {
        constexpr std::size_t kMany = 256;
        std::size_t count = 0;
        for (std::size_t r = firstRun; r < endRun; ++r)
            count += m_runs[r].items.size();
        to.isDense = count >= kMany && !m_list.exact;
        if (to.isDense)
            to.covered.reset(wholeTile());
        for (std::size_t r = endRun; r-- > firstRun;) {
            const std::span<const TileItem> items = m_runs[r].items;
            const MarkerSprites& sprites = m_sprites[m_list.ops[m_runs[r].op].style];
            // A tile's points lie anywhere in the list: all are on their way before the first is used.
            for (const TileItem& item : items)
                __builtin_prefetch(&m_list.points[item.index]);
            for (std::size_t i = items.size(); i-- > 0;) {
                const PagePoint at = m_list.points[items[i].index];
                if (!to.isDense || !sprites.isHidden(at, m_rect.left, m_rect.top, wholeTile(), to.covered))
                    to.stamps.push_back({at, &sprites});
            }
        }
    }

    void stamp(const Pile& pile) {
        for (auto s = pile.stamps.rbegin(); s != pile.stamps.rend(); ++s)
            s->sprites->stamp(s->at, m_pixels.data(), kStride, m_rect.left, m_rect.top, wholeTile());
    }

    // The op's clip in the tile's pixels.
    PixelRect clipOf(const Op& op) const {
        const int width = m_rect.right - m_rect.left, height = m_rect.bottom - m_rect.top;
        if (op.clip >= m_list.clips.size())
            return {0, 0, width, height};
        const PageBox& box = m_list.clips[op.clip];
        const auto pixel = [](float v) { return static_cast<int>(std::lrint(std::clamp(v, -1.0e6F, 1.0e6F))); };
        return {std::max(0, pixel(box.minX) - m_rect.left), std::max(0, pixel(box.minY) - m_rect.top),
                std::min(width, pixel(box.maxX) - m_rect.left), std::min(height, pixel(box.maxY) - m_rect.top)};
    }

    void paintOp(std::uint32_t number, std::span<const TileItem> items) {
        const Op& op = m_list.ops[number];
        const PixelRect clip = clipOf(op);
        if (clip.isEmpty())
            return;
        switch (op.kind) {
        case OpKind::Fill:
            addFill(m_tiles.shape(number), items);
            lay(FillRule::EvenOdd, m_list.fills[op.style], clip);
            break;
        case OpKind::Letters:
            addFill(m_tiles.shape(number), items);
            lay(FillRule::NonZero, m_list.fills[op.style], clip);
            break;
        case OpKind::Stroke:
            paintStroke(m_tiles.shape(number), items, m_list.strokes[op.style], clip);
            break;
        case OpKind::Markers:
            for (const TileItem& item : items)
                m_sprites[op.style].stamp(m_list.points[item.index], m_pixels.data(), kStride, m_rect.left, m_rect.top,
                                          clip);
            break;
        }
    }

    void addFill(const OpShape& shape, std::span<const TileItem> items) {
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

    void paintStroke(const OpShape& shape, std::span<const TileItem> items, const StrokeStyle& style,
                     const PixelRect& clip) {
        const WindowOrigin origin{m_rect.left, m_rect.top};
        const CoveredPixels* covered = m_top.isDense ? &m_top.covered : nullptr;
        if (m_list.exact || !Stroker::isThin(style)) {
            for (const TileItem& item : items)
                m_stroker.add(shape.part(item.index), style, origin, m_window, covered);
            lay(FillRule::NonZero, style.color, clip);
            return;
        }
        for (const TileItem& item : items)
            m_stroker.addThin(shape.part(item.index), style, origin, m_sums, covered);
        const RowBlender blender(style.color, m_pixels.data());
        m_sums.sweep(clip, blender);
    }

    // Colours a few pixels of a row by their coverages.
    class RowBlender {
    public:
        RowBlender(Color color, Pixel* pixels)
            : m_pixels(pixels), m_pixel(opaquePixel(color)), m_alpha(color.a), m_brush(color) {}
        void operator()(int y, int x, int count, const std::uint8_t* coverages) const {
            Pixel* at = m_pixels + y * kStride + x;
            if (count == Brush::kPixels) {
                m_brush.blend(at, coverages);
                return;
            }
            for (int i = 0; i < count; ++i)
                blendSpan(at + i, static_cast<std::uint8_t>(dividedBy255(coverages[i] * m_alpha)), 1, m_pixel);
        }
        void span(int y, int x, int count, std::uint8_t coverage) const {
            blendSpan(m_pixels + y * kStride + x, static_cast<std::uint8_t>(dividedBy255(coverage * m_alpha)), count,
                      m_pixel);
        }

    private:
        Pixel* m_pixels;
        Pixel m_pixel;
        std::uint32_t m_alpha;
        Brush m_brush;
    };

    // Colours what the window holds.
    void lay(FillRule rule, Color color, const PixelRect& clip) {
        const RowBlender blender(color, m_pixels.data());
        m_window.sweep(rule, clip, blender,
                       [&](int y, int x, int count, std::uint8_t coverage) { blender.span(y, x, count, coverage); });
    }

    const DisplayList& m_list;
    const RasterTiles& m_tiles;
    const std::vector<MarkerSprites>& m_sprites;
    const std::stop_token& m_stop;
    Ground m_ground;
    Pixel* m_picture;
    std::ptrdiff_t m_pictureStride;
    PixelRect m_rect; // of the tile
    // Its pixels, which stay in the processor's cache until they are done.
    std::array<Pixel, static_cast<std::size_t>(kStride) * CoverageWindow::kMaxHeight> m_pixels{};
    CoverageWindow m_window;
    CoverageSums m_sums; // of thin strokes
    Stroker m_stroker;
    std::vector<Run> m_runs; // of the tile, in painting order
    Pile m_top, m_inner;     // the markers above all else; some below
};

std::vector<MarkerSprites> makeSprites(const DisplayList& list) {
    std::vector<MarkerSprites> sprites;
    for (const MarkerStyle& marker : list.markers)
        sprites.emplace_back(marker);
    SpriteScratch scratch;
    constexpr std::uint32_t kMany = 4096; // needs nearly every sprite
    for (const Op& op : list.ops) {
        if (op.kind != OpKind::Markers)
            continue;
        const std::uint32_t first = list.partStart[op.firstPart], end = list.partStart[op.firstPart + op.partCount];
        if (end - first >= kMany)
            sprites[op.style].prepareAll(scratch);
        else
            for (std::uint32_t i = first; i < end; ++i)
                sprites[op.style].prepare(list.points[i], scratch);
    }
    return sprites;
}

// Its pixels come by operator new, in huge pages (core/huge_pages.cpp); null if they do not fit.
QImage makeImage(int width, int height) {
    const qsizetype stride = qsizetype{4} * width;
    void* pixels = ::operator new(static_cast<std::size_t>(stride * height), std::nothrow);
    if (!pixels)
        return {};
    const auto release = [](void* block) { ::operator delete(block); };
    return QImage(static_cast<uchar*>(pixels), width, height, stride, QImage::Format_ARGB32_Premultiplied, release,
                  pixels);
}

void paint(const DisplayList& list, QImage& image, Ground ground, int threads, const std::stop_token& stop) {
    const RasterTiles tiles(list, threads, stop);
    const std::vector<MarkerSprites> sprites = makeSprites(list);
    std::vector<std::unique_ptr<TilePainter>> painters;
    for (int t = 0; t < threads; ++t)
        painters.push_back(std::make_unique<TilePainter>(list, tiles, sprites, image, ground, stop));
    std::atomic<int> next{0};
    parallelFor(threads, threads, [&](int thread) {
        for (int tile = next++; tile < tiles.tileCount(); tile = next++)
            painters[static_cast<std::size_t>(thread)]->paint(tile);
    });
}

} // namespace

QImage drawShapes(const DisplayList& list, int threads, const std::stop_token& stop) {
    QImage image = makeImage(list.widthPx, list.heightPx);
    if (image.isNull())
        throw Error("A picture of " + std::to_string(list.widthPx) + " x " + std::to_string(list.heightPx) +
                    " pixels does not fit in memory; ask for a smaller size or fewer dots per inch.");
    paint(list, image, Ground::Fresh, threads, stop);
    return image;
}

QImage drawImage(const DisplayList& list, int threads, std::stop_token stop) {
    QImage image = drawShapes(list, threadCount(threads), stop);
    const int dotsPerMeter = static_cast<int>(std::lround(list.dpi / 0.0254));
    image.setDotsPerMeterX(dotsPerMeter);
    image.setDotsPerMeterY(dotsPerMeter);
    if (list.texts.empty())
        return image;
    const DisplayList letters = lettersOf(list.texts, list.widthPx, list.heightPx);
    paint(letters, image, Ground::Kept, threadCount(threads), stop);
    if (!letters.texts.empty()) {
        QPainter painter(&image);
        drawTexts(painter, letters.texts);
    }
    return image;
}

} // namespace cordon
