#include "app/gui/map_tool.h"

#include "app/gui/map_canvas.h"

#include <utility>

namespace cordon {

namespace {

constexpr QColor kChosen(0x0B, 0x6F, 0xC2), kPreview(0x5A, 0xA3, 0xE0);

} // namespace

MapTool::MapTool(MapCanvas& canvas, PlaceLookupsCache& lookups, QObject* parent)
    : QObject(parent), m_canvas(canvas), m_lookups(lookups) {}

void MapTool::setPlace(const ReportPlace& place) {
    m_before.clear();
    dropDraft();
    m_place = place;
    m_sketch.reset();
    repaint();
    emit hintChanged();
}

void MapTool::changePlace(ReportPlace place) {
    if (place == m_place)
        return;
    m_before.push_back(std::exchange(m_place, std::move(place)));
    m_sketch.reset();
    repaint();
    emit placeChanged();
    emit hintChanged();
}

void MapTool::undo() {
    if (undoDraft() || m_before.empty())
        return;
    m_place = std::move(m_before.back());
    m_before.pop_back();
    m_sketch.reset();
    repaint();
    emit placeChanged();
    emit hintChanged();
}

bool MapTool::key(const QKeyEvent& event) {
    if (event.matches(QKeySequence::Undo)) {
        undo();
        return true;
    }
    switch (event.key()) {
    case Qt::Key_Backspace:
        undo();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!finishDraft())
            emit finished();
        return true;
    case Qt::Key_Escape:
        if (!dropDraft())
            emit cancelled();
        return true;
    default:
        return false;
    }
}

const Project& MapTool::project() const {
    return *m_canvas.scene().project;
}

double MapTool::metersPerPixel() const {
    return m_canvas.scaleDenominator() * 0.0254 / 96;
}

void MapTool::repaint() const {
    m_canvas.update();
}

void MapTool::paintSketch(QPainter& painter, const MapSketch& sketch, bool isPreview) const {
    sketch.paint(painter, m_canvas.view(), m_canvas.projection(), m_canvas.devicePixelRatioF(),
                 isPreview ? kPreview : kChosen);
}

void MapTool::paint(QPainter& painter) const {
    if (!m_sketch)
        m_sketch = sketchOf(m_place, *lookups());
    paintSketch(painter, *m_sketch, false);
}

} // namespace cordon
