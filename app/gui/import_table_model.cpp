#include "app/gui/import_table_model.h"

#include "app/gui/import_words.h"
#include "app/gui/look.h"

#include <QFont>
#include <algorithm>

namespace cordon {

namespace {

constexpr qsizetype kMostLetters = 300; // of a cell; a cell can be a whole geometry

} // namespace

void ImportTableModel::setEntry(const ImportSession::Entry* entry) {
    const bool isSame = entry && entry->table == m_table;
    if (!isSame)
        beginResetModel();
    m_table = entry ? entry->table : nullptr;
    m_uses = entry ? entry->plan.columns : std::vector<ColumnUse>();
    m_left.clear();
    m_suspected.clear();
    if (entry && entry->batch) {
        for (const RowNote& note : entry->batch->report.left)
            m_left.emplace(note.row, note);
        for (const Suspicion& suspicion : entry->batch->report.suspicions)
            for (const std::uint32_t row : suspicion.rows)
                m_suspected.emplace(row, fromUtf8(suspicion.text));
    }
    if (!isSame)
        endResetModel();
    else if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    if (isSame && rowCount() > 0)
        emit headerDataChanged(Qt::Vertical, 0, rowCount() - 1);
}

int ImportTableModel::indexOfRow(std::uint32_t rowNumber) const {
    if (!m_table)
        return -1;
    const auto& numbers = m_table->rowNumbers; // they ascend
    const auto found = std::ranges::lower_bound(numbers, rowNumber);
    const auto row = found - numbers.begin();
    return found != numbers.end() && *found == rowNumber && row < kMostRows ? static_cast<int>(row) : -1;
}

int ImportTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() || !m_table ? 0 : static_cast<int>(std::min<std::size_t>(m_table->rowCount(), kMostRows));
}

int ImportTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() || !m_table ? 0 : static_cast<int>(m_table->columns.size());
}

QString ImportTableModel::remarkOf(std::uint32_t rowNumber) const {
    if (const auto left = m_left.find(rowNumber); left != m_left.end())
        return tr("Row %1 is left out: %2").arg(rowNumber).arg(noteText(left->second));
    const auto suspected = m_suspected.find(rowNumber);
    return suspected == m_suspected.end() ? QString() : suspected->second;
}

QVariant ImportTableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || !m_table)
        return {};
    const auto column = static_cast<std::size_t>(index.column());
    const auto row = static_cast<std::size_t>(index.row());
    const std::uint32_t number = m_table->rowNumbers[row];
    const ColumnRole use = column < m_uses.size() ? m_uses[column].role : ColumnRole::Attribute;
    switch (role) {
    case Qt::DisplayRole:
        return fromUtf8(m_table->cell(column, row)).left(kMostLetters).simplified();
    case Qt::BackgroundRole: {
        const auto left = m_left.find(number);
        if (left != m_left.end() && left->second.column == m_table->columns[column])
            return QColor(0xD5, 0x5E, 0x00);
        return colorOf(groupOf(use));
    }
    case Qt::ForegroundRole: {
        const auto left = m_left.find(number);
        if (left != m_left.end() && left->second.column == m_table->columns[column])
            return QColor(Qt::white);
        return QColor(left != m_left.end() || use == ColumnRole::Ignore ? 0x77 : 0x22,
                      left != m_left.end() ? 0x77 : 0x26, left != m_left.end() ? 0x77 : 0x2A);
    }
    case Qt::FontRole: {
        QFont font;
        font.setStrikeOut(m_left.contains(number));
        return font;
    }
    case Qt::ToolTipRole: {
        const QString remark = remarkOf(number);
        return remark.isEmpty() ? QVariant() : plainTip(remark);
    }
    default:
        return {};
    }
}

QVariant ImportTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (!m_table)
        return {};
    if (orientation == Qt::Horizontal) {
        const auto column = static_cast<std::size_t>(section);
        if (role == Qt::DisplayRole && column < m_table->columns.size())
            return fromUtf8(m_table->columns[column]);
        return {};
    }
    const std::uint32_t number = m_table->rowNumbers[static_cast<std::size_t>(section)];
    if (role == Qt::DisplayRole)
        return QString::number(number);
    if (role == Qt::DecorationRole && m_left.contains(number))
        return iconOf("error");
    if (role == Qt::DecorationRole && m_suspected.contains(number))
        return iconOf("warning");
    if (role == Qt::ToolTipRole && !remarkOf(number).isEmpty())
        return plainTip(remarkOf(number));
    return {};
}

} // namespace cordon
