// The chart of the sheet (core/render/day_chart.h) in the panel: people cut off by day, or a lane for each corridor.
// The date looked at is marked; a click looks at another.
#pragma once

#include "app/gui/live_access.h"
#include "core/render/day_chart.h"

#include <QWidget>

namespace cordon {

class AccessDayChart : public QWidget {
    Q_OBJECT
public:
    enum class Shows { People, Corridors };
    explicit AccessDayChart(Shows what, QWidget* parent = nullptr);

    void show(std::shared_ptr<const AccessFinding> series); // null: nothing
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
    void makeChart();
    void look(const QMouseEvent& event, bool isWanted);
    const AccessDay* dayAtX(double x) const;
    TextStyle textStyle() const; // in device pixels, as the plot
    PageBox box() const;
    PageBox plot() const { return dayChartPlot(m_chart, box(), textStyle()); }

    const Shows m_what;
    std::shared_ptr<const AccessFinding> m_series;
    TimePoint m_asOf;
    DayChart m_chart;
};

} // namespace cordon
