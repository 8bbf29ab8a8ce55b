#include "core/render/raster_canvas.h"

#include "core/error.h"
#include "core/render/parallel.h"
#include "core/render/raw_array.h"
#include "core/render/render.h"
#include "core/render/text.h"
#include "core/render/tile_painter.h"

#include <QPainter>
#include <atomic>
#include <cmath>
#include <memory>
#include <new>
#include <optional>

namespace cordon {

namespace {

// Shapes, and over them or over what a picture holds the letters of texts, made ready to be painted tile by tile.
class Painting {
public:
    Painting(int threads, const std::stop_token& stop) : m_threads(threads), m_stop(stop) {}

    // The list must outlive it.
    void addShapes(const DisplayList& list) { m_shapes.emplace(list, m_threads, m_stop); }
    // Made by lettersOf().
    void addLetters(DisplayList letters) {
        m_letterList = std::move(letters);
        m_letters.emplace(m_letterList, m_threads, m_stop);
    }

    const RasterTiles& tiles() const { return m_shapes ? m_shapes->tiles : m_letters->tiles; }
    // Those that letters do not stand for.
    const std::vector<Text>& textsForQt() const { return m_letterList.texts; }

    // Calls paint(tile, draw) for each tile on all threads, from the top down; draw(pixels, stride) paints it.
    template <class Paint> void forEachTile(const Paint& paint) const {
        std::atomic<int> next{0};
        parallelFor(m_threads, m_threads, [&](int) {
            try {
                const auto painter = std::make_unique<TilePainter>();
                for (int tile = next++; tile < tiles().tileCount(); tile = next++)
                    paint(tile, [&](Pixel* pixels, std::ptrdiff_t stride) {
                        if (m_shapes)
                            painter->paint(*m_shapes, tile, Ground::Fresh, pixels, stride, m_stop);
                        if (m_letters)
                            painter->paint(*m_letters, tile, Ground::Kept, pixels, stride, m_stop);
                    });
            } catch (...) {
                next = tiles().tileCount(); // the others need not go on
                throw;
            }
        });
    }

    // Tiles and what Qt draws; four bytes a pixel.
    void paintOn(QImage& image) const {
        auto* pixels = reinterpret_cast<Pixel*>(image.bits());
        const std::ptrdiff_t stride = image.bytesPerLine() / 4;
        forEachTile([&](int tile, const auto& draw) {
            const PixelRect rect = tiles().tileRect(tile);
            draw(pixels + rect.top * stride + rect.left, stride);
        });
        if (textsForQt().empty())
            return;
        QPainter painter(&image);
        drawTexts(painter, textsForQt());
    }

private:
    int m_threads;
    const std::stop_token& m_stop;
    DisplayList m_letterList;
    std::optional<TiledList> m_shapes, m_letters;
};

QImage paintedWhole(const DisplayList& list, const Painting& painting) {
    QImage image = makePicture(list.widthPx, list.heightPx);
    painting.paintOn(image);
    return image;
}

} // namespace

QImage makePicture(int widthPx, int heightPx) {
    const qsizetype stride = qsizetype{4} * widthPx;
    void* pixels = ::operator new(static_cast<std::size_t>(stride * heightPx), std::nothrow);
    if (!pixels)
        throw Error("A picture of " + std::to_string(widthPx) + " x " + std::to_string(heightPx) +
                    " pixels does not fit in memory; ask for a smaller size or fewer dots per inch.");
    const auto release = [](void* block) { ::operator delete(block); };
    return QImage(static_cast<uchar*>(pixels), widthPx, heightPx, stride, QImage::Format_ARGB32_Premultiplied, release,
                  pixels);
}

QImage drawShapes(const DisplayList& list, int threads, const std::stop_token& stop) {
    Painting painting(threads, stop);
    painting.addShapes(list);
    return paintedWhole(list, painting);
}

void drawTextsOver(QImage& image, const std::vector<Text>& texts, int threads, const std::stop_token& stop) {
    Painting painting(threads, stop);
    painting.addLetters(lettersOf(texts, image.width(), image.height()));
    painting.paintOn(image);
}

QImage drawImage(const DisplayList& list, int threads, std::stop_token stop) {
    Painting painting(threadCount(threads), stop);
    painting.addShapes(list);
    if (!list.texts.empty())
        painting.addLetters(lettersOf(list.texts, list.widthPx, list.heightPx));
    QImage image = paintedWhole(list, painting);
    const int dotsPerMeter = static_cast<int>(std::lround(list.dpi / 0.0254));
    image.setDotsPerMeterX(dotsPerMeter);
    image.setDotsPerMeterY(dotsPerMeter);
    return image;
}

bool drawInBands(const DisplayList& list, int threads, const std::stop_token& stop, const TakeBand& take) {
    if (list.background.a != 255)
        return false;
    DisplayList letters = lettersOf(list.texts, list.widthPx, list.heightPx);
    if (!letters.texts.empty())
        return false;
    Painting painting(threads, stop);
    painting.addShapes(list);
    if (!list.texts.empty())
        painting.addLetters(std::move(letters));
    struct Band { // a row of tiles
        std::once_flag isBegun;
        RawArray<Pixel> pixels;
        std::atomic<int> waitedFor; // tiles
    };
    const RasterTiles& tiles = painting.tiles();
    std::vector<Band> bands(static_cast<std::size_t>(tiles.rowCount()));
    for (Band& band : bands)
        band.waitedFor = tiles.columnCount();
    const std::ptrdiff_t stride = list.widthPx;
    painting.forEachTile([&](int tile, const auto& draw) {
        Band& band = bands[static_cast<std::size_t>(tile / tiles.columnCount())];
        const PixelRect rect = tiles.tileRect(tile);
        const int rows = rect.bottom - rect.top;
        std::call_once(band.isBegun,
                       [&] { band.pixels = makeRawArray<Pixel>(static_cast<std::size_t>(stride * rows)); });
        draw(band.pixels.get() + rect.left, stride);
        if (--band.waitedFor == 0) {
            take({rect.top, rows, band.pixels.get(), stride});
            band.pixels.reset();
        }
    });
    return true;
}

} // namespace cordon
