#include "core/io/project_file.h"

#include "core/atomic_file.h"
#include "core/io/gpkg_tables.h"
#include "core/io/project_lock.h"
#include "core/io/project_log.h"
#include "core/io/project_open.h"
#include "core/io/project_records.h"
#include "core/io/project_schema.h"
#include "core/io/project_shapes.h"
#include "core/io/project_store.h"
#include "core/io/sqlite.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <numeric>
#include <sqlite3.h>
#include <unistd.h>

namespace cordon {
namespace {
namespace fs = std::filesystem;

void warnOfMissingSources(const std::string& path, const Project& project, Warnings& warnings) {
    std::string missing;
    for (const auto& layer : project.layers) {
        std::error_code error;
        if (layer->table && !layer->table->source.path.empty() && !fs::exists(layer->table->source.path, error))
            missing += (missing.empty() ? "" : ", ") + ("'" + layer->table->source.path + "'");
    }
    if (!missing.empty())
        warnings.push_back({path + ": the sources " + missing +
                                " are no longer there; their layers are kept in the project and cannot be read anew.",
                            false});
}

// Appends all records without a journal of its own: for a file that nobody has yet.
void writeRecords(const Database& database, const Situation& situation) {
    RecordWriter writer(database);
    for (std::size_t kind = 0; kind < kRecordKinds; ++kind)
        visitRecords(situation, static_cast<RecordKind>(kind), [&](const auto& records) {
            for (const auto& record : records)
                writer.insertRow(record);
        });
}

void removeLeftovers(const std::string& path) {
    for (const char* suffix : {"-journal", "-wal", "-shm"}) {
        std::error_code ignored;
        fs::remove(path + suffix, ignored);
    }
}

// But for when it was recorded.
bool saysTheSame(Record a, const Record& b) {
    headOf(a).recorded = headOf(b).recorded;
    return a == b;
}

} // namespace

class ProjectFile::Impl {
public:
    Impl(std::string filePath, ProjectAccess access) : m_path(std::move(filePath)) { connect(access); }
    Impl(std::string filePath, std::shared_ptr<const Project> project, StoredTables tables)
        : m_path(std::move(filePath)), m_project(std::move(project)), m_tables(std::move(tables)) {
        connect(ProjectAccess::ReadWrite);
        m_rows = rowsOf(*m_project, m_tables);
        m_lastStep = EditLog(*m_database).lastStep();
        for (std::size_t kind = 0; kind < kRecordKinds; ++kind) {
            m_fids[kind].resize(visitRecords(*m_project->situation, static_cast<RecordKind>(kind),
                                             [](const auto& records) { return records.size(); }));
            std::iota(m_fids[kind].begin(), m_fids[kind].end(), std::int64_t{1});
        }
    }

    ~Impl();
    void load();
    std::shared_ptr<const Project> apply(const SituationEdit& edit);
    std::shared_ptr<const Project> applyProject(const std::string& name, const Project& after,
                                                const std::string& mergeKey);
    std::optional<Step> step(bool isUndo, TimePoint now);
    void saveCopy(const std::string& path, bool overwrite) const;

    const Database& database() const { return *m_database; }
    const std::string& path() const { return m_path; }

    const std::shared_ptr<const Project>& project() const { return m_project; }
    const Warnings& warnings() const { return m_warnings; }
    const std::string& readOnlyReason() const { return m_readOnlyReason; }

private:
    void connect(ProjectAccess access);
    void openForWriting();
    void migrate();
    template <class Change> void write(const std::string& name, Change change);
    [[noreturn]] void recover(const std::string& name);
    std::string recoveryPath() const;
    RowChanges writeEdit(const SituationEdit& edit, RowFids& fids, Situation& situation);
    void appendFids(const RowFids& fids);
    SituationEdit editOf(const LoggedEdit& logged, const Json& rows) const;
    const ReferenceIndex& references(const Project& project);
    std::shared_ptr<const Project> undoRows(const LoggedEdit& logged, const Json& rows, bool isUndo, TimePoint now);
    std::shared_ptr<const Project> undoProject(const LoggedEdit& logged, const Json& difference, bool isUndo,
                                               TimePoint now);
    void log(bool isUndo, const LoggedEdit& logged, TimePoint at, const std::string& payload);

