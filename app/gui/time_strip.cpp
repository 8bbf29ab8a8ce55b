#include "app/gui/time_strip.h"

#include "app/gui/date_field.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QToolTip>
#include <algorithm>
#include <cmath>

namespace cordon {

namespace {

constexpr double kNearPx = 6;

QString countText(std::uint64_t count) {
    return QLocale(QLocale::English).toString(static_cast<qulonglong>(count));
}

} // namespace

TimeStrip::TimeStrip(QWidget* parent) : QWidget(parent), m_timeline(std::make_shared<const Timeline>()) {
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Time bar"));
    setAccessibleDescription(
        tr("Left and Right step a day, with Ctrl to the previous or next change; Home and End go to the first and last "
           "day; plus and minus zoom; Space plays."));
}

QSize TimeStrip::sizeHint() const {
    const int line = fontMetrics().height();
    return {640, 3 * line + 60};
}

QSize TimeStrip::minimumSizeHint() const {
    return {200, sizeHint().height()};
}

TimeStrip::Lanes TimeStrip::lanes() const {
    const double line = fontMetrics().height();
    Lanes lanes;
    lanes.bottom = height();
    lanes.axisTop = height() - (m_labels.coarse.empty() ? 1 : 2) * line - 2;
    lanes.marksTop = lanes.axisTop - 13;
    lanes.histogramTop = line + 3;
    return lanes;
}

void TimeStrip::setTimeline(std::shared_ptr<const Timeline> timeline) {
    m_timeline = std::move(timeline);
    if (!m_isRangeChosen)
        showBusy();
    layOut();
}

void TimeStrip::setClock(const TimeFilter& clock) {
    const bool hasMoved = clock.asOf != m_clock.asOf;
    m_clock = clock;
    if (hasMoved && m_drag == Drag::None)
        keepInSight(clock.asOf);
    setAccessibleName(tr("Time bar, as of %1").arg(asOfText(clock.asOf)));
    update();
}

void TimeStrip::setComparedFrom(std::optional<TimePoint> from) {
    m_from = from;
    update();
}

void TimeStrip::setShadesFatalities(bool on) {
    m_shadesFatalities = on;
    update();
}

void TimeStrip::setRange(const TimeRange& range) {
    const TimeRange wanted = limited(range);
    m_isRangeChosen = true;
    if (wanted == m_range)
        return;
    m_range = wanted;
    layOut();
    emit rangeChanged();
}

void TimeStrip::showAll() {
    showSpan(m_timeline->usualSpan());
}

void TimeStrip::showBusy() {
    showSpan(m_timeline->busySpan());
    m_isRangeChosen = false;
}

void TimeStrip::showSpan(const std::optional<DaySpan>& wanted) {
    const auto asOf = dayAt(dayNumber(m_clock.asOf));
    DaySpan span = wanted.value_or(DaySpan{asOf, asOf});
    // A date a century off would squeeze the rest; it is shown at the edge instead.
    if (m_clock.asOf != TimePoint::max() && asOf < span.last + std::chrono::years(100) &&
        asOf > span.first - std::chrono::years(100))
        span = {std::min(span.first, asOf), std::max(span.last, asOf)};
    setRange(rangeAround(span));
}

double TimeStrip::xOf(TimePoint t) const {
    return (dayNumber(t) - m_range.first) / m_range.days() * width();
}

TimePoint TimeStrip::endOfDayAt(double x) const {
    return endOfDay(dayAt(dayOf(x)));
}

TimePoint TimeStrip::nearestEdge(double x) const {
    return endOfDay(dayAt(std::round(dayOf(x)) - 1));
}

void TimeStrip::keepInSight(TimePoint t) {
    const double day = dayNumber(t);
    if (t == TimePoint::max() || (day >= m_range.first && day <= m_range.last))
        return;
    const bool wasChosen = m_isRangeChosen;
    const double room = 0.1 * m_range.days();
    setRange(movedBy(m_range, day < m_range.first ? day - room - m_range.first : day + room - m_range.last));
    m_isRangeChosen = wasChosen;
}

void TimeStrip::layOut() {
    m_bins = binsOf(*m_timeline, dayAt(m_range.first), dayAt(m_range.last) + std::chrono::days(1),
                    binSizeFor(m_range, width()));
    QFont bold = font();
    bold.setBold(true);
    const QFontMetricsF metrics(bold);
    m_labels = axisLabels(m_range, width(), [&](const QString& text) { return metrics.horizontalAdvance(text) + 6; });
    update();
}

TimeStrip::Drag TimeStrip::dragAt(QPointF position, Qt::KeyboardModifiers modifiers) const {
    if (modifiers & Qt::ShiftModifier)
        return Drag::Span;
    if (position.y() >= lanes().axisTop)
        return Drag::Pan;
    const double toAsOf = std::abs(position.x() - xOf(m_clock.asOf));
    if (m_from && std::abs(position.x() - xOf(*m_from)) <= std::min(kNearPx, toAsOf))
        return Drag::From;
    return Drag::AsOf;
}

void TimeStrip::followCursor(QPointF position, Qt::KeyboardModifiers modifiers) {
    const Drag drag = m_drag != Drag::None ? m_drag : dragAt(position, modifiers);
    const bool isOnHandle =
        drag == Drag::From || (drag == Drag::AsOf && std::abs(position.x() - xOf(m_clock.asOf)) <= kNearPx);
    setCursor(drag == Drag::Span                    ? Qt::CrossCursor
              : drag == Drag::Pan && m_drag != drag ? Qt::OpenHandCursor
              : drag == Drag::Pan                   ? Qt::ClosedHandCursor
              : isOnHandle || m_drag == Drag::AsOf  ? Qt::SizeHorCursor
                                                    : Qt::PointingHandCursor);
}

void TimeStrip::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton)
        return;
    const double x = event->position().x();
    m_pressedX = m_lastX = x;
    m_drag = event->button() == Qt::MiddleButton ? Drag::Pan : dragAt(event->position(), event->modifiers());
    const double handle = xOf(m_drag == Drag::From && m_from ? *m_from : m_clock.asOf);
    const bool isOnHandle = std::abs(x - handle) <= kNearPx;
    m_grip = isOnHandle ? x - handle : 0;
    if (m_drag == Drag::AsOf && !isOnHandle) { // a click means the day under it
        const TimePoint day = endOfDayAt(x);
        if (day != m_clock.asOf)
            emit asOfWanted(day);
        m_grip = x - xOf(day);
    }
    followCursor(event->position(), event->modifiers());
    QToolTip::hideText();
    update();
}

