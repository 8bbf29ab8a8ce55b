#include "core/render/vector_output.h"

#include "core/error.h"
#include "core/render/render.h"

#include <QBuffer>
#include <QFile>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgGenerator>

#include <cmath>

namespace cordon {

namespace {

constexpr int kPdfDpi = 1200;

[[noreturn]] void fail(const std::string& path, const QString& reason) {
    throw Error("Cannot write \"" + path + "\": " + reason.toStdString() + "; check the space left on the disk.");
}

void writeBytes(const QByteArray& bytes, const std::string& path) {
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.flush())
        fail(path, file.errorString());
}

// Qt stamps the clock into the document's information; a map made twice from the same input must be the same file. The
// entry is blanked rather than removed, since the table at the end holds byte offsets.
void blankCreationDate(QByteArray& pdf) {
    const qsizetype begin = pdf.lastIndexOf("/CreationDate (");
    const qsizetype end = begin < 0 ? -1 : pdf.indexOf(')', begin);
    for (qsizetype i = begin; end >= 0 && i <= end; ++i)
        pdf[i] = ' ';
}

} // namespace

void writePdf(const DisplayList& list, const std::string& path, const VectorOptions& options) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer);
        const QSizeF sizeMm(list.widthPx / list.dpi * 25.4, list.heightPx / list.dpi * 25.4);
        writer.setPageMargins(QMarginsF(0, 0, 0, 0));
        writer.setPageSize(QPageSize(sizeMm, QPageSize::Millimeter, {}, QPageSize::ExactMatch));
        writer.setResolution(kPdfDpi);
        writer.setTitle(QString::fromStdString(options.title));
        writer.setCreator(QString::fromStdString(options.author.empty() ? "Cordon" : options.author));
        QPainter painter;
        if (!painter.begin(&writer))
            throw Error("Cannot write \"" + path + "\", because Qt cannot make a PDF of that page size.");
        painter.scale(kPdfDpi / list.dpi, kPdfDpi / list.dpi);
        drawOn(painter, list, options.stop);
        painter.end();
    }
    buffer.close();
    blankCreationDate(bytes);
    writeBytes(bytes, path);
}

void writeSvg(const DisplayList& list, const std::string& path, const VectorOptions& options) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    {
        QSvgGenerator generator;
        generator.setOutputDevice(&buffer);
        generator.setResolution(static_cast<int>(std::lround(list.dpi)));
        generator.setSize({list.widthPx, list.heightPx});
        generator.setViewBox(QRect(0, 0, list.widthPx, list.heightPx));
        generator.setTitle(QString::fromStdString(options.title));
        QPainter painter;
        if (!painter.begin(&generator))
            throw Error("Cannot write \"" + path + "\", because Qt cannot make an SVG of that page size.");
        drawOn(painter, list, options.stop);
        painter.end();
    }
    buffer.close();
    writeBytes(bytes, path);
}

} // namespace cordon
