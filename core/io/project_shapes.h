// Where live control areas and road statuses lie that only name regions or roads, so that other GIS can show them:
// cordon_shapes, derived from the reference layers. Internal to io.
#pragma once

#include "core/io/sqlite.h"
#include "core/model/project.h"
#include "core/model/record.h"

#include <string>
#include <unordered_map>
#include <vector>

namespace cordon {

// Features of the road and region layers by the id that records refer to.
class ReferenceIndex {
public:
    explicit ReferenceIndex(const Project& project);
    bool isFor(const Project& project) const; // made of the same tables

    SmallGeometry region(const std::string& code) const; // none if unknown
    SmallGeometry stretch(const RoadReference& road) const;

private:
    struct Feature {
        const FeatureTable* table;
        std::uint32_t feature;
    };
    std::vector<std::shared_ptr<const FeatureTable>> m_tables;
    std::unordered_map<std::string, Feature> m_roads, m_regions;
};

class ShapeWriter {
public:
    // Records that are no longer valid at `now` get no shape.
    ShapeWriter(const Database& database, const ReferenceIndex& references, const Situation& situation, TimePoint now);

    void add(std::int64_t fid, const Record& record);
    void remove(std::int64_t fid, RecordKind kind);
    void rebuild(); // of all live records in the file

private:
    void addShape(std::int64_t fid, RecordKind kind, const std::string& geometry, const std::string& reference,
                  const std::string& actor);

    const Database& m_database;
    const ReferenceIndex& m_references;
    const Situation& m_situation;
    TimePoint m_now;
};

} // namespace cordon