void TimeStrip::dragTo(double x) {
    const double outside = x < 0 ? x : x > width() ? x - width() : 0;
    if (outside != 0 && (m_drag == Drag::AsOf || m_drag == Drag::From))
        setRange(movedBy(m_range, outside / width() * m_range.days()));
    const TimePoint edge = nearestEdge(std::clamp(x, 0.0, 1.0 * width()) - m_grip);
    if (m_drag == Drag::AsOf && edge != m_clock.asOf)
        emit asOfWanted(edge);
    if (m_drag == Drag::From && edge != m_from)
        emit comparedFromWanted(edge);
    if (m_drag == Drag::Pan)
        setRange(movedBy(m_range, (m_lastX - x) / width() * m_range.days()));
}

void TimeStrip::mouseMoveEvent(QMouseEvent* event) {
    const double x = event->position().x();
    m_hoverX = x;
    if (m_drag != Drag::None)
        dragTo(x);
    m_lastX = x;
    followCursor(event->position(), event->modifiers());
    if (m_drag == Drag::None && QToolTip::isVisible())
        QToolTip::showText(event->globalPosition().toPoint(), textAt(x), this);
    update();
}

void TimeStrip::mouseReleaseEvent(QMouseEvent* event) {
    const Drag drag = std::exchange(m_drag, Drag::None);
    const double x = event->position().x();
    if (drag == Drag::Span && std::abs(x - m_pressedX) >= 4) {
        const TimePoint a = nearestEdge(std::min(x, m_pressedX)), b = nearestEdge(std::max(x, m_pressedX));
        if (a < b)
            emit spanChosen(a, b);
    }
    followCursor(event->position(), event->modifiers());
    update();
}

