#include "app/gui/access_panel.h"

#include "app/gui/access_words.h"
#include "app/gui/report_words.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QSplitter>
#include <QUrl>
#include <QVBoxLayout>

namespace cordon {

namespace {

constexpr int kBusyAfterMs = 400;

QString line(const QString& html) {
    return "<div>" + html + "</div>";
}

} // namespace

AccessPanel::AccessPanel(LiveAccess& access, Document& document, MessageLog& log, QWidget* parent)
    : QWidget(parent), m_access(access), m_question(new AccessQuestionBar(this)), m_summary(new QLabel(this)),
      m_tabs(new QTabWidget(this)), m_places(new AccessPlaces(this)), m_lifts(new AccessLifts(this)),
      m_regions(new AccessRegions(this)), m_days(new AccessDays(access, log, this)),
      m_corridors(new AccessCorridors(access, document, this)), m_roads(new AccessRoads(access, document, this)),
      m_story(new QTextBrowser(this)) {
    build();
    connect(m_question, &AccessQuestionBar::changed, &m_access, &LiveAccess::setQuery);
    connect(m_question, &AccessQuestionBar::optionsWanted, this, &AccessPanel::optionsWanted);
    connect(m_question, &AccessQuestionBar::pickWanted, this, &AccessPanel::pickWanted);
    connectTabs();
    connect(m_story, &QTextBrowser::anchorClicked, this, &AccessPanel::takeLink);
    connect(&m_access, &LiveAccess::queryChanged, this, &AccessPanel::followQuestion);
    connect(&m_access, &LiveAccess::networkChanged, this, [this] {
        m_question->setNetwork(m_access.network());
        followQuestion();
    });
    connect(&m_access, &LiveAccess::found, this, [this] {
        m_refusal.clear();
        followAnswer();
    });
    connect(&m_access, &LiveAccess::failed, this, [this](const QString& reason) {
        m_refusal = reason;
        followAnswer();
    });
    connect(&m_access, &LiveAccess::busyChanged, this, &AccessPanel::followBusy);
    connect(&m_access, &LiveAccess::modeChanged, this, [this] { m_onMap->setChecked(m_access.showsMap()); });
    m_busySoon.setSingleShot(true);
    m_busySoon.setInterval(kBusyAfterMs);
    connect(&m_busySoon, &QTimer::timeout, this, [this] {
        m_busy->show();
        m_stop->show();
    });
    followQuestion();
    followAnswer();
}

void AccessPanel::connectTabs() {
    connect(m_lifts, &AccessLifts::changed, &m_access, [this](const AccessQuery& query) { m_access.setQuery(query); });
    connect(m_places, &AccessPlaces::chosen, this, [this](std::size_t place) { tellPlace(place); });
    connect(m_places, &AccessPlaces::zoomWanted, this, [this](std::size_t place) { tellPlace(place, true); });
    connect(m_lifts, &AccessLifts::chosen, this, [this](std::size_t n, bool together) { tellLift(n, together); });
    connect(m_lifts, &AccessLifts::zoomWanted, this,
            [this](std::size_t n, bool together) { tellLift(n, together, true); });
    connect(m_regions, &AccessRegions::zoomWanted, this, &AccessPanel::regionWanted);
    connect(m_corridors, &AccessCorridors::chosen, this, [this](std::size_t n) { tellCorridor(n); });
    connect(m_corridors, &AccessCorridors::zoomWanted, this, [this](std::size_t n) { tellCorridor(n, true); });
    connect(m_roads, &AccessRoads::placeWanted, this, [this](const GeoBox& box, const MapSketch& sketch) {
        emit highlightWanted(sketch);
        emit zoomWanted(box);
    });
    connect(m_tabs, &QTabWidget::currentChanged, this, &AccessPanel::followTab);
}

// Days are gone through while somebody looks at them.
void AccessPanel::followTab() {
    m_days->setWanted(m_tabs->currentWidget() == m_days || m_tabs->currentWidget() == m_corridors);
}

void AccessPanel::setAsOf(TimePoint asOf) {
    m_days->setAsOf(asOf);
    m_corridors->chart().setAsOf(asOf);
}

void AccessPanel::build() {
    m_summary->setWordWrap(true);
    m_summary->setTextFormat(Qt::RichText);
    m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_tabs->addTab(m_places, tr("Places"));
    m_tabs->addTab(m_lifts, tr("Blockages"));
    m_tabs->addTab(m_regions, tr("Regions"));
    m_tabs->addTab(m_corridors, tr("Corridors"));
    m_tabs->addTab(m_days, tr("Days"));
    m_tabs->addTab(m_roads, tr("Roads"));
    m_tabs->setTabToolTip(m_tabs->indexOf(m_roads), tr("What is doubtful about the roads of the map"));
    m_tabs->setDocumentMode(true);
    m_story->setOpenLinks(false);
    m_story->setAccessibleName(tr("The story of what was clicked"));
    m_story->setPlaceholderText(tr("Click a place or a blockage, here or on the map: its story appears here."));
    auto* halves = new QSplitter(Qt::Vertical, this);
    halves->addWidget(m_tabs);
    halves->addWidget(m_story);
    halves->setStretchFactor(0, 3);
    halves->setStretchFactor(1, 2);
    halves->setChildrenCollapsible(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 6, 8, 8);
    layout->setSpacing(6);
    layout->addWidget(m_question);
    layout->addWidget(m_summary);
    layout->addWidget(halves, 1);
    layout->addWidget(buildFoot());
}

QWidget* AccessPanel::buildFoot() {
    auto* foot = new QWidget(this);
    auto* layout = new QHBoxLayout(foot);
    layout->setContentsMargins(0, 0, 0, 0);
    m_onMap = new QCheckBox(tr("On the &map"), foot);
    m_onMap->setToolTip(tr("Show the answer on the map in place of the situation"));
    m_onMap->setChecked(m_access.showsMap());
    connect(m_onMap, &QCheckBox::clicked, &m_access, &LiveAccess::setShowsMap);
    m_busy = new QLabel(foot);
    m_stop = new QPushButton(tr("Stop"), foot);
    connect(m_stop, &QPushButton::clicked, &m_access, &LiveAccess::stop);
    m_export = new QPushButton(tr("&Export"), foot);
    m_exports = new QMenu(m_export);
    m_export->setMenu(m_exports);
    layout->addWidget(m_onMap);
    layout->addWidget(m_busy, 1);
    layout->addWidget(m_stop);
    layout->addStretch();
    layout->addWidget(m_export);
    m_busy->hide();
    m_stop->hide();
    return foot;
}

void AccessPanel::followBusy(bool isBusy, const QString& what) {
    m_busy->setText(what);
    if (isBusy && !m_busy->isVisible())
        m_busySoon.start();
    if (isBusy)
        return;
    m_busySoon.stop();
    m_busy->hide();
    m_stop->hide();
}

void AccessPanel::followQuestion() {
    m_question->show(m_access.query());
    if (m_access.query().origins.empty() && !m_access.finding())
        sayNoAnswer();
}

void AccessPanel::sayNoAnswer() {
    if (!m_refusal.isEmpty())
        return m_summary->setText("<span style=\"color:#A8320A\">" + m_refusal.toHtmlEscaped() + "</span>");
    if (!m_access.network())
        return m_summary->setText(tr("The road network of the map is being built..."));
    m_summary->setText(
        tr("Say where supplies, people or help start from: type a place, or click it on the map. Several "
           "starts count together: reached is what one of them reaches."));
}

QString AccessPanel::summaryText() const {
    const AccessAnswer& answer = m_access.finding()->report.answer;
    const AccessTotals& totals = answer.totals;
    QString text;
    if (totals.all.places == 0)
        text = line(tr("The map has no layer of places to judge. Add one with File > Add Layers."));
    else if (totals.cutOff.places == 0)
        text = line("<b>" + tr("Nobody is cut off.") + "</b>");
    else
        text = line("<b>" + tr("Cut off: %1.").arg(peopleText(totals.cutOff)) + "</b>");
    if (totals.restricted.places > 0)
        text += line(tr("Of these under blockade, whatever the roads: %1.").arg(peopleText(totals.restricted)));
    if (totals.delayed.places > 0)
        text +=
            line(tr("Delayed more than %1 times: %2.").arg(answer.query.delayFactor).arg(peopleText(totals.delayed)));
    if (answer.query.budgetHours)
        text += line(tr("Too late for %1 h: %2.").arg(*answer.query.budgetHours).arg(peopleText(totals.late)));
    if (totals.all.places > 0)
        text += line(tr("Reached: %1.").arg(peopleText(totals.reached)));
    QStringList notJudged;
    if (totals.islands.places > 0)
        notJudged += tr("%1 that the roads of the map do not lead to").arg(totals.islands.places);
    if (totals.offNetwork.places > 0)
        notJudged += tr("%1 farther than %2 from any road")
                         .arg(totals.offNetwork.places)
                         .arg(kmText(m_access.network()->options.snapMeters));
    if (!notJudged.isEmpty())
        text += line(tr("Not judged: %1.").arg(notJudged.join(", ")));
    for (const OriginAt& origin : answer.origins)
        if (!origin.restrictions.empty())
            text += line(
                tr("%1 itself is under blockade: nobody leaves it.").arg(fromUtf8(origin.origin.name).toHtmlEscaped()));
    if (!answer.warnings.empty())
        text += line(answer.warnings.size() == 1 ? fromUtf8(answer.warnings.front().text).toHtmlEscaped()
                                                 : tr("%1 reports could not be placed, such as: %2")
                                                       .arg(answer.warnings.size())
                                                       .arg(fromUtf8(answer.warnings.front().text).toHtmlEscaped()));
    return text;
}

void AccessPanel::followAnswer() {
    const auto& finding = m_access.finding();
    if (finding)
        m_summary->setText(summaryText());
    else
        sayNoAnswer();
    m_places->show(finding);
    m_lifts->show(finding);
    m_regions->show(finding.get());
    m_export->setEnabled(finding != nullptr);
    tellAgain();
}

void AccessPanel::tell(AccessStory story, bool zooms) {
    if (story.html != m_html) // else it stays where it was scrolled to
        m_story->setHtml(story.html);
    m_html = story.html;
    emit highlightWanted(story.sketch);
    if (zooms && !story.box.isEmpty())
        emit zoomWanted(story.box);
}

void AccessPanel::tellPlace(std::size_t place, bool zooms) {
    const auto& finding = m_access.finding();
    if (!finding || place >= finding->report.answer.places.size())
        return;
    m_told = {finding->report.network->places[place].name, finding->report.network->places[place].at, {}, {}};
    m_places->choose(place);
    tell(storyOfPlace(*finding, place), zooms);
}

void AccessPanel::tellLift(std::size_t number, bool isTogether, bool zooms) {
    const auto& finding = m_access.finding();
    if (!finding || number >= (isTogether ? finding->report.together : finding->report.ranked).size())
        return;
    m_told = {{},
              {},
              liftText(finding->report, (isTogether ? finding->report.together : finding->report.ranked)[number]),
              {}};
    if (!isTogether)
        m_lifts->choose(number);
    tell(isTogether ? storyOfTogether(*finding, number) : storyOfLift(*finding, number), zooms);
}

void AccessPanel::tellCorridor(std::size_t number, bool zooms) {
    const auto& finding = m_access.corridors();
    if (!finding || number >= finding->corridors.size())
        return;
    m_told = {{}, {}, {}, nameOf(finding->corridors[number].saved)};
    m_corridors->choose(number);
    tell(storyOfCorridor(*finding, number), zooms);
}

// The same story by the new answer.
void AccessPanel::tellAgain() {
    const auto& finding = m_access.finding();
    const Told told = m_told;
    if (!told.corridor.empty()) {
        const auto& watching = m_access.corridors();
        if (!watching)
            return;
        for (std::size_t i = 0; i < watching->corridors.size(); ++i)
            if (nameOf(watching->corridors[i].saved) == told.corridor)
                return tell(storyOfCorridor(*watching, i), false);
    }
    if (finding && !told.place.empty()) {
        const auto& places = finding->report.network->places;
        for (std::size_t i = 0; i < places.size(); ++i)
            if (places[i].name == told.place && places[i].at == told.at)
                return tell(storyOfPlace(*finding, i), false);
    }
    if (finding && !told.lift.isEmpty()) {
        if (!finding->isExplained)
            return;
        const auto& ranked = finding->report.ranked;
        for (std::size_t i = 0; i < ranked.size(); ++i)
            if (liftText(finding->report, ranked[i]) == told.lift)
                return tell(storyOfLift(*finding, i), false);
        for (std::size_t i = 0; i < finding->report.together.size(); ++i)
            if (liftText(finding->report, finding->report.together[i]) == told.lift)
                return tell(storyOfTogether(*finding, i), false);
    }
    if (!m_html.isEmpty())
        emit highlightWanted({});
    m_html.clear();
    m_story->clear();
}

bool AccessPanel::tellAt(LonLat at, double withinMeters) {
    const auto& finding = m_access.finding();
    if (!finding)
        return false;
    if (const auto place = placeNear(*finding->report.network, at, withinMeters)) {
        m_tabs->setCurrentWidget(m_places);
        tellPlace(*place);
        return true;
    }
    if (const auto lift = liftNear(*finding, at, withinMeters)) {
        m_tabs->setCurrentWidget(m_lifts);
        tellLift(*lift);
        return true;
    }
    return false;
}

void AccessPanel::takeLink(const QUrl& link) {
    const QString id = link.path(QUrl::FullyDecoded);
    if (link.scheme() == "report")
        emit reportWanted(id);
    else if (link.scheme() == "place")
        tellPlace(id.toULongLong());
    else if (link.scheme() == "lift")
        tellLift(id.toULongLong());
}

} // namespace cordon
