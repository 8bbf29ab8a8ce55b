// People cut off day by day as steps, and under them a lane for each corridor: open, restricted or shut. The date
// looked at is marked; a click looks at another.
#pragma once

#include "app/gui/live_access.h"
#include "app/gui/time_axis.h"

#include <QWidget>

namespace cordon {

class AccessDayChart : public QWidget {
    Q_OBJECT
public:
    explicit AccessDayChart(QWidget* parent = nullptr);

    void show(std::shared_ptr<const AccessFinding> series, const QStringList& corridors); // null: nothing
    void setAsOf(TimePoint asOf);
    QString textAt(double x) const; // what the tool tip says there
    double xOf(std::chrono::sys_days day) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {160, sizeHint().height()}; }

signals:
    void asOfWanted(cordon::TimePoint asOf);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    const AccessDay* dayAtX(double x) const;
    double laneHeight() const;
    double stepsBottom() const;
    void paintSteps(QPainter& painter) const;
    void paintLane(QPainter& painter, std::size_t lane) const;
    void paintAxis(QPainter& painter) const;
    void paintAsOf(QPainter& painter) const;

    std::shared_ptr<const AccessFinding> m_series;
    QStringList m_corridors;
    TimePoint m_asOf;
    TimeRange m_range;
};

} // namespace cordon
