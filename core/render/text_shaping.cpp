#include "core/render/text_shaping.h"

#include <QFont>
#include <QFontMetricsF>
#include <QGlyphRun>
#include <QRawFont>
#include <QTextLayout>
#include <algorithm>
#include <array>
#include <cmath>
#include <mutex>
#include <optional>
#include <unordered_map>

namespace cordon {
namespace {

constexpr std::size_t kMostTexts = 20000;
constexpr std::size_t kMostGlyphs = 20000;

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

// Shared by all threads: outlines and numbers only, never fonts, which belong to their thread.
template <class K, class V, class Hash, std::size_t kMost> class Cache {
public:
    template <class Make> V find(const K& key, const Make& make) {
        {
            const std::lock_guard lock(m_mutex);
            if (const auto it = m_values.find(key); it != m_values.end())
                return it->second;
        }
        V value = make();
        const std::lock_guard lock(m_mutex);
        if (m_values.size() >= kMost)
            m_values.clear();
        return m_values.try_emplace(key, std::move(value)).first->second;
    }

private:
    std::mutex m_mutex;
    std::unordered_map<K, V, Hash> m_values;
};

// Asking a font for an outline runs its hinting program each time; there are few glyphs and many texts.
std::shared_ptr<const Glyph> glyphOf(const QRawFont& font, const std::string& face, quint32 index) {
    static Cache<std::string, std::shared_ptr<const Glyph>, std::hash<std::string>, kMostGlyphs> cache;
    return cache.find(face + std::to_string(index),
                      [&] { return std::make_shared<const Glyph>(font.pathForGlyph(index)); });
}

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

// Lays one line out; the layout is local to the calling thread.
class Line {
public:
    explicit Line(const Key& key)
        : m_key(key), m_spacing(key.spacing / 16.0),
          m_layout(QString::fromStdString(key.utf8), referenceFont(key.bold, key.italic, m_spacing)) {
        m_layout.setCacheEnabled(true);
        m_layout.beginLayout();
        m_line = m_layout.createLine();
        if (m_line.isValid())
            m_line.setLineWidth(1e7);
        m_layout.endLayout();
    }

    // With its own glyph places: QPainter::drawText() would stretch letter spacing by the device's resolution.
    void drawOn(QPainter& painter) const {
        if (m_line.isValid())
            m_layout.draw(&painter, -origin());
    }

    ShapedText shaped() const {
        ShapedText shaped;
        if (!m_line.isValid())
            return shaped;
        shaped.advance =
            std::max(0.0, m_line.naturalTextWidth() - m_spacing); // Qt leaves a space after the last letter
        const QPointF start = origin();
        for (const QGlyphRun& run : m_layout.glyphRuns()) {
            const QRawFont font = run.rawFont();
            const std::string face = (font.familyName() + '/' + font.styleName() + '/').toStdString() +
                                     (m_key.bold ? "b" : "") + (m_key.italic ? "i/" : "/"); // fonts may be made bold
            const QList<quint32> glyphs = run.glyphIndexes();
            const QList<QPointF> positions = run.positions();
            for (qsizetype i = 0; i < glyphs.size(); ++i) {
                auto glyph = glyphOf(font, face, glyphs[i]);
                if (!glyph->outline().isEmpty())
                    shaped.glyphs.push_back({std::move(glyph), positions[i] - start});
                else
                    shaped.hasPictures |= !font.boundingRect(glyphs[i]).isEmpty();
            }
        }
        return shaped;
    }

private:
    // The left end of the baseline.
    QPointF origin() const { return {m_line.naturalTextRect().left(), m_line.y() + m_line.ascent()}; }

    Key m_key;
    double m_spacing;
    QTextLayout m_layout;
    QTextLine m_line;
};

PagePoint toPoint(QPointF p) {
    return {static_cast<float>(p.x()), static_cast<float>(p.y())};
}

// With so many chords a cubic curve is nowhere farther than `tolerance` from them (Wang 1984).
int chordsFor(QPointF a, QPointF b, QPointF c, QPointF d, double tolerance) {
    const QPointF first = a - 2 * b + c, second = b - 2 * c + d;
    const double bend = std::max(std::hypot(first.x(), first.y()), std::hypot(second.x(), second.y()));
    return std::clamp(static_cast<int>(std::ceil(std::sqrt(0.75 * bend / tolerance))), 1, 64);
}

void appendCurve(std::vector<PagePoint>& ring, QPointF a, QPointF b, QPointF c, QPointF d, double tolerance) {
    const int chords = chordsFor(a, b, c, d, tolerance);
    for (int i = 1; i <= chords; ++i) {
        const double t = static_cast<double>(i) / chords, u = 1 - t;
        ring.push_back(toPoint(u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d));
    }
}

std::vector<std::vector<PagePoint>> flattened(const QPainterPath& path, double tolerance) {
    std::vector<std::vector<PagePoint>> rings;
    QPointF last;
    for (int i = 0; i < path.elementCount(); ++i) {
        const QPainterPath::Element element = path.elementAt(i);
        if (element.isMoveTo()) {
            rings.push_back({toPoint(element)});
        } else if (element.isLineTo()) {
            rings.back().push_back(toPoint(element));
        } else { // the first of three
            appendCurve(rings.back(), last, element, path.elementAt(i + 1), path.elementAt(i + 2), tolerance);
            i += 2;
        }
        last = path.elementAt(i);
    }
    for (std::vector<PagePoint>& ring : rings)
        if (!(ring.front() == ring.back()))
            ring.push_back(ring.front());
    return rings;
}

} // namespace

const std::vector<std::vector<PagePoint>>& Glyph::polygons(int level) const {
    std::call_once(m_once[level], [&] { m_polygons[level] = flattened(m_outline, std::ldexp(1.0, -level)); });
    return m_polygons[level];
}

std::shared_ptr<const ShapedText> shapeText(const std::string& utf8, float sizePx, bool bold, bool italic,
                                            float letterSpacingPx) {
    static Cache<Key, std::shared_ptr<const ShapedText>, KeyHash, kMostTexts> cache;
    const Key key = keyOf(utf8, sizePx, bold, italic, letterSpacingPx);
    return cache.find(key, [&] { return std::make_shared<const ShapedText>(Line(key).shaped()); });
}

FontMetrics fontMetrics(bool bold, bool italic) {
    static std::mutex mutex;
    static std::array<std::optional<FontMetrics>, 4> known;
    const std::lock_guard lock(mutex);
    auto& slot = known[(bold ? 2U : 0U) + (italic ? 1U : 0U)];
    if (!slot) {
        const QFontMetricsF metrics(referenceFont(bold, italic, 0));
        const auto em = [](double px) { return static_cast<float>(px / kReferencePx); };
        slot = FontMetrics{em(metrics.ascent()), em(metrics.descent()), em(metrics.capHeight())};
    }
    return *slot;
}

void drawShapedByQt(QPainter& painter, const Text& text) {
    Line(keyOf(text.utf8, text.sizePx, text.bold, text.italic, text.letterSpacingPx)).drawOn(painter);
}

} // namespace cordon
