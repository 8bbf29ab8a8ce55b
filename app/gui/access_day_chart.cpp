#include "app/gui/access_day_chart.h"

#include "app/gui/access_words.h"
#include "app/gui/date_field.h"
#include "core/model/number_text.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <cmath>

namespace cordon {

namespace {

constexpr double kStepsHeight = 84;
constexpr QColor kPaper(255, 255, 255), kLine(0xC8, 0xC5, 0xBE), kInk(0x22, 0x26, 0x2A), kFaint(0x70, 0x74, 0x78),
    kCutOff(0xD5, 0x5E, 0x00), kDelayed(0xF3, 0xD2, 0x9B), kSlow(0xE6, 0x9F, 0x00), kOpen(0x80, 0x7D, 0xBA);

// Told apart by pattern as well as by colour.
void paintState(QPainter& painter, const QRectF& box, CorridorState state) {
    const double middle = box.center().y();
    switch (state) {
    case CorridorState::Open: // a thin line
        painter.fillRect(QRectF(box.left(), middle - 1.5, box.width(), 3), kOpen);
        break;
    case CorridorState::Restricted:
        painter.fillRect(box, kDelayed);
        painter.fillRect(box, QBrush(kSlow.darker(120), Qt::BDiagPattern));
        break;
    case CorridorState::Shut:
        painter.fillRect(box, kCutOff);
        break;
    case CorridorState::None:
    case CorridorState::Unknown:
        painter.setPen(QPen(kFaint, 1, Qt::DotLine));
        painter.drawLine(QPointF(box.left(), middle), QPointF(box.right(), middle));
        break;
    }
}

} // namespace

AccessDayChart::AccessDayChart(QWidget* parent) : QWidget(parent) {
    setMouseTracking(true);
    setAccessibleName(tr("People cut off, day by day"));
}

void AccessDayChart::show(std::shared_ptr<const AccessFinding> series, const QStringList& corridors) {
    m_series = std::move(series);
    m_corridors = corridors;
    if (m_series) {
        const auto& days = m_series->report.series;
        m_range = {dayNumber(days.front().day), dayNumber(days.back().day) + 1};
    }
    updateGeometry();
    update();
}

void AccessDayChart::setAsOf(TimePoint asOf) {
    m_asOf = asOf;
    update();
}

double AccessDayChart::laneHeight() const {
    return 2 * fontMetrics().height() * 0.9 + 4;
}

double AccessDayChart::stepsBottom() const {
    return fontMetrics().height() + 4 + kStepsHeight;
}

QSize AccessDayChart::sizeHint() const {
    const auto lanes = static_cast<double>(m_corridors.size());
    return {360, static_cast<int>(stepsBottom() + lanes * laneHeight() + 2 * fontMetrics().height() + 8)};
}

double AccessDayChart::xOf(std::chrono::sys_days day) const {
    return (dayNumber(day) - m_range.first) / m_range.days() * width();
}

const AccessDay* AccessDayChart::dayAtX(double x) const {
    if (!m_series || x < 0 || x >= width())
        return nullptr;
    const auto& days = m_series->report.series;
    const auto number = static_cast<std::size_t>(x / width() * static_cast<double>(days.size()));
    return &days[std::min(number, days.size() - 1)];
}

QString AccessDayChart::textAt(double x) const {
    const AccessDay* day = dayAtX(x);
    if (!day)
        return {};
    QStringList lines{QString::fromStdString(formatDate(TimePoint(day->day))),
                      tr("Cut off: %1").arg(peopleText(day->cutOff))};
    if (day->delayed.places > 0)
        lines += tr("Delayed: %1").arg(peopleText(day->delayed));
    for (int i = 0; i < m_corridors.size() && static_cast<std::size_t>(i) < day->corridors.size(); ++i)
        lines += tr("%1: %2").arg(m_corridors[i], stateText(day->corridors[static_cast<std::size_t>(i)]));
    return lines.join('\n');
}

bool AccessDayChart::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    QToolTip::showText(help->globalPos(), textAt(help->pos().x()), this);
    return true;
}

void AccessDayChart::mousePressEvent(QMouseEvent* event) {
    if (const AccessDay* day = event->button() == Qt::LeftButton ? dayAtX(event->position().x()) : nullptr)
        emit asOfWanted(endOfDay(day->day));
}

void AccessDayChart::mouseMoveEvent(QMouseEvent* event) {
    if (const AccessDay* day = event->buttons() & Qt::LeftButton ? dayAtX(event->position().x()) : nullptr)
        emit asOfWanted(endOfDay(day->day));
}

