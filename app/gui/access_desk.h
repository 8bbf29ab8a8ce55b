// Puts the access panel together with the map and the document: starts by click, what-ifs from the map's menu, tables
// to files; and remembers what was asked of each map.
#pragma once

#include "app/gui/access_options.h"
#include "app/gui/access_panel.h"
#include "app/gui/map_tool.h"
#include "app/gui/message_log.h"

#include <QObject>

class QMenu;

namespace cordon {

// Every click is a place to start from, until Escape.
class OriginTool : public MapTool {
    Q_OBJECT
public:
    using MapTool::MapTool;
    QString hint() const override {
        return tr("Click places to start from; a click on one takes it away. Esc when done.");
    }
    void click(const Pointer& pointer) override { emit picked(pointer.place); }
    void paint(QPainter&) const override {}

signals:
    void picked(cordon::LonLat at);
};

class AccessDesk : public QObject {
    Q_OBJECT
public:
    AccessDesk(Document& document, MapCanvas& canvas, MessageLog& log, QWidget& window);

    LiveAccess& access() { return *m_access; }
    AccessPanel& panel() { return *m_panel; }
    AccessOptions& options() { return *m_options; }
    void tellAt(LonLat at); // of what was clicked, while the panel is open
    void toggleOrigin(LonLat at);
    void block(LonLat at); // what if the road there were blocked there
    void fillMapMenu(QMenu& menu, LonLat place);
    void pick(bool on);
    void saveTable(const QString& path) const; // one row a place; throws Error

signals:
    void panelWanted();
    void reportWanted(const std::string& id);
    void asOfWanted(cordon::TimePoint asOf);

private:
    void connectPanel();
    void takeOpened();
    void showOptions();
    double nearMeters() const;
    Origin originAt(LonLat at) const;

    Document& m_document;
    MapCanvas& m_canvas;
    MessageLog& m_log;
    PlaceLookupsCache m_lookups;
    LiveAccess* m_access;
    AccessPanel* m_panel;
    AccessOptions* m_options;
    OriginTool* m_tool;
};

} // namespace cordon
