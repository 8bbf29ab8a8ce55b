// The tables of a project file beside those of every GeoPackage, their versions, and the views that show the current
// situation to other GIS. Internal to io.
//
//   cordon_meta       key, value: `format` (kProjectFormat), `made_by`
//   cordon_layers     the layers, bottom first; style as JSON; table_name names the reference table
//   cordon_settings   key, value (JSON): `map`, `shelf_lives`, `access`
//   cordon_actors, cordon_sources
//   cordon_control, cordon_road_status, cordon_restriction, cordon_incident, cordon_measure
//                     every version of every record: rows are added, and get a recorded_to; never changed otherwise
//   cordon_edits      one row a step: do / undo / redo, with what it added, ended or changed
//   cordon_points, cordon_lines, cordon_areas
//                     derived: where live records lie, also those that only name regions or roads
//   situation_*       views: what is recorded and in force now, as ordinary layers
#pragma once

#include "core/io/sqlite.h"
#include "core/model/record.h"

#include <string>
#include <vector>

namespace cordon {

constexpr int kProjectFormat = 3; // 1: no `confirmed`, no views; 2: no ACLED and UCDP types

std::string recordTable(RecordKind kind); // "cordon_control"

struct RecordColumn {
    std::string name;
    std::string sqlType;
};
// In the order of visitColumns(); fid, geom and geometry_kind come before.
std::vector<RecordColumn> recordColumns(RecordKind kind);

void createProjectTables(const Database& database);
bool hasProjectTables(const Database& database);
int projectFormatOf(const Database& database);
// Brings an older file to kProjectFormat; the caller holds the transaction. Shapes are left empty: rebuild them.
void migrateProject(const Database& database, int fromFormat);

} // namespace cordon
