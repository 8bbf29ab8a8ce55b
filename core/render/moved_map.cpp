#include "core/render/moved_map.h"

#include "core/render/parallel.h"
#include "core/render/raster_canvas.h"
#include "core/render/table_layer.h"

#include <QRegion>
#include <algorithm>
#include <cmath>
#include <cstring>

namespace cordon {

namespace {

constexpr double kWholePx = 1e-3;       // nearer to whole pixels than that
constexpr double kMostDrawnShare = 0.6; // of the page; with more of it new, taking over the rest does not pay

// Dashes keep to their line, but those of a ring begin where the page cuts it, and no more than one pattern a line.
bool keepsDashes(const Rule& rule, const FeatureTable* table) {
    const std::vector<double>* dashes = nullptr;
    for (const LineSymbol& line : rule.lines) {
        if (line.dashMm.empty())
            continue;
        if (dashes != nullptr && *dashes != line.dashMm)
            return false;
        dashes = &line.dashMm;
    }
    return dashes == nullptr || table == nullptr || std::ranges::none_of(table->geometry.partRole, [](PartRole role) {
               return role == PartRole::OuterRing || role == PartRole::InnerRing;
           });
}

bool looksTheSame(const Rule& rule, const FeatureTable* table) {
    return (!rule.fill || rule.fill->hatch == Hatch::None) && keepsDashes(rule, table);
}

// Whether the shapes of a place look the same wherever on the page it lies. Hatches begin at the page's edge, signs of
// the situation keep clear of it, and the graticule's lines are chosen by the view.
bool isMovable(const Scene& scene, double scale) {
    if (scene.graticule)
        return false;
    return std::ranges::all_of(scene.project->layers, [&](const auto& layer) {
        if (!layer->visible || layer->opacity <= 0)
            return true;
        if (isSituationRole(layer->role))
            return scene.project->situation->isEmpty();
        return std::ranges::all_of(layer->style.rules, [&](const Rule& rule) {
            return !isInScale(rule.minScale, rule.maxScale, scale) || looksTheSame(rule, layer->table.get());
        });
    });
}

// The true scale, by which rules are chosen, changes with the latitude.
bool haveSameRules(const Project& project, double a, double b) {
    return std::ranges::all_of(project.layers, [&](const auto& layer) {
        return std::ranges::all_of(layer->style.rules, [&](const Rule& rule) {
            return isInScale(rule.minScale, rule.maxScale, a) == isInScale(rule.minScale, rule.maxScale, b);
        });
    });
}

// Where on `view`'s page the page of `before` lies; nullopt where it is not whole pixels away.
std::optional<QRect> placeOnPage(const MapView& before, const MapView& view) {
    const double stretchPx = std::abs(before.unitsPerPx / view.unitsPerPx - 1) * (before.widthPx + before.heightPx);
    if (!(before.crs == view.crs) || !(stretchPx < kWholePx) || before.dpi != view.dpi)
        return std::nullopt;
    const MapPoint topLeft = before.mapPoint(0, 0);
    const double x = view.pageX(topLeft.x), y = view.pageY(topLeft.y);
    if (!(std::abs(x) < 1e6 && std::abs(y) < 1e6) || std::abs(x - std::round(x)) > kWholePx ||
        std::abs(y - std::round(y)) > kWholePx)
        return std::nullopt;
    return QRect(static_cast<int>(std::lround(x)), static_cast<int>(std::lround(y)), before.widthPx, before.heightPx);
}

MapView partOf(const MapView& view, const QRect& rect) {
    MapView part = view;
    part.center = view.mapPoint(rect.x() + rect.width() / 2.0, rect.y() + rect.height() / 2.0);
    part.widthPx = rect.width();
    part.heightPx = rect.height();
    return part;
}

QImage makeOpaquePicture(int widthPx, int heightPx) {
    QImage image = makePicture(widthPx, heightPx);
    image.reinterpretAsFormat(QImage::Format_RGB32);
    return image;
}

// Same format, four bytes a pixel.
void copyPixels(const QImage& from, QPoint source, QImage& to, const QRect& target) {
    for (int y = 0; y < target.height(); ++y)
        std::memcpy(to.scanLine(target.y() + y) + 4 * target.x(), from.constScanLine(source.y() + y) + 4 * source.x(),
                    static_cast<std::size_t>(target.width()) * 4);
}

QImage drawnShapes(const DisplayList& list, const std::stop_token& stop) {
    QImage shapes = drawShapes(list, threadCount(0), stop);
    shapes.reinterpretAsFormat(QImage::Format_RGB32); // it covers its ground
    return shapes;
}

// What is new in view, and what is kept of the page before.
struct Move {
    QRect before, kept;
    std::vector<Scene> parts; // as rectangles of the page
    std::vector<QRect> places;
};

std::optional<Move> moveFrom(const MapGround& before, const Scene& scene) {
    if (before.shapes.isNull() || before.scene.project != scene.project || !(before.scene.time == scene.time))
        return std::nullopt;
    const auto place = placeOnPage(before.scene.view, scene.view);
    if (!place)
        return std::nullopt;
    const QRect page(0, 0, scene.view.widthPx, scene.view.heightPx);
    Move move{*place, *place & page, {}, {}};
    const auto areaOf = [](const QRect& rect) { return 1.0 * rect.width() * rect.height(); };
    if (move.kept.isEmpty() || areaOf(page) - areaOf(move.kept) > kMostDrawnShare * areaOf(page))
        return std::nullopt;
    const double scale = scene.view.scaleDenominator();
    if (!haveSameRules(*scene.project, scale, before.scene.view.scaleDenominator()))
        return std::nullopt;
    for (const QRect& rect : QRegion(page).subtracted(move.kept)) {
        Scene part = scene;
        part.labels = false;
        part.view = partOf(scene.view, rect);
        if (!haveSameRules(*scene.project, scale, part.view.scaleDenominator()))
            return std::nullopt;
        move.parts.push_back(std::move(part));
        move.places.push_back(rect);
    }
    return move;
}

QImage movedShapes(const Move& move, const MapGround& before, const MapView& view, PreparedLayers& prepared,
                   const std::stop_token& stop) {
    QImage shapes = makeOpaquePicture(view.widthPx, view.heightPx);
    copyPixels(before.shapes, move.kept.topLeft() - move.before.topLeft(), shapes, move.kept);
    for (std::size_t i = 0; i < move.parts.size(); ++i)
        copyPixels(drawnShapes(buildDisplayList(move.parts[i], prepared, stop), stop), {}, shapes, move.places[i]);
    return shapes;
}

std::vector<Text> labelsOf(const Scene& scene, PreparedLayers& prepared, const std::stop_token& stop) {
    if (!scene.labels)
        return {};
    SceneDrawing drawing(scene, prepared, stop);
    for (const auto& layer : scene.project->layers)
        if (!isSituationRole(layer->role))
            appendTableLabels(drawing.context, *layer);
    placeLabels(drawing.context);
    return std::move(drawing.list.texts);
}

QImage withTexts(const QImage& shapes, const std::vector<Text>& texts, const std::stop_token& stop) {
    if (texts.empty())
        return shapes;
    QImage image = makeOpaquePicture(shapes.width(), shapes.height());
    copyPixels(shapes, {}, image, shapes.rect());
    drawTextsOver(image, texts, threadCount(0), stop);
    return image;
}

} // namespace

MapPicture renderMoved(const Scene& scene, PreparedLayers& prepared, const MapGround& before,
                       const std::stop_token& stop) {
    if (!isMovable(scene, scene.view.scaleDenominator())) {
        MapPicture picture{render(scene, prepared, stop), {}};
        picture.image.reinterpretAsFormat(QImage::Format_RGB32);
        return picture;
    }
    MapPicture picture{{}, {{}, scene}};
    std::vector<Text> texts;
    if (const auto move = moveFrom(before, scene)) {
        picture.ground.shapes = movedShapes(*move, before, scene.view, prepared, stop);
        texts = labelsOf(scene, prepared, stop);
    } else {
        DisplayList list = buildDisplayList(scene, prepared, stop);
        picture.ground.shapes = drawnShapes(list, stop);
        texts = std::move(list.texts);
    }
    picture.image = withTexts(picture.ground.shapes, texts, stop);
    return picture;
}

} // namespace cordon
