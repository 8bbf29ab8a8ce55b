#include "app/gui/import_session.h"

#include "app/gui/import_words.h"
#include "core/import/layer_name.h"
#include "core/import/plan_memory.h"
#include "core/model/shelf_life.h"

#include <QFileInfo>
#include <QTimeZone>
#include <algorithm>

namespace cordon {

namespace {

constexpr int kDelayMs = 250; // while somebody types

TimePoint wallClockToUtc(const std::string& timezone, TimePoint wallClock) {
    const QTimeZone zone(QByteArray::fromStdString(timezone));
    if (!zone.isValid())
        throw Error("'" + timezone +
                    "' is no time zone; choose one of the list, such as Africa/Bamako, or write +01:00.");
    const qint64 ms = wallClock.time_since_epoch().count();
    const QDateTime wall = QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC);
    return TimePoint(std::chrono::milliseconds(QDateTime(wall.date(), wall.time(), zone).toMSecsSinceEpoch()));
}

ImportContext contextOf(const std::stop_token& stop, const Worker::Progress& progress) {
    ImportContext context;
    context.now = std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
    context.toUtc = wallClockToUtc;
    context.stop = stop;
    context.progress = progress;
    context.wantsRowPlaces = true;
    return context;
}

// The layers of the project with what is new on top; reports of the project are not shown, so that the new stand out.
std::shared_ptr<const Project> previewOf(const Project& project, const ImportBatch& batch) {
    Project preview = project;
    auto situation = std::make_shared<Situation>();
    situation->actors = project.situation->actors;
    for (const auto& [key, days] : shelfLifeEntries({})) // what they say, however long ago
        setShelfLife(situation->shelfLives, key, ShelfLives::kNever);
    const auto isNewPoints = [&](const auto& layer) {
        return layer->table && layer->table->geometryClass() == GeometryClass::Points &&
               std::ranges::find(project.layers, layer) == project.layers.end();
    };
    for (const auto& layer : batch.layers)
        preview = withLayer(std::move(preview), layer);
    std::ranges::stable_partition(preview.layers, std::not_fn(isNewPoints)); // no other sign hides them
    if (!batch.records.empty()) {
        SituationEdit edit;
        edit.added = batch.records;
        *situation = applied(std::move(*situation), edit);
        preview = withSituation(std::move(preview), situation);
    } else {
        preview.situation = situation;
    }
    return std::make_shared<const Project>(std::move(preview));
}

// A layer needs places, and neither the file nor the plan has them.
bool saysNoPlace(const SourceTable& table, const ImportPlan& plan) {
    const auto tellsPlace = [](const ColumnUse& use) { return groupOf(use.role) == ColumnGroup::Place; };
    return !isRecordTarget(plan.target) && !hasShapes(table) && std::ranges::none_of(plan.columns, tellsPlace);
}

QString noPlaceText() {
    return ImportSession::tr(
        "Nothing says yet where these rows lie. Choose in the heads of the columns below which are "
        "the latitude and longitude, the coordinates in one cell, the place name or the P-code.");
}

// What was said of the file beside its columns stays.
ImportPlan withSettings(ImportPlan plan, const ImportPlan& from) {
    plan.layerName = from.layerName;
    plan.crs = from.crs;
    plan.timezone = from.timezone;
    plan.snapMeters = from.snapMeters;
    plan.trackGapSeconds = from.trackGapSeconds;
    plan.worstAccuracyMeters = from.worstAccuracyMeters;
    return plan;
}

} // namespace

ImportSession::ImportSession(std::shared_ptr<const Project> project, QObject* parent)
    : QObject(parent), m_project(std::move(project)) {
    m_delay.setSingleShot(true);
    m_delay.setInterval(kDelayMs);
    connect(&m_delay, &QTimer::timeout, this, &ImportSession::prepareAll);
    for (Worker* worker : {&m_reader, &m_preparer}) {
        connect(worker, &Worker::progressed, this, &ImportSession::progressed);
        connect(worker, &Worker::started, this, &ImportSession::busyChanged);
        connect(worker, &Worker::finished, this, &ImportSession::busyChanged);
    }
    connect(&m_reader, &Worker::failed, this, [this](const QString&, const QString& reason) {
        m_failures.append(reason);
        emit entriesChanged();
    });
    connect(&m_preparer, &Worker::failed, this, [this](const QString&, const QString& reason) { emit failed(reason); });
}

ImportSession::~ImportSession() {
    stop();
}

