// Texts as placed glyphs with outlines, at one reference size. Internal to render. Thread-safe.
#pragma once

#include "core/render/display_list.h"

#include <QPainterPath>
#include <QPointF>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

class QPainter;

namespace cordon {

// Every text is shaped once at this size without hinting and then scaled, so that widths, pixels and paper agree at
// every resolution.
constexpr int kReferencePx = 128;

// The tolerances outlines are flattened with are powers of two of a reference pixel: 2^0 ... 2^-kFinestLevel.
constexpr int kFinestLevel = 5;

class Glyph {
public:
    explicit Glyph(QPainterPath outline) : m_outline(std::move(outline)) {}
    const QPainterPath& outline() const { return m_outline; } // its origin at (0, 0)
    // Closed polygons within 2^-level reference pixels of the outline, to be filled non-zero.
    const std::vector<std::vector<PagePoint>>& polygons(int level) const;

private:
    QPainterPath m_outline;
    mutable std::vector<std::vector<PagePoint>> m_polygons[kFinestLevel + 1];
    mutable std::once_flag m_once[kFinestLevel + 1];
};

struct PlacedGlyph {
    std::shared_ptr<const Glyph> glyph;
    QPointF at;
};

// A text at reference size, its baseline starting at (0, 0).
struct ShapedText {
    std::vector<PlacedGlyph> glyphs;
    double advance = 0;
    bool hasPictures = false; // colour glyphs (emoji) have no outline: Qt draws them
};
std::shared_ptr<const ShapedText> shapeText(const std::string& utf8, float sizePx, bool bold, bool italic,
                                            float letterSpacingPx);

struct FontMetrics {
    float ascent, descent, capHeight; // of an em of 1
};
FontMetrics fontMetrics(bool bold, bool italic);

// With Qt's own glyphs at reference size, the baseline starting at (0, 0) of the painter.
void drawShapedByQt(QPainter& painter, const Text& text);

} // namespace cordon
