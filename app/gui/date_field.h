// A date to type, to choose in a calendar or to step with the arrow keys. Dates are UTC.
#pragma once

#include "app/gui/message_log.h"
#include "core/model/time.h"

#include <QLineEdit>
#include <QWidget>

namespace cordon {

class DateField : public QWidget {
    Q_OBJECT
public:
    DateField(const QString& name, MessageLog& log, QWidget* parent = nullptr); // `name`: for people, "As-of date"

    void setTime(TimePoint time); // not signalled
    TimePoint time() const { return m_time; }
    QLineEdit& edit() { return *m_edit; }

signals:
    void chosen(cordon::TimePoint time);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override; // arrow keys in the field
    void changeEvent(QEvent* event) override;

private:
    void take(); // what was typed
    void choose(TimePoint time);
    void chooseInCalendar();
    void showTime();

    MessageLog& m_log;
    QString m_name;
    QLineEdit* m_edit;
    TimePoint m_time;
    QString m_problem; // as it was said, until a date is taken or the old one put back
};

TimePoint endOfDay(std::chrono::sys_days day); // its last millisecond: what a date alone means as an as-of date
TimePoint endOfToday();
// A date alone where the instant is the end of its day, else date and time: what parseAsOf() takes back.
QString asOfText(TimePoint asOf);

} // namespace cordon