void ImportSession::stop() {
    m_delay.stop();
    m_reader.stopAll();
    m_preparer.stopAll();
}

void ImportSession::addFiles(const QStringList& paths) {
    for (const QString& path : paths)
        if (!m_options.contains(path)) {
            m_options[path];
            read(path, {});
        }
    emit busyChanged();
}

void ImportSession::readAgain(const QString& path, const FileOptions& options) {
    if (m_options[path] == options)
        return;
    m_options[path] = options;
    read(path, options);
    emit busyChanged();
}

ImportSession::FileOptions ImportSession::optionsOf(const QString& path) const {
    const auto found = m_options.find(path);
    return found == m_options.end() ? FileOptions{} : found->second;
}

void ImportSession::read(const QString& path, const FileOptions& options) {
    m_reader.post({tr("Reading %1").arg(QFileInfo(path).fileName()),
                   [this, path, options](const std::stop_token& stop, const Worker::Progress& progress) {
                       ReadOptions read;
                       read.stop = stop;
                       read.progress = progress;
                       read.encoding = options.encoding;
                       auto tables = std::make_shared<SourceTables>(readSourceTables(path.toStdString(), read));
                       std::vector<std::pair<ImportPlan, bool>> plans; // and whether it is a remembered one
                       for (const SourceTable& table : tables->tables)
                           if (auto remembered = rememberedPlan(table)) {
                               remembered->layerName = layerNameOf(table);
                               plans.emplace_back(std::move(*remembered), true);
                           } else {
                               plans.emplace_back(recognise(table, *m_project), false);
                           }
                       return Worker::Delivery(
                           [this, path, tables, plans = std::move(plans)] { take(path, std::move(*tables), plans); });
                   }});
}

void ImportSession::take(const QString& path, SourceTables read,
                         const std::vector<std::pair<ImportPlan, bool>>& plans) {
    const auto isOfFile = [&](const Entry& entry) { return entry.file == path; };
    const auto first = std::ranges::find_if(m_entries, isOfFile);
    const auto position = first - m_entries.begin();
    std::erase_if(m_entries, isOfFile);
    m_preparer.stopAll(); // its answers name entries by their position
    const bool hasRows = std::ranges::any_of(read.tables, [](const SourceTable& t) { return t.rowCount() > 0; });
    std::ptrdiff_t added = 0;
    for (std::size_t i = 0; i < read.tables.size(); ++i) {
        if (hasRows && read.tables[i].rowCount() == 0)
            continue; // a GPX has routes even where there are none
        const auto& [plan, isRemembered] = plans[i];
        Entry entry{path, std::make_shared<const SourceTable>(std::move(read.tables[i])), plan, plan};
        entry.isRemembered = isRemembered;
        m_entries.insert(m_entries.begin() + position + added++, std::move(entry));
    }
    m_warnings.insert(m_warnings.end(), read.warnings.begin(), read.warnings.end());
    emit entriesChanged();
    m_delay.start(0);
}

const ImportSession::Entry* ImportSession::at(int index) const {
    return index >= 0 && index < static_cast<int>(m_entries.size()) ? &m_entries[static_cast<std::size_t>(index)]
                                                                    : nullptr;
}

void ImportSession::setPlan(int index, const ImportPlan& plan) {
    Entry& entry = m_entries[static_cast<std::size_t>(index)];
    if (entry.plan == plan)
        return;
    entry.plan = plan;
    entry.isCurrent = false;
    m_preparer.stopAll(); // what it does now is no longer asked for, or is done again
    m_delay.start(kDelayMs);
    emit planChanged(index);
    emit busyChanged();
}

void ImportSession::recogniseAs(int index, const std::optional<std::string>& preset) {
    const Entry& entry = m_entries[static_cast<std::size_t>(index)];
    m_reader.post({tr("Looking at %1").arg(QFileInfo(entry.file).fileName()),
                   [this, table = entry.table, preset](const std::stop_token&, const Worker::Progress&) {
                       const ImportPlan plan =
                           preset ? cordon::recogniseAs(*table, *m_project, *preset) : recognise(*table, *m_project);
                       return Worker::Delivery([this, table, plan, isAnew = !preset] {
                           const auto found = std::ranges::find(m_entries, table, &Entry::table);
                           if (found != m_entries.end())
                               setPlan(static_cast<int>(found - m_entries.begin()),
                                       isAnew ? plan : withSettings(plan, found->plan));
                       });
                   }});
    emit busyChanged();
}

