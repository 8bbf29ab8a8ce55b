#include "core/render/table_layer.h"

#include "core/render/parallel.h"
#include "core/render/symbols.h"

#include <algorithm>
#include <cmath>

namespace cordon {

namespace {

constexpr std::size_t kChunkFeatures = 1024;
// Dashes keep their phase up to here: a line is cut only this far outside the page.
constexpr double kDashMarginPx = 4000;

// A rule with its symbols in page units and the layer's opacity.
struct Look {
    std::optional<FillSymbol> fill;
    bool isPlainFill = false;
    std::uint32_t fillStyle = 0;
    std::vector<LineSymbol> lines;
    std::vector<std::uint32_t> strokeStyles; // of the lines that show
    std::optional<std::uint32_t> markerStyle;
    bool isMarkerOpaque = false;
    bool hasCasing = false;
};

LineSymbol faded(LineSymbol line, double opacity) {
    line.color = line.color.withOpacity(opacity);
    line.casingColor = line.casingColor.withOpacity(opacity);
    return line;
}

FillSymbol faded(FillSymbol fill, double opacity) {
    fill.color = fill.color.withOpacity(opacity);
    fill.hatchColor = fill.hatchColor.withOpacity(opacity);
    fill.hatchColor2 = fill.hatchColor2.withOpacity(opacity);
    return fill;
}

MarkerSymbol faded(MarkerSymbol marker, double opacity) {
    marker.fill = marker.fill.withOpacity(opacity);
    marker.stroke = marker.stroke.withOpacity(opacity);
    return marker;
}

Look lookOf(const Rule& rule, double opacity, double pxPerMm, DisplayList& list) {
    Look look;
    if (rule.fill) {
        look.fill = faded(*rule.fill, opacity);
        look.isPlainFill = look.fill->hatch == Hatch::None;
        if (look.isPlainFill && look.fill->color.a == 0)
            look.fill.reset();
        else if (look.isPlainFill)
            look.fillStyle = list.fillStyle(look.fill->color);
    }
    for (const LineSymbol& symbol : rule.lines) {
        const LineSymbol line = faded(symbol, opacity);
        look.hasCasing |= line.casingMm > 0 && line.casingColor.a > 0;
        look.lines.push_back(line);
        if (line.color.a > 0 && line.widthMm > 0)
            look.strokeStyles.push_back(list.strokeStyle(strokeOf(line, pxPerMm)));
    }
    if (rule.marker) {
        const MarkerSymbol marker = faded(*rule.marker, opacity);
        look.markerStyle = list.markerStyle(markerOf(marker, pxPerMm));
        look.isMarkerOpaque = marker.fill.a == 255;
    }
    return look;
}

// What a layer needs round the page: how far its symbols reach, and how far out its lines may be cut.
double reachPx(const std::vector<Look>& looks, const DisplayList& list, double pxPerMm) {
    double reach = 1;
    for (const Look& look : looks) {
        for (const LineSymbol& line : look.lines)
            reach = std::max(reach, 2 * (line.widthMm + 2 * line.casingMm) * pxPerMm);
        if (look.markerStyle)
            reach = std::max<double>(reach, list.markers[*look.markerStyle].radiusPx());
    }
    return std::ceil(reach) + 2;
}

double cutMarginPx(const std::vector<Look>& looks, double reach) {
    for (const Look& look : looks)
        for (const LineSymbol& line : look.lines)
            if (!line.dashMm.empty())
                return std::max(reach, kDashMarginPx);
    return reach;
}

enum class Pass { Casings, Shapes };

struct Plan {
    const LayerView& layer;
    const std::vector<Look>& looks;
    const std::vector<std::uint8_t>& lookOf; // a feature's look, PreparedLayer::kNoRule for none
    WideBox window;
    double pxPerMm;
    std::uint16_t clip;
    Pass pass;
};

// Appends features to a list of its own; neighbours that look alike are drawn together where order does not show.
class ChunkBuilder {
public:
    ChunkBuilder(const Plan& plan, DisplayList& list)
        : m_plan(plan), m_list(list),
          m_shapes(plan.layer.prepared, plan.layer.geometry, plan.layer.view, plan.layer.projection) {}

