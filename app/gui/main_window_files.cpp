// Files in and out of the window.
#include "app/gui/crs_dialog.h"
#include "app/gui/export_dialog.h"
#include "app/gui/import_assistant.h"
#include "app/gui/layer_export.h"
#include "app/gui/main_window.h"
#include "app/gui/project_edits.h"
#include "app/gui/settings.h"
#include "app/gui/step_back.h"
#include "core/io/data_folder.h"

#include <QDir>
#include <QDirIterator>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMimeData>
#include <QSet>
#include <QTimer>
#include <utility>

namespace cordon {

namespace {

// A folder of nothing but photos. A look at some of its files is enough.
bool isPhotoFolder(const QString& path) {
    constexpr int kLooked = 200;
    int photos = 0;
    for (QDirIterator files(path, QDir::Files); files.hasNext() && photos < kLooked; ++photos) {
        const QString suffix = QFileInfo(files.next()).suffix().toLower();
        if (suffix != "jpg" && suffix != "jpeg")
            return false;
    }
    return photos > 0;
}

// What people send from the field, rather than layers to look at. With one such file among them all go the same way.
bool isFieldData(const QStringList& paths) {
    static const QSet<QString> kSuffixes{"gpx",  "csv", "tsv", "txt", "xlsx", "ods", "kml", "kmz",
                                         "nmea", "nma", "cot", "fit", "tcx",  "jpg", "jpeg"};
    return std::ranges::any_of(paths, [](const QString& path) {
        return kSuffixes.contains(QFileInfo(path).suffix().toLower()) || isPhotoFolder(path);
    });
}

QString namesOf(const QStringList& paths) {
    const QString first = QFileInfo(paths.first()).fileName();
    return paths.size() == 1 ? first : MainWindow::tr("%1 and %2 more").arg(first).arg(paths.size() - 1);
}

} // namespace

void MainWindow::load(const QStringList& sources, Mode mode) {
    QStringList paths;
    for (const QString& source : withoutSidecars(sources))
        paths.append(QFileInfo(source).absoluteFilePath());
    if (paths.isEmpty())
        return;
    if (m_document.isEmpty())
        mode = Mode::Open;
    if (mode == Mode::Open && paths.size() == 1 && isProjectFile(paths.first().toStdString()))
        return openProject(paths.first());
    const auto base = mode == Mode::Add ? m_document.project() : std::make_shared<const Project>();
    m_tasks.post({tr("Opening %1").arg(namesOf(paths)),
                  [this, base, paths, mode](const std::stop_token& stop, const Worker::Progress& progress) {
                      stepBehindTheWindow();
                      auto outcome = std::make_shared<LoadOutcome>(loadForWindow(base, paths, stop, progress));
                      if (!outcome->loaded.isEmpty()) {
                          findCrs(*outcome->project, rememberedCrs(outcome->loaded));
                          rememberRecent(outcome->loaded);
                      }
                      return Worker::Delivery(
                          [this, outcome, mode] { runAction(m_log, tr("Open"), [&] { takeLoaded(*outcome, mode); }); });
                  }});
}

// Reading takes all cores; the first look of the window does not wait for them.
void MainWindow::loadWhenSeen(const QStringList& sources) {
    m_toLoad = sources;
    update();
}

void MainWindow::paintEvent(QPaintEvent* event) {
    QMainWindow::paintEvent(event);
    if (!m_toLoad.isEmpty())
        QTimer::singleShot(0, this, [this] { load(std::exchange(m_toLoad, {}), Mode::Open); });
}

void MainWindow::openSample() {
    load({QString::fromStdString(sampleRecipePath())}, Mode::Open);
}

// The map's CRS as written, or none with a message when it is not understood.
std::string MainWindow::usableCrs(const std::string& definition) {
    const bool isGood = definition.empty() || runAction(m_log, tr("Projection"), [&] { Crs::fromText(definition); });
    return isGood ? definition : std::string();
}

void MainWindow::takeLoaded(const LoadOutcome& outcome, Mode mode) {
    for (const QString& failure : outcome.failures)
        m_log.add(Severity::Error, failure);
    if (outcome.loaded.isEmpty())
        return;
    if (mode == Mode::Open) {
        Project project = *outcome.project;
        const QString remembered = rememberedCrs(outcome.loaded);
        project.map.crs = usableCrs(remembered.isEmpty() ? project.map.crs : remembered.toStdString());
        const TimeFilter time = datesOf(outcome);
        if (outcome.recipe && !outcome.recipe->asOf.empty())
            project.map.asOf = time.asOf; // goes with the map when it becomes a project
        m_document.open(std::make_shared<const Project>(std::move(project)), outcome.loaded, time);
    } else {
        addLoaded(outcome);
    }
    reportLoaded(outcome);
}

void MainWindow::addLoaded(const LoadOutcome& outcome) {
    const QString step = tr("Add %1").arg(namesOf(outcome.loaded));
    const bool hadSituation = m_document.hasSituation();
    if (!m_document.apply(step, withAdditions(*m_document.project(), *outcome.base, *outcome.project)))
        return;
    if (!m_document.file()) {
        m_document.setSources(m_document.sources() + outcome.loaded);
        if (!hadSituation)
            m_document.setTime(datesOf(outcome));
        return;
    }
    std::vector<Record> records = addedRecords(*outcome.base->situation, *outcome.project->situation);
    if (!records.empty())
        m_document.edit([&](const SituationIndex& index, TimePoint now) {
            SituationEdit edit = importReports(index, std::move(records), now);
            edit.name = step.toStdString();
            return edit;
        });
}

TimeFilter MainWindow::datesOf(const LoadOutcome& outcome) const {
    TimeFilter time;
    time.asOf = endOfToday();
    if (outcome.recipe) {
        if (!outcome.recipe->asOf.empty())
            time.asOf = parseAsOf(outcome.recipe->asOf);
        if (!outcome.recipe->knownBy.empty())
            time.knownBy = parseAsOf(outcome.recipe->knownBy);
        time.incidentDays = outcome.recipe->incidentDays;
    }
    return time;
}

void MainWindow::reportLoaded(const LoadOutcome& outcome) {
    m_log.add(outcome.warnings);
    const auto serious = std::ranges::count_if(outcome.warnings, &Warning::leftOut);
    if (serious == 0 || !outcome.failures.isEmpty())
        return;
    const auto first = std::ranges::find_if(outcome.warnings, &Warning::leftOut);
    const QString text =
        serious == 1
            ? QString::fromStdString(first->text)
            : tr("%1: opened, with %2 warnings about things left out.").arg(namesOf(outcome.loaded)).arg(serious);
    m_banner->showMessage({QDateTime::currentDateTime(), Severity::Warning, text, {}});
}

void MainWindow::chooseFiles(Mode mode) {
    const QString filter =
        tr("Projects, maps and data (*.json *.geojson *.shp *.zip *.gpx *.csv *.kml *.kmz *.gpkg *.fgb *.gml "
           "*.tab *.mif *.dxf *.topojson);;All files (*)");
    const QStringList paths =
        QFileDialog::getOpenFileNames(this, mode == Mode::Open ? tr("Open") : tr("Add Layers"), m_lastFolder, filter);
    if (paths.isEmpty())
        return;
    m_lastFolder = QFileInfo(paths.first()).absolutePath();
    if (mode == Mode::Add || mayReplaceMap())
        load(paths, mode);
}

void MainWindow::chooseImport() {
    const QStringList paths =
        QFileDialog::getOpenFileNames(this, tr("Import"), m_lastFolder,
                                      tr("Field data (*.gpx *.csv *.tsv *.txt *.xlsx *.ods *.kml "
                                         "*.kmz *.geojson *.json *.geojsonl *.shp *.zip *.gpkg "
                                         "*.fgb *.nmea *.cot *.osm *.pbf *.jpg *.jpeg);;All files (*)"));
    if (paths.isEmpty())
        return;
    m_lastFolder = QFileInfo(paths.first()).absolutePath();
    importFiles(paths);
}

void MainWindow::chooseImportFolder() {
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Import Folder"), m_lastFolder);
    if (folder.isEmpty())
        return;
    m_lastFolder = folder;
    importFiles({folder});
}

// Reports of a map in memory have nowhere to go; layers have.
void MainWindow::importFiles(const QStringList& paths) {
    const QStringList files = withoutSidecars(paths);
    if (files.isEmpty() || !m_reports->mayClose())
        return;
    if (m_document.file() && m_document.file()->isReadOnly())
        return m_log.add(Severity::Error, QString::fromStdString(m_document.file()->readOnlyReason()));
    auto* assistant = new ImportAssistant(m_document, files, this);
    assistant->setAttribute(Qt::WA_DeleteOnClose);
    connect(assistant, &ImportAssistant::imported, this,
            [this](const QString& sentence) { m_log.add(Severity::Info, sentence); });
    connect(assistant, &ImportAssistant::showWanted, m_canvas, &MapCanvas::zoomTo);
    connect(assistant, &ImportAssistant::failed, this,
            [this](const QString& reason) { m_log.add(Severity::Error, reason); });
    assistant->open();
}

void MainWindow::chooseFolder() {
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Open Folder"), m_lastFolder);
    if (folder.isEmpty())
        return;
    m_lastFolder = folder;
    openReplacing(folder);
}

void MainWindow::chooseExport() {
    const QString stem =
        m_document.sources().isEmpty() ? "map" : QFileInfo(m_document.sources().first()).completeBaseName();
    const QString folder = m_lastFolder.isEmpty() ? QDir::homePath() : m_lastFolder;
    ExportDialog dialog(m_canvas->view().widthPx, m_canvas->view().heightPx, QDir(folder).filePath(stem), this);
    if (dialog.exec() == QDialog::Accepted)
        runAction(m_log, tr("Export"), [&] { exportTo(dialog.request()); });
}

void MainWindow::exportTo(const ExportRequest& request) {
    m_tasks.post({tr("Exporting %1").arg(QFileInfo(request.path).fileName()),
                  [this, request, scene = m_canvas->scene(),
                   prepared = m_document.prepared()](const std::stop_token& stop, const Worker::Progress& progress) {
                      const QString sentence = exportMap(request, scene, *prepared, stop, progress);
                      return Worker::Delivery(
                          [this, sentence, path = request.path] { m_log.add(Severity::Info, sentence, path); });
                  }});
}

void MainWindow::chooseLayerExport(const std::string& layerId) {
    const auto current = m_layers->currentLayer();
    const std::string wanted = !layerId.empty() ? layerId : current ? current->id : std::string();
    const QString folder = m_lastFolder.isEmpty() ? QDir::homePath() : m_lastFolder;
    LayerExportDialog dialog(m_document.project(), m_document.time(), wanted, folder, this);
    if (dialog.exec() != QDialog::Accepted)
        return;
    m_lastFolder = QFileInfo(dialog.request().path).absolutePath();
    exportLayer(dialog.request());
}

void MainWindow::exportLayer(const LayerExport& request) {
    m_tasks.post({tr("Exporting %1").arg(QFileInfo(request.path).fileName()),
                  [this, request](const std::stop_token& stop, const Worker::Progress& progress) {
                      const LayerExportResult result = writeLayer(request, stop, progress);
                      return Worker::Delivery([this, result, path = request.path] { reportWritten(result, path); });
                  }});
}

// What the format could not keep is listed, and said to be.
void MainWindow::reportWritten(const LayerExportResult& result, const QString& path) {
    m_log.add(result.warnings);
    m_log.add(Severity::Info, result.sentence, result.warnings.empty() ? path : QString());
    if (result.warnings.empty())
        return;
    const QString lost = result.warnings.size() == 1
                             ? QString::fromStdString(result.warnings.front().text)
                             : tr("%1 things could not be kept; the messages name them.").arg(result.warnings.size());
    m_banner->showMessage({QDateTime::currentDateTime(), Severity::Warning, result.sentence + ' ' + lost, {}});
}

void MainWindow::chooseCrs() {
    const Project& project = *m_document.project();
    const GeoBox all = extentOf(project);
    CrsDialog dialog(QString::fromStdString(project.map.crs), all.isEmpty() ? Crs() : suitableCrs(all), this);
    if (dialog.exec() != QDialog::Accepted || dialog.definition().toStdString() == project.map.crs)
        return;
    Project changed = project;
    changed.map.crs = dialog.definition().toStdString();
    m_document.apply(tr("Change Projection"), std::move(changed));
    rememberCrs(m_document.sources(), dialog.definition());
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    QStringList paths;
    for (const QUrl& url : event->mimeData()->urls()) {
        if (url.isLocalFile())
            paths.append(url.toLocalFile());
        else
            m_log.add(Severity::Error,
                      tr("%1 is not on this computer, so it was not opened: save it first, then drop the file.")
                          .arg(url.toDisplayString()));
    }
    event->acceptProposedAction();
    const auto isProject = [](const QString& path) { return isProjectFile(path.toStdString()); };
    if (m_document.file() && isFieldData(paths) && std::ranges::none_of(paths, isProject))
        importFiles(paths);
    else
        load(paths, Mode::Add);
}

} // namespace cordon
