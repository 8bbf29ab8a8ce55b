// The window's only mutable state: the current project, the file that keeps it if it has one, and the dates looked at.
//
// A map opened from sources lives in memory, with an undo stack of whole projects. A project file keeps every change
// the moment it is made; undo and redo then are the file's own, of earlier sessions too. Reports can be edited only in
// a project file: there is no unsaved report.
#pragma once

#include "app/gui/worker.h"
#include "core/import/import_batch.h"
#include "core/io/project_file.h"
#include "core/model/project.h"
#include "core/model/situation_at.h"
#include "core/model/situation_index.h"
#include "core/render/prepared_layers.h"

#include <QObject>
#include <QString>
#include <QStringList>
#include <QUndoStack>
#include <functional>
#include <memory>
#include <optional>

namespace cordon {

class Document : public QObject {
    Q_OBJECT
public:
    explicit Document(QObject* parent = nullptr);
    ~Document() override;

    const std::shared_ptr<const Project>& project() const { return m_project; }
    const TimeFilter& time() const { return m_time; }
    const QStringList& sources() const { return m_sources; } // files the map was opened from; a project: its path
    const std::shared_ptr<PreparedLayers>& prepared() const { return m_prepared; }
    // What the map draws: the project, or what is derived from it for a look at it (changes between two dates). That is
    // neither kept in the file nor a step to undo.
    const std::shared_ptr<const Project>& shownProject() const { return m_shown ? m_shown : m_project; }
    void showInstead(std::shared_ptr<const Project> derived); // null: the project itself again
    bool isEmpty() const { return m_project->layers.empty(); }
    bool hasSituation() const { return !m_project->situation->isEmpty(); }
    // Shared with workers: looking up an index for a situation is thread-safe, and cheap after a small edit.
    const std::shared_ptr<SituationIndexCache>& indexes() const { return m_indexes; }
    std::shared_ptr<const SituationIndex> index() const { return m_indexes->of(m_project->situation); }

    const ProjectFile* file() const { return m_file.get(); } // null: a map in memory
    bool canEditReports() const { return m_file && !m_file->isReadOnly(); }
    // A map in memory that was changed since it was opened.
    bool hasUnsavedChanges() const { return !m_file && !m_undo.isClean(); }

    // Put another map in place of this one. Steps of this one cannot be undone afterwards.
    void open(std::shared_ptr<const Project> project, const QStringList& sources, const TimeFilter& time);
    void open(ProjectFile file, const TimeFilter& time);
    // Who is asked to do what takes more than a moment; returns when it is done and throws what it throws. Without one
    // it is done at once.
    using Runner = std::function<void(const QString& title, const LongWork&)>;
    void setRunner(Runner runner) { m_runner = std::move(runner); }

    // Makes `after` the project. `text` names the step in the Edit menu ("Hide Rivers"). Steps with the same key that
    // follow each other become one (a slider being dragged). False, with failed() emitted, when the file cannot be
    // written to; nothing has changed then.
    bool apply(const QString& text, Project after, const QString& mergeKey = {});
    // The same for reports. `make` gets the index of the situation and gives the edit; what it throws is failed() too.
    bool edit(const std::function<SituationEdit(const SituationIndex&, TimePoint now)>& make);

    // An import: layers and reports as one step. What it was made from must still be the project. A project file is
    // written on `worker`; done(false) when that failed or was stopped, and nothing has changed then.
    void takeStep(ImportStep step, Worker& worker, std::stop_token stop, std::function<void(bool isDone)> done);

    std::optional<QString> undoText() const; // nullopt: nothing to undo
    std::optional<QString> redoText() const;
    bool undo();
    bool redo();

    void setTime(const TimeFilter& time);
    void setSources(const QStringList& sources);

signals:
    void projectChanged(); // also when another one was opened
    void opened();         // another map took the place of the one before; after projectChanged()
    void shownChanged();   // another shownProject() of the same project
    void timeChanged();
    void sourcesChanged();
    void undoChanged();
    void failed(const QString& reason); // a sentence for people

private:
    friend class ProjectChange;
    void show(std::shared_ptr<const Project> project);
    void replace(std::shared_ptr<const Project> project, std::unique_ptr<ProjectFile> file, const QStringList& sources,
                 const TimeFilter& time);
    std::optional<QString> stepName(std::optional<std::string> (ProjectFile::*name)() const) const;
    using FileStep = std::optional<ProjectFile::Step> (ProjectFile::*)(TimePoint now, std::stop_token stop);
    bool stepInFile(const QString& what, const std::optional<QString>& name, FileStep take);
    bool tryTo(const QString& what, const std::function<void()>& action);

    std::shared_ptr<const Project> m_project, m_shown;
    std::unique_ptr<ProjectFile> m_file;
    TimeFilter m_time;
    QStringList m_sources;
    std::shared_ptr<PreparedLayers> m_prepared;
    std::shared_ptr<SituationIndexCache> m_indexes;
    QUndoStack m_undo; // of a map in memory
    Runner m_runner = [](const QString&, const LongWork& work) { work({}, [](double) {}); };
};

} // namespace cordon
