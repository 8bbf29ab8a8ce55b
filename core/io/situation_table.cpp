#include "core/io/situation_table.h"

#include "core/io/geometry_builder.h"
#include "core/io/record_columns.h"
#include "core/model/region_lookup.h"
#include "core/model/road_lookup.h"
#include "core/model/shelf_life.h"

#include <algorithm>
#include <charconv>
#include <map>

namespace cordon {
namespace {

FieldType typeOf(const std::string& name) {
    for (const char* time : {"valid_from", "valid_to", "recorded_from", "recorded_to", "confirmed"})
        if (name == time)
            return FieldType::DateTime;
    for (const char* count : {"fatalities_low", "fatalities_best", "fatalities_high"})
        if (name == count)
            return FieldType::Integer;
    for (const char* number : {"lon", "lat", "load_tonnes"})
        if (name == number)
            return FieldType::Real;
    return FieldType::Text;
}

using Rows = std::vector<std::map<std::string, std::string>>;

template <class T> T numberOf(const std::string& text) {
    T value{};
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

Column columnOf(const std::string& name, const Rows& rows) {
    Column column{name, typeOf(name), {}};
    std::vector<std::int64_t> integers;
    std::vector<double> reals;
    TextValues texts;
    for (const auto& row : rows) {
        const auto found = row.find(name);
        const std::string text = found == row.end() ? std::string() : found->second;
        column.isNullAt.push_back(text.empty());
        const auto time = column.type == FieldType::DateTime && !text.empty() ? parseTime(text) : std::nullopt;
        integers.push_back(time ? time->time.time_since_epoch().count() : numberOf<std::int64_t>(text));
        reals.push_back(numberOf<double>(text));
        texts.append(text);
    }
    if (column.type == FieldType::Text)
        column.values = std::move(texts);
    else if (column.type == FieldType::Real)
        column.values = std::move(reals);
    else
        column.values = std::move(integers);
    return column;
}

template <class Points> void addPart(GeometryBuilder& builder, const Points& points, PartRole role) {
    for (const LonLat p : points)
        builder.add(p.lonDegrees, p.latDegrees);
    builder.endPart(role);
}

void addSmall(GeometryBuilder& builder, const SmallGeometry& geometry) {
    for (const SmallGeometry::Part& part : geometry.parts) {
        const PartRole role = geometry.kind == SmallGeometry::Kind::Point  ? PartRole::Points
                              : geometry.kind == SmallGeometry::Kind::Line ? PartRole::Line
                              : part.isHole                                ? PartRole::InnerRing
                                                                           : PartRole::OuterRing;
        addPart(builder, part.points, role);
    }
}

// Roads and regions before a geometry of its own.
class Places {
public:
    explicit Places(const Project& project) : m_roads(project), m_regions(project) {}

    template <class T> void add(GeometryBuilder& builder, const T& record) const {
        if constexpr (std::is_same_v<T, RoadStatus>) {
            for (const RoadReference& road : record.roads)
                for (const auto& line : m_roads.measured(road.roadId).stretch(road.fromFraction, road.toFraction).lines)
                    addPart(builder, line, PartRole::Line);
        } else if constexpr (std::is_same_v<T, ControlArea>) {
            if (record.area.kind == SmallGeometry::Kind::None)
                for (const std::string& code : record.regions)
                    for (const GeoRing& ring : m_regions.ringsOf(code))
                        addPart(builder, ring.points, ring.isHole ? PartRole::InnerRing : PartRole::OuterRing);
        }
        if (builder.featureIsEmpty())
            addSmall(builder, geometryOf(record));
        builder.endFeature(kNoGeometry);
    }

private:
    RoadLookup m_roads;
    RegionLookup m_regions;
};

const char* typeNameOf(GeometryClass geometry) {
    switch (geometry) {
    case GeometryClass::None:
        return "None";
    case GeometryClass::Points:
        return "Point";
    case GeometryClass::Lines:
        return "MultiLineString";
    case GeometryClass::Polygons:
        return "MultiPolygon";
    case GeometryClass::Mixed:
        break;
    }
    return "Geometry";
}

} // namespace

std::optional<RecordKind> recordKindOf(LayerRole role) {
    switch (role) {
    case LayerRole::ControlAreas:
        return RecordKind::Control;
    case LayerRole::RoadStatuses:
        return RecordKind::RoadStatus;
    case LayerRole::Restrictions:
        return RecordKind::Restriction;
    case LayerRole::Incidents:
        return RecordKind::Incident;
    case LayerRole::Measures:
        return RecordKind::Measure;
    default:
        return std::nullopt;
    }
}

FeatureTable recordsTable(const Project& project, RecordKind kind, const TimeFilter& filter) {
    const Places places(project);
    GeometryBuilder geometry;
    Rows rows;
    Column stale{"stale", FieldType::Boolean, std::vector<std::int64_t>{}};
    const auto add = [&](const auto& records) {
        for (const auto* record : records) {
            places.add(geometry, *record);
            rows.emplace_back();
            for (auto& [name, value] : recordValues(Record(*record)))
                rows.back().emplace(name, std::move(value));
            rows.back().erase("geometry");
            std::get<std::vector<std::int64_t>>(stale.values)
                .push_back(isStale(project.situation->shelfLives, *record, filter.asOf));
        }
    };
    const SituationAt at = situationAt(*project.situation, filter);
    switch (kind) {
    case RecordKind::Control:
        add(at.controlAreas);
        break;
    case RecordKind::RoadStatus:
        add(at.roadStatuses);
        break;
    case RecordKind::Restriction:
        add(at.restrictions);
        break;
    case RecordKind::Incident:
        add(at.incidents);
        break;
    case RecordKind::Measure:
        add(at.measures);
        break;
    }
    FeatureTable table;
    geometry.finish();
    table.geometry = std::move(geometry.column);
    for (const std::string& name : recordColumns())
        if (std::ranges::any_of(rows, [&](const auto& row) { return row.contains(name); }))
            table.columns.push_back(columnOf(name, rows));
    table.columns.push_back(std::move(stale));
    finishTable(table);
    table.geometryType = typeNameOf(table.geometryClass());
    return table;
}

FeatureTable tableToWrite(const Project& project, const Layer& layer, const TimeFilter& filter) {
    const auto kind = recordKindOf(layer.role);
    FeatureTable table = kind ? recordsTable(project, *kind, filter) : *layer.table;
    table.name = layer.name;
    return table;
}

} // namespace cordon
