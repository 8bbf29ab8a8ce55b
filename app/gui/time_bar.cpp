#include "app/gui/time_bar.h"

#include "app/gui/look.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QSettings>

namespace cordon {

namespace {

using std::chrono::days;

// How playing goes on: so many days every so many milliseconds; 0 days: to the next change.
struct Speed {
    const char* text;
    int days;
    int milliseconds;
};
constexpr Speed kSpeeds[] = {{QT_TRANSLATE_NOOP("TimeBar", "1 day a second"), 1, 1000},
                             {QT_TRANSLATE_NOOP("TimeBar", "3 days a second"), 1, 333},
                             {QT_TRANSLATE_NOOP("TimeBar", "A week a second"), 1, 143},
                             {QT_TRANSLATE_NOOP("TimeBar", "A month a second"), 5, 167},
                             {QT_TRANSLATE_NOOP("TimeBar", "Change by change"), 0, 900}};

} // namespace

TimeBar::TimeBar(Document& document, MessageLog& log, QWidget* parent)
    : QWidget(parent), m_document(document), m_log(log), m_timeline(std::make_shared<const Timeline>()),
      m_date(new DateField(tr("As-of date"), log, this)), m_strip(new TimeStrip(this)),
      m_knowledgeButton(new KnowledgeButton(log, this)), m_filterButton(new ReportFilterButton(this)),
      m_speed(new QComboBox(this)) {
    buildControls();
    connectStrip();
    connect(m_date, &DateField::chosen, this, &TimeBar::setAsOf);
    connect(m_knowledgeButton, &KnowledgeButton::wanted, this, &TimeBar::setKnowledge);
    connect(m_filterButton, &ReportFilterButton::wanted, this, [this](int days, std::optional<Grade> grade) {
        TimeFilter time = m_document.time();
        time.incidentDays = days;
        time.atLeastGrade = grade;
        m_document.setTime(time);
    });
    connect(m_filterButton, &ReportFilterButton::shadeWanted, m_strip, &TimeStrip::setShadesFatalities);
    connect(&m_player, &QTimer::timeout, this, &TimeBar::play);
    connect(m_speed, &QComboBox::currentIndexChanged, this, [this] {
        if (isPlaying())
            setPlaying(true);
    });
    connect(&m_counter, &Worker::failed, this,
            [this](const QString&, const QString& reason) { m_log.add(Severity::Error, reason); });
    connect(&m_document, &Document::timeChanged, this, &TimeBar::follow);
    connect(&m_document, &Document::projectChanged, this, &TimeBar::follow);
    connect(&m_document, &Document::opened, this, [this] {
        setPlaying(false);
        m_knowledge = m_document.time().knownBy == TimePoint::max() ? Knowledge::Now : Knowledge::OnDate;
        m_strip->showBusy();
        follow();
    });
    follow();
}

TimeBar::~TimeBar() {
    m_counter.stopAll();
}

QToolButton* TimeBar::addButton(const QString& icon, const QString& toolTip, bool repeats) {
    auto* button = new QToolButton(this);
    button->setIcon(iconOf(icon));
    button->setIconSize({18, 18});
    button->setAutoRaise(true);
    button->setAutoRepeat(repeats);
    button->setToolTip(toolTip);
    button->setAccessibleName(toolTip);
    return button;
}

void TimeBar::buildControls() {
    m_previous = addButton("previous-change", tr("To the previous change (Ctrl+Left in the bar)"), true);
    connect(m_previous, &QToolButton::clicked, this, [this] { stepToChange(false); });
    QToolButton* earlier = addButton("previous", tr("A day earlier (Ctrl+[)"), true);
    connect(earlier, &QToolButton::clicked, this, [this] { stepDays(-1); });
    QToolButton* later = addButton("next", tr("A day later (Ctrl+])"), true);
    connect(later, &QToolButton::clicked, this, [this] { stepDays(1); });
    m_next = addButton("next-change", tr("To the next change (Ctrl+Right in the bar)"), true);
    connect(m_next, &QToolButton::clicked, this, [this] { stepToChange(true); });
    m_play = addButton("play", tr("Play"), false);
    connect(m_play, &QToolButton::clicked, this, [this] { setPlaying(!isPlaying()); });
    for (const Speed& speed : kSpeeds)
        m_speed->addItem(tr(speed.text));
    m_speed->setCurrentIndex(2);
    m_speed->setAccessibleName(tr("Speed of playing"));
    m_speed->setToolTip(tr("Speed of playing"));
    QToolButton* all = addButton("zoom-all", tr("Show the whole period (0, or double click on the axis)"), false);
    connect(all, &QToolButton::clicked, m_strip, &TimeStrip::showAll);

    auto* dates = new QHBoxLayout;
    dates->setSpacing(1);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_previous, earlier, m_date, later, m_next})
        dates->addWidget(widget);
    dates->addSpacing(6);
    dates->addWidget(m_play);
    dates->addWidget(m_speed);
    auto* options = new QHBoxLayout;
    options->setSpacing(4);
    options->addWidget(m_knowledgeButton);
    options->addWidget(m_filterButton);
    options->addStretch();
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(6, 4, 4, 2);
    layout->setHorizontalSpacing(8);
    layout->setVerticalSpacing(4);
    layout->addLayout(dates, 0, 0);
    layout->addLayout(options, 1, 0, Qt::AlignTop);
    layout->addWidget(m_strip, 0, 1, 2, 1);
    layout->addWidget(all, 0, 2);
    layout->setColumnStretch(1, 1);
    layout->setRowStretch(1, 1);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void TimeBar::connectStrip() {
    connect(m_strip, &TimeStrip::asOfWanted, this, [this](TimePoint t) {
        setPlaying(false);
        setAsOf(t);
    });
    connect(m_strip, &TimeStrip::daysWanted, this, &TimeBar::stepDays);
    connect(m_strip, &TimeStrip::changeWanted, this, &TimeBar::stepToChange);
    connect(m_strip, &TimeStrip::endWanted, this, &TimeBar::goToEnd);
    connect(m_strip, &TimeStrip::playWanted, this, [this] { setPlaying(!isPlaying()); });
}

