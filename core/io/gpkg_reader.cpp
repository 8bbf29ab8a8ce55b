#include "core/io/gpkg_reader.h"

#include "core/io/encoding.h"
#include "core/io/iso_time.h"
#include "core/io/sqlite.h"
#include "core/io/table_draft.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <future>
#include <limits>

namespace cordon {

namespace {

constexpr std::uint64_t kRowsWorthAThread = 20'000;

struct Unusual {}; // thrown inside, caught by readPlainGeoPackage()

struct PlainColumn {
    std::string name;
    FieldType type;
};

struct PlainTable {
    std::string name, key, geometry, crs;
    std::vector<PlainColumn> columns;
    std::int64_t firstKey = 0, lastKey = -1; // of the rows; none if the last is before the first

    // At most so many rows, mostly exactly; to count them the file would be read a second time.
    std::uint64_t keySpan() const {
        return lastKey < firstKey ? 0 : static_cast<std::uint64_t>(lastKey) - static_cast<std::uint64_t>(firstKey) + 1;
    }
};

std::string upperCased(std::string_view text) {
    std::string upper(text);
    for (char& c : upper)
        c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return upper;
}

// Types of clause 1.1.1.1.3 but for blobs.
std::optional<FieldType> fieldTypeOf(const std::string& sqlType) {
    const std::string type = upperCased(sqlType);
    if (type == "BOOLEAN")
        return FieldType::Boolean;
    if (type == "INTEGER" || type == "INT" || type == "MEDIUMINT" || type == "SMALLINT" || type == "TINYINT")
        return FieldType::Integer;
    if (type == "REAL" || type == "DOUBLE" || type == "FLOAT")
        return FieldType::Real;
    if (type == "DATE")
        return FieldType::Date;
    if (type == "DATETIME")
        return FieldType::DateTime;
    if (type == "TEXT" || (type.starts_with("TEXT(") && type.ends_with(")")))
        return FieldType::Text;
    return std::nullopt;
}

// Only tables that everybody lists in the same way: no views, no tables beside the registered ones, no extension that
// changes what is stored.
void requirePlainFile(const Database& database) {
    if (!database.hasTable("gpkg_contents") || !database.hasTable("gpkg_geometry_columns") ||
        database.integer("SELECT count(*) FROM gpkg_contents WHERE data_type <> 'features'") > 0 ||
        database.integer("SELECT count(*) FROM sqlite_master WHERE type = 'view'") > 0)
        throw Unusual{};
    if (database.integer(
            "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'gpkg\\_%' ESCAPE "
            "'\\' AND name NOT LIKE 'rtree\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND "
            "name <> 'layer_styles' AND lower(name) NOT IN (SELECT lower(table_name) FROM "
            "gpkg_contents)") > 0)
        throw Unusual{};
    if (database.hasTable("gpkg_extensions") &&
        database.integer("SELECT count(*) FROM gpkg_extensions WHERE extension_name <> 'gpkg_rtree_index'") > 0)
        throw Unusual{};
}

std::string crsOf(const Database& database, std::int64_t srsId) {
    Statement query =
        database.prepare("SELECT organization, organization_coordsys_id FROM gpkg_spatial_ref_sys WHERE srs_id = ?");
    query.bind(0, srsId);
    if (!query.step() || upperCased(query.text(0)) != "EPSG")
        throw Unusual{};
    return "EPSG:" + std::to_string(query.integer(1));
}

void readColumns(const Database& database, const ReadJob& job, PlainTable& table) {
    Statement query = database.prepare("PRAGMA table_info(" + quotedName(table.name) + ")");
    while (query.step()) {
        const std::string name(query.text(1));
        const bool isKey = query.integer(5) > 0;
        if (equalIgnoringCase(name, table.geometry))
            continue;
        if (isKey) {
            if (!table.key.empty() || upperCased(query.text(2)) != "INTEGER")
                throw Unusual{};
            table.key = name;
            continue;
        }
        const auto type = fieldTypeOf(std::string(query.text(2)));
        if (!type)
            throw Unusual{};
        if (job.wantsColumn(name))
            table.columns.push_back({name, *type});
    }
    if (table.key.empty())
        throw Unusual{};
}

std::vector<PlainTable> plainTables(const Database& database, const ReadJob& job) {
    requirePlainFile(database);
    std::vector<PlainTable> tables;
    Statement query = database.prepare("SELECT c.table_name, g.column_name, g.srs_id, count(*) FROM gpkg_contents c "
                                       "LEFT JOIN gpkg_geometry_columns g ON lower(g.table_name) = lower(c.table_name) "
                                       "GROUP BY c.rowid ORDER BY c.rowid");
    while (query.step()) {
        PlainTable table;
        table.name = query.text(0);
        if (!job.options().layer.empty() && job.options().layer != table.name)
            continue;
        if (query.isNull(1) || query.integer(3) != 1)
            throw Unusual{};
        table.geometry = query.text(1);
        table.crs = crsOf(database, query.integer(2));
        readColumns(database, job, table);
        const std::string from = " FROM " + quotedName(table.name);
        if (database.integer("SELECT EXISTS (SELECT 1" + from + ")") != 0) {
            table.firstKey = database.integer("SELECT min(" + quotedName(table.key) + ")" + from);
            table.lastKey = database.integer("SELECT max(" + quotedName(table.key) + ")" + from);
        }
        tables.push_back(std::move(table));
    }
    return tables;
}

// ISO WKB, little-endian, of the seven simple types; every read is checked.
class WkbReader {
public:
    WkbReader(std::string_view bytes, GeometryBuilder& builder) : m_bytes(bytes), m_builder(builder) {}