    void append(std::uint32_t feature) {
        const std::uint8_t number = m_plan.lookOf[feature];
        if (number == PreparedLayer::kNoRule)
            return;
        const Look& look = m_plan.looks[number];
        const GeometryColumn& geometry = m_plan.layer.prepared.table().geometry;
        const WideBox box = m_shapes.featureBox(feature);
        const bool isInside = m_plan.window.contains(box.minX, box.minY) && m_plan.window.contains(box.maxX, box.maxY);
        bool hasRings = false;
        for (std::uint32_t p = geometry.featureStart[feature]; p < geometry.featureStart[feature + 1]; ++p) {
            switch (geometry.partRole[p]) {
            case PartRole::OuterRing:
            case PartRole::InnerRing:
                hasRings = true;
                break;
            case PartRole::Line:
                if (m_plan.pass == Pass::Casings ? !look.hasCasing : look.strokeStyles.empty())
                    break;
                startRun(OpKind::Stroke, number);
                m_shapes.appendLine(m_list, feature, p, m_plan.window, isInside);
                break;
            case PartRole::Points:
                if (m_plan.pass == Pass::Casings || !look.markerStyle)
                    break;
                startRun(OpKind::Markers, number);
                m_shapes.appendPoints(m_list, feature, p, m_plan.window);
                break;
            }
        }
        if (hasRings && m_plan.pass == Pass::Shapes && (look.fill || !look.strokeStyles.empty()))
            appendPolygon(feature, look, isInside);
    }

    void finish() {
        if (m_runLook == PreparedLayer::kNoRule)
            return;
        m_list.endPart();
        const Look& look = m_plan.looks[m_runLook];
        if (m_runKind == OpKind::Markers)
            m_list.addOp(OpKind::Markers, *look.markerStyle, m_runFirstPart, m_plan.clip);
        else if (m_plan.pass == Pass::Casings)
            appendCasings(look);
        else
            appendStrokes(look, m_runFirstPart);
        m_runLook = PreparedLayer::kNoRule;
    }

private:
    std::uint32_t nextPart() const { return static_cast<std::uint32_t>(m_list.partStart.size() - 1); }

    void startRun(OpKind kind, std::uint8_t look) {
        if (m_runLook == look && m_runKind == kind)
            return;
        finish();
        m_runLook = look;
        m_runKind = kind;
        m_runFirstPart = nextPart();
    }

    void appendStrokes(const Look& look, std::uint32_t firstPart) {
        for (const std::uint32_t style : look.strokeStyles)
            m_list.addOp(OpKind::Stroke, style, firstPart, m_plan.clip);
    }

    void appendCasings(const Look& look) {
        for (const LineSymbol& line : look.lines)
            if (line.casingMm > 0 && line.casingColor.a > 0)
                appendCasing(m_list, m_runFirstPart, line, m_plan.pxPerMm, m_plan.clip);
    }

    // Fill, then its outline, before the next feature, so that see-through polygons compose one by one.
    void appendPolygon(std::uint32_t feature, const Look& look, bool isInside) {
        finish();
        const GeometryColumn& geometry = m_plan.layer.prepared.table().geometry;
        const std::uint32_t firstPart = nextPart();
        for (std::uint32_t p = geometry.featureStart[feature]; p < geometry.featureStart[feature + 1]; ++p)
            if (geometry.partRole[p] == PartRole::OuterRing || geometry.partRole[p] == PartRole::InnerRing)
                m_shapes.appendRing(m_list, feature, p, m_plan.window, isInside);
        const std::uint32_t endPart = nextPart();
        if (endPart == firstPart)
            return;
        // A hatch adds parts of its own behind the rings, so the outline's op is made of the rings first.
        std::vector<Op> outlines;
        const std::size_t opsBefore = m_list.ops.size();
        appendStrokes(look, firstPart);
        outlines.assign(m_list.ops.begin() + static_cast<std::ptrdiff_t>(opsBefore), m_list.ops.end());
        m_list.ops.resize(opsBefore);
        if (look.fill && look.isPlainFill)
            m_list.addOp(OpKind::Fill, look.fillStyle, firstPart, m_plan.clip);
        else if (look.fill)
            appendFill(m_list, firstPart, *look.fill, m_plan.pxPerMm, m_plan.clip);
        m_list.ops.insert(m_list.ops.end(), outlines.begin(), outlines.end());
    }

