#include "app/gui/document.h"

#include <QUndoCommand>

namespace cordon {

// The only undo step there is: the project before and after.
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
    : QObject(parent), m_project(std::make_shared<const Project>()), m_prepared(std::make_shared<PreparedLayers>()) {
    m_undo.setUndoLimit(200);
}

void Document::apply(const QString& text, Project after, const QString& mergeKey) {
    m_undo.push(new ProjectChange(*this, text, std::make_shared<const Project>(std::move(after)), mergeKey));
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
}

} // namespace cordon
