// What is doubtful about the road network: loose ends near another road, to be joined with a click (undoable, kept in
// the project), islands, stretches of no length and places off the roads. A click shows it on the map.
#pragma once

#include "app/gui/live_access.h"
#include "app/gui/map_sketch.h"

#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QTreeWidget>
#include <QWidget>

namespace cordon {

class AccessRoads : public QWidget {
    Q_OBJECT
public:
    explicit AccessRoads(LiveAccess& access, Document& document, QWidget* parent = nullptr);

    QTreeWidget& tree() { return *m_tree; }
    QPushButton& join() { return *m_join; }
    QPushButton& joinNear() { return *m_joinNear; }
    QSpinBox& nearMeters() { return *m_nearMeters; }
    QString text() const { return m_text->text(); }

signals:
    void placeWanted(const cordon::GeoBox& box, const cordon::MapSketch& sketch);

private:
    enum class Kind { LooseEnd, Joined, Island, NoLength, OffRoads };
    QWidget* buildButtons();
    void follow();
    void follow(const AccessNetwork& network);
    QTreeWidgetItem* addGroup(const QString& title, std::size_t count, const QString& tip);
    QTreeWidgetItem* addRow(QTreeWidgetItem& group, Kind kind, std::size_t number, const QString& text,
                            const QString& how);
    template <class Add> void addRows(const QString& title, std::size_t count, const QString& tip, Add add);
    void addPlaces(const AccessNetwork& network);
    void followChoice();
    void joinChosen();
    void joinAllNear();
    void show(const QTreeWidgetItem* item);

    LiveAccess& m_access;
    Document& m_document;
    std::shared_ptr<const AccessNetwork> m_network; // that the rows are of
    std::vector<RoadJoin> m_joins;                  // the same, of the project
    QLabel* m_text;
    QTreeWidget* m_tree;
    QPushButton *m_join, *m_joinNear;
    QSpinBox* m_nearMeters;
};

} // namespace cordon
