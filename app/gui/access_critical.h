// INTERNAL: the open roads whose loss would cut off most people (critical_roads.h). Found when asked for by name, shown
// in a window of its own that says what it is, and part of no map, table or export.
#pragma once

#include "app/gui/live_access.h"
#include "app/gui/map_sketch.h"

#include <QDialog>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>

namespace cordon {

class AccessCritical : public QDialog {
    Q_OBJECT
public:
    explicit AccessCritical(LiveAccess& access, QWidget* parent = nullptr);

    void ask(); // finds them for the present answer and shows the window
    QTreeWidget& tree() { return *m_tree; }
    QString state() const { return m_state->text(); }

signals:
    // An empty box: as the map is.
    void roadWanted(const cordon::GeoBox& box, const cordon::MapSketch& sketch);

private:
    void show(const std::vector<CriticalRoad>& roads);
    void forget();
    void tell(int row, bool zooms);

    LiveAccess& m_access;
    std::shared_ptr<const AccessFinding> m_finding; // that the rows are of
    std::vector<CriticalRoad> m_roads;
    QLabel* m_state;
    QTreeWidget* m_tree;
    QPushButton* m_again;
};

} // namespace cordon
