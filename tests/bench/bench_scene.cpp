#include "tests/bench/bench_scene.h"

#include "core/error.h"
#include "core/io/vector_reader.h"

#include <future>
#include <sstream>

namespace cordon::bench {

namespace {

constexpr double kDpi = 96;

double millimetres(double px) {
    return px * 25.4 / kDpi;
}

Color color(const char* hex) {
    return *Color::fromText(hex);
}

Condition equals(const char* field, const char* value) {
    return {field, Comparison::Equal, value};
}

LineSymbol line(const char* hex, double widthPx) {
    LineSymbol symbol;
    symbol.color = color(hex);
    symbol.widthMm = millimetres(widthPx);
    return symbol;
}

Style polygonStyle(bool withLabels) {
    Style style;
    const std::pair<const char*, const char*> fills[] = {
        {"A", "#d73027"}, {"B", "#4575b4"}, {"C", "#1a9850"}, {"D", "#fee08b"}, {"E", "#984ea3"}};
    for (const auto& [letter, hex] : fills) {
        Rule rule;
        rule.when = {equals("class", letter)};
        rule.fill = FillSymbol{};
        rule.fill->color = color(hex).withOpacity(0.6);
        rule.lines = {line("#404040", 1)};
        style.rules.push_back(rule);
    }
    if (withLabels) {
        LabelRule label;
        label.symbol.field = "name";
        label.symbol.sizePt = 11 * 72 / kDpi;
        label.symbol.halo = {255, 255, 255, 255};
        label.symbol.haloMm = millimetres(1);
        style.labels.push_back(label);
    }
    return style;
}

Style roadStyle() {
    Style style;
    const std::tuple<const char*, const char*, double> classes[] = {
        {"1", "#b35806", 3}, {"2", "#e08214", 2}, {"3", "#808080", 1}};
    for (const auto& [number, hex, widthPx] : classes) {
        Rule rule;
        rule.when = {equals("class", number), equals("status", "open")};
        rule.lines = {line(hex, widthPx)};
        style.rules.push_back(rule);
    }
    Rule blocked;
    blocked.when = {equals("status", "blocked")};
    blocked.lines = {line("#ff0000", 3)};
    blocked.lines[0].dashMm = {millimetres(6), millimetres(4)};
    style.rules.push_back(blocked);
    return style;
}

Style pointStyle() {
    Rule rule;
    rule.marker = MarkerSymbol{};
    rule.marker->sizeMm = millimetres(6);
    rule.marker->fill = color("#ffff00");
    rule.marker->stroke = color("#000000");
    rule.marker->strokeMm = millimetres(1);
    return {{rule}, {}};
}

std::shared_ptr<const Layer> layerOf(const std::string& path, LayerRole role, std::vector<std::string> columns,
                                     Style style) {
    ReadOptions options;
    options.columns = std::move(columns);
    const ImportResult result = readVector(path, options);
    Layer layer;
    layer.id = layer.name = path;
    layer.role = role;
    layer.table = result.tables.at(0);
    layer.style = std::move(style);
    return std::make_shared<const Layer>(std::move(layer));
}

} // namespace

std::shared_ptr<const Project> readProject(const Inputs& inputs, bool withLabels) {
    std::vector<std::string> polygonColumns{"class"};
    if (withLabels)
        polygonColumns.emplace_back("name");
    auto roads = std::async(std::launch::async, [&] {
        return layerOf(inputs.roads, LayerRole::Road, {"class", "status"}, roadStyle());
    });
    const auto polygons = layerOf(inputs.polygons, LayerRole::Region, polygonColumns, polygonStyle(withLabels));
    const auto points = layerOf(inputs.points, LayerRole::Point, {}, pointStyle());
    auto project = std::make_shared<Project>();
    project->layers = {polygons, roads.get(), points};
    return project;
}

MapView viewOfBox(const std::string& box, int widthPx, int heightPx) {
    std::istringstream in(box);
    double minX = 0, minY = 0, maxX = 0, maxY = 0;
    if (!(in >> minX >> minY >> maxX >> maxY))
        throw Error("Could not read the box '" + box + "'; give xmin ymin xmax ymax in metres.");
    MapView view;
    view.crs = Crs::webMercator();
    view.center = {(minX + maxX) / 2, (minY + maxY) / 2};
    view.unitsPerPx = (maxX - minX) / widthPx;
    view.widthPx = widthPx;
    view.heightPx = heightPx;
    view.dpi = kDpi;
    return view;
}

Scene sceneOf(std::shared_ptr<const Project> project, const MapView& view, bool withLabels) {
    Scene scene;
    scene.project = std::move(project);
    scene.view = view;
    scene.labels = withLabels;
    return scene;
}

} // namespace cordon::bench
