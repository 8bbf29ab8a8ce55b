// The window: puts the parts together and gives them their menus.
#pragma once

#include "app/gui/banner.h"
#include "app/gui/identify_panel.h"
#include "app/gui/layer_panel.h"
#include "app/gui/loading.h"
#include "app/gui/map_canvas.h"
#include "app/gui/message_log.h"
#include "app/gui/report_desk.h"
#include "app/gui/status_line.h"
#include "app/gui/time_bar.h"
#include "app/gui/welcome_page.h"
#include "app/gui/worker.h"

#include <QMainWindow>
#include <QStackedWidget>

class QMenu;
class QToolBar;

namespace cordon {

class AccessDesk;
class ChangeMap;
class ChangePanel;
class MapChip;
struct ExportRequest;
struct LayerExport;
struct LayerExportResult;

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    enum class Mode {
        Open, // a new map
        Add,  // on top of the map that is there
    };

    explicit MainWindow(QWidget* parent = nullptr);
    ~MainWindow() override;

    void load(const QStringList& sources, Mode mode); // in the background
    void loadWhenSeen(const QStringList& sources);    // likewise, once the window has been painted
    void openSample();
    void importFiles(const QStringList& paths);   // opens the assistant
    void exportTo(const ExportRequest& request);  // in the background
    void exportLayer(const LayerExport& request); // likewise
    void identifyAt(QPointF devicePosition, const Scene& scene);

    bool saveAsProject(const QString& path); // goes on in it, and with what is asked about access

    bool isLoading() const { return m_tasks.isBusy() || !m_toLoad.isEmpty(); } // or exporting
    void stopTasks();                                                          // Escape; the map stays as it is
    Document& document() { return m_document; }
    MapCanvas& canvas() { return *m_canvas; }
    MessageLog& messages() { return m_log; }
    LayerPanel& layerPanel() { return *m_layers; }
    IdentifyPanel& identifyPanel() { return *m_identify; }
    TimeBar& timeBar() { return *m_time; }
    ChangeMap& changes() { return *m_changes; }
    ChangePanel& changePanel() { return *m_changePanel; }
    void showChangesBetween(TimePoint from, TimePoint to, std::optional<TimePoint> knownBy = std::nullopt);
    ReportDesk& reports() { return *m_reports; }
    AccessDesk& access() { return *m_access; }

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    // main_window.cpp
    void buildPanels();
    void connectParts();
    void followDocument();
    void followUndo();
    void takeOpened();
    void identifyAgain();
    void readSettings();
    void writeSettings();
    void showMessage(const Message& message);
    // main_window_menus.cpp
    void buildMenus();
    void buildFileMenu(QMenu& menu);
    void buildEditMenu(QMenu& menu);
    void buildViewMenu(QMenu& menu);
    void buildHelpMenu(QMenu& menu);
    void buildToolBar();
    // main_window_time.cpp
    void buildTimeBar();
    void connectTime();
    void buildTimeMenu(QMenu& menu);
    void followTime();
    void chooseChanges();
    void showChanges(TimePoint from, TimePoint to);
    void saveChanges();
    QAction* addAction(QMenu& menu, const QString& icon, const QString& text, const QKeySequence& key,
                       std::function<void()> does, const QString& toolTip = {});
    void fillRecentMenu();
    void showShortcuts();
    void showAbout();
    // main_window_reports.cpp
    void buildReports();
    void buildReportMenu(QMenu& menu);
    bool mayReport(); // offers a project file where there is none, and says why where none can be had
    // main_window_access.cpp
    void buildAccess();
    void connectAccess();
    void buildAnalysisMenu(QMenu& menu);
    void followAccess();
    void showAccess();
    QString chooseAccessFile(const QString& title, const QString& ending, const QString& kind);
    void saveAccessTable();
    void saveAccessJson();
    // main_window_files.cpp
    void addLoaded(const LoadOutcome& outcome);
    void chooseFiles(Mode mode);
    void chooseImport();
    void chooseImportFolder();
    void chooseFolder();
    void chooseExport();
    void chooseLayerExport(const std::string& layerId); // "" = the one chosen in the list
    void reportWritten(const LayerExportResult& result, const QString& path);
    void chooseCrs();
    void takeLoaded(const LoadOutcome& outcome, Mode mode);
    TimeFilter datesOf(const LoadOutcome& outcome) const;
    void reportLoaded(const LoadOutcome& outcome);
    std::string usableCrs(const std::string& definition);
    // main_window_project.cpp
    bool mayReplaceMap(); // asks when the map in memory has changes that would be lost
    void openReplacing(const QString& path);
    void openProject(const QString& path);
    void takeProject(ProjectFile file);
    QString chooseProjectPath(const QString& title, const QString& name); // "": cancelled
    void chooseNewProject();
    bool chooseProjectFile(); // false: cancelled or failed
    void chooseCopy();

    Document m_document;
    MessageLog m_log;
    QStackedWidget* m_stack;
    WelcomePage* m_welcome;
    MapCanvas* m_canvas;
    Banner* m_banner;
    LayerPanel* m_layers;
    IdentifyPanel* m_identify;
    TimeBar* m_time;
    QToolBar* m_timeTools = nullptr; // where the time bar lies, below all
    ChangeMap* m_changes = nullptr;
    ChangePanel* m_changePanel = nullptr;
    QDockWidget* m_changeDock = nullptr;
    MapChip *m_knownChip = nullptr, *m_changeChip = nullptr, *m_accessChip = nullptr;
    QVector<QAction*> m_timeActions; // need a map with dates
    StatusLine* m_status;
    ReportDesk* m_reports = nullptr;
    QDockWidget* m_formDock = nullptr;
    AccessDesk* m_access = nullptr;
    QDockWidget* m_accessDock = nullptr;
    QVector<QDockWidget*> m_docks;
    QMenu* m_recentMenu = nullptr;
    QVector<QAction*> m_mapActions; // need a map
    QAction *m_openAction = nullptr, *m_addAction = nullptr, *m_exportAction = nullptr, *m_zoomInAction = nullptr,
            *m_zoomOutAction = nullptr, *m_zoomAllAction = nullptr, *m_undoAction = nullptr, *m_redoAction = nullptr,
            *m_labelsAction = nullptr, *m_graticuleAction = nullptr, *m_saveAction = nullptr, *m_copyAction = nullptr,
            *m_timeBarAction = nullptr, *m_changesAction = nullptr;
    QByteArray m_layout; // of docks, as the user left it
    bool m_showsMap = false;
    std::optional<LonLat> m_identified; // the place the panel speaks of
    QString m_lastFolder;
    QStringList m_toLoad; // once the window has been painted
    Worker m_tasks;       // loading and exporting
    Worker m_identifier;  // the newest click wins
};

} // namespace cordon
