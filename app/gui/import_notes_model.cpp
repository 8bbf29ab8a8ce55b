#include "app/gui/import_notes_model.h"

#include "app/gui/look.h"

#include <QHeaderView>
#include <QTableView>

namespace cordon {

void ImportNotesModel::setNotes(std::vector<Note> notes) {
    beginResetModel();
    m_notes = std::move(notes);
    endResetModel();
}

int ImportNotesModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_notes.size());
}

QVariant ImportNotesModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid())
        return {};
    const Note& note = m_notes[static_cast<std::size_t>(index.row())];
    if (role == Qt::ToolTipRole)
        return plainTip(note.text);
    if (role == Qt::TextAlignmentRole && index.column() == 0)
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    return index.column() == 0   ? QVariant(QString::number(note.row))
           : index.column() == 1 ? QVariant(note.column)
           : index.column() == 2 ? QVariant(note.value.left(200).simplified())
                                 : QVariant(note.text);
}

QVariant ImportNotesModel::headerData(int section, Qt::Orientation orientation, int role) const {
    const QString names[] = {tr("Row"), m_columnTitle, tr("Value"), tr("Why")};
    return orientation == Qt::Horizontal && role == Qt::DisplayRole ? QVariant(names[section]) : QVariant();
}

void setUpNotesView(QTableView& view, ImportNotesModel& model, const QString& title) {
    view.setModel(&model);
    view.setAccessibleName(title);
    view.setSelectionBehavior(QAbstractItemView::SelectRows);
    view.setSelectionMode(QAbstractItemView::SingleSelection);
    view.setAlternatingRowColors(true);
    view.setShowGrid(false);
    view.setWordWrap(false);
    view.setTabKeyNavigation(false);
    view.verticalHeader()->hide();
    view.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    view.verticalHeader()->setDefaultSectionSize(view.fontMetrics().height() + 8);
    view.horizontalHeader()->setStretchLastSection(true);
    view.horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    const int widths[] = {54, 130, 130};
    for (int i = 0; i < 3; ++i)
        view.setColumnWidth(i, widths[i]);
}

} // namespace cordon
