// Rows of a table that there is something to say of, as a list.
#pragma once

#include <QAbstractTableModel>
#include <cstdint>
#include <vector>

class QTableView;

namespace cordon {

// A row, and what there is to say of it.
class ImportNotesModel : public QAbstractTableModel {
    Q_OBJECT
public:
    struct Note {
        std::uint32_t row = 0;
        QString column, value, text;
    };
    using QAbstractTableModel::QAbstractTableModel;

    void setColumnTitle(const QString& title) { m_columnTitle = title; }
    void setNotes(std::vector<Note> notes);
    const std::vector<Note>& notes() const { return m_notes; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : 4; }
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<Note> m_notes;
    QString m_columnTitle = tr("Column");
};

// Whole rows are chosen, one at a time.
void setUpNotesView(QTableView& view, ImportNotesModel& model, const QString& title);

} // namespace cordon
