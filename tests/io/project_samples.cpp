#include "tests/io/project_samples.h"

#include "core/io/geometry_builder.h"
#include "core/io/project_json.h"

#include <cmath>
#include <limits>

namespace cordon::test {
namespace {

const double kNaN = std::numeric_limits<double>::quiet_NaN();

Column integers(const char* name, FieldType type, std::vector<std::int64_t> values,
                std::vector<std::uint8_t> nulls = {}) {
    Column column;
    column.name = name;
    column.type = type;
    column.values = std::move(values);
    column.isNullAt = std::move(nulls);
    return column;
}

Column reals(const char* name, std::vector<double> values, std::vector<std::uint8_t> nulls = {}) {
    Column column;
    column.name = name;
    column.type = FieldType::Real;
    column.values = std::move(values);
    column.isNullAt = std::move(nulls);
    return column;
}

Column texts(const char* name, std::initializer_list<std::string_view> values, std::vector<std::uint8_t> nulls = {}) {
    Column column;
    column.name = name;
    column.type = FieldType::Text;
    TextValues all;
    for (const std::string_view value : values)
        all.append(value);
    column.values = std::move(all);
    column.isNullAt = std::move(nulls);
    return column;
}

void ring(GeometryBuilder& builder, double lon, double lat, double size, PartRole role) {
    for (const auto& [dx, dy] : {std::pair{0., 0.}, {1., 0.}, {1., 1.}, {0., 1.}, {0., 0.}})
        builder.add(lon + dx * size, lat + dy * size);
    builder.endPart(role);
}

std::shared_ptr<const FeatureTable> finished(FeatureTable table, GeometryBuilder builder, std::string type) {
    builder.finish();
    table.geometry = std::move(builder.column);
    table.geometryType = std::move(type);
    finishTable(table);
    return std::make_shared<const FeatureTable>(std::move(table));
}

template <class R> R withHead(const std::string& id, const char* from, const char* to = nullptr) {
    R record;
    record.head.id = id;
    record.head.valid = {at(from), to ? std::optional(at(to)) : std::nullopt};
    record.head.recorded.begin = at("2025-10-01T08:00:00.123Z");
    record.head.source = "OCHA \"tableau\"; accès";
    record.head.sourceUrl = "https://example.org/?a=1&b='2'";
    record.head.grade = {'B', '2'};
    record.head.precision = LocationPrecision::Approximate;
    record.head.place = "Ménaka, Région";
    record.head.note = "line one\nline \"two\"; DROP TABLE cordon_control; -- \xF0\x9F\x9A\xA7 "
                       "\xD8\xA8\xD8\xA7\xD9\x85\xD8\xA7\xD9\x83\xD9\x88";
    return record;
}

} // namespace

TimePoint at(const char* text) {
    return parseTime(text).value().time;
}

std::shared_ptr<const FeatureTable> pointTable() {
    FeatureTable table;
    table.name = "Lieux d'\"été\" \xF0\x9F\x8C\x8D; DROP TABLE x";
    table.source = {"/data/points.csv", "points", "CSV", "EPSG:32630", "Windows-1252"};
    GeometryBuilder builder;
    builder.add(-8.0029, 12.6392);
    builder.addZ(350.25);
    builder.endPart(PartRole::Points);
    builder.endFeature(kPoint);
    builder.endFeature(kNoGeometry);
    builder.add(-11.4379, 14.4434);
    builder.endPart(PartRole::Points);
    builder.endFeature(kPoint);
    builder.add(0.1 + 0.2, -0.0);
    builder.addZ(-3);
    builder.endPart(PartRole::Points);
    builder.endFeature(kPoint);
    table.columns = {
        integers("id", FieldType::Integer, {INT64_MIN, 0, 9'007'199'254'740'993, 1}, {0, 1, 0, 0}),
        integers("FID", FieldType::Integer, {1, 2, 3, 4}),
        reals("ratio", {0.1, kNaN, -1e-300, std::numeric_limits<double>::infinity()}, {0, 0, 0, 0}),
        reals("Ratio", {1, 2, 3, 4}, {1, 0, 0, 0}),
        texts("na\"me", {"Ségou", "", "a'b", std::string_view("nul\0byte", 8)}, {0, 0, 1, 0}),
        texts("", {"x", "y", "z", ""}),
        integers("day", FieldType::Date, {20'000, -800'000, 0, 3'000'000}, {0, 0, 0, 0}),
        integers("flag", FieldType::Boolean, {1, 0, 1, 0}, {0, 1, 0, 0}),
    };
    table.columns[2].isNullAt.clear();
    Column times = integers("seen", FieldType::DateTime,
                            {1'760'000'000'123, 0, -62'135'596'800'000, 300'000'000'000'000}, {0, 1, 0, 0});
    times.zoneOffsetMinutes = {60, 0, Column::kNoZone, -330};
    table.columns.push_back(std::move(times));
    return finished(std::move(table), std::move(builder), "Point");
}

std::shared_ptr<const FeatureTable> lineTable() {
    FeatureTable table;
    table.name = "Mali roads";
    table.source = {"", "roads", "GeoJSON", "", "UTF-8"};
    GeometryBuilder builder;
    builder.add(-8, 12);
    builder.addM(1);
    builder.add(-7, 12);
    builder.add(-6, 12.5);
    builder.addM(3.5);
    builder.endPart(PartRole::Line);
    builder.endFeature(kLineString);
    builder.add(-5, 13);
    builder.add(-4, 13);
    builder.endPart(PartRole::Line);
    builder.add(-4, 13);
    builder.add(-3, 14);
    builder.endPart(PartRole::Line);
    builder.endFeature(kMultiLineString);
    table.columns = {texts("road_id", {"141", "142"}), texts("class", {"main", "track"}),
                     integers("rank", FieldType::Integer, {1, 7})};
    auto made = std::make_shared<FeatureTable>(*finished(std::move(table), std::move(builder), "MultiLineString"));
    made->geometry.timeMs = {1'000, 2'000, GeometryColumn::kNoTime, 4'000, 5'000, 6'000, 7'000};
    return made;
}

std::shared_ptr<const FeatureTable> regionTable() {
    FeatureTable table;
    table.name = "admin1";
    table.source.format = "ESRI Shapefile";
    GeometryBuilder builder;
    ring(builder, -8, 12, 3, PartRole::OuterRing);
    ring(builder, -7, 13, 1, PartRole::InnerRing);
    ring(builder, -2, 12, 1, PartRole::OuterRing);
    builder.endFeature(kMultiPolygon);
    ring(builder, -5, 12, 2, PartRole::OuterRing);
    builder.endFeature(kPolygon);
    table.columns = {texts("pcode", {"ML1", "ML2"}), texts("name", {"Kayes", "Koulikoro"})};
    return finished(std::move(table), std::move(builder), "MultiPolygon");
}

std::shared_ptr<const FeatureTable> mixedTable() {
    FeatureTable table;
    table.name = "cordon_control"; // a name of our own tables
    GeometryBuilder builder;
    builder.add(1, 2);
    builder.add(3, 4);
    builder.endPart(PartRole::Points);
    builder.add(5, 6);
    builder.endPart(PartRole::Points);
    builder.endFeature(kMultiPoint);
    builder.add(1, 2);
    builder.endPart(PartRole::Points);
    builder.add(1, 2);
    builder.add(2, 2);
    builder.endPart(PartRole::Line);
    ring(builder, 10, 10, 2, PartRole::OuterRing);
    ring(builder, 10.5, 10.5, 1, PartRole::InnerRing);
    ring(builder, 20, 10, 2, PartRole::OuterRing);
    builder.endFeature(kCollection);
    return finished(std::move(table), std::move(builder), "Geometry");
}

Incident incident(const std::string& id, LonLat location, TimePoint when) {
    Incident record;
    record.head.id = id;
    record.head.valid = {when, when + std::chrono::days{1}};
    record.head.grade = {'C', '3'};
    record.location = location;
    record.type = IncidentType::Explosive;
    record.actor = "JNIM";
    return record;
}

Situation richSituation() {
    Situation s;
    auto polygon = withHead<ControlArea>("C1", "2025-09-01");
    polygon.area = {SmallGeometry::Kind::Polygon,
                    {{{{-8, 12}, {-6, 12}, {-6, 14}, {-8, 12}}, false},
                     {{{-7, 12.2}, {-6.5, 12.2}, {-6.5, 12.4}, {-7, 12.2}}, true},
                     {{{1, 1}, {2, 1}, {2, 2}, {1, 1}}, false}}};
    polygon.actor = "JNIM";
    polygon.otherActors = {"FAMa", "Dan Na Ambassagou"};
    polygon.controlClass = ControlClass::Contested;
    polygon.basis = ControlBasis::Claimed;
    polygon.head.confirmed = at("2025-09-20T12:00:00Z");
    s.controlAreas.push_back(polygon);
    auto regions = withHead<ControlArea>("C2", "2025-09-01");
    regions.regions = {"ML1", "ML2"};
    regions.actor = "fama";
    s.controlAreas.push_back(regions);

    auto road = withHead<RoadStatus>("R1", "2025-09-03", "2099-01-01");
    road.roads = {{"141", 0.1, 0.30000000000000004}, {"142", 0, 1}, {"way:9", 0, 1}};
    road.geometry = {SmallGeometry::Kind::Point, {{{{-7.5, 12}}, false}}};
    road.status = RoadStatusKind::Restricted;
    road.cause = ObstacleType::CheckpointUnofficial;
    road.vehicleClass = "4x4";
    road.loadTonnes = 7.5;
    road.hours = "06:00-18:00";
    road.escortRequired = true;
    road.direction = TrafficDirection::Backward;
    road.actor = "JNIM";
    s.roadStatuses.push_back(road);
    auto line = withHead<RoadStatus>("R2", "0800-01-01", "0900-12-31T23:59:59.999Z"); // the far past
    line.geometry = {SmallGeometry::Kind::Line, {{{{-5, 13}, {-4.5, 13.25}}, false}, {{{0, 0}, {1, 1}}, false}}};
    line.status = RoadStatusKind::Impassable;
    line.head.recorded.end = at("2025-11-01");
    s.roadStatuses.push_back(line);
    auto corrected = line;
    corrected.head.recorded = {at("2025-11-01"), std::nullopt};
    corrected.status = RoadStatusKind::Difficult;
    s.roadStatuses.push_back(corrected);

    auto town = withHead<Restriction>("T1", "2025-09-10T14:00:05.250Z");
    town.geometry = {SmallGeometry::Kind::Point, {{{{-4.9027, 15.7156}}, false}}};
    town.cause = "blockade";
    s.restrictions.push_back(town);

    auto attack = withHead<Incident>("I1", "2025-09-14", "2025-09-15");
    attack.location = {-11.4379, 14.4434};
    attack.type = IncidentType::ConvoyAttack;
    attack.actor = "JNIM";
    attack.otherActors = {"FAMa"};
    attack.fatalitiesLow = 0;
    attack.fatalitiesHigh = 40;
    attack.datePrecision = DatePrecision::Week;
    attack.acledSubEvent = AcledSubEvent::RemoteExplosiveLandmineIed;
    attack.ucdpViolence = UcdpViolence::OneSided;
    s.incidents.push_back(attack);

    auto schools = withHead<Measure>("M1", "2025-10-27", "2025-11-10");
    schools.geometry = {SmallGeometry::Kind::Polygon, {{{{0, 0}, {1, 0}, {1, 1}, {0, 0}}, false}}};
    schools.actor = "Government";
    schools.cause = "schools closed";
    s.measures.push_back(schools);

    s.actors = {{"JNIM", "JNIM", "GSIM", {0x11, 0x22, 0x33, 255}, "diagonal", {"Jama'at; x", "\"Groupe\""}},
                {"FAMa", "Malian armed forces", "", {0xAA, 0xBB, 0xCC, 0x80}, "", {}}};
    s.sources = {{"ocha", "OCHA", "https://www.unocha.org", {'A', '2'}}};
    s.shelfLives.restrictionDays = 99;
    s.shelfLives.byCauseDays[3] = 7;
    return s;
}

std::shared_ptr<const Project> richProject() {
    Project project;
    project.map.title = "Mali: \"accès\" & contrôle";
    project.map.summary = "a\nb";
    project.map.crs = "EPSG:32630";
    project.map.extent = GeoBox{{-12.5, 10.1, 4.3, 25.0}};
    project.map.sources = {"OCHA", "ACLED"};
    project.map.language = "fr";
    project.map.locator = mixedTable();
    project.access.corridors = {{"Route de \"Dakar\"", "Kidira", "Bamako"}, {"", "-8.5,12.25", "Gao"}};
    project.access.joins = {{{-8.123456789, 12.5}, {-8.125, 12.501}}};
    for (const auto& table : {pointTable(), lineTable(), regionTable(), mixedTable()})
        project = withLayer(std::move(project), makeLayer(table));
    // A layer that shares its table, drawn by rules and faint.
    auto styled = std::make_shared<Layer>(*makeLayer(lineTable(), LayerRole::Road));
    styled->table = project.layers[1]->table;
    for (const auto& layer : project.layers)
        if (layer->table->name == "Mali roads")
            styled->table = layer->table;
    styled->id = "again";
    styled->opacity = 0.3;
    styled->visible = false;
    styled->inLegend = false;
    Rule rule;
    rule.when = {{"class", Comparison::Equal, "main"}, {"rank", Comparison::LessOrEqual, "3"}};
    rule.title = "Main <road>";
    rule.lines = {{{1, 2, 3, 4}, 0.7, {1.5, 0.25}, true, {5, 6, 7, 8}, 0.2}, {{9, 9, 9, 255}, 0.1, {}, false, {}, 0}};
    rule.fill = FillSymbol{{1, 1, 1, 1}, Hatch::Cross, {2, 2, 2, 2}, {3, 3, 3, 3}, 0.123456789, 2.5};
    rule.marker = MarkerSymbol{MarkerShape::Plane, 3.25, {4, 4, 4, 4}, {5, 5, 5, 5}, 0.5};
    rule.minScale = 1000;
    rule.maxScale = 2.5e6;
    LabelRule label;
    label.when = {{"class", Comparison::IsNotNull, ""}};
    label.symbol = {"road_id", 9.5, {1, 2, 3, 255}, {4, 5, 6, 7}, 0.1, true, true, true, 0.05, "rank", 10, 1e6};
    styled->style = {{rule, Rule{}}, {label}};
    project = withLayer(std::move(project), styled);
    project = withSituation(std::move(project), std::make_shared<const Situation>(richSituation()));
    return std::make_shared<const Project>(std::move(project));
}

namespace {

bool isSame(double a, double b) {
    return a == b || (std::isnan(a) && std::isnan(b));
}

bool isSame(const std::vector<double>& a, const std::vector<double>& b) {
    if (a.size() != b.size())
        return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (!isSame(a[i], b[i]))
            return false;
    return true;
}

std::string difference(const Column& a, const Column& b, std::size_t rows) {
    if (a.name != b.name || a.type != b.type)
        return "column '" + a.name + "' is '" + b.name + "' or has another type";
    for (std::size_t row = 0; row < rows; ++row) {
        bool same = a.isNull(row) == b.isNull(row);
        if (same && !a.isNull(row))
            same = a.type == FieldType::Real   ? isSame(a.realAt(row), b.realAt(row))
                   : a.type == FieldType::Text ? a.textAt(row) == b.textAt(row)
                                               : a.integerAt(row) == b.integerAt(row);
        if (!same)
            return "column '" + a.name + "' row " + std::to_string(row);
    }
    return a.zoneOffsetMinutes == b.zoneOffsetMinutes ? "" : "zones of column '" + a.name + "'";
}

} // namespace

std::string difference(const FeatureTable& a, const FeatureTable& b) {
    const auto facts = [](const FeatureTable& t) {
        return t.name + "|" + t.source.path + "|" + t.source.layer + "|" + t.source.format + "|" + t.source.crs + "|" +
               t.source.encoding + "|" + t.geometryType + "|" + std::to_string(t.featureCount);
    };
    if (facts(a) != facts(b))
        return facts(a) + " is not " + facts(b);
    const GeometryColumn &g = a.geometry, &h = b.geometry;
    if (g.coordinates != h.coordinates || g.partStart != h.partStart || g.partRole != h.partRole ||
        g.featureStart != h.featureStart)
        return a.name + ": geometry";
    if (!isSame(g.z, h.z) || !isSame(g.m, h.m) || g.timeMs != h.timeMs)
        return a.name + ": z, m or times";
    if (a.boxes != b.boxes || !(a.extent == b.extent) || a.columns.size() != b.columns.size())
        return a.name + ": boxes, extent or number of columns";
    for (std::size_t c = 0; c < a.columns.size(); ++c)
        if (const std::string text = difference(a.columns[c], b.columns[c], a.featureCount); !text.empty())
            return a.name + ": " + text;
    return "";
}

std::string difference(const Project& a, const Project& b) {
    if (a.layers.size() != b.layers.size())
        return std::to_string(a.layers.size()) + " layers are " + std::to_string(b.layers.size());
    for (std::size_t i = 0; i < a.layers.size(); ++i) {
        const Layer &p = *a.layers[i], &q = *b.layers[i];
        if (layerJson(layerRowOf(p, "")) != layerJson(layerRowOf(q, "")))
            return "layer " + layerJson(layerRowOf(p, "")) + " is " + layerJson(layerRowOf(q, ""));
        if (!p.table != !q.table)
            return "layer " + p.id + ": table";
        if (p.table)
            if (const std::string text = difference(*p.table, *q.table); !text.empty())
                return text;
    }
    if (mapSettingsJson(a.map, "") != mapSettingsJson(b.map, ""))
        return mapSettingsJson(a.map, "") + " is " + mapSettingsJson(b.map, "");
    if (a.access != b.access)
        return "access settings differ";
    if (!a.map.locator != !b.map.locator)
        return "locator";
    if (a.map.locator)
        if (const std::string text = difference(*a.map.locator, *b.map.locator); !text.empty())
            return "locator: " + text;
    const Situation &s = *a.situation, &t = *b.situation;
    if (!(s.controlAreas == t.controlAreas))
        return "control areas";
    if (!(s.roadStatuses == t.roadStatuses))
        return "road statuses";
    if (!(s.restrictions == t.restrictions) || !(s.incidents == t.incidents) || !(s.measures == t.measures))
        return "restrictions, incidents or measures";
    return s == t ? "" : "actors, sources or shelf lives";
}

} // namespace cordon::test
