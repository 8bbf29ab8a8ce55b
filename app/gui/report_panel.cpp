#include "app/gui/report_panel.h"

#include "app/gui/look.h"
#include "app/gui/report_words.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLocale>
#include <QMenu>
#include <QVBoxLayout>

namespace cordon {

ReportPanel::ReportPanel(Document& document, QWidget* parent)
    : QWidget(parent), m_document(document), m_filter(new ReportFilterBar(this)), m_view(new QTableView(this)),
      m_count(new QLabel(this)) {
    buildView();
    auto* left = new QVBoxLayout;
    left->setSpacing(4);
    left->addWidget(buildNotice());
    left->addWidget(m_filter);
    left->addWidget(m_view, 1);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 8);
    layout->addLayout(left, 1);
    layout->addWidget(buildButtons());
    connect(m_filter, &ReportFilterBar::changed, this, &ReportPanel::refresh);
    connect(&m_model, &ReportListModel::orderWanted, this, [this](int column, Qt::SortOrder order) {
        m_column = column;
        m_order = order;
        refresh();
    });
    connect(&m_document, &Document::projectChanged, this, &ReportPanel::follow);
    connect(&m_document, &Document::timeChanged, this, &ReportPanel::refresh);
    connect(&m_worker, &Worker::failed, this, [this](const QString&, const QString& why) { emit failed(why); });
    follow();
}

ReportPanel::~ReportPanel() {
    m_worker.stopAll();
}

void ReportPanel::buildView() {
    m_view->setModel(&m_model);
    m_view->setAccessibleName(tr("Reports"));
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setAlternatingRowColors(true);
    m_view->setShowGrid(false);
    m_view->setWordWrap(false);
    m_view->setTabKeyNavigation(false);
    m_view->setIconSize({22, 16});
    m_view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_view->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    QHeaderView* header = m_view->horizontalHeader();
    header->setSortIndicator(m_column, m_order);
    m_view->setSortingEnabled(true);
    header->setHighlightSections(false);
    header->setStretchLastSection(true);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    const int widths[] = {108, 170, 210, 130, 86, 86, 80, 52, 96, 180};
    for (int i = 0; i < ReportListModel::ColumnCount; ++i)
        m_view->setColumnWidth(i, widths[i]);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ReportPanel::followSelection);
    connect(m_view, &QTableView::doubleClicked, this,
            [this](const QModelIndex& index) { emit zoomWanted(m_model.recordAt(index.row())); });
    connect(m_view, &QWidget::customContextMenuRequested, this, [this](const QPoint& position) {
        if (!m_view->indexAt(position).isValid())
            return;
        QMenu menu(this);
        fillMenu(menu);
        menu.exec(m_view->viewport()->mapToGlobal(position));
    });
    const auto addKey = [this](const QKeySequence& key, auto slot) {
        auto* action = new QAction(m_view);
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, this, slot);
        m_view->addAction(action);
    };
    addKey(Qt::Key_Delete, [this] { m_withdraw->click(); });
    addKey(Qt::Key_F2, [this] { m_correct->click(); });
    addKey(Qt::Key_Return, [this] { m_correct->click(); });
    addKey(QKeySequence::Find, [this] { m_filter->focusSearch(); });
}

QWidget* ReportPanel::buildNotice() {
    m_notice = new QWidget(this);
    m_noticeText = new QLabel(m_notice);
    m_noticeText->setTextFormat(Qt::PlainText);
    m_noticeText->setWordWrap(true);
    m_makeProject = new QPushButton(tr("Save as Project..."), m_notice);
    connect(m_makeProject, &QPushButton::clicked, this, &ReportPanel::projectWanted);
    auto* layout = new QHBoxLayout(m_notice);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* icon = new QLabel(m_notice);
    icon->setPixmap(iconOf("info").pixmap(18, 18));
    layout->addWidget(icon);
    layout->addWidget(m_noticeText, 1);
    layout->addWidget(m_makeProject);
    return m_notice;
}

QPushButton* ReportPanel::addButton(QLayout& layout, const QString& text, const QString& toolTip) {
    auto* button = new QPushButton(text, this);
    button->setToolTip(toolTip);
    layout.addWidget(button);
    return button;
}

QWidget* ReportPanel::buildButtons() {
    auto* box = new QWidget(this);
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    m_add = addButton(*layout, tr("&Add"), tr("Add a report"));
    auto* kinds = new QMenu(m_add);
    for (std::size_t i = 0; i < kRecordKinds; ++i) {
        const auto kind = static_cast<RecordKind>(i);
        QAction* action = kinds->addAction(kindIcon(kind), "&" + QString::number(i + 1) + "  " + phraseOf(kind));
        connect(action, &QAction::triggered, this, [this, kind] { emit addWanted(kind); });
    }
    m_add->setMenu(kinds);
    m_correct = addButton(*layout, tr("&Correct..."), tr("Change what the chosen report says (Enter)"));
    m_confirm = addButton(*layout, tr("Con&firm"), tr("Somebody vouches that the chosen reports still hold"));
    m_withdraw = addButton(*layout, tr("&Withdraw..."), tr("End or withdraw the chosen reports (Delete)"));
    m_history = addButton(*layout, tr("&History"), tr("All versions of the chosen report, and what changed"));
    m_lists = addButton(*layout, tr("Ac&tors..."), tr("Edit the lists of actors, sources and shelf lives"));
    layout->addStretch();
    m_count->setAlignment(Qt::AlignRight);
    m_count->setWordWrap(true);
    layout->addWidget(m_count);
    connect(m_correct, &QPushButton::clicked, this, [this] {
        if (const ReportIds ids = liveIds(); ids.size() == 1)
            emit correctWanted(ids.front());
    });
    connect(m_confirm, &QPushButton::clicked, this, [this] { emit confirmWanted(liveIds()); });
    connect(m_withdraw, &QPushButton::clicked, this, [this] { emit withdrawWanted(liveIds()); });
    connect(m_history, &QPushButton::clicked, this, [this] {
        if (const auto rows = chosenRows(); !rows.empty())
            emit historyWanted(m_model.headAt(rows.front()).id);
    });
    connect(m_lists, &QPushButton::clicked, this, &ReportPanel::listsWanted);
    return box;
}

