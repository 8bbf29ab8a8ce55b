#include "app/gui/document.h"

#include <QUndoCommand>
#include <algorithm>

namespace cordon {

namespace {

// Then writing it takes as long as they are large.
bool bringsTables(const Project& after, const Project& before) {
    return std::ranges::any_of(after.layers, [&](const auto& layer) {
        return layer->table &&
               std::ranges::none_of(before.layers, [&](const auto& old) { return old->table == layer->table; });
    });
}

} // namespace

// The only undo step a map in memory has: the project before and after.
class ProjectChange : public QUndoCommand {
public:
    ProjectChange(Document& document, const QString& text, std::shared_ptr<const Project> after, QString mergeKey)
        : QUndoCommand(text), m_document(document), m_before(document.project()), m_after(std::move(after)),
          m_mergeKey(std::move(mergeKey)) {}

    void undo() override { m_document.show(m_before); }
    void redo() override { m_document.show(m_after); }
    int id() const override { return m_mergeKey.isEmpty() ? -1 : 1; }
    bool mergeWith(const QUndoCommand* other) override {
        const auto* next = dynamic_cast<const ProjectChange*>(other);
        if (!next || next->m_mergeKey != m_mergeKey)
            return false;
        m_after = next->m_after;
        return true;
    }

private:
    Document& m_document;
    std::shared_ptr<const Project> m_before, m_after;
    QString m_mergeKey;
};

Document::Document(QObject* parent)
    : QObject(parent), m_project(std::make_shared<const Project>()), m_prepared(std::make_shared<PreparedLayers>()),
      m_indexes(std::make_shared<SituationIndexCache>()) {
    m_undo.setUndoLimit(200);
    connect(&m_undo, &QUndoStack::indexChanged, this, &Document::undoChanged);
}

Document::~Document() {
    m_undo.disconnect(this); // it clears itself, and says so, when the document is half gone
}

void Document::replace(std::shared_ptr<const Project> project, std::unique_ptr<ProjectFile> file,
                       const QStringList& sources, const TimeFilter& time) {
    m_undo.clear();
    m_file = std::move(file);
    m_project = std::move(project);
    m_shown.reset();
    m_time = time;
    m_sources = sources;
    emit timeChanged();
    emit projectChanged();
    emit sourcesChanged();
    emit undoChanged();
    emit opened();
}

void Document::open(std::shared_ptr<const Project> project, const QStringList& sources, const TimeFilter& time) {
    replace(std::move(project), nullptr, sources, time);
}

void Document::open(ProjectFile file, const TimeFilter& time) {
    auto kept = std::make_unique<ProjectFile>(std::move(file));
    const QString path = QString::fromStdString(kept->path());
    auto project = kept->project();
    replace(std::move(project), std::move(kept), {path}, time);
}

bool Document::apply(const QString& text, Project after, const QString& mergeKey) {
    if (!m_file) {
        m_undo.push(new ProjectChange(*this, text, std::make_shared<const Project>(std::move(after)), mergeKey));
        return true;
    }
    return tryTo(text, [&] {
        const std::string name = text.toStdString();
        if (!bringsTables(after, *m_project))
            return show(m_file->applyProject(name, after, mergeKey.toStdString()));
        m_runner(text, [&](std::stop_token stop, const Worker::Progress& progress) {
            m_file->applyStep(name, after, std::nullopt, std::move(stop), progress);
        });
        show(m_file->project());
    });
}

bool Document::edit(const std::function<SituationEdit(const SituationIndex&, TimePoint)>& make) {
    return tryTo(tr("Edit"), [&] {
        if (!m_file)
            throw Error("Reports are kept in a project file: choose Save as Project first, then edit.");
        show(m_file->apply(make(*index(), ProjectFile::currentTime())));
    });
}

void Document::takeStep(ImportStep step, Worker& worker, std::stop_token stop, std::function<void(bool)> done) {
    if (!m_file) {
        if (step.edit)
            step.project =
                withSituation(std::move(step.project),
                              std::make_shared<const Situation>(applied(*step.project.situation, *step.edit)));
        return done(apply(QString::fromStdString(step.name), std::move(step.project)));
    }
    // Nobody else asks the file for anything meanwhile: the window that imports is modal.
    auto shared = std::make_shared<const ImportStep>(std::move(step));
    worker.post({QString::fromStdString(shared->name),
                 [this, shared, stop, done](const std::stop_token&, const Worker::Progress& progress) {
                     QString problem; // "" for one that was stopped
                     bool isDone = false;
                     try {
                         m_file->applyStep(shared->name, shared->project, shared->edit, stop, progress);
                         isDone = true;
                     } catch (const Stopped&) {
                     } catch (const Error& e) {
                         problem = QString::fromUtf8(e.what());
                     }
                     return Worker::Delivery([this, done, isDone, problem] {
                         if (isDone)
                             show(m_file->project());
                         else if (!problem.isEmpty())
                             emit failed(problem);
                         done(isDone);
                     });
                 }});
}

std::optional<QString> Document::undoText() const {
    if (!m_file)
        return m_undo.canUndo() ? std::optional(m_undo.undoText()) : std::nullopt;
    return stepName(&ProjectFile::undoName);
}

std::optional<QString> Document::redoText() const {
    if (!m_file)
        return m_undo.canRedo() ? std::optional(m_undo.redoText()) : std::nullopt;
    return stepName(&ProjectFile::redoName);
}

// A file that cannot be read at the moment offers no step; the next edit says why.
std::optional<QString> Document::stepName(std::optional<std::string> (ProjectFile::*name)() const) const {
    if (m_file->isReadOnly())
        return std::nullopt;
    try {
        const auto text = ((*m_file).*name)();
        return text ? std::optional(QString::fromStdString(*text)) : std::nullopt;
    } catch (const Error&) {
        return std::nullopt;
    }
}

bool Document::undo() {
    if (m_file)
        return stepInFile(tr("Undo"), undoText(), &ProjectFile::undo);
    m_undo.undo();
    return true;
}

bool Document::redo() {
    if (m_file)
        return stepInFile(tr("Redo"), redoText(), &ProjectFile::redo);
    m_undo.redo();
    return true;
}

bool Document::stepInFile(const QString& what, const std::optional<QString>& name, FileStep take) {
    return tryTo(what, [&] {
        std::optional<ProjectFile::Step> step;
        m_runner(name ? what + ": " + *name : what, [&](std::stop_token stop, const Worker::Progress&) {
            step = ((*m_file).*take)(ProjectFile::currentTime(), std::move(stop));
        });
        if (step)
            show(step->project);
    });
}

bool Document::tryTo(const QString& what, const std::function<void()>& action) {
    try {
        action();
        return true;
    } catch (const Stopped&) {
        return false;
    } catch (const Error& e) {
        emit failed(QString::fromUtf8(e.what()));
    } catch (const std::bad_alloc&) {
        emit failed(tr("%1: there is not enough memory.").arg(what));
    }
    return false;
}

void Document::showInstead(std::shared_ptr<const Project> derived) {
    if (derived == m_shown)
        return;
    m_shown = std::move(derived);
    emit shownChanged();
}

void Document::setTime(const TimeFilter& time) {
    if (time == m_time)
        return;
    m_time = time;
    emit timeChanged();
}

void Document::setSources(const QStringList& sources) {
    m_sources = sources;
    emit sourcesChanged();
}

void Document::show(std::shared_ptr<const Project> project) {
    m_project = std::move(project);
    emit projectChanged();
    if (m_file)
        emit undoChanged();
}

} // namespace cordon
