// A small made-up map for the sheet's tests: a country of two regions round (0, 0), a situation, an inset.
#pragma once

#include "core/model/project.h"
#include "core/model/situation_at.h"
#include "core/render/sheet.h"

#include <string>
#include <utility>
#include <vector>

namespace cordon {

struct MadeRing {
    std::string kind;
    std::vector<LonLat> points;
};

inline std::vector<LonLat> square(double lon, double lat, double half) {
    return {{lon - half, lat - half},
            {lon + half, lat - half},
            {lon + half, lat + half},
            {lon - half, lat + half},
            {lon - half, lat - half}};
}

// One polygon (or, with role Line or Points, line or points) a row; the text column `kind` says which.
inline std::shared_ptr<const FeatureTable> madeTable(const std::string& name, const std::vector<MadeRing>& rows,
                                                     PartRole role = PartRole::OuterRing) {
    auto table = std::make_shared<FeatureTable>();
    table->name = name;
    Column kind;
    kind.name = "kind";
    TextValues values;
    for (const MadeRing& row : rows) {
        values.append(row.kind);
        auto& geometry = table->geometry;
        geometry.coordinates.insert(geometry.coordinates.end(), row.points.begin(), row.points.end());
        geometry.partStart.push_back(static_cast<std::uint32_t>(geometry.coordinates.size()));
        geometry.partRole.push_back(role);
        geometry.featureStart.push_back(geometry.partCount());
    }
    kind.values = values;
    table->columns.push_back(kind);
    finishTable(*table);
    return table;
}

inline Layer madeLayer(const std::string& name, LayerRole role, std::shared_ptr<const FeatureTable> table,
                       const std::vector<std::string>& kinds) {
    Layer layer;
    layer.id = name;
    layer.name = name;
    layer.role = role;
    layer.table = std::move(table);
    for (const std::string& kind : kinds) {
        Rule rule;
        rule.when = {{"kind", Comparison::Equal, kind}};
        rule.title = kind;
        rule.fill = FillSymbol{Color{230, 230, 220, 255}};
        rule.lines = {LineSymbol{Color{90, 90, 90, 255}, 0.3}};
        rule.marker = MarkerSymbol{};
        layer.style.rules.push_back(rule);
    }
    return layer;
}

inline TimePoint day(const char* text) {
    return parseTime(text).value().time;
}

inline RecordHead madeHead(const std::string& id, const char* from = "2025-09-01") {
    RecordHead head;
    head.id = id;
    head.valid.begin = day(from);
    head.confirmed = day("2025-10-19");
    return head;
}

inline SmallGeometry madeGeometry(SmallGeometry::Kind kind, std::vector<LonLat> points) {
    SmallGeometry geometry;
    geometry.kind = kind;
    geometry.parts.push_back({std::move(points), false});
    return geometry;
}

inline Incident madeIncident(const std::string& id, LonLat at, IncidentType type, const char* from,
                             std::optional<int> fatalities = std::nullopt) {
    Incident incident;
    incident.head = madeHead(id, from);
    incident.location = at;
    incident.type = type;
    incident.fatalitiesBest = fatalities;
    return incident;
}

inline ControlArea madeControl(const std::string& id, LonLat at, const std::string& actor,
                               ControlClass controlClass = ControlClass::Control) {
    ControlArea area;
    area.head = madeHead(id);
    area.area = madeGeometry(SmallGeometry::Kind::Polygon, square(at.lonDegrees, at.latDegrees, 0.6));
    area.actor = actor;
    area.controlClass = controlClass;
    return area;
}

inline RoadStatus madeRoad(const std::string& id, LonLat from, LonLat to, RoadStatusKind status) {
    RoadStatus road;
    road.head = madeHead(id);
    road.geometry = madeGeometry(SmallGeometry::Kind::Line, {from, to});
    road.status = status;
    return road;
}

inline Situation madeSituation() {
    Situation situation;
    situation.actors = {{.id = "N", .name = "Northern front", .nameFr = "Front du nord", .color = {204, 121, 167, 255}},
                        {.id = "S", .name = "State", .nameFr = "État", .color = {0, 114, 178, 255}}};
    situation.controlAreas = {madeControl("c1", {-2, 2}, "N"), madeControl("c2", {2, 2}, "S")};
    situation.roadStatuses = {madeRoad("r1", {-3, -1}, {3, -1}, RoadStatusKind::Blocked),
                              madeRoad("r2", {-3, -2}, {3, -2}, RoadStatusKind::Difficult)};
    Restriction restriction;
    restriction.head = madeHead("x1");
    restriction.geometry = madeGeometry(SmallGeometry::Kind::Point, {{0, 1}});
    situation.restrictions = {restriction};
    situation.incidents = {madeIncident("i1", {1, -3}, IncidentType::ArmedAttack, "2025-10-01", 12),
                           madeIncident("i2", {-1, -3}, IncidentType::AirStrike, "2025-10-02")};
    return situation;
}

inline Project madeProject(const Situation& situation = madeSituation()) {
    Project project;
    project.map.title = "Fuel and roads";
    project.map.summary = "The roads to the north are blocked. Two towns can be reached under escort only.";
    project.map.sources = {"Records: made up for tests, 2025", "Borders: made up"};
    project.map.disclaimer = "Not a real place.";
    project.map.producer = "Test bench";
    project.map.mapNumber = "T-1";
    project.map.locator = madeTable("outlines", {{"a", square(0, 0, 5)}, {"b", square(12, 0, 6)}});
    const auto regions = madeTable("regions", {{"Highland", square(-2, 0, 2)}, {"Lowland", square(2, 0, 2)}});
    project.layers.push_back(
        std::make_shared<const Layer>(madeLayer("Regions", LayerRole::Region, regions, {"Highland", "Lowland"})));
    return withSituation(std::move(project), std::make_shared<const Situation>(situation));
}

inline Scene madeScene(const Project& project, const Page& page, const GeoBox& extent = GeoBox{{-4, -4, 4, 4}}) {
    Scene scene;
    scene.project = std::make_shared<const Project>(project);
    scene.view = sheetView(extent, suitableCrs(extent), page);
    scene.time.asOf = parseAsOf("2025-10-20");
    return scene;
}

} // namespace cordon
