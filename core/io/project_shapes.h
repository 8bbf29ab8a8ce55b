// Where live records lie, also those that only name regions or roads, so that other GIS can show them: cordon_points,
// cordon_lines and cordon_areas, derived from the records and the reference layers. Internal to io.
#pragma once

#include "core/io/sqlite.h"
#include "core/model/project.h"
#include "core/model/record.h"
#include "core/model/region_lookup.h"
#include "core/model/road_lookup.h"

#include <memory>
#include <string>
#include <vector>

namespace cordon {

// The roads and regions of a project's layers that records refer to.
class ReferenceIndex {
public:
    explicit ReferenceIndex(const Project& project);
    bool isFor(const Project& project) const; // made of the same tables

    SmallGeometry region(const std::string& code) const; // none if unknown
    SmallGeometry stretch(const RoadReference& road) const;

private:
    std::vector<std::shared_ptr<const FeatureTable>> m_tables;
    RoadLookup m_roads;
    RegionLookup m_regions;
};

class ShapeWriter {
public:
    // Records that are no longer valid at `now` get no shape.
    ShapeWriter(const Database& database, const ReferenceIndex& references, const Situation& situation, TimePoint now);

    void add(std::int64_t fid, const Record& record);
    void remove(std::int64_t fid, RecordKind kind);
    void rebuild(); // of all live records in the file

private:
    void addShape(std::int64_t fid, RecordKind kind, const SmallGeometry& geometry, const std::string& reference,
                  const std::string& actor);

    const Database& m_database;
    const ReferenceIndex& m_references;
    const Situation& m_situation;
    TimePoint m_now;
    std::vector<Statement> m_remove; // from each table; prepared once for all rows
};

} // namespace cordon
