#include "core/render/text.h"

#include "core/render/text_shaping.h"

#include <QPaintEngine>
#include <QPainter>
#include <QPainterPath>
#include <QTransform>
#include <algorithm>
#include <cmath>

namespace cordon {
namespace {

QColor qColor(Color c) {
    return QColor(c.r, c.g, c.b, c.a);
}

// From reference size round the text's own origin to the page.
QTransform fromReference(const Text& text) {
    QTransform t;
    t.translate(static_cast<qreal>(text.at.x), static_cast<qreal>(text.at.y));
    t.rotate(static_cast<qreal>(text.angleDegrees));
    const qreal scale = static_cast<qreal>(text.sizePx) / kReferencePx;
    t.scale(scale, scale);
    return t;
}

std::shared_ptr<const ShapedText> shape(const Text& text) {
    return shapeText(text.utf8, text.sizePx, text.bold, text.italic, text.letterSpacingPx);
}

bool hasHalo(const Text& text) {
    return text.halo.a > 0 && text.haloPx > 0 && text.sizePx > 0;
}

QPainterPath outlineOf(const ShapedText& shaped) {
    QPainterPath outline;
    outline.setFillRule(Qt::WindingFill);
    for (const PlacedGlyph& placed : shaped.glyphs)
        outline.addPath(placed.glyph->outline().translated(placed.at));
    return outline;
}

QPainterPath haloOf(const ShapedText& shaped, const Text& text) {
    QPainterPathStroker stroker;
    stroker.setWidth(2.0 * static_cast<double>(text.haloPx / text.sizePx) * kReferencePx);
    stroker.setJoinStyle(Qt::RoundJoin);
    stroker.setCapStyle(Qt::RoundCap);
    stroker.setCurveThreshold(0.5);
    return stroker.createStroke(outlineOf(shaped));
}

// Paper keeps text as text (to be searched and copied). SVG viewers ignore Qt's letter spacing, so that stays outline.
bool keepsText(const QPainter& painter, const Text& text) {
    const QPaintEngine* engine = painter.paintEngine();
    if (engine == nullptr)
        return false;
    return engine->type() == QPaintEngine::Pdf || (engine->type() == QPaintEngine::SVG && text.letterSpacingPx == 0);
}

// Outlines stay within a sixteenth of a pixel.
int levelFor(float sizePx) {
    const double referencePxPerPx = kReferencePx / std::max(1.0, static_cast<double>(sizePx));
    return std::clamp(static_cast<int>(std::ceil(std::log2(16 / referencePxPerPx))), 0, kFinestLevel);
}

// The letters as parts of the list.
void appendLetters(DisplayList& list, const Text& text, const ShapedText& shaped) {
    const QTransform toPage = fromReference(text);
    const int level = levelFor(text.sizePx);
    for (const PlacedGlyph& placed : shaped.glyphs)
        for (const auto& ring : placed.glyph->polygons(level)) {
            for (const PagePoint& p : ring) {
                const QPointF at = toPage.map(placed.at + QPointF(static_cast<qreal>(p.x), static_cast<qreal>(p.y)));
                list.points.push_back({static_cast<float>(at.x()), static_cast<float>(at.y())});
            }
            list.endPart();
        }
}

} // namespace

TextExtent measureText(const std::string& utf8, float sizePx, bool bold, bool italic, float letterSpacingPx) {
    const FontMetrics metrics = fontMetrics(bold, italic);
    TextExtent extent{0, metrics.ascent * sizePx, metrics.descent * sizePx, metrics.capHeight * sizePx};
    if (utf8.empty() || !(sizePx > 0))
        return extent;
    const auto shaped = shapeText(utf8, sizePx, bold, italic, letterSpacingPx);
    extent.advancePx = static_cast<float>(shaped->advance * static_cast<double>(sizePx) / kReferencePx);
    return extent;
}

DisplayList lettersOf(const std::vector<Text>& texts, int widthPx, int heightPx) {
    DisplayList list;
    list.widthPx = widthPx;
    list.heightPx = heightPx;
    list.background = Color{0, 0, 0, 0};
    list.clips = {{0, 0, static_cast<float>(widthPx), static_cast<float>(heightPx)}};
    for (const Text& text : texts) {
        const auto shaped = shape(text);
        if (shaped->hasPictures) {
            list.texts.push_back(text);
            continue;
        }
        const auto firstPart = static_cast<std::uint32_t>(list.partStart.size() - 1);
        appendLetters(list, text, *shaped);
        if (hasHalo(text))
            list.addOp(OpKind::Stroke,
                       list.strokeStyle({text.halo, 2 * text.haloPx, {}, LineCap::Round, LineJoin::Round}), firstPart);
        list.addOp(OpKind::Letters, list.fillStyle(text.color), firstPart);
    }
    std::stable_partition(list.ops.begin(), list.ops.end(), [](const Op& op) { return op.kind == OpKind::Stroke; });
    return list;
}

void drawTexts(QPainter& painter, const std::vector<Text>& texts) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::TextAntialiasing);
    const QTransform base = painter.transform();
    for (const Text& text : texts) {
        if (!hasHalo(text))
            continue;
        painter.setTransform(fromReference(text) * base);
        painter.fillPath(haloOf(*shape(text), text), qColor(text.halo));
    }
    for (const Text& text : texts) {
        const auto shaped = shape(text);
        painter.setTransform(fromReference(text) * base);
        if (shaped->hasPictures || keepsText(painter, text)) {
            painter.setPen(qColor(text.color));
            drawShapedByQt(painter, text);
        } else {
            painter.fillPath(outlineOf(*shaped), qColor(text.color));
        }
    }
    painter.restore();
}

} // namespace cordon