void AccessDayChart::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    if (!m_series)
        return;
    paintSteps(painter);
    for (std::size_t lane = 0; lane < static_cast<std::size_t>(m_corridors.size()); ++lane)
        paintLane(painter, lane);
    paintAxis(painter);
    paintAsOf(painter);
}

void AccessDayChart::paintSteps(QPainter& painter) const {
    const auto& days = m_series->report.series;
    double most = 0;
    for (const AccessDay& day : days)
        most = std::max(most, day.cutOff.people + day.delayed.people);
    const double bottom = stepsBottom(), top = bottom - kStepsHeight;
    painter.fillRect(QRectF(0, top, width(), kStepsHeight), kPaper);
    const double dayWidth = width() / static_cast<double>(days.size());
    for (std::size_t i = 0; i < days.size() && most > 0; ++i) {
        const double left = static_cast<double>(i) * dayWidth, right = left + dayWidth;
        const auto bar = [&](double from, double people, const QColor& color) {
            const double y = bottom - (from + people) / most * (kStepsHeight - 6);
            painter.fillRect(QRectF(QPointF(left, y), QPointF(right, bottom - from / most * (kStepsHeight - 6))),
                             color);
        };
        bar(0, days[i].cutOff.people, kCutOff);
        bar(days[i].cutOff.people, days[i].delayed.people, kDelayed);
    }
    painter.setPen(kLine);
    painter.drawLine(QPointF(0, bottom), QPointF(width(), bottom));
    painter.setPen(kFaint);
    const QString text = most > 0 ? tr("People cut off (light: delayed), up to %1")
                                        .arg(QString::fromStdString(groupedNumber(std::llround(most))))
                                  : tr("Nobody of known number is cut off or delayed");
    painter.drawText(QPointF(2, fontMetrics().ascent() + 1),
                     fontMetrics().elidedText(text, Qt::ElideRight, width() - 4));
}

void AccessDayChart::paintLane(QPainter& painter, std::size_t lane) const {
    const auto& days = m_series->report.series;
    const double top = stepsBottom() + static_cast<double>(lane) * laneHeight() + 2;
    const double textHeight = fontMetrics().height() * 0.95;
    painter.setPen(kInk);
    painter.drawText(QPointF(2, top + fontMetrics().ascent()),
                     fontMetrics().elidedText(m_corridors[static_cast<int>(lane)], Qt::ElideRight, width() - 4));
    const double dayWidth = width() / static_cast<double>(days.size());
    for (std::size_t i = 0; i < days.size();) {
        std::size_t end = i + 1;
        if (lane >= days[i].corridors.size())
            return;
        while (end < days.size() && days[end].corridors[lane] == days[i].corridors[lane])
            ++end;
        const QRectF box(static_cast<double>(i) * dayWidth, top + textHeight + 1,
                         static_cast<double>(end - i) * dayWidth, laneHeight() - textHeight - 6);
        paintState(painter, box, days[i].corridors[lane]);
        i = end;
    }
}

void AccessDayChart::paintAxis(QPainter& painter) const {
    const QFontMetricsF metrics(font());
    const double top = stepsBottom() + static_cast<double>(m_corridors.size()) * laneHeight() + 2;
    const AxisLabels labels =
        axisLabels(m_range, width(), [&](const QString& text) { return metrics.horizontalAdvance(text); });
    painter.setPen(kLine);
    painter.drawLine(QPointF(0, top), QPointF(width(), top));
    painter.setPen(kFaint);
    for (const AxisLabel& label : labels.fine)
        painter.drawText(QPointF(label.x + 2, top + metrics.ascent() + 1), label.text);
    painter.setPen(kInk);
    for (const AxisLabel& label : labels.coarse)
        painter.drawText(QPointF(label.x + 2, top + metrics.height() + metrics.ascent()), label.text);
}

void AccessDayChart::paintAsOf(QPainter& painter) const {
    const double day = dayNumber(m_asOf);
    if (m_asOf == TimePoint() || day < m_range.first || day > m_range.last + 1)
        return;
    const double x = std::min((day - m_range.first) / m_range.days() * width(), width() - 1.0);
    painter.setPen(QPen(kInk, 1.5));
    const double bottom = stepsBottom() + static_cast<double>(m_corridors.size()) * laneHeight();
    painter.drawLine(QPointF(x, stepsBottom() - kStepsHeight), QPointF(x, bottom));
}

} // namespace cordon
