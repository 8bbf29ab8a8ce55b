// Access through time: a chart over a period, and the days on which something changed with the reports that did it.
#pragma once

#include "app/gui/access_day_chart.h"
#include "app/gui/date_field.h"

#include <QLabel>
#include <QTreeWidget>

namespace cordon {

class AccessDays : public QWidget {
    Q_OBJECT
public:
    AccessDays(LiveAccess& access, MessageLog& log, QWidget* parent = nullptr);

    // Proposed until the user chooses another; found while somebody looks.
    void propose(const DaySpan& days);
    void setWanted(bool isWanted);
    void setAsOf(TimePoint asOf);
    void startAnew(); // another map
    AccessDayChart& chart() { return *m_chart; }
    QTreeWidget& days() { return *m_days; }

signals:
    void asOfWanted(cordon::TimePoint asOf);

private:
    void want();
    void followSeries();
    void addDay(const AccessDay& day, bool isFirst);
    QString reportsText(const std::vector<std::string>& ids) const;

    LiveAccess& m_access;
    MessageLog& m_log;
    DateField *m_from, *m_to;
    AccessDayChart* m_chart;
    QTreeWidget* m_days;
    QLabel* m_state;
    bool m_isChosen = false; // the period, by the user
    bool m_isWanted = false;
};

} // namespace cordon
