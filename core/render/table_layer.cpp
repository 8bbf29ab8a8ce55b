#include "core/render/table_layer.h"

#include "core/render/parallel.h"
#include "core/render/shown_features.h"
#include "core/render/symbols.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <memory>
#include <mutex>

namespace cordon {

namespace {

// Of a chunk of features that are appended by one thread.
constexpr std::size_t kChunkFeatures = 1024, kChunkVertices = 16384;
enum class Pass { Casings, Shapes };
// Largest departure from the exact shape that a generalised one may have.
constexpr double kTolerancePx = 0.275;

struct Plan {
    const LayerView& layer;
    const std::vector<TableLook>& looks;
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
        const TableLook& look = m_plan.looks[number];
        if (m_plan.layer.prepared.isLoosePoints()) {
            appendLoosePoint(feature, number, look);
            return;
        }
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
                m_shapes.appendLine(m_list, feature, p, m_plan.window, isInside, look.dashPeriodPx);
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
        const TableLook& look = m_plan.looks[m_runLook];
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

    void appendLoosePoint(std::uint32_t feature, std::uint8_t number, const TableLook& look) {
        if (m_plan.pass == Pass::Casings || !look.markerStyle)
            return;
        startRun(OpKind::Markers, number);
        m_shapes.appendPoints(m_list, feature, feature, m_plan.window);
    }

    void appendStrokes(const TableLook& look, std::uint32_t firstPart) {
        for (const std::uint32_t style : look.strokeStyles)
            m_list.addOp(OpKind::Stroke, style, firstPart, m_plan.clip);
    }

    void appendCasings(const TableLook& look) {
        for (const LineSymbol& line : look.lines)
            if (line.casingMm > 0 && line.casingColor.a > 0)
                appendCasing(m_list, m_runFirstPart, line, m_plan.pxPerMm, m_plan.clip);
    }

