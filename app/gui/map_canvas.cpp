#include "app/gui/map_canvas.h"

#include "app/gui/canvas_overlay.h"
#include "app/gui/map_tool.h"
#include "app/gui/view_motion.h"

#include <QApplication>
#include <QKeyEvent>
#include <QPaintEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <utility>

namespace cordon {

namespace {

constexpr int kDateGraceMs = 500; // longer, so that the map follows a date that is being dragged
constexpr int kShortestRestMs = 20, kLongestRestMs = 120;

bool sameContent(const Scene& a, const Scene& b) {
    return a.project == b.project && a.time == b.time && a.labels == b.labels && a.graticule == b.graticule;
}

bool haveCommonData(const Project& a, const Project& b) {
    if (!a.situation->isEmpty() && a.situation == b.situation)
        return true;
    return std::ranges::any_of(a.layers, [&](const auto& layer) {
        return layer->table &&
               std::ranges::any_of(b.layers, [&](const auto& other) { return other->table == layer->table; });
    });
}

bool covers(const MapBox& outer, const MapBox& inner) {
    return outer.contains(inner.minX, inner.minY) && outer.contains(inner.maxX, inner.maxY);
}

} // namespace

MapCanvas::MapCanvas(Document& document, QWidget* parent)
    : QWidget(parent), m_document(document), m_renderer(document.prepared()), m_projection(m_view.crs) {
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMinimumSize(160, 120);
    setAccessibleName(tr("Map"));
    setAccessibleDescription(
        tr("Arrow keys move the map, plus and minus zoom, Home shows all, Enter identifies what is "
           "in the middle."));
    m_requestTimer.setSingleShot(true);
    connect(&m_requestTimer, &QTimer::timeout, this, [this] {
        m_grace.stopped();
        requestNow();
    });
    m_restTimer.setSingleShot(true);
    connect(&m_restTimer, &QTimer::timeout, this, [this] {
        if (std::exchange(m_mayDropAtRest, false))
            requestAtRest();
    });
    connect(&m_document, &Document::projectChanged, this, &MapCanvas::followProject);
    connect(&m_document, &Document::timeChanged, this, &MapCanvas::dateChanged);
    connect(&m_document, &Document::shownChanged, this, &MapCanvas::dateChanged);
    connect(&m_renderer, &RenderWorker::rendered, this, &MapCanvas::takePicture);
    connect(&m_renderer, &RenderWorker::failed, this, &MapCanvas::renderFailed);
    connect(&m_renderer, &RenderWorker::busyChanged, this, &MapCanvas::busyChanged);
}

Scene MapCanvas::scene() const {
    return {m_document.shownProject(), m_view, m_document.time(), m_labels, m_graticule};
}

std::optional<MapView> MapCanvas::pictureView() const {
    return m_picture ? std::optional(m_picture->scene.view) : std::nullopt;
}

double MapCanvas::scaleDenominator() const {
    return metersPerPx(m_view, m_projection) / (0.0254 / m_view.dpi);
}

std::optional<LonLat> MapCanvas::placeAt(QPointF widgetPosition) const {
    const QPointF p = devicePoint(widgetPosition);
    return m_projection.inverse(m_view.mapPoint(p.x(), p.y()));
}

std::optional<QPointF> MapCanvas::devicePositionOf(LonLat place) const {
    const auto at = m_projection.forward(place);
    return at ? std::optional(QPointF(m_view.pageX(at->x), m_view.pageY(at->y))) : std::nullopt;
}

// A changed CRS keeps the place and the scale; a map that has nothing to do with the one before is shown whole.
void MapCanvas::followProject() {
    const std::shared_ptr<const Project> before = std::exchange(m_followed, m_document.project());
    const Project& project = *m_followed;
    const bool isNewMap = !project.layers.empty() && (!before || !haveCommonData(*before, project));
    if (isNewMap || project.map.crs != m_projectCrs) {
        m_projectCrs = project.map.crs;
        const GeoBox all = extentOf(project);
        setCrs(!m_projectCrs.empty() ? Crs::fromText(m_projectCrs) : all.isEmpty() ? Crs() : suitableCrs(all));
    }
    if (isNewMap)
        zoomToAll();
    contentChanged();
}

void MapCanvas::setCrs(const Crs& crs) {
    if (crs == m_view.crs)
        return;
    const auto center = m_projection.inverse(m_view.center);
    const double scale = scaleDenominator();
    m_projection = Projection(crs);
    m_view.crs = crs;
    m_picture.reset();
    m_backdrop.reset();
    if (m_fitBox)
        fit();
    else if (center && scale > 0)
        m_view = viewAt(*center, scale, crs, m_view.widthPx, m_view.heightPx, m_view.dpi);
    emit viewChanged();
}

void MapCanvas::fit() {
    if (m_fitBox)
        m_view = viewOf(*m_fitBox, m_view.crs, m_view.widthPx, m_view.heightPx, m_view.dpi);
}

void MapCanvas::zoomTo(const GeoBox& box) {
    if (box.isEmpty())
        return;
    m_fitBox = box;
    if (box.width() <= 0 && box.height() <= 0) // one point: a town and what is round it
        m_fitBox = GeoBox{box.grown(0.05)};
    fit();
    emit viewChanged();
    requestSoon();
    update();
}

void MapCanvas::zoomToAll() {
    const Project& project = *m_document.project();
    zoomTo(project.map.extent ? *project.map.extent : extentOf(project));
}

void MapCanvas::zoomBy(double factor) {
    moveTo(zoomedAt(m_view, m_view.widthPx / 2.0, m_view.heightPx / 2.0, factor));
}

void MapCanvas::setScaleDenominator(double denominator) {
    const double now = scaleDenominator();
    if (now > 0 && denominator > 0)
        zoomBy(now / denominator);
}

void MapCanvas::setLabels(bool on) {
    m_labels = on;
    contentChanged();
}

void MapCanvas::setGraticule(bool on) {
    m_graticule = on;
    contentChanged();
}

void MapCanvas::setShowsAsOf(bool on) {
    m_showsAsOf = on;
    update();
}

void MapCanvas::markPlace(std::optional<LonLat> place) {
    m_mark = place;
    update();
}

void MapCanvas::highlight(MapSketch sketch) {
    m_highlight = std::move(sketch);
    update();
}

MapTool* MapCanvas::tool() const {
    return m_tool;
}

void MapCanvas::setTool(MapTool* tool) {
    if (m_tool)
        m_tool->disconnect(this);
    m_tool = tool;
    if (m_tool)
        connect(m_tool, &MapTool::hintChanged, this, qOverload<>(&QWidget::update));
    m_drag = Drag::None;
    followCursor();
    update();
}

void MapCanvas::moveTo(const MapView& view) {
    m_fitBox.reset();
    m_view = view;
    emit viewChanged();
    requestSoon();
    const qint64 stepMs = m_sinceMove.isValid() ? m_sinceMove.elapsed() : kLongestRestMs;
    m_restTimer.start(static_cast<int>(std::clamp<qint64>(2 * stepMs, kShortestRestMs, kLongestRestMs)));
    m_sinceMove.start();
    update();
}

void MapCanvas::contentChanged() {
    m_backdrop.reset();
    requestNow();
    update();
}

// The picture of the date before stays until the new one is there.
void MapCanvas::dateChanged() {
    m_backdrop.reset();
    requestSoon(std::max(kDateGraceMs, m_grace.ms()));
    update();
}

void MapCanvas::requestSoon() {
    requestSoon(m_grace.ms());
}

void MapCanvas::requestSoon(int graceMs) {
    if (!m_renderer.isBusy())
        return requestNow();
    m_requestWaits = true;
    if (!m_requestTimer.isActive())
        m_requestTimer.start(std::max<int>(0, graceMs - static_cast<int>(m_sinceRequest.elapsed())));
}

// The next step of the hands did not come when it was due, so that what is drawn of a view on their way is not worth
// waiting for. Once a picture: in hands that move by fits and starts, none would ever come.
void MapCanvas::requestAtRest() {
    if (m_requestWaits)
        requestNow();
}

void MapCanvas::requestNow() {
    m_requestWaits = false;
    m_requestTimer.stop();
    if (m_document.isEmpty()) {
        m_renderer.stop();
        m_picture.reset();
        return;
    }
    if (!isVisible())
        return;
    m_sinceRequest.start();
    m_renderer.request(scene());
}

// An early picture has its place only where there is none of this map yet.
void MapCanvas::takePicture(const Picture& picture) {
    if (!picture.isWhole && m_picture && m_picture->isWhole &&
        haveCommonData(*m_picture->scene.project, *m_document.project()))
        return;
    if (m_picture && sameContent(m_picture->scene, picture.scene) &&
        m_picture->scene.view.crs == picture.scene.view.crs) {
        const MapBox box = picture.scene.view.box();
        const MapBox old = m_picture->scene.view.box();
        const bool isWiderThanBackdrop = !m_backdrop || covers(old, m_backdrop->scene.view.box());
        if (!covers(box, old) && isWiderThanBackdrop)
            m_backdrop = std::move(m_picture);
    }
    m_picture = picture;
    update();
    if (picture.isWhole) {
        m_mayDropAtRest = true;
        m_grace.came(picture.renderMs);
        emit rendered(picture.renderMs);
    }
    if (m_requestWaits)
        requestNow();
}

bool MapCanvas::event(QEvent* event) {
    if (event->type() == QEvent::NativeGesture) {
        const auto* gesture = static_cast<QNativeGestureEvent*>(event);
        if (gesture->gestureType() == Qt::ZoomNativeGesture) {
            const QPointF p = devicePoint(gesture->position());
            moveTo(zoomedAt(m_view, p.x(), p.y(), 1 + gesture->value()));
            return true;
        }
    }
    // The window's Undo would take the key before a tool could.
    if (event->type() == QEvent::ShortcutOverride && m_tool &&
        static_cast<QKeyEvent*>(event)->matches(QKeySequence::Undo))
        event->accept();
    if (event->type() == QEvent::Show)
        QTimer::singleShot(0, this, &MapCanvas::requestNow);
    return QWidget::event(event);
}

void MapCanvas::paintPicture(QPainter& painter, const Picture& picture) const {
    if (!(picture.scene.view.crs == m_view.crs))
        return;
    const QRectF place = placeOf(picture.scene.view, m_view);
    const QRectF visible = place & QRectF(0, 0, m_view.widthPx, m_view.heightPx);
    if (visible.isEmpty())
        return;
    const double scale = picture.scene.view.widthPx / place.width();
    const QRectF source((visible.x() - place.x()) * scale, (visible.y() - place.y()) * scale, visible.width() * scale,
                        visible.height() * scale);
    painter.drawImage(visible, picture.image, source);
}

void MapCanvas::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.save();
    painter.scale(1 / devicePixelRatioF(), 1 / devicePixelRatioF());
    painter.fillRect(QRect(0, 0, m_view.widthPx + 1, m_view.heightPx + 1), QColor(0xED, 0xEB, 0xE5));
    if (m_backdrop)
        paintPicture(painter, *m_backdrop);
    if (m_picture)
        paintPicture(painter, *m_picture);
    painter.restore();
    if (m_document.isEmpty())
        return;
    if (!m_picture && m_renderer.isBusy())
        painter.drawText(rect(), Qt::AlignCenter, tr("Drawing the map..."));
    m_highlight.paint(painter, m_view, m_projection, devicePixelRatioF(), QColor(0xC2, 0x18, 0x6B, 120));
    if (m_tool)
        m_tool->paint(painter);
    CanvasOverlay overlay;
    if (m_tool)
        overlay.hint = m_tool->hint();
    overlay.metersPerPoint = metersPerPx(m_view, m_projection) * devicePixelRatioF();
    if (m_showsAsOf && m_document.hasSituation())
        overlay.asOf = m_picture ? m_picture->scene.time.asOf : m_document.time().asOf;
    if (m_mark)
        if (const auto at = devicePositionOf(*m_mark))
            overlay.mark = *at / devicePixelRatioF();
    if (m_drag == Drag::Box)
        overlay.box = QRect(m_pressed, m_last).normalized();
    if (hasFocus() && window()->isActiveWindow())
        overlay.focusColor = palette().color(QPalette::Highlight);
    paintOverlay(painter, rect(), overlay);
}

void MapCanvas::resizeEvent(QResizeEvent*) {
    const double ratio = devicePixelRatioF();
    const int width = std::max(1, static_cast<int>(std::lround(this->width() * ratio)));
    const int height = std::max(1, static_cast<int>(std::lround(this->height() * ratio)));
    m_view = resized(m_view, width, height, 96 * ratio);
    fit();
    emit viewChanged();
    requestSoon();
}

} // namespace cordon
