#include "app/gui/import_assistant.h"

#include "app/gui/import_words.h"
#include "app/gui/look.h"
#include "app/gui/settings.h"
#include "core/atomic_file.h"

#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMessageBox>
#include <QMimeData>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <fstream>

namespace cordon {

ImportAssistant::ImportAssistant(Document& document, const QStringList& files, QWidget* parent)
    : QDialog(parent), m_document(document), m_session(document.project()), m_pages(new QStackedWidget(this)),
      m_list(new QListWidget(this)), m_view(new QTableView(this)), m_header(new ImportColumnHeader(m_view)),
      m_problem(new QLabel(this)), m_state(new QLabel(this)), m_recognised(new QLabel(this)),
      m_summary(new QLabel(this)), m_options(new ImportOptions(this)), m_problems(new ImportProblems(this)),
      m_map(new ImportPreviewMap(this)), m_report(new QPlainTextEdit(this)), m_progress(new QProgressBar(this)) {
    setWindowTitle(tr("Import"));
    setModal(true);
    setAcceptDrops(true);
    setSizeGripEnabled(true);
    for (QLabel* label : {m_problem, m_state, m_recognised, m_summary}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_pages->addWidget(buildWork());
    m_pages->addWidget(buildResult());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->addWidget(m_pages, 1);
    layout->addLayout(buildButtons());
    connectParts();
    readSettings();
    m_session.addFiles(files);
    followBusy();
}

QWidget* ImportAssistant::buildWork() {
    m_list->setAccessibleName(tr("Tables"));
    m_list->setWordWrap(true);
    m_list->setMinimumWidth(150);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setModel(&m_model);
    m_view->setHorizontalHeader(m_header);
    m_view->setAccessibleName(tr("Rows of the table"));
    m_view->setWordWrap(false);
    m_view->setTabKeyNavigation(false);
    m_view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_view->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    m_problem->setStyleSheet("background: #FBE3DC; border: 1px solid #D55E00; border-radius: 4px; padding: 6px;");
    m_problem->hide();
    auto* top = new QWidget(this);
    auto* topLayout = new QVBoxLayout(top);
    topLayout->setContentsMargins(0, 0, 0, 0);
    topLayout->addWidget(m_problem);
    topLayout->addWidget(m_recognised);
    topLayout->addWidget(m_view, 1);
    m_below = new QSplitter(Qt::Horizontal, this);
    m_below->addWidget(m_problems);
    m_below->addWidget(m_map);
    m_below->setSizes({520, 400});
    m_rows = new QSplitter(Qt::Vertical, this);
    m_rows->addWidget(top);
    m_rows->addWidget(m_below);
    m_rows->setSizes({300, 300});
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setMinimumWidth(290);
    scroll->setWidget(m_options);
    m_columns = new QSplitter(Qt::Horizontal, this);
    m_columns->addWidget(m_list);
    m_columns->addWidget(m_rows);
    m_columns->addWidget(scroll);
    m_columns->setSizes({200, 760, 300});
    m_columns->setStretchFactor(1, 1);
    for (QSplitter* splitter : {m_columns, m_rows, m_below})
        splitter->setChildrenCollapsible(false);
    return m_columns;
}

QWidget* ImportAssistant::buildResult() {
    auto* page = new QWidget(this);
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.2);
    m_summary->setFont(large);
    m_report->setReadOnly(true);
    m_report->setAccessibleName(tr("Report of the import"));
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_summary);
    layout->addWidget(m_report, 1);
    return page;
}

