// Puts the access panel together with the map and the document: starts by click, what-ifs from the map's menu, tables
// to files; and remembers what was asked of each map.
#pragma once

#include "app/gui/access_critical.h"
#include "app/gui/access_options.h"
#include "app/gui/access_panel.h"
#include "app/gui/map_tool.h"
#include "app/gui/message_log.h"

#include <QObject>

class QMenu;

namespace cordon {

// Every click is a place, to start from or where a corridor ends, until Escape.
class PlacePickTool : public MapTool {
    Q_OBJECT
public:
    PlacePickTool(const QString& hint, MapCanvas& canvas, PlaceLookupsCache& lookups, QObject* parent)
        : MapTool(canvas, lookups, parent), m_hint(hint) {}
    QString hint() const override { return m_hint; }
    void click(const Pointer& pointer) override { emit picked(pointer.place); }
    void paint(QPainter&) const override {}

signals:
    void picked(cordon::LonLat at);

private:
    QString m_hint;
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
    void pickCorridor(bool on);
    void takeCorridorEnd(LonLat at);
    void saveTable(const QString& path) const; // one row a place; throws Error
    void saveJson(const QString& path) const;  // all of the answer
    AccessCritical& critical() { return *m_critical; }

signals:
    void panelWanted();
    void reportWanted(const std::string& id);
    void asOfWanted(cordon::TimePoint asOf);

private:
    void connectPanel();
    void takeOpened();
    void showOptions();
    double nearMeters() const;
    void setTool(PlacePickTool& tool, bool on);
    const AccessFinding& answered(const QString& what) const;
    Origin originAt(LonLat at) const;

    Document& m_document;
    MapCanvas& m_canvas;
    MessageLog& m_log;
    PlaceLookupsCache m_lookups;
    LiveAccess* m_access;
    AccessPanel* m_panel;
    AccessOptions* m_options;
    AccessCritical* m_critical;
    PlacePickTool *m_tool, *m_corridorTool;
};

} // namespace cordon
