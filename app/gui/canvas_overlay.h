// What lies over the map on the screen only: scale bar, as-of badge, mark and rubber band.
#pragma once

#include "core/model/time.h"

#include <QColor>
#include <QPointF>
#include <QRect>
#include <QString>
#include <optional>

class QPainter;

namespace cordon {

struct CanvasOverlay {
    double metersPerPoint = 0; // ground metres a logical pixel; 0 = no scale bar
    std::optional<TimePoint> asOf;
    std::optional<QPointF> mark;
    std::optional<QRect> box;
    QString hint;                     // what to do next; "" for none
    std::optional<QColor> focusColor; // a frame when the map has the keyboard
};

void paintOverlay(QPainter& painter, const QRect& area, const CanvasOverlay& overlay);

// The largest 1, 2 or 5 times a power of ten that is not above `meters`.
double roundLengthMeters(double meters);

} // namespace cordon
