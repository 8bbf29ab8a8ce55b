// Reports in the window: their panels, their menu, and what the map offers about them.
#include "app/gui/access_desk.h"
#include "app/gui/main_window.h"

#include "app/gui/report_words.h"

#include <QDockWidget>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>

namespace cordon {

namespace {

constexpr int kFormWidth = 360;

} // namespace

void MainWindow::buildReports() {
    m_reports = new ReportDesk(m_document, *m_canvas, m_log, *this);
    setCorner(Qt::BottomLeftCorner, Qt::BottomDockWidgetArea); // a table needs the width
    const auto add = [this](const char* name, const QString& title, QWidget& content, Qt::DockWidgetArea area) {
        auto* dock = new QDockWidget(title, this);
        dock->setObjectName(name);
        dock->setWidget(&content);
        addDockWidget(area, dock);
        dock->hide();
        return dock;
    };
    QDockWidget* list = add("reports", tr("Reports"), m_reports->panel(), Qt::BottomDockWidgetArea);
    QDockWidget* work = add("work", tr("Work List"), m_reports->workList(), Qt::BottomDockWidgetArea);
    tabifyDockWidget(m_docks[2], list);
    tabifyDockWidget(list, work);
    m_docks += {list, work};
    for (QDockWidget* dock : {list, work}) // to the front of their tabs
        connect(dock->toggleViewAction(), &QAction::triggered, dock, [dock](bool isShown) {
            if (isShown)
                dock->raise();
        });
    connect(&m_reports->workList(), &WorkListPanel::countChanged, work, [work](int count) {
        work->setWindowTitle(count == 0 ? tr("Work List") : tr("Work List (%1)").arg(count));
    });
    m_formDock = add("report", tr("Report"), m_reports->form(), Qt::RightDockWidgetArea);
    m_formDock->setFeatures(QDockWidget::DockWidgetMovable | QDockWidget::DockWidgetFloatable); // Cancel closes it
    connect(m_reports, &ReportDesk::formWanted, this, [this](bool isOpen) {
        const bool isNew = isOpen && !m_formDock->isVisible();
        m_canvas->holdView();
        m_formDock->setVisible(isOpen);
        if (isNew)
            resizeDocks({m_formDock}, {kFormWidth}, Qt::Horizontal);
        if (!isOpen)
            m_canvas->setFocus();
    });
    for (const QDockWidget* dock : std::as_const(m_docks))
        connect(dock->toggleViewAction(), &QAction::triggered, m_canvas, &MapCanvas::holdView);
    connect(m_reports, &ReportDesk::panelWanted, list, [this, list] {
        m_canvas->holdView();
        list->show();
        list->raise();
    });
    connect(m_reports, &ReportDesk::projectWanted, this, [this] { chooseProjectFile(); });
    connect(m_identify, &IdentifyPanel::reportWanted, m_reports, &ReportDesk::showReport);
    connect(m_identify, &IdentifyPanel::menuWanted, this,
            [this](const Identified& find, QMenu* menu) { m_reports->fillFindMenu(*menu, find); });
    connect(m_canvas, &MapCanvas::menuWanted, this, [this](LonLat place, QPoint position) {
        if (!m_showsMap)
            return;
        QMenu menu(this);
        m_reports->fillMapMenu(menu, place);
        m_access->fillMapMenu(menu, place);
        menu.exec(position);
    });
}

bool MainWindow::mayReport() {
    if (m_document.canEditReports())
        return true;
    if (const ProjectFile* file = m_document.file()) {
        m_log.add(Severity::Error, QString::fromStdString(file->readOnlyReason()));
        return false;
    }
    QMessageBox box(QMessageBox::Question, tr("Save as a project?"),
                    tr("Reports are kept in a project file, and this map is not in one."),
                    QMessageBox::Save | QMessageBox::Cancel, this);
    box.button(QMessageBox::Save)->setText(tr("&Save as Project..."));
    box.setInformativeText(tr("Save it as a project first; the report follows."));
    box.setDefaultButton(QMessageBox::Save);
    return box.exec() == QMessageBox::Save && chooseProjectFile();
}

void MainWindow::buildReportMenu(QMenu& menu) {
    const char* keys[] = {"Ctrl+R, C", "Ctrl+R, R", "Ctrl+R, T", "Ctrl+R, I", "Ctrl+R, M"};
    for (std::size_t i = 0; i < kRecordKinds; ++i) {
        const auto kind = static_cast<RecordKind>(i);
        QAction* action = addAction(menu, {}, tr("New %1...").arg(phraseOf(kind)), QKeySequence(keys[i]), [this, kind] {
            if (mayReport())
                m_reports->add(kind);
        });
        action->setIcon(kindIcon(kind));
        m_mapActions += action;
    }
}

} // namespace cordon
