#include "core/model/project.h"

#include "core/model/default_style.h"
#include "core/model/lowered.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace cordon {
namespace {

struct RoleWord {
    LayerRole role;
    std::string_view word;
    int level; // drawing order, bottom first
};
// Fills under lines under points; the situation between: areas under roads, statuses over them, signs on top.
constexpr std::array kRoles = {
    RoleWord{LayerRole::Sea, "sea", 0},
    RoleWord{LayerRole::Country, "country", 1},
    RoleWord{LayerRole::Region, "region", 2},
    RoleWord{LayerRole::ControlAreas, "control_areas", 3},
    RoleWord{LayerRole::Lake, "lake", 4},
    RoleWord{LayerRole::River, "river", 5},
    RoleWord{LayerRole::Boundary, "boundary", 6},
    RoleWord{LayerRole::Road, "road", 7},
    RoleWord{LayerRole::RoadStatuses, "road_statuses", 8},
    RoleWord{LayerRole::Track, "track", 9},
    RoleWord{LayerRole::Place, "place", 10},
    RoleWord{LayerRole::Point, "point", 11},
    RoleWord{LayerRole::Incident, "incident", 12},
    RoleWord{LayerRole::Incidents, "incidents", 13},
    RoleWord{LayerRole::Measures, "measures", 14},
    RoleWord{LayerRole::Restrictions, "restrictions", 15},
    RoleWord{LayerRole::Change, "change", 11},
    RoleWord{LayerRole::Other, "other", 11},
};

const RoleWord& entryOf(LayerRole role) {
    return *std::find_if(kRoles.begin(), kRoles.end(), [&](const RoleWord& r) { return r.role == role; });
}

// Level in the drawing order; a layer of no known role goes by its geometry.
int levelOf(const Layer& layer) {
    const bool goesByGeometry = layer.role == LayerRole::Other || layer.role == LayerRole::Change;
    if (!goesByGeometry || !layer.table)
        return entryOf(layer.role).level;
    switch (layer.table->geometryClass()) {
    case GeometryClass::Polygons:
    case GeometryClass::Mixed:
        return entryOf(LayerRole::Region).level;
    case GeometryClass::Lines: // what changed on a road covers the road, and no town
        return entryOf(layer.role == LayerRole::Change ? LayerRole::RoadStatuses : LayerRole::Boundary).level;
    default:
        return entryOf(LayerRole::Point).level;
    }
}

bool containsAny(const std::string& text, std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

bool hasColumn(const FeatureTable& table, std::initializer_list<std::string_view> names) {
    return std::any_of(names.begin(), names.end(),
                       [&](std::string_view name) { return table.findColumn(name) != nullptr; });
}

LayerRole guessPointRole(const FeatureTable& table, const std::string& name) {
    if (hasColumn(table, {"event_id_cnty", "event_type", "type_of_violence", "fatalities", "deaths_a"}) ||
        containsAny(name, {"incident", "gedevent"}))
        return LayerRole::Incident;
    if (containsAny(name, {"place", "town", "cities", "settlement", "localit", "village"}) ||
        (hasColumn(table, {"population", "pop_max", "popplacecl"}) && hasColumn(table, {"name", "nom", "featurenam"})))
        return LayerRole::Place;
    return LayerRole::Point;
}

LayerRole guessLineRole(const FeatureTable& table, const std::string& name) {
    if (containsAny(name, {"river", "stream", "waterway", "fleuve", "rivier"}))
        return LayerRole::River;
    if (containsAny(name, {"track", "trace", "route_points"}) && !table.geometry.timeMs.empty())
        return LayerRole::Track;
    if (table.source.format == "GPX")
        return LayerRole::Track;
    if (containsAny(name, {"road", "route", "highway", "street", "piste"}) ||
        hasColumn(table, {"highway", "fclass", "speed_kmh", "road_id"}))
        return LayerRole::Road;
    if (containsAny(name, {"boundar", "border", "limite"}))
        return LayerRole::Boundary;
    return LayerRole::Other;
}

LayerRole guessPolygonRole(const FeatureTable& table, const std::string& name) {
    if (containsAny(name, {"lake", "lac", "water"}))
        return LayerRole::Lake;
    if (containsAny(name, {"sea", "ocean"}))
        return LayerRole::Sea;
    if (containsAny(name, {"admin0", "adm0", "countr", "pays"}))
        return LayerRole::Country;
    if (containsAny(name, {"admin", "adm1", "adm2", "adm3", "region", "cercle", "commune", "province", "district",
                           "quartier"}) ||
        hasColumn(table, {"iso_3166_2", "admin1Pcod", "adm1_pcode", "ADM1_PCODE"}))
        return LayerRole::Region;
    return LayerRole::Other;
}

std::string guessIdField(LayerRole role, const FeatureTable& table) {
    using Names = std::initializer_list<const char*>;
    const Names roadNames = {"road_id", "edge", "osm_id", "id"};
    const Names regionNames = {"pcode",      "ADM3_PCODE", "admin3Pcod", "ADM2_PCODE", "adm2_pcode",
                               "admin2Pcod", "ADM1_PCODE", "adm1_pcode", "admin1Pcod", "iso_3166_2",
                               "ISO_A2",     "ADM0_PCODE", "admin0Pcod", "iso_a3",     "id"};
    const bool isArea = role == LayerRole::Region || role == LayerRole::Country;
    if (role != LayerRole::Road && !isArea)
        return {};
    for (const char* name : role == LayerRole::Road ? roadNames : regionNames)
        if (const Column* column = table.findColumn(name))
            return column->name;
    return {};
}

std::string uniqueId(const Project& project, std::string wanted) {
    const auto taken = [&](const std::string& id) {
        return std::any_of(project.layers.begin(), project.layers.end(),
                           [&](const auto& layer) { return layer->id == id; });
    };
    if (!taken(wanted))
        return wanted;
    for (int n = 2;; ++n)
        if (const std::string id = wanted + "-" + std::to_string(n); !taken(id))
            return id;
}

} // namespace

bool isSituationRole(LayerRole role) {
    return role == LayerRole::ControlAreas || role == LayerRole::RoadStatuses || role == LayerRole::Restrictions ||
           role == LayerRole::Incidents || role == LayerRole::Measures;
}

std::string_view toWord(LayerRole role) {
    return entryOf(role).word;
}

std::optional<LayerRole> layerRoleFromWord(std::string_view word) {
    for (const RoleWord& entry : kRoles)
        if (entry.word == word && !isSituationRole(entry.role))
            return entry.role;
    return std::nullopt;
}

Project withLayer(Project project, std::shared_ptr<const Layer> layer) {
    if (const std::string id = uniqueId(project, layer->id); id != layer->id) {
        auto copy = std::make_shared<Layer>(*layer);
        copy->id = id;
        layer = std::move(copy);
    }
    const int level = levelOf(*layer);
    const auto above = std::find_if(project.layers.begin(), project.layers.end(),
                                    [&](const auto& other) { return levelOf(*other) > level; });
    project.layers.insert(above, std::move(layer));
    return project;
}

Project withSituation(Project project, std::shared_ptr<const Situation> situation) {
    project.situation = std::move(situation);
    static constexpr std::array kParts = {
        std::pair{LayerRole::ControlAreas, "Control"}, std::pair{LayerRole::RoadStatuses, "Road status"},
        std::pair{LayerRole::Incidents, "Incidents"}, std::pair{LayerRole::Measures, "Measures"},
        std::pair{LayerRole::Restrictions, "Restrictions"}};
    for (const auto& [role, name] : kParts) {
        const bool present = std::any_of(project.layers.begin(), project.layers.end(),
                                         [r = role](const auto& layer) { return layer->role == r; });
        if (present)
            continue;
        auto layer = std::make_shared<Layer>();
        layer->id = std::string(toWord(role));
        layer->name = name;
        layer->role = role;
        project = withLayer(std::move(project), std::move(layer));
    }
    return project;
}

LayerRole guessRole(const FeatureTable& table) {
    const std::string name = lowered(table.name);
    switch (table.geometryClass()) {
    case GeometryClass::Points:
        return guessPointRole(table, name);
    case GeometryClass::Lines:
        return guessLineRole(table, name);
    case GeometryClass::Polygons:
        return guessPolygonRole(table, name);
    default:
        return LayerRole::Other;
    }
}

std::shared_ptr<const Layer> makeLayer(std::shared_ptr<const FeatureTable> table, std::optional<LayerRole> role) {
    auto layer = std::make_shared<Layer>();
    layer->id = table->name.empty() ? "layer" : table->name;
    layer->name = layer->id;
    layer->role = role.value_or(guessRole(*table));
    layer->style = defaultStyle(layer->role, *table);
    layer->idField = guessIdField(layer->role, *table);
    layer->table = std::move(table);
    return layer;
}

namespace {

void include(GeoBox& box, const SmallGeometry& geometry) {
    for (const SmallGeometry::Part& part : geometry.parts)
        for (const LonLat p : part.points)
            box.include(p);
}

} // namespace

GeoBox extentOf(const Project& project) {
    GeoBox box;
    for (const auto& layer : project.layers)
        if (layer->visible && layer->table && !layer->table->extent.isEmpty())
            box.include(static_cast<const BasicBox<double>&>(layer->table->extent));
    if (!box.isEmpty())
        return box;
    const Situation& s = *project.situation; // records alone still make a map
    for (const ControlArea& r : s.controlAreas)
        include(box, r.area);
    for (const RoadStatus& r : s.roadStatuses)
        include(box, r.geometry);
    for (const Restriction& r : s.restrictions)
        include(box, r.geometry);
    for (const Incident& r : s.incidents)
        box.include(r.location);
    for (const Measure& r : s.measures)
        include(box, r.geometry);
    return box;
}

} // namespace cordon