    void readBlob() {
        const std::string_view header = take(8);
        const auto flags = static_cast<unsigned char>(header[3]);
        static constexpr std::size_t kEnvelopeBytes[] = {0, 32, 48, 48, 64};
        const unsigned envelope = (flags >> 1) & 7;
        if (header.substr(0, 2) != "GP" || header[2] != '\0' || envelope > 4 || (flags & 0x20) != 0)
            throw Unusual{};
        take(kEnvelopeBytes[envelope]);
        const bool isEmpty = (flags & 0x10) != 0;
        const GeometryKind kind = isEmpty ? kNoGeometry : readGeometry(false);
        if (!m_builder.featureIsEmpty())
            m_builder.kinds |= kind;
    }

private:
    GeometryKind readGeometry(bool isMember) {
        if (take(1)[0] != 1)
            throw Unusual{};
        const auto code = number<std::uint32_t>();
        m_hasZ = code / 1000 == 1 || code / 1000 == 3;
        m_hasM = code / 1000 == 2 || code / 1000 == 3;
        if (code / 1000 > 3 || (isMember && code % 1000 > 3))
            throw Unusual{};
        switch (code % 1000) {
        case 1:
            readPoints(1);
            if (!isMember)
                endPart(PartRole::Points);
            return kPoint;
        case 2:
            readPoints(count(16));
            endPart(PartRole::Line);
            return kLineString;
        case 3:
            readPolygon();
            return kPolygon;
        case 4:
            readMembers();
            endPart(PartRole::Points);
            return kMultiPoint;
        case 5:
            readMembers();
            return kMultiLineString;
        case 6:
            readMembers();
            return kMultiPolygon;
        default:
            throw Unusual{};
        }
    }

    void readMembers() {
        for (std::uint32_t left = count(5); left > 0; --left)
            readGeometry(true);
    }

    void readPolygon() {
        bool isFirst = true;
        for (std::uint32_t left = count(4); left > 0; --left) {
            readPoints(count(16));
            if (m_builder.openCoordinates() == 0)
                continue;
            m_builder.closeRing();
            m_builder.endPart(isFirst ? PartRole::OuterRing : PartRole::InnerRing);
            isFirst = false;
        }
    }

    void readPoints(std::uint32_t points) {
        if (!m_hasZ && !m_hasM && points > 1) { // as they lie in memory
            const std::string_view bytes = take(std::size_t{points} * sizeof(LonLat));
            auto& coordinates = m_builder.column.coordinates;
            const std::size_t before = coordinates.size();
            coordinates.resize(before + points);
            std::memcpy(coordinates.data() + before, bytes.data(), bytes.size());
            return;
        }
        for (; points > 0; --points) {
            const auto x = number<double>(), y = number<double>();
            const double z = m_hasZ ? number<double>() : 0, m = m_hasM ? number<double>() : 0;
            if (std::isnan(x) && std::isnan(y))
                continue; // an empty point
            m_builder.add(x, y);
            if (m_hasZ)
                m_builder.addZ(z);
            if (m_hasM)
                m_builder.addM(m);
        }
    }