QLayout* ImportAssistant::buildButtons() {
    m_add = new QPushButton(tr("Add &Files..."), this);
    m_save = new QPushButton(tr("Save &Report..."), this);
    m_import = new QPushButton(tr("&Import"), this);
    m_show = new QPushButton(tr("Show on &Map"), this);
    m_show->setToolTip(tr("Close, and show on the map where the new rows lie"));
    m_show->hide();
    m_cancel = new QPushButton(tr("Cancel"), this);
    for (QPushButton* button : {m_add, m_save, m_show, m_cancel})
        button->setAutoDefault(false);
    m_import->setDefault(true);
    m_import->setToolTip(tr("Take in all that is ticked, as one step (Ctrl+Enter)"));
    m_progress->setMaximumWidth(160);
    m_progress->setTextVisible(false);
    auto* layout = new QHBoxLayout;
    layout->addWidget(m_add);
    layout->addWidget(m_state, 1);
    layout->addWidget(m_progress);
    layout->addWidget(m_save);
    layout->addWidget(m_show);
    layout->addWidget(m_import);
    layout->addWidget(m_cancel);
    return layout;
}

void ImportAssistant::connectParts() {
    connect(m_add, &QPushButton::clicked, this, [this] {
        const QStringList paths = QFileDialog::getOpenFileNames(this, tr("Add Files to Import"));
        m_session.addFiles(paths);
    });
    connect(m_save, &QPushButton::clicked, this, &ImportAssistant::chooseReport);
    connect(m_import, &QPushButton::clicked, this, &ImportAssistant::importAll);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_show, &QPushButton::clicked, this, [this] {
        GeoBox box;
        for (const auto& entry : m_session.entries())
            if (entry.isWanted && entry.batch)
                box.include(boxOf(entry));
        emit showWanted(box);
        accept();
    });
    connect(m_list, &QListWidget::currentRowChanged, this, &ImportAssistant::followEntry);
    connect(m_list, &QListWidget::itemChanged, this, [this](const QListWidgetItem* item) {
        m_session.setWanted(m_list->row(item), item->checkState() == Qt::Checked);
    });
    connect(&m_session, &ImportSession::entriesChanged, this, &ImportAssistant::fillList);
    connect(&m_session, &ImportSession::prepared, this, &ImportAssistant::followPrepared);
    connect(&m_session, &ImportSession::busyChanged, this, &ImportAssistant::followBusy);
    connect(&m_session, &ImportSession::failed, this, &ImportAssistant::failed);
    connect(&m_session, &ImportSession::planChanged, this, [this](int index) {
        if (index != current())
            return;
        const auto* entry = m_session.at(index);
        m_header->setPlan(entry->plan);
        m_model.setEntry(entry);
        m_recognised->setText(recognisedText(entry->plan, hasShapes(*entry->table)));
        m_options->showEntry(entry, m_session.optionsOf(entry->file));
    });
    const auto showProgress = [this](double fraction) {
        m_progress->setRange(0, 1000);
        m_progress->setValue(static_cast<int>(fraction * 1000));
    };
    connect(&m_session, &ImportSession::progressed, this, showProgress);
    connect(&m_writer, &Worker::progressed, this, showProgress);
    const auto setPlan = [this](const ImportPlan& plan) {
        if (current() >= 0)
            m_session.setPlan(current(), plan);
    };
    connect(m_options, &ImportOptions::planChosen, this, setPlan);
    connect(m_problems, &ImportProblems::planChosen, this, setPlan);
    connect(m_problems, &ImportProblems::rowChosen, this, &ImportAssistant::showRow);
    connect(m_options, &ImportOptions::presetChosen, this, [this](const std::optional<std::string>& preset) {
        if (current() >= 0)
            m_session.recogniseAs(current(), preset);
    });
    connect(m_problems, &ImportProblems::roadsInQuestion, this,
            [this](std::uint32_t row, const std::vector<SnapCandidate>& candidates) {
                showRow(row);
                if (const auto* entry = m_session.at(current()))
                    m_map->showRoads(*entry, row, candidates);
            });
    connect(m_options, &ImportOptions::encodingChosen, this, [this](const std::string& encoding) {
        if (const auto* entry = m_session.at(current()))
            m_session.readAgain(QString(entry->file), {encoding});
    });
    connect(m_header, &ImportColumnHeader::useChosen, this, &ImportAssistant::changeUse);
    connect(m_view->horizontalScrollBar(), &QScrollBar::valueChanged, m_header, &ImportColumnHeader::placeCombos);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& index) {
        if (const auto* entry = m_session.at(current()); entry && index.isValid())
            m_map->showRow(*entry, m_model.rowNumber(index.row()));
    });
}