    std::string m_path;
    std::shared_ptr<const Project> m_project = std::make_shared<const Project>();
    Warnings m_warnings;
    std::string m_readOnlyReason;
    ProjectLock m_lock; // outlives the database: see project_lock.cpp
    std::unique_ptr<Database> m_database;
    StoredTables m_tables;
    ProjectRows m_rows; // of m_project
    RowFids m_fids;     // of m_project's records
    std::unique_ptr<ReferenceIndex> m_references;
    std::int64_t m_lastStep = 0;
    std::string m_mergeKey; // of the last step, while another may join it
    ProjectRows m_mergeBase;
    std::string m_recovered; // where the project was saved when its file had gone
};

ProjectFile::Impl::~Impl() {
    try {
        if (m_database && m_database->isMoved())
            removeMeaninglessJournal(m_path);
        else if (m_database && m_readOnlyReason.empty())
            removeJournal(*m_database);
    } catch (const Error&) { // the next start removes it
    }
}

void ProjectFile::Impl::connect(ProjectAccess access) {
    requireProjectFile(m_path);
    if (access != ProjectAccess::ReadOnly) {
        m_readOnlyReason = writeObstacle(m_path);
        if (m_readOnlyReason.empty() && m_lock.take(m_path) == ProjectLock::Result::HeldByOther)
            m_readOnlyReason = projectSubject(m_path) + " is open in " + holderOf(m_path) +
                               " and opens read-only here; close it there to edit it here.";
        if (m_readOnlyReason.empty()) {
            openForWriting();
            return;
        }
        if (access == ProjectAccess::ReadWrite)
            throw Error(m_readOnlyReason);
    } else {
        m_readOnlyReason = projectSubject(m_path) + " was opened only to be read.";
    }
    m_database = openForReading(m_path);
    requireKnownFormat(*m_database);
    requireWhole(*m_database);
}

void ProjectFile::Impl::openForWriting() {
    m_database = std::make_unique<Database>(m_path, Database::Access::ReadWrite);
    requireKnownFormat(*m_database);
    configureForEdits(*m_database);
    requireWhole(*m_database);
}

void ProjectFile::Impl::load() {
    const bool isOld = projectFormatOf(*m_database) < kProjectFormat;
    if (isOld && m_readOnlyReason.empty())
        migrate();
    // One transaction: another Cordon may be writing.
    m_database->run("BEGIN");
    m_lastStep = EditLog(*m_database).lastStep();
    const ProjectRows rows = readRows(*m_database);
    auto project = std::make_shared<Project>(
        projectOf(*m_database, rows, Project{}, ProjectRows{{}, "", ""}, m_tables, m_warnings));
    auto situation = std::make_shared<Situation>(*project->situation);
    readRecordTables(*m_database, *situation, m_fids, m_warnings);
    m_database->run("COMMIT");
    project->situation = std::move(situation);
    m_project = std::move(project);
    m_rows = rows;
    warnOfMissingSources(m_path, *m_project, m_warnings);
    if (isOld && m_readOnlyReason.empty()) {
        Transaction transaction(*m_database);
        ShapeWriter(*m_database, references(*m_project), *m_project->situation, currentTime()).rebuild();
        transaction.commit();
    }
}

void ProjectFile::Impl::migrate() {
    Transaction transaction(*m_database);
    Situation roster;
    migrateProject(*m_database, projectFormatOf(*m_database));
    const ProjectRows rows = readRows(*m_database);
    ProjectRows before = rows;
    before.roster.clear(); // writes the styles of the situation's views
    readRoster(parseJson(rows.roster, projectSubject(m_path) + ": its list of actors "), projectSubject(m_path),
               roster);
    Project project;
    project.situation = std::make_shared<const Situation>(std::move(roster));
    writeRows(*m_database, before, rows, project);
    transaction.commit();
}

const ReferenceIndex& ProjectFile::Impl::references(const Project& project) {
    if (!m_references || !m_references->isFor(project))
        m_references = std::make_unique<ReferenceIndex>(project);
    return *m_references;
}

std::string ProjectFile::Impl::recoveryPath() const {
    const fs::path original = fs::absolute(fs::path(m_path));
    const std::string stem = original.stem().string() + "-recovered";
    std::error_code error;
    for (const fs::path& folder : {original.parent_path(), fs::temp_directory_path(error)})
        for (int n = 1; n < 1000 && ::access(folder.c_str(), W_OK) == 0; ++n) {
            const fs::path candidate = folder / (stem + (n == 1 ? "" : "-" + std::to_string(n)) + ".gpkg");
            if (!fs::exists(candidate, error))
                return candidate.string();
        }
    throw Error(projectSubject(m_path) +
                " was moved, replaced or deleted by another program, and there is no folder to save "
                "it in again; save a copy before you close it.");
}

// The file under our name is not the one we know: what is in memory goes to a file of its own, before anything else.
void ProjectFile::Impl::recover(const std::string& name) {
    if (m_recovered.empty()) {
        const std::string path = recoveryPath();
        bool hasHistory = m_database->isMoved(); // then the open file still is ours, with its history
        if (hasHistory) {
            try {
                saveCopy(path, false);
            } catch (const Error&) {
                hasHistory = false;
            }
        }
        if (!hasHistory)
            ProjectFile::create(path, m_project);
        m_recovered = path;
    }
    m_readOnlyReason = projectSubject(m_path) + " was moved, replaced or deleted by another program; go on with '" +
                       m_recovered + "'.";
    throw Error("'" + name + "' was not recorded, because the project file '" + m_path +
                "' was moved, replaced or deleted by another program; all before it is kept in '" + m_recovered +
                "': open that and repeat the last step.");
}

// One durable transaction.
template <class Change> void ProjectFile::Impl::write(const std::string& name, Change change) {
    if (!m_recovered.empty())
        recover(name);
    if (!m_readOnlyReason.empty())
        throw Error("'" + name + "' cannot be recorded. " + m_readOnlyReason);
    if (m_database->isMoved())
        recover(name);
    std::int64_t lastStep = 0;
    bool isReplaced = false;
    try {
        Transaction transaction(*m_database);
        // Another file copied over ours keeps its place on the disk, but not its steps.
        isReplaced = !m_database->hasTable("cordon_edits") || EditLog(*m_database).lastStep() != m_lastStep;
        if (!isReplaced) {
            change();
            lastStep = EditLog(*m_database).lastStep();
            transaction.commit();
        }
    } catch (const SqliteError& error) {
        m_mergeKey.clear();
        const int code = error.code & 0xff;
        if (m_database->isMoved() || code == SQLITE_CORRUPT || code == SQLITE_NOTADB)
            recover(name);
        throw Error("'" + name + "' was not recorded in '" + m_path + "': " + error.reason + ".");
    }
    if (isReplaced)
        recover(name);
    m_lastStep = lastStep;
}

// Writes the edit, makes it in `situation` too, and gives the fids of the rows added. Costs what the edit changes,
// however many records there are.
RowChanges ProjectFile::Impl::writeEdit(const SituationEdit& edit, RowFids& fids, Situation& situation) {
    RowChanges changes;
    RecordWriter writer(*m_database);
    ShapeWriter shapes(*m_database, references(*m_project), situation, currentTime());
    for (const RowName& name : edit.ended) {
        const auto kind = static_cast<std::size_t>(name.kind);
        const std::int64_t fid = writer.end(name, edit.at);
        shapes.remove(fid, name.kind);
        addFid(changes.ended[kind], fid);
        const auto known = std::lower_bound(m_fids[kind].begin(), m_fids[kind].end(), fid);
        if (known == m_fids[kind].end() || *known != fid)
            throw Error("The report " + name.id + " in '" + m_path +
                        "' was written by another program; open the project again.");
        const auto row = static_cast<std::size_t>(known - m_fids[kind].begin());
        visitRecords(situation, name.kind, [&](auto& records) { records[row].head.recorded.end = edit.at; });
    }
    for (const Record& record : edit.added) {
        const std::int64_t fid = writer.insert(record);
        shapes.add(fid, record);
        addFid(changes.added[record.index()], fid);
        fids[record.index()].push_back(fid);
        std::visit([&](const auto& r) { recordsOf<std::decay_t<decltype(r)>>(situation).push_back(r); }, record);
    }
    return changes;
}

void ProjectFile::Impl::appendFids(const RowFids& fids) {
    for (std::size_t kind = 0; kind < kRecordKinds; ++kind)
        m_fids[kind].insert(m_fids[kind].end(), fids[kind].begin(), fids[kind].end());
}

std::shared_ptr<const Project> ProjectFile::Impl::apply(const SituationEdit& edit) {
    auto situation = std::make_shared<Situation>(*m_project->situation);
    // The first record brings the situation's layers.
    auto project = std::make_shared<Project>(withSituation(*m_project, m_project->situation));
    const bool hasNewLayers = project->layers.size() != m_project->layers.size();
    const ProjectRows rows = hasNewLayers ? rowsOf(*project, m_tables) : ProjectRows{};
    RowFids fids;
    write(edit.name, [&] {
        const RowChanges changes = writeEdit(edit, fids, *situation);
        if (hasNewLayers)
            writeRows(*m_database, m_rows, rows, *project);
        EditLog(*m_database).appendDone(edit.at, edit.name, "{\"rows\":" + rowChangesJson(changes) + "}");
    });
    appendFids(fids);
    if (hasNewLayers)
        m_rows = rows;
    m_mergeKey.clear();
    project->situation = std::move(situation);
    m_project = std::move(project);
    return m_project;
}

std::shared_ptr<const Project> ProjectFile::Impl::applyProject(const std::string& name, const Project& after,
                                                               const std::string& mergeKey) {
    Project project = after;
    Situation situation = *m_project->situation; // its records; of `after` only actors, sources and shelf lives
    situation.actors = after.situation->actors;
    situation.sources = after.situation->sources;
    situation.shelfLives = after.situation->shelfLives;
    project.situation = std::make_shared<const Situation>(std::move(situation));
    StoredTables tables = m_tables;
    ProjectRows rows;
    const bool isMerged = !mergeKey.empty() && mergeKey == m_mergeKey;
    bool isChanged = true;
    write(name, [&] {
        for (const auto& layer : project.layers)
            tables.store(*m_database, layer->table);
        tables.store(*m_database, project.map.locator);
        rows = rowsOf(project, tables);
        isChanged = !(rows == m_rows);
        if (!isChanged)
            return;
        writeRows(*m_database, m_rows, rows, project);
        const ReferenceIndex* before = m_references.get();
        if (const ReferenceIndex& now = references(project); &now != before)
            ShapeWriter(*m_database, now, *project.situation, currentTime()).rebuild();
        EditLog edits(*m_database);
        const std::string payload = "{\"project\":" + rowsDifferenceJson(isMerged ? m_mergeBase : m_rows, rows) + "}";
        if (isMerged)
            edits.replacePayload(m_lastStep, payload);
        else
            edits.appendDone(currentTime(), name, payload);
    });
    if (!isChanged)
        return m_project;
    if (!isMerged)
        m_mergeBase = std::move(m_rows);
    m_mergeKey = mergeKey;
    m_tables = std::move(tables);
    m_rows = std::move(rows);
    m_project = std::make_shared<const Project>(std::move(project));
    return m_project;
}

// The edit as it was made. Where a row it added was ended by a later step and recorded anew by the undoing of that, the
// new row stands for it.
SituationEdit ProjectFile::Impl::editOf(const LoggedEdit& logged, const Json& rows) const {
    const RowChanges changes = rowChangesFromJson(rows);
    const auto forEach = [&](const std::array<FidRanges, kRecordKinds>& ranges, auto use) {
        for (std::size_t kind = 0; kind < kRecordKinds; ++kind)
            for (const auto& [first, last] : ranges[kind])
                for (std::int64_t fid = first; fid <= last; ++fid)
                    if (auto record = readRecord(*m_database, static_cast<RecordKind>(kind), fid))
                        use(std::move(*record));
                    else
                        throw Error("'" + logged.name +
                                    "' cannot be undone, because a row of it was deleted or damaged "
                                    "outside Cordon.");
    };
    SituationEdit edit;
    edit.name = logged.name;
    forEach(changes.ended, [&](Record record) {
        const RecordHead& head = headOf(record);
        edit.ended.push_back({kindOf(record), head.id, head.recorded.begin});
    });
    forEach(changes.added, [&](Record record) {
        if (headOf(record).recorded.end)
            for (const std::int64_t fid : liveRows(*m_database, kindOf(record), headOf(record).id))
                if (const auto now = readRecord(*m_database, kindOf(record), fid); now && saysTheSame(record, *now)) {
                    headOf(record).recorded = headOf(*now).recorded;
                    break;
                }
        edit.added.push_back(std::move(record));
    });
    return edit;
}

void ProjectFile::Impl::log(bool isUndo, const LoggedEdit& logged, TimePoint at, const std::string& payload) {
    EditLog edits(*m_database);
    isUndo ? edits.appendUndo(at, logged, payload) : edits.appendRedo(at, logged, payload);
}

std::shared_ptr<const Project> ProjectFile::Impl::undoRows(const LoggedEdit& logged, const Json& rows, bool isUndo,
                                                           TimePoint now) {
    const SituationEdit inverse = inverseOf(*m_project->situation, editOf(logged, rows), now);
    auto situation = std::make_shared<Situation>(*m_project->situation);
    RowFids fids;
    write((isUndo ? "Undo " : "Redo ") + logged.name, [&] {
        const RowChanges changes = writeEdit(inverse, fids, *situation);
        log(isUndo, logged, inverse.at, "{\"rows\":" + rowChangesJson(changes) + "}");
    });
    appendFids(fids);
    return std::make_shared<const Project>(withSituation(*m_project, std::move(situation)));
}

std::shared_ptr<const Project> ProjectFile::Impl::undoProject(const LoggedEdit& logged, const Json& difference,
                                                              bool isUndo, TimePoint now) {
    const ProjectRows rows = withDifference(m_rows, difference, isUndo, projectSubject(m_path));
    auto project =
        std::make_shared<const Project>(projectOf(*m_database, rows, *m_project, m_rows, m_tables, m_warnings));
    write((isUndo ? "Undo " : "Redo ") + logged.name, [&] {
        writeRows(*m_database, m_rows, rows, *project);
        const ReferenceIndex* before = m_references.get();
        if (const ReferenceIndex& index = references(*project); &index != before)
            ShapeWriter(*m_database, index, *project->situation, currentTime()).rebuild();
        log(isUndo, logged, now, logged.payload);
    });
    m_rows = rows;
    return project;
}

std::optional<ProjectFile::Step> ProjectFile::Impl::step(bool isUndo, TimePoint now) {
    const EditLog edits(*m_database);
    const std::optional<LoggedEdit> logged = isUndo ? edits.nextUndo() : edits.nextRedo();
    if (!logged)
        return std::nullopt;
    const Json payload = parseJson(logged->payload, projectSubject(m_path) + ": its list of edits ");
    m_mergeKey.clear();
    if (const Json* rows = payload.find("rows"))
        m_project = undoRows(*logged, *rows, isUndo, now);
    else if (const Json* difference = payload.find("project"))
        m_project = undoProject(*logged, *difference, isUndo, now);
    return Step{m_project, logged->name};
}

void ProjectFile::Impl::saveCopy(const std::string& path, bool overwrite) const {
    std::error_code error;
    if (fs::equivalent(path, m_path, error) && !m_database->isMoved())
        throw Error("The project is already kept in '" + path + "'; name another file for the copy.");
    if (!overwrite && fs::exists(path, error))
        throw Error("The copy cannot be written to '" + path + "', because there is a file of that name already.");
    if (overwrite && fs::exists(path, error)) {
        ProjectLock lock; // not under the hands of another Cordon
        if (lock.take(path) == ProjectLock::Result::HeldByOther)
            throw Error("The copy cannot be written to '" + path + "', because " + holderOf(path) +
                        " has that file open; close it there or name another file.");
    }
    if (m_database->isMoved())
        removeMeaninglessJournal(m_path);
    AtomicFile file(path);
    try {
        Database copy(file.temporaryPath(), Database::Access::Create);
        copy.run("PRAGMA synchronous = OFF"); // AtomicFile syncs the whole
        m_database->copyTo(copy);
        copy.run("PRAGMA journal_mode = DELETE");
    } catch (const SqliteError& failure) {
        removeLeftovers(file.temporaryPath());
        throw Error("The copy cannot be written to '" + path + "': " + failure.reason + ".");
    }
    removeLeftovers(path);
    file.commit();
}

ProjectFile::ProjectFile(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
ProjectFile::ProjectFile(ProjectFile&&) noexcept = default;
ProjectFile& ProjectFile::operator=(ProjectFile&&) noexcept = default;
ProjectFile::~ProjectFile() = default;

ProjectFile ProjectFile::create(const std::string& path, std::shared_ptr<const Project> project, bool overwrite) {
    std::error_code error;
    if (fs::exists(path, error)) {
        if (!overwrite)
            throw Error(projectSubject(path) + " cannot be made, because there is a file of that name already.");
        ProjectLock lock;
        if (lock.take(path) == ProjectLock::Result::HeldByOther)
            throw Error(projectSubject(path) + " cannot be replaced, because " + holderOf(path) +
                        " has it open; close it "
                        "there first.");
    }
    AtomicFile file(path);
    StoredTables tables;
    try {
        Database database(file.temporaryPath(), Database::Access::Create);
        database.run("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN"); // AtomicFile syncs the whole
        createGeoPackage(database);
        createProjectTables(database);
        for (const auto& layer : project->layers)
            tables.store(database, layer->table);
        tables.store(database, project->map.locator);
        writeRows(database, {}, rowsOf(*project, tables), *project);
        cordon::writeRecords(database, *project->situation);
        const ReferenceIndex references(*project);
        ShapeWriter(database, references, *project->situation, currentTime()).rebuild();
        database.run("COMMIT; PRAGMA journal_mode = DELETE");
    } catch (const SqliteError& failure) {
        throw Error(projectSubject(path) + " cannot be written: " + failure.reason + ".");
    }
    removeLeftovers(path); // a journal of the file that was there would be rolled back into this one
    file.commit();
    return ProjectFile(std::make_unique<Impl>(path, std::move(project), std::move(tables)));
}

ProjectFile ProjectFile::open(const std::string& path, ProjectAccess access) {
    auto impl = std::make_unique<Impl>(path, access);
    impl->load();
    return ProjectFile(std::move(impl));
}

const std::string& ProjectFile::path() const {
    return m_impl->path();
}
const std::shared_ptr<const Project>& ProjectFile::project() const {
    return m_impl->project();
}
const Warnings& ProjectFile::warnings() const {
    return m_impl->warnings();
}
bool ProjectFile::isReadOnly() const {
    return !m_impl->readOnlyReason().empty();
}
const std::string& ProjectFile::readOnlyReason() const {
    return m_impl->readOnlyReason();
}

std::shared_ptr<const Project> ProjectFile::apply(const SituationEdit& edit) {
    return m_impl->apply(edit);
}
std::shared_ptr<const Project> ProjectFile::applyProject(const std::string& name, const Project& after,
                                                         const std::string& mergeKey) {
    return m_impl->applyProject(name, after, mergeKey);
}

std::optional<std::string> ProjectFile::undoName() const {
    const auto edit = EditLog(m_impl->database()).nextUndo();
    return edit ? std::optional(edit->name) : std::nullopt;
}
std::optional<std::string> ProjectFile::redoName() const {
    const auto edit = EditLog(m_impl->database()).nextRedo();
    return edit ? std::optional(edit->name) : std::nullopt;
}
std::optional<ProjectFile::Step> ProjectFile::undo(TimePoint now) {
    return m_impl->step(true, now);
}
std::optional<ProjectFile::Step> ProjectFile::redo(TimePoint now) {
    return m_impl->step(false, now);
}

std::vector<ProjectFile::HistoryEntry> ProjectFile::history(int count) const {
    std::vector<HistoryEntry> entries;
    for (LoggedEdit& edit : EditLog(m_impl->database()).latest(count))
        entries.push_back({std::move(edit.at), std::move(edit.name)});
    return entries;
}

void ProjectFile::saveCopy(const std::string& path, bool overwrite) const {
    m_impl->saveCopy(path, overwrite);
}

std::vector<std::string> ProjectFile::checkIntegrity() const {
    std::vector<std::string> problems;
    Statement check = m_impl->database().prepare("PRAGMA integrity_check(100)");
    while (check.step())
        if (check.text(0) != "ok")
            problems.emplace_back(check.text(0));
    return problems;
}

bool isProjectFile(const std::string& path) {
    try {
        requireProjectFile(path);
        return hasProjectTables(*openForReading(path));
    } catch (const Error&) {
        return false;
    }
}

std::shared_ptr<const Project> loadProject(const std::string& path, Warnings& warnings) {
    const ProjectFile file = ProjectFile::open(path, ProjectAccess::ReadOnly);
    warnings.insert(warnings.end(), file.warnings().begin(), file.warnings().end());
    return file.project();
}

} // namespace cordon
