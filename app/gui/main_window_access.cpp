// Who is cut off, in the window: its panel, its menu, and what the map offers about it.
#include "app/gui/access_desk.h"
#include "app/gui/access_words.h"
#include "app/gui/change_map.h"
#include "app/gui/main_window.h"
#include "app/gui/map_chip.h"
#include "app/gui/report_words.h"

#include <QDir>
#include <QDockWidget>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QVBoxLayout>

namespace cordon {

namespace {

constexpr int kPanelWidth = 440;

} // namespace

void MainWindow::buildAccess() {
    m_access = new AccessDesk(m_document, *m_canvas, m_log, *this);
    m_accessDock = new QDockWidget(tr("Access"), this);
    m_accessDock->setObjectName("access");
    m_accessDock->setWidget(&m_access->panel());
    addDockWidget(Qt::RightDockWidgetArea, m_accessDock);
    m_accessDock->hide();
    m_docks += m_accessDock;
    QAction* toggle = m_accessDock->toggleViewAction();
    connect(toggle, &QAction::toggled, this, [this](bool isOpen) {
        if (isOpen)
            resizeDocks({m_accessDock}, {std::clamp(width() / 3, 320, kPanelWidth)}, Qt::Horizontal);
        m_access->access().setOn(isOpen);
    });
    connect(toggle, &QAction::triggered, this, [this](bool isOpen) {
        m_canvas->holdView();
        if (isOpen) {
            m_accessDock->raise();
            m_access->panel().question().from().setFocus();
        } else {
            m_canvas->setFocus();
        }
    });
    connect(m_access, &AccessDesk::panelWanted, this, &MainWindow::showAccess);
    connect(m_access, &AccessDesk::reportWanted, m_reports, &ReportDesk::showReport);
    connect(m_canvas, &MapCanvas::clicked, m_access, [this](QPointF position) {
        if (const auto place = m_canvas->placeAt(position / m_canvas->devicePixelRatioF()))
            m_access->tellAt(*place);
    });
    QMenu& exports = m_access->panel().exportMenu();
    exports.addAction(tr("&Table of Places..."), this,
                      [this] { runAction(m_log, tr("Save Table"), [this] { saveAccessTable(); }); });
    exports.addAction(tr("&Answer as JSON..."), this,
                      [this] { runAction(m_log, tr("Save Answer"), [this] { saveAccessJson(); }); });
    exports.addAction(tr("&Map or Sheet..."), this, [this] {
        m_access->access().setShowsMap(true);
        chooseExport();
    });
}

// After the time bar, whose chips stand beside it.
void MainWindow::connectAccess() {
    auto* chips = m_changeChip->parentWidget();
    m_accessChip = new MapChip(QColor(0x3F, 0x00, 0x7D), tr("Close the access panel"), chips);
    static_cast<QVBoxLayout*>(chips->layout())->addWidget(m_accessChip, 0, Qt::AlignLeft);
    connect(m_accessChip, &MapChip::closeWanted, m_accessDock, &QWidget::hide);
    LiveAccess& access = m_access->access();
    for (const auto signal : {&LiveAccess::modeChanged, &LiveAccess::found, &LiveAccess::queryChanged})
        connect(&access, signal, this, &MainWindow::followAccess);
    connect(&access, &LiveAccess::failed, this, &MainWindow::followAccess);
    connect(&m_document, &Document::timeChanged, this, &MainWindow::followAccess);
    TimeStrip& strip = m_time->strip();
    connect(m_access, &AccessDesk::asOfWanted, &strip, &TimeStrip::asOfWanted); // as if chosen there
    const auto propose = [this, &strip] {
        m_access->panel().days().propose({dayAt(strip.range().first), dayAt(strip.range().last)});
    };
    connect(&strip, &TimeStrip::rangeChanged, this, propose);
    propose();
    // One of the two has the map.
    connect(m_changes, &ChangeMap::modeChanged, this, [this] {
        m_access->access().setAside(m_changes->isOn());
        followAccess();
    });
    followAccess();
}

void MainWindow::followAccess() {
    const LiveAccess& access = m_access->access();
    m_access->panel().setAsOf(access.datedQuery().filter.asOf);
    QStringList from;
    for (const Origin& origin : access.query().origins)
        from += fromUtf8(origin.name);
    m_accessChip->showText(access.isOnMap() && !from.isEmpty()
                               ? tr("Access from %1, %2").arg(from.join(", "), userText(access.query().userClass))
                               : QString());
}

void MainWindow::showAccess() {
    m_canvas->holdView();
    m_accessDock->show();
    m_accessDock->raise();
}

void MainWindow::buildAnalysisMenu(QMenu& menu) {
    QAction* who = addAction(
        menu, "access", tr("Who Is &Cut Off..."), {},
        [this] {
            showAccess();
            m_access->panel().question().from().setFocus();
        },
        tr("Say who is reached by road from where, who is cut off, and why"));
    QAction* pick = addAction(menu, "tool-point", tr("&Start from a Place on the Map"), {}, [this] {
        showAccess();
        m_access->pick(true);
    });
    menu.addSeparator();
    QAction* hurt = addAction(
        menu, {}, tr("What Would &Hurt Most (Internal)..."), {},
        [this] {
            showAccess();
            m_access->critical().ask();
        },
        tr("The open roads whose loss would cut off most people; not for publication"));
    m_mapActions += {who, pick, hurt};
}

// "" where the user thought better of it.
QString MainWindow::chooseAccessFile(const QString& title, const QString& ending, const QString& kind) {
    const QString folder = m_lastFolder.isEmpty() ? QDir::homePath() : m_lastFolder;
    const QString day = QString::fromStdString(formatIsoDate(m_access->access().datedQuery().filter.asOf));
    QString path = QFileDialog::getSaveFileName(this, title, QDir(folder).filePath(tr("access-%1.%2").arg(day, ending)),
                                                kind + " (*." + ending + ")");
    if (path.isEmpty())
        return path;
    if (QFileInfo(path).suffix().isEmpty())
        path += "." + ending;
    m_lastFolder = QFileInfo(path).absolutePath();
    return path;
}

void MainWindow::saveAccessTable() {
    if (const QString path = chooseAccessFile(tr("Save Table"), "csv", tr("Table")); !path.isEmpty())
        m_access->saveTable(path);
}

void MainWindow::saveAccessJson() {
    if (const QString path = chooseAccessFile(tr("Save Answer"), "json", tr("JSON")); !path.isEmpty())
        m_access->saveJson(path);
}

} // namespace cordon
