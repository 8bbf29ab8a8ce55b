#include "app/gui/work_list_panel.h"

#include "app/gui/look.h"
#include "app/gui/report_words.h"
#include "app/gui/wrap_delegate.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QVBoxLayout>
#include <set>

namespace cordon {

namespace {

constexpr int kDelayMs = 400;
constexpr int kIdRole = Qt::UserRole + 1;
constexpr int kMostRows = 500; // of one kind: nobody works through more at a time

} // namespace

WorkListPanel::WorkListPanel(Document& document, PlaceLookupsCache& lookups, QWidget* parent)
    : QWidget(parent), m_document(document), m_lookups(lookups), m_tree(new QTreeWidget(this)),
      m_nothing(new QLabel(tr("Nothing to decide at this date."), this)) {
    buildTree();
    auto* left = new QVBoxLayout;
    left->addWidget(m_nothing);
    left->addWidget(m_tree, 1);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 8);
    layout->addLayout(left, 1);
    layout->addWidget(buildButtons());
    m_delay.setSingleShot(true);
    m_delay.setInterval(kDelayMs);
    connect(&m_delay, &QTimer::timeout, this, &WorkListPanel::refresh);
    connect(&m_document, &Document::projectChanged, this, &WorkListPanel::refreshSoon);
    connect(&m_document, &Document::timeChanged, this, &WorkListPanel::refreshSoon);
    connect(&m_worker, &Worker::failed, this, [this](const QString&, const QString& why) { emit failed(why); });
    take({});
}

WorkListPanel::~WorkListPanel() {
    m_worker.stopAll();
}

void WorkListPanel::buildTree() {
    m_tree->setColumnCount(1);
    m_tree->header()->hide();
    m_tree->setAccessibleName(tr("Work list"));
    m_tree->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_tree->setIndentation(16);
    new WrapDelegate(*m_tree);
    connect(m_tree, &QTreeWidget::itemSelectionChanged, this, &WorkListPanel::followSelection);
    connect(m_tree, &QTreeWidget::itemDoubleClicked, this, [this] { m_goTo->click(); });
    connect(m_tree, &QWidget::customContextMenuRequested, this, [this](const QPoint& position) {
        if (chosenItems().empty())
            return;
        QMenu menu(this);
        for (QPushButton* button : {m_goTo, m_confirm, m_withdraw, m_correct, m_history})
            menu.addAction(button->text(), button, &QPushButton::click)->setEnabled(button->isEnabled());
        menu.exec(m_tree->viewport()->mapToGlobal(position));
    });
}

QWidget* WorkListPanel::buildButtons() {
    auto* box = new QWidget(this);
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    const auto add = [&](const QString& text, const QString& tip) {
        auto* button = new QPushButton(text, box);
        button->setToolTip(tip);
        layout->addWidget(button);
        return button;
    };
    m_goTo = add(tr("&Go To"), tr("Show the place on the map (double click)"));
    m_confirm = add(tr("Con&firm"), tr("Somebody vouches that the reports still hold"));
    m_withdraw = add(tr("&Withdraw..."), tr("End or withdraw the reports"));
    m_correct = add(tr("&Correct..."), tr("Change what the report says"));
    m_history = add(tr("&History"), tr("What was reported there, and which report decides"));
    layout->addStretch();
    connect(m_goTo, &QPushButton::clicked, this, [this] {
        if (const auto items = chosenItems(); !items.empty())
            emit goToWanted(*items.front());
    });
    connect(m_confirm, &QPushButton::clicked, this, [this] { emit confirmWanted(chosenIds()); });
    connect(m_withdraw, &QPushButton::clicked, this, [this] { emit withdrawWanted(chosenIds()); });
    connect(m_correct, &QPushButton::clicked, this, [this] {
        if (const ReportIds ids = chosenIds(); !ids.empty())
            emit correctWanted(ids.front());
    });
    connect(m_history, &QPushButton::clicked, this, [this] {
        if (const auto items = chosenItems(); !items.empty())
            emit historyWanted(*items.front());
    });
    return box;
}

void WorkListPanel::refreshSoon() {
    m_delay.start();
}

void WorkListPanel::refresh() {
    m_worker.stopAll();
    if (!m_document.hasSituation())
        return take({});
    m_worker.post({tr("Work list"), [this, project = m_document.project(), indexes = m_document.indexes(),
                                     time = m_document.time()](const std::stop_token& stop, const Worker::Progress&) {
                       const auto lookups = m_lookups.of(*project, stop);
                       const auto index = indexes->of(project->situation);
                       auto items = workList(*index, time, lookups->roads, lookups->regions,
                                             [](const RecordHead& head) { return reportName(head).toStdString(); });
                       return Worker::Delivery([this, items = std::move(items)]() mutable { take(std::move(items)); });
                   }});
}

