#include "app/gui/change_panel.h"

#include "app/gui/date_field.h"
#include "app/gui/look.h"
#include "app/gui/wrap_delegate.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLocale>
#include <QVBoxLayout>
#include <functional>
#include <map>

namespace cordon {

namespace {

constexpr int kRow = Qt::UserRole; // of an item: the position in rows()
constexpr std::size_t kMostIncidents = 1000;

QString fromUtf8(const std::string& text) {
    return QString::fromStdString(text);
}
QString numberText(double value, int decimals) {
    return QLocale(QLocale::English).toString(value, 'f', decimals);
}
QString kmText(double kilometers) {
    return ChangePanel::tr("%1 km").arg(numberText(kilometers, kilometers < 10 ? 1 : 0));
}
QString areaText(double squareKilometers) {
    return ChangePanel::tr("%1 km²").arg(numberText(squareKilometers, squareKilometers < 10 ? 1 : 0));
}

QString causeText(ChangeCause cause) {
    switch (cause) {
    case ChangeCause::Ground:
        return ChangePanel::tr("on the ground");
    case ChangeCause::Learnt:
        return ChangePanel::tr("learnt later");
    case ChangeCause::Source:
        return ChangePanel::tr("other source");
    case ChangeCause::Boundary:
        break;
    }
    return ChangePanel::tr("other boundary");
}

QString joined(const std::vector<std::string>& parts) {
    QStringList list;
    for (const std::string& part : parts)
        list += fromUtf8(part);
    return list.join(", ");
}

QString becameText(const ChangeRow& row) {
    const auto known = [](const std::string& text) {
        return text.empty() ? ChangePanel::tr("not known") : fromUtf8(text);
    };
    return row.group == ChangeGroup::Roads ? known(row.before) + QString::fromUtf8(" → ") + known(row.after)
                                           : QString();
}

} // namespace

ChangePanel::ChangePanel(QWidget* parent)
    : QWidget(parent), m_title(new QLabel(this)), m_tree(new QTreeWidget(this)),
      m_copy(new QPushButton(tr("&Copy"), this)), m_save(new QPushButton(tr("&Save Table..."), this)) {
    showNamesIn(*m_title);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_tree->setHeaderLabels({tr("What changed"), tr("How much"), tr("Why"), tr("Before and now")});
    m_tree->setAccessibleName(tr("Changes between two dates"));
    m_tree->setIndentation(14);
    m_tree->setAlternatingRowColors(true);
    new WrapDelegate(*m_tree);
    m_tree->header()->setStretchLastSection(false); // all four are in sight in a narrow panel: what is long is wrapped
    m_tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_tree->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_tree->header()->resizeSection(2, 78);
    m_tree->header()->resizeSection(3, 112);
    m_tree->headerItem()->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
    connect(m_tree, &QTreeWidget::itemClicked, this, &ChangePanel::zoomTo);
    connect(m_tree, &QTreeWidget::itemActivated, this, &ChangePanel::zoomTo);
    m_copy->setToolTip(tr("Copy the table as text"));
    m_save->setToolTip(tr("Write the table to a CSV file"));
    connect(m_copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(asText()); });
    connect(m_save, &QPushButton::clicked, this, &ChangePanel::saveWanted);
    auto* dates = new QPushButton(tr("&Dates..."), this);
    dates->setToolTip(tr("Compare other dates"));
    connect(dates, &QPushButton::clicked, this, &ChangePanel::datesWanted);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(dates);
    buttons->addStretch();
    buttons->addWidget(m_copy);
    buttons->addWidget(m_save);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 8);
    layout->addWidget(m_title);
    layout->addWidget(m_tree, 1);
    layout->addLayout(buttons);
    clear({});
}

void ChangePanel::clear(const QString& text) {
    m_changes.reset();
    m_rows.clear();
    m_tree->clear();
    m_title->setText(text);
    m_copy->setEnabled(false);
    m_save->setEnabled(false);
}

