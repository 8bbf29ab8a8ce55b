#include "core/io/project_schema.h"

#include "core/io/gpkg_tables.h"
#include "core/io/record_columns.h"

#include <array>
#include <set>

namespace cordon {
namespace {

constexpr const char* kOwnTables = R"sql(
CREATE TABLE cordon_meta (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE cordon_layers (
  position INTEGER NOT NULL PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, role TEXT NOT NULL,
  table_name TEXT NOT NULL, style TEXT NOT NULL, visible INTEGER NOT NULL, opacity DOUBLE NOT NULL,
  in_legend INTEGER NOT NULL, id_field TEXT NOT NULL);
CREATE TABLE cordon_settings (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE cordon_actors (
  position INTEGER NOT NULL PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, name_fr TEXT NOT NULL,
  color TEXT NOT NULL, pattern TEXT NOT NULL, aliases TEXT NOT NULL);
CREATE TABLE cordon_sources (
  position INTEGER NOT NULL PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, url TEXT NOT NULL,
  usual_grade TEXT NOT NULL);
CREATE TABLE cordon_edits (
  step INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, at DATETIME NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
  target INTEGER, state TEXT NOT NULL, payload TEXT NOT NULL);
CREATE INDEX cordon_edits_state ON cordon_edits (state, step);
CREATE INDEX cordon_edits_target ON cordon_edits (target);
)sql";

// One table a type of geometry: what other GIS ask of a layer.
constexpr std::array<std::pair<const char*, const char*>, 3> kShapeTables = {
    {{"cordon_points", "MULTIPOINT"}, {"cordon_lines", "MULTILINESTRING"}, {"cordon_areas", "MULTIPOLYGON"}}};

void createShapeTables(const Database& database) {
    for (const auto& [table, type] : kShapeTables)
        database.run(
            std::string("CREATE TABLE ") + table + " (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom " + type +
            " NOT NULL, kind TEXT NOT NULL, record_fid INTEGER NOT NULL, reference TEXT, actor_id TEXT); CREATE "
            "INDEX " +
            table + "_record ON " + table + " (record_fid, kind)");
}

struct KindTable {
    const char* table;
    const char* title;
    const char* geometryType;
};
constexpr std::array<KindTable, kRecordKinds> kKindTables = {
    {{"cordon_control", "Control: all records", "MULTIPOLYGON"},
     {"cordon_road_status", "Road status: all records", "GEOMETRY"},
     {"cordon_restriction", "Restrictions: all records", "GEOMETRY"},
     {"cordon_incident", "Incidents: all records", "MULTIPOINT"},
     {"cordon_measure", "Measures: all records", "GEOMETRY"}}};

// Names and types as visitColumns() goes through them.
struct ColumnLister {
    std::vector<RecordColumn> columns;

    void add(std::string_view name, const char* type) { columns.push_back({std::string(name), type}); }
    template <class T> void text(std::string_view name, T&) { add(name, "TEXT"); }
    template <class T> void interval(std::string_view from, std::string_view to, T&) {
        add(from, "DATETIME");
        add(to, "DATETIME");
    }
    template <class T> void time(std::string_view name, T&) { add(name, "DATETIME"); }
    template <class T> void grade(std::string_view name, T&) { add(name, "TEXT"); }
    template <class T> void word(std::string_view name, T&) { add(name, "TEXT"); }
    template <class T> void optionalWord(std::string_view name, T&) { add(name, "TEXT"); }
    template <class T> void number(std::string_view name, T&) { add(name, "DOUBLE"); }
    template <class T> void count(std::string_view name, T&) { add(name, "INTEGER"); }
    template <class T> void flag(std::string_view name, T&) { add(name, "BOOLEAN"); }
    template <class T> void list(std::string_view name, T&) { add(name, "TEXT"); }
    template <class T> void roads(std::string_view name, T&) { add(name, "TEXT"); }
};

void createRecordTable(const Database& database, RecordKind kind) {
    const KindTable& entry = kKindTables[static_cast<std::size_t>(kind)];
    const std::string table = entry.table;
    std::string create = "CREATE TABLE " + table + " (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom " +
                         entry.geometryType + ", geometry_kind TEXT";
    for (const RecordColumn& column : recordColumns(kind))
        create += ", " + column.name + " " + column.sqlType;
    database.run(create + "); CREATE INDEX " + table + "_id ON " + table + " (id)");
    GpkgContent content;
    content.table = table;
    content.identifier = entry.title;
    content.description = "Every version of every record, withdrawn and corrected ones too";
    content.geometryColumn = "geom";
    content.geometryType = entry.geometryType;
    registerContent(database, content);
}

// One view of the current situation. OGC_FID is what GDAL takes for the key.
struct SituationView {
    const char* name;
    const char* title;
    RecordKind kind;
    const char* shapes;       // nullptr: the geometry of the record table itself
    const char* geometryType; // of that
};
constexpr std::array<SituationView, 8> kViews = {{
    {"situation_control", "Situation: control", RecordKind::Control, "cordon_areas", "MULTIPOLYGON"},
    {"situation_road_status", "Situation: road status", RecordKind::RoadStatus, "cordon_lines", "MULTILINESTRING"},
    {"situation_road_status_points", "Situation: places of road reports", RecordKind::RoadStatus, "cordon_points",
     "MULTIPOINT"},
    {"situation_restriction", "Situation: restricted towns", RecordKind::Restriction, "cordon_points", "MULTIPOINT"},
    {"situation_restriction_areas", "Situation: restricted areas", RecordKind::Restriction, "cordon_areas",
     "MULTIPOLYGON"},
    {"situation_incident", "Situation: incidents of the last 90 days", RecordKind::Incident, nullptr, "MULTIPOINT"},
    {"situation_measure", "Situation: places of measures", RecordKind::Measure, "cordon_points", "MULTIPOINT"},
    {"situation_measure_areas", "Situation: areas of measures", RecordKind::Measure, "cordon_areas", "MULTIPOLYGON"},
}};
constexpr const char* kInForce = "(r.valid_from IS NULL OR r.valid_from <= strftime('%Y-%m-%dT%H:%M:%fZ','now')) AND "
                                 "(r.valid_to IS NULL OR r.valid_to > strftime('%Y-%m-%dT%H:%M:%fZ','now'))";
constexpr const char* kRecent = "r.valid_from <= strftime('%Y-%m-%dT%H:%M:%fZ','now') AND "
                                "r.valid_from > strftime('%Y-%m-%dT%H:%M:%fZ','now','-90 days')";

std::string viewSql(const SituationView& view) {
    const std::string kind(toWord(view.kind));
    std::string sql = std::string("CREATE VIEW ") + view.name + " AS SELECT ";
    if (view.shapes)
        sql += "s.fid AS OGC_FID, s.geom AS geom, s.reference AS reference, s.actor_id AS actor_id";
    else
        sql += "r.fid AS OGC_FID, r.geom AS geom";
    for (const RecordColumn& column : recordColumns(view.kind))
        sql += ", r." + column.name + " AS " + column.name;
    sql += " FROM ";
    if (view.shapes)
        sql += std::string(view.shapes) + " s JOIN ";
    sql += recordTable(view.kind) + " r";
    if (view.shapes)
        sql += " ON r.fid = s.record_fid AND s.kind = '" + kind + "'";
    return sql + " WHERE r.recorded_to IS NULL AND " + (view.shapes ? kInForce : kRecent);
}

void createViews(const Database& database) {
    for (const SituationView& view : kViews) {
        database.run(viewSql(view));
        GpkgContent content;
        content.table = view.name;
        content.identifier = view.title;
        content.description = "What is recorded and in force at the present moment";
        content.geometryColumn = "geom";
        content.geometryType = view.geometryType;
        registerContent(database, content);
    }
}

void setFormat(const Database& database) {
    database.run("INSERT OR REPLACE INTO cordon_meta VALUES ('format', '" + std::to_string(kProjectFormat) +
                 "'), ('made_by', 'Cordon " CORDON_VERSION "')");
}

} // namespace

std::string recordTable(RecordKind kind) {
    return kKindTables[static_cast<std::size_t>(kind)].table;
}

std::vector<RecordColumn> recordColumns(RecordKind kind) {
    Situation none;
    return visitRecords(none, kind, [](auto& records) {
        typename std::remove_reference_t<decltype(records)>::value_type record{};
        ColumnLister lister;
        visitColumns(lister, record);
        return lister.columns;
    });
}

void createProjectTables(const Database& database) {
    database.run(kOwnTables);
    createShapeTables(database);
    for (std::size_t kind = 0; kind < kRecordKinds; ++kind)
        createRecordTable(database, static_cast<RecordKind>(kind));
    createViews(database);
    for (const char* table : {"cordon_actors", "cordon_sources"})
        registerContent(database, {table, table, "", "", "", 0, 0, {}});
    setFormat(database);
}

bool hasProjectTables(const Database& database) {
    return database.hasTable("cordon_meta") && database.hasTable("cordon_edits") && database.hasTable("gpkg_contents");
}

int projectFormatOf(const Database& database) {
    return static_cast<int>(database.integer("SELECT CAST(value AS INTEGER) FROM cordon_meta WHERE key = 'format'"));
}

void migrateProject(const Database& database, int fromFormat) {
    for (const SituationView& view : kViews)
        database.run(std::string("DROP VIEW IF EXISTS ") + view.name);
    for (std::size_t kind = 0; kind < kRecordKinds; ++kind) {
        const std::string table = recordTable(static_cast<RecordKind>(kind));
        const std::set<std::string> present = database.columnsOf(table);
        for (const RecordColumn& column : recordColumns(static_cast<RecordKind>(kind)))
            if (!present.contains(column.name))
                database.run("ALTER TABLE " + table + " ADD COLUMN " + column.name + " " + column.sqlType);
    }
    if (fromFormat < 2)
        createShapeTables(database);
    createViews(database);
    setFormat(database);
}

} // namespace cordon