void TimeBar::follow() {
    const TimeFilter& time = m_document.time();
    if (m_knowledge == Knowledge::SameDay && time.knownBy != time.asOf) {
        TimeFilter moved = time; // comes back here
        moved.knownBy = moved.asOf;
        return m_document.setTime(moved);
    }
    const Knowledge before = m_knowledge;
    if (time.knownBy == TimePoint::max())
        m_knowledge = Knowledge::Now;
    else if (m_knowledge == Knowledge::Now)
        m_knowledge = Knowledge::OnDate;
    m_date->setTime(time.asOf);
    m_strip->setClock(time);
    m_knowledgeButton->show(m_knowledge, time);
    m_filterButton->show(time);
    followTimeline();
    m_previous->setEnabled(changeFrom(false).has_value());
    m_next->setEnabled(changeFrom(true).has_value());
    if (before != m_knowledge)
        emit knowledgeChanged();
}

// Counts again what the dates depend on. Until that is there the old picture stays.
void TimeBar::followTimeline() {
    const TimeFilter& time = m_document.time();
    // Where the knowledge moves with the date the bar shows all: it is there to find the way.
    const TimePoint knownBy = m_knowledge == Knowledge::OnDate ? time.knownBy : TimePoint::max();
    const Counted wanted{m_document.project()->situation, knownBy, time.atLeastGrade, {}};
    if (wanted.isOf(m_wanted))
        return;
    m_wanted = wanted;
    m_counter.stopAll();
    const auto kept = std::find_if(m_kept.begin(), m_kept.end(), [&](const Counted& c) { return c.isOf(wanted); });
    if (kept != m_kept.end())
        return take(*kept);
    m_counter.post({tr("Count reports by day"), [this, wanted](const std::stop_token& stop, const Worker::Progress&) {
                        TimeFilter filter;
                        filter.knownBy = wanted.knownBy;
                        filter.atLeastGrade = wanted.atLeastGrade;
                        Counted counted = wanted;
                        counted.timeline =
                            std::make_shared<const Timeline>(timelineOf(*wanted.situation, filter, stop));
                        return Worker::Delivery([this, counted] { take(counted); });
                    }});
}