int ImportAssistant::current() const {
    return m_list->currentRow();
}

QString ImportAssistant::entryText(const ImportSession::Entry& entry) const {
    const QString file = QFileInfo(entry.file).fileName(), table = fromUtf8(entry.table->name);
    QString text = table.isEmpty() || QFileInfo(entry.file).completeBaseName() == table ? file : file + ": " + table;
    const std::size_t rows = entry.table->rowCount();
    text += '\n' + (rows == 1 ? tr("1 row") : tr("%1 rows").arg(countText(rows)));
    if (!entry.problem.isEmpty())
        return text + ", " + tr("cannot be imported yet");
    if (!entry.batch)
        return text;
    const ImportReport& report = entry.batch->report;
    if (report.alreadyThere > 0)
        text += ", " + tr("%1 there already").arg(countText(report.alreadyThere));
    if (!report.left.empty())
        text += ", " + tr("%1 left out").arg(countText(report.left.size()));
    if (const auto suspected = suspectedRows(report).size(); suspected > 0)
        text += ", " + tr("%1 suspicious").arg(countText(suspected));
    return text;
}

void ImportAssistant::fillList() {
    const int before = std::max(0, current());
    {
        const QSignalBlocker quiet(m_list);
        m_list->clear();
        for (const auto& entry : m_session.entries()) {
            auto* item = new QListWidgetItem(entryText(entry), m_list);
            item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
            item->setCheckState(entry.isWanted ? Qt::Checked : Qt::Unchecked);
        }
        m_list->setCurrentRow(std::min(before, m_list->count() - 1));
    }
    followEntry();
    followBusy();
}

void ImportAssistant::followEntry() {
    const auto* entry = m_session.at(current());
    m_model.setEntry(entry);
    m_header->setPlan(entry ? entry->plan : ImportPlan());
    m_recognised->setText(entry ? recognisedText(entry->plan, hasShapes(*entry->table)) : QString());
    showPlaceColumn();
    m_options->showEntry(entry, entry ? m_session.optionsOf(entry->file) : ImportSession::FileOptions());
    followPrepared(current());
}

// What people look for first; forms have dozens of columns before it.
void ImportAssistant::showPlaceColumn() {
    const auto* entry = m_session.at(current());
    if (!entry)
        return;
    const auto& columns = entry->plan.columns;
    const auto place =
        std::ranges::find(columns, ColumnGroup::Place, [](const ColumnUse& u) { return groupOf(u.role); });
    if (place != columns.end() && m_model.rowCount() > 0)
        m_view->scrollTo(m_model.index(0, static_cast<int>(place - columns.begin())),
                         QAbstractItemView::PositionAtCenter);
}

void ImportAssistant::followPrepared(int index) {
    const auto* entry = m_session.at(index);
    if (entry && index < m_list->count()) {
        const QSignalBlocker quiet(m_list);
        m_list->item(index)->setText(entryText(*entry));
    }
    if (index != current())
        return followBusy();
    m_model.setEntry(entry);
    m_problems->showEntry(entry, m_session.warnings());
    m_map->showEntry(entry);
    QStringList problems = m_session.failures();
    if (entry && !entry->problem.isEmpty())
        problems.prepend(entry->problem);
    m_problem->setText(problems.join('\n'));
    m_problem->setHidden(problems.isEmpty());
    followBusy();
}

