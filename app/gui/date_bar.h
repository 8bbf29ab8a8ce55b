// The as-of date: typed, chosen in a calendar, or stepped by days and weeks. Dates are UTC.
#pragma once

#include "app/gui/document.h"
#include "app/gui/message_log.h"

#include <QLineEdit>
#include <QToolButton>
#include <QWidget>

namespace cordon {

class DateBar : public QWidget {
    Q_OBJECT
public:
    DateBar(Document& document, MessageLog& log, QWidget* parent = nullptr);

    void stepDays(int days);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override; // arrow keys in the field

private:
    QToolButton* addButton(const QString& icon, const QString& toolTip, int days);
    void follow();
    void take(); // what was typed
    void chooseInCalendar();
    void setAsOf(TimePoint asOf);

    Document& m_document;
    MessageLog& m_log;
    QLineEdit* m_field;
};

// A date alone where the instant is the end of its day, else date and time: what parseAsOf() takes back.
QString asOfText(TimePoint asOf);

} // namespace cordon
