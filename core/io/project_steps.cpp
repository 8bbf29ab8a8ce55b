// The steps of a project file: made, undone and done again, each in one durable transaction.
#include "core/io/project_file_impl.h"
#include "core/io/project_open.h"

#include <algorithm>
#include <array>
#include <sqlite3.h>

namespace cordon {
namespace {

// But for when it was recorded.
bool saysTheSame(Record a, const Record& b) {
    headOf(a).recorded = headOf(b).recorded;
    return a == b;
}

} // namespace

// One durable transaction.
template <class Change> void ProjectFile::Impl::write(const std::string& name, Change change, std::stop_token stop) {
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
            const Interruption interruption(*m_database, stop);
            change();
            if (stop.stop_requested())
                throw Stopped();
            lastStep = EditLog(*m_database).lastStep();
            transaction.commit();
        }
    } catch (const SqliteError& error) {
        m_references.reset(); // they may be of the project that is not to be
        m_mergeKey.clear();
        throwIfInterrupted(error, stop);
        const int code = error.code & 0xff;
        if (m_database->isMoved() || code == SQLITE_CORRUPT || code == SQLITE_NOTADB)
            recover(name);
        throw Error("'" + name + "' was not recorded in '" + m_path + "': " + error.reason + ".");
    } catch (...) {
        m_references.reset();
        throw;
    }
    if (isReplaced)
        recover(name);
    m_lastStep = lastStep;
}

