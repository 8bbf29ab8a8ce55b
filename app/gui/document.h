// The window's only mutable state: the current project with its undo stack, and the dates looked at.
#pragma once

#include "core/model/project.h"
#include "core/model/situation_at.h"
#include "core/render/prepared_layers.h"

#include <QObject>
#include <QString>
#include <QStringList>
#include <QUndoStack>
#include <memory>

namespace cordon {

class Document : public QObject {
    Q_OBJECT
public:
    explicit Document(QObject* parent = nullptr);

    const std::shared_ptr<const Project>& project() const { return m_project; }
    const TimeFilter& time() const { return m_time; }
    const QStringList& sources() const { return m_sources; } // files the map was opened from
    const std::shared_ptr<PreparedLayers>& prepared() const { return m_prepared; }
    QUndoStack& undoStack() { return m_undo; }
    bool isEmpty() const { return m_project->layers.empty(); }
    bool hasSituation() const { return !m_project->situation->isEmpty(); }

    // Makes `after` the project. `text` names the step in the Edit menu ("Hide Rivers"). Steps with the same key that
    // follow each other become one (a slider being dragged).
    void apply(const QString& text, Project after, const QString& mergeKey = {});
    void setTime(const TimeFilter& time);
    void setSources(const QStringList& sources);

signals:
    void projectChanged();
    void timeChanged();
    void sourcesChanged();

private:
    friend class ProjectChange;
    void show(std::shared_ptr<const Project> project);

    std::shared_ptr<const Project> m_project;
    TimeFilter m_time;
    QStringList m_sources;
    std::shared_ptr<PreparedLayers> m_prepared;
    QUndoStack m_undo;
};

} // namespace cordon
