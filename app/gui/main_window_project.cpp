// Project files: new, open, save as, copy.
#include "app/gui/main_window.h"
#include "app/gui/settings.h"
#include "app/gui/step_back.h"
#include "app/gui/wait_dialog.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <optional>

namespace cordon {

namespace {

QString projectFilter() {
    return MainWindow::tr("Cordon projects (*.gpkg)");
}

} // namespace

// The dialog has asked already whether a file of that name may be replaced.
QString MainWindow::chooseProjectPath(const QString& title, const QString& name) {
    const QString folder = m_lastFolder.isEmpty() ? QDir::homePath() : m_lastFolder;
    QString path = QFileDialog::getSaveFileName(this, title, QDir(folder).filePath(name), projectFilter());
    if (path.isEmpty())
        return path;
    if (QFileInfo(path).suffix().isEmpty())
        path += ".gpkg";
    m_lastFolder = QFileInfo(path).absolutePath();
    return path;
}

bool MainWindow::mayReplaceMap() {
    if (!m_reports->mayClose())
        return false;
    if (!m_document.hasUnsavedChanges())
        return true;
    QMessageBox box(QMessageBox::Question, tr("Keep this map?"),
                    tr("This map was changed since it was opened, and is not kept in a project file."),
                    QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, this);
    box.setInformativeText(tr("Save it as a project to find it again as it is."));
    box.setDefaultButton(QMessageBox::Save);
    const int answer = box.exec();
    return answer == QMessageBox::Discard || (answer == QMessageBox::Save && chooseProjectFile());
}

void MainWindow::openReplacing(const QString& path) {
    if (mayReplaceMap())
        load({path}, Mode::Open);
}

void MainWindow::openProject(const QString& path) {
    // Two handles of one file would lock each other out.
    const ProjectFile* current = m_document.file();
    if (current && QFileInfo(path) == QFileInfo(QString::fromStdString(current->path())))
        return m_log.add(Severity::Info, tr("%1 is open already.").arg(QFileInfo(path).fileName()));
    m_tasks.post({tr("Opening %1").arg(QFileInfo(path).fileName()),
                  [this, path, indexes = m_document.indexes()](const std::stop_token& stop, const Worker::Progress&) {
                      stepBehindTheWindow();
                      auto file = std::make_shared<ProjectFile>(
                          ProjectFile::open(path.toStdString(), ProjectAccess::PreferWrite, stop));
                      // Not on the window's thread:
                      indexes->of(file->project()->situation);
                      findCrs(*file->project());
                      rememberRecent({path});
                      return Worker::Delivery(
                          [this, file] { runAction(m_log, tr("Open"), [&] { takeProject(std::move(*file)); }); });
                  }});
}

void MainWindow::takeProject(ProjectFile file) {
    const QString path = QString::fromStdString(file.path());
    const Warnings warnings = file.warnings();
    TimeFilter time = datesOf({});
    time.asOf = file.project()->map.asOf.value_or(time.asOf);
    m_document.open(std::move(file), time);
    m_log.add(warnings);
    if (!warnings.empty() && !m_document.file()->isReadOnly())
        m_banner->showMessage(
            {QDateTime::currentDateTime(),
             Severity::Warning,
             warnings.size() == 1
                 ? QString::fromStdString(warnings.front().text)
                 : tr("%1: opened, with %2 warnings.").arg(QFileInfo(path).fileName()).arg(warnings.size()),
             {}});
}

void MainWindow::chooseNewProject() {
    if (!mayReplaceMap())
        return;
    const QString path = chooseProjectPath(tr("New Project"), tr("situation.gpkg"));
    if (path.isEmpty())
        return;
    Project empty = withSituation(Project(), std::make_shared<const Situation>());
    m_document.open(ProjectFile::create(path.toStdString(), std::make_shared<const Project>(std::move(empty)), true),
                    datesOf({}));
    rememberRecent({path});
    m_log.add(Severity::Info,
              tr("Made %1. Add regions, roads and places with File > Add Layers, or drop files here; every "
                 "change is saved as it is made.")
                  .arg(QFileInfo(path).fileName()));
}

bool MainWindow::chooseProjectFile() {
    const QString stem =
        m_document.sources().isEmpty() ? tr("situation") : QFileInfo(m_document.sources().first()).completeBaseName();
    const QString path = chooseProjectPath(tr("Save as Project"), stem + ".gpkg");
    return !path.isEmpty() && saveAsProject(path);
}

bool MainWindow::saveAsProject(const QString& path) {
    return runAction(m_log, tr("Save as Project"), [&] {
        std::optional<ProjectFile> file;
        const auto write = [&, project = m_document.project(),
                            sources = m_document.sources()](std::stop_token stop, const Worker::Progress& progress) {
            file = ProjectFile::create(path.toStdString(), project, true, std::move(stop), progress);
            rememberAccess({path}, rememberedAccess(sources));
            rememberRecent({path});
        };
        runWaiting(*this, tr("Writing %1").arg(QFileInfo(path).fileName()), write);
        m_document.open(std::move(*file), m_document.time());
        m_log.add(Severity::Info,
                  tr("Saved as %1; from now on every change is saved as it is made.").arg(QFileInfo(path).fileName()));
    });
}

void MainWindow::chooseCopy() {
    const QFileInfo info(m_document.sources().first());
    const QString path = chooseProjectPath(tr("Save a Copy"), tr("%1 copy.gpkg").arg(info.completeBaseName()));
    if (path.isEmpty())
        return;
    runWaiting(*this, tr("Writing %1").arg(QFileInfo(path).fileName()),
               [&, file = m_document.file()](std::stop_token stop, const Worker::Progress& progress) {
                   file->saveCopy(path.toStdString(), true, std::move(stop), progress);
               });
    m_log.add(Severity::Info, tr("Wrote a copy of the project, with its history."), path);
}

} // namespace cordon
