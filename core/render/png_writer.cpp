#include "core/render/png_writer.h"

#include "core/error.h"
#include "core/render/deflate.h"
#include "core/render/parallel.h"
#include "core/render/raster_canvas.h"
#include "core/render/render.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <libdeflate.h>
#include <memory>
#include <mutex>

namespace cordon {

namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::size_t kStripBytes = 1 << 18; // raw bytes a strip; independent of the number of threads

enum class Layout : std::uint8_t { Indexed, Rgb, Rgba };

void appendBigEndian(Bytes& out, std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8)
        out.push_back(static_cast<std::uint8_t>(value >> shift));
}

void appendChunk(Bytes& out, const char* type, const Bytes& data) {
    appendBigEndian(out, static_cast<std::uint32_t>(data.size()));
    const std::size_t begin = out.size();
    out.insert(out.end(), type, type + 4);
    out.insert(out.end(), data.begin(), data.end());
    appendBigEndian(out, libdeflate_crc32(0, out.data() + begin, out.size() - begin));
}

// Colours seen so far, up to 256: an open-addressing table, for one look a run of equal pixels.
class Palette {
public:
    // False when the colour would be the 257th.
    bool add(Pixel color) {
        std::size_t slot = slotOf(color);
        if (m_slots[slot] != 0)
            return true;
        if (m_colors.size() == 256)
            return false;
        m_colors.push_back(color);
        m_slots[slot] = static_cast<std::uint16_t>(m_colors.size());
        return true;
    }
    std::uint8_t indexOf(Pixel color) const { return static_cast<std::uint8_t>(m_slots[slotOf(color)] - 1); }
    const std::vector<Pixel>& colors() const { return m_colors; }

private:
    std::size_t slotOf(Pixel color) const {
        std::size_t slot = (color * 0x9E3779B1U) >> 22;
        while (m_slots[slot] != 0 && m_colors[m_slots[slot] - 1U] != color)
            slot = (slot + 1) % m_slots.size();
        return slot;
    }
    std::vector<Pixel> m_colors;
    std::array<std::uint16_t, 1024> m_slots{}; // index into m_colors + 1, 0 = free
};

bool isOpaque(const QImage& image) {
    Pixel all = 0xFF000000U;
    for (int y = 0, width = image.width(); y < image.height(); ++y) {
        const auto* row = reinterpret_cast<const Pixel*>(image.constScanLine(y));
        for (int x = 0; x < width; ++x)
            all &= row[x];
    }
    return (all >> 24) == 255;
}

std::size_t bytesPerPixel(Layout layout) {
    return layout == Layout::Indexed ? 1 : layout == Layout::Rgb ? 3 : 4;
}

// Filter "none": maps are flat areas and repeats, which deflate finds by itself.
void writeRow(const Pixel* row, int width, Layout layout, std::uint8_t* out) {
    *out++ = 0;
    for (int x = 0; x < width; ++x) {
        *out++ = static_cast<std::uint8_t>(row[x] >> 16);
        *out++ = static_cast<std::uint8_t>(row[x] >> 8);
        *out++ = static_cast<std::uint8_t>(row[x]);
        if (layout == Layout::Rgba)
            *out++ = static_cast<std::uint8_t>(row[x] >> 24);
    }
}

// Adler-32 of two pieces one after the other (as zlib's adler32_combine).
std::uint32_t combinedAdler(std::uint32_t first, std::uint32_t second, std::size_t secondLength) {
    constexpr std::uint64_t kBase = 65521;
    const std::uint64_t a1 = first & 0xFFFF, b1 = first >> 16, a2 = second & 0xFFFF, b2 = second >> 16;
    const std::uint64_t length = secondLength % kBase;
    const std::uint64_t a = (a1 + a2 + kBase - 1) % kBase;
    const std::uint64_t b = (b1 + b2 + length * a1 + 2 * kBase - length) % kBase;
    return static_cast<std::uint32_t>((b << 16) | a);
}

// Deflates a picture band by band as bands come, in any order: indexed when it has at most 256 colours, which only the
// last band tells. Until a 257th is seen, bands are kept as indices into palettes of their own.
class PngEncoder {
public:
    PngEncoder(int width, int height, bool hasAlpha)
        : m_width(width), m_height(height), m_layout(hasAlpha ? Layout::Rgba : Layout::Rgb),
          m_bands(static_cast<std::size_t>((height + kBandRows - 1) / kBandRows)) {}

    // Thread-safe. Pixels have straight alpha.
    void take(const PixelBand& pixels) {
        Band& band = m_bands[static_cast<std::size_t>(pixels.firstRow / kBandRows)];
        band.firstRow = pixels.firstRow;
        band.rows = pixels.rows;
        if (!m_hasManyColors && index(pixels, band) && addColors(band.palette))
            return;
        m_hasManyColors = true;
        band.indices = Bytes();
        deflateColors(pixels, band);
    }

