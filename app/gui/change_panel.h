// The changes between two dates as a table, grouped by what changed; a click shows where.
#pragma once

#include "app/gui/change_map.h"
#include "core/model/change_rows.h"

#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>
#include <QWidget>

namespace cordon {

class ChangePanel : public QWidget {
    Q_OBJECT
public:
    explicit ChangePanel(QWidget* parent = nullptr);

    void clear(const QString& text);
    void showChanges(std::shared_ptr<const Changes> changes, const ChangeQuery& query);

    const std::vector<ChangeRow>& rows() const { return m_rows; }
    QString asText() const; // the table as it stands, columns parted by tabs

signals:
    void zoomWanted(const cordon::GeoBox& box);
    void saveWanted();
    void datesWanted();

private:
    QTreeWidgetItem* addGroup(const QString& title, const QString& amount);
    void addRoads();
    void addControl();
    void addTowns();
    void addIncidents();
    void addMeasures();
    QTreeWidgetItem* addRow(QTreeWidgetItem& group, std::size_t row, const QString& what, const QString& amount);
    void zoomTo(const QTreeWidgetItem* item);

    std::shared_ptr<const Changes> m_changes;
    std::vector<ChangeRow> m_rows;
    QLabel* m_title;
    QTreeWidget* m_tree;
    QPushButton *m_copy, *m_save;
};

} // namespace cordon
