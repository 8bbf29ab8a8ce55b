#include "app/gui/map_tools.h"

#include "app/gui/map_canvas.h"
#include "app/gui/map_pick.h"
#include "app/gui/status_line.h"
#include "core/geo/geodesic.h"

#include <QLocale>
#include <QPainter>

namespace cordon {

namespace {

constexpr double kNearPx = 9;

QString afterwards() {
    return MapTool::tr("Backspace takes back, Enter when done.");
}

} // namespace

// --- point

QString PointTool::hint() const {
    return place().geometry.kind == SmallGeometry::Kind::Point
               ? tr("%1. Click elsewhere to move it, Enter when done.")
                     .arg(placeText(place().geometry.parts.front().points.front(), false))
               : tr("Click the place.");
}

void PointTool::click(const Pointer& pointer) {
    ReportPlace changed = place();
    changed.geometry = pointGeometry(pointer.place);
    changePlace(std::move(changed));
}

// --- regions

QString RegionTool::hint() const {
    const QString under = m_under ? regionTitle(*m_under, lookups()->regions) + ". " : QString();
    if (place().regions.empty())
        return under + tr("Click the regions it is about.");
    return under + tr("Chosen: %1. A click adds a region or takes it away. ").arg(place().regions.size()) +
           afterwards();
}

void RegionTool::click(const Pointer& pointer) {
    const auto code = pickRegion(project(), pointer.place);
    if (!code)
        return;
    ReportPlace changed = place();
    changed.geometry = {};
    if (std::erase(changed.regions, *code) == 0)
        changed.regions.push_back(*code);
    changePlace(std::move(changed));
}

void RegionTool::hover(const Pointer& pointer) {
    auto code = pickRegion(project(), pointer.place);
    if (code == m_under)
        return;
    m_under = std::move(code);
    m_underSketch = m_under ? sketchOf({{}, {}, {*m_under}}, *lookups()) : MapSketch();
    repaint();
    emit hintChanged();
}

void RegionTool::leave() {
    m_under.reset();
    m_underSketch = {};
    repaint();
}

void RegionTool::paint(QPainter& painter) const {
    paintSketch(painter, m_underSketch, true);
    MapTool::paint(painter);
}

// --- roads

RoadTool::RoadTool(bool isStretch, MapCanvas& canvas, PlaceLookupsCache& lookups, QObject* parent)
    : MapTool(canvas, lookups, parent), m_isStretch(isStretch) {}

QString RoadTool::hint() const {
    const QString under = m_under ? describePlace({{}, {*m_under}, {}}, *lookups()) + ". " : QString();
    if (m_begin)
        return under + tr("Click where the stretch ends; Esc gives up.");
    if (m_isStretch)
        return under + tr("Click where the stretch begins. ") + (place().roads.empty() ? QString() : afterwards());
    if (place().roads.empty())
        return under + tr("Click the road.");
    return under + tr("Chosen: %1. A click adds a road or takes it away. ").arg(place().roads.size()) + afterwards();
}

void RoadTool::toggle(const std::string& roadId) {
    ReportPlace changed = place();
    if (changed.geometry.kind == SmallGeometry::Kind::Line)
        changed.geometry = {};
    if (std::erase_if(changed.roads, [&](const RoadReference& road) { return road.roadId == roadId; }) == 0)
        changed.roads.push_back({roadId, 0, 1});
    changePlace(std::move(changed));
}

RoadReference RoadTool::stretchTo(LonLat at) const {
    const double end = fractionAlong(lookups()->roads, m_begin->roadId, at);
    return {m_begin->roadId, std::min(m_begin->fromFraction, end), std::max(m_begin->fromFraction, end)};
}

void RoadTool::click(const Pointer& pointer) {
    if (m_begin) {
        const RoadReference stretch = stretchTo(pointer.place);
        if (stretch.fromFraction == stretch.toFraction)
            return;
        m_begin.reset();
        preview(std::nullopt);
        ReportPlace changed = place();
        if (changed.geometry.kind == SmallGeometry::Kind::Line)
            changed.geometry = {};
        std::erase_if(changed.roads, [&](const RoadReference& road) {
            return road.roadId == stretch.roadId && road.fromFraction <= 0 && road.toFraction >= 1;
        });
        changed.roads.push_back(stretch);
        return changePlace(std::move(changed));
    }
    const auto road = pickRoad(project(), pointer.place, kNearPx * metersPerPixel());
    if (!road)
        return;
    if (!m_isStretch)
        return toggle(*road);
    const double from = fractionAlong(lookups()->roads, *road, pointer.place);
    m_begin = RoadReference{*road, from, from};
    repaint();
    emit hintChanged();
}

void RoadTool::preview(std::optional<RoadReference> road) {
    if (road == m_under)
        return;
    m_under = std::move(road);
    m_underSketch = m_under ? sketchOf({{}, {*m_under}, {}}, *lookups()) : MapSketch();
    repaint();
    emit hintChanged();
}

void RoadTool::hover(const Pointer& pointer) {
    if (m_begin)
        return preview(stretchTo(pointer.place));
    const auto road = pickRoad(project(), pointer.place, kNearPx * metersPerPixel());
    preview(road ? std::optional(RoadReference{*road, 0, 1}) : std::nullopt);
}

void RoadTool::leave() {
    if (!m_begin)
        preview(std::nullopt);
}

bool RoadTool::dropDraft() {
    if (!m_begin)
        return false;
    m_begin.reset();
    preview(std::nullopt);
    emit hintChanged();
    return true;
}

void RoadTool::paint(QPainter& painter) const {
    paintSketch(painter, m_underSketch, true);
    MapTool::paint(painter);
    if (!m_begin)
        return;
    MapSketch begin;
    if (const auto at = lookups()->roads.measured(m_begin->roadId).pointAt(m_begin->fromFraction))
        begin.addPoint(*at);
    paintSketch(painter, begin, false);
}

// --- lines and areas

ShapeTool::ShapeTool(bool isArea, MapCanvas& canvas, PlaceLookupsCache& lookups, QObject* parent)
    : MapTool(canvas, lookups, parent), m_isArea(isArea) {}

QString ShapeTool::hint() const {
    if (m_dragShape || m_draft.empty()) {
        const SmallGeometry& shape = m_dragShape ? *m_dragShape : place().geometry;
        if (shape.kind == SmallGeometry::Kind::None || shape.kind == SmallGeometry::Kind::Point)
            return m_isArea ? tr("Click the corners of the area; those of other areas attract, not with Ctrl.")
                            : tr("Click along the line.");
        return describePlace({shape, {}, {}}, *lookups()) +
               tr(". Drag a corner to move it, click to draw another part. ") + afterwards();
    }
    std::vector<LonLat> shape = m_draft;
    if (m_next)
        shape.push_back(*m_next);
    const QString size = m_isArea ? tr("%1 km²").arg(QLocale().toString(ringAreaSquareMeters(shape) / 1e6, 'f', 0))
                                  : kilometerText(lengthMeters(shape));
    return tr("%1, corners: %2. Double click or Enter ends it, Backspace takes back a corner, Esc gives up.")
        .arg(size)
        .arg(m_draft.size());
}

LonLat ShapeTool::snapped(const Pointer& pointer) const {
    if (!m_isArea || (pointer.modifiers & Qt::ControlModifier))
        return pointer.place;
    return snapPlace(project(), m_canvas.scene().time, pointer.place, kNearPx * metersPerPixel())
        .value_or(pointer.place);
}

void ShapeTool::changeDraft() {
    repaint();
    emit hintChanged();
}

void ShapeTool::click(const Pointer& pointer) {
    if (m_isArea && m_draft.size() >= 3)
        if (const auto first = m_canvas.devicePositionOf(m_draft.front());
            first && (*first / m_canvas.devicePixelRatioF() - pointer.at).manhattanLength() < kNearPx) {
            finishDraft();
            return;
        }
    m_draft.push_back(snapped(pointer));
    m_next.reset();
    changeDraft();
}

// Its first click has set a corner already.
void ShapeTool::doubleClick(const Pointer&) {
    finishDraft();
}

void ShapeTool::hover(const Pointer& pointer) {
    if (m_draft.empty())
        return;
    m_next = snapped(pointer);
    changeDraft();
}

void ShapeTool::leave() {
    m_next.reset();
    changeDraft();
}

bool ShapeTool::undoDraft() {
    if (m_draft.empty())
        return false;
    m_draft.pop_back();
    m_next.reset();
    changeDraft();
    return true;
}

bool ShapeTool::dropDraft() {
    if (m_draft.empty())
        return false;
    m_draft.clear();
    m_next.reset();
    changeDraft();
    return true;
}

// Too few corners: nothing happens, the hint says what is missing.
bool ShapeTool::finishDraft() {
    if (m_draft.empty())
        return false;
    m_next.reset();
    if (m_draft.size() < (m_isArea ? 3U : 2U))
        return true;
    ReportPlace changed = place();
    const auto kind = m_isArea ? SmallGeometry::Kind::Polygon : SmallGeometry::Kind::Line;
    if (changed.geometry.kind != kind)
        changed.geometry = {kind, {}};
    if (m_isArea)
        m_draft.push_back(m_draft.front());
    changed.geometry.parts.push_back({std::move(m_draft), false});
    changed.regions.clear();
    if (!m_isArea)
        changed.roads.clear();
    m_draft.clear();
    changePlace(std::move(changed));
    return true;
}

std::optional<ShapeTool::Corner> ShapeTool::cornerAt(QPointF at) const {
    const SmallGeometry& shape = place().geometry;
    if (shape.kind != (m_isArea ? SmallGeometry::Kind::Polygon : SmallGeometry::Kind::Line))
        return std::nullopt;
    for (std::size_t i = 0; i < shape.parts.size(); ++i)
        for (std::size_t k = 0; k < shape.parts[i].points.size(); ++k)
            if (const auto corner = m_canvas.devicePositionOf(shape.parts[i].points[k]);
                corner && (*corner / m_canvas.devicePixelRatioF() - at).manhattanLength() < kNearPx)
                return Corner{i, k};
    return std::nullopt;
}

bool ShapeTool::grab(const Pointer& pointer) {
    if (!m_draft.empty())
        return false;
    m_dragged = cornerAt(pointer.at);
    return m_dragged.has_value();
}

void ShapeTool::drag(const Pointer& pointer) {
    m_dragShape = place().geometry;
    auto& points = m_dragShape->parts[m_dragged->part].points;
    const LonLat to = snapped(pointer);
    points[m_dragged->point] = to;
    if (m_isArea && (m_dragged->point == 0 || m_dragged->point + 1 == points.size()))
        points.front() = points.back() = to;
    changeDraft();
}

void ShapeTool::release(const Pointer&) {
    if (m_dragShape) {
        ReportPlace changed = place();
        changed.geometry = std::move(*m_dragShape);
        m_dragShape.reset();
        changePlace(std::move(changed));
    }
    m_dragged.reset();
}

void ShapeTool::paint(QPainter& painter) const {
    const SmallGeometry& shape = m_dragShape ? *m_dragShape : place().geometry;
    if (m_dragShape)
        paintSketch(painter, sketchOf({shape, {}, {}}, *lookups()), false);
    else
        MapTool::paint(painter);
    MapSketch sketch;
    std::vector<LonLat> draft = m_draft;
    if (m_next)
        draft.push_back(*m_next);
    if (draft.size() > 2 && m_isArea)
        draft.push_back(draft.front());
    if (m_isArea && draft.size() > 3)
        sketch.addRing(draft);
    else if (draft.size() > 1)
        sketch.addLine(draft);
    paintSketch(painter, sketch, m_next.has_value());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(QColor(0x22, 0x26, 0x2A), 1.2));
    painter.setBrush(Qt::white);
    const auto paintCorner = [&](LonLat place) {
        if (const auto at = m_canvas.devicePositionOf(place))
            painter.drawRect(QRectF(*at / m_canvas.devicePixelRatioF() - QPointF(3.5, 3.5), QSizeF(7, 7)));
    };
    for (const LonLat corner : m_draft)
        paintCorner(corner);
    if (shape.kind == (m_isArea ? SmallGeometry::Kind::Polygon : SmallGeometry::Kind::Line))
        for (const SmallGeometry::Part& part : shape.parts)
            for (const LonLat corner : part.points)
                paintCorner(corner);
}

} // namespace cordon
