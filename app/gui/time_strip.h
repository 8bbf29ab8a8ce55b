// The picture of time in the time bar: incidents as a histogram, marks where something changed, an axis, and handles to
// drag: the as-of date and, where two dates are compared, the earlier one. What the user wants is signalled, not done.
#pragma once

#include "app/gui/time_axis.h"

#include <QWidget>
#include <memory>
#include <optional>

namespace cordon {

class TimeStrip : public QWidget {
    Q_OBJECT
public:
    explicit TimeStrip(QWidget* parent = nullptr);

    void setTimeline(std::shared_ptr<const Timeline> timeline); // never null
    void setClock(const TimeFilter& clock);                     // a date out of sight is moved into it
    void setComparedFrom(std::optional<TimePoint> from);        // nullopt: no two dates are compared
    void setShadesFatalities(bool on);

    const TimeRange& range() const { return m_range; }
    void setRange(const TimeRange& range);
    void showAll();  // the usual span with the as-of date
    void showBusy(); // the busy one with it; until the user chooses a range

    // Widget coordinates; for tests, too.
    double xOf(TimePoint t) const;
    QString textAt(double x) const; // what the tool tip says there

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void asOfWanted(cordon::TimePoint asOf);
    void comparedFromWanted(cordon::TimePoint from);
    void spanChosen(cordon::TimePoint from, cordon::TimePoint to); // to compare; from < to
    void rangeChanged();
    void daysWanted(int days);    // a step
    void changeWanted(bool next); // to the next or previous change
    void endWanted(bool last);    // to the last or first day something happens
    void playWanted();

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    enum class Drag { None, AsOf, From, Pan, Span };
    struct Lanes { // y from the top
        double histogramTop = 0, marksTop = 0, axisTop = 0, bottom = 0;
    };

    Lanes lanes() const;
    double dayOf(double x) const { return m_range.first + x / width() * m_range.days(); }
    TimePoint endOfDayAt(double x) const;  // of the day under x
    TimePoint nearestEdge(double x) const; // the end of a day nearest to x
    Drag dragAt(QPointF position, Qt::KeyboardModifiers modifiers) const;
    void dragTo(double x);
    void keepInSight(TimePoint t);
    void followCursor(QPointF position, Qt::KeyboardModifiers modifiers);
    void showSpan(const std::optional<DaySpan>& span);
    void layOut(); // after another range, width, font or timeline
    // time_strip_paint.cpp
    void paintGround(QPainter& painter);
    void paintHistogram(QPainter& painter);
    void paintMarks(QPainter& painter);
    void paintAxis(QPainter& painter);
    void paintHandles(QPainter& painter);
    QRectF paintFlag(QPainter& painter, TimePoint t, const QString& text, const QColor& color, const QRectF& taken);

    std::shared_ptr<const Timeline> m_timeline;
    TimeFilter m_clock;
    std::optional<TimePoint> m_from;
    bool m_shadesFatalities = true;
    TimeRange m_range;
    bool m_isRangeChosen = false; // by the user: a new timeline leaves it

    std::vector<TimelineBin> m_bins; // see layOut()
    AxisLabels m_labels;

    Drag m_drag = Drag::None;
    double m_pressedX = 0, m_lastX = 0;
    double m_grip = 0; // from the handle to where it was taken, pixels
    std::optional<double> m_hoverX;
};

} // namespace cordon