void ImportAssistant::followBusy() {
    if (m_isFinished)
        return;
    const bool isBusy = m_session.isBusy() || m_isWriting;
    m_progress->setVisible(isBusy);
    if (isBusy && m_progress->value() <= 0)
        m_progress->setRange(0, 0); // until there is some
    if (!isBusy)
        m_progress->reset();
    m_import->setEnabled(!m_isWriting && m_session.canImport());
    m_save->setEnabled(!isBusy && !m_session.reports().empty());
    std::size_t taken = 0, left = 0, there = 0;
    for (const auto& entry : m_session.entries())
        if (entry.isWanted && entry.batch) {
            taken += entry.batch->report.taken;
            left += entry.batch->report.left.size();
            there += entry.batch->report.alreadyThere;
        }
    QString text = m_session.isReading() ? tr("Reading...") : isBusy ? tr("Looking at the rows...") : QString();
    if (m_isWriting)
        text = tr("Importing...");
    else if (!isBusy && !m_session.entries().empty())
        text = tr("%1 rows to take, %2 left out, %3 there already.")
                   .arg(countText(taken), countText(left), countText(there));
    const auto isBlocked = [](const auto& entry) { return entry.isWanted && entry.isCurrent && !entry.batch; };
    if (!isBusy && std::ranges::any_of(m_session.entries(), isBlocked))
        text = tr("A table cannot be imported yet: say what it is, or untick it.");
    m_state->setText(text);
    if (m_session.entries().empty() && !isBusy && !m_session.failures().isEmpty()) {
        m_problem->setText(m_session.failures().join('\n'));
        m_problem->show();
    }
}

void ImportAssistant::showRow(std::uint32_t rowNumber) {
    if (const int row = m_model.indexOfRow(rowNumber); row >= 0) {
        m_view->selectRow(row);
        m_view->scrollTo(m_model.index(row, 0), QAbstractItemView::PositionAtCenter);
    }
    if (const auto* entry = m_session.at(current()))
        m_map->showRow(*entry, rowNumber);
}

// One column at most has a role that is there once: the one that had it before becomes an attribute.
void ImportAssistant::changeUse(int column, ColumnRole role, const std::string& field) {
    const auto* entry = m_session.at(current());
    if (!entry)
        return;
    ImportPlan plan = entry->plan;
    for (ColumnUse& use : plan.columns)
        if (role != ColumnRole::Attribute && role != ColumnRole::Ignore && use.role == role && use.field == field) {
            use.role = ColumnRole::Attribute;
            use.field.clear();
            use.why.clear();
        }
    ColumnUse& use = plan.columns[static_cast<std::size_t>(column)];
    use.role = role;
    use.field = field;
    use.values.clear();
    use.why = tr("chosen here").toStdString();
    m_session.setPlan(current(), plan);
}

void ImportAssistant::importAll() {
    if (!m_session.canImport())
        return;
    m_isWriting = true;
    m_stopWriting = {};
    m_pages->setEnabled(false);
    m_session.makeStep(ProjectFile::currentTime(), [this](ImportStep step) {
        if (step.isEmpty)
            return finish(step);
        auto shared = std::make_shared<ImportStep>(std::move(step));
        m_document.takeStep(*shared, m_writer, m_stopWriting.get_token(), [this, shared](bool isDone) {
            if (isDone)
                return finish(*shared);
            m_isWriting = false;
            m_pages->setEnabled(true);
            if (!m_stopWriting.stop_requested()) {
                m_problem->setText(tr("Nothing was imported, because the project could not be written."));
                m_problem->show();
            }
            followBusy();
        });
    });
    followBusy();
}

