#include "app/gui/map_sketch.h"

#include <QPainter>
#include <QPainterPath>
#include <cmath>

namespace cordon {

GeoBox MapSketch::box() const {
    GeoBox box;
    for (const Part& part : m_parts)
        for (const LonLat p : part.places)
            box.include(p);
    return box;
}

void MapSketch::paint(QPainter& painter, const MapView& view, const Projection& projection, double ratio,
                      QColor color) const {
    if (!m_crs || !(*m_crs == view.crs)) {
        for (const Part& part : m_parts) {
            part.projected.resize(part.places.size());
            projection.forward(part.places, part.projected);
        }
        m_crs = view.crs;
    }
    QPainterPath lines, dashes, rings;
    lines.setFillRule(Qt::OddEvenFill);
    std::vector<QPointF> points;
    for (const Part& part : m_parts) {
        QPainterPath& path = part.kind == Kind::Ring ? rings : part.kind == Kind::DashedLine ? dashes : lines;
        bool isDown = false;
        QPointF last;
        for (const MapPoint& p : part.projected) {
            if (std::isnan(p.x) || std::isnan(p.y)) {
                isDown = false;
                continue;
            }
            const QPointF at(view.pageX(p.x) / ratio, view.pageY(p.y) / ratio);
            if (part.kind == Kind::Point)
                points.push_back(at);
            else if (!isDown)
                path.moveTo(at);
            else if ((at - last).manhattanLength() < 1 && &p != &part.projected.back())
                continue;
            else
                path.lineTo(at);
            isDown = true;
            last = at;
        }
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QColor fill = color;
    fill.setAlpha(color.alpha() < 255 ? 25 : 50);
    painter.fillPath(rings, fill);
    painter.setBrush(Qt::NoBrush);
    if (color.alpha() < 255) { // a halo, through which the map's own symbol is seen
        painter.setPen(QPen(color, 11, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPath(lines);
        painter.drawPath(rings);
        QPen dashed(color, 5, Qt::CustomDashLine, Qt::FlatCap, Qt::RoundJoin);
        dashed.setDashPattern({2, 1.2}); // in widths
        painter.setPen(dashed);
        painter.drawPath(dashes);
        painter.setPen(QPen(color, std::min(11.0, m_pointRadiusPx * 0.6)));
        for (const QPointF at : points)
            painter.drawEllipse(at, m_pointRadiusPx, m_pointRadiusPx);
        painter.restore();
        return;
    }
    for (const QPainterPath* path : {&lines, &dashes, &rings})
        for (const auto& [ink, width] : {std::pair(QColor(255, 255, 255, 220), 5.0), std::pair(color, 2.4)}) {
            painter.setPen(QPen(ink, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
            painter.drawPath(*path);
        }
    for (const QPointF at : points)
        for (const auto& [ink, width] : {std::pair(QColor(Qt::white), 5.0), std::pair(color, 2.4)}) {
            painter.setPen(QPen(ink, width));
            painter.drawEllipse(at, 8, 8);
            painter.drawPoint(at);
        }
    painter.restore();
}

} // namespace cordon
