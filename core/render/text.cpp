// Every text is shaped once at a fixed reference size without hinting and then scaled, so that widths, pixels and paper
// agree at every resolution.
#include "core/render/text.h"

#include <QFont>
#include <QFontMetricsF>
#include <QGlyphRun>
#include <QPaintEngine>
#include <QPainter>
#include <QPainterPath>
#include <QRawFont>
#include <QTextLayout>
#include <array>
#include <cmath>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace cordon {
namespace {

constexpr int kReferencePx = 128;
constexpr std::size_t kMostCached = 20000;

QFont referenceFont(bool bold, bool italic, double letterSpacing) {
    QFont font;
    font.setFamilies({QStringLiteral("Noto Sans"), QStringLiteral("DejaVu Sans")});
    font.setPixelSize(kReferencePx);
    font.setBold(bold);
    font.setItalic(italic);
    font.setHintingPreference(QFont::PreferNoHinting);
    font.setKerning(true);
    if (letterSpacing != 0)
        font.setLetterSpacing(QFont::AbsoluteSpacing, letterSpacing);
    return font;
}

// A text at reference size, its baseline starting at (0, 0).
struct ShapedText {
    QPainterPath outline;
    QPainterPath halo; // stroked outline for haloWidth
    double haloWidth = 0;
    bool hasPictures = false; // colour glyphs (emoji) have no outline: Qt draws them
};

struct Key {
    std::string utf8;
    int spacing = 0; // letter spacing at reference size, 1/16 px
    bool bold = false, italic = false;
    bool operator==(const Key&) const = default;
};
struct KeyHash {
    std::size_t operator()(const Key& key) const {
        const auto style = static_cast<std::size_t>(key.spacing * 4 + (key.bold ? 2 : 0) + (key.italic ? 1 : 0));
        return std::hash<std::string>()(key.utf8) ^ (style * 0x9e3779b97f4a7c15ULL);
    }
};

Key keyOf(const std::string& utf8, float sizePx, bool bold, bool italic, float letterSpacingPx) {
    const double spacing = sizePx > 0 ? letterSpacingPx / sizePx * kReferencePx : 0;
    return {utf8, static_cast<int>(std::lround(spacing * 16)), bold, italic};
}

// Lays one line out; the layout is local to the calling thread.
class Line {
public:
    explicit Line(const Key& key)
        : m_spacing(key.spacing / 16.0),
          m_layout(QString::fromStdString(key.utf8), referenceFont(key.bold, key.italic, m_spacing)) {
        m_layout.setCacheEnabled(true);
        m_layout.beginLayout();
        m_line = m_layout.createLine();
        if (m_line.isValid())
            m_line.setLineWidth(1e7);
        m_layout.endLayout();
    }
    // Without the space Qt leaves after the last letter.
    double advance() const { return m_line.isValid() ? std::max(0.0, m_line.naturalTextWidth() - m_spacing) : 0; }

    // With its own glyph places: QPainter::drawText() would stretch letter spacing by the device's resolution.
    void drawOn(QPainter& painter) const {
        if (m_line.isValid())
            m_layout.draw(&painter, -origin());
    }

    void outlineInto(ShapedText& shaped) const {
        if (!m_line.isValid())
            return;
        const QPointF start = origin();
        shaped.outline.setFillRule(Qt::WindingFill);
        for (const QGlyphRun& run : m_layout.glyphRuns()) {
            const QRawFont font = run.rawFont();
            const QList<quint32> glyphs = run.glyphIndexes();
            const QList<QPointF> positions = run.positions();
            for (qsizetype i = 0; i < glyphs.size(); ++i) {
                const QPainterPath glyph = font.pathForGlyph(glyphs[i]);
                if (glyph.isEmpty() && !font.boundingRect(glyphs[i]).isEmpty())
                    shaped.hasPictures = true;
                shaped.outline.addPath(glyph.translated(positions[i] - start));
            }
        }
    }

private:
    // The left end of the baseline.
    QPointF origin() const { return {m_line.naturalTextRect().left(), m_line.y() + m_line.ascent()}; }