    void endPart(PartRole role) {
        if (m_builder.openCoordinates() > 0)
            m_builder.endPart(role);
    }

    // A damaged count must not ask for more than the blob can hold.
    std::uint32_t count(std::size_t leastBytesEach) {
        const auto value = number<std::uint32_t>();
        if (value > m_bytes.size() / leastBytesEach)
            throw Unusual{};
        return value;
    }
    template <class T> T number() {
        T value{};
        std::memcpy(&value, take(sizeof value).data(), sizeof value);
        return value;
    }
    std::string_view take(std::size_t bytes) {
        if (bytes > m_bytes.size())
            throw Unusual{};
        const std::string_view taken = m_bytes.substr(0, bytes);
        m_bytes.remove_prefix(bytes);
        return taken;
    }

    std::string_view m_bytes;
    GeometryBuilder& m_builder;
    bool m_hasZ = false, m_hasM = false;
};

// A run of rows of one table.
struct Rows {
    GeometryBuilder geometry;
    std::vector<Column> columns;
    std::uint32_t count = 0;
};

Rows emptyRows(const PlainTable& table) {
    Rows rows;
    for (const PlainColumn& plain : table.columns) {
        Column column;
        column.name = plain.name;
        column.type = plain.type;
        if (plain.type == FieldType::Real)
            column.values.emplace<std::vector<double>>();
        else if (plain.type == FieldType::Text)
            column.values.emplace<TextValues>();
        rows.columns.push_back(std::move(column));
    }
    return rows;
}

void appendTime(Column& column, std::optional<std::string_view> text) {
    auto& values = std::get<std::vector<std::int64_t>>(column.values);
    const bool isDate = column.type == FieldType::Date;
    if (!isDate)
        column.zoneOffsetMinutes.push_back(text ? std::int16_t{0} : Column::kNoZone);
    if (!text) {
        values.push_back(0);
        return;
    }
    const auto value = isDate ? daysOfStrictIsoDate(*text) : millisecondsOfStrictIsoTime(*text);
    if (!value)
        throw Unusual{};
    values.push_back(*value);
}

// SQLite keeps any value in any column: one that is not of its column's type is for GDAL to judge.
void appendValue(Column& column, std::uint32_t row, const Statement& query, int index) {
    const Statement::Type stored = query.type(index);
    const bool isNull = stored == Statement::Type::Null;
    if (isNull && column.isNullAt.empty())
        column.isNullAt.assign(row, 0);
    if (isNull || !column.isNullAt.empty())
        column.isNullAt.push_back(isNull);
    if (auto* reals = std::get_if<std::vector<double>>(&column.values)) {
        if (!isNull && stored != Statement::Type::Real && stored != Statement::Type::Integer)
            throw Unusual{};
        reals->push_back(isNull ? 0 : query.real(index));
    } else if (auto* texts = std::get_if<TextValues>(&column.values)) {
        const std::string_view text = isNull ? std::string_view() : query.text(index);
        if ((!isNull && stored != Statement::Type::Text) || !isUtf8(text))
            throw Unusual{};
        texts->append(text.substr(0, text.find('\0')));
    } else if (column.type == FieldType::Date || column.type == FieldType::DateTime) {
        appendTime(column, isNull ? std::nullopt : std::optional(query.text(index)));
    } else {
        if (!isNull && stored != Statement::Type::Integer)
            throw Unusual{};
        const std::int64_t value = isNull ? 0 : query.integer(index);
        std::get<std::vector<std::int64_t>>(column.values)
            .push_back(column.type == FieldType::Boolean ? value != 0 : value);
    }
}

Rows readRows(const std::string& path, const PlainTable& table, std::int64_t firstKey, std::int64_t lastKey,
              const std::function<void(std::uint32_t)>& onProgress) {
    const Database database(path, Database::Access::Read);
    std::string sql = "SELECT " + quotedName(table.geometry);
    for (const PlainColumn& column : table.columns)
        sql += ", " + quotedName(column.name);
    Statement query = database.prepare(sql + " FROM " + quotedName(table.name) + " WHERE " + quotedName(table.key) +
                                       " BETWEEN ? AND ? ORDER BY " + quotedName(table.key));
    query.bind(0, firstKey).bind(1, lastKey);
    Rows rows = emptyRows(table);
    for (; query.step(); ++rows.count) {
        if (rows.count % 1024 == 0)
            onProgress(rows.count);
        if (!query.isNull(0)) {
            if (query.type(0) != Statement::Type::Blob)
                throw Unusual{};
            WkbReader(query.blob(0), rows.geometry).readBlob();
        }
        rows.geometry.endFeature(kNoGeometry);
        for (std::size_t i = 0; i < rows.columns.size(); ++i)
            appendValue(rows.columns[i], rows.count, query, static_cast<int>(i) + 1);
    }
    return rows;
}

void append(Rows& to, Rows&& from) {
    to.geometry.append(std::move(from.geometry));
    for (std::size_t i = 0; i < to.columns.size(); ++i) {
        Column& column = to.columns[i];
        Column& more = from.columns[i];
        if (column.isNullAt.empty() && !more.isNullAt.empty())
            column.isNullAt.assign(to.count, 0);
        if (!column.isNullAt.empty() && more.isNullAt.empty())
            more.isNullAt.assign(from.count, 0);
        column.isNullAt.insert(column.isNullAt.end(), more.isNullAt.begin(), more.isNullAt.end());
        column.zoneOffsetMinutes.insert(column.zoneOffsetMinutes.end(), more.zoneOffsetMinutes.begin(),
                                        more.zoneOffsetMinutes.end());
        std::visit(
            [&](auto& values) {
                auto& added = std::get<std::decay_t<decltype(values)>>(more.values);
                if constexpr (std::is_same_v<std::decay_t<decltype(values)>, TextValues>) {
                    const std::uint64_t shift = values.bytes.size();
                    values.bytes += added.bytes;
                    for (std::size_t row = 1; row < added.start.size(); ++row)
                        values.start.push_back(added.start[row] + shift);
                } else {
                    values.insert(values.end(), added.begin(), added.end());
                }
            },
            column.values);
    }
    to.count += from.count;
}

Rows readTable(const std::string& path, const PlainTable& table, ReadJob& job) {
    const std::uint64_t span = table.keySpan();
    const auto checkpoint = [&](std::uint32_t row) {
        job.checkpoint(std::min(1.0, static_cast<double>(row) / static_cast<double>(std::max<std::uint64_t>(1, span))));
    };
    if (job.threadCount() == 1 || span < kRowsWorthAThread || span > std::uint64_t{1} << 62)
        return readRows(path, table, table.firstKey, table.lastKey, checkpoint);
    // Keys need not be dense; where they bunch up one thread gets more, which costs time only.
    const std::int64_t middle = table.firstKey + static_cast<std::int64_t>(span / 2);
    auto second = std::async(std::launch::async, [&] {
        return readRows(path, table, middle + 1, table.lastKey, [&job](std::uint32_t) { job.throwIfStopped(); });
    });
    Rows rows = readRows(path, table, table.firstKey, middle, [&](std::uint32_t row) { checkpoint(row * 2); });
    append(rows, second.get());
    return rows;
}

std::shared_ptr<const FeatureTable> complete(const PlainTable& table, Rows rows, const std::string& path,
                                             ReadJob& job) {
    TableDraft draft;
    draft.name = table.name;
    draft.source = {path, table.name, "GPKG", "", "UTF-8"};
    draft.crs = table.crs;
    draft.geometry = std::move(rows.geometry);
    draft.columns = std::move(rows.columns);
    for (Column& column : draft.columns) {
        auto& zones = column.zoneOffsetMinutes;
        if (std::all_of(zones.begin(), zones.end(), [](std::int16_t zone) { return zone == 0; }))
            zones.clear(); // all UTC
    }
    return completeTable(std::move(draft), job);
}

} // namespace

std::optional<std::vector<std::shared_ptr<const FeatureTable>>> readPlainGeoPackage(const std::string& path,
                                                                                    ReadJob& job) {
    try {
        const Database database(path, Database::Access::Read);
        std::vector<std::pair<PlainTable, Rows>> read;
        for (PlainTable& table : plainTables(database, job)) {
            Rows rows = readTable(path, table, job);
            read.emplace_back(std::move(table), std::move(rows));
        }
        if (read.empty())
            return std::nullopt;
        std::vector<std::shared_ptr<const FeatureTable>> tables;
        for (auto& [table, rows] : read) // no way back from here: completing warns and throws by itself
            tables.push_back(complete(table, std::move(rows), path, job));
        return tables;
    } catch (const Unusual&) {
    } catch (const SqliteError&) {
    }
    return std::nullopt;
}

} // namespace cordon
