#include "app/gui/report_list_model.h"

#include "app/gui/layer_swatch.h"
#include "app/gui/look.h"
#include "app/gui/report_words.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace cordon {

namespace {

// The row's record without copying it: only what a column needs.
QString actorText(const Situation& situation, RowPosition position) {
    return visitRecords(situation, position.kind,
                        [&](const auto& records) { return actorName(situation, records[position.row].actor); });
}

} // namespace

QIcon kindIcon(RecordKind kind) {
    static const std::array<QIcon, kRecordKinds> kIcons = [] {
        std::array<QIcon, kRecordKinds> icons;
        const LayerRole roles[] = {LayerRole::ControlAreas, LayerRole::RoadStatuses, LayerRole::Restrictions,
                                   LayerRole::Incidents};
        for (std::size_t i = 0; i < std::size(roles); ++i) {
            Layer layer;
            layer.role = roles[i];
            for (const double ratio : {1.0, 2.0})
                icons[i].addPixmap(layerSwatch(layer, {}, {22, 16}, ratio));
        }
        icons.back() = iconOf("calendar");
        return icons;
    }();
    return kIcons[static_cast<std::size_t>(kind)];
}

QIcon stateIcon(ReportState state) {
    static const std::array<QIcon, 5> kIcons = [] {
        std::array<QIcon, 5> icons;
        for (std::size_t i = 0; i < icons.size(); ++i)
            icons[i] =
                iconOf("state-" + QString::fromUtf8(toWord(static_cast<ReportState>(i)).data()).replace('_', '-'));
        return icons;
    }();
    return kIcons[static_cast<std::size_t>(state)];
}

void ReportListModel::setTable(ReportTable table) {
    beginResetModel();
    m_table = std::move(table);
    endResetModel();
}

int ReportListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_table.rows.size());
}

int ReportListModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QString ReportListModel::textOf(const ReportTable& table, const ReportRow& row, int column) {
    const RecordHead& head = cordon::headAt(*table.situation, row.position);
    switch (column) {
    case Kind:
        return phraseOf(row.position.kind);
    case Place:
        return fromUtf8(head.place);
    case Says:
        return QString::fromStdString(summaryOf(cordon::recordAt(*table.situation, row.position)));
    case Actor:
        return actorText(*table.situation, row.position);
    case From:
        return timeText(head.valid.begin);
    case Until:
        return timeText(head.valid.end);
    case Age:
        return row.state == ReportState::NotYet ? QString() : ageText(row.ageDays);
    case GradeCode:
        return QString::fromStdString(head.grade.toText());
    case Source:
        return fromUtf8(head.source);
    default:
        return phraseOf(row.state);
    }
}

QString ReportListModel::tipOf(const ReportRow& row) const {
    const RecordHead& head = cordon::headAt(*m_table.situation, row.position);
    QStringList lines{titleOf(cordon::recordAt(*m_table.situation, row.position)), textOf(m_table, row, Says),
                      tr("Recorded %1").arg(timeText(head.recorded.begin))};
    if (head.recorded.end)
        lines.append(tr("Withdrawn or corrected %1").arg(timeText(head.recorded.end)));
    if (head.confirmed)
        lines.append(tr("Confirmed %1").arg(timeText(head.confirmed)));
    if (!head.note.empty())
        lines.append(fromUtf8(head.note));
    return "<qt>" + lines.join('\n').toHtmlEscaped().replace('\n', "<br>") + "</qt>"; // wrapped, never as markup
}

QVariant ReportListModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const ReportRow& row = m_table.rows[rowIndex(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return textOf(m_table, row, index.column());
    case Qt::DecorationRole:
        if (index.column() == Kind)
            return kindIcon(row.position.kind);
        return index.column() == State ? QVariant(stateIcon(row.state)) : QVariant();
    case Qt::ToolTipRole:
        return plainTip(tipOf(row));
    case Qt::TextAlignmentRole:
        return QVariant(index.column() == Age ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant ReportListModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const QString names[] = {tr("Kind"),  tr("Place"), tr("What it says"), tr("Actor"), tr("From"),
                             tr("Until"), tr("Age"),   tr("Grade"),        tr("State"), tr("Source")};
    return section < ColumnCount ? names[section] : QVariant();
}

void ReportListModel::sort(int column, Qt::SortOrder order) {
    emit orderWanted(column, order);
}

void ReportListModel::sortRows(ReportTable& table, int column, Qt::SortOrder order) {
    const auto stamp = [&](const ReportRow& row) {
        const RecordHead& head = cordon::headAt(*table.situation, row.position);
        const TimePoint time = column == From ? head.valid.begin : head.valid.end.value_or(TimePoint::max());
        return static_cast<double>(time.time_since_epoch().count());
    };
    const bool isText = column != From && column != Until && column != Age && column != State;
    struct Key {
        QString text;
        double number = 0;
        std::size_t row = 0;
    };
    std::vector<Key> keys(table.rows.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const ReportRow& row = table.rows[i];
        keys[i].row = i;
        if (isText)
            keys[i].text = textOf(table, row, column).toCaseFolded();
        else
            keys[i].number = column == Age     ? row.ageDays
                             : column == State ? static_cast<double>(row.state)
                                               : stamp(row);
    }
    const auto isBefore = [isText](const Key& a, const Key& b) {
        return isText ? a.text < b.text : a.number < b.number;
    };
    std::stable_sort(keys.begin(), keys.end(), [&](const Key& a, const Key& b) {
        return order == Qt::AscendingOrder ? isBefore(a, b) : isBefore(b, a);
    });
    std::vector<ReportRow> sorted;
    sorted.reserve(keys.size());
    for (const Key& key : keys)
        sorted.push_back(table.rows[key.row]);
    table.rows = std::move(sorted);
}

} // namespace cordon
