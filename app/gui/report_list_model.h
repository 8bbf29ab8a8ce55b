// Reports as a table. Rows are positions in a situation that is shared with the document; texts are made when a row
// comes into view, so that 100,000 of them cost no more than a screenful.
#pragma once

#include "core/model/report_list.h"

#include <QAbstractTableModel>
#include <QIcon>
#include <memory>

namespace cordon {

struct ReportTable {
    std::shared_ptr<const Situation> situation = std::make_shared<const Situation>();
    std::vector<ReportRow> rows;
};

class ReportListModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Kind, Place, Says, Actor, From, Until, Age, GradeCode, State, Source, ColumnCount };
    using QAbstractTableModel::QAbstractTableModel;

    void setTable(ReportTable table);
    const ReportTable& table() const { return m_table; }
    Record recordAt(int row) const {
        return cordon::recordAt(*m_table.situation, m_table.rows[rowIndex(row)].position);
    }
    const RecordHead& headAt(int row) const {
        return cordon::headAt(*m_table.situation, m_table.rows[rowIndex(row)].position);
    }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override; // asks for another table

    // For a worker: stable, so that equal rows stay with the latest first.
    static void sortRows(ReportTable& table, int column, Qt::SortOrder order);

signals:
    void orderWanted(int column, Qt::SortOrder order);

private:
    static std::size_t rowIndex(int row) { return static_cast<std::size_t>(row); }
    static QString textOf(const ReportTable& table, const ReportRow& row, int column);
    QString tipOf(const ReportRow& row) const;

    ReportTable m_table;
};

QIcon kindIcon(RecordKind kind);
QIcon stateIcon(ReportState state);

} // namespace cordon
