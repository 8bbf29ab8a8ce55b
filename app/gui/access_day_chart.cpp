#include "app/gui/access_day_chart.h"

#include "app/gui/access_words.h"
#include "app/gui/date_field.h"
#include "app/gui/report_words.h"
#include "core/network/access_sheet.h"
#include "core/render/render.h"

#include <QFontInfo>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <cmath>

namespace cordon {

AccessDayChart::AccessDayChart(Shows what, QWidget* parent) : QWidget(parent), m_what(what) {
    setMouseTracking(true);
    setAccessibleName(what == Shows::Corridors ? tr("The corridors, day by day") : tr("People cut off, day by day"));
}

void AccessDayChart::show(std::shared_ptr<const AccessFinding> series) {
    m_series = std::move(series);
    makeChart();
    updateGeometry();
}

void AccessDayChart::setAsOf(TimePoint asOf) {
    m_asOf = asOf;
    makeChart();
}

// The days that changed are listed beside it.
void AccessDayChart::makeChart() {
    m_chart = {};
    if (m_series) {
        std::vector<std::string> lanes;
        if (m_what == Shows::Corridors)
            for (const CorridorEnds& ends : m_series->report.corridorEnds)
                lanes.push_back(nameOf(*m_series->report.network, ends));
        m_chart = accessChart(*m_series->report.network, m_series->report.series, lanes, m_asOf, "en");
        m_chart.marks.clear();
        if (m_what == Shows::Corridors) {
            m_chart.counts.clear();
            m_chart.title = tr("Day by day").toStdString();
        }
    }
    update();
}

TextStyle AccessDayChart::textStyle() const {
    TextStyle style;
    style.sizePx = static_cast<float>(QFontInfo(font()).pixelSize() * 0.92 * devicePixelRatioF());
    return style;
}

PageBox AccessDayChart::box() const {
    const double ratio = devicePixelRatioF();
    return {2, 0, static_cast<float>(width() * ratio) - 2, static_cast<float>(height() * ratio)};
}

QSize AccessDayChart::sizeHint() const {
    const auto height = static_cast<double>(dayChartHeight(m_chart, textStyle()));
    return {360, static_cast<int>(std::ceil(height / devicePixelRatioF()))};
}

double AccessDayChart::xOf(std::chrono::sys_days day) const {
    const PageBox days = plot();
    const double share = static_cast<double>((day - m_chart.first).count()) / static_cast<double>(m_chart.days);
    return (static_cast<double>(days.minX) + share * static_cast<double>(days.width())) / devicePixelRatioF();
}

const AccessDay* AccessDayChart::dayAtX(double x) const {
    if (!m_series || m_chart.days == 0)
        return nullptr;
    const PageBox days = plot();
    const double share = (x * devicePixelRatioF() - static_cast<double>(days.minX)) / static_cast<double>(days.width());
    if (share < 0 || share >= 1)
        return nullptr;
    return &m_series->report.series[static_cast<std::size_t>(share * static_cast<double>(m_chart.days))];
}

QString AccessDayChart::textAt(double x) const {
    const AccessDay* day = dayAtX(x);
    if (!day)
        return {};
    QStringList lines{QString::fromStdString(formatDate(TimePoint(day->day)))};
    if (m_what == Shows::People)
        lines += tr("Cut off: %1").arg(peopleText(day->cutOff));
    if (m_what == Shows::People && day->delayed.places > 0)
        lines += tr("Delayed: %1").arg(peopleText(day->delayed));
    for (std::size_t i = 0; i < std::min(m_chart.lanes.size(), day->corridors.size()); ++i)
        lines += tr("%1: %2").arg(fromUtf8(m_chart.lanes[i].name), stateText(day->corridors[i]));
    return lines.join('\n');
}

bool AccessDayChart::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    QToolTip::showText(help->globalPos(), textAt(help->pos().x()), this);
    return true;
}

void AccessDayChart::look(const QMouseEvent& event, bool isWanted) {
    if (const AccessDay* day = isWanted ? dayAtX(event.position().x()) : nullptr)
        emit asOfWanted(endOfDay(day->day));
}

void AccessDayChart::mousePressEvent(QMouseEvent* event) {
    look(*event, event->button() == Qt::LeftButton);
}

void AccessDayChart::mouseMoveEvent(QMouseEvent* event) {
    look(*event, event->buttons() & Qt::LeftButton);
}

void AccessDayChart::paintEvent(QPaintEvent*) {
    if (m_chart.days == 0)
        return;
    DisplayList list;
    list.widthPx = static_cast<int>(std::ceil(width() * devicePixelRatioF()));
    list.heightPx = static_cast<int>(std::ceil(height() * devicePixelRatioF()));
    list.dpi = 96 * devicePixelRatioF();
    list.background = {0, 0, 0, 0};
    list.clips.push_back({0, 0, static_cast<float>(list.widthPx), static_cast<float>(list.heightPx)});
    appendDayChart(list, m_chart, box(), textStyle());
    QImage image = drawImage(list, 1);
    image.setDevicePixelRatio(devicePixelRatioF());
    QPainter(this).drawImage(0, 0, image);
}

} // namespace cordon
