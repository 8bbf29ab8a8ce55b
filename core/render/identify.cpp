#include "core/render/identify.h"

#include "core/error.h"
#include "core/render/identify_probe.h"
#include "core/render/prepared_layer.h"

namespace cordon {

namespace {

bool isInScale(const Rule& rule, double scale) {
    return scale >= rule.minScale && (rule.maxScale <= 0 || scale < rule.maxScale);
}

double halfWidthPx(const Rule& rule, double pxPerMm) {
    double mm = rule.marker ? rule.marker->sizeMm / 2 : 0;
    for (const LineSymbol& line : rule.lines)
        mm = std::max(mm, line.widthMm / 2 + line.casingMm);
    return mm * pxPerMm;
}

std::string titleOf(const FeatureTable& table, std::uint32_t feature, const Layer& layer) {
    if (!layer.style.labels.empty())
        if (const Column* column = table.findColumn(layer.style.labels.front().symbol.field))
            if (std::string text = table.valueAsText(*column, feature); !text.empty())
                return text;
    for (const char* name : {"name", "name_en", "title", "label", "nom", "adm2_name", "adm1_name", "place"})
        if (const Column* column = table.findColumn(name))
            if (std::string text = table.valueAsText(*column, feature); !text.empty())
                return text;
    return "#" + std::to_string(feature + 1);
}

std::optional<LonLat> pointOf(const GeometryColumn& geometry, std::uint32_t feature) {
    const std::uint32_t part = geometry.featureStart[feature];
    if (geometry.featureStart[feature + 1] != part + 1 || geometry.partRole[part] != PartRole::Points ||
        geometry.part(part).size() != 1)
        return std::nullopt;
    return geometry.part(part).front();
}

void identifyTable(const Scene& scene, const Layer& layer, PreparedLayers& prepared, const IdentifyQuery& query,
                   std::stop_token stop, std::vector<Identified>& out) {
    std::vector<std::vector<Condition>> conditions;
    double widestPx = 0;
    for (const Rule& rule : layer.style.rules) {
        conditions.push_back(rule.when);
        widestPx = std::max(widestPx, halfWidthPx(rule, scene.view.pxPerMm()));
    }
    const auto ready = prepared.find(layer.table, scene.view.crs, stop);
    const auto rules = ready->firstMatches(conditions);
    const double scale = scene.view.scaleDenominator();
    IdentifyProbe probe(scene, query);
    std::size_t found = 0;
    for (const std::uint32_t f : ready->visible(ready->gridBox(probe.box(query.tolerancePx + widestPx)))) {
        if (stop.stop_requested())
            throw Stopped{};
        if ((*rules)[f] == PreparedLayer::kNoRule || found == query.atMost)
            continue;
        const Rule& rule = layer.style.rules[(*rules)[f]];
        if (!isInScale(rule, scale) ||
            !probe.hitsFeature(*layer.table, f, query.tolerancePx + halfWidthPx(rule, scene.view.pxPerMm())))
            continue;
        Identified hit{layer.id, layer.name, f, {}, titleOf(*layer.table, f, layer), {}, {}};
        for (const Column& column : layer.table->columns)
            hit.fields.push_back({column.name, layer.table->valueAsText(column, f)});
        hit.point = pointOf(layer.table->geometry, f);
        out.push_back(std::move(hit));
        ++found;
    }
}

} // namespace

std::vector<Identified> identify(const Scene& scene, PreparedLayers& prepared, const IdentifyQuery& query,
                                 std::stop_token stop) {
    std::vector<Identified> found;
    const auto now = prepared.shownAt(*scene.project, scene.time);
    for (const auto& layer : std::views::reverse(scene.project->layers)) {
        if (!layer->visible || layer->opacity <= 0)
            continue;
        if (isSituationRole(layer->role))
            identifySituation(scene, *now, *layer, query, found);
        else if (layer->table)
            identifyTable(scene, *layer, prepared, query, stop, found);
    }
    return found;
}

} // namespace cordon