void ImportAssistant::finish(const ImportStep& step) {
    m_isWriting = false;
    m_isFinished = true;
    m_session.remember();
    for (const auto& entry : m_session.entries())
        if (entry.isWanted && !entry.plan.timezone.empty())
            openSettings()->setValue("import/timezone", fromUtf8(entry.plan.timezone));
    m_reports = m_session.reports();
    std::size_t taken = 0, left = 0, suspicious = 0, there = 0;
    QStringList texts;
    for (const ImportReport& report : m_reports) {
        taken += report.taken;
        left += report.left.size();
        there += report.alreadyThere;
        suspicious += suspectedRows(report).size();
        texts.append(fromUtf8(reportAsText(report, mendHint)));
    }
    const QString sentence = step.isEmpty
                                 ? tr("Nothing new: everything in these files is in the map already.")
                                 : tr("%1 rows taken, %2 left out, %3 suspicious, %4 there already.")
                                       .arg(countText(taken), countText(left), countText(suspicious), countText(there));
    m_summary->setText(step.isEmpty ? sentence : sentence + '\n' + tr("Undo takes all of it back in one step."));
    m_report->setPlainText(texts.join('\n'));
    m_pages->setEnabled(true);
    m_pages->setCurrentIndex(1);
    m_progress->hide();
    m_state->clear();
    m_add->hide();
    m_import->hide();
    m_show->show();
    m_save->setEnabled(true);
    m_cancel->setText(tr("&Close"));
    m_cancel->setDefault(true);
    m_cancel->setFocus();
    emit imported(sentence, step.isEmpty);
}

void ImportAssistant::saveReport(const QString& path) const {
    const std::vector<ImportReport> reports = m_isFinished ? m_reports : m_session.reports();
    std::string text;
    if (path.endsWith(".json", Qt::CaseInsensitive))
        text = reportAsJson(reports);
    else
        for (const ImportReport& report : reports)
            text += reportAsText(report, mendHint) + '\n';
    AtomicFile file(path.toStdString());
    std::ofstream out(file.temporaryPath(), std::ios::binary);
    out << text;
    out.close();
    if (!out)
        throw Error("Cannot write " + path.toStdString() +
                    ": the disk may be full; free some space or choose another.");
    file.commit();
}

void ImportAssistant::chooseReport() {
    const QString path =
        QFileDialog::getSaveFileName(this, tr("Save Report"), "import-report.txt", tr("Text (*.txt);;JSON (*.json)"));
    if (path.isEmpty())
        return;
    try {
        saveReport(path);
    } catch (const Error& e) {
        QMessageBox box(QMessageBox::Warning, tr("Save Report"), {}, QMessageBox::Ok, this);
        box.setTextFormat(Qt::PlainText);
        box.setText(QString::fromUtf8(e.what()));
        box.exec();
    }
}

// Cancelled while the project file is written: that is stopped and leaves nothing behind, and the tables are there
// again.
void ImportAssistant::done(int result) {
    if (m_writer.isBusy()) {
        m_stopWriting.request_stop();
        return;
    }
    m_session.stop();
    writeSettings();
    QDialog::done(result);
}

// Enter ends typing in a field; it does not import what somebody is still deciding on. Ctrl+Enter does.
void ImportAssistant::keyPressEvent(QKeyEvent* event) {
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (!isEnter || m_isFinished)
        return QDialog::keyPressEvent(event);
    if (event->modifiers() & Qt::ControlModifier)
        importAll();
    else if (auto* button = qobject_cast<QPushButton*>(focusWidget()))
        button->click();
}

void ImportAssistant::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls() && !m_isFinished && !m_isWriting)
        event->acceptProposedAction();
}

void ImportAssistant::dropEvent(QDropEvent* event) {
    QStringList paths;
    for (const QUrl& url : event->mimeData()->urls())
        if (url.isLocalFile())
            paths.append(url.toLocalFile());
    event->acceptProposedAction();
    m_session.addFiles(paths);
}

void ImportAssistant::readSettings() {
    const auto settings = openSettings();
    resize(QSize(1240, 780).boundedTo(screen()->availableSize() - QSize(16, 48))); // with a frame round it
    restoreGeometry(settings->value("import/geometry").toByteArray());
    m_columns->restoreState(settings->value("import/columns").toByteArray());
    m_rows->restoreState(settings->value("import/rows").toByteArray());
    m_below->restoreState(settings->value("import/below").toByteArray());
}

void ImportAssistant::writeSettings() const {
    const auto settings = openSettings();
    settings->setValue("import/geometry", saveGeometry());
    settings->setValue("import/columns", m_columns->saveState());
    settings->setValue("import/rows", m_rows->saveState());
    settings->setValue("import/below", m_below->saveState());
}

} // namespace cordon