    const Plan& m_plan;
    DisplayList& m_list;
    PageGeometry m_shapes;
    OpKind m_runKind = OpKind::Stroke;
    std::uint8_t m_runLook = PreparedLayer::kNoRule;
    std::uint32_t m_runFirstPart = 0;
};

// The styles a chunk added to those it began with, which are the list's, become the list's, too.
void adoptStyles(DisplayList& list, DisplayList& chunk, const DisplayList& begun) {
    const bool isNew = chunk.fills.size() > begun.fills.size() || chunk.strokes.size() > begun.strokes.size() ||
                       chunk.markers.size() > begun.markers.size();
    if (!isNew)
        return;
    for (Op& op : chunk.ops) {
        switch (op.kind) {
        case OpKind::Fill:
        case OpKind::Letters:
            op.style = list.fillStyle(chunk.fills[op.style]);
            break;
        case OpKind::Stroke:
            op.style = list.strokeStyle(chunk.strokes[op.style]);
            break;
        case OpKind::Markers:
            op.style = list.markerStyle(chunk.markers[op.style]);
            break;
        }
    }
}

// Appends the chunks' shapes to the list, in their order.
void merge(DisplayList& list, std::vector<DisplayList>& chunks, const DisplayList& begun, int threads) {
    struct Place { // where a chunk's goes
        std::size_t point, part, op;
    };
    std::vector<Place> places;
    Place next{list.points.size(), list.partStart.size(), list.ops.size()};
    for (DisplayList& chunk : chunks) {
        adoptStyles(list, chunk, begun);
        places.push_back(next);
        next.point += chunk.points.size();
        next.part += chunk.partStart.size() - 1;
        next.op += chunk.ops.size();
    }
    // To the point: growing in doubles, the memory of a large list would come afresh from the system for each picture.
    list.points.reserve(next.point);
    list.partStart.reserve(next.part);
    list.ops.reserve(next.op);
    list.points.resize(next.point);
    list.partStart.resize(next.part);
    list.ops.resize(next.op);
    parallelFor(threads, static_cast<int>(chunks.size()), [&](int number) {
        DisplayList& chunk = chunks[static_cast<std::size_t>(number)];
        const Place& place = places[static_cast<std::size_t>(number)];
        std::copy(chunk.points.begin(), chunk.points.end(), list.points.data() + place.point);
        const auto firstPoint = static_cast<std::uint32_t>(place.point);
        std::transform(chunk.partStart.begin() + 1, chunk.partStart.end(), list.partStart.data() + place.part,
                       [&](std::uint32_t start) { return firstPoint + start; });
        std::transform(chunk.ops.begin(), chunk.ops.end(), list.ops.data() + place.op, [&](Op op) {
            op.firstPart += static_cast<std::uint32_t>(place.part - 1);
            return op;
        });
        chunk = {};
    });
}

void appendPass(DrawContext& context, const Plan& plan, const std::vector<std::uint32_t>& features) {
    const std::size_t chunkCount = (features.size() + kChunkFeatures - 1) / kChunkFeatures;
    DisplayList styles;
    styles.clips = context.list.clips;
    styles.fills = context.list.fills;
    styles.strokes = context.list.strokes;
    styles.markers = context.list.markers;
    std::vector<DisplayList> chunks(chunkCount, styles);
    // The projection serves one thread; it is needed only where the grid is too coarse, and then little is visible.
    const bool isShared = plan.layer.prepared.gridSuffices(plan.layer.view.unitsPerPx);
    parallelFor(isShared ? threadCount(0) : 1, static_cast<int>(chunkCount), [&](int chunk) {
        context.throwIfStopped();
        const std::size_t begin = static_cast<std::size_t>(chunk) * kChunkFeatures;
        ChunkBuilder builder(plan, chunks[static_cast<std::size_t>(chunk)]);
        for (std::size_t i = begin; i < std::min(features.size(), begin + kChunkFeatures); ++i)
            builder.append(features[i]);
        builder.finish();
    });
    merge(context.list, chunks, styles, threadCount(0));
}

// Of opaque markers that fall on the same quarter of a pixel only the last is seen.
std::vector<std::uint32_t> withoutRepeatedPoints(const Plan& plan, const std::vector<std::uint32_t>& features) {
    constexpr double kCellsPerPx = 4;
    constexpr std::size_t kWorthIt = 20000;
    const LayerView& layer = plan.layer;
    const bool isWorthIt = features.size() >= kWorthIt && !layer.prepared.isExact() &&
                           layer.prepared.table().geometryClass() == GeometryClass::Points;
    if (!isWorthIt)
        return features;
    const PageGeometry shapes(layer.prepared, layer.geometry, layer.view, layer.projection);
    const auto columns = static_cast<std::size_t>(plan.window.width() * kCellsPerPx) + 1;
    const auto rows = static_cast<std::size_t>(plan.window.height() * kCellsPerPx) + 1;
    std::vector<std::vector<std::uint64_t>> seen(plan.looks.size()); // of each look, a bit a cell
    std::vector<std::uint32_t> kept;
    kept.reserve(features.size());
    for (std::size_t i = features.size(); i-- > 0;) {
        const std::uint32_t f = features[i];
        const std::uint8_t look = plan.lookOf[f];
        const WideBox box = shapes.featureBox(f);
        const bool isOne = box.width() == 0 && box.height() == 0 && plan.window.contains(box.minX, box.minY);
        if (isOne && look != PreparedLayer::kNoRule && plan.looks[look].isMarkerOpaque) {
            if (seen[look].empty())
                seen[look].resize(rows * columns / 64 + 1);
            const std::size_t cell = static_cast<std::size_t>((box.minY - plan.window.minY) * kCellsPerPx) * columns +
                                     static_cast<std::size_t>((box.minX - plan.window.minX) * kCellsPerPx);
            std::uint64_t& word = seen[look][cell / 64];
            const std::uint64_t bit = 1ULL << (cell % 64);
            if ((word & bit) != 0)
                continue;
            word |= bit;
        }
        kept.push_back(f);
    }
    std::reverse(kept.begin(), kept.end());
    return kept;
}

MapBox windowOf(const MapView& view, double marginPx) {
    const MapPoint low = view.mapPoint(-marginPx, view.heightPx + marginPx);
    const MapPoint high = view.mapPoint(view.widthPx + marginPx, -marginPx);
    return {{low.x, low.y, high.x, high.y}};
}

} // namespace

void appendTableLayer(DrawContext& context, const Layer& layer) {
    if (!layer.visible || layer.opacity <= 0 || layer.table == nullptr)
        return;
    const MapView& view = context.scene.view;
    const double scale = view.scaleDenominator(), pxPerMm = view.pxPerMm();
    const std::shared_ptr<const PreparedLayer> prepared = context.prepared.find(layer.table, view.crs, context.stop);

    // Rules out of scale take no part, so that another rule for the same features may stand in for them.
    std::vector<std::vector<Condition>> conditions;
    std::vector<Look> looks;
    for (const Rule& rule : layer.style.rules) {
        if (!isInScale(rule.minScale, rule.maxScale, scale) || looks.size() == PreparedLayer::kNoRule)
            continue;
        conditions.push_back(rule.when);
        looks.push_back(lookOf(rule, layer.opacity, pxPerMm, context.list));
    }
    const double reach = reachPx(looks, context.list, pxPerMm), cut = cutMarginPx(looks, reach);
    std::vector<std::uint32_t> features = prepared->visible(prepared->gridBox(windowOf(view, reach)));
    if (features.empty())
        return;
    context.throwIfStopped();
    const auto matches = prepared->firstMatches(conditions, context.stop);
    const GridGeometry geometry = prepared->geometry(kTolerancePx * view.unitsPerPx, features, context.stop);
    const LayerView layerView{layer, *prepared, view, context.projection, std::move(features), geometry};
    Plan plan{layerView, looks,        *matches,     {-cut, -cut, view.widthPx + cut, view.heightPx + cut},
              pxPerMm,   context.clip, Pass::Casings};
    if (std::any_of(looks.begin(), looks.end(), [](const Look& look) { return look.hasCasing; }))
        appendPass(context, plan, layerView.features);
    plan.pass = Pass::Shapes;
    appendPass(context, plan, withoutRepeatedPoints(plan, layerView.features));
    if (context.scene.labels)
        appendLabelWishes(context, layerView);
}

} // namespace cordon