// The chosen ones stay chosen as long as they are there.
void WorkListPanel::take(std::vector<WorkItem> items) {
    std::set<ReportIds> before;
    for (const WorkItem* item : chosenItems())
        before.insert(item->ids);
    const QSignalBlocker quiet(m_tree);
    m_tree->clear();
    m_items = std::move(items);
    QTreeWidgetItem* group = nullptr;
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        const WorkItem& item = m_items[i];
        if (i == 0 || m_items[i - 1].kind != item.kind) {
            const auto count = std::ranges::count(m_items, item.kind, &WorkItem::kind);
            group = new QTreeWidgetItem(m_tree, {tr("%1 (%2)").arg(phraseOf(item.kind)).arg(count)});
            group->setToolTip(0, translated(phrasesOf<WorkKind>()[static_cast<std::size_t>(item.kind)].tip));
            QFont bold = font();
            bold.setBold(true);
            group->setFont(0, bold);
            group->setFlags(Qt::ItemIsEnabled);
            group->setExpanded(true);
        }
        if (group->childCount() >= kMostRows)
            continue;
        auto* row = new QTreeWidgetItem(group, {fromUtf8(item.text)});
        row->setData(0, Qt::UserRole, static_cast<qulonglong>(i));
        row->setTextAlignment(0, Qt::AlignLeft | Qt::AlignTop);
        addReports(*row, item);
        row->setSelected(before.contains(item.ids));
    }
    m_nothing->setVisible(m_items.empty());
    m_tree->setVisible(!m_items.empty());
    followSelection();
    if (!before.empty() && chosenItems().empty())
        emit chosen({}); // done, and no longer to be seen on the map
    emit countChanged(static_cast<int>(m_items.size()));
}

// Where several reports are in question each can be chosen alone: one is right and another is wrong.
void WorkListPanel::addReports(QTreeWidgetItem& row, const WorkItem& item) const {
    if (item.ids.size() < 2)
        return;
    const auto index = m_document.index();
    for (const std::string& id : item.ids)
        for (const RowPosition position : index->rowsOf(id)) {
            const Record record = recordAt(index->situation(), position);
            const RecordHead& head = headOf(record);
            if (head.recorded.end)
                continue;
            auto* report = new QTreeWidgetItem(
                &row, {tr("%1, since %2, %3, %4")
                           .arg(QString::fromStdString(summaryOf(record)), timeText(head.valid.begin),
                                QString::fromStdString(head.grade.toText()),
                                head.source.empty() ? tr("no source") : fromUtf8(head.source))});
            report->setToolTip(0, plainTip(tr("Id: %1").arg(fromUtf8(id))));
            report->setData(0, Qt::UserRole, row.data(0, Qt::UserRole));
            report->setData(0, kIdRole, fromUtf8(id));
            report->setTextAlignment(0, Qt::AlignLeft | Qt::AlignTop);
        }
    row.setExpanded(true);
}

std::vector<const WorkItem*> WorkListPanel::chosenItems() const {
    std::vector<const WorkItem*> items;
    for (const QTreeWidgetItem* row : m_tree->selectedItems())
        if (const QVariant position = row->data(0, Qt::UserRole); position.isValid())
            items.push_back(&m_items[position.toULongLong()]);
    return items;
}

ReportIds WorkListPanel::chosenIds() const {
    std::set<std::string> ids;
    for (const QTreeWidgetItem* row : m_tree->selectedItems()) {
        const QVariant position = row->data(0, Qt::UserRole), id = row->data(0, kIdRole);
        if (id.isValid())
            ids.insert(id.toString().toStdString());
        else if (position.isValid() && m_items[position.toULongLong()].ids.size() == 1)
            ids.insert(m_items[position.toULongLong()].ids.front());
    }
    return {ids.begin(), ids.end()};
}

void WorkListPanel::followSelection() {
    const auto items = chosenItems();
    const ReportIds ids = chosenIds();
    const bool canEdit = m_document.canEditReports() && !ids.empty();
    m_goTo->setEnabled(items.size() == 1);
    m_confirm->setEnabled(canEdit);
    m_withdraw->setEnabled(canEdit);
    m_correct->setEnabled(canEdit && ids.size() == 1);
    m_history->setEnabled(items.size() == 1);
    if (!ids.empty() || !items.empty())
        emit chosen(ids.empty() ? items.front()->ids : ids);
}

} // namespace cordon
