#include "app/gui/live_access.h"

#include "app/gui/date_field.h"
#include "core/network/access_layers.h"

namespace cordon {

namespace {

// Reasons that are found as quickly are found before the answer is shown, else the answer comes first.
constexpr std::chrono::milliseconds kQuick{100};
constexpr std::uint32_t kQuickEdges = 20000; // before any were found

// What the network depends on: not how layers look.
struct NetworkKey {
    std::vector<std::shared_ptr<const FeatureTable>> tables;
    std::vector<std::pair<LayerRole, std::string>> uses;
    std::vector<RoadJoin> joins;
    friend bool operator==(const NetworkKey&, const NetworkKey&) = default;

    static NetworkKey of(const Project& project) {
        NetworkKey key{{}, {}, project.access.joins};
        for (const auto& layer : project.layers)
            if (layer->table && (layer->role == LayerRole::Road || layer->role == LayerRole::Place ||
                                 layer->role == LayerRole::Region || layer->role == LayerRole::Country)) {
                key.tables.push_back(layer->table);
                key.uses.emplace_back(layer->role, layer->idField);
            }
        return key;
    }
};

// `series`: of the same question, or null.
std::shared_ptr<const Project> mapOf(const AccessFinding& finding, const AccessFinding* series) {
    AccessMap map;
    const auto& ranked = finding.report.ranked;
    const std::size_t numbered = std::min(ranked.size(), finding.report.top);
    map.ranked.assign(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(numbered));
    map.corridors = finding.report.corridors;
    if (series) {
        map.series = series->report.series;
        for (const CorridorEnds& ends : series->report.corridorEnds)
            map.lanes.push_back(nameOf(*series->report.network, ends));
    }
    return std::make_shared<const Project>(
        withAccessLayers(*finding.project, *finding.report.network, finding.report.answer, map));
}

// But for its dates, of which a series has its own.
bool isSeriesOf(const AccessFinding& series, const AccessFinding& finding) {
    if (series.situation != finding.situation || series.report.network != finding.report.network ||
        series.report.corridorEnds != finding.report.corridorEnds)
        return false;
    AccessQuery wanted = finding.report.answer.query, has = series.report.answer.query;
    wanted.filter.asOf = has.filter.asOf = TimePoint::max();
    return wanted == has;
}

} // namespace

// What the worker keeps between questions; touched by its thread alone.
struct LiveAccess::Bench {
    NetworkKey key;
    std::shared_ptr<const AccessNetwork> network;
    std::shared_ptr<const RegionLookup> regions;
    std::shared_ptr<const SituationIndex> situation;
    std::unique_ptr<AccessStudy> study;
    std::unique_ptr<AccessStudy> corridorStudy; // apart, so that the other one searches only what changed
    std::optional<std::chrono::steady_clock::duration> explainedIn; // the last time

    bool isQuick() const { return explainedIn ? *explainedIn < kQuick : network->graph.edgeCount() <= kQuickEdges; }
    void explainAll(AccessFinding& finding, const AccessQuery& query, const std::stop_token& stop) {
        const auto begin = std::chrono::steady_clock::now();
        explain(finding.report, stop);
        watch(finding, query, stop);
        finding.isExplained = true;
        explainedIn = std::chrono::steady_clock::now() - begin;
    }

    void take(const Project& project, std::shared_ptr<const SituationIndex> index) {
        const NetworkKey wanted = NetworkKey::of(project);
        const bool isSame = network && wanted == key;
        if (!isSame) {
            study.reset();
            corridorStudy.reset();
            network.reset();
            explainedIn.reset();
            network = prepareNetwork(project);
            regions = std::make_shared<const RegionLookup>(project);
            key = wanted;
        }
        if (isSame && study && situation == index)
            return;
        situation = std::move(index);
        study = std::make_unique<AccessStudy>(network, situation, regions);
        corridorStudy.reset();
    }