void TimeBar::take(Counted counted) {
    constexpr std::size_t kKept = 4;
    std::erase_if(m_kept, [&](const Counted& c) { return c.isOf(counted); });
    m_timeline = counted.timeline;
    m_kept.push_back(std::move(counted));
    if (m_kept.size() > kKept)
        m_kept.erase(m_kept.begin());
    m_strip->setTimeline(m_timeline);
    m_previous->setEnabled(changeFrom(false).has_value());
    m_next->setEnabled(changeFrom(true).has_value());
}

std::chrono::sys_days TimeBar::day() const {
    return dayAt(dayNumber(m_document.time().asOf == TimePoint::max() ? endOfToday() : m_document.time().asOf));
}

std::optional<std::chrono::sys_days> TimeBar::changeFrom(bool next) const {
    const bool knowledgeMoves = m_knowledge == Knowledge::SameDay;
    return next ? m_timeline->nextChange(day(), knowledgeMoves) : m_timeline->previousChange(day(), knowledgeMoves);
}

void TimeBar::setAsOf(TimePoint asOf) {
    TimeFilter time = m_document.time();
    time.asOf = asOf;
    if (m_knowledge == Knowledge::SameDay)
        time.knownBy = asOf;
    m_document.setTime(time);
}

void TimeBar::setKnowledge(Knowledge knowledge, TimePoint onDate) {
    m_knowledge = knowledge;
    TimeFilter time = m_document.time();
    time.knownBy = knowledge == Knowledge::Now       ? TimePoint::max()
                   : knowledge == Knowledge::SameDay ? time.asOf
                                                     : onDate;
    m_document.setTime(time);
    follow(); // the way of knowing may have changed while the date did not
    emit knowledgeChanged();
}

void TimeBar::showNow() {
    setKnowledge(Knowledge::Now, {});
}

void TimeBar::stepDays(int count) {
    const TimePoint now = m_document.time().asOf;
    setAsOf((now == TimePoint::max() ? endOfToday() : now) + days(count));
}

void TimeBar::stepToChange(bool next) {
    if (const auto day = changeFrom(next))
        setAsOf(endOfDay(*day));
}

void TimeBar::goToEnd(bool last) {
    if (const auto span = m_timeline->usualSpan())
        setAsOf(endOfDay(last ? span->last : span->first));
}

// From the begin again when the end is reached.
void TimeBar::setPlaying(bool on) {
    const auto span = m_timeline->usualSpan();
    const bool starts = on && span;
    if (starts && !isPlaying() && day() >= span->last)
        setAsOf(endOfDay(span->first));
    starts ? m_player.start(kSpeeds[m_speed->currentIndex()].milliseconds) : m_player.stop();
    m_play->setIcon(iconOf(starts ? "pause" : "play"));
    m_play->setToolTip(starts ? tr("Pause (Space in the bar)") : tr("Play (Space in the bar)"));
    m_play->setAccessibleName(starts ? tr("Pause") : tr("Play"));
}

void TimeBar::play() {
    if (m_isMapBusy)
        return;
    const auto span = m_timeline->usualSpan();
    if (!span || day() >= span->last)
        return setPlaying(false);
    const Speed& speed = kSpeeds[m_speed->currentIndex()];
    const auto change = changeFrom(true);
    const auto next = speed.days > 0 ? day() + days(speed.days) : change.value_or(span->last);
    setAsOf(endOfDay(std::min(next, span->last)));
}

void TimeBar::readSettings(const QSettings& settings) {
    m_speed->setCurrentIndex(std::clamp(settings.value("playSpeed", 2).toInt(), 0, m_speed->count() - 1));
    m_filterButton->setShadesFatalities(settings.value("shadesFatalities", true).toBool());
}

void TimeBar::writeSettings(QSettings& settings) const {
    settings.setValue("playSpeed", m_speed->currentIndex());
    settings.setValue("shadesFatalities", m_filterButton->shadesFatalities());
}

} // namespace cordon
