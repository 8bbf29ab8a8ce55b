// Opening a project file, and what happens when another program takes it away.
#include "core/atomic_file.h"
#include "core/io/project_file_impl.h"
#include "core/io/project_open.h"
#include "core/io/project_schema.h"

#include <filesystem>
#include <numeric>
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

} // namespace

void removeLeftovers(const std::string& path) {
    for (const char* suffix : {"-journal", "-wal", "-shm"}) {
        std::error_code ignored;
        fs::remove(path + suffix, ignored);
    }
}

ProjectFile::Impl::Impl(std::string filePath, std::shared_ptr<const Project> project, StoredTables tables)
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

void ProjectFile::Impl::load(const std::stop_token& stop) {
    try {
        const Interruption interruption(*m_database, stop);
        read();
    } catch (const SqliteError& error) {
        throwIfInterrupted(error, stop);
        throw;
    }
    if (stop.stop_requested())
        throw Stopped();
}

void ProjectFile::Impl::read() {
    const bool isOld = projectFormatOf(*m_database) < kProjectFormat;
    if (isOld && m_readOnlyReason.empty())
        migrate();
    // One transaction: another Cordon may be writing.
    m_database->run("BEGIN");
    m_lastStep = EditLog(*m_database).lastStep();
    const ProjectRows rows = readRows(*m_database);
    auto project = std::make_shared<Project>(
        projectOf(*m_database, rows, Project{}, ProjectRows{{}, "", "", ""}, m_tables, m_warnings));
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

void ProjectFile::Impl::saveCopy(const std::string& path, bool overwrite, const std::stop_token& stop,
                                 const std::function<void(double)>& progress) const {
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
        m_database->copyTo(copy, stop, progress);
        copy.run("PRAGMA journal_mode = DELETE");
    } catch (const SqliteError& failure) {
        removeLeftovers(file.temporaryPath());
        throw Error("The copy cannot be written to '" + path + "': " + failure.reason + ".");
    }
    removeLeftovers(path);
    file.commit();
}

} // namespace cordon
