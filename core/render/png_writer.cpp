#include "core/render/png_writer.h"

#include "core/error.h"
#include "core/render/deflate.h"
#include "core/render/parallel.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <libdeflate.h>
#include <memory>
#include <optional>

namespace cordon {

namespace {

using Bytes = std::vector<std::uint8_t>;
using Pixel = std::uint32_t; // 0xAARRGGBB, straight alpha

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

const Pixel* rowOf(const QImage& image, int y) {
    return reinterpret_cast<const Pixel*>(image.constScanLine(y));
}

std::optional<Palette> paletteOf(const QImage& image) {
    Palette palette;
    for (int y = 0, width = image.width(); y < image.height(); ++y) {
        const Pixel* row = rowOf(image, y);
        for (int x = 0; x < width; ++x)
            if ((x == 0 || row[x] != row[x - 1]) && !palette.add(row[x]))
                return std::nullopt;
    }
    return palette;
}

bool isOpaque(const QImage& image) {
    Pixel all = 0xFF000000U;
    for (int y = 0, width = image.width(); y < image.height(); ++y) {
        const Pixel* row = rowOf(image, y);
        for (int x = 0; x < width; ++x)
            all &= row[x];
    }
    return (all >> 24) == 255;
}

struct Encoding {
    Layout layout = Layout::Rgb;
    std::optional<Palette> palette;
    std::size_t bytesPerPixel() const { return layout == Layout::Indexed ? 1 : layout == Layout::Rgb ? 3 : 4; }
};

// Filter "none": maps are flat areas and repeats, which deflate finds by itself.
void appendRow(const Pixel* row, int width, const Encoding& encoding, std::uint8_t* out) {
    *out++ = 0;
    switch (encoding.layout) {
    case Layout::Indexed:
        for (int x = 0; x < width; ++x)
            out[x] = x > 0 && row[x] == row[x - 1] ? out[x - 1] : encoding.palette->indexOf(row[x]);
        break;
    case Layout::Rgb:
        for (int x = 0; x < width; ++x, out += 3) {
            out[0] = static_cast<std::uint8_t>(row[x] >> 16);
            out[1] = static_cast<std::uint8_t>(row[x] >> 8);
            out[2] = static_cast<std::uint8_t>(row[x]);
        }
        break;
    case Layout::Rgba:
        for (int x = 0; x < width; ++x, out += 4) {
            out[0] = static_cast<std::uint8_t>(row[x] >> 16);
            out[1] = static_cast<std::uint8_t>(row[x] >> 8);
            out[2] = static_cast<std::uint8_t>(row[x]);
            out[3] = static_cast<std::uint8_t>(row[x] >> 24);
        }
        break;
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

struct Strip {
    Bytes deflated;
    std::uint32_t adler = 1;
    std::size_t rawSize = 0;
};

void appendImageData(const QImage& image, const Encoding& encoding, int threads, Bytes& file) {
    const std::size_t rowBytes = static_cast<std::size_t>(image.width()) * encoding.bytesPerPixel() + 1;
    const int stripRows = std::max(1, static_cast<int>(kStripBytes / rowBytes));
    const int count = (image.height() + stripRows - 1) / stripRows;
    std::vector<Strip> strips(static_cast<std::size_t>(count));
    parallelFor(threads, count, [&](int s) {
        const int begin = s * stripRows, end = std::min(image.height(), begin + stripRows);
        Strip& strip = strips[static_cast<std::size_t>(s)];
        strip.rawSize = rowBytes * static_cast<std::size_t>(end - begin);
        Bytes raw(strip.rawSize);
        for (int y = begin; y < end; ++y)
            appendRow(rowOf(image, y), image.width(), encoding,
                      raw.data() + rowBytes * static_cast<std::size_t>(y - begin));
        strip.adler = libdeflate_adler32(1, raw.data(), raw.size());
        strip.deflated = deflated(raw, end == image.height());
    });
    std::uint32_t adler = 1;
    std::size_t size = file.size();
    for (const Strip& strip : strips)
        size += strip.deflated.size() + 32; // with what is round it
    file.reserve(size);
    for (Strip& strip : strips) {
        if (&strip == &strips.front())
            strip.deflated.insert(strip.deflated.begin(), {0x78, 0x01}); // zlib header: 32 KB window, fastest
        adler = combinedAdler(adler, strip.adler, strip.rawSize);
        if (&strip == &strips.back())
            appendBigEndian(strip.deflated, adler);
        appendChunk(file, "IDAT", strip.deflated);
    }
}

void appendText(Bytes& file, const std::string& key, const std::string& value) {
    Bytes data(key.begin(), key.end());
    data.push_back(0);
    const bool isAscii = std::all_of(value.begin(), value.end(), [](unsigned char c) { return c < 128; });
    if (!isAscii)
        data.insert(data.end(), {0, 0, 0, 0}); // not compressed, no language, no translated keyword
    data.insert(data.end(), value.begin(), value.end());
    appendChunk(file, isAscii ? "tEXt" : "iTXt", data);
}

void appendHeader(const QImage& image, const Encoding& encoding, double dpi, Bytes& file) {
    file = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    Bytes header;
    appendBigEndian(header, static_cast<std::uint32_t>(image.width()));
    appendBigEndian(header, static_cast<std::uint32_t>(image.height()));
    const std::uint8_t colorType = encoding.layout == Layout::Indexed ? 3 : encoding.layout == Layout::Rgb ? 2 : 6;
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
    if (encoding.layout != Layout::Indexed)
        return;
    Bytes colors, alphas;
    for (const Pixel p : encoding.palette->colors()) {
        for (const int shift : {16, 8, 0})
            colors.push_back(static_cast<std::uint8_t>(p >> shift));
        alphas.push_back(static_cast<std::uint8_t>(p >> 24));
    }
    appendChunk(file, "PLTE", colors);
    if (std::any_of(alphas.begin(), alphas.end(), [](std::uint8_t a) { return a != 255; }))
        appendChunk(file, "tRNS", alphas);
}

void writeFile(const std::string& path, const Bytes& bytes) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "wb"), &std::fclose);
    const bool isWritten = file != nullptr && std::fwrite(bytes.data(), 1, bytes.size(), file.get()) == bytes.size() &&
                           std::fflush(file.get()) == 0;
    if (!isWritten)
        throw Error("Could not write " + path + ": " + std::strerror(errno) +
                    "; choose another place or free some space.");
}

} // namespace

void writePng(const QImage& image, const std::string& path, double dpi, int threads,
              const std::vector<std::pair<std::string, std::string>>& texts) {
    const bool wasPremultiplied = image.format() == QImage::Format_ARGB32_Premultiplied;
    // An opaque premultiplied picture is its own straight form; anything else is converted once.
    const bool asItIs = image.format() == QImage::Format_ARGB32 || (wasPremultiplied && isOpaque(image));
    const QImage straight = asItIs ? image : image.convertToFormat(QImage::Format_ARGB32);
    Encoding encoding;
    encoding.palette = paletteOf(straight);
    if (encoding.palette)
        encoding.layout = Layout::Indexed;
    else if (!isOpaque(straight))
        encoding.layout = Layout::Rgba;
    Bytes file;
    appendHeader(straight, encoding, dpi, file);
    for (const auto& [key, value] : texts)
        appendText(file, key, value);
    appendImageData(straight, encoding, threadCount(threads), file);
    appendChunk(file, "IEND", {});
    writeFile(path, file);
}

} // namespace cordon
