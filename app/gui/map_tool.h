// A tool that takes mouse and keyboard of the map before the map itself does, and edits the place of a report. The map
// stays movable: what a tool does not grab pans and zooms as ever.
#pragma once

#include "app/gui/report_place.h"

#include <QKeyEvent>
#include <QObject>
#include <QPointF>
#include <QString>
#include <vector>

class QPainter;

namespace cordon {

class MapCanvas;

class MapTool : public QObject {
    Q_OBJECT
public:
    struct Pointer {
        QPointF at; // widget position
        LonLat place;
        Qt::KeyboardModifiers modifiers;
    };

    MapTool(MapCanvas& canvas, PlaceLookupsCache& lookups, QObject* parent = nullptr);

    const ReportPlace& place() const { return m_place; }
    void setPlace(const ReportPlace& place); // from outside, with nothing to undo and nothing half drawn
    virtual QString hint() const = 0;        // what to do next, one line

    virtual void click(const Pointer& pointer) = 0;
    virtual void doubleClick(const Pointer& pointer) { click(pointer); }
    virtual void hover(const Pointer&) {}
    virtual void leave() {}
    // A press the tool wants to drag from; until release() the map is not panned.
    virtual bool grab(const Pointer&) { return false; }
    virtual void drag(const Pointer&) {}
    virtual void release(const Pointer&) {}
    // Backspace and Ctrl+Z take back a step, Enter is done, Escape gives up. True when the key was taken.
    bool key(const QKeyEvent& event);
    virtual void paint(QPainter& painter) const;

signals:
    void placeChanged();
    void hintChanged();
    void finished();  // Enter: nothing more to draw
    void cancelled(); // Escape with nothing half drawn

protected:
    // Takes back one step of what is half drawn; false: nothing is.
    virtual bool undoDraft() { return false; }
    virtual bool dropDraft() { return false; }
    virtual bool finishDraft() { return false; }

    void changePlace(ReportPlace place); // one step that can be taken back
    const Project& project() const;
    std::shared_ptr<const PlaceLookups> lookups() const { return m_lookups.of(project()); }
    double metersPerPixel() const; // of the screen's logical ones
    void repaint() const;
    void paintSketch(QPainter& painter, const MapSketch& sketch, bool isPreview) const;
    MapCanvas& m_canvas;

private:
    void undo();
    PlaceLookupsCache& m_lookups;
    ReportPlace m_place;
    std::vector<ReportPlace> m_before; // the latest last
    mutable std::optional<MapSketch> m_sketch;
};

} // namespace cordon