void ReportPanel::fillMenu(QMenu& menu) {
    const auto rows = chosenRows();
    if (rows.size() == 1) {
        menu.addAction(tr("&Zoom to Report"), this,
                       [this, row = rows.front()] { emit zoomWanted(m_model.recordAt(row)); });
        menu.addSeparator();
    }
    for (QPushButton* button : {m_correct, m_confirm, m_withdraw, m_history})
        menu.addAction(button->text(), button, &QPushButton::click)->setEnabled(button->isEnabled());
    if (const ReportIds ids = liveIds(); ids.size() == 1)
        emit menuWanted(ids.front(), &menu);
}

void ReportPanel::follow() {
    const ProjectFile* file = m_document.file();
    const bool isReadOnly = file && file->isReadOnly();
    m_notice->setVisible(!m_document.canEditReports());
    m_noticeText->setText(isReadOnly ? fromUtf8(file->readOnlyReason())
                                     : tr("Reports are kept in a project file: save this map as one to add and edit."));
    m_makeProject->setVisible(!file);
    m_filter->setActors(m_document.project()->situation->actors);
    refresh();
    followSelection();
}

void ReportPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (m_isStale)
        refresh();
}

void ReportPanel::refresh() {
    m_isStale = !isVisible();
    m_worker.stopAll();
    if (m_isStale)
        return m_view->clearSelection(); // what was chosen may be gone
    TimeFilter clock = m_document.time();
    if (const auto least = m_filter->leastGrade())
        clock.atLeastGrade = least;
    m_worker.post(
        {tr("Reports"), [this, situation = m_document.project()->situation, clock, filter = m_filter->filter(),
                         column = m_column, order = m_order](const std::stop_token&, const Worker::Progress&) {
             ReportTable table{situation, listReports(*situation, clock, filter)};
             ReportListModel::sortRows(table, column, order);
             return Worker::Delivery([this, table = std::move(table)]() mutable { take(std::move(table)); });
         }});
}

// The chosen reports stay chosen, in their newest version.
void ReportPanel::take(ReportTable table) {
    std::set<std::string> ids;
    for (const int row : chosenRows())
        ids.insert(m_model.headAt(row).id);
    if (!m_wantedId.empty())
        ids = {std::exchange(m_wantedId, {})};
    m_model.setTable(std::move(table));
    m_count->setText(m_filter->isActive()      ? tr("%1 found").arg(QLocale().toString(m_model.rowCount()))
                     : m_model.rowCount() == 1 ? tr("1 report")
                                               : tr("%1 reports").arg(QLocale().toString(m_model.rowCount())));
    chooseIds(ids);
}

void ReportPanel::chooseIds(const std::set<std::string>& ids) {
    if (ids.empty())
        return followSelection();
    QItemSelection selection;
    QModelIndex first;
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const bool isWanted = ids.contains(m_model.headAt(row).id) &&
                              (ids.size() > 1 || !m_model.headAt(row).recorded.end || !first.isValid());
        if (!isWanted)
            continue;
        if (ids.size() == 1)
            selection.clear(); // of several versions the one that is known
        selection.select(m_model.index(row, 0), m_model.index(row, ReportListModel::ColumnCount - 1));
        first = m_model.index(row, 0);
    }
    if (selection.isEmpty()) // none of them is listed any more
        return followSelection();
    m_view->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    m_view->selectionModel()->setCurrentIndex(first, QItemSelectionModel::NoUpdate);
    m_view->scrollTo(first);
}

void ReportPanel::showReport(const std::string& id) {
    m_wantedId = id;
    if (m_filter->isActive())
        m_filter->clear();
    else
        refresh();
}

std::vector<int> ReportPanel::chosenRows() const {
    std::vector<int> rows;
    for (const QModelIndex& index : m_view->selectionModel()->selectedRows())
        rows.push_back(index.row());
    return rows;
}

ReportIds ReportPanel::liveIds() const {
    std::set<std::string> ids;
    for (const int row : chosenRows())
        if (!m_model.headAt(row).recorded.end)
            ids.insert(m_model.headAt(row).id);
    return {ids.begin(), ids.end()};
}

void ReportPanel::followSelection() {
    const auto rows = chosenRows();
    const std::size_t live = liveIds().size();
    const bool canEdit = m_document.canEditReports();
    m_add->setEnabled(canEdit);
    m_lists->setEnabled(!m_document.isEmpty() && (canEdit || !m_document.file()));
    m_correct->setEnabled(canEdit && live == 1);
    m_confirm->setEnabled(canEdit && live > 0);
    m_withdraw->setEnabled(canEdit && live > 0);
    m_history->setEnabled(rows.size() == 1);
    std::vector<Record> records;
    for (std::size_t i = 0; i < rows.size() && i < 200; ++i) // more would hide the map
        records.push_back(m_model.recordAt(rows[i]));
    emit chosen(records);
}

} // namespace cordon
