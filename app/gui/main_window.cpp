#include "app/gui/main_window.h"

#include "app/gui/look.h"
#include "app/gui/messages_panel.h"
#include "app/gui/settings.h"
#include "app/gui/wait_dialog.h"

#include <QAction>
#include <QCloseEvent>
#include <QDockWidget>
#include <QFileInfo>
#include <QScreen>
#include <QVBoxLayout>

namespace cordon {

namespace {

constexpr int kLayoutVersion = 1;

QDockWidget* addDock(QMainWindow& window, const QString& name, const QString& title, QWidget* content,
                     Qt::DockWidgetArea area) {
    auto* dock = new QDockWidget(title, &window);
    dock->setObjectName(name);
    dock->setWidget(content);
    window.addDockWidget(area, dock);
    return dock;
}

} // namespace

MainWindow::MainWindow(QWidget* parent)
    : QMainWindow(parent), m_stack(new QStackedWidget(new QWidget(this))), m_welcome(new WelcomePage(m_stack)),
      m_canvas(new MapCanvas(m_document, m_stack)), m_banner(new Banner(m_stack->parentWidget())),
      m_layers(new LayerPanel(m_document, this)), m_identify(new IdentifyPanel(this)),
      m_time(new TimeBar(m_document, m_log, this)), m_status(new StatusLine(*m_canvas, this)) {
    setWindowIcon(iconOf("cordon"));
    setAcceptDrops(true);
    setDockOptions(AnimatedDocks | AllowTabbedDocks);
    m_stack->addWidget(m_welcome);
    m_stack->addWidget(m_canvas);
    auto* fill = new QVBoxLayout(m_stack->parentWidget());
    fill->setContentsMargins(0, 0, 0, 0);
    fill->addWidget(m_stack);
    m_banner->raise(); // over the stack, which raises its own pages
    setCentralWidget(m_stack->parentWidget());
    setStatusBar(m_status);
    buildPanels();
    buildMenus();
    buildToolBar();
    buildTimeBar();
    connectAccess();
    connectParts();
    resize(QSize(1280, 820).boundedTo(screen()->availableSize() - QSize(16, 48))); // with a frame round it
    readSettings();
    followDocument();
    followUndo();
}

MainWindow::~MainWindow() {
    m_accessDock->toggleViewAction()->disconnect(this); // it is hidden once more when the document is gone already
    m_tasks.stopAll();
    m_identifier.stopAll();
}

void MainWindow::buildPanels() {
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    auto* messages = new MessagesPanel(m_log, this);
    m_docks = {addDock(*this, "layers", tr("Layers"), m_layers, Qt::LeftDockWidgetArea),
               addDock(*this, "identify", tr("Identify"), m_identify, Qt::LeftDockWidgetArea),
               addDock(*this, "messages", tr("Messages"), messages, Qt::BottomDockWidgetArea)};
    resizeDocks({m_docks[2]}, {170}, Qt::Vertical);
    m_docks[2]->hide();
    buildReports();
    buildAccess();
}

void MainWindow::connectParts() {
    connect(&m_document, &Document::projectChanged, this, &MainWindow::followDocument);
    connect(&m_document, &Document::sourcesChanged, this, &MainWindow::followDocument);
    connect(&m_document, &Document::undoChanged, this, &MainWindow::followUndo);
    connect(&m_document, &Document::opened, this, &MainWindow::takeOpened);
    // What is opened meanwhile waits: it would change the document that the work is about.
    m_document.setRunner([this](const QString& title, const LongWork& work) {
        const Worker::Hold hold(m_tasks);
        runWaiting(*this, title, work);
    });
    connect(&m_document, &Document::failed, this,
            [this](const QString& reason) { m_log.add(Severity::Error, reason); });
    connect(m_welcome, &WelcomePage::openWanted, this, [this] { chooseFiles(Mode::Open); });
    connect(m_welcome, &WelcomePage::sampleWanted, this, &MainWindow::openSample);
    connect(m_welcome, &WelcomePage::recentWanted, this, [this](const QString& path) { openReplacing(path); });
    connect(m_canvas, &MapCanvas::clicked, this, [this](QPointF position, const Scene& scene) {
        identifyAt(position, scene);
        m_canvas->holdView();
        m_docks[1]->show();
        m_docks[1]->raise();
    });
    connect(&m_document, &Document::projectChanged, this, &MainWindow::identifyAgain);
    connect(&m_document, &Document::timeChanged, this, &MainWindow::identifyAgain);
    connect(m_canvas, &MapCanvas::busyChanged, m_time, &TimeBar::setMapBusy);
    connect(m_canvas, &MapCanvas::renderFailed, this,
            [this](const QString& reason) { m_log.add(Severity::Error, reason); });
    connect(m_layers, &LayerPanel::zoomWanted, m_canvas, &MapCanvas::zoomTo);
    connect(m_layers, &LayerPanel::exportWanted, this, &MainWindow::chooseLayerExport);
    connect(m_status, &StatusLine::stopWanted, this, &MainWindow::stopTasks);
    connect(m_status, &StatusLine::crsWanted, this, &MainWindow::chooseCrs);
    connect(&m_log, &MessageLog::added, this, &MainWindow::showMessage);
    connect(&m_log, &MessageLog::settled, m_banner, &Banner::settle);
    connect(m_banner, &Banner::detailsWanted, m_docks[2], &QWidget::show);
    connect(&m_tasks, &Worker::started, m_status, &StatusLine::showTask);
    connect(&m_tasks, &Worker::started, m_welcome, &WelcomePage::setBusy);
    connect(&m_tasks, &Worker::progressed, m_status, &StatusLine::showProgress);
    connect(&m_tasks, &Worker::finished, m_status, &StatusLine::endTask);
    connect(&m_tasks, &Worker::finished, m_welcome, [this] { m_welcome->setBusy({}); });
    const auto fail = [this](const QString&, const QString& reason) { m_log.add(Severity::Error, reason); };
    connect(&m_tasks, &Worker::failed, this, fail);
    connect(&m_identifier, &Worker::failed, this, fail);
}

// Errors stay in sight until closed; a written file is announced with a link; all else is in the list.
void MainWindow::showMessage(const Message& message) {
    if (message.severity == Severity::Error || !message.file.isEmpty())
        m_banner->showMessage(message);
}

void MainWindow::followDocument() {
    const bool showsMap = !m_document.isEmpty();
    const std::string& mapTitle = m_document.project()->map.title;
    const QStringList& sources = m_document.sources();
    QString title = QString::fromStdString(mapTitle);
    if (title.isEmpty() && !sources.isEmpty())
        title = QFileInfo(sources.first()).fileName() +
                (sources.size() > 1 ? tr(" and %1 more").arg(sources.size() - 1) : "");
    if (const ProjectFile* file = m_document.file())
        title = QFileInfo(sources.first()).fileName() + (file->isReadOnly() ? tr(" (read-only)") : QString());
    setWindowTitle(showsMap && !title.isEmpty() ? tr("%1 - Cordon").arg(title) : tr("Cordon"));
    m_saveAction->setEnabled(showsMap && !m_document.file());
    m_copyAction->setEnabled(m_document.file() != nullptr);
    if (showsMap != m_showsMap || !isVisible()) {
        if (m_showsMap && !showsMap)
            m_layout = saveState(kLayoutVersion);
        m_showsMap = showsMap;
        if (showsMap && !m_layout.isEmpty())
            restoreState(m_layout, kLayoutVersion);
        for (QDockWidget* dock : m_docks) {
            dock->toggleViewAction()->setEnabled(showsMap);
            if (!showsMap)
                dock->hide();
            else if (m_layout.isEmpty())
                dock->setVisible(dock == m_docks[0] || dock == m_docks[1]);
        }
        if (showsMap && m_layout.isEmpty()) {
            resizeDocks({m_docks[0], m_docks[1]}, {340, 340}, Qt::Horizontal);
            resizeDocks({m_docks[0], m_docks[1]}, {2, 3}, Qt::Vertical); // shares
        }
        m_stack->setCurrentWidget(showsMap ? static_cast<QWidget*>(m_canvas) : m_welcome);
        m_status->setMapVisible(showsMap);
        if (showsMap)
            m_canvas->setFocus();
        else
            m_welcome->showRecent(recentFiles());
    }
    for (QAction* action : m_mapActions)
        action->setEnabled(showsMap);
    followTime();
}

void MainWindow::identifyAt(QPointF devicePosition, const Scene& scene) {
    const double ratio = scene.view.dpi / 96;
    const auto place = m_canvas->placeAt(devicePosition / ratio);
    const QString placeName = place ? placeText(*place, m_status->inMinutesAndSeconds()) : tr("Off the map");
    m_canvas->markPlace(place);
    m_identified = place;
    m_identifier.stopAll();
    m_identifier.post(
        {tr("Identify"), [this, devicePosition, scene, ratio, placeName,
                          prepared = m_document.prepared()](const std::stop_token& stop, const Worker::Progress&) {
             const IdentifyQuery query{devicePosition.x(), devicePosition.y(), 4 * ratio};
             auto finds = identify(scene, *prepared, query, stop);
             return Worker::Delivery(
                 [this, placeName, finds = std::move(finds)] { m_identify->showFinds(placeName, finds); });
         }});
}

// What is shown of a place follows the date and the layers.
void MainWindow::identifyAgain() {
    const auto position = m_identified ? m_canvas->devicePositionOf(*m_identified) : std::nullopt;
    if (position && m_showsMap)
        identifyAt(*position, m_canvas->scene());
}

void MainWindow::stopTasks() {
    m_tasks.stopAll();
    m_log.add(Severity::Info, tr("Stopped; the map is as it was."));
}

void MainWindow::readSettings() {
    const auto settings = openSettings();
    restoreGeometry(settings->value("geometry").toByteArray());
    m_layout = settings->value("layout").toByteArray();
    m_lastFolder = settings->value("lastFolder").toString();
    m_status->setMinutesAndSeconds(settings->value("minutesAndSeconds").toBool());
    m_labelsAction->setChecked(settings->value("labels", true).toBool());
    m_graticuleAction->setChecked(settings->value("graticule", false).toBool());
    m_timeBarAction->setChecked(settings->value("timeBar", true).toBool());
    m_time->readSettings(*settings);
}

void MainWindow::writeSettings() {
    const auto settings = openSettings();
    settings->setValue("geometry", saveGeometry());
    settings->setValue("layout", m_showsMap ? saveState(kLayoutVersion) : m_layout);
    settings->setValue("lastFolder", m_lastFolder);
    settings->setValue("minutesAndSeconds", m_status->inMinutesAndSeconds());
    settings->setValue("labels", m_labelsAction->isChecked());
    settings->setValue("graticule", m_graticuleAction->isChecked());
    settings->setValue("timeBar", m_timeBarAction->isChecked());
    m_time->writeSettings(*settings);
}

// What belonged to the map before goes; a file that cannot be written to says so at once.
void MainWindow::takeOpened() {
    m_identified.reset();
    m_identify->clear();
    m_canvas->markPlace(std::nullopt);
    if (const ProjectFile* file = m_document.file(); file && file->isReadOnly())
        m_banner->showMessage(
            {QDateTime::currentDateTime(), Severity::Warning, QString::fromStdString(file->readOnlyReason()), {}});
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (!mayReplaceMap())
        return event->ignore();
    m_tasks.stopAll();
    writeSettings();
    event->accept();
}

} // namespace cordon
