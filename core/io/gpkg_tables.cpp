#include "core/io/gpkg_tables.h"

#include "core/io/gpkg_geometry.h"
#include "core/io/iso_time.h"
#include "core/model/lowered.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstring>
#include <limits>
#include <set>

namespace cordon {
namespace {

using namespace std::chrono;

constexpr std::array<std::pair<FieldType, const char*>, 6> kSqlTypes = {{{FieldType::Integer, "INTEGER"},
                                                                         {FieldType::Real, "REAL"},
                                                                         {FieldType::Text, "TEXT"},
                                                                         {FieldType::Date, "DATE"},
                                                                         {FieldType::DateTime, "DATETIME"},
                                                                         {FieldType::Boolean, "BOOLEAN"}}};

const char* sqlTypeOf(FieldType type) {
    return kSqlTypes[static_cast<std::size_t>(type)].second;
}

std::optional<FieldType> fieldTypeOf(std::string_view sqlType) {
    for (const auto& [type, name] : kSqlTypes)
        if (name == sqlType)
            return type;
    return std::nullopt;
}

constexpr const char* kCoreTables = R"sql(
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
  f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
  useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
  update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')));
CREATE TABLE cordon_tables (
  table_name TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, source_path TEXT NOT NULL, source_layer TEXT NOT NULL,
  source_format TEXT NOT NULL, source_crs TEXT NOT NULL, source_encoding TEXT NOT NULL, geometry_type TEXT NOT NULL,
  has_z INTEGER NOT NULL, has_m INTEGER NOT NULL, has_times INTEGER NOT NULL, row_count INTEGER NOT NULL);
CREATE TABLE cordon_columns (
  table_name TEXT NOT NULL, position INTEGER NOT NULL, column_name TEXT NOT NULL, name TEXT NOT NULL,
  field_type TEXT NOT NULL, zone_offsets BLOB, nan_rows BLOB, PRIMARY KEY (table_name, position));
CREATE TABLE cordon_vertex_times (
  table_name TEXT NOT NULL, fid INTEGER NOT NULL, times BLOB NOT NULL, PRIMARY KEY (table_name, fid));
)sql";

// WKT of EPSG:4326 as GDAL and QGIS write it.
constexpr const char* kWgs84 =
    "GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563,AUTHORITY[\"EPSG\",\"7030\"]],"
    "AUTHORITY[\"EPSG\",\"6326\"]],PRIMEM[\"Greenwich\",0,AUTHORITY[\"EPSG\",\"8901\"]],UNIT[\"degree\","
    "0.0174532925199433,AUTHORITY[\"EPSG\",\"9122\"]],AXIS[\"Latitude\",NORTH],AXIS[\"Longitude\",EAST],"
    "AUTHORITY[\"EPSG\",\"4326\"]]";

// Names of the columns in SQL, where case does not tell them apart and two are taken.
std::vector<std::string> sqlNamesOf(const FeatureTable& table) {
    std::set<std::string> taken{"fid", "geom", "ogc_fid", "rowid"};
    std::vector<std::string> names;
    for (const Column& column : table.columns) {
        std::string name;
        for (const char c : column.name)
            if (c != '\0')
                name += c;
        if (name.empty())
            name = "field";
        const std::string base = name;
        for (int n = 2; !taken.insert(lowered(name)).second; ++n)
            name = base + "_" + std::to_string(n);
        names.push_back(name);
    }
    return names;
}

template <class T> std::string_view bytesOf(const std::vector<T>& values) {
    return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)};
}

template <class T> std::vector<T> valuesOf(std::string_view bytes) {
    std::vector<T> values(bytes.size() / sizeof(T));
    if (!values.empty()) // an empty vector has no data() to copy to
        std::memcpy(values.data(), bytes.data(), values.size() * sizeof(T));
    return values;
}

