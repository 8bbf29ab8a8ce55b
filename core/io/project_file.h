// A project in its file: one GeoPackage that other GIS open too. There is no unsaved state: when an edit returns, it is
// on the disk, whatever happens next. The tables are described in project_schema.h.
//
// The file is kept in SQLite's rollback-journal mode with synchronous=EXTRA, not in WAL: WAL keeps confirmed edits in a
// second file, which gets lost when the project is copied or mailed, is taken for part of whatever file replaces the
// project, and does not work on network drives. While it is open, a journal whose beginning is zeroed lies beside
// (PERSIST: overwriting it costs half of what making and removing one does); closing removes it. One that a killed
// program left is rolled back if it was in the middle of an edit, by whatever program opens the file, and goes at the
// next start.
#pragma once

#include "core/error.h"
#include "core/model/edit.h"
#include "core/model/project.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace cordon {

enum class ProjectAccess {
    ReadOnly,
    ReadWrite,   // throws Error where it cannot be had
    PreferWrite, // read-only where it cannot be had: see readOnlyReason()
};

// One thread at a time. Every function throws Error; after one the file and project() are as before the call.
class ProjectFile {
public:
    // Writes a new file, atomically. Throws when there is one and `overwrite` is false, or another Cordon has it open.
    // Asked to stop it throws Stopped, and what was there is as before. `progress` (0..1) is told of the tables' rows.
    static ProjectFile create(const std::string& path, std::shared_ptr<const Project> project, bool overwrite = false,
                              std::stop_token stop = {}, const std::function<void(double)>& progress = {});
    // Throws Stopped when asked to stop while it reads.
    static ProjectFile open(const std::string& path, ProjectAccess access = ProjectAccess::PreferWrite,
                            std::stop_token stop = {});
    ProjectFile(ProjectFile&&) noexcept;
    ProjectFile& operator=(ProjectFile&&) noexcept;
    ~ProjectFile();

    const std::string& path() const;
    const std::shared_ptr<const Project>& project() const;
    const Warnings& warnings() const; // of opening: damaged rows, layers lost, sources missing
    bool isReadOnly() const;
    const std::string& readOnlyReason() const; // a sentence; "" if it can be written to

    // Each returns the new project() once the change is on the disk.
    std::shared_ptr<const Project> apply(const SituationEdit& edit);
    // Layers, styles, order, visibility, settings, actors, sources, shelf lives: all but the records, which only
    // apply() and applyStep() change. Tables not in the file yet are written. Steps with the same key that follow each
    // other become one (a slider being dragged). Without a difference nothing is written.
    std::shared_ptr<const Project> applyProject(const std::string& name, const Project& after,
                                                const std::string& mergeKey = {});

    // Both together as one transaction and one step, such as an import that brings layers and records. Throws Stopped
    // when asked to stop in the middle of it; nothing is left of it then. `progress` (0..1) is told of the rows of new
    // tables. Without a difference nothing is written.
    std::shared_ptr<const Project> applyStep(const std::string& name, const Project& after,
                                             const std::optional<SituationEdit>& edit, std::stop_token stop = {},
                                             const std::function<void(double)>& progress = {});

    // All steps ever made can be undone, in earlier sessions too; a new step drops those undone before it.
    std::optional<std::string> undoName() const; // nullopt: nothing to undo
    std::optional<std::string> redoName() const;
    struct Step {
        std::shared_ptr<const Project> project;
        std::string name; // "Withdraw report R017"
    };
    // Throw Stopped when asked to stop in the middle of it; nothing has changed then.
    std::optional<Step> undo(TimePoint now = currentTime(), std::stop_token stop = {});
    std::optional<Step> redo(TimePoint now = currentTime(), std::stop_token stop = {});

    struct HistoryEntry {
        std::string at; // ISO 8601
        std::string name;
    };
    std::vector<HistoryEntry> history(int count) const; // newest first

    // The file as it is now with all its history, atomically. Throws Stopped when asked to stop.
    void saveCopy(const std::string& path, bool overwrite = false, std::stop_token stop = {},
                  const std::function<void(double)>& progress = {}) const;
    // Reads the whole file; the problems found, empty if there are none.
    std::vector<std::string> checkIntegrity() const;

    static TimePoint currentTime() {
        return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
    }

private:
    class Impl;
    explicit ProjectFile(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

// A GeoPackage with Cordon's tables; a GeoPackage without them is a plain vector source. Never throws.
bool isProjectFile(const std::string& path);
// The project of a file that is only looked at.
std::shared_ptr<const Project> loadProject(const std::string& path, Warnings& warnings);

} // namespace cordon
