#include "app/gui/report_place.h"

#include "app/gui/report_words.h"
#include "app/gui/status_line.h"
#include "core/error.h"
#include "core/geo/geodesic.h"

#include <QLocale>

namespace cordon {

namespace {

bool isWhole(const RoadReference& road) {
    return road.fromFraction <= 0 && road.toFraction >= 1;
}

QString geometryText(const SmallGeometry& geometry) {
    switch (geometry.kind) {
    case SmallGeometry::Kind::None:
        break;
    case SmallGeometry::Kind::Point:
        return placeText(geometry.parts.front().points.front(), false);
    case SmallGeometry::Kind::Line: {
        double meters = 0;
        for (const SmallGeometry::Part& part : geometry.parts)
            meters += lengthMeters(part.points);
        return translated("Line of %1").arg(kilometerText(meters));
    }
    case SmallGeometry::Kind::Polygon:
        return translated("Area of %1 km²").arg(QLocale().toString(squareKilometers(geometry), 'f', 0));
    }
    return {};
}

} // namespace

ReportPlace placeOf(const Record& record) {
    ReportPlace place;
    if (const auto* control = std::get_if<ControlArea>(&record))
        place = {control->area, {}, control->regions};
    else if (const auto* road = std::get_if<RoadStatus>(&record))
        place = {road->geometry, road->roads, {}};
    else if (const auto* restriction = std::get_if<Restriction>(&record))
        place.geometry = restriction->geometry;
    else if (const auto* incident = std::get_if<Incident>(&record))
        place.geometry = pointGeometry(incident->location);
    else if (const auto* measure = std::get_if<Measure>(&record))
        place.geometry = measure->geometry;
    return place;
}

void setPlace(Record& record, const ReportPlace& place) {
    if (auto* control = std::get_if<ControlArea>(&record)) {
        control->area = place.geometry.kind == SmallGeometry::Kind::Polygon ? place.geometry : SmallGeometry{};
        control->regions = place.regions;
    } else if (auto* road = std::get_if<RoadStatus>(&record)) {
        road->geometry = place.geometry.kind == SmallGeometry::Kind::Polygon ? SmallGeometry{} : place.geometry;
        road->roads = place.roads;
    } else if (auto* restriction = std::get_if<Restriction>(&record)) {
        restriction->geometry = place.geometry;
    } else if (auto* incident = std::get_if<Incident>(&record)) {
        if (place.geometry.kind == SmallGeometry::Kind::Point)
            incident->location = place.geometry.parts.front().points.front();
    } else if (auto* measure = std::get_if<Measure>(&record)) {
        measure->geometry = place.geometry;
    }
}

SmallGeometry pointGeometry(LonLat point) {
    return {SmallGeometry::Kind::Point, {{{point}, false}}};
}

QString kilometerText(double meters) {
    const double km = meters / 1000;
    return translated("%1 km").arg(QLocale().toString(km, 'f', km < 10 ? 1 : 0));
}

double squareKilometers(const SmallGeometry& polygon) {
    if (polygon.kind != SmallGeometry::Kind::Polygon)
        return 0;
    std::vector<GeoRing> rings;
    for (const SmallGeometry::Part& part : polygon.parts)
        rings.push_back({part.points, part.isHole});
    try {
        return Area(rings).squareMeters() / 1e6;
    } catch (const Error&) {
        return 0; // fewer than three corners apart
    }
}

QString roadTitle(std::string_view roadId, const RoadLookup& roads) {
    const QString id = fromUtf8(std::string(roadId));
    const QString name = fromUtf8(roads.nameOf(roadId));
    return name.isEmpty() ? translated("Road %1").arg(id) : name + " (" + id + ")";
}

QString regionTitle(std::string_view code, const RegionLookup& regions) {
    const QString id = fromUtf8(std::string(code));
    const QString name = fromUtf8(regions.nameOf(code));
    return name.isEmpty() ? translated("Region %1").arg(id) : name + " (" + id + ")";
}

QString describePlace(const ReportPlace& place, const PlaceLookups& lookups) {
    QStringList texts;
    for (const RoadReference& road : place.roads) {
        const double meters = lookups.roads.lengthMeters(road.roadId) * (road.toFraction - road.fromFraction);
        QString text = roadTitle(road.roadId, lookups.roads);
        if (!isWhole(road))
            text += translated(", from %1 % to %2 %")
                        .arg(road.fromFraction * 100, 0, 'f', 0)
                        .arg(road.toFraction * 100, 0, 'f', 0);
        texts.append(lookups.roads.contains(road.roadId) ? text + ", " + kilometerText(meters)
                                                         : text + translated(": in no road layer"));
    }
    for (const std::string& code : place.regions)
        texts.append(regionTitle(code, lookups.regions) +
                     (lookups.regions.contains(code) ? QString() : translated(": in no region layer")));
    if (const QString own = geometryText(place.geometry); !own.isEmpty())
        texts.append(own);
    return texts.join('\n');
}

MapSketch sketchOf(const ReportPlace& place, const PlaceLookups& lookups) {
    MapSketch sketch;
    for (const RoadReference& road : place.roads)
        for (auto& line : lookups.roads.measured(road.roadId).stretch(road.fromFraction, road.toFraction).lines)
            sketch.addLine(std::move(line));
    for (const std::string& code : place.regions)
        for (GeoRing& ring : lookups.regions.ringsOf(code))
            sketch.addRing(std::move(ring.points));
    for (const SmallGeometry::Part& part : place.geometry.parts) {
        if (place.geometry.kind == SmallGeometry::Kind::Point)
            for (const LonLat p : part.points)
                sketch.addPoint(p);
        else if (place.geometry.kind == SmallGeometry::Kind::Line)
            sketch.addLine(part.points);
        else
            sketch.addRing(part.points);
    }
    return sketch;
}

} // namespace cordon