// Writes the edit, makes it in `situation` too, and gives the fids of the rows added. Costs what the edit changes,
// however many records there are.
RowChanges ProjectFile::Impl::writeEdit(const SituationEdit& edit, RowFids& fids, const Project& project,
                                        Situation& situation) {
    RowChanges changes;
    RecordWriter writer(*m_database);
    ShapeWriter shapes(*m_database, references(project), situation, currentTime());
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
        const RowChanges changes = writeEdit(edit, fids, *m_project, *situation);
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

// `after` with the records of the project: of `after` only actors, sources and shelf lives.
Project ProjectFile::Impl::withRecords(const Project& after) const {
    Project project = after;
    Situation situation = *m_project->situation;
    situation.actors = after.situation->actors;
    situation.sources = after.situation->sources;
    situation.shelfLives = after.situation->shelfLives;
    project.situation = std::make_shared<const Situation>(std::move(situation));
    return project;
}

// Brings layers and settings in the file to `rows`, and the shapes of the records to the roads and regions there are.
void ProjectFile::Impl::writeLayers(const ProjectRows& rows, const Project& project, const Situation& situation) {
    writeRows(*m_database, m_rows, rows, project);
    const ReferenceIndex* before = m_references.get();
    if (const ReferenceIndex& now = references(project); &now != before)
        ShapeWriter(*m_database, now, situation, currentTime()).rebuild();
}

std::shared_ptr<const Project> ProjectFile::Impl::applyProject(const std::string& name, const Project& after,
                                                               const std::string& mergeKey) {
    Project project = withRecords(after);
    StoredTables tables = m_tables;
    ProjectRows rows;
    const bool isMerged = !mergeKey.empty() && mergeKey == m_mergeKey;
    bool isChanged = true;
    write(name, [&] {
        tables.storeAll(*m_database, project);
        rows = rowsOf(project, tables);
        isChanged = !(rows == m_rows);
        if (!isChanged)
            return;
        writeLayers(rows, project, *project.situation);
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

std::shared_ptr<const Project> ProjectFile::Impl::applyStep(const std::string& name, const Project& after,
                                                            const std::optional<SituationEdit>& edit,
                                                            std::stop_token stop,
                                                            const std::function<void(double)>& progress) {
    Project project = withRecords(after);
    if (edit)
        project = withSituation(std::move(project), project.situation);
    auto situation = std::make_shared<Situation>(*project.situation);
    StoredTables tables = m_tables;
    ProjectRows rows;
    RowFids fids;
    bool isChanged = true;
    const auto change = [&] {
        tables.storeAll(*m_database, project, progress);
        rows = rowsOf(project, tables);
        isChanged = edit || !(rows == m_rows);
        if (!isChanged)
            return;
        writeLayers(rows, project, *situation);
        std::string payload = "{\"project\":" + rowsDifferenceJson(m_rows, rows);
        if (edit)
            payload += ",\"rows\":" + rowChangesJson(writeEdit(*edit, fids, project, *situation));
        EditLog(*m_database).appendDone(edit ? edit->at : currentTime(), name, payload + "}");
    };
    write(name, change, std::move(stop));
    if (!isChanged)
        return m_project;
    appendFids(fids);
    m_mergeKey.clear();
    m_tables = std::move(tables);
    m_rows = std::move(rows);
    project.situation = std::move(situation);
    m_project = std::make_shared<const Project>(std::move(project));
    return m_project;
}

// The edit as it was made. Where a row it added was ended by a later step and recorded anew by the undoing of that, the
// new row stands for it.
SituationEdit ProjectFile::Impl::editOf(const LoggedEdit& logged, const Json& rows) const {
    const RowChanges changes = rowChangesFromJson(rows);
    RecordReader reader(*m_database);
    const auto forEach = [&](const std::array<FidRanges, kRecordKinds>& ranges, auto use) {
        for (std::size_t kind = 0; kind < kRecordKinds; ++kind)
            for (const auto& [first, last] : ranges[kind])
                for (std::int64_t fid = first; fid <= last; ++fid)
                    if (auto record = reader.read(static_cast<RecordKind>(kind), fid))
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
            for (const std::int64_t fid : reader.liveRows(kindOf(record), headOf(record).id))
                if (const auto now = reader.read(kindOf(record), fid); now && saysTheSame(record, *now)) {
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

// What the step did to layers and settings, to records, or both, the other way round (or once more).
std::shared_ptr<const Project> ProjectFile::Impl::undo(const LoggedEdit& logged, bool isUndo, TimePoint now,
                                                       std::stop_token stop) {
    const Json payload = parseJson(logged.payload, projectSubject(m_path) + ": its list of edits ");
    const Json* const changes = payload.find("rows");
    const Json* const difference = payload.find("project");
    const ProjectRows rows = difference ? withDifference(m_rows, *difference, isUndo, projectSubject(m_path)) : m_rows;
    std::shared_ptr<Project> project;
    std::shared_ptr<Situation> situation;
    RowFids fids;
    Warnings warnings;
    const auto change = [&] {
        SituationEdit inverse;
        inverse.at = now;
        if (changes)
            inverse = inverseOf(*m_project->situation, editOf(logged, *changes), now);
        project = std::make_shared<Project>(
            difference ? projectOf(*m_database, rows, *m_project, m_rows, m_tables, warnings) : *m_project);
        situation = std::make_shared<Situation>(*project->situation);
        std::string done = "{";
        if (difference) {
            writeLayers(rows, *project, *situation);
            done += "\"project\":" + (isUndo ? rowsDifferenceJson(rows, m_rows) : rowsDifferenceJson(m_rows, rows));
        }
        if (changes)
            done += std::string(difference ? "," : "") +
                    "\"rows\":" + rowChangesJson(writeEdit(inverse, fids, *project, *situation));
        log(isUndo, logged, inverse.at, done + "}");
    };
    write((isUndo ? "Undo " : "Redo ") + logged.name, change, std::move(stop));
    appendFids(fids);
    m_warnings.insert(m_warnings.end(), warnings.begin(), warnings.end());
    m_rows = rows;
    project->situation = std::move(situation);
    if (!difference)
        return std::make_shared<const Project>(withSituation(*project, project->situation));
    return project;
}

std::optional<ProjectFile::Step> ProjectFile::Impl::step(bool isUndo, TimePoint now, std::stop_token stop) {
    const EditLog edits(*m_database);
    const std::optional<LoggedEdit> logged = isUndo ? edits.nextUndo() : edits.nextRedo();
    if (!logged)
        return std::nullopt;
    m_mergeKey.clear();
    m_project = undo(*logged, isUndo, now, std::move(stop));
    return Step{m_project, logged->name};
}

} // namespace cordon
