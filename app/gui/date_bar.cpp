#include "app/gui/date_bar.h"

#include "app/gui/look.h"

#include <QCalendarWidget>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QWidgetAction>

namespace cordon {

namespace {

using std::chrono::days;
using std::chrono::milliseconds;

TimePoint endOfDay(std::chrono::sys_days day) {
    return TimePoint(day + days(1)) - milliseconds(1);
}

TimePoint endOfToday() {
    return endOfDay(std::chrono::floor<days>(std::chrono::system_clock::now()));
}

} // namespace

QString asOfText(TimePoint asOf) {
    if (asOf == TimePoint::max())
        return {};
    const auto day = std::chrono::floor<days>(asOf);
    return QString::fromStdString(asOf == endOfDay(day) ? formatIsoDate(asOf) : formatIso(asOf));
}

DateBar::DateBar(Document& document, MessageLog& log, QWidget* parent)
    : QWidget(parent), m_document(document), m_log(log), m_field(new QLineEdit(this)) {
    auto* label = new QLabel(tr("As &of"), this);
    label->setBuddy(m_field);
    m_field->setAccessibleName(tr("As-of date"));
    m_field->setPlaceholderText(tr("YYYY-MM-DD"));
    m_field->setToolTip(tr("What is in force on this date is drawn, e.g. 2025-10-20 or 2025-10-20T14:00Z (UTC).\n"
                           "Up and Down step a day, Page Up and Page Down a week."));
    m_field->setFixedWidth(m_field->fontMetrics().horizontalAdvance("2025-10-20T14:00:00Z") + 20);
    m_field->installEventFilter(this);
    connect(m_field, &QLineEdit::editingFinished, this, &DateBar::take);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(6, 0, 6, 0);
    layout->setSpacing(2);
    layout->addWidget(label);
    layout->addSpacing(4);
    layout->addWidget(addButton("previous-week", tr("A week earlier"), -7));
    layout->addWidget(addButton("previous", tr("A day earlier"), -1));
    layout->addWidget(m_field);
    layout->addWidget(addButton("next", tr("A day later"), 1));
    layout->addWidget(addButton("next-week", tr("A week later"), 7));
    auto* calendar = new QToolButton(this);
    calendar->setIcon(iconOf("calendar"));
    calendar->setAutoRaise(true);
    calendar->setIconSize({20, 20});
    calendar->setToolTip(tr("Choose a date"));
    calendar->setAccessibleName(tr("Choose a date"));
    connect(calendar, &QToolButton::clicked, this, &DateBar::chooseInCalendar);
    layout->addWidget(calendar);
    connect(&document, &Document::timeChanged, this, &DateBar::follow);
    connect(&document, &Document::projectChanged, this, &DateBar::follow);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    follow();
}

QToolButton* DateBar::addButton(const QString& icon, const QString& toolTip, int dayCount) {
    auto* button = new QToolButton(this);
    button->setIcon(iconOf(icon));
    button->setIconSize({18, 18});
    button->setAutoRaise(true);
    button->setAutoRepeat(true);
    button->setToolTip(toolTip);
    button->setAccessibleName(toolTip);
    connect(button, &QToolButton::clicked, this, [this, dayCount] { stepDays(dayCount); });
    return button;
}

void DateBar::follow() {
    const bool hasDates = m_document.hasSituation();
    setEnabled(hasDates);
    setToolTip(hasDates ? QString() : tr("This map has no dated situation."));
    m_field->setText(hasDates ? asOfText(m_document.time().asOf) : QString());
    m_field->setStyleSheet({});
}

void DateBar::take() {
    const QString text = m_field->text().trimmed();
    if (text == asOfText(m_document.time().asOf))
        return follow();
    const bool went = runAction(m_log, tr("As-of date"),
                                [&] { setAsOf(text.isEmpty() ? endOfToday() : parseAsOf(text.toStdString())); });
    if (went)
        follow();
    else
        m_field->setStyleSheet("QLineEdit { background: #FBE3DC; }");
}

void DateBar::stepDays(int dayCount) {
    const TimePoint now = m_document.time().asOf;
    setAsOf((now == TimePoint::max() ? endOfToday() : now) + days(dayCount));
}

void DateBar::setAsOf(TimePoint asOf) {
    TimeFilter time = m_document.time();
    time.asOf = asOf;
    m_document.setTime(time);
}

void DateBar::chooseInCalendar() {
    QMenu menu(this);
    auto* calendar = new QCalendarWidget(&menu);
    calendar->setGridVisible(false);
    const QDate date = QDate::fromString(m_field->text().left(10), Qt::ISODate);
    calendar->setSelectedDate(date.isValid() ? date : QDate::currentDate());
    auto* action = new QWidgetAction(&menu);
    action->setDefaultWidget(calendar);
    menu.addAction(action);
    connect(calendar, &QCalendarWidget::clicked, &menu, [&](QDate chosen) {
        setAsOf(endOfDay(std::chrono::sys_days(days(chosen.toJulianDay() - QDate(1970, 1, 1).toJulianDay()))));
        menu.close();
    });
    menu.exec(m_field->mapToGlobal(QPoint(0, m_field->height() + 2)));
}

bool DateBar::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Up:
            stepDays(1);
            return true;
        case Qt::Key_Down:
            stepDays(-1);
            return true;
        case Qt::Key_PageUp:
            stepDays(7);
            return true;
        case Qt::Key_PageDown:
            stepDays(-7);
            return true;
        case Qt::Key_Escape:
            follow();
            return true;
        default:
            break;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace cordon