// Binds one value; `scratch` keeps a text alive until the statement has run.
void bindValue(Statement& insert, int parameter, const Column& column, std::size_t row, std::string& scratch) {
    if (column.isNull(row)) {
        insert.bindNull(parameter);
        return;
    }
    switch (column.type) {
    case FieldType::Real:
        insert.bind(parameter, column.realAt(row)); // SQLite stores NaN as NULL: see nan_rows
        return;
    case FieldType::Text:
        insert.bind(parameter, column.textAt(row));
        return;
    case FieldType::Date:
        scratch = isoDate(column.integerAt(row));
        break;
    case FieldType::DateTime:
        scratch = isoTime(column.integerAt(row));
        break;
    default:
        scratch.clear();
        break;
    }
    if (scratch.empty())
        insert.bind(parameter, column.integerAt(row));
    else
        insert.bind(parameter, std::string_view(scratch));
}

std::vector<std::uint32_t> nanRowsOf(const Column& column) {
    std::vector<std::uint32_t> rows;
    if (const auto* values = std::get_if<std::vector<double>>(&column.values))
        for (std::size_t row = 0; row < values->size(); ++row)
            if (std::isnan((*values)[row]) && !column.isNull(row))
                rows.push_back(static_cast<std::uint32_t>(row));
    return rows;
}

