#include "core/io/project_file.h"

#include "core/atomic_file.h"
#include "core/io/gpkg_tables.h"
#include "core/io/project_file_impl.h"
#include "core/io/project_open.h"
#include "core/io/project_schema.h"

#include <filesystem>

namespace cordon {
namespace {
namespace fs = std::filesystem;

// Appends all records without a journal of its own: for a file that nobody has yet.
void writeRecords(const Database& database, const Situation& situation) {
    RecordWriter writer(database);
    for (std::size_t kind = 0; kind < kRecordKinds; ++kind)
        visitRecords(situation, static_cast<RecordKind>(kind), [&](const auto& records) {
            for (const auto& record : records)
                writer.insertRow(record);
        });
}

} // namespace

ProjectFile::ProjectFile(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
ProjectFile::ProjectFile(ProjectFile&&) noexcept = default;
ProjectFile& ProjectFile::operator=(ProjectFile&&) noexcept = default;
ProjectFile::~ProjectFile() = default;

ProjectFile ProjectFile::create(const std::string& path, std::shared_ptr<const Project> project, bool overwrite,
                                std::stop_token stop, const std::function<void(double)>& progress) {
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
        const Interruption interruption(database, stop);
        createGeoPackage(database);
        createProjectTables(database);
        tables.storeAll(database, *project, progress);
        writeRows(database, {}, rowsOf(*project, tables), *project);
        cordon::writeRecords(database, *project->situation);
        const ReferenceIndex references(*project);
        ShapeWriter(database, references, *project->situation, currentTime()).rebuild();
        database.run("COMMIT; PRAGMA journal_mode = DELETE");
    } catch (const SqliteError& failure) {
        throwIfInterrupted(failure, stop);
        throw Error(projectSubject(path) + " cannot be written: " + failure.reason + ".");
    }
    if (stop.stop_requested())
        throw Stopped();
    removeLeftovers(path); // a journal of the file that was there would be rolled back into this one
    file.commit();
    return ProjectFile(std::make_unique<Impl>(path, std::move(project), std::move(tables)));
}

ProjectFile ProjectFile::open(const std::string& path, ProjectAccess access, std::stop_token stop) {
    auto impl = std::make_unique<Impl>(path, access);
    impl->load(stop);
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

std::shared_ptr<const Project> ProjectFile::applyStep(const std::string& name, const Project& after,
                                                      const std::optional<SituationEdit>& edit, std::stop_token stop,
                                                      const std::function<void(double)>& progress) {
    return m_impl->applyStep(name, after, edit, std::move(stop), progress);
}

std::optional<std::string> ProjectFile::undoName() const {
    const auto edit = EditLog(m_impl->database()).nextUndo();
    return edit ? std::optional(edit->name) : std::nullopt;
}
std::optional<std::string> ProjectFile::redoName() const {
    const auto edit = EditLog(m_impl->database()).nextRedo();
    return edit ? std::optional(edit->name) : std::nullopt;
}
std::optional<ProjectFile::Step> ProjectFile::undo(TimePoint now, std::stop_token stop) {
    return m_impl->step(true, now, std::move(stop));
}
std::optional<ProjectFile::Step> ProjectFile::redo(TimePoint now, std::stop_token stop) {
    return m_impl->step(false, now, std::move(stop));
}

std::vector<ProjectFile::HistoryEntry> ProjectFile::history(int count) const {
    std::vector<HistoryEntry> entries;
    for (LoggedEdit& edit : EditLog(m_impl->database()).latest(count))
        entries.push_back({std::move(edit.at), std::move(edit.name)});
    return entries;
}

void ProjectFile::saveCopy(const std::string& path, bool overwrite, std::stop_token stop,
                           const std::function<void(double)>& progress) const {
    m_impl->saveCopy(path, overwrite, stop, progress);
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
