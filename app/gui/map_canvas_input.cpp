// How the canvas answers to wheel, mouse and keyboard.
#include "app/gui/map_canvas.h"
#include "app/gui/map_tool.h"
#include "app/gui/view_motion.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>
#include <cmath>

namespace cordon {

void MapCanvas::wheelEvent(QWheelEvent* event) {
    const double notches = event->angleDelta().y() / 120.0;
    if (notches == 0)
        return;
    const double factor = std::pow(event->modifiers() & Qt::ControlModifier ? 1.1 : kZoomStep, notches);
    const QPointF p = devicePoint(event->position());
    moveTo(zoomedAt(m_view, p.x(), p.y(), factor));
    event->accept();
}

void MapCanvas::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton)
        return;
    m_pressed = m_last = event->pos();
    const auto place = m_tool && event->button() == Qt::LeftButton ? placeAt(event->position()) : std::nullopt;
    if (place && m_tool->grab({event->position(), *place, event->modifiers()})) {
        m_drag = Drag::Tool;
        return;
    }
    const bool isBox = event->button() == Qt::LeftButton && (event->modifiers() & Qt::ShiftModifier);
    m_drag = isBox ? Drag::Box : Drag::Pressed;
    if (isBox)
        setCursor(Qt::CrossCursor);
}

void MapCanvas::mouseMoveEvent(QMouseEvent* event) {
    const QPoint step = event->pos() - m_last;
    if (m_drag == Drag::Pressed && (event->pos() - m_pressed).manhattanLength() >= QApplication::startDragDistance()) {
        m_drag = Drag::Pan;
        setCursor(Qt::ClosedHandCursor);
    }
    if (m_drag == Drag::Pan || (m_spaceHeld && m_drag == Drag::None))
        moveTo(panned(m_view, step.x() * devicePixelRatioF(), step.y() * devicePixelRatioF()));
    if (m_drag != Drag::Pressed) // a pan starts where the button went down
        m_last = event->pos();
    if (m_drag == Drag::Box)
        update();
    const auto place = placeAt(event->position());
    if (m_tool && place && m_drag == Drag::Tool)
        m_tool->drag({event->position(), *place, event->modifiers()});
    else if (m_tool && place && m_drag == Drag::None)
        m_tool->hover({event->position(), *place, event->modifiers()});
    emit cursorMoved(place);
}

void MapCanvas::mouseReleaseEvent(QMouseEvent* event) {
    const Drag drag = m_drag;
    m_drag = Drag::None;
    followCursor();
    if (drag == Drag::Pan)
        requestAtRest();
    const bool hasTool = m_tool;
    const auto place = hasTool ? placeAt(event->position()) : std::nullopt;
    if (place && drag == Drag::Tool)
        m_tool->release({event->position(), *place, event->modifiers()});
    if (place && drag == Drag::Pressed && event->button() == Qt::LeftButton)
        m_tool->click({event->position(), *place, event->modifiers()});
    if (drag == Drag::Box)
        zoomToBox(QRect(m_pressed, event->pos()).normalized());
    if (!hasTool && drag == Drag::Pressed && event->button() == Qt::LeftButton)
        emit clicked(devicePoint(event->position()), scene());
    m_last = event->pos();
}

void MapCanvas::mouseDoubleClickEvent(QMouseEvent* event) {
    const auto place = m_tool && event->button() == Qt::LeftButton ? placeAt(event->position()) : std::nullopt;
    if (place)
        return m_tool->doubleClick({event->position(), *place, event->modifiers()});
    const QPointF p = devicePoint(event->position());
    const bool isOut = event->modifiers() & Qt::ShiftModifier; // the right button opens the menu
    moveTo(zoomedAt(m_view, p.x(), p.y(), isOut ? 0.5 : 2));
}

void MapCanvas::leaveEvent(QEvent*) {
    if (m_tool)
        m_tool->leave();
    emit cursorMoved(std::nullopt);
}

void MapCanvas::zoomToBox(const QRect& box) {
    if (box.width() < 4 || box.height() < 4)
        return update();
    const double ratio = devicePixelRatioF();
    const QPointF center = QRectF(box).center() * ratio;
    const double factor = std::min(m_view.widthPx / (box.width() * ratio), m_view.heightPx / (box.height() * ratio));
    const MapPoint middle = m_view.mapPoint(center.x(), center.y());
    MapView view = zoomedAt(m_view, m_view.widthPx / 2.0, m_view.heightPx / 2.0, factor);
    view.center = middle;
    moveTo(view);
}

bool MapCanvas::moveByKey(int key, Qt::KeyboardModifiers modifiers) {
    // Whole pixels: then what stays in view need not be drawn again.
    const double share = modifiers & Qt::ShiftModifier ? 0.5 : 0.1;
    const double dx = std::round(m_view.widthPx * share), dy = std::round(m_view.heightPx * share);
    const double page = std::round(0.9 * m_view.heightPx);
    switch (key) {
    case Qt::Key_Left:
        moveTo(panned(m_view, dx, 0));
        return true;
    case Qt::Key_Right:
        moveTo(panned(m_view, -dx, 0));
        return true;
    case Qt::Key_Up:
        moveTo(panned(m_view, 0, dy));
        return true;
    case Qt::Key_Down:
        moveTo(panned(m_view, 0, -dy));
        return true;
    case Qt::Key_PageUp:
        moveTo(panned(m_view, 0, page));
        return true;
    case Qt::Key_PageDown:
        moveTo(panned(m_view, 0, -page));
        return true;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoomBy(kZoomStep);
        return true;
    case Qt::Key_Minus:
        zoomBy(1 / kZoomStep);
        return true;
    case Qt::Key_Home:
        zoomToAll();
        return true;
    default:
        return false;
    }
}

void MapCanvas::keyPressEvent(QKeyEvent* event) {
    if (m_tool && m_tool->key(*event))
        return event->accept();
    if (moveByKey(event->key(), event->modifiers()))
        return event->accept();
    switch (event->key()) {
    case Qt::Key_Space: // held: the map follows the mouse without a button
        if (!event->isAutoRepeat()) {
            m_spaceHeld = true;
            m_last = mapFromGlobal(QCursor::pos());
            setCursor(Qt::ClosedHandCursor);
        }
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        emit clicked(QPointF(m_view.widthPx / 2.0, m_view.heightPx / 2.0), scene());
        return;
    case Qt::Key_Escape:
        m_drag = Drag::None;
        followCursor();
        markPlace(std::nullopt);
        return event->ignore(); // the window may have something to leave, too
    default:
        QWidget::keyPressEvent(event);
    }
}

void MapCanvas::keyReleaseEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        m_spaceHeld = false;
        followCursor();
        return;
    }
    QWidget::keyReleaseEvent(event);
}

void MapCanvas::contextMenuEvent(QContextMenuEvent* event) {
    if (const auto place = placeAt(event->pos()))
        emit menuWanted(*place, event->globalPos());
}

void MapCanvas::followCursor() {
    if (m_tool)
        setCursor(Qt::CrossCursor);
    else
        unsetCursor();
}

} // namespace cordon
