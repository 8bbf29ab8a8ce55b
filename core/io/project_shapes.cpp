#include "core/io/project_shapes.h"

#include "core/io/gpkg_geometry.h"
#include "core/io/iso_time.h"
#include "core/io/project_records.h"
#include "core/io/project_schema.h"

#include <iterator>

namespace cordon {
namespace {

bool isReferred(const Layer& layer) {
    return layer.table && !layer.idField.empty() &&
           (layer.role == LayerRole::Road || layer.role == LayerRole::Region || layer.role == LayerRole::Country);
}

std::vector<std::shared_ptr<const FeatureTable>> referredTables(const Project& project) {
    std::vector<std::shared_ptr<const FeatureTable>> tables;
    for (const auto& layer : project.layers)
        if (isReferred(*layer))
            tables.push_back(layer->table);
    return tables;
}

} // namespace

ReferenceIndex::ReferenceIndex(const Project& project)
    : m_tables(referredTables(project)), m_roads(project), m_regions(project) {}

bool ReferenceIndex::isFor(const Project& project) const {
    return m_tables == referredTables(project);
}

SmallGeometry ReferenceIndex::region(const std::string& code) const {
    SmallGeometry geometry;
    for (GeoRing& ring : m_regions.ringsOf(code)) {
        geometry.kind = SmallGeometry::Kind::Polygon;
        geometry.parts.push_back({std::move(ring.points), ring.isHole});
    }
    return geometry;
}

SmallGeometry ReferenceIndex::stretch(const RoadReference& road) const {
    SmallGeometry geometry;
    for (std::vector<LonLat>& line : m_roads.measured(road.roadId).stretch(road.fromFraction, road.toFraction).lines) {
        geometry.kind = SmallGeometry::Kind::Line;
        geometry.parts.push_back({std::move(line), false});
    }
    return geometry;
}

ShapeWriter::ShapeWriter(const Database& database, const ReferenceIndex& references, const Situation& situation,
                         TimePoint now)
    : m_database(database), m_references(references), m_situation(situation), m_now(now) {}

void ShapeWriter::addShape(std::int64_t fid, RecordKind kind, const SmallGeometry& geometry,
                           const std::string& reference, const std::string& actor) {
    const std::string blob = encodeGeometry(geometry, true);
    if (blob.empty())
        return;
    const char* const table = geometry.kind == SmallGeometry::Kind::Point  ? "cordon_points"
                              : geometry.kind == SmallGeometry::Kind::Line ? "cordon_lines"
                                                                           : "cordon_areas";
    Statement insert = m_database.prepare(std::string("INSERT INTO ") + table +
                                          " (geom, kind, record_fid, reference, actor_id) VALUES (?, ?, ?, ?, ?)");
    insert.bindBlob(0, blob).bind(1, toWord(kind)).bind(2, fid);
    reference.empty() ? insert.bindNull(3) : insert.bind(3, std::string_view(reference));
    actor.empty() ? insert.bindNull(4) : insert.bind(4, std::string_view(actor));
    insert.run();
}

void ShapeWriter::add(std::int64_t fid, const Record& record) {
    const RecordHead& head = headOf(record);
    if (head.recorded.end || (head.valid.end && *head.valid.end <= m_now))
        return;
    const auto actorId = [&](const std::string& name) {
        const Actor* known = m_situation.findActor(name);
        return known ? known->id : name;
    };
    if (const auto* control = std::get_if<ControlArea>(&record)) {
        const std::string actor = actorId(control->actor);
        if (control->area.kind == SmallGeometry::Kind::Polygon)
            addShape(fid, RecordKind::Control, control->area, "", actor);
        else
            for (const std::string& code : control->regions)
                addShape(fid, RecordKind::Control, m_references.region(code), code, actor);
    } else if (const auto* status = std::get_if<RoadStatus>(&record)) {
        SmallGeometry line{SmallGeometry::Kind::Line, {}};
        for (const RoadReference& road : status->roads) {
            SmallGeometry stretch = m_references.stretch(road);
            std::move(stretch.parts.begin(), stretch.parts.end(), std::back_inserter(line.parts));
        }
        addShape(fid, RecordKind::RoadStatus, line, "", actorId(status->actor));
        if (line.parts.empty() || status->geometry.kind == SmallGeometry::Kind::Point)
            addShape(fid, RecordKind::RoadStatus, status->geometry, "", actorId(status->actor));
    } else if (const auto* restriction = std::get_if<Restriction>(&record)) {
        addShape(fid, RecordKind::Restriction, restriction->geometry, "", actorId(restriction->actor));
    } else if (const auto* measure = std::get_if<Measure>(&record)) {
        addShape(fid, RecordKind::Measure, measure->geometry, "", actorId(measure->actor));
    }
}

void ShapeWriter::remove(std::int64_t fid, RecordKind kind) {
    if (m_remove.empty())
        for (const char* table : {"cordon_points", "cordon_lines", "cordon_areas"})
            m_remove.push_back(
                m_database.prepare(std::string("DELETE FROM ") + table + " WHERE record_fid = ? AND kind = ?"));
    for (Statement& remove : m_remove)
        remove.bind(0, fid).bind(1, toWord(kind)).run();
}

void ShapeWriter::rebuild() {
    m_database.run("DELETE FROM cordon_points; DELETE FROM cordon_lines; DELETE FROM cordon_areas");
    const std::string now = isoTime(m_now.time_since_epoch().count());
    RecordReader reader(m_database);
    for (const RecordKind kind :
         {RecordKind::Control, RecordKind::RoadStatus, RecordKind::Restriction, RecordKind::Measure}) {
        Statement live = m_database.prepare("SELECT fid FROM " + recordTable(kind) +
                                            " WHERE recorded_to IS NULL AND (valid_to IS NULL OR valid_to > ?)");
        live.bind(0, std::string_view(now));
        std::vector<std::int64_t> fids;
        while (live.step())
            fids.push_back(live.integer(0));
        for (const std::int64_t fid : fids)
            if (const auto record = reader.read(kind, fid))
                add(fid, *record);
    }
}

} // namespace cordon
