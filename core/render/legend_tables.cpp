#include "core/render/legend_tables.h"

#include "core/render/ink_probe.h"
#include "core/render/layer_drawing.h"
#include "core/render/list_append.h"
#include "core/render/prepared_layer.h"
#include "core/render/sheet_words.h"
#include "core/render/symbols.h"
#include "core/render/table_look.h"

#include <algorithm>
#include <cmath>

namespace cordon {

namespace {

// How a rule shows: the kind of the first visible feature it draws.
enum class Shown : std::uint8_t { No, Polygon, Line, Point };

std::uint32_t nextPart(const DisplayList& list) {
    return static_cast<std::uint32_t>(list.partStart.size() - 1);
}

bool isInScale(const Rule& rule, double scale) {
    return (rule.minScale <= 0 || scale >= rule.minScale) && (rule.maxScale <= 0 || scale < rule.maxScale);
}

bool drawsLines(const Rule& rule) {
    return std::any_of(rule.lines.begin(), rule.lines.end(), [](const LineSymbol& line) {
        return (line.color.a > 0 && line.widthMm > 0) || (line.casingColor.a > 0 && line.casingMm > 0);
    });
}

bool drawsFill(const Rule& rule) {
    return rule.fill && (rule.fill->color.a > 0 || rule.fill->hatch != Hatch::None);
}

// Exact: the feature's own coordinates, projected into the view.
class FeatureProbe {
public:
    explicit FeatureProbe(const Scene& scene)
        : m_view(scene.view), m_projection(scene.view.crs), m_page{0, 0, static_cast<float>(scene.view.widthPx),
                                                                   static_cast<float>(scene.view.heightPx)} {}

    Shown shownBy(const Rule& rule, const FeatureTable& table, std::uint32_t feature) {
        const GeometryColumn& geometry = table.geometry;
        std::vector<std::vector<PagePoint>> rings;
        for (std::uint32_t part = geometry.featureStart[feature]; part < geometry.featureStart[feature + 1]; ++part) {
            auto points = projected(geometry.part(part));
            switch (geometry.partRole[part]) {
            case PartRole::Points:
                if (rule.marker && anyInside(points, *rule.marker))
                    return Shown::Point;
                break;
            case PartRole::Line:
                if (drawsLines(rule) && lineTouches(points, m_page))
                    return Shown::Line;
                break;
            case PartRole::OuterRing:
            case PartRole::InnerRing:
                rings.push_back(std::move(points));
            }
        }
        if (!rings.empty() && (drawsFill(rule) || drawsLines(rule)) && ringsTouch(rings, m_page))
            return Shown::Polygon;
        return Shown::No;
    }

private:
    std::vector<PagePoint> projected(std::span<const LonLat> places) {
        m_points.resize(places.size());
        m_projection.forward(places, m_points);
        std::vector<PagePoint> page;
        for (const MapPoint point : m_points)
            if (std::isfinite(point.x) && std::isfinite(point.y))
                page.push_back({static_cast<float>(m_view.pageX(point.x)), static_cast<float>(m_view.pageY(point.y))});
        return page;
    }

    bool anyInside(const std::vector<PagePoint>& points, const MarkerSymbol& marker) const {
        const auto reach = static_cast<float>((marker.sizeMm + marker.strokeMm) / 2 * m_view.pxPerMm());
        return std::any_of(points.begin(), points.end(),
                           [&](PagePoint at) { return m_page.grown(reach).contains(at.x, at.y); });
    }

