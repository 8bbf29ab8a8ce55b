#include "app/gui/photo.h"

#include "app/gui/report_words.h"
#include "app/gui/status_line.h"
#include "core/error.h"

#include <QFileInfo>
#include <QImageReader>
#include <cmath>

namespace cordon {

namespace {

constexpr qint64 kMostBytes = 300'000'000;
constexpr qint64 kMostPixels = 400'000'000;

const std::string* valueOf(const Identified& find, std::string_view name) {
    for (const IdentifiedField& field : find.fields)
        if (field.name == name && !field.value.empty())
            return &field.value;
    return nullptr;
}

QString directionText(const Identified& find) {
    const std::string* text = valueOf(find, "direction");
    bool isNumber = false;
    const double degrees = text ? fromUtf8(*text).toDouble(&isNumber) : 0;
    if (!isNumber || !std::isfinite(degrees))
        return {};
    static constexpr const char* kWinds[] = {"N", "NE", "E", "SE", "S", "SW", "W", "NW"};
    const auto wind = static_cast<std::size_t>(std::lround(std::fmod(std::fmod(degrees, 360) + 360, 360) / 45)) % 8;
    const std::string* north = valueOf(find, "north");
    return translated("looking %1 (%2°%3)")
        .arg(translated(kWinds[wind]))
        .arg(degrees, 0, 'f', 0)
        .arg(north && *north == "magnetic" ? translated(", magnetic") : QString());
}

[[noreturn]] void fail(const QString& text) {
    throw Error(text.toStdString());
}

// Why a file that was there at import cannot be read now.
[[noreturn]] void failMissing(const QString& path) {
    for (QString part = path; part.size() > 1; part = QFileInfo(part).path())
        if (part != path && QFileInfo(part).isFile())
            fail(translated("The picture lies in the archive %1; unpack it, and import the folder, to see it.")
                     .arg(part));
    fail(translated("The picture is no longer at %1; put it back there, or import its new folder.").arg(path));
}

} // namespace

std::optional<Photo> photoOf(const Identified& find) {
    const std::string* path = valueOf(find, "path");
    if (!path || path->size() > 4096 || path->front() != '/')
        return std::nullopt;
    const QString file = fromUtf8(*path);
    static const QStringList kSuffixes{".jpg", ".jpeg", ".png", ".tif", ".tiff", ".heic"};
    const auto isSuffix = [&](const QString& suffix) { return file.endsWith(suffix, Qt::CaseInsensitive); };
    if (std::ranges::none_of(kSuffixes, isSuffix))
        return std::nullopt;
    QStringList lines;
    if (const std::string* time = valueOf(find, "time"))
        lines.append(fromUtf8(*time));
    if (find.point)
        lines.append(placeText(*find.point, false));
    if (const QString direction = directionText(find); !direction.isEmpty())
        lines.append(direction);
    return Photo{file, lines.join('\n')};
}

QImage readPhoto(const QString& path, int mostPx) {
    const QFileInfo file(path);
    if (!file.exists())
        failMissing(path);
    if (!file.isFile() || !file.isReadable())
        fail(translated("%1 cannot be read; check what it is, and its rights.").arg(path));
    if (file.size() > kMostBytes)
        fail(translated("%1 is too large to be shown here.").arg(path));
    QImageReader reader(path);
    reader.setDecideFormatFromContent(true);
    reader.setAutoTransform(true);
    static const QList<QByteArray> kFormats{"jpeg", "png", "tiff"};
    if (!kFormats.contains(reader.format()))
        fail(translated("%1 is no JPEG or PNG, so it cannot be shown here; open it with another program.").arg(path));
    const QSize size = reader.size();
    if (qint64(size.width()) * size.height() > kMostPixels)
        fail(translated("%1 has too many pixels to be shown here.").arg(path));
    if (size.width() > mostPx || size.height() > mostPx)
        reader.setScaledSize(size.scaled(mostPx, mostPx, Qt::KeepAspectRatio).expandedTo({1, 1}));
    QImage image = reader.read();
    if (image.isNull())
        fail(translated("%1 is broken: %2.").arg(path, reader.errorString()));
    return image;
}

} // namespace cordon
