#include "core/error.h"
#include "core/render/render.h"
#include "core/render/text.h"

#include <QPainter>
#include <QPainterPath>
#include <QPen>

namespace cordon {
namespace {

QColor qColor(Color c) {
    return QColor(c.r, c.g, c.b, c.a);
}

QPointF qPoint(PagePoint p) {
    return {static_cast<qreal>(p.x), static_cast<qreal>(p.y)};
}

void addPart(QPainterPath& path, const PagePoint* begin, const PagePoint* end, bool close) {
    if (end - begin < 2)
        return;
    path.moveTo(qPoint(*begin));
    for (const PagePoint* p = begin + 1; p != end; ++p)
        path.lineTo(qPoint(*p));
    if (close)
        path.closeSubpath();
}

QPen penOf(const StrokeStyle& style) {
    QPen pen(qColor(style.color), static_cast<qreal>(style.widthPx));
    pen.setCapStyle(style.cap == LineCap::Round ? Qt::RoundCap : Qt::FlatCap);
    pen.setJoinStyle(style.join == LineJoin::Round ? Qt::RoundJoin : Qt::SvgMiterJoin);
    pen.setMiterLimit(4);
    if (!style.dashPx.empty() && style.widthPx > 0) {
        QList<qreal> pattern; // in pen widths, an even number of them
        for (std::size_t i = 0; i < style.dashPx.size() * (style.dashPx.size() % 2 + 1); ++i)
            pattern.append(static_cast<qreal>(style.dashPx[i % style.dashPx.size()] / style.widthPx));
        pen.setDashPattern(pattern);
    }
    return pen;
}

void drawMarker(QPainter& painter, const MarkerStyle& marker) {
    for (const MarkerPath& layer : marker.paths) {
        QPainterPath path;
        path.setFillRule(Qt::OddEvenFill);
        for (const auto& ring : layer.rings)
            addPart(path, ring.data(), ring.data() + ring.size(), layer.closed);
        if (layer.fill.a > 0)
            painter.fillPath(path, qColor(layer.fill));
        if (layer.stroke.a > 0 && layer.strokePx > 0)
            painter.strokePath(path, penOf({layer.stroke, layer.strokePx, {}, LineCap::Butt, LineJoin::Round}));
    }
}

void paintOp(QPainter& painter, const DisplayList& list, const Op& op) {
    const PagePoint* points = list.points.data();
    if (op.kind == OpKind::Markers) {
        const QTransform base = painter.transform();
        for (std::uint32_t i = list.partStart[op.firstPart]; i < list.partStart[op.firstPart + op.partCount]; ++i) {
            painter.setTransform(QTransform::fromTranslate(qPoint(points[i]).x(), qPoint(points[i]).y()) * base);
            drawMarker(painter, list.markers[op.style]);
        }
        painter.setTransform(base);
        return;
    }
    QPainterPath path;
    const bool isFilled = op.kind == OpKind::Fill || op.kind == OpKind::Letters;
    path.setFillRule(op.kind == OpKind::Letters ? Qt::WindingFill : Qt::OddEvenFill);
    for (std::uint32_t p = op.firstPart; p < op.firstPart + op.partCount; ++p) {
        const PagePoint* begin = points + list.partStart[p];
        const PagePoint* end = points + list.partStart[p + 1];
        addPart(path, begin, end, isFilled || (end - begin > 2 && *begin == *(end - 1)));
    }
    if (isFilled)
        painter.fillPath(path, qColor(list.fills[op.style]));
    else
        painter.strokePath(path, penOf(list.strokes[op.style]));
}

} // namespace

void drawOn(QPainter& painter, const DisplayList& list, std::stop_token stop) {
    const auto rectOf = [](const PageBox& b) {
        return QRectF(QPointF(static_cast<qreal>(b.minX), static_cast<qreal>(b.minY)),
                      QPointF(static_cast<qreal>(b.maxX), static_cast<qreal>(b.maxY)));
    };
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (list.background.a > 0)
        painter.fillRect(QRectF(0, 0, list.widthPx, list.heightPx), qColor(list.background));
    std::optional<std::uint16_t> clip;
    for (const Op& op : list.ops) {
        if (stop.stop_requested()) {
            painter.restore();
            throw Stopped{};
        }
        const PageBox& clipBox = list.clips[op.clip];
        if (!op.box.intersects(clipBox))
            continue;
        if (clip != op.clip) {
            painter.setClipRect(rectOf(clipBox));
            clip = op.clip;
        }
        paintOp(painter, list, op);
    }
    painter.restore();
    drawTexts(painter, list.texts);
}

} // namespace cordon