void writeTableRow(const Database& database, const std::string& sqlName, const FeatureTable& table) {
    Statement insert = database.prepare("INSERT INTO cordon_tables VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    const TableSource& source = table.source;
    int i = 0;
    for (const std::string* text : {&sqlName, &table.name, &source.path, &source.layer, &source.format, &source.crs,
                                    &source.encoding, &table.geometryType})
        insert.bind(i++, std::string_view(*text));
    insert.bind(8, table.geometry.z.empty() ? 0 : 1).bind(9, table.geometry.m.empty() ? 0 : 1);
    insert.bind(10, table.geometry.timeMs.empty() ? 0 : 1).bind(11, static_cast<std::int64_t>(table.featureCount));
    insert.run();
}

void writeColumnRows(const Database& database, const std::string& sqlName, const FeatureTable& table,
                     const std::vector<std::string>& names) {
    Statement insert = database.prepare("INSERT INTO cordon_columns VALUES (?, ?, ?, ?, ?, ?, ?)");
    for (std::size_t c = 0; c < names.size(); ++c) {
        const Column& column = table.columns[c];
        const std::vector<std::uint32_t> nanRows = nanRowsOf(column);
        insert.bind(0, sqlName).bind(1, static_cast<int>(c)).bind(2, names[c]).bind(3, column.name);
        insert.bind(4, std::string_view(sqlTypeOf(column.type)));
        if (column.zoneOffsetMinutes.empty())
            insert.bindNull(5);
        else
            insert.bindBlob(5, bytesOf(column.zoneOffsetMinutes));
        if (nanRows.empty())
            insert.bindNull(6);
        else
            insert.bindBlob(6, bytesOf(nanRows));
        insert.run();
    }
}

// Times of feature `f`'s vertices; empty if it has none.
std::string_view timesOf(const GeometryColumn& g, std::uint32_t f) {
    if (g.timeMs.empty())
        return {};
    const std::uint32_t begin = g.partStart[g.featureStart[f]];
    const std::uint32_t end = g.partStart[g.featureStart[f + 1]];
    return {reinterpret_cast<const char*>(g.timeMs.data() + begin), (end - begin) * sizeof(std::int64_t)};
}

void truncateTo(GeometryColumn& g, std::uint32_t features) {
    g.featureStart.resize(features + 1);
    g.partRole.resize(g.featureStart.back());
    g.partStart.resize(g.featureStart.back() + 1);
    const std::size_t coordinates = g.partStart.back();
    g.coordinates.resize(coordinates);
    g.z.resize(std::min(g.z.size(), coordinates));
    g.m.resize(std::min(g.m.size(), coordinates));
}

// A column of the file on its way into the table.
struct ColumnReader {
    Column column;
    std::string sqlName;
    int index = 0; // in the query
    std::vector<std::uint32_t> nanRows;

    void append(const Statement& row, std::size_t at) {
        const bool isNull = row.isNull(index);
        if (isNull && column.isNullAt.empty())
            column.isNullAt.resize(at, 0);
        if (isNull || !column.isNullAt.empty())
            column.isNullAt.push_back(isNull ? 1 : 0);
        if (auto* reals = std::get_if<std::vector<double>>(&column.values))
            reals->push_back(isNull ? 0 : row.real(index));
        else if (auto* texts = std::get_if<TextValues>(&column.values))
            texts->append(row.text(index));
        else
            std::get<std::vector<std::int64_t>>(column.values).push_back(isNull ? 0 : integerOf(row));
    }

    void finish(std::size_t rows) {
        auto* reals = std::get_if<std::vector<double>>(&column.values);
        for (const std::uint32_t row : nanRows)
            if (reals && row < rows && column.isNull(row)) {
                (*reals)[row] = std::numeric_limits<double>::quiet_NaN();
                column.isNullAt[row] = 0;
            }
        if (std::find(column.isNullAt.begin(), column.isNullAt.end(), 1) == column.isNullAt.end())
            column.isNullAt.clear();
        if (column.zoneOffsetMinutes.size() != rows)
            column.zoneOffsetMinutes.clear();
    }

private:
    std::int64_t integerOf(const Statement& row) const {
        if (row.type(index) == Statement::Type::Integer ||
            (column.type != FieldType::Date && column.type != FieldType::DateTime))
            return row.integer(index);
        const std::string text(row.text(index));
        const std::int64_t ms = millisecondsOfIsoTime(text.size() == 10 ? text + "T00:00:00.000Z" : text).value_or(0);
        return column.type == FieldType::Date ? floor<days>(milliseconds{ms}).count() : ms;
    }
};

std::vector<ColumnReader> columnReadersOf(const Database& database, const std::string& sqlName) {
    const std::set<std::string> present = database.columnsOf(sqlName);
    Statement query =
        database.prepare("SELECT column_name, name, field_type, zone_offsets, nan_rows FROM cordon_columns "
                         "WHERE table_name = ? ORDER BY position");
    query.bind(0, sqlName);
    std::vector<ColumnReader> readers;
    while (query.step()) {
        ColumnReader reader;
        reader.sqlName = query.text(0);
        reader.column.name = query.text(1);
        reader.column.type = fieldTypeOf(query.text(2)).value_or(FieldType::Text);
        reader.column.zoneOffsetMinutes = valuesOf<std::int16_t>(query.blob(3));
        reader.nanRows = valuesOf<std::uint32_t>(query.blob(4));
        if (reader.column.type == FieldType::Real)
            reader.column.values = std::vector<double>();
        else if (reader.column.type == FieldType::Text)
            reader.column.values = TextValues();
        if (present.contains(reader.sqlName)) // else another program dropped it
            readers.push_back(std::move(reader));
    }
    return readers;
}

void readVertexTimes(const Database& database, const std::string& sqlName, const std::vector<std::int64_t>& fids,
                     GeometryColumn& g) {
    g.timeMs.assign(g.coordinates.size(), GeometryColumn::kNoTime);
    Statement query = database.prepare("SELECT fid, times FROM cordon_vertex_times WHERE table_name = ?");
    query.bind(0, sqlName);
    while (query.step()) {
        const auto at = std::lower_bound(fids.begin(), fids.end(), query.integer(0));
        if (at == fids.end() || *at != query.integer(0))
            continue;
        const auto f = static_cast<std::size_t>(at - fids.begin());
        const std::uint32_t begin = g.partStart[g.featureStart[f]];
        const std::uint32_t end = g.partStart[g.featureStart[f + 1]];
        const std::string_view times = query.blob(1);
        if (times.size() == (end - begin) * sizeof(std::int64_t) && !times.empty())
            std::memcpy(g.timeMs.data() + begin, times.data(), times.size());
    }
}

} // namespace

void createGeoPackage(const Database& database) {
    database.run("PRAGMA application_id = 0x47504B47; PRAGMA user_version = 10300;"); // "GPKG", version 1.3
    database.run(kCoreTables);
    Statement insert = database.prepare("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)");
    const auto add = [&](const char* name, int id, const char* organization, const char* wkt, const char* text) {
        insert.bind(0, std::string_view(name)).bind(1, id).bind(2, std::string_view(organization)).bind(3, id);
        insert.bind(4, std::string_view(wkt)).bind(5, std::string_view(text)).run();
    };
    add("Undefined cartesian SRS", -1, "NONE", "undefined", "undefined cartesian coordinate reference system");
    add("Undefined geographic SRS", 0, "NONE", "undefined", "undefined geographic coordinate reference system");
    add("WGS 84 geodetic", 4326, "EPSG", kWgs84, "longitude/latitude coordinates in decimal degrees on WGS 84");
    registerContent(database,
                    {"layer_styles", "layer_styles", "Styles that QGIS shows the layers with", "", "", 0, 0, {}});
}