    // After the last band. Throws Stopped.
    void finish(int threads, const std::stop_token& stop) {
        if (!m_hasManyColors) {
            m_layout = Layout::Indexed;
            for (const Band& band : m_bands)
                for (const Pixel color : band.palette.colors())
                    m_palette.add(color);
        }
        parallelFor(threads, static_cast<int>(m_bands.size()), [&](int number) {
            if (stop.stop_requested())
                throw Stopped{};
            Band& band = m_bands[static_cast<std::size_t>(number)];
            if (!band.indices.empty())
                deflateIndices(band);
        });
    }

    Layout layout() const { return m_layout; }
    const std::vector<Pixel>& palette() const { return m_palette.colors(); } // of Layout::Indexed
    // The zlib stream in pieces, in order.
    template <class Take> void forEachPiece(const Take& take) {
        std::uint32_t adler = 1;
        for (Band& band : m_bands)
            for (Strip& strip : band.strips) {
                if (&strip == &m_bands.front().strips.front())
                    strip.deflated.insert(strip.deflated.begin(), {0x78, 0x01}); // zlib header: 32 KB window, fastest
                adler = combinedAdler(adler, strip.adler, strip.rawSize);
                if (&strip == &m_bands.back().strips.back())
                    appendBigEndian(strip.deflated, adler);
                take(strip.deflated);
            }
    }

private:
    struct Strip {
        Bytes deflated;
        std::uint32_t adler = 1;
        std::size_t rawSize = 0;
    };
    struct Band {
        int firstRow = 0, rows = 0;
        Bytes indices; // into its palette; empty once it is deflated
        Palette palette;
        std::vector<Strip> strips;
    };

    // False when the band alone has too many colours.
    bool index(const PixelBand& pixels, Band& band) const {
        band.indices.resize(static_cast<std::size_t>(m_width) * static_cast<std::size_t>(band.rows));
        std::uint8_t* out = band.indices.data();
        for (int y = 0; y < band.rows; ++y) {
            const Pixel* row = pixels.pixels + y * pixels.stride;
            for (int x = 0; x < m_width; ++x, ++out) {
                if (x > 0 && row[x] == row[x - 1]) {
                    *out = out[-1];
                    continue;
                }
                if (!band.palette.add(row[x]))
                    return false;
                *out = band.palette.indexOf(row[x]);
            }
        }
        return true;
    }

    bool addColors(const Palette& palette) {
        const std::lock_guard lock(m_mutex);
        return std::ranges::all_of(palette.colors(), [&](Pixel color) { return m_colors.add(color); });
    }

    void deflateColors(const PixelBand& pixels, Band& band) const {
        deflateBand(m_layout, band, [&](int y, std::uint8_t* out) {
            writeRow(pixels.pixels + y * pixels.stride, m_width, m_layout, out);
        });
    }

    void deflateIndices(Band& band) const {
        const std::vector<Pixel>& colors = band.palette.colors();
        const auto rowOf = [&](int y) { return band.indices.data() + static_cast<std::ptrdiff_t>(y) * m_width; };
        if (m_layout == Layout::Indexed) {
            std::array<std::uint8_t, 256> indexOfAll{};
            std::ranges::transform(colors, indexOfAll.begin(), [&](Pixel color) { return m_palette.indexOf(color); });
            deflateBand(m_layout, band, [&](int y, std::uint8_t* out) {
                *out = 0;
                std::transform(rowOf(y), rowOf(y + 1), out + 1, [&](std::uint8_t index) { return indexOfAll[index]; });
            });
        } else {
            std::vector<Pixel> row(static_cast<std::size_t>(m_width));
            deflateBand(m_layout, band, [&](int y, std::uint8_t* out) {
                std::transform(rowOf(y), rowOf(y + 1), row.begin(), [&](std::uint8_t index) { return colors[index]; });
                writeRow(row.data(), m_width, m_layout, out);
            });
        }
        band.indices = Bytes();
    }

    // write(y, out): row y of the band.
    template <class Write> void deflateBand(Layout layout, Band& band, const Write& write) const {
        const std::size_t rowBytes = static_cast<std::size_t>(m_width) * bytesPerPixel(layout) + 1;
        const int stripRows = std::max(1, static_cast<int>(kStripBytes / rowBytes));
        Bytes raw;
        for (int begin = 0; begin < band.rows; begin += stripRows) {
            const int end = std::min(band.rows, begin + stripRows);
            raw.resize(rowBytes * static_cast<std::size_t>(end - begin));
            for (int y = begin; y < end; ++y)
                write(y, raw.data() + rowBytes * static_cast<std::size_t>(y - begin));
            band.strips.push_back({deflated(raw, band.firstRow + end == m_height),
                                   libdeflate_adler32(1, raw.data(), raw.size()), raw.size()});
        }
    }

    int m_width, m_height;
    Layout m_layout;
    std::vector<Band> m_bands; // from the top down
    std::atomic<bool> m_hasManyColors{false};
    std::mutex m_mutex;
    Palette m_colors;  // of all bands so far, in any order
    Palette m_palette; // from the top down
};

