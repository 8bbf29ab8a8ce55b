#include "app/gui/date_field.h"

#include "app/gui/look.h"

#include <QCalendarWidget>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QToolButton>
#include <QWidgetAction>
#include <utility>

namespace cordon {

namespace {

using std::chrono::days;
using std::chrono::milliseconds;

} // namespace

TimePoint endOfDay(std::chrono::sys_days day) {
    return TimePoint(day + days(1)) - milliseconds(1);
}

TimePoint endOfToday() {
    return endOfDay(std::chrono::floor<days>(std::chrono::system_clock::now()));
}

QString asOfText(TimePoint asOf) {
    if (asOf == TimePoint::max())
        return {};
    const auto day = std::chrono::floor<days>(asOf);
    return QString::fromStdString(asOf == endOfDay(day) ? formatIsoDate(asOf) : formatIso(asOf));
}

DateField::DateField(const QString& name, MessageLog& log, QWidget* parent)
    : QWidget(parent), m_log(log), m_name(name), m_edit(new QLineEdit(this)), m_time(endOfToday()) {
    m_edit->setAccessibleName(name);
    m_edit->setPlaceholderText(tr("YYYY-MM-DD"));
    m_edit->setToolTip(tr("%1: 2025-10-20 is the end of that day, 2025-10-20T14:00Z a moment (UTC); empty: today.\n"
                          "Up and Down step a day, Page Up and Page Down a week.")
                           .arg(name));
    m_edit->setMinimumWidth(m_edit->fontMetrics().horizontalAdvance("2025-10-20T14:00:00Z") + 20);
    m_edit->installEventFilter(this);
    setFocusProxy(m_edit);
    connect(m_edit, &QLineEdit::editingFinished, this, &DateField::take);
    auto* calendar = new QToolButton(this);
    calendar->setIcon(iconOf("calendar"));
    calendar->setAutoRaise(true);
    calendar->setIconSize({18, 18});
    calendar->setToolTip(tr("Choose a date"));
    calendar->setAccessibleName(tr("%1: choose in a calendar").arg(name));
    connect(calendar, &QToolButton::clicked, this, &DateField::chooseInCalendar);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_edit, 1);
    layout->addWidget(calendar);
    showTime();
}

void DateField::setTime(TimePoint time) {
    m_time = time;
    showTime();
}

void DateField::showTime() {
    m_edit->setText(isEnabled() ? asOfText(m_time) : QString());
    m_edit->setStyleSheet({});
    if (!m_problem.isEmpty())
        m_log.settle(std::exchange(m_problem, {}));
}

void DateField::changeEvent(QEvent* event) {
    if (event->type() == QEvent::EnabledChange)
        showTime();
    QWidget::changeEvent(event);
}

void DateField::take() {
    const QString text = m_edit->text().trimmed();
    if (text == asOfText(m_time))
        return showTime();
    const bool went =
        runAction(m_log, m_name, [&] { choose(text.isEmpty() ? endOfToday() : parseAsOf(text.toStdString())); });
    if (went)
        return;
    m_problem = m_log.messages().last().text;
    m_edit->setStyleSheet("QLineEdit { background: #FBE3DC; }");
}

void DateField::choose(TimePoint time) {
    setTime(time);
    emit chosen(time);
}

void DateField::chooseInCalendar() {
    QMenu menu(this);
    auto* calendar = new QCalendarWidget(&menu);
    calendar->setGridVisible(false);
    const QDate date = QDate::fromString(m_edit->text().left(10), Qt::ISODate);
    calendar->setSelectedDate(date.isValid() ? date : QDate::currentDate());
    auto* action = new QWidgetAction(&menu);
    action->setDefaultWidget(calendar);
    menu.addAction(action);
    connect(calendar, &QCalendarWidget::clicked, &menu, [&](QDate chosen) {
        choose(endOfDay(std::chrono::sys_days(days(chosen.toJulianDay() - QDate(1970, 1, 1).toJulianDay()))));
        menu.close();
    });
    menu.exec(m_edit->mapToGlobal(QPoint(0, m_edit->height() + 2))); // Qt moves it up where there is no room below
}

bool DateField::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m_edit || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto step = [this](int count) {
        choose((m_time == TimePoint::max() ? endOfToday() : m_time) + days(count));
        return true;
    };
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Up:
        return step(1);
    case Qt::Key_Down:
        return step(-1);
    case Qt::Key_PageUp:
        return step(7);
    case Qt::Key_PageDown:
        return step(-7);
    case Qt::Key_Escape:
        showTime();
        return true;
    default:
        return QWidget::eventFilter(watched, event);
    }
}

} // namespace cordon
