// Layers, settings and actors of a project as rows of its file, and back. Internal to io.
#pragma once

#include "core/io/project_json.h"
#include "core/io/sqlite.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace cordon {

// The reference tables of a file that are in memory, with their names in it.
class StoredTables {
public:
    const std::string& nameOf(const std::shared_ptr<const FeatureTable>& table) const; // "" if it is not stored
    // The table from memory or the file; null for "". Throws Error.
    std::shared_ptr<const FeatureTable> load(const Database& database, const std::string& name, Warnings& warnings);
    // All tables of the project that are not stored yet. `progress` (0..1) is told of their rows.
    void storeAll(const Database& database, const Project& project, const std::function<void(double)>& progress = {});

private:
    void store(const Database& database, const std::shared_ptr<const FeatureTable>& table,
               const std::function<void(std::uint32_t)>& written);

    std::map<std::string, std::shared_ptr<const FeatureTable>> m_byName;
    std::map<const FeatureTable*, std::string> m_names;
};

// All of a project but its records and tables, as it stands in the file.
struct ProjectRows {
    std::vector<LayerRow> layers; // bottom first
    std::string map;              // JSON
    std::string roster;           // JSON: actors, sources, shelf lives
    std::string access;           // JSON
    friend bool operator==(const ProjectRows&, const ProjectRows&) = default;
};

// All tables of the project are stored already.
ProjectRows rowsOf(const Project& project, const StoredTables& tables);
ProjectRows readRows(const Database& database);
// Brings the file from `before` to `after` (before empty: all of it), with what other GIS see of it: contents and
// styles. The caller holds the transaction.
void writeRows(const Database& database, const ProjectRows& before, const ProjectRows& after, const Project& project);
// `current` with rows `after`, sharing the layers that are as they were; a table that is lost becomes an empty one.
Project projectOf(const Database& database, const ProjectRows& after, const Project& current,
                  const ProjectRows& currentRows, StoredTables& tables, Warnings& warnings);

// The difference of two projects' rows, to be undone and done again.
std::string rowsDifferenceJson(const ProjectRows& before, const ProjectRows& after);
// `rows` with one side of it: its `after`, or its `before` when undoing.
ProjectRows withDifference(ProjectRows rows, const Json& difference, bool isUndo, const std::string& subject);

} // namespace cordon
