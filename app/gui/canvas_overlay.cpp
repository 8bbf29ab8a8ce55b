#include "app/gui/canvas_overlay.h"

#include <QCoreApplication>
#include <QLocale>
#include <QPainter>
#include <cmath>

namespace cordon {

namespace {

constexpr QColor kInk(0x22, 0x26, 0x2A);

void paintPlate(QPainter& painter, const QRectF& plate) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(255, 255, 255, 220));
    painter.drawRoundedRect(plate, 4, 4);
}

void paintScaleBar(QPainter& painter, const QRect& area, double metersPerPoint) {
    const double lengthMeters = roundLengthMeters(140 * metersPerPoint);
    const double length = lengthMeters / metersPerPoint;
    const QString text =
        lengthMeters >= 1000
            ? QCoreApplication::translate("CanvasOverlay", "%1 km").arg(QLocale().toString(lengthMeters / 1000, 'g', 6))
            : QCoreApplication::translate("CanvasOverlay", "%1 m").arg(QLocale().toString(lengthMeters, 'g', 6));
    const QFontMetricsF metrics(painter.font());
    const double width = std::max(length, metrics.horizontalAdvance(text)) + 20;
    const QRectF plate(area.left() + 12, area.bottom() - 12 - 36, width, 36);
    paintPlate(painter, plate);
    painter.setPen(QPen(kInk, 1));
    painter.drawText(QRectF(plate.left() + 10, plate.top() + 4, plate.width() - 20, metrics.height()),
                     Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, text);
    const double y = plate.bottom() - 9;
    painter.setBrush(kInk);
    painter.drawRect(QRectF(plate.left() + 10, y, length / 2, 3));
    painter.setBrush(Qt::white);
    painter.drawRect(QRectF(plate.left() + 10 + length / 2, y, length / 2, 3));
}

void paintAsOf(QPainter& painter, const QRect& area, TimePoint asOf) {
    const QString text =
        asOf == TimePoint::max()
            ? QCoreApplication::translate("CanvasOverlay", "Latest")
            : QCoreApplication::translate("CanvasOverlay", "As of %1").arg(QString::fromStdString(formatDate(asOf)));
    QFont font = painter.font();
    font.setBold(true);
    painter.setFont(font);
    const QFontMetricsF metrics(font);
    const QRectF plate(area.left() + 12, area.top() + 12, metrics.horizontalAdvance(text) + 20, metrics.height() + 10);
    paintPlate(painter, plate);
    painter.setPen(kInk);
    painter.drawText(plate, Qt::AlignCenter, text);
}

void paintMark(QPainter& painter, QPointF at) {
    for (const auto& [color, width] : {std::pair(QColor(Qt::white), 4.0), std::pair(kInk, 1.6)}) {
        painter.setPen(QPen(color, width, Qt::SolidLine, Qt::RoundCap));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(at, 9, 9);
        for (const QPointF direction : {QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1)})
            painter.drawLine(at + direction * 9, at + direction * 14);
    }
}

// At the top, right of the as-of badge, so wide as the text needs.
void paintHint(QPainter& painter, const QRect& area, const QString& hint) {
    const QFontMetricsF metrics(painter.font());
    constexpr double kBadge = 160; // room for the as-of badge
    const double room = std::max(160.0, area.width() - kBadge - 36);
    const QRectF text = metrics.boundingRect(QRectF(0, 0, room, area.height()), Qt::TextWordWrap, hint);
    const QRectF plate(area.left() + kBadge + (area.width() - kBadge - text.width() - 24) / 2, area.top() + 12,
                       text.width() + 24, text.height() + 12);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0x22, 0x26, 0x2A, 225));
    painter.drawRoundedRect(plate, 4, 4);
    painter.setPen(Qt::white);
    painter.drawText(plate.adjusted(12, 6, -12, -6), Qt::AlignCenter | Qt::TextWordWrap, hint);
}

} // namespace

double roundLengthMeters(double meters) {
    if (!(meters > 0))
        return 0;
    const double power = std::pow(10, std::floor(std::log10(meters)));
    for (const double step : {5.0, 2.0})
        if (step * power <= meters)
            return step * power;
    return power;
}

void paintOverlay(QPainter& painter, const QRect& area, const CanvasOverlay& overlay) {
    painter.setRenderHint(QPainter::Antialiasing);
    if (!overlay.hint.isEmpty())
        paintHint(painter, area, overlay.hint);
    if (overlay.metersPerPoint > 0)
        paintScaleBar(painter, area, overlay.metersPerPoint);
    if (overlay.mark)
        paintMark(painter, *overlay.mark);
    if (overlay.asOf)
        paintAsOf(painter, area, *overlay.asOf);
    if (overlay.box) {
        painter.setPen(QPen(kInk, 1, Qt::DashLine));
        painter.setBrush(QColor(0x2F, 0x5D, 0x7C, 40));
        painter.drawRect(*overlay.box);
    }
    if (overlay.focusColor) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setPen(*overlay.focusColor);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(area.adjusted(0, 0, -1, -1));
    }
}

} // namespace cordon