    // Fill, then its outline, before the next feature, so that see-through polygons compose one by one.
    void appendPolygon(std::uint32_t feature, const TableLook& look, bool isInside) {
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

// Takes chunks of shapes that threads make in lists of their own, and appends them to the list in their order. A list
// that was taken serves another chunk: so few are needed that they stay in the processor's cache, and no memory is
// touched but that of the list.
class ChunkCollector {
public:
    ChunkCollector(DisplayList& list, int chunkCount)
        : m_list(list), m_chunkCount(chunkCount), m_pointsBefore(list.points.size()) {
        m_styles.clips = list.clips;
        m_styles.fills = list.fills;
        m_styles.strokes = list.strokes;
        m_styles.markers = list.markers;
    }

    // Empty but for the styles there were.
    std::unique_ptr<DisplayList> emptyList() {
        const std::lock_guard lock(m_mutex);
        if (m_empty.empty())
            return std::make_unique<DisplayList>(m_styles);
        std::unique_ptr<DisplayList> list = std::move(m_empty.back());
        m_empty.pop_back();
        return list;
    }

    void take(int number, std::unique_ptr<DisplayList> chunk) {
        const std::lock_guard lock(m_mutex);
        m_early.emplace(number, std::move(chunk));
        for (auto next = m_early.find(m_next); next != m_early.end(); next = m_early.find(++m_next)) {
            append(*next->second);
            clear(*next->second);
            m_empty.push_back(std::move(next->second));
            m_early.erase(next);
        }
    }

private:
    void append(DisplayList& chunk) {
        adoptStyles(chunk);
        makeRoom(chunk.points.size());
        const auto points = static_cast<std::uint32_t>(m_list.points.size());
        const auto parts = static_cast<std::uint32_t>(m_list.partStart.size() - 1);
        m_list.points.insert(m_list.points.end(), chunk.points.begin(), chunk.points.end());
        for (std::uint32_t& start : chunk.partStart)
            start += points;
        m_list.partStart.insert(m_list.partStart.end(), chunk.partStart.begin() + 1, chunk.partStart.end());
        for (Op& op : chunk.ops)
            op.firstPart += parts;
        m_list.ops.insert(m_list.ops.end(), chunk.ops.begin(), chunk.ops.end());
    }

    // As much as all chunks take if the others are like those so far, up to a power of two: the next layer's shapes fit
    // in most often, and in a picture of nearly this size the same memory serves again.
    void makeRoom(std::size_t points) {
        const std::size_t needed = m_list.points.size() + points;
        if (needed <= m_list.points.capacity())
            return;
        const double ofAll = (m_next + 1.0) / m_chunkCount;
        const auto expected =
            m_pointsBefore + static_cast<std::size_t>(static_cast<double>(needed - m_pointsBefore) / ofAll);
        m_list.points.reserve(std::bit_ceil(expected));
    }

    // The styles a chunk added become the list's, too.
    void adoptStyles(DisplayList& chunk) {
        const bool isNew = chunk.fills.size() > m_styles.fills.size() ||
                           chunk.strokes.size() > m_styles.strokes.size() ||
                           chunk.markers.size() > m_styles.markers.size();
        if (!isNew)
            return;
        for (Op& op : chunk.ops) {
            switch (op.kind) {
            case OpKind::Fill:
            case OpKind::Letters:
                op.style = m_list.fillStyle(chunk.fills[op.style]);
                break;
            case OpKind::Stroke:
                op.style = m_list.strokeStyle(chunk.strokes[op.style]);
                break;
            case OpKind::Markers:
                op.style = m_list.markerStyle(chunk.markers[op.style]);
                break;
            }
        }
    }

    void clear(DisplayList& chunk) const {
        chunk.points.clear();
        chunk.partStart.assign(1, 0);
        chunk.ops.clear();
        chunk.fills.resize(m_styles.fills.size());
        chunk.strokes.resize(m_styles.strokes.size());
        chunk.markers.resize(m_styles.markers.size());
    }

    DisplayList& m_list;
    int m_chunkCount;
    std::size_t m_pointsBefore; // the first chunk
    DisplayList m_styles;       // those of the list before the first chunk; nothing else
    std::mutex m_mutex;
    int m_next = 0;                                      // chunk
    std::map<int, std::unique_ptr<DisplayList>> m_early; // done before others that precede them
    std::vector<std::unique_ptr<DisplayList>> m_empty;
};

void appendPass(DrawContext& context, const Plan& plan, const std::vector<std::uint32_t>& features) {
    const FeatureTable& table = plan.layer.prepared.table();
    const std::size_t vertices = table.geometry.coordinates.size() / std::max<std::size_t>(1, table.featureCount);
    const std::size_t chunkFeatures = std::clamp<std::size_t>(kChunkVertices / (vertices + 1), 1, kChunkFeatures);
    const auto chunkCount = static_cast<int>((features.size() + chunkFeatures - 1) / chunkFeatures);
    ChunkCollector collector(context.list, chunkCount);
    // The projection serves one thread; it is needed only where the grid is too coarse, and then little is visible.
    const bool isShared = plan.layer.prepared.gridSuffices(plan.layer.view.unitsPerPx);
    parallelFor(isShared ? threadCount(0) : 1, chunkCount, [&](int chunk) {
        context.throwIfStopped();
        std::unique_ptr<DisplayList> list = collector.emptyList();
        ChunkBuilder builder(plan, *list);
        const std::size_t begin = static_cast<std::size_t>(chunk) * chunkFeatures;
        for (std::size_t i = begin; i < std::min(features.size(), begin + chunkFeatures); ++i)
            builder.append(features[i]);
        builder.finish();
        collector.take(chunk, std::move(list));
    });
}

MapBox windowOf(const MapView& view, double marginPx) {
    const MapPoint low = view.mapPoint(-marginPx, view.heightPx + marginPx);
    const MapPoint high = view.mapPoint(view.widthPx + marginPx, -marginPx);
    return {{low.x, low.y, high.x, high.y}};
}

// The layer as the view's scale draws it, and which of its features the view could show.
struct LayerLook {
    TableDrawing drawing;
    std::vector<std::vector<Condition>> conditions; // one a look
    std::vector<std::uint32_t> visible;             // ascending
};

std::optional<LayerLook> lookAt(DrawContext& context, const Layer& layer) {
    if (!layer.visible || layer.opacity <= 0 || layer.table == nullptr)
        return std::nullopt;
    const MapView& view = context.scene.view;
    const double scale = view.scaleDenominator(), pxPerMm = view.pxPerMm();
    LayerLook look{{&layer, context.prepared.find(layer.table, view.crs, context.stop), {}, {}, 0, {}, {}}, {}, {}};
    TableDrawing& drawing = look.drawing;
    // Rules out of scale take no part, so that another rule for the same features may stand in for them.
    for (const Rule& rule : layer.style.rules) {
        if (!isInScale(rule.minScale, rule.maxScale, scale) || drawing.looks.size() == PreparedLayer::kNoRule)
            continue;
        look.conditions.push_back(rule.when);
        drawing.looks.push_back(lookOf(rule, layer.opacity, pxPerMm, context.list));
    }
    drawing.reachPx = reachPx(drawing.looks, context.list, pxPerMm);
    look.visible = drawing.prepared->visible(drawing.prepared->gridBox(windowOf(view, drawing.reachPx)));
    if (look.visible.empty())
        return std::nullopt;
    context.throwIfStopped();
    return look;
}

std::optional<TableDrawing> chooseFeatures(DrawContext& context, const Layer& layer, CoveredPixels& covered) {
    std::optional<LayerLook> look = lookAt(context, layer);
    if (!look)
        return std::nullopt;
    TableDrawing& drawing = look->drawing;
    const PreparedLayer& prepared = *drawing.prepared;
    drawing.lookOf = prepared.firstMatches(look->conditions, context.stop);
    drawing.shown = shownFeatures({prepared, context.scene.view, context.projection, drawing.looks, *drawing.lookOf},
                                  look->visible, context.list, covered, context.stop);
    if (context.scene.labels && !layer.style.labels.empty())
        drawing.labelled = std::move(look->visible);
    return std::move(drawing);
}

} // namespace

std::vector<std::optional<TableDrawing>> chooseFeatures(DrawContext& context) {
    const std::vector<std::shared_ptr<const Layer>>& layers = context.scene.project->layers;
    std::vector<std::optional<TableDrawing>> drawings(layers.size());
    CoveredPixels covered;
    for (std::size_t i = layers.size(); i-- > 0;)
        if (!isSituationRole(layers[i]->role))
            drawings[i] = chooseFeatures(context, *layers[i], covered);
    return drawings;
}

// Dashes are as far along a line as the line is long: thinned in one view only, they would not join those of another.
GridGeometry geometryOf(const TableDrawing& drawing, const DrawContext& context) {
    const bool hasDashes =
        std::ranges::any_of(drawing.looks, [](const TableLook& look) { return look.dashPeriodPx > 0; });
    return drawing.prepared->geometry(kTolerancePx * context.scene.view.unitsPerPx, drawing.needed(), context.stop,
                                      hasDashes ? PreparedLayer::Thinning::Alike
                                                : PreparedLayer::Thinning::WherePaying);
}

void appendTableLayer(DrawContext& context, const TableDrawing& drawing) {
    const MapView& view = context.scene.view;
    const PreparedLayer& prepared = *drawing.prepared;
    const double cut = cutMarginPx(drawing.looks, drawing.reachPx);
    const LayerView layerView{*drawing.layer,     prepared,         view,
                              context.projection, drawing.labelled, geometryOf(drawing, context)};
    Plan plan{layerView,      drawing.looks, *drawing.lookOf, {-cut, -cut, view.widthPx + cut, view.heightPx + cut},
              view.pxPerMm(), context.clip,  Pass::Casings};
    if (std::any_of(drawing.looks.begin(), drawing.looks.end(), [](const TableLook& look) { return look.hasCasing; }))
        appendPass(context, plan, drawing.shown);
    plan.pass = Pass::Shapes;
    appendPass(context, plan, drawing.shown);
    if (!drawing.labelled.empty())
        appendLabelWishes(context, layerView);
}

void appendTableLabels(DrawContext& context, const Layer& layer) {
    if (layer.style.labels.empty())
        return;
    std::optional<LayerLook> look = lookAt(context, layer);
    if (!look)
        return;
    look->drawing.labelled = std::move(look->visible);
    const TableDrawing& drawing = look->drawing;
    appendLabelWishes(context, {layer, *drawing.prepared, context.scene.view, context.projection, drawing.labelled,
                                geometryOf(drawing, context)});
}

} // namespace cordon
