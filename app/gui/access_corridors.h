// The corridors that the project watches: how far normally and today, what blocks them, and how they were day by day.
// They are kept in the project: adding, renaming and removing can be undone.
#pragma once

#include "app/gui/access_day_chart.h"

#include <QLabel>
#include <QLineEdit>
#include <QToolButton>
#include <QTreeWidget>
#include <QWidget>

namespace cordon {

class AccessCorridors : public QWidget {
    Q_OBJECT
public:
    AccessCorridors(LiveAccess& access, Document& document, QWidget* parent = nullptr);

    void choose(std::size_t number);               // of the project's, without chosen()
    void takePicked(const std::string& placeName); // the one end, then the other
    void setPicking(bool on);                      // the map is waiting for clicks
    void say(const QString& problem);              // "": nothing

    QTreeWidget& tree() { return *m_tree; }
    QLineEdit& from() { return *m_from; }
    QLineEdit& to() { return *m_to; }
    QToolButton& add() { return *m_add; }
    QToolButton& remove() { return *m_remove; }
    AccessDayChart& chart() { return *m_chart; }
    QString problem() const { return m_problem->isHidden() ? QString() : m_problem->text(); }

signals:
    void chosen(std::size_t number); // of the project's corridors, as the finding has them
    void zoomWanted(std::size_t number);
    void pickWanted(bool on);

private:
    QWidget* buildEntry();
    void connectTree();
    void follow();
    void followSeries();
    void followNetwork();
    void addRow(const SavedCorridor& saved, std::size_t number);
    void addTyped();
    void rename(std::size_t number, const QString& name);
    void removeChosen();
    std::optional<std::size_t> chosenNumber() const;

    LiveAccess& m_access;
    Document& m_document;
    QTreeWidget* m_tree;
    QLabel *m_empty, *m_problem;
    AccessDayChart* m_chart;
    QLineEdit *m_from, *m_to;
    QToolButton *m_pick, *m_add, *m_rename, *m_remove;
};

} // namespace cordon
