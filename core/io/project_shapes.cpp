#include "core/io/project_shapes.h"

#include "core/geo/geodesic.h"
#include "core/io/gpkg_geometry.h"
#include "core/io/gpkg_tables.h"
#include "core/io/project_records.h"
#include "core/io/project_schema.h"

#include <algorithm>

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

ReferenceIndex::ReferenceIndex(const Project& project) : m_tables(referredTables(project)) {
    for (const auto& layer : project.layers) {
        if (!isReferred(*layer))
            continue;
        const FeatureTable& table = *layer->table;
        const Column* column = table.findColumn(layer->idField);
        for (std::uint32_t f = 0; column && f < table.featureCount; ++f)
            (layer->role == LayerRole::Road ? m_roads : m_regions)
                .try_emplace(table.valueAsText(*column, f), Feature{&table, f});
    }
}

bool ReferenceIndex::isFor(const Project& project) const {
    return m_tables == referredTables(project);
}

SmallGeometry ReferenceIndex::region(const std::string& code) const {
    SmallGeometry geometry;
    const auto found = m_regions.find(code);
    if (found == m_regions.end())
        return geometry;
    const GeometryColumn& g = found->second.table->geometry;
    const std::uint32_t f = found->second.feature;
    for (std::uint32_t p = g.featureStart[f]; p < g.featureStart[f + 1]; ++p) {
        if (g.partRole[p] != PartRole::OuterRing && g.partRole[p] != PartRole::InnerRing)
            continue;
        const auto points = g.part(p);
        geometry.kind = SmallGeometry::Kind::Polygon;
        geometry.parts.push_back({{points.begin(), points.end()}, g.partRole[p] == PartRole::InnerRing});
    }
    return geometry;
}

SmallGeometry ReferenceIndex::stretch(const RoadReference& road) const {
    SmallGeometry geometry;
    const auto found = m_roads.find(road.roadId);
    if (found == m_roads.end())
        return geometry;
    const GeometryColumn& g = found->second.table->geometry;
    const std::uint32_t first = g.featureStart[found->second.feature];
    const std::uint32_t end = g.featureStart[found->second.feature + 1];
    double total = 0;
    for (std::uint32_t p = first; p < end; ++p)
        total += lengthMeters(g.part(p));
    double before = 0; // of a road in several parts, the fractions go along all of them
    for (std::uint32_t p = first; p < end; ++p) {
        const double length = lengthMeters(g.part(p));
        const double from = length > 0 ? std::max(0.0, (road.fromFraction * total - before) / length) : 1;
        const double to = length > 0 ? std::min(1.0, (road.toFraction * total - before) / length) : 0;
        before += length;
        if (!(from < to) || g.partRole[p] != PartRole::Line)
            continue;
        const auto points = g.part(p);
        const bool isWhole = from == 0 && to == 1;
        geometry.kind = SmallGeometry::Kind::Line;
        geometry.parts.push_back(
            {isWhole ? std::vector<LonLat>(points.begin(), points.end()) : lineStretch(points, from, to), false});
    }
    return geometry;
}

ShapeWriter::ShapeWriter(const Database& database, const ReferenceIndex& references, const Situation& situation,
                         TimePoint now)
    : m_database(database), m_references(references), m_situation(situation), m_now(now) {}

void ShapeWriter::addShape(std::int64_t fid, RecordKind kind, const std::string& geometry, const std::string& reference,
                           const std::string& actor) {
    Statement insert = m_database.prepare(
        "INSERT INTO cordon_shapes (geom, kind, record_fid, reference, actor_id) VALUES (?, ?, ?, ?, ?)");
    geometry.empty() ? insert.bindNull(0) : insert.bindBlob(0, geometry);
    insert.bind(1, toWord(kind)).bind(2, fid);
    reference.empty() ? insert.bindNull(3) : insert.bind(3, std::string_view(reference));
    actor.empty() ? insert.bindNull(4) : insert.bind(4, std::string_view(actor));
    insert.run();
}

void ShapeWriter::add(std::int64_t fid, const Record& record) {
    const RecordHead& head = headOf(record);
    if (head.recorded.end || (head.valid.end && *head.valid.end <= m_now))
        return;
    if (const auto* control = std::get_if<ControlArea>(&record)) {
        const Actor* known = m_situation.findActor(control->actor);
        const std::string actor = known ? known->id : control->actor;
        if (control->area.kind == SmallGeometry::Kind::Polygon)
            addShape(fid, RecordKind::Control, "", "", actor); // its own geometry stands in the record
        else
            for (const std::string& code : control->regions)
                if (const SmallGeometry region = m_references.region(code); !region.parts.empty())
                    addShape(fid, RecordKind::Control, encodeGeometry(region, true), code, actor);
    } else if (const auto* status = std::get_if<RoadStatus>(&record)) {
        SmallGeometry line;
        for (const RoadReference& road : status->roads) {
            SmallGeometry stretch = m_references.stretch(road);
            if (stretch.parts.empty())
                continue;
            line.kind = SmallGeometry::Kind::Line;
            std::move(stretch.parts.begin(), stretch.parts.end(), std::back_inserter(line.parts));
        }
        if (!line.parts.empty())
            addShape(fid, RecordKind::RoadStatus, encodeGeometry(line, true), "", "");
        else if (status->geometry.kind == SmallGeometry::Kind::Line)
            addShape(fid, RecordKind::RoadStatus, "", "", "");
    }
}

void ShapeWriter::remove(std::int64_t fid, RecordKind kind) {
    if (kind != RecordKind::Control && kind != RecordKind::RoadStatus)
        return;
    Statement remove = m_database.prepare("DELETE FROM cordon_shapes WHERE record_fid = ? AND kind = ?");
    remove.bind(0, fid).bind(1, toWord(kind)).run();
}

void ShapeWriter::rebuild() {
    m_database.run("DELETE FROM cordon_shapes");
    const std::string now = gpkgTime(m_now.time_since_epoch().count());
    for (const RecordKind kind : {RecordKind::Control, RecordKind::RoadStatus}) {
        Statement live = m_database.prepare("SELECT fid FROM " + recordTable(kind) +
                                            " WHERE recorded_to IS NULL AND (valid_to IS NULL OR valid_to > ?)");
        live.bind(0, std::string_view(now));
        std::vector<std::int64_t> fids;
        while (live.step())
            fids.push_back(live.integer(0));
        for (const std::int64_t fid : fids)
            if (const auto record = readRecord(m_database, kind, fid))
                add(fid, *record);
    }
}

} // namespace cordon