    const MapView& m_view;
    Projection m_projection;
    PageBox m_page;
    std::vector<MapPoint> m_points;
};

std::vector<Shown> shownRules(const Scene& scene, PreparedLayers& prepared, const Layer& layer, std::stop_token stop) {
    const std::vector<Rule>& rules = layer.style.rules;
    std::vector<Shown> shown(rules.size(), Shown::No);
    const double scale = scene.view.scaleDenominator();
    std::vector<std::vector<Condition>> conditions;
    std::size_t sought = 0;
    for (const Rule& rule : rules) {
        conditions.push_back(rule.when);
        sought += isInScale(rule, scale) ? 1 : 0;
    }
    const auto ready = prepared.find(layer.table, scene.view.crs, stop);
    const auto ruleOf = ready->firstMatches(conditions);
    FeatureProbe probe(scene);
    for (const std::uint32_t feature : ready->visible(ready->gridBox(scene.view.box()))) {
        if (stop.stop_requested())
            throw Stopped{};
        const std::uint8_t number = (*ruleOf)[feature];
        if (number == PreparedLayer::kNoRule || shown[number] != Shown::No || !isInScale(rules[number], scale))
            continue;
        shown[number] = probe.shownBy(rules[number], *layer.table, feature);
        if (shown[number] != Shown::No && --sought == 0)
            break;
    }
    return shown;
}

double lineHeightMm(const Rule& rule) {
    double height = 0;
    for (const LineSymbol& line : rule.lines)
        height = std::max(height, line.widthMm + 2 * line.casingMm);
    return height;
}

void drawPolygonSwatch(DisplayList& list, const PageBox& swatch, const Rule& rule, double opacity, double pxPerMm) {
    const PageBox box = swatch.grown(-static_cast<float>(0.25 * pxPerMm));
    auto first = nextPart(list);
    appendBoxPart(list, box);
    if (rule.fill)
        appendFill(list, first, faded(*rule.fill, opacity), pxPerMm);
    for (const LineSymbol& line : rule.lines) {
        first = nextPart(list); // a hatch has added parts of its own
        appendBoxPart(list, box);
        appendLine(list, first, faded(line, opacity), pxPerMm);
    }
}

void drawLineSwatch(DisplayList& list, const PageBox& swatch, const Rule& rule, double opacity, double pxPerMm) {
    const float middle = (swatch.minY + swatch.maxY) / 2;
    const auto first = nextPart(list);
    list.points.push_back({swatch.minX, middle});
    list.points.push_back({swatch.maxX, middle});
    list.endPart();
    for (const LineSymbol& line : rule.lines)
        appendCasing(list, first, faded(line, opacity), pxPerMm);
    for (const LineSymbol& line : rule.lines)
        appendLine(list, first, faded(line, opacity), pxPerMm);
}

LegendEntry entryOf(const Rule& rule, Shown shown, const Layer& layer, const std::string& language) {
    LegendEntry entry;
    entry.text = legendTitle(rule.title.empty() ? layer.name : rule.title, language);
    const double opacity = layer.opacity;
    if (shown == Shown::Polygon) {
        entry.draw = [rule, opacity](DisplayList& list, const PageBox& swatch, double pxPerMm) {
            drawPolygonSwatch(list, swatch, rule, opacity, pxPerMm);
        };
    } else if (shown == Shown::Line) {
        entry.heightMm = std::max(2.4, lineHeightMm(rule));
        entry.draw = [rule, opacity](DisplayList& list, const PageBox& swatch, double pxPerMm) {
            drawLineSwatch(list, swatch, rule, opacity, pxPerMm);
        };
    } else {
        MarkerSymbol marker = *rule.marker;
        marker.fill = marker.fill.withOpacity(opacity);
        marker.stroke = marker.stroke.withOpacity(opacity);
        entry.heightMm = std::max(2.4, marker.sizeMm + marker.strokeMm);
        entry.draw = [marker](DisplayList& list, const PageBox& swatch, double pxPerMm) {
            appendMarker(list, markerOf(marker, pxPerMm),
                         {(swatch.minX + swatch.maxX) / 2, (swatch.minY + swatch.maxY) / 2});
        };
    }
    return entry;
}

} // namespace

void addTableEntries(LegendGroup& group, const Scene& scene, PreparedLayers& prepared, const Layer& layer,
                     std::stop_token stop) {
    const std::vector<Shown> shown = shownRules(scene, prepared, layer, stop);
    const std::size_t before = group.entries.size();
    for (std::size_t i = 0; i < shown.size(); ++i) {
        if (shown[i] == Shown::No)
            continue;
        LegendEntry entry = entryOf(layer.style.rules[i], shown[i], layer, scene.project->map.language);
        // Rules of one title (a river's widths) are one thing to the reader: the first stands for them.
        const bool isListed = std::any_of(group.entries.begin() + static_cast<std::ptrdiff_t>(before),
                                          group.entries.end(), [&](const auto& e) { return e.text == entry.text; });
        if (!isListed)
            group.entries.push_back(std::move(entry));
    }
}

} // namespace cordon