void registerContent(const Database& database, const GpkgContent& content) {
    unregisterContent(database, content.table);
    Statement taken = database.prepare("SELECT 1 FROM gpkg_contents WHERE identifier = ?");
    std::string identifier = content.identifier.empty() ? content.table : content.identifier;
    taken.bind(0, std::string_view(identifier));
    if (taken.step())
        identifier += " (" + content.table + ")";
    Statement insert = database.prepare("INSERT INTO gpkg_contents (table_name, data_type, identifier, description, "
                                        "min_x, min_y, max_x, max_y, srs_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    const bool hasGeometry = !content.geometryColumn.empty();
    insert.bind(0, content.table).bind(1, std::string_view(hasGeometry ? "features" : "attributes"));
    insert.bind(2, identifier).bind(3, content.description);
    const GeoBox& box = content.extent;
    const double bounds[] = {box.minX, box.minY, box.maxX, box.maxY};
    for (int i = 0; i < 4; ++i)
        box.isEmpty() ? insert.bindNull(4 + i) : insert.bind(4 + i, bounds[i]);
    hasGeometry ? insert.bind(8, 4326) : insert.bindNull(8);
    insert.run();
    if (!hasGeometry)
        return;
    Statement column = database.prepare("INSERT INTO gpkg_geometry_columns VALUES (?, ?, ?, 4326, ?, ?)");
    column.bind(0, content.table).bind(1, content.geometryColumn).bind(2, content.geometryType);
    column.bind(3, content.z).bind(4, content.m).run();
}

void unregisterContent(const Database& database, const std::string& table) {
    for (const char* from : {"gpkg_geometry_columns", "gpkg_contents"}) {
        Statement remove = database.prepare(std::string("DELETE FROM ") + from + " WHERE table_name = ?");
        remove.bind(0, table).run();
    }
}

std::string freeTableName(const Database& database, std::string_view wanted) {
    std::string name;
    for (const char c : lowered(wanted)) {
        const bool isPlain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (isPlain)
            name += c;
        else if (!name.empty() && name.back() != '_' && static_cast<unsigned char>(c) < 0x80)
            name += '_';
    }
    while (!name.empty() && name.back() == '_')
        name.pop_back();
    name = name.substr(0, 48);
    static constexpr std::array kReserved = {"gpkg", "sqlite", "rtree", "cordon", "situation", "layer_styles"};
    const bool isReserved =
        std::any_of(kReserved.begin(), kReserved.end(), [&](const char* prefix) { return name.starts_with(prefix); });
    if (name.empty() || isReserved || (name[0] >= '0' && name[0] <= '9'))
        name = name.empty() ? "layer" : "layer_" + name;
    std::string free = name;
    for (int n = 2; database.hasTable(free); ++n)
        free = name + "_" + std::to_string(n);
    return free;
}

void writeFeatureTable(const Database& database, const std::string& sqlName, const FeatureTable& table,
                       const std::function<void(std::uint32_t)>& written) {
    const std::vector<std::string> names = sqlNamesOf(table);
    const GpkgGeometryType type = geometryTypeOf(table.geometry);
    std::string create = "CREATE TABLE " + quotedName(sqlName) +
                         " (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom " + type.typeName;
    std::string places = "?, ?";
    for (std::size_t c = 0; c < names.size(); ++c) {
        create += ", " + quotedName(names[c]) + " " + sqlTypeOf(table.columns[c].type);
        places += ", ?";
    }
    database.run(create + ")");
    writeTableRow(database, sqlName, table);
    writeColumnRows(database, sqlName, table, names);
    Statement insert = database.prepare("INSERT INTO " + quotedName(sqlName) + " VALUES (" + places + ")");
    Statement insertTimes = database.prepare("INSERT INTO cordon_vertex_times VALUES (?, ?, ?)");
    std::vector<std::string> scratch(names.size());
    for (std::uint32_t row = 0; row < table.featureCount; ++row) {
        if (written && row % 4096 == 0)
            written(row);
        const std::string blob = encodeGeometry(table.geometry, row, type);
        insert.bind(0, static_cast<std::int64_t>(row) + 1);
        blob.empty() ? insert.bindNull(1) : insert.bindBlob(1, blob);
        for (std::size_t c = 0; c < names.size(); ++c)
            bindValue(insert, static_cast<int>(c) + 2, table.columns[c], row, scratch[c]);
        insert.run();
        if (const std::string_view times = timesOf(table.geometry, row); !times.empty())
            insertTimes.bind(0, sqlName).bind(1, static_cast<std::int64_t>(row) + 1).bindBlob(2, times).run();
    }
}

GpkgContent contentOf(const Database&, const std::string& sqlName, const FeatureTable& table) {
    const GpkgGeometryType type = geometryTypeOf(table.geometry);
    GpkgContent content;
    content.table = sqlName;
    content.identifier = table.name;
    content.geometryColumn = "geom";
    content.geometryType = type.typeName;
    content.z = type.hasZ ? 2 : 0;
    content.m = type.hasM ? 2 : 0;
    content.extent = table.extent;
    return content;
}

std::shared_ptr<const FeatureTable> readFeatureTable(const Database& database, const std::string& sqlName,
                                                     Warnings& warnings) {
    auto table = std::make_shared<FeatureTable>();
    Statement about = database.prepare("SELECT name, source_path, source_layer, source_format, source_crs, "
                                       "source_encoding, geometry_type, has_z, has_m, has_times, row_count FROM "
                                       "cordon_tables WHERE table_name = ?");
    about.bind(0, sqlName);
    if (!about.step() || !database.hasTable(sqlName))
        throw Error("The project file '" + database.path() + "' has lost the table '" + sqlName +
                    "' of one of its layers; import the layer again.");
    int i = 0;
    TableSource& source = table->source;
    for (std::string* text : {&table->name, &source.path, &source.layer, &source.format, &source.crs, &source.encoding,
                              &table->geometryType})
        *text = about.text(i++);
    std::vector<ColumnReader> readers = columnReadersOf(database, sqlName);
    std::string sql = "SELECT fid, geom";
    for (ColumnReader& reader : readers) {
        sql += ", " + quotedName(reader.sqlName);
        reader.index = static_cast<int>(&reader - readers.data()) + 2;
    }
    Statement rows = database.prepare(sql + " FROM " + quotedName(sqlName) + " ORDER BY fid");
    GeometryColumn& g = table->geometry;
    std::vector<std::int64_t> fids;
    std::uint32_t unreadable = 0;
    while (rows.step()) {
        const auto row = static_cast<std::uint32_t>(fids.size());
        fids.push_back(rows.integer(0));
        try {
            decodeGeometry(rows.blob(1), g);
        } catch (const SqliteError&) {
            throw;
        } catch (const Error&) {
            truncateTo(g, row);
            g.featureStart.push_back(g.featureStart.back());
            ++unreadable;
        }
        for (ColumnReader& reader : readers)
            reader.append(rows, row);
    }
    const double none = std::numeric_limits<double>::quiet_NaN();
    if (about.integer(7) != 0 || !g.z.empty())
        g.z.resize(g.coordinates.size(), none);
    if (about.integer(8) != 0 || !g.m.empty())
        g.m.resize(g.coordinates.size(), none);
    if (about.integer(9) != 0)
        readVertexTimes(database, sqlName, fids, g);
    for (ColumnReader& reader : readers) {
        reader.finish(fids.size());
        table->columns.push_back(std::move(reader.column));
    }
    if (unreadable > 0)
        warnings.push_back({database.path() + ", layer '" + table->name + "': " + std::to_string(unreadable) +
                                " geometries are damaged and are left out; import the layer again.",
                            true});
    finishTable(*table);
    return table;
}

std::string sqlColumnOf(const Database& database, const std::string& sqlName, std::string_view column) {
    Statement query = database.prepare("SELECT column_name FROM cordon_columns WHERE table_name = ? AND name = ?");
    query.bind(0, sqlName).bind(1, column);
    return query.step() ? std::string(query.text(0)) : std::string();
}

} // namespace cordon
