#include "app/gui/project_edits.h"

#include <algorithm>

namespace cordon {

namespace {

bool hasLayer(const Project& project, const std::string& id) {
    return findLayer(project, id) != nullptr;
}

bool sameRgb(Color a, Color b) {
    return a.r == b.r && a.g == b.g && a.b == b.b;
}

void recolor(Color& color, Color from, Color to) {
    if (color.a != 0 && sameRgb(color, from))
        color = {to.r, to.g, to.b, color.a};
}

void include(GeoBox& box, const SmallGeometry& geometry) {
    for (const auto& part : geometry.parts)
        for (const LonLat p : part.points)
            box.include(p);
}

} // namespace

std::shared_ptr<const Layer> findLayer(const Project& project, const std::string& id) {
    const auto it = std::ranges::find_if(project.layers, [&](const auto& layer) { return layer->id == id; });
    return it == project.layers.end() ? nullptr : *it;
}

Project withChangedLayer(Project project, const std::string& id, const std::function<void(Layer&)>& change) {
    for (auto& layer : project.layers) {
        if (layer->id != id)
            continue;
        auto copy = std::make_shared<Layer>(*layer);
        change(*copy);
        layer = std::move(copy);
    }
    return project;
}

Project withoutLayer(Project project, const std::string& id) {
    std::erase_if(project.layers, [&](const auto& layer) { return layer->id == id; });
    return project;
}

Project withLayerOrder(Project project, const std::vector<std::string>& ids) {
    const auto rank = [&](const auto& layer) { return std::ranges::find(ids, layer->id) - ids.begin(); };
    std::ranges::stable_sort(project.layers, {}, rank);
    return project;
}

Project withAdditions(const Project& current, const Project& base, const Project& loaded) {
    Project result = current;
    if (base.layers.empty() && current.layers.empty())
        return loaded;
    for (const auto& layer : loaded.layers)
        if (layer->table && !hasLayer(base, layer->id) && !hasLayer(result, layer->id))
            result = withLayer(std::move(result), layer);
    if (loaded.situation != base.situation && !(*loaded.situation == *base.situation))
        result = withSituation(std::move(result), loaded.situation);
    if (!result.map.locator)
        result.map.locator = loaded.map.locator;
    for (const std::string& source : loaded.map.sources)
        if (std::ranges::find(result.map.sources, source) == result.map.sources.end())
            result.map.sources.push_back(source);
    return result;
}

std::vector<Record> addedRecords(const Situation& base, const Situation& loaded) {
    std::vector<Record> added;
    for (std::size_t kind = 0; kind < kRecordKinds; ++kind) {
        const auto recordKind = static_cast<RecordKind>(kind);
        const std::size_t before = visitRecords(base, recordKind, [](const auto& rows) { return rows.size(); });
        visitRecords(loaded, recordKind, [&](const auto& rows) {
            for (std::size_t row = before; row < rows.size(); ++row)
                added.emplace_back(rows[row]);
        });
    }
    return added;
}

std::optional<Color> mainColor(const Style& style) {
    for (const Rule& rule : style.rules) {
        if (rule.fill && rule.fill->color.a != 0)
            return rule.fill->color;
        if (rule.fill && rule.fill->hatch != Hatch::None)
            return rule.fill->hatchColor;
        if (!rule.lines.empty())
            return rule.lines.back().color;
        if (rule.marker)
            return rule.marker->fill;
    }
    return std::nullopt;
}

Style withMainColor(Style style, Color color) {
    const auto from = mainColor(style);
    if (!from)
        return style;
    for (Rule& rule : style.rules) {
        if (rule.fill) {
            recolor(rule.fill->color, *from, color);
            recolor(rule.fill->hatchColor, *from, color);
        }
        for (LineSymbol& line : rule.lines)
            recolor(line.color, *from, color);
        if (rule.marker)
            recolor(rule.marker->fill, *from, color);
    }
    return style;
}

GeoBox extentOf(const Layer& layer, const Situation& situation) {
    if (layer.table)
        return layer.table->extent;
    GeoBox box;
    if (layer.role == LayerRole::ControlAreas)
        for (const auto& record : situation.controlAreas)
            include(box, record.area);
    if (layer.role == LayerRole::RoadStatuses)
        for (const auto& record : situation.roadStatuses)
            include(box, record.geometry);
    if (layer.role == LayerRole::Restrictions)
        for (const auto& record : situation.restrictions)
            include(box, record.geometry);
    if (layer.role == LayerRole::Measures)
        for (const auto& record : situation.measures)
            include(box, record.geometry);
    if (layer.role == LayerRole::Incidents)
        for (const auto& record : situation.incidents)
            box.include(record.location);
    return box;
}

} // namespace cordon
