#include "core/render/export.h"

#include "core/atomic_file.h"
#include "core/error.h"
#include "core/io/geotiff.h"
#include "core/render/png_writer.h"
#include "core/render/vector_output.h"

#include <QImageWriter>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <filesystem>
#include <unistd.h>

namespace cordon {

namespace {

namespace fs = std::filesystem;

enum class Format : std::uint8_t { Png, Jpeg, WebP, Tiff, Pdf, Svg };

struct KnownFormat {
    const char* suffix;
    Format format;
    int mostPxASide; // what the format itself can hold, or what we allow
};
constexpr int kMostPx = 100000;
constexpr std::array kFormats{KnownFormat{".png", Format::Png, kMostPx},  KnownFormat{".jpg", Format::Jpeg, 65500},
                              KnownFormat{".jpeg", Format::Jpeg, 65500},  KnownFormat{".webp", Format::WebP, 16383},
                              KnownFormat{".tif", Format::Tiff, kMostPx}, KnownFormat{".tiff", Format::Tiff, kMostPx},
                              KnownFormat{".pdf", Format::Pdf, kMostPx},  KnownFormat{".svg", Format::Svg, kMostPx}};
constexpr double kMostBytes = 4.0 * 1024 * 1024 * 1024;
// The picture (4 bytes a pixel) and as much again at worst while it is compressed; a PNG drawn in bands takes less.
constexpr double kBytesPerPx = 8;
constexpr int kJpegQuality = 92;

const KnownFormat& formatOf(const std::string& path) {
    std::string suffix = fs::path(path).extension().string();
    std::transform(suffix.begin(), suffix.end(), suffix.begin(), [](unsigned char c) { return std::tolower(c); });
    for (const KnownFormat& known : kFormats)
        if (suffix == known.suffix)
            return known;
    throw Error("Cannot write \"" + path + "\", because " +
                (suffix.empty() ? "it has no suffix that says" : "its suffix \"" + suffix + "\" does not say") +
                " what kind of picture it should be; use .png, .jpg, .webp, .tif, .pdf or .svg.");
}

bool isVector(Format format) {
    return format == Format::Pdf || format == Format::Svg;
}

void checkFolder(const std::string& path, bool overwrite) {
    std::error_code ignored;
    const fs::path target(path);
    const fs::path folder = target.has_parent_path() ? target.parent_path() : fs::path(".");
    if (!fs::exists(folder, ignored))
        throw Error("Cannot write \"" + path + "\", because the folder \"" + folder.string() +
                    "\" does not exist; make it first or choose another place.");
    if (!fs::is_directory(folder, ignored))
        throw Error("Cannot write \"" + path + "\", because \"" + folder.string() +
                    "\" is not a folder; choose another place.");
    if (fs::is_directory(target, ignored))
        throw Error("Cannot write \"" + path + "\", because there is a folder of that name; choose another name.");
    if (fs::exists(target, ignored) && !overwrite)
        throw Error("Did not write \"" + path +
                    "\", because it exists already and --no-overwrite was given; choose another name.");
    if (::access(folder.c_str(), W_OK) != 0)
        throw Error("Cannot write \"" + path + "\", because you may not write to the folder \"" + folder.string() +
                    "\"; choose another place or change its permissions.");
}

std::string sizeText(int widthPx, int heightPx) {
    return std::to_string(widthPx) + " x " + std::to_string(heightPx) + " px";
}

void checkSize(const std::string& path, const KnownFormat& known, int widthPx, int heightPx) {
    if (widthPx < 1 || heightPx < 1 || widthPx > known.mostPxASide || heightPx > known.mostPxASide)
        throw Error("Cannot write \"" + path + "\" at " + sizeText(widthPx, heightPx) + ", because a " +
                    (known.suffix + 1) + " picture has 1 to " + std::to_string(known.mostPxASide) +
                    " pixels a side; choose a smaller page or fewer dpi.");
    const double bytes = kBytesPerPx * widthPx * heightPx;
    if (!isVector(known.format) && bytes > kMostBytes)
        throw Error("Cannot write \"" + path + "\" at " + sizeText(widthPx, heightPx) + ", because that takes about " +
                    std::to_string(static_cast<int>(std::ceil(bytes / 1e9))) +
                    " GB of memory and 4 GB are allowed; choose fewer dpi, a smaller page, or .pdf.");
}

// Qt's JPEG and WebP writers are plug-ins that may not be installed.
void checkPlugin(const std::string& path, Format format) {
    if (format == Format::Jpeg && !QImageWriter::supportedImageFormats().contains("jpeg"))
        throw Error("Cannot write \"" + path +
                    "\", because Qt's JPEG plug-in is not installed; install libqt6gui6 completely or use .png.");
    if (format == Format::WebP && !QImageWriter::supportedImageFormats().contains("webp"))
        throw Error("Cannot write \"" + path +
                    "\", because Qt's WebP plug-in is not installed; install qt6-image-formats-plugins or use .png.");
}

void writeByPlugin(const QImage& image, const std::string& temporary, const std::string& path, const char* format,
                   const ExportOptions& options) {
    QImageWriter writer(QString::fromStdString(temporary), format);
    writer.setQuality(kJpegQuality);
    if (!options.title.empty())
        writer.setText("Title", QString::fromStdString(options.title));
    if (!writer.write(image.convertToFormat(QImage::Format_RGB32)))
        throw Error("Cannot write \"" + path + "\": " + writer.errorString().toStdString() +
                    "; check the space left on the disk.");
}

// The frame's georeference holds for the whole page: map units go on beyond the neat line.
void writeTiff(const QImage& image, const std::string& temporary, double dpi, const ExportOptions& options) {
    GeoReference reference;
    if (options.frame) {
        const MapView& view = options.frame->view;
        const MapPoint corner =
            view.mapPoint(static_cast<double>(-options.frame->box.minX), static_cast<double>(-options.frame->box.minY));
        reference = {view.crs.definition(), corner.x, corner.y, view.unitsPerPx};
    }
    writeGeoTiff(temporary, image.constBits(), image.width(), image.height(),
                 static_cast<std::size_t>(image.bytesPerLine()), dpi, options.frame ? &reference : nullptr);
}

void writeRaster(const DisplayList& list, Format format, const std::string& temporary, const std::string& path,
                 const ExportOptions& options) {
    const QImage image = drawImage(list, options.threads, options.stop);
    if (format == Format::Jpeg)
        writeByPlugin(image, temporary, path, "jpeg", options);
    else if (format == Format::WebP)
        writeByPlugin(image, temporary, path, "webp", options);
    else
        writeTiff(image, temporary, list.dpi, options);
}

PngTexts pngTextsOf(const ExportOptions& options) {
    PngTexts texts;
    if (!options.title.empty())
        texts.emplace_back("Title", options.title);
    if (!options.producer.empty())
        texts.emplace_back("Author", options.producer);
    texts.emplace_back("Software", "Cordon " CORDON_VERSION);
    return texts;
}

void write(const DisplayList& list, Format format, const std::string& temporary, const std::string& path,
           const ExportOptions& options) {
    if (format == Format::Pdf)
        writePdf(list, temporary, {options.title, options.producer, options.stop});
    else if (format == Format::Svg)
        writeSvg(list, temporary, {options.title, options.producer, options.stop});
    else if (format == Format::Png)
        drawPng(list, temporary, options.threads, pngTextsOf(options), options.stop);
    else
        writeRaster(list, format, temporary, path, options);
}

// Writers know the temporary file only; the user knows the name he gave.
std::string replaced(std::string text, const std::string& what, const std::string& by) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
    return text;
}

} // namespace

void checkOutput(const std::string& path, int widthPx, int heightPx, bool overwrite) {
    const KnownFormat& known = formatOf(path);
    checkFolder(path, overwrite);
    checkSize(path, known, widthPx, heightPx);
    checkPlugin(path, known.format);
}

void exportDisplayList(const DisplayList& list, const std::string& path, const ExportOptions& options) {
    checkOutput(path, list.widthPx, list.heightPx, options.overwrite);
    const Format format = formatOf(path).format;
    AtomicFile file(path);
    try {
        write(list, format, file.temporaryPath(), path, options);
    } catch (const Error& error) {
        throw Error(replaced(error.what(), file.temporaryPath(), path));
    }
    if (options.stop.stop_requested())
        throw Stopped{};
    file.commit();
}

} // namespace cordon
