// A project file that is open: what project_file.h promises. Internal to io.
#pragma once

#include "core/io/project_file.h"
#include "core/io/project_lock.h"
#include "core/io/project_log.h"
#include "core/io/project_records.h"
#include "core/io/project_shapes.h"
#include "core/io/project_store.h"
#include "core/io/sqlite.h"

namespace cordon {

class ProjectFile::Impl {
public:
    Impl(std::string filePath, ProjectAccess access) : m_path(std::move(filePath)) { connect(access); }
    Impl(std::string filePath, std::shared_ptr<const Project> project, StoredTables tables);

    ~Impl();
    void load(const std::stop_token& stop);
    std::shared_ptr<const Project> apply(const SituationEdit& edit);
    std::shared_ptr<const Project> applyProject(const std::string& name, const Project& after,
                                                const std::string& mergeKey);
    std::shared_ptr<const Project> applyStep(const std::string& name, const Project& after,
                                             const std::optional<SituationEdit>& edit, std::stop_token stop,
                                             const std::function<void(double)>& progress);
    std::optional<Step> step(bool isUndo, TimePoint now, std::stop_token stop);
    void saveCopy(const std::string& path, bool overwrite, const std::stop_token& stop = {},
                  const std::function<void(double)>& progress = {}) const;

    const Database& database() const { return *m_database; }
    const std::string& path() const { return m_path; }

    const std::shared_ptr<const Project>& project() const { return m_project; }
    const Warnings& warnings() const { return m_warnings; }
    const std::string& readOnlyReason() const { return m_readOnlyReason; }

private:
    void connect(ProjectAccess access);
    void read();
    void openForWriting();
    void migrate();
    template <class Change> void write(const std::string& name, Change change, std::stop_token stop = {});
    [[noreturn]] void recover(const std::string& name);
    std::string recoveryPath() const;
    Project withRecords(const Project& after) const;
    void writeLayers(const ProjectRows& rows, const Project& project, const Situation& situation);
    RowChanges writeEdit(const SituationEdit& edit, RowFids& fids, const Project& project, Situation& situation);
    void appendFids(const RowFids& fids);
    SituationEdit editOf(const LoggedEdit& logged, const Json& rows) const;
    const ReferenceIndex& references(const Project& project);
    std::shared_ptr<const Project> undo(const LoggedEdit& logged, bool isUndo, TimePoint now, std::stop_token stop);
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

// Journals that would be taken for those of the file at `path`.
void removeLeftovers(const std::string& path);

} // namespace cordon
