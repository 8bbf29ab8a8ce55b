#include "app/gui/access_days.h"

#include "app/gui/access_words.h"
#include "app/gui/report_words.h"
#include "app/gui/wrap_delegate.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLocale>
#include <QVBoxLayout>

namespace cordon {

namespace {

constexpr std::chrono::days kMost{3660}; // ten years: a longer chart says nothing

std::chrono::sys_days dayOf(TimePoint t) {
    return std::chrono::floor<std::chrono::days>(t);
}

} // namespace

AccessDays::AccessDays(LiveAccess& access, MessageLog& log, QWidget* parent)
    : QWidget(parent), m_access(access), m_log(log), m_from(new DateField(tr("First day"), log, this)),
      m_to(new DateField(tr("Last day"), log, this)), m_chart(new AccessDayChart(AccessDayChart::Shows::People, this)),
      m_days(new QTreeWidget(this)), m_state(new QLabel(this)) {
    m_state->setWordWrap(true);
    m_days->setHeaderLabels({tr("Day"), tr("People"), tr("Places"), tr("What changed")});
    m_days->setAccessibleName(tr("Days on which something changed"));
    m_days->setRootIsDecorated(false);
    m_days->setIndentation(0);
    m_days->setAlternatingRowColors(true);
    new WrapDelegate(*m_days);
    m_days->header()->setStretchLastSection(true);
    m_days->header()->resizeSection(0, 88);
    m_days->header()->resizeSection(1, 66);
    m_days->header()->resizeSection(2, 50);
    for (const int column : {1, 2}) {
        m_days->headerItem()->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
        m_days->headerItem()->setToolTip(column, tr("Cut off on that day"));
    }
    auto* dates = new QHBoxLayout;
    dates->addWidget(new QLabel(tr("From"), this));
    dates->addWidget(m_from, 1);
    dates->addWidget(new QLabel(tr("to"), this));
    dates->addWidget(m_to, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(dates);
    layout->addWidget(m_state);
    layout->addWidget(m_chart);
    layout->addWidget(m_days, 1);
    for (DateField* field : {m_from, m_to})
        connect(field, &DateField::chosen, this, [this] {
            m_isChosen = true;
            want();
        });
    connect(m_chart, &AccessDayChart::asOfWanted, this, &AccessDays::asOfWanted);
    const auto go = [this](QTreeWidgetItem* item) {
        const QDate day = item->data(0, Qt::UserRole).toDate();
        emit asOfWanted(endOfDay(std::chrono::sys_days(std::chrono::days(QDate(1970, 1, 1).daysTo(day)))));
    };
    connect(m_days, &QTreeWidget::itemClicked, this, go);
    connect(m_days, &QTreeWidget::itemActivated, this, go);
    connect(&m_access, &LiveAccess::seriesFound, this, &AccessDays::followSeries);
    connect(&m_access, &LiveAccess::found, this, [this] {
        if (!m_access.finding())
            followSeries();
    });
    followSeries();
}

void AccessDays::propose(const DaySpan& days) {
    if (m_isChosen)
        return;
    m_from->setTime(endOfDay(days.first));
    m_to->setTime(endOfDay(days.last));
    want();
}

void AccessDays::startAnew() {
    m_isChosen = false;
}

void AccessDays::setAsOf(TimePoint asOf) {
    m_chart->setAsOf(asOf);
}

void AccessDays::setWanted(bool isWanted) {
    m_isWanted = isWanted;
    if (isWanted)
        want();
    else
        m_access.wantSeries(std::nullopt);
}

void AccessDays::want() {
    if (!m_isWanted)
        return;
    DaySpan span{dayOf(m_from->time()), dayOf(m_to->time())};
    if (span.last < span.first)
        std::swap(span.first, span.last);
    if (span.last - span.first > kMost) {
        span.first = span.last - kMost;
        m_log.add(Severity::Warning, tr("Access through time is shown for the last ten years of that period."));
    }
    m_access.wantSeries(span);
    followSeries();
}

QString AccessDays::reportsText(const std::vector<std::string>& ids) const {
    QStringList texts;
    const SituationIndex& index = *m_access.series()->situation;
    for (const std::string& id : ids) {
        const auto rows = index.rowsOf(id);
        const std::string place = rows.empty() ? "" : headAt(index.situation(), rows.back()).place;
        texts += place.empty() ? fromUtf8(id) : fromUtf8(id) + " " + fromUtf8(place);
    }
    return texts.join(", ");
}

void AccessDays::addDay(const AccessDay& day, bool isFirst) {
    const AccessReport& report = m_access.series()->report;
    QStringList changes;
    if (isFirst)
        changes += tr("first day of the period");
    if (!day.newlyCutOff.empty())
        changes += tr("Newly cut off: %1.").arg(placeNames(report, day.newlyCutOff));
    if (!day.reconnected.empty())
        changes += tr("Reconnected: %1.").arg(placeNames(report, day.reconnected));
    if (!day.begun.empty())
        changes += tr("Begun: %1.").arg(reportsText(day.begun));
    if (!day.ended.empty())
        changes += tr("Ended: %1.").arg(reportsText(day.ended));
    const bool isUnknown = day.cutOff.places > 0 && day.cutOff.withoutPopulation == day.cutOff.places;
    auto* item = new QTreeWidgetItem(
        m_days, {QString::fromStdString(formatDate(TimePoint(day.day))),
                 isUnknown ? QString("?") : QLocale(QLocale::English).toString(day.cutOff.people, 'f', 0),
                 QString::number(day.cutOff.places), changes.join('\n')});
    for (const int column : {1, 2}) {
        item->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
        item->setToolTip(column, peopleText(day.cutOff));
    }
    item->setData(0, Qt::UserRole, QDate(1970, 1, 1).addDays(day.day.time_since_epoch().count()));
    item->setToolTip(0, tr("Show this day on the map"));
}

void AccessDays::followSeries() {
    const auto& series = m_access.series();
    m_days->clear();
    m_chart->show(series);
    m_chart->setVisible(series != nullptr);
    m_state->setVisible(!series);
    m_state->setText(!m_access.finding() ? tr("Name a place to start from to see the days.")
                                         : tr("The days are being gone through..."));
    if (!series)
        return;
    bool isFirst = true;
    for (const AccessDay& day : series->report.series)
        if (!day.isSame) {
            addDay(day, isFirst);
            isFirst = false;
        }
}

} // namespace cordon
