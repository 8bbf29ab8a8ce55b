// Edits what reports are made with: actors, sources, and how long each kind of report holds.
#pragma once

#include "core/model/situation.h"

#include <QDialog>
#include <QLabel>
#include <QTableWidget>

class QDialogButtonBox;
class QTabWidget;

namespace cordon {

class ListsDialog : public QDialog {
    Q_OBJECT
public:
    explicit ListsDialog(const Situation& situation, QWidget* parent = nullptr);

    Situation situation() const; // with the lists as edited
    QTableWidget& actors() { return *m_actors; }
    QTableWidget& sources() { return *m_sources; }
    QTableWidget& shelfLives() { return *m_lives; }

private:
    enum ActorColumn { Id, Name, NameFr, ColorCell, Pattern, Aliases, ActorColumns };
    enum SourceColumn { SourceId, SourceName, Url, UsualGrade, SourceColumns };

    QTableWidget* addTable(QTabWidget& tabs, const QString& title, const QStringList& headers, bool canGrow);
    void addActor(const Actor& actor);
    void addSource(const Source& source);
    void fillLives();
    void chooseColor(int row);
    QString problem() const;
    void follow();

    Situation m_situation;
    QTableWidget* m_actors;
    QTableWidget* m_sources;
    QTableWidget* m_lives;
    QLabel* m_reason;
    QDialogButtonBox* m_buttons;
};

} // namespace cordon
