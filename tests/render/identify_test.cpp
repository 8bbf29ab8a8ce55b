#include "core/render/identify.h"

#include <gtest/gtest.h>

namespace cordon {

namespace {

struct Shape {
    PartRole role;
    std::vector<LonLat> points;
};

std::shared_ptr<Layer> layerOf(const std::string& id, LayerRole role, const std::vector<std::vector<Shape>>& features) {
    auto table = std::make_shared<FeatureTable>();
    table->name = id;
    Column names{"name", FieldType::Text, TextValues{}, {}, {}};
    for (std::size_t f = 0; f < features.size(); ++f) {
        for (const Shape& shape : features[f]) {
            auto& geometry = table->geometry;
            geometry.coordinates.insert(geometry.coordinates.end(), shape.points.begin(), shape.points.end());
            geometry.partStart.push_back(static_cast<std::uint32_t>(geometry.coordinates.size()));
            geometry.partRole.push_back(shape.role);
        }
        table->geometry.featureStart.push_back(static_cast<std::uint32_t>(table->geometry.partRole.size()));
        std::get<TextValues>(names.values).append(id + std::to_string(f));
    }
    table->columns.push_back(std::move(names));
    finishTable(*table);
    auto layer = std::make_shared<Layer>();
    layer->id = layer->name = id;
    layer->role = role;
    layer->table = table;
    layer->idField = "name";
    Rule rule;
    rule.fill = FillSymbol{{10, 20, 30, 255}};
    rule.lines.push_back({});
    rule.marker = MarkerSymbol{};
    layer->style.rules.push_back(rule);
    return layer;
}

std::vector<LonLat> square(double west, double south, double size) {
    return {{west, south}, {west + size, south}, {west + size, south + size}, {west, south + size}, {west, south}};
}

std::string found(const Project& project, LonLat place, TimeFilter time = {}) {
    Scene scene;
    scene.project = std::make_shared<const Project>(project);
    scene.view = viewOf(GeoBox{{0, 0, 10, 10}}, Crs::webMercator(), 1000, 1000, 96, 0);
    scene.time = time;
    const auto at = Projection(scene.view.crs).forward(place);
    PreparedLayers prepared;
    std::string text;
    for (const Identified& hit : identify(scene, prepared, {scene.view.pageX(at->x), scene.view.pageY(at->y)}))
        text += hit.layerId + ":" + hit.title + (hit.recordId.empty() ? "" : " " + hit.recordId) + "\n";
    return text;
}

} // namespace

TEST(Identify, PolygonHolesAreOutside) {
    Project project;
    project.layers.push_back(layerOf("area", LayerRole::Region,
                                     {{{PartRole::OuterRing, square(1, 1, 6)}, {PartRole::InnerRing, square(2, 2, 2)}},
                                      {{PartRole::OuterRing, square(2.5, 2.5, 1)}}}));
    EXPECT_EQ(found(project, {1.5, 1.5}), "area:area0\n");
    EXPECT_EQ(found(project, {2.2, 2.2}), "");
    EXPECT_EQ(found(project, {3, 3}), "area:area1\n");
    EXPECT_EQ(found(project, {9, 9}), "");
}

TEST(Identify, LinesAndPointsWithinTheTolerance) {
    Project project;
    project.layers.push_back(layerOf("road", LayerRole::Road, {{{PartRole::Line, {{1, 1}, {9, 1}}}}}));
    project.layers.push_back(layerOf("town", LayerRole::Place, {{{PartRole::Points, {{5, 5}}}}}));
    EXPECT_EQ(found(project, {4, 1.03}), "road:road0\n"); // 3 px; a pixel is about 0.01 degrees
    EXPECT_EQ(found(project, {4, 1.15}), "");
    EXPECT_EQ(found(project, {5.05, 5}), "town:town0\n");
    EXPECT_EQ(found(project, {5.2, 5}), "");
}

TEST(Identify, TopmostFirstAndHiddenLayersNever) {
    Project project;
    auto low = layerOf("low", LayerRole::Region, {{{PartRole::OuterRing, square(1, 1, 6)}}});
    auto high = layerOf("high", LayerRole::Region, {{{PartRole::OuterRing, square(1, 1, 6)}}});
    project.layers = {low, high};
    EXPECT_EQ(found(project, {3, 3}), "high:high0\nlow:low0\n");
    high->visible = false;
    EXPECT_EQ(found(project, {3, 3}), "low:low0\n");
    low->style.rules[0].maxScale = 1000; // drawn only much closer
    EXPECT_EQ(found(project, {3, 3}), "");
}

TEST(Identify, RecordsInForceByRegionRoadStretchAndPoint) {
    Project project;
    project.layers.push_back(layerOf("region", LayerRole::Region, {{{PartRole::OuterRing, square(1, 1, 2)}}}));
    project.layers.push_back(layerOf("road", LayerRole::Road, {{{PartRole::Line, {{4, 5}, {8, 5}}}}}));
    for (auto& layer : project.layers) { // only the records are asked for
        auto copy = std::make_shared<Layer>(*layer);
        copy->visible = false;
        layer = copy;
    }
    Situation situation;
    ControlArea area;
    area.head.id = "c1";
    area.regions = {"region0"};
    area.actor = "JNIM";
    RoadStatus status;
    status.head.id = "r1";
    status.head.valid.begin = parseAsOf("2025-10-01");
    status.roads = {{"road0", 0, 0.5}};
    status.status = RoadStatusKind::Blocked;
    Incident incident;
    incident.head.id = "i1";
    incident.head.valid.begin = parseAsOf("2025-10-10");
    incident.location = {9, 9};
    incident.type = IncidentType::Explosive;
    situation.controlAreas.push_back(area);
    situation.roadStatuses.push_back(status);
    situation.incidents.push_back(incident);
    project = withSituation(std::move(project), std::make_shared<const Situation>(situation));
    const TimeFilter october{parseAsOf("2025-10-20")}, september{parseAsOf("2025-09-20")};
    const auto id = [&](LonLat place, const TimeFilter& time) {
        const std::string text = found(project, place, time);
        return text.empty() ? text : text.substr(text.rfind(' ') + 1);
    };
    EXPECT_EQ(id({2, 2}, october), "c1\n");
    EXPECT_EQ(id({5, 5}, october), "r1\n");
    EXPECT_EQ(id({7, 5}, october), ""); // beyond the blocked stretch
    EXPECT_EQ(id({5, 5}, september), "");
    EXPECT_EQ(id({9, 9}, october), "i1\n");
    EXPECT_EQ(id({9, 9}, september), "");
}

TEST(Identify, SaysHowFarAReportedPointIsFromItsRoad) {
    Project project;
    project.layers.push_back(layerOf("road", LayerRole::Road, {{{PartRole::Line, {{4, 5}, {8, 5}}}}}));
    RoadStatus status;
    status.head.id = "r1";
    status.status = RoadStatusKind::Blocked;
    status.roads = {{"road0", 0, 0.5}};
    status.geometry = {SmallGeometry::Kind::Point, {{{{5, 5.01}}, false}}};
    Situation situation;
    situation.roadStatuses.push_back(status);
    project = withSituation(std::move(project), std::make_shared<const Situation>(situation));
    Scene scene;
    scene.project = std::make_shared<const Project>(project);
    scene.view = viewOf(GeoBox{{0, 0, 10, 10}}, Crs::webMercator(), 1000, 1000, 96, 0);
    const auto at = Projection(scene.view.crs).forward(LonLat{5, 5});
    PreparedLayers prepared;
    std::string links;
    for (const Identified& hit : identify(scene, prepared, {scene.view.pageX(at->x), scene.view.pageY(at->y)}))
        for (const IdentifiedField& field : hit.fields)
            if (hit.recordId == "r1" && field.name == "Reported at")
                links += field.value + "\n";
    EXPECT_EQ(links, "5.01000, 5.00000, put on a road: 1.1 km from road road0 at 0.25\n");
}

TEST(Identify, FieldsSayWhatWhenByWhom) {
    Situation situation;
    Actor actor;
    actor.id = "jnim";
    actor.name = "JNIM";
    situation.actors.push_back(actor);
    RoadStatus status;
    status.head.id = "r1";
    status.head.valid = {parseTime("2025-09-03")->time, std::nullopt};
    status.head.source = "Radio";
    status.head.grade = {'B', '2'};
    status.status = RoadStatusKind::Restricted;
    status.actor = "jnim";
    status.escortRequired = true;
    std::string text;
    for (const IdentifiedField& field : fieldsOf(status, situation))
        text += field.name + "=" + field.value + "\n";
    EXPECT_EQ(text, "Road status=restricted\nActor=JNIM\nEscort=required\nDirection=both\n"
                    "Valid from=2025-09-03T00:00:00Z\nValid until=still in force\nSource=Radio\n"
                    "Grade=B2 (usually reliable, probably true)\nLocation precision=unknown\nId=r1\n");
}

} // namespace cordon