    // How the project's corridors are; what there is no start for gets the passages of the corridors.
    void watch(AccessFinding& finding, const AccessQuery& query, const std::stop_token& stop) {
        if (!corridorStudy && !finding.project->access.corridors.empty())
            corridorStudy = std::make_unique<AccessStudy>(network, situation, regions);
        AccessReport& report = finding.report;
        for (const SavedCorridor& saved : finding.project->access.corridors) {
            if (stop.stop_requested())
                throw Stopped();
            WatchedCorridor& watched = finding.corridors.emplace_back(WatchedCorridor{saved, {}, {}, {}});
            try {
                const CorridorEnds ends{findPlace(network->places, saved.from), findPlace(network->places, saved.to),
                                        saved.name};
                report.corridors.push_back(corridorAt(*corridorStudy, query, ends));
                report.corridorEnds.push_back(ends);
                watched.number = report.corridors.size() - 1;
                watched.course = courseOf(*corridorStudy, query, ends);
            } catch (const Error& e) {
                watched.problem = e.what();
            }
        }
        if (query.origins.empty())
            for (const CorridorEnds& ends : report.corridorEnds)
                if (const Place& from = network->places[ends.from]; network->nodeOfPlace[ends.from] != kNone) {
                    AccessQuery one = query;
                    one.origins = {{from.name, from.at}};
                    report.answer.passages = corridorStudy->ask(one).passages;
                    break;
                }
    }
};

LiveAccess::LiveAccess(Document& document, QObject* parent)
    : QObject(parent), m_document(document), m_bench(std::make_shared<Bench>()) {
    connect(&m_document, &Document::timeChanged, this, &LiveAccess::follow);
    connect(&m_document, &Document::projectChanged, this, &LiveAccess::follow);
    connect(&m_worker, &Worker::failed, this, [this](const QString&, const QString& reason) { refuse(reason); });
    connect(&m_worker, &Worker::finished, this, &LiveAccess::finish);
}

LiveAccess::~LiveAccess() {
    m_worker.disconnect(this);
    m_worker.stopAll();
}

void LiveAccess::setOn(bool on) {
    if (on == m_isOn)
        return;
    m_isOn = on;
    if (!on)
        stop();
    follow();
    showMap();
    emit modeChanged();
}

void LiveAccess::setShowsMap(bool on) {
    m_showsMap = on;
    showMap();
    emit modeChanged();
}

void LiveAccess::setAside(bool isAside) {
    if (isAside == m_isAside)
        return;
    if (isAside && isOnMap())
        m_document.showInstead(nullptr); // whoever comes now shows what it has
    m_isAside = isAside;
    if (!isAside)
        showMap();
}

void LiveAccess::showMap() {
    if (m_isAside)
        return;
    m_document.showInstead(m_isOn && m_showsMap ? m_map : nullptr);
}

void LiveAccess::setQuery(const AccessQuery& query) {
    m_query = query;
    emit queryChanged();
    follow();
}

AccessQuery LiveAccess::datedQuery() const {
    AccessQuery query = m_query;
    query.filter = m_document.time();
    if (query.filter.asOf == TimePoint::max())
        query.filter.asOf = endOfToday();
    return query;
}

void LiveAccess::restart(const AccessQuery& query) {
    stop();
    m_bench = std::make_shared<Bench>();
    m_finding.reset();
    m_corridors.reset();
    m_series.reset();
    m_seriesDays.reset();
    m_network.reset();
    m_map.reset();
    showMap();
    emit networkChanged();
    emit found();
    setQuery(query);
}

void LiveAccess::drop() {
    const QSignalBlocker quiet(m_worker); // nothing that would come next is begun
    m_worker.stopAll();
    m_phase = Phase::Idle;
}

void LiveAccess::stop() {
    m_isOld = false;
    if (!isBusy())
        return;
    drop();
    emit busyChanged(false, {});
}

void LiveAccess::follow() {
    if (!m_isOn || m_document.isEmpty())
        return;
    // A question that is being answered is let finish, so that the map follows a date that is being dragged; reasons
    // are not waited for.
    if (m_phase == Phase::Asking) {
        m_isOld = true;
        return;
    }
    drop();
    find();
}

void LiveAccess::post(Phase phase, const QString& what, std::function<Worker::Delivery(const std::stop_token&)> work) {
    m_phase = phase;
    emit busyChanged(true, what);
    m_worker.post(
        {what, [work = std::move(work)](const std::stop_token& stop, const Worker::Progress&) { return work(stop); }});
}

void LiveAccess::find() {
    m_isOld = false;
    const QString what = m_network ? tr("Finding who is cut off...") : tr("Building the road network...");
    post(Phase::Asking, what,
         [this, bench = m_bench, project = m_document.project(), indexes = m_document.indexes(), query = datedQuery(),
          series = m_series](const std::stop_token& stop) -> Worker::Delivery {
             bench->take(*project, indexes->of(project->situation));
             if (stop.stop_requested())
                 throw Stopped();
             auto finding = std::make_shared<AccessFinding>();
             finding->project = project;
             finding->situation = bench->situation;
             finding->report.network = bench->network;
             if (query.origins.empty()) {
                 bench->watch(*finding, query, stop);
                 finding->isExplained = true;
                 return [this, finding] { take(finding, nullptr); };
             }
             finding->report.answer = bench->study->ask(query);
             if (bench->isQuick())
                 bench->explainAll(*finding, query, stop);
             const auto* shown = series && isSeriesOf(*series, *finding) ? series.get() : nullptr;
             return [this, finding, map = mapOf(*finding, shown)] { take(finding, map); };
         });
}

// An empty map and no origin: only the network was wanted.
void LiveAccess::take(std::shared_ptr<const AccessFinding> finding, std::shared_ptr<const Project> map) {
    if (m_network != finding->report.network) {
        m_network = finding->report.network;
        emit networkChanged();
    }
    m_map = std::move(map);
    m_corridors = finding->isExplained ? finding : nullptr;
    m_finding = m_map ? std::move(finding) : nullptr;
    showMap();
    emit found();
}

void LiveAccess::refuse(const QString& reason) {
    m_finding.reset();
    m_corridors.reset();
    m_map.reset();
    showMap();
    emit failed(reason);
}

// What remains to be done, one after the other.
void LiveAccess::finish() {
    m_phase = Phase::Idle;
    if (m_isOn && m_isOld)
        return find();
    if (m_isOn && m_finding && !m_finding->isExplained)
        return explainFound();
    emit busyChanged(false, {});
    findSeries();
}

void LiveAccess::explainFound() {
    post(Phase::Explaining, tr("Finding what matters most..."),
         [this, bench = m_bench, finding = m_finding,
          series = m_series](const std::stop_token& stop) -> Worker::Delivery {
             auto explained = std::make_shared<AccessFinding>(*finding);
             bench->explainAll(*explained, finding->report.answer.query, stop);
             const auto* shown = series && isSeriesOf(*series, *explained) ? series.get() : nullptr;
             return [this, explained, map = mapOf(*explained, shown)] { take(explained, map); };
         });
}

void LiveAccess::wantSeries(std::optional<DaySpan> days) {
    m_seriesDays = days;
    if (!days)
        m_series.reset();
    if (!isBusy())
        findSeries();
}

bool LiveAccess::hasSeries() const {
    if (!m_series || !m_seriesDays || !m_finding || !isSeriesOf(*m_series, *m_finding))
        return false;
    const auto& days = m_series->report.series;
    return !days.empty() && DaySpan{days.front().day, days.back().day} == *m_seriesDays;
}

void LiveAccess::findSeries() {
    if (!m_isOn || !m_seriesDays || !m_finding || hasSeries())
        return;
    post(Phase::Explaining, tr("Going through the days..."),
         [this, bench = m_bench, finding = m_finding, days = *m_seriesDays](const std::stop_token& stop) {
             auto series = std::make_shared<AccessFinding>();
             series->project = finding->project;
             series->situation = finding->situation;
             series->report.network = finding->report.network;
             series->report.corridorEnds = finding->report.corridorEnds;
             AccessQuery& query = series->report.answer.query = finding->report.answer.query;
             AccessStudy study(bench->network, bench->situation, bench->regions);
             series->report.series =
                 accessSeries(study, query, days.first, days.last, series->report.corridorEnds, stop);
             return Worker::Delivery([this, series, finding, map = mapOf(*finding, series.get())] {
                 m_series = series;
                 if (m_finding == finding) { // for the sheet
                     m_map = map;
                     showMap();
                 }
                 emit seriesFound();
             });
         });
}

bool LiveAccess::findCriticalRoads() {
    if (!m_finding || m_phase == Phase::Asking)
        return false;
    drop();
    post(Phase::Explaining, tr("Ranking the open roads..."), [this, finding = m_finding](const std::stop_token&) {
        return Worker::Delivery([this, roads = criticalRoads(*finding->report.network, finding->report.answer)] {
            emit criticalFound(roads);
        });
    });
    return true;
}

} // namespace cordon