void appendText(Bytes& file, const std::string& key, const std::string& value) {
    Bytes data(key.begin(), key.end());
    data.push_back(0);
    const bool isAscii = std::all_of(value.begin(), value.end(), [](unsigned char c) { return c < 128; });
    if (!isAscii)
        data.insert(data.end(), {0, 0, 0, 0}); // not compressed, no language, no translated keyword
    data.insert(data.end(), value.begin(), value.end());
    appendChunk(file, isAscii ? "tEXt" : "iTXt", data);
}

Bytes headerOf(int width, int height, const PngEncoder& encoder, double dpi) {
    Bytes file{0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    Bytes header;
    appendBigEndian(header, static_cast<std::uint32_t>(width));
    appendBigEndian(header, static_cast<std::uint32_t>(height));
    const Layout layout = encoder.layout();
    const std::uint8_t colorType = layout == Layout::Indexed ? 3 : layout == Layout::Rgb ? 2 : 6;
    header.insert(header.end(), {8, colorType, 0, 0, 0});
    appendChunk(file, "IHDR", header);
    if (dpi > 0) {
        Bytes density;
        const auto dotsPerMeter = static_cast<std::uint32_t>(std::lround(dpi / 0.0254));
        appendBigEndian(density, dotsPerMeter);
        appendBigEndian(density, dotsPerMeter);
        density.push_back(1);
        appendChunk(file, "pHYs", density);
    }
    if (layout != Layout::Indexed)
        return file;
    Bytes colors, alphas;
    for (const Pixel p : encoder.palette()) {
        for (const int shift : {16, 8, 0})
            colors.push_back(static_cast<std::uint8_t>(p >> shift));
        alphas.push_back(static_cast<std::uint8_t>(p >> 24));
    }
    appendChunk(file, "PLTE", colors);
    if (std::any_of(alphas.begin(), alphas.end(), [](std::uint8_t a) { return a != 255; }))
        appendChunk(file, "tRNS", alphas);
    return file;
}

// Piece by piece, so that nothing is in memory twice.
void writeFile(const std::string& path, const Bytes& header, PngEncoder& encoder) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "wb"), &std::fclose);
    bool isWritten = file != nullptr;
    const auto write = [&](const Bytes& bytes) {
        isWritten = isWritten && std::fwrite(bytes.data(), 1, bytes.size(), file.get()) == bytes.size();
    };
    write(header);
    Bytes chunk;
    encoder.forEachPiece([&](const Bytes& piece) {
        chunk.clear();
        appendChunk(chunk, "IDAT", piece);
        write(chunk);
    });
    chunk.clear();
    appendChunk(chunk, "IEND", {});
    write(chunk);
    isWritten = isWritten && std::fflush(file.get()) == 0;
    if (!isWritten)
        throw Error("Could not write " + path + ": " + std::strerror(errno) +
                    "; choose another place or free some space.");
}

void writeEncoded(PngEncoder& encoder, int width, int height, const std::string& path, double dpi, int threads,
                  const PngTexts& texts, const std::stop_token& stop) {
    encoder.finish(threads, stop);
    Bytes header = headerOf(width, height, encoder, dpi);
    for (const auto& [key, value] : texts)
        appendText(header, key, value);
    writeFile(path, header, encoder);
}

} // namespace

void writePng(const QImage& image, const std::string& path, double dpi, int threads, const PngTexts& texts) {
    // An opaque premultiplied picture is its own straight form; anything else is converted once.
    const bool isKnownOpaque = image.format() == QImage::Format_ARGB32_Premultiplied && isOpaque(image);
    const bool asItIs = isKnownOpaque || image.format() == QImage::Format_ARGB32;
    const QImage straight = asItIs ? image : image.convertToFormat(QImage::Format_ARGB32);
    const bool hasAlpha = !isKnownOpaque && !isOpaque(straight);
    const int width = straight.width(), height = straight.height();
    const std::ptrdiff_t stride = straight.bytesPerLine() / 4;
    const auto* pixels = reinterpret_cast<const Pixel*>(straight.constBits());
    PngEncoder encoder(width, height, hasAlpha);
    parallelFor(threadCount(threads), (height + kBandRows - 1) / kBandRows, [&](int band) {
        const int first = band * kBandRows;
        encoder.take({first, std::min(kBandRows, height - first), pixels + first * stride, stride});
    });
    writeEncoded(encoder, width, height, path, dpi, threadCount(threads), texts, {});
}

void drawPng(const DisplayList& list, const std::string& path, int threads, const PngTexts& texts,
             const std::stop_token& stop) {
    PngEncoder encoder(list.widthPx, list.heightPx, false);
    const bool isDone =
        drawInBands(list, threadCount(threads), stop, [&](const PixelBand& band) { encoder.take(band); });
    if (isDone)
        writeEncoded(encoder, list.widthPx, list.heightPx, path, list.dpi, threadCount(threads), texts, stop);
    else
        writePng(drawImage(list, threads, stop), path, list.dpi, threads, texts);
}

} // namespace cordon