void ChangePanel::showChanges(std::shared_ptr<const Changes> changes, const ChangeQuery& query) {
    m_changes = std::move(changes);
    m_rows = changeRows(*m_changes);
    QString title = tr("From %1 to %2").arg(asOfText(query.before.asOf), asOfText(query.after.asOf));
    if (query.before.knownBy != query.after.knownBy)
        title += tr("; the earlier date as known on %1").arg(asOfText(query.before.knownBy));
    if (query.after.knownBy != TimePoint::max())
        title += query.after.knownBy == query.before.knownBy
                     ? tr("; as known on %1").arg(asOfText(query.after.knownBy))
                     : tr(", the later one as known on %1").arg(asOfText(query.after.knownBy));
    m_title->setText(m_rows.empty() ? tr("%1: nothing changed.").arg(title) : title);
    m_tree->clear();
    addRoads();
    addControl();
    addTowns();
    addIncidents();
    addMeasures();
    m_copy->setEnabled(!m_rows.empty());
    m_save->setEnabled(!m_rows.empty());
}

QTreeWidgetItem* ChangePanel::addGroup(const QString& title, const QString& amount) {
    auto* group = new QTreeWidgetItem(m_tree, {title, amount});
    QFont bold = m_tree->font();
    bold.setBold(true);
    group->setFont(0, bold);
    group->setFont(1, bold);
    group->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
    group->setExpanded(true);
    return group;
}

QTreeWidgetItem* ChangePanel::addRow(QTreeWidgetItem& group, std::size_t row, const QString& what,
                                     const QString& amount) {
    const ChangeRow& change = m_rows[row];
    auto* item = new QTreeWidgetItem(&group, {what, amount, causeText(change.cause), becameText(change)});
    item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
    item->setData(0, kRow, static_cast<qulonglong>(row));
    QStringList tip{fromUtf8(titleOf(change)) + ": " + what};
    if (!becameText(change).isEmpty())
        tip += becameText(change);
    if (!change.sources.empty())
        tip += tr("Sources: %1").arg(joined(change.sources));
    if (!change.reports.empty())
        tip += tr("Reports: %1").arg(joined(change.reports));
    if (change.box.isEmpty())
        tip += tr("Its place is in no layer of the map.");
    for (int column = 0; column < 4; ++column)
        item->setToolTip(column, plainTip(tip.join('\n')));
    return item;
}

// A group for each kind, with its kilometres.
void ChangePanel::addRoads() {
    std::map<std::string, double> kilometers;
    for (const ChangeRow& row : m_rows)
        if (row.group == ChangeGroup::Roads)
            kilometers[row.kind] += row.kilometers;
    QTreeWidgetItem* group = nullptr;
    std::string kind;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const ChangeRow& row = m_rows[i];
        if (row.group != ChangeGroup::Roads)
            continue;
        if (!group || row.kind != kind)
            group = addGroup(tr("Roads: %1").arg(fromUtf8(titleOf(row)).toLower()), kmText(kilometers[row.kind]));
        kind = row.kind;
        addRow(*group, i, row.what.empty() ? tr("Road without a name") : fromUtf8(row.what),
               row.kilometers > 0 ? kmText(row.kilometers) : QString());
    }
}

void ChangePanel::addControl() {
    for (const bool isWon : {true, false}) {
        double sum = 0;
        for (const ChangeRow& row : m_rows)
            sum += row.group == ChangeGroup::Control && (row.kind == "won") == isWon ? row.squareKilometers : 0;
        QTreeWidgetItem* group = nullptr;
        for (std::size_t i = 0; i < m_rows.size(); ++i) {
            const ChangeRow& row = m_rows[i];
            if (row.group != ChangeGroup::Control || (row.kind == "won") != isWon)
                continue;
            if (!group)
                group = addGroup(isWon ? tr("Ground won") : tr("Ground lost"), areaText(sum));
            QTreeWidgetItem* item = addRow(*group, i, fromUtf8(row.what), areaText(row.squareKilometers));
            for (const RegionShare& share : row.byRegion) {
                const QString name = share.code.empty()   ? tr("outside all regions")
                                     : share.name.empty() ? fromUtf8(share.code)
                                                          : fromUtf8(share.name);
                addRow(*item, i, name, areaText(share.squareMeters / 1e6))->setText(2, {});
            }
        }
    }
}