    double m_spacing;
    QTextLayout m_layout;
    QTextLine m_line;
};

// Shared by all threads: paths and numbers only, never fonts, which belong to their thread.
template <class V> class Cache {
public:
    template <class Make> V find(const Key& key, const Make& make) {
        {
            const std::lock_guard lock(m_mutex);
            if (const auto it = m_values.find(key); it != m_values.end())
                return it->second;
        }
        V value = make();
        const std::lock_guard lock(m_mutex);
        if (m_values.size() >= kMostCached)
            m_values.clear();
        m_values.insert_or_assign(key, value);
        return value;
    }
    void store(const Key& key, V value) {
        const std::lock_guard lock(m_mutex);
        m_values.insert_or_assign(key, std::move(value));
    }

private:
    std::mutex m_mutex;
    std::unordered_map<Key, V, KeyHash> m_values;
};

using ShapedPtr = std::shared_ptr<const ShapedText>;

Cache<double>& advances() {
    static Cache<double> cache;
    return cache;
}
Cache<ShapedPtr>& shapes() {
    static Cache<ShapedPtr> cache;
    return cache;
}

QPainterPath strokedOutline(const QPainterPath& outline, double width) {
    QPainterPathStroker stroker;
    stroker.setWidth(width);
    stroker.setJoinStyle(Qt::RoundJoin);
    stroker.setCapStyle(Qt::RoundCap);
    stroker.setCurveThreshold(0.5);
    return stroker.createStroke(outline);
}

ShapedPtr shape(const Text& text) {
    const Key key = keyOf(text.utf8, text.sizePx, text.bold, text.italic, text.letterSpacingPx);
    ShapedPtr shaped = shapes().find(key, [&] {
        auto made = std::make_shared<ShapedText>();
        Line(key).outlineInto(*made);
        return made;
    });
    const double haloWidth = text.halo.a > 0 && text.sizePx > 0 ? 2.0 * text.haloPx / text.sizePx * kReferencePx : 0;
    if (haloWidth > 0 && std::abs(haloWidth - shaped->haloWidth) > 0.01) {
        auto withHalo = std::make_shared<ShapedText>(*shaped);
        withHalo->haloWidth = haloWidth;
        withHalo->halo = strokedOutline(shaped->outline, haloWidth);
        shapes().store(key, withHalo);
        shaped = withHalo;
    }
    return shaped;
}

struct FontMetrics {
    float ascent, descent, capHeight; // of an em of 1
};
FontMetrics metricsOf(bool bold, bool italic) {
    static std::mutex mutex;
    static std::array<std::unique_ptr<FontMetrics>, 4> known;
    const std::lock_guard lock(mutex);
    auto& slot = known[(bold ? 2U : 0U) + (italic ? 1U : 0U)];
    if (!slot) {
        const QFontMetricsF metrics(referenceFont(bold, italic, 0));
        const auto em = [](double px) { return static_cast<float>(px / kReferencePx); };
        slot = std::make_unique<FontMetrics>(
            FontMetrics{em(metrics.ascent()), em(metrics.descent()), em(metrics.capHeight())});
    }
    return *slot;
}

QColor qColor(Color c) {
    return QColor(c.r, c.g, c.b, c.a);
}

// From reference size round the text's own origin to the page.
void placeReference(QPainter& painter, const QTransform& base, const Text& text) {
    QTransform t;
    t.translate(static_cast<qreal>(text.at.x), static_cast<qreal>(text.at.y));
    t.rotate(static_cast<qreal>(text.angleDegrees));
    const qreal scale = static_cast<qreal>(text.sizePx) / kReferencePx;
    t.scale(scale, scale);
    painter.setTransform(t * base);
}

// Paper keeps text as text (to be searched and copied). SVG viewers ignore Qt's letter spacing, so that stays outline.
bool keepsText(const QPainter& painter, const Text& text) {
    const QPaintEngine* engine = painter.paintEngine();
    if (engine == nullptr)
        return false;
    return engine->type() == QPaintEngine::Pdf || (engine->type() == QPaintEngine::SVG && text.letterSpacingPx == 0);
}

} // namespace

TextExtent measureText(const std::string& utf8, float sizePx, bool bold, bool italic, float letterSpacingPx) {
    const FontMetrics metrics = metricsOf(bold, italic);
    TextExtent extent{0, metrics.ascent * sizePx, metrics.descent * sizePx, metrics.capHeight * sizePx};
    if (utf8.empty() || !(sizePx > 0))
        return extent;
    const Key key = keyOf(utf8, sizePx, bold, italic, letterSpacingPx);
    extent.advancePx =
        static_cast<float>(advances().find(key, [&] { return Line(key).advance(); }) * sizePx / kReferencePx);
    return extent;
}

void drawTexts(QPainter& painter, const std::vector<Text>& texts) {
    std::vector<ShapedPtr> shaped;
    shaped.reserve(texts.size());
    for (const Text& text : texts)
        shaped.push_back(shape(text));
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::TextAntialiasing);
    const QTransform base = painter.transform();
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (texts[i].halo.a == 0 || !(texts[i].haloPx > 0) || shaped[i]->halo.isEmpty())
            continue;
        placeReference(painter, base, texts[i]);
        painter.fillPath(shaped[i]->halo, qColor(texts[i].halo));
    }
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const Text& text = texts[i];
        placeReference(painter, base, text);
        if (shaped[i]->hasPictures || keepsText(painter, text)) {
            painter.setPen(qColor(text.color));
            Line(keyOf(text.utf8, text.sizePx, text.bold, text.italic, text.letterSpacingPx)).drawOn(painter);
        } else {
            painter.fillPath(shaped[i]->outline, qColor(text.color));
        }
    }
    painter.restore();
}

} // namespace cordon
