// The window's time: the bar below the map, the knowledge it is looked at by, and changes between two dates.
#include "app/gui/change_dialog.h"
#include "app/gui/change_map.h"
#include "app/gui/change_panel.h"
#include "app/gui/look.h"
#include "app/gui/main_window.h"
#include "app/gui/map_chip.h"
#include "core/atomic_file.h"

#include <QDir>
#include <QDockWidget>
#include <QFileDialog>
#include <QFileInfo>
#include <QKeyEvent>
#include <QMenu>
#include <QToolBar>
#include <QVBoxLayout>
#include <fstream>

namespace cordon {

namespace {

constexpr int kWidestPanel = 460;
constexpr std::chrono::days kUsualDistance{30}; // between two dates to compare

QString arrow(TimePoint from, TimePoint to) {
    return asOfText(from) + QString::fromUtf8(" → ") + asOfText(to);
}

} // namespace

// Over the whole width, below the panels: time needs room.
void MainWindow::buildTimeBar() {
    m_timeTools = new QToolBar(tr("Time"), this);
    m_timeTools->setObjectName("time");
    m_timeTools->setMovable(false);
    m_timeTools->setContextMenuPolicy(Qt::PreventContextMenu);
    m_timeTools->setStyleSheet("QToolBar { border-bottom: none; border-top: 1px solid #D8D5CE; padding: 0; }");
    m_timeTools->addWidget(m_time);
    addToolBar(Qt::BottomToolBarArea, m_timeTools);

    auto* chips = new QWidget(m_canvas);
    m_knownChip = new MapChip(QColor(0x6A, 0x3D, 0x9A), tr("Show all that is known now"), chips);
    m_changeChip = new MapChip(QColor(0xA8, 0x4A, 0x00), tr("Leave the changes (Esc)"), chips);
    auto* column = new QVBoxLayout(chips);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->setSizeConstraint(QLayout::SetFixedSize);
    column->addWidget(m_changeChip, 0, Qt::AlignLeft);
    column->addWidget(m_knownChip, 0, Qt::AlignLeft);

    m_changes = new ChangeMap(m_document, this);
    m_changePanel = new ChangePanel(this);
    m_changeDock = new QDockWidget(tr("Changes"), this);
    m_changeDock->setObjectName("changes");
    m_changeDock->setWidget(m_changePanel);
    addDockWidget(Qt::RightDockWidgetArea, m_changeDock);
    m_changeDock->hide();
    connectTime();
}

void MainWindow::connectTime() {
    TimeStrip& strip = m_time->strip();
    connect(m_knownChip, &MapChip::closeWanted, m_time, &TimeBar::showNow);
    connect(m_changeChip, &MapChip::closeWanted, m_changes, &ChangeMap::leave);
    connect(m_time, &TimeBar::knowledgeChanged, this, &MainWindow::followTime);
    connect(&strip, &TimeStrip::comparedFromWanted, m_changes,
            [this](TimePoint from) { m_changes->show(from, m_changes->knownBy()); });
    connect(&strip, &TimeStrip::spanChosen, this, &MainWindow::showChanges);
    connect(&m_document, &Document::timeChanged, this, &MainWindow::followTime);
    connect(&m_document, &Document::opened, this, &MainWindow::followTime);
    connect(m_changes, &ChangeMap::modeChanged, this, &MainWindow::followTime);
    connect(m_changes, &ChangeMap::found, this,
            [this] { m_changePanel->showChanges(m_changes->changes(), m_changes->query()); });
    connect(m_changes, &ChangeMap::failed, this, [this](const QString& reason) { m_log.add(Severity::Error, reason); });
    connect(m_changes, &ChangeMap::busyChanged, this, [this](bool isBusy) {
        if (isBusy && !m_changes->changes())
            m_changePanel->clear(tr("Looking for what changed..."));
    });
    connect(m_changePanel, &ChangePanel::zoomWanted, m_canvas, [this](const GeoBox& box) {
        m_canvas->zoomTo(GeoBox{box.grown(0.1 * std::max(box.width(), box.height()))});
    });
    connect(m_changePanel, &ChangePanel::datesWanted, this, &MainWindow::chooseChanges);
    connect(m_changePanel, &ChangePanel::saveWanted, this,
            [this] { runAction(m_log, tr("Save Table"), [this] { saveChanges(); }); });
}

void MainWindow::buildTimeMenu(QMenu& menu) {
    m_timeBarAction = menu.addAction(tr("&Time Bar"));
    m_timeBarAction->setCheckable(true);
    m_timeBarAction->setChecked(true);
    m_timeBarAction->setShortcut(QKeySequence("Ctrl+T"));
    connect(m_timeBarAction, &QAction::toggled, this, &MainWindow::followDocument);
    QAction* earlier =
        addAction(menu, {}, tr("A Day &Earlier"), QKeySequence("Ctrl+["), [this] { m_time->stepDays(-1); });
    QAction* later = addAction(menu, {}, tr("A Day &Later"), QKeySequence("Ctrl+]"), [this] { m_time->stepDays(1); });
    QAction* previous = addAction(menu, {}, tr("To the &Previous Change"), QKeySequence("Ctrl+Shift+["),
                                  [this] { m_time->stepToChange(false); });
    previous->setShortcuts({QKeySequence("Ctrl+Shift+["), QKeySequence("Ctrl+{")}); // as keyboards send it
    QAction* next = addAction(menu, {}, tr("To the &Next Change"), QKeySequence("Ctrl+Shift+]"),
                              [this] { m_time->stepToChange(true); });
    next->setShortcuts({QKeySequence("Ctrl+Shift+]"), QKeySequence("Ctrl+}")});
    QAction* play = addAction(menu, "play", tr("Pla&y or Pause"), QKeySequence("Ctrl+P"),
                              [this] { m_time->setPlaying(!m_time->isPlaying()); });
    QAction* keep = addAction(
        menu, {}, tr("Open This Map at This &Date"), {},
        [this] {
            Project project = *m_document.project();
            project.map.asOf = m_document.time().asOf;
            m_document.apply(tr("Open at %1").arg(asOfText(*project.map.asOf)), std::move(project));
        },
        tr("Keep the as-of date in the project: it opens, and is drawn from the command line, as of this date"));
    m_changesAction = addAction(
        menu, "changes", tr("&Changes Between Two Dates..."), QKeySequence("Ctrl+D"), [this] { chooseChanges(); },
        tr("Show what changed between two dates on the map and as a table"));
    m_timeActions = {m_timeBarAction, earlier, later, previous, next, play, keep, m_changesAction};
}

// The panels of a mode that is not on stay away, whatever the remembered layout says.
void MainWindow::followTime() {
    const bool hasDates = m_showsMap && (m_document.hasSituation() || m_document.file());
    for (QAction* action : m_timeActions)
        action->setEnabled(hasDates);
    m_timeTools->setVisible(hasDates && m_timeBarAction->isChecked());
    const TimeFilter& time = m_document.time();
    const bool isEarlier = hasDates && m_time->knowledge() != Knowledge::Now;
    m_knownChip->showText(!isEarlier ? QString()
                          : m_time->knowledge() == Knowledge::SameDay
                              ? tr("As known on that day")
                              : tr("As known on %1").arg(asOfText(time.knownBy)));
    const bool isComparing = hasDates && m_changes->isOn();
    const ChangeQuery query = m_changes->wanted();
    m_changeChip->showText(isComparing ? tr("Changes %1").arg(arrow(query.before.asOf, query.after.asOf)) : QString());
    m_time->strip().setComparedFrom(m_changes->from());
    m_canvas->setShowsAsOf(!isComparing);
    const int belowBadge = 12 + m_canvas->fontMetrics().height() + 18; // the badge with the as-of date
    m_changeChip->parentWidget()->move(12, isComparing ? 12 : belowBadge);
    if (m_changeDock->isHidden() == isComparing) {
        m_changeDock->setVisible(isComparing);
        if (isComparing)
            resizeDocks({m_changeDock}, {std::clamp(width() / 3, 300, kWidestPanel)}, Qt::Horizontal);
    }
    if (!isComparing)
        m_changePanel->clear({});
}

void MainWindow::chooseChanges() {
    const TimePoint to = m_document.time().asOf == TimePoint::max() ? endOfToday() : m_document.time().asOf;
    const TimePoint from = m_changes->from().value_or(to - kUsualDistance);
    ChangeDialog dialog(std::min(from, to), std::max(from, to), m_changes->knownBy(), m_log, this);
    if (dialog.exec() == QDialog::Accepted)
        showChangesBetween(dialog.from(), dialog.to(), dialog.knownBy());
}

void MainWindow::showChanges(TimePoint from, TimePoint to) {
    showChangesBetween(from, to, m_changes->knownBy());
}

void MainWindow::showChangesBetween(TimePoint from, TimePoint to, std::optional<TimePoint> knownBy) {
    TimeFilter time = m_document.time();
    time.asOf = to;
    if (m_time->knowledge() == Knowledge::SameDay)
        time.knownBy = to;
    m_time->setPlaying(false);
    m_document.setTime(time);
    m_changes->show(from, knownBy);
    m_changeDock->raise();
}

void MainWindow::saveChanges() {
    const QString folder = m_lastFolder.isEmpty() ? QDir::homePath() : m_lastFolder;
    const ChangeQuery& query = m_changes->query();
    const QString name = tr("changes-%1-%2.csv")
                             .arg(QString::fromStdString(formatIsoDate(query.before.asOf)),
                                  QString::fromStdString(formatIsoDate(query.after.asOf)));
    QString path =
        QFileDialog::getSaveFileName(this, tr("Save Table"), QDir(folder).filePath(name), tr("Table (*.csv)"));
    if (path.isEmpty())
        return;
    if (QFileInfo(path).suffix().isEmpty())
        path += ".csv";
    m_lastFolder = QFileInfo(path).absolutePath();
    AtomicFile file(path.toStdString());
    std::ofstream out(file.temporaryPath(), std::ios::binary);
    out << csvOf(m_changePanel->rows());
    out.close();
    if (!out)
        throw Error("Cannot write " + path.toStdString() +
                    ": the disk may be full; free some space or choose another.");
    file.commit();
    m_log.add(Severity::Info, tr("Saved the table of changes as %1.").arg(QFileInfo(path).fileName()), path);
}

// Whatever has not used the key itself: stops what is being done; else the map shows the situation of one date again.
void MainWindow::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && m_tasks.isBusy())
        return stopTasks();
    if (event->key() == Qt::Key_Escape && m_changes->isOn())
        return m_changes->leave();
    QMainWindow::keyPressEvent(event);
}

} // namespace cordon