void ChangePanel::addTowns() {
    QTreeWidgetItem* group = nullptr;
    std::size_t count = 0;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const ChangeRow& row = m_rows[i];
        if (row.group != ChangeGroup::Towns)
            continue;
        if (!group)
            group = addGroup(tr("Towns"), {});
        group->setText(1, QString::number(++count));
        addRow(*group, i, fromUtf8(row.what), {})->setText(3, fromUtf8(titleOf(row)));
    }
}

void ChangePanel::addIncidents() {
    const auto count = static_cast<std::size_t>(std::count_if(
        m_rows.begin(), m_rows.end(), [](const ChangeRow& row) { return row.group == ChangeGroup::Incidents; }));
    if (count == 0)
        return;
    const IncidentTotals totals = totalsOf(m_changes->incidents);
    const QString killed = totals.unknownFatalities == totals.count
                               ? QString()
                               : tr("%1 killed").arg(numberText(static_cast<double>(totals.fatalitiesBest), 0));
    QTreeWidgetItem* group = addGroup(tr("Incidents in between: %1").arg(totals.count), killed);
    group->setToolTip(0, tr("%1 incidents; killed: %2 to %3, best estimate %4; not stated for %5")
                             .arg(totals.count)
                             .arg(totals.fatalitiesLow)
                             .arg(totals.fatalitiesHigh)
                             .arg(totals.fatalitiesBest)
                             .arg(totals.unknownFatalities));
    group->setToolTip(1, group->toolTip(0));
    std::size_t shown = 0;
    for (std::size_t i = 0; i < m_rows.size() && shown < kMostIncidents; ++i) {
        const ChangeRow& row = m_rows[i];
        if (row.group != ChangeGroup::Incidents)
            continue;
        ++shown;
        QTreeWidgetItem* item = addRow(*group, i, fromUtf8(row.what),
                                       row.fatalities ? tr("%1 killed").arg(*row.fatalities) : tr("not stated"));
        const QString date = row.begin ? fromUtf8(formatDate(*row.begin)) : QString();
        item->setText(3, row.kind == "incident" ? date : fromUtf8(titleOf(row)) + ", " + date);
    }
    if (shown < count)
        new QTreeWidgetItem(group, {tr("and %1 more, all of them in the saved table").arg(count - shown)});
}

void ChangePanel::addMeasures() {
    QTreeWidgetItem* group = nullptr;
    std::size_t count = 0;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const ChangeRow& row = m_rows[i];
        if (row.group != ChangeGroup::Measures)
            continue;
        if (!group)
            group = addGroup(tr("Measures"), {});
        group->setText(1, QString::number(++count));
        addRow(*group, i, fromUtf8(row.what), {})->setText(3, fromUtf8(titleOf(row)));
    }
}

void ChangePanel::zoomTo(const QTreeWidgetItem* item) {
    const QVariant row = item ? item->data(0, kRow) : QVariant();
    if (row.isValid() && !m_rows[row.toULongLong()].box.isEmpty())
        emit zoomWanted(m_rows[row.toULongLong()].box);
}

QString ChangePanel::asText() const {
    QStringList lines{m_title->text()};
    const std::function<void(const QTreeWidgetItem&, int)> add = [&](const QTreeWidgetItem& item, int depth) {
        QStringList cells;
        for (int column = 0; column < 4; ++column)
            cells += item.text(column);
        while (!cells.isEmpty() && cells.last().isEmpty())
            cells.removeLast();
        lines += QString(2 * depth, ' ') + cells.join('\t');
        for (int i = 0; i < item.childCount(); ++i)
            add(*item.child(i), depth + 1);
    };
    for (int i = 0; i < m_tree->topLevelItemCount(); ++i)
        add(*m_tree->topLevelItem(i), 0);
    return lines.join('\n') + '\n';
}

} // namespace cordon
