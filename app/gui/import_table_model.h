// The rows of a table as they stand in the file: columns in the colours of what they are, cells that were not
// understood marked. Only what is in sight is looked at.
#pragma once

#include "app/gui/import_session.h"

#include <QAbstractTableModel>
#include <unordered_map>

namespace cordon {

class ImportTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    static constexpr int kMostRows = 100000;

    void setEntry(const ImportSession::Entry* entry); // null for none; of the same table: only its marks change
    const std::shared_ptr<const SourceTable>& table() const { return m_table; }
    int indexOfRow(std::uint32_t rowNumber) const; // -1: not among those shown
    std::uint32_t rowNumber(int row) const { return m_table->rowNumbers[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString remarkOf(std::uint32_t rowNumber) const;

    std::shared_ptr<const SourceTable> m_table;
    std::vector<ColumnUse> m_uses;
    std::unordered_map<std::uint32_t, RowNote> m_left;
    std::unordered_map<std::uint32_t, QString> m_suspected;
};

} // namespace cordon
