// Menus, tool bar and help of the window.
#include "app/gui/look.h"
#include "app/gui/main_window.h"
#include "app/gui/settings.h"

#include <QDialog>
#include <QDialogButtonBox>
#include <QDockWidget>
#include <QFileInfo>
#include <QFormLayout>
#include <QMenuBar>
#include <QMessageBox>
#include <QScreen>
#include <QScrollArea>
#include <QStyle>
#include <QToolBar>
#include <QVBoxLayout>

namespace cordon {

QAction* MainWindow::addAction(QMenu& menu, const QString& icon, const QString& text, const QKeySequence& key,
                               std::function<void()> does, const QString& toolTip) {
    auto* action = new QAction(text, this);
    if (!icon.isEmpty())
        action->setIcon(iconOf(icon));
    action->setShortcut(key);
    QString tip = toolTip.isEmpty() ? QString(text).remove('&').remove("...") : toolTip;
    if (!key.isEmpty())
        tip += " (" + key.toString(QKeySequence::NativeText) + ")";
    action->setToolTip(tip);
    const QString name = QString(text).remove('&').remove("...");
    connect(action, &QAction::triggered, this, [this, name, does = std::move(does)] { runAction(m_log, name, does); });
    menu.addAction(action);
    return action;
}

void MainWindow::buildMenus() {
    buildFileMenu(*menuBar()->addMenu(tr("&File")));
    buildEditMenu(*menuBar()->addMenu(tr("&Edit")));
    buildReportMenu(*menuBar()->addMenu(tr("&Reports")));
    buildViewMenu(*menuBar()->addMenu(tr("&View")));
    buildAnalysisMenu(*menuBar()->addMenu(tr("&Analysis")));
    buildHelpMenu(*menuBar()->addMenu(tr("&Help")));
}

void MainWindow::buildFileMenu(QMenu& menu) {
    addAction(menu, {}, tr("&New Project..."), QKeySequence::New, [this] { chooseNewProject(); });
    m_openAction = addAction(
        menu, "open", tr("&Open..."), QKeySequence::Open, [this] { chooseFiles(Mode::Open); },
        tr("Open a project, or files as a new map"));
    addAction(menu, {}, tr("Open &Folder..."), {}, [this] { chooseFolder(); });
    m_recentMenu = menu.addMenu(tr("Open &Recent"));
    connect(m_recentMenu, &QMenu::aboutToShow, this, &MainWindow::fillRecentMenu);
    addAction(menu, "map", tr("Open &Sample: Mali 2025"), {}, [this] {
        if (mayReplaceMap())
            openSample();
    });
    menu.addSeparator();
    m_saveAction = addAction(
        menu, {}, tr("&Save as Project..."), QKeySequence::Save, [this] { chooseProjectFile(); },
        tr("Keep this map and its reports in a project file; from then on every change is saved as it is made"));
    m_copyAction = addAction(
        menu, {}, tr("Save a &Copy..."), QKeySequence("Ctrl+Shift+S"), [this] { chooseCopy(); },
        tr("Write the project as it is now, with its history, to another file"));
    menu.addSeparator();
    m_addAction = addAction(
        menu, "add", tr("&Add Layers..."), QKeySequence("Ctrl+Shift+O"), [this] { chooseFiles(Mode::Add); },
        tr("Add files to this map"));
    addAction(
        menu, "import", tr("&Import..."), QKeySequence("Ctrl+I"), [this] { chooseImport(); },
        tr("Take in what people send from the field: tables, GPS files, reports"));
    addAction(
        menu, {}, tr("Import Fol&der..."), {}, [this] { chooseImportFolder(); },
        tr("Take in a folder of photos, GPS files or tables"));
    menu.addSeparator();
    m_exportAction = addAction(
        menu, "export", tr("&Export Map..."), QKeySequence("Ctrl+Shift+E"), [this] { chooseExport(); },
        tr("Write this map to an image, PDF, SVG or GeoTIFF"));
    QAction* exportLayer = addAction(
        menu, {}, tr("Export &Layer..."), QKeySequence("Ctrl+Shift+L"), [this] { chooseLayerExport({}); },
        tr("Write a layer, or the reports in force, to GPX, KML, CSV, GeoJSON, a shapefile, GeoPackage or FlatGeobuf"));
    menu.addSeparator();
    addAction(menu, {}, tr("&Quit"), QKeySequence("Ctrl+Q"), [this] { close(); });
    m_mapActions += {m_addAction, m_exportAction, exportLayer};
}

void MainWindow::buildEditMenu(QMenu& menu) {
    m_undoAction = addAction(menu, "undo", tr("&Undo"), QKeySequence::Undo, [this] { m_document.undo(); });
    m_redoAction = addAction(menu, "redo", tr("&Redo"), {}, [this] { m_document.redo(); });
    m_redoAction->setShortcuts({QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")});
}

// The steps are named after what they undo.
void MainWindow::followUndo() {
    const auto name = [](QAction& action, const QString& verb, const std::optional<QString>& step) {
        action.setEnabled(step.has_value());
        action.setText(step ? verb + " " + shortName(*step).replace('&', "&&") : verb);
        action.setToolTip(plainTip(QString(verb).remove('&') + (step ? " " + *step : QString()) + " (" +
                                   action.shortcut().toString(QKeySequence::NativeText) + ")"));
    };
    name(*m_undoAction, tr("&Undo"), m_document.undoText());
    name(*m_redoAction, tr("&Redo"), m_document.redoText());
}

void MainWindow::buildViewMenu(QMenu& menu) {
    m_zoomInAction =
        addAction(menu, "zoom-in", tr("Zoom &In"), QKeySequence("Ctrl++"), [this] { m_canvas->zoomBy(1.5); });
    m_zoomInAction->setShortcuts({QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")});
    m_zoomOutAction =
        addAction(menu, "zoom-out", tr("Zoom &Out"), QKeySequence("Ctrl+-"), [this] { m_canvas->zoomBy(1 / 1.5); });
    m_zoomAllAction =
        addAction(menu, "zoom-all", tr("Zoom to &All"), QKeySequence("Ctrl+0"), [this] { m_canvas->zoomToAll(); });
    menu.addSeparator();
    buildTimeMenu(menu);
    menu.addSeparator();
    QAction* crs = addAction(menu, "globe", tr("&Coordinate Reference System..."), {}, [this] { chooseCrs(); });
    menu.addSeparator();
    m_labelsAction = menu.addAction(tr("La&bels"));
    m_labelsAction->setCheckable(true);
    m_labelsAction->setChecked(true);
    connect(m_labelsAction, &QAction::toggled, m_canvas, &MapCanvas::setLabels);
    m_graticuleAction = menu.addAction(tr("&Graticule"));
    m_graticuleAction->setCheckable(true);
    m_graticuleAction->setShortcut(QKeySequence("Ctrl+G"));
    connect(m_graticuleAction, &QAction::toggled, m_canvas, &MapCanvas::setGraticule);
    menu.addSeparator();
    const char* keys[] = {"Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4", "Ctrl+5", "Ctrl+6"};
    const char* icons[] = {"layers", "identify", "messages", "reports", "work", "access"};
    for (int i = 0; i < m_docks.size(); ++i) {
        QAction* toggle = m_docks[i]->toggleViewAction();
        toggle->setShortcut(QKeySequence(keys[i]));
        toggle->setIcon(iconOf(icons[i]));
        toggle->setToolTip(tr("Show or hide %1 (%2)").arg(toggle->text(), QString(keys[i])));
        menu.addAction(toggle);
    }
    menu.addSeparator();
    auto* full = menu.addAction(tr("&Full Screen"));
    full->setShortcut(Qt::Key_F11);
    full->setCheckable(true);
    connect(full, &QAction::toggled, this, [this](bool on) { on ? showFullScreen() : showNormal(); });
    m_mapActions += {m_zoomInAction, m_zoomOutAction, m_zoomAllAction, crs};
}

void MainWindow::buildHelpMenu(QMenu& menu) {
    addAction(menu, {}, tr("&Keyboard Shortcuts"), Qt::Key_F1, [this] { showShortcuts(); });
    addAction(menu, {}, tr("&About Cordon"), {}, [this] { showAbout(); });
}

void MainWindow::buildToolBar() {
    auto* bar = addToolBar(tr("Tools"));
    bar->setObjectName("tools");
    bar->setIconSize({22, 22});
    bar->setMovable(false);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    for (QAction* action : {m_openAction, m_addAction, m_exportAction})
        bar->addAction(action);
    bar->addSeparator();
    bar->addAction(m_undoAction);
    bar->addAction(m_redoAction);
    bar->addSeparator();
    for (QAction* action : {m_zoomInAction, m_zoomOutAction, m_zoomAllAction})
        bar->addAction(action);
    bar->addSeparator();
    bar->addAction(m_changesAction);
    auto* gap = new QWidget(bar);
    gap->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(gap);
    for (QDockWidget* dock : m_docks)
        bar->addAction(dock->toggleViewAction());
    setContextMenuPolicy(Qt::NoContextMenu);
}

void MainWindow::fillRecentMenu() {
    m_recentMenu->clear();
    for (const QString& path : recentFiles())
        m_recentMenu->addAction(QString(path).replace('&', "&&"), this, [this, path] { openReplacing(path); });
    if (m_recentMenu->isEmpty()) {
        m_recentMenu->addAction(tr("No files yet"))->setEnabled(false);
        return;
    }
    m_recentMenu->addSeparator();
    m_recentMenu->addAction(tr("&Clear List"), this, [this] {
        forgetRecent();
        m_welcome->showRecent({});
    });
}

void MainWindow::showShortcuts() {
    QDialog dialog(this);
    dialog.setWindowTitle(tr("Keyboard Shortcuts"));
    auto* table = new QWidget(&dialog);
    auto* form = new QFormLayout(table);
    form->setHorizontalSpacing(24);
    const auto add = [&](const QString& keys, const QString& what) {
        form->addRow(new QLabel(keys), new QLabel(what));
    };
    add(tr("Wheel"), tr("Zoom at the cursor (with Ctrl in small steps)"));
    add(tr("Drag, or Space and move"), tr("Move the map"));
    add(tr("Shift and drag"), tr("Zoom to a box"));
    add(tr("Double click"), tr("Zoom in"));
    add(tr("Click, Enter"), tr("Identify what is there, or in the middle"));
    add(tr("Arrow keys (with Shift: far)"), tr("Move the map"));
    add(tr("Right click"), tr("Report what is there, see its history"));
    add(tr("Enter, Backspace, Esc"), tr("While drawing a report: done, take back, give up"));
    add(tr("Ctrl+Enter, Ctrl+Shift+Enter"), tr("In the report form: save, save and begin another"));
    add(tr("+  -  Home"), tr("Zoom in, out, to all"));
    add(tr("Up, Down, Page Up, Page Down"), tr("In a date field: step a day or a week"));
    add(tr("Left, Right (with Ctrl: change)"), tr("In the time bar: step a day, or to the previous or next change"));
    add(tr("Home, End, Space"), tr("In the time bar: to the first or last day; play"));
    add(tr("Wheel, drag the axis, +  -  0"), tr("In the time bar: zoom, move, show the whole period"));
    add(tr("Shift and drag"), tr("In the time bar: changes between two dates; Esc leaves"));
    add(tr("Alt+Up, Alt+Down, F2, Delete"), tr("In the layer list: move, rename, remove"));
    for (const QMenu* menu : menuBar()->findChildren<QMenu*>(QString(), Qt::FindDirectChildrenOnly))
        for (const QAction* action : menu->actions())
            if (!action->shortcut().isEmpty())
                add(action->shortcut().toString(QKeySequence::NativeText),
                    QString(action->text()).remove('&').remove("..."));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, &dialog);
    connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    auto* layout = new QVBoxLayout(&dialog);
    layout->setContentsMargins(16, 16, 16, 16);
    auto* scroll = new QScrollArea(&dialog);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(table);
    const QSize all = table->sizeHint();
    scroll->setMinimumWidth(all.width() + style()->pixelMetric(QStyle::PM_ScrollBarExtent));
    layout->addWidget(scroll);
    layout->addWidget(buttons);
    dialog.resize(dialog.sizeHint().width(), std::min(all.height() + 100, screen()->availableSize().height() * 4 / 5));
    dialog.exec();
}

void MainWindow::showAbout() {
    QMessageBox box(this);
    box.setWindowTitle(tr("About Cordon"));
    box.setIconPixmap(iconOf("cordon").pixmap(QSize(64, 64), devicePixelRatioF()));
    box.setTextFormat(Qt::PlainText);
    box.setText(tr("Cordon %1").arg(CORDON_VERSION));
    box.setInformativeText(
        tr("Who controls what, which roads are cut, and who is cut off: on one dated map, on one laptop, without a "
           "network.\n\nDraws with Qt %1 and Anti-Grain Geometry; reads with GDAL; projects with PROJ; measures with "
           "GeographicLib.\n\nFree software; the licence is in the file LICENSE. It comes with no warranty. Samples "
           "are "
           "illustrative and not for operational use.")
            .arg(qVersion()));
    box.exec();
}

} // namespace cordon