void ImportSession::setWanted(int index, bool isWanted) {
    Entry& entry = m_entries[static_cast<std::size_t>(index)];
    if (std::exchange(entry.isWanted, isWanted) != isWanted)
        emit busyChanged();
}

void ImportSession::prepareAll() {
    m_preparer.stopAll();
    for (int i = 0; i < static_cast<int>(m_entries.size()); ++i)
        if (!m_entries[static_cast<std::size_t>(i)].isCurrent)
            postPreparing(i);
    emit busyChanged();
}

void ImportSession::postPreparing(int index) {
    const Entry& entry = m_entries[static_cast<std::size_t>(index)];
    m_preparer.post({tr("Checking %1").arg(QFileInfo(entry.file).fileName()),
                     [this, index, table = entry.table, plan = entry.plan,
                      project = m_project](const std::stop_token& stop, const Worker::Progress& progress) {
                         std::shared_ptr<const ImportBatch> batch;
                         std::shared_ptr<const Project> preview;
                         QString problem;
                         try {
                             batch = std::make_shared<const ImportBatch>(
                                 prepareImport(*table, plan, *project, contextOf(stop, progress)));
                             preview = previewOf(*project, *batch);
                         } catch (const Error& e) {
                             problem = saysNoPlace(*table, plan) ? noPlaceText() : QString::fromUtf8(e.what());
                         }
                         return Worker::Delivery([this, index, batch, preview, problem] {
                             Entry& done = m_entries[static_cast<std::size_t>(index)];
                             done.batch = batch;
                             done.preview = preview;
                             done.problem = problem;
                             done.isCurrent = true;
                             emit prepared(index);
                         });
                     }});
}

bool ImportSession::canImport() const {
    if (isBusy())
        return false;
    const auto isReady = [](const Entry& entry) { return !entry.isWanted || (entry.isCurrent && entry.batch); };
    return std::ranges::any_of(m_entries, &Entry::isWanted) && std::ranges::all_of(m_entries, isReady);
}

void ImportSession::makeStep(TimePoint now, std::function<void(ImportStep)> take) {
    struct Wanted {
        std::size_t entry;
        std::shared_ptr<const SourceTable> table;
        ImportPlan plan;
        std::shared_ptr<const ImportBatch> batch;
    };
    std::vector<Wanted> wanted;
    for (std::size_t i = 0; i < m_entries.size(); ++i)
        if (const Entry& entry = m_entries[i]; entry.isWanted && entry.batch)
            wanted.push_back({i, entry.table, entry.plan, entry.batch});
    m_preparer.post({tr("Import"), [this, project = m_project, wanted, now,
                                    take](const std::stop_token& stop, const Worker::Progress& progress) mutable {
                         Project soFar = *project;
                         std::vector<ImportBatch> batches;
                         for (Wanted& one : wanted) {
                             if (!batches.empty()) // prepared as if it were alone
                                 one.batch = std::make_shared<const ImportBatch>(
                                     prepareImport(*one.table, one.plan, soFar, contextOf(stop, progress)));
                             batches.push_back({one.batch->layers, one.batch->records, one.batch->report, {}});
                             if (batches.size() < wanted.size())
                                 soFar = withBatch(soFar, batches.back(), now);
                         }
                         auto step = std::make_shared<ImportStep>(importStep(*project, batches, now));
                         return Worker::Delivery([this, step, wanted, take] {
                             for (const Wanted& one : wanted)
                                 m_entries[one.entry].batch = one.batch;
                             take(std::move(*step));
                         });
                     }});
}

void ImportSession::remember() const {
    for (const Entry& entry : m_entries)
        if (entry.isWanted && entry.plan != entry.recognised)
            rememberPlan(shapeOf(*entry.table), entry.plan);
}

std::vector<ImportReport> ImportSession::reports() const {
    std::vector<ImportReport> reports;
    for (const Entry& entry : m_entries)
        if (entry.isWanted && entry.batch)
            reports.push_back(entry.batch->report);
    return reports;
}

bool hasShapes(const SourceTable& table) {
    return table.features && table.features->geometryClass() != GeometryClass::None;
}

std::vector<std::uint32_t> suspectedRows(const ImportReport& report) {
    std::vector<std::uint32_t> rows;
    for (const Suspicion& suspicion : report.suspicions)
        rows.insert(rows.end(), suspicion.rows.begin(), suspicion.rows.end());
    std::ranges::sort(rows);
    rows.erase(std::ranges::unique(rows).begin(), rows.end());
    return rows;
}

} // namespace cordon
