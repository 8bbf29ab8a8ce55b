// Puts list, form, work list and histories of reports together with the map and the document: who wants what done here
// asks the desk, and every edit goes through the document.
#pragma once

#include "app/gui/history_dialog.h"
#include "app/gui/message_log.h"
#include "app/gui/record_form.h"
#include "app/gui/report_panel.h"
#include "app/gui/work_list_panel.h"
#include "core/render/identify.h"

#include <QObject>

class QMenu;

namespace cordon {

class ReportDesk : public QObject {
    Q_OBJECT
public:
    ReportDesk(Document& document, MapCanvas& canvas, MessageLog& log, QWidget& window);

    ReportPanel& panel() { return *m_panel; }
    RecordForm& form() { return *m_form; }
    WorkListPanel& workList() { return *m_work; }
    HistoryDialog& history() { return *m_history; }
    bool mayClose() { return m_form->mayClose(); } // asks when a report in the form would be lost

    void add(RecordKind kind, const ReportPlace& place = {});
    void correct(const std::string& id);
    void confirm(const ReportIds& ids);
    void withdraw(const ReportIds& ids); // asks how
    void putBackAsPoint(const std::string& id);
    void editLists(); // actors, sources, shelf lives
    void showReport(const std::string& id);
    void showHistory(const std::string& id);
    void showRoadHistory(const std::string& roadId);
    void showRegionHistory(const std::string& code);
    // What can be done at a place of the map, with what was found there.
    void fillMapMenu(QMenu& menu, LonLat place);
    void fillFindMenu(QMenu& menu, const Identified& find);

signals:
    void panelWanted();
    void formWanted(bool open);
    void projectWanted(); // the map is to become a project file

private:
    void connectPanel();
    void connectWorkList();
    void listPlaces();
    void goTo(const WorkItem& item);
    void highlight(const std::vector<Record>& records);
    void zoomTo(const Record& record);
    void addRoadActions(QMenu& menu, const std::string& roadId);
    void addRegionActions(QMenu& menu, const std::string& code);
    // Offered where a report given as a point was put on a road.
    void addPutBackAction(QMenu& menu, const std::string& id);
    std::optional<Record> liveRecord(const std::string& id) const;

    Document& m_document;
    MapCanvas& m_canvas;
    MessageLog& m_log;
    QWidget& m_window;
    PlaceLookupsCache m_lookups;
    Worker m_lister; // ends before the lookups go
    ReportPanel* m_panel;
    RecordForm* m_form;
    WorkListPanel* m_work;
    HistoryDialog* m_history;
};

} // namespace cordon