void TimeStrip::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->position().y() >= lanes().axisTop)
        showAll();
}

void TimeStrip::wheelEvent(QWheelEvent* event) {
    const QPoint delta = event->angleDelta();
    const bool isSideways = std::abs(delta.x()) > std::abs(delta.y()) || (event->modifiers() & Qt::ShiftModifier);
    const double notches = (delta.x() != 0 && isSideways ? delta.x() : delta.y()) / 120.0;
    if (isSideways)
        setRange(movedBy(m_range, -0.1 * notches * m_range.days()));
    else
        setRange(zoomedAt(m_range, dayOf(event->position().x()), std::pow(1.3, notches)));
    event->accept();
}

void TimeStrip::keyPressEvent(QKeyEvent* event) {
    const bool withCtrl = event->modifiers() & Qt::ControlModifier;
    const auto zoom = [this](double factor) { setRange(zoomedAt(m_range, dayNumber(m_clock.asOf), factor)); };
    switch (event->key()) {
    case Qt::Key_Left:
        return withCtrl ? emit changeWanted(false) : emit daysWanted(-1);
    case Qt::Key_Right:
        return withCtrl ? emit changeWanted(true) : emit daysWanted(1);
    case Qt::Key_PageUp:
        return emit daysWanted(7);
    case Qt::Key_PageDown:
        return emit daysWanted(-7);
    case Qt::Key_Home:
        return emit endWanted(false);
    case Qt::Key_End:
        return emit endWanted(true);
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoom(1.5);
    case Qt::Key_Minus:
        return zoom(1 / 1.5);
    case Qt::Key_0:
        return showAll();
    case Qt::Key_Space:
        return emit playWanted();
    case Qt::Key_Escape:
        if (m_drag == Drag::Span) {
            m_drag = Drag::None;
            return update();
        }
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

void TimeStrip::leaveEvent(QEvent*) {
    m_hoverX.reset();
    update();
}

bool TimeStrip::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), textAt(help->pos().x()), this);
        return true;
    }
    if (event->type() == QEvent::Resize || event->type() == QEvent::FontChange)
        layOut();
    return QWidget::event(event);
}

QString TimeStrip::textAt(double x) const {
    const BinSize size = binSizeFor(m_range, width());
    const auto first = binStart(dayAt(dayOf(x)), size), last = binEnd(first, size) - std::chrono::days(1);
    const auto text = [](std::chrono::sys_days day) { return QString::fromStdString(formatDate(day)); };
    QStringList lines{first == last ? text(first) : tr("%1 to %2").arg(text(first), text(last))};
    TimelineCounts counts;
    for (const TimelineBin& bin : binsOf(*m_timeline, first, last + std::chrono::days(1), size))
        counts += bin.counts;
    if (counts.incidents > 0)
        lines += (counts.incidents == 1 ? tr("1 incident") : tr("%1 incidents").arg(countText(counts.incidents))) +
                 (counts.fatalities > 0 ? tr(", %1 killed").arg(countText(counts.fatalities)) : QString());
    QStringList reports;
    const auto add = [&](std::uint32_t count, const QString& one, const QString& many) {
        if (count > 0)
            reports += count == 1 ? one : many.arg(countText(count));
    };
    add(counts.begins, tr("1 report begins"), tr("%1 reports begin"));
    add(counts.ends, tr("1 ends"), tr("%1 end"));
    add(counts.goStale, tr("1 goes stale"), tr("%1 go stale"));
    add(counts.recorded, tr("1 recorded or withdrawn"), tr("%1 recorded or withdrawn"));
    lines += reports;
    if (lines.size() == 1)
        lines += tr("Nothing changed");
    return lines.join('\n');
}

} // namespace cordon
