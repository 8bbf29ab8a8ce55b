// How the time strip looks.
#include "app/gui/date_field.h"
#include "app/gui/time_strip.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

namespace cordon {

namespace {

constexpr QColor kInk(0x22, 0x26, 0x2A), kFaint(0x5E, 0x64, 0x69), kLine(0xD8, 0xD5, 0xCE), kPaper(0xFF, 0xFF, 0xFF);
constexpr QColor kAsOf(0x2F, 0x5D, 0x7C), kWindow(0xE6, 0xEE, 0xF4), kToday(0x6A, 0x6F, 0x74);
constexpr QColor kKnown(0x6A, 0x3D, 0x9A), kCompared(0xA8, 0x4A, 0x00), kComparedGround(0xFB, 0xE7, 0xD6);
constexpr QColor kFewKilled(0xDF, 0xA9, 0x94), kManyKilled(0x8E, 0x24, 0x16), kIncidents(0xC0, 0x6A, 0x50);
constexpr QColor kBegins(0x1F, 0x78, 0xA8), kEnds(0x7C, 0x82, 0x87), kStale(0xD0, 0x8A, 0x00);

QColor mixed(const QColor& a, const QColor& b, double shareOfB) {
    const auto part = [&](int x, int y) { return static_cast<int>(std::lround(x + (y - x) * shareOfB)); };
    return {part(a.red(), b.red()), part(a.green(), b.green()), part(a.blue(), b.blue())};
}

} // namespace

void TimeStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintGround(painter);
    paintHistogram(painter);
    paintMarks(painter);
    paintAxis(painter);
    paintHandles(painter);
    if (hasFocus()) {
        painter.setPen(palette().color(QPalette::Highlight));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

// The days whose incidents the map shows, or the time between the two dates compared.
void TimeStrip::paintGround(QPainter& painter) {
    const Lanes lane = lanes();
    painter.fillRect(rect(), palette().color(QPalette::Window));
    painter.fillRect(QRectF(0, lane.histogramTop, width(), lane.axisTop - lane.histogramTop), kPaper);
    const auto fill = [&](double from, double to, const QColor& color) {
        painter.fillRect(QRectF(QPointF(std::max(0.0, from), lane.histogramTop),
                                QPointF(std::min<double>(width(), to), lane.axisTop))
                             .normalized(),
                         color);
    };
    if (m_from)
        fill(std::min(xOf(*m_from), xOf(m_clock.asOf)), std::max(xOf(*m_from), xOf(m_clock.asOf)), kComparedGround);
    else if (m_clock.asOf != TimePoint::max() && m_clock.incidentDays > 0)
        fill(xOf(m_clock.asOf) - m_clock.incidentDays * width() / m_range.days(), xOf(m_clock.asOf), kWindow);
    if (m_drag == Drag::Span)
        fill(std::min(m_pressedX, m_lastX), std::max(m_pressedX, m_lastX), kComparedGround);
    painter.setPen(kLine);
    for (const double y : {lane.histogramTop, lane.marksTop, lane.axisTop})
        painter.drawLine(QPointF(0, y), QPointF(width(), y));
}

void TimeStrip::paintHistogram(QPainter& painter) {
    const Lanes lane = lanes();
    std::uint32_t most = 0;
    std::uint64_t mostKilled = 0;
    for (const TimelineBin& bin : m_bins) {
        most = std::max(most, bin.counts.incidents);
        mostKilled = std::max(mostKilled, bin.counts.fatalities);
    }
    const double room = lane.marksTop - lane.histogramTop - 3;
    const double asOf = m_clock.asOf == TimePoint::max() ? 1e9 : xOf(m_clock.asOf);
    for (const TimelineBin& bin : m_bins) {
        if (bin.counts.incidents == 0)
            continue;
        const double left = xOf(bin.first), wide = xOf(bin.end) - left;
        const double tall = std::max(2.0, room * bin.counts.incidents / most);
        const QRectF bar(left + (wide > 3 ? 0.5 : 0), lane.marksTop - tall, std::max(1.0, wide > 3 ? wide - 1 : wide),
                         tall);
        const double share =
            mostKilled > 0 ? std::sqrt(static_cast<double>(bin.counts.fatalities) / static_cast<double>(mostKilled))
                           : 0;
        QColor color = m_shadesFatalities && mostKilled > 0 ? mixed(kFewKilled, kManyKilled, share) : kIncidents;
        if (left >= asOf - 0.5)
            color = mixed(color, kPaper, 0.55); // not yet, at the as-of date
        painter.fillRect(bar, color);
    }
    if (most == 0 || m_drag != Drag::None)
        return;
    const BinSize size = binSizeFor(m_range, width());
    const QString unit = size == BinSize::Day     ? tr("a day")
                         : size == BinSize::Week  ? tr("a week")
                         : size == BinSize::Month ? tr("a month")
                                                  : tr("a year");
    const QString text = most == 1 ? tr("1 incident %1").arg(unit) : tr("up to %1 incidents %2").arg(most).arg(unit);
    const QRectF plate(4, lane.histogramTop + 2, fontMetrics().horizontalAdvance(text) + 8, fontMetrics().height());
    painter.fillRect(plate, QColor(255, 255, 255, 215));
    painter.setPen(kFaint);
    painter.drawText(plate, Qt::AlignCenter, text);
}

// Three rows: what begins; what ends or goes stale; what was recorded.
void TimeStrip::paintMarks(QPainter& painter) {
    const Lanes lane = lanes();
    const auto& days = m_timeline->days;
    auto day = std::lower_bound(days.begin(), days.end(), dayAt(m_range.first),
                                [](const TimelineDay& d, std::chrono::sys_days t) { return d.day < t; });
    const double pxPerDay = width() / m_range.days();
    const double wide = std::clamp(pxPerDay - 1, 2.0, 8.0);
    const auto draw = [&](double x, int row, const QColor& color) {
        painter.fillRect(QRectF(x, lane.marksTop + 1.5 + 4 * row, wide, 3), color);
    };
    for (; day != days.end() && day->day <= dayAt(m_range.last); ++day) {
        const double x = std::floor(xOf(day->day) + (pxPerDay - wide) / 2);
        if (day->counts.begins > 0)
            draw(x, 0, kBegins);
        if (day->counts.ends > 0)
            draw(x, 1, kEnds);
        if (day->counts.goStale > 0)
            draw(x, 1, kStale);
        if (day->counts.recorded > 0)
            draw(x, 2, kKnown.lighter(135));
    }
}

void TimeStrip::paintAxis(QPainter& painter) {
    const Lanes lane = lanes();
    const QFontMetricsF metrics(font());
    const double line = metrics.height();
    const auto draw = [&](const AxisLabel& label, double top, double tickTop) {
        const double tick = xOf(TimePoint(std::chrono::milliseconds(static_cast<std::int64_t>(label.day * 86400000))));
        painter.setPen(QPen(kLine.darker(115), 1));
        if (tick >= 0)
            painter.drawLine(QPointF(std::round(tick) + 0.5, tickTop), QPointF(std::round(tick) + 0.5, top + line));
        painter.setPen(painter.font().bold() ? kInk : kFaint);
        painter.drawText(QPointF(label.x + 4, top + metrics.ascent()), label.text);
    };
    for (const AxisLabel& label : m_labels.fine)
        draw(label, lane.axisTop + 1, lane.axisTop);
    QFont bold = font();
    bold.setBold(true);
    painter.setFont(bold);
    for (const AxisLabel& label : m_labels.coarse)
        draw(label, lane.axisTop + 1 + line, lane.axisTop + 1 + line * 0.6);
    painter.setFont(font());
}

void TimeStrip::paintHandles(QPainter& painter) {
    const Lanes lane = lanes();
    painter.setRenderHint(QPainter::Antialiasing);
    const auto text = [](TimePoint t) { return QString::fromStdString(formatDate(t)); };
    const auto stroke = [&](TimePoint t, const QColor& color, double widthPx, Qt::PenStyle style) {
        const double x = xOf(t);
        if (x < 0 || x > width())
            return;
        painter.setPen(QPen(color, widthPx, style));
        painter.drawLine(QPointF(x, lane.histogramTop), QPointF(x, lane.axisTop));
    };
    if (m_hoverX && m_drag == Drag::None && underMouse()) {
        painter.setPen(QPen(QColor(0x22, 0x26, 0x2A, 70), 1));
        painter.drawLine(QPointF(*m_hoverX, lane.histogramTop), QPointF(*m_hoverX, lane.axisTop));
    }
    const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    stroke(now, kToday, 1, Qt::DashLine);
    QRectF taken;
    if (m_clock.asOf != TimePoint::max()) {
        stroke(m_clock.asOf, kPaper, 4, Qt::SolidLine);
        stroke(m_clock.asOf, kAsOf, 2, Qt::SolidLine);
        taken = paintFlag(painter, m_clock.asOf, text(m_clock.asOf), kAsOf, {});
    }
    if (m_from) {
        stroke(*m_from, kPaper, 4, Qt::SolidLine);
        stroke(*m_from, kCompared, 2, Qt::SolidLine);
        taken |= paintFlag(painter, *m_from, text(*m_from), kCompared, taken);
    }
    if (m_clock.knownBy != TimePoint::max() && m_clock.knownBy != m_clock.asOf) {
        stroke(m_clock.knownBy, kKnown, 1.6, Qt::DashLine);
        taken |= paintFlag(painter, m_clock.knownBy, tr("known by %1").arg(text(m_clock.knownBy)), kKnown, taken);
    }
    const QRectF plate(xOf(now) - 22, 1, 44, fontMetrics().height());
    if (!taken.intersects(plate.adjusted(-4, 0, 4, 0)) && plate.left() > 0 && plate.right() < width()) {
        painter.setPen(kToday);
        painter.drawText(plate, Qt::AlignCenter, tr("today"));
    }
}

// At the top of a handle's line; at the edge, with an arrow, where that is out of sight. Where the place is taken by
// another flag there is none.
QRectF TimeStrip::paintFlag(QPainter& painter, TimePoint t, const QString& text, const QColor& color,
                            const QRectF& taken) {
    const double x = xOf(t);
    const QString label = x < 0 ? QString::fromUtf8("◂ ") + text : x > width() ? text + QString::fromUtf8(" ▸") : text;
    const double wide = QFontMetricsF(font()).horizontalAdvance(label) + 14;
    QRectF plate(std::clamp(x - wide / 2, 1.0, std::max(1.0, width() - wide - 1)), 1, wide, lanes().histogramTop - 1);
    if (!taken.isEmpty() && taken.intersects(plate.adjusted(-2, 0, 2, 0))) { // beside it, if there is room
        plate.moveLeft(x < taken.center().x() ? taken.left() - wide - 3 : taken.right() + 3);
        if (plate.left() < 0 || plate.right() > width())
            return {};
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawRoundedRect(plate, 3, 3);
    painter.setPen(Qt::white);
    painter.drawText(plate, Qt::AlignCenter, label);
    return plate;
}

} // namespace cordon
