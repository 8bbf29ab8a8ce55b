// The map: shows the last picture moved and scaled to the current view at once, and has a new one drawn meanwhile.
// The view is kept in device pixels (devicePixelRatio and dpi included).
#pragma once

#include "app/gui/document.h"
#include "app/gui/map_sketch.h"
#include "app/gui/render_grace.h"
#include "app/gui/render_worker.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QTimer>
#include <QWidget>
#include <optional>

namespace cordon {

class MapTool;

class MapCanvas : public QWidget {
    Q_OBJECT
public:
    explicit MapCanvas(Document& document, QWidget* parent = nullptr);

    const MapView& view() const { return m_view; }
    const Projection& projection() const { return m_projection; } // of view().crs
    Scene scene() const;
    // Of the newest picture, which is shown moved and scaled to view(); nothing before the first.
    std::optional<MapView> pictureView() const;
    bool isDrawing() const { return m_renderer.isBusy(); }
    double scaleDenominator() const; // true at the centre; 0 where the projection has no answer
    std::optional<LonLat> placeAt(QPointF widgetPosition) const;
    std::optional<QPointF> devicePositionOf(LonLat place) const;

    void zoomTo(const GeoBox& box);       // kept in view when the window is resized, until the view is moved
    void holdView() { m_fitBox.reset(); } // keeps centre and scale when room is made for something beside the map
    void zoomToAll();
    void zoomBy(double factor); // at the centre
    void setScaleDenominator(double denominator);
    void setLabels(bool on);
    void setGraticule(bool on);
    void setShowsAsOf(bool on);                  // the badge with the date
    void markPlace(std::optional<LonLat> place); // a small cross, e.g. where was clicked
    void highlight(MapSketch sketch);            // e.g. the chosen report
    // Takes mouse and keyboard first while it is set; null for none. Not owned.
    void setTool(MapTool* tool);
    MapTool* tool() const;

signals:
    void viewChanged();
    void cursorMoved(std::optional<cordon::LonLat> place);
    void clicked(QPointF devicePosition, const cordon::Scene& scene);
    void menuWanted(cordon::LonLat place, QPoint globalPosition);
    void rendered(double milliseconds);
    void renderFailed(const QString& reason);
    void busyChanged(bool busy);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    enum class Drag { None, Pressed, Pan, Box, Tool };

    void followProject();
    void setCrs(const Crs& crs);
    void fit();                       // m_fitBox into the view
    void moveTo(const MapView& view); // the user moved it
    void contentChanged();
    void dateChanged();
    void requestSoon(); // a picture, without stopping one that is nearly done
    void requestSoon(int graceMs);
    void requestNow();
    void requestAtRest();
    void takePicture(const Picture& picture);
    void zoomToBox(const QRect& box);
    bool moveByKey(int key, Qt::KeyboardModifiers modifiers);
    void paintPicture(QPainter& painter, const Picture& picture) const;
    void followCursor();
    QPointF devicePoint(QPointF widgetPosition) const { return widgetPosition * devicePixelRatioF(); }

    Document& m_document;
    RenderWorker m_renderer;
    MapView m_view;
    Projection m_projection;
    std::string m_projectCrs; // the project's wish m_view.crs was made from
    std::optional<GeoBox> m_fitBox;
    std::shared_ptr<const Project> m_followed; // the project as of the last followProject()
    bool m_labels = true;
    bool m_graticule = false;
    bool m_showsAsOf = true;
    std::optional<LonLat> m_mark;
    MapSketch m_highlight;
    QPointer<MapTool> m_tool;

    std::optional<Picture> m_picture;  // the newest
    std::optional<Picture> m_backdrop; // a wider one, under it while zooming out and panning
    bool m_requestWaits = false;
    RenderGrace m_grace;
    QElapsedTimer m_sinceRequest;
    QTimer m_requestTimer;
    QElapsedTimer m_sinceMove;
    QTimer m_restTimer; // the hands rest, by how fast they moved
    bool m_mayDropAtRest = true;

    Drag m_drag = Drag::None;
    QPoint m_pressed, m_last;
    bool m_spaceHeld = false;
};

} // namespace cordon
