#include "core/io/project_records.h"

#include "core/io/gpkg_geometry.h"
#include "core/io/iso_time.h"
#include "core/io/json.h"
#include "core/io/project_schema.h"
#include "core/io/record_columns.h"
#include "core/io/record_json.h"

#include <charconv>
#include <deque>
#include <limits>

namespace cordon {
namespace {

// Binds the columns in the order of visitColumns(), after fid, geom and geometry_kind.
class Binder {
public:
    Binder(Statement& insert, int firstParameter) : m_insert(insert), m_next(firstParameter) {}

    void text(std::string_view, const std::string& value) { bindView(value); }
    void interval(std::string_view from, std::string_view to, const TimeInterval& value) {
        time(from, value.begin == TimePoint::min() ? std::nullopt : std::optional(value.begin));
        time(to, value.end);
    }
    void time(std::string_view, const std::optional<TimePoint>& value) {
        if (!value) {
            m_insert.bindNull(m_next++);
            return;
        }
        const std::int64_t ms = value->time_since_epoch().count();
        std::string text = isoTime(ms);
        if (text.empty())
            m_insert.bind(m_next++, ms); // a year that ISO 8601 has no four digits for
        else
            bindView(m_scratch.emplace_back(std::move(text)));
    }
    void grade(std::string_view, const Grade& value) { bindView(m_scratch.emplace_back(value.toText())); }
    template <class E> void word(std::string_view, const E& value) { bindView(toWord(value)); }
    template <class E> void optionalWord(std::string_view, const std::optional<E>& value) {
        bindView(value ? toWord(*value) : std::string_view());
    }
    void number(std::string_view, const std::optional<double>& value) {
        value ? m_insert.bind(m_next++, *value) : m_insert.bindNull(m_next++);
    }
    void count(std::string_view, const std::optional<int>& value) {
        value ? m_insert.bind(m_next++, *value) : m_insert.bindNull(m_next++);
    }
    void flag(std::string_view, bool value) { m_insert.bind(m_next++, value ? 1 : 0); }
    void list(std::string_view, const std::vector<std::string>& items) {
        bindView(m_scratch.emplace_back(listText(items)));
    }
    void roads(std::string_view, const std::vector<RoadReference>& roads) {
        std::vector<std::string> texts;
        for (const RoadReference& road : roads)
            texts.push_back(toText(road));
        bindView(m_scratch.emplace_back(listText(texts)));
    }

private:
    void bindView(std::string_view text) { text.empty() ? m_insert.bindNull(m_next++) : m_insert.bind(m_next++, text); }

    Statement& m_insert;
    int m_next;
    std::deque<std::string> m_scratch; // texts live until the statement has run
};

// What a row says that no record can.
struct BadRow {
    std::string column;
    std::string value;
};

class RowReader {
public:
    RowReader(const Statement& row, int firstColumn) : m_row(row), m_next(firstColumn) {}

    void text(std::string_view, std::string& value) { value = m_row.text(m_next++); }
    void interval(std::string_view from, std::string_view to, TimeInterval& value) {
        std::optional<TimePoint> begin;
        time(from, begin);
        value.begin = begin.value_or(TimePoint::min());
        time(to, value.end);
    }
    void time(std::string_view name, std::optional<TimePoint>& value) {
        const int column = m_next++;
        if (m_row.isNull(column)) {
            value.reset();
        } else if (m_row.type(column) == Statement::Type::Integer) {
            value = TimePoint{std::chrono::milliseconds{m_row.integer(column)}};
        } else {
            const auto ms = millisecondsOfIsoTime(m_row.text(column));
            if (!ms)
                fail(name, column);
            value = TimePoint{std::chrono::milliseconds{*ms}};
        }
    }
    void grade(std::string_view name, Grade& value) {
        const int column = m_next++;
        const auto grade = Grade::fromText(m_row.text(column));
        if (!grade)
            fail(name, column);
        value = *grade;
    }
    template <class E> void word(std::string_view name, E& value) {
        const int column = m_next++;
        const std::string_view text = m_row.text(column);
        if (text.empty()) // a column that came with a later format
            return;
        const auto known = wordFrom<E>(text);
        if (!known)
            fail(name, column);
        value = *known;
    }
    template <class E> void optionalWord(std::string_view name, std::optional<E>& value) {
        if (m_row.isNull(m_next)) {
            ++m_next;
            return;
        }
        word(name, value.emplace());
    }
    void number(std::string_view, std::optional<double>& value) {
        if (!m_row.isNull(m_next))
            value = m_row.real(m_next);
        ++m_next;
    }
    void count(std::string_view name, std::optional<int>& value) {
        if (!m_row.isNull(m_next)) {
            const std::int64_t number = m_row.integer(m_next);
            if (number < std::numeric_limits<int>::min() || number > std::numeric_limits<int>::max())
                fail(name, m_next);
            value = static_cast<int>(number);
        }
        ++m_next;
    }
    void flag(std::string_view, bool& value) { value = m_row.integer(m_next++) != 0; }
    void list(std::string_view, std::vector<std::string>& items) { items = listFromText(m_row.text(m_next++)); }
    void roads(std::string_view name, std::vector<RoadReference>& roads) {
        const int column = m_next++;
        for (const std::string& text : listFromText(m_row.text(column))) {
            RoadReference road{text, 0, 1};
            if (const std::size_t colon = text.rfind(':'); colon != std::string::npos) {
                const char* const end = text.data() + text.size();
                const auto from = std::from_chars(text.data() + colon + 1, end, road.fromFraction);
                const bool hasDash = from.ec == std::errc{} && from.ptr != end && *from.ptr == '-';
                const auto to = hasDash ? std::from_chars(from.ptr + 1, end, road.toFraction) : from;
                if (!hasDash || to.ec != std::errc{} || to.ptr != end)
                    fail(name, column);
                road.roadId = text.substr(0, colon);
            }
            roads.push_back(std::move(road));
        }
    }

private:
    // Words are written by toWord(); the exact comparison is the common case, and the quick one.
    template <class E> std::optional<E> wordFrom(std::string_view text) {
        thread_local std::string lastText;
        thread_local std::optional<E> last;
        if (!last || lastText != text) {
            last = fromWord<E>(text);
            lastText = text;
        }
        return last;
    }
    [[noreturn]] void fail(std::string_view name, int column) const {
        throw BadRow{std::string(name), std::string(m_row.text(column))};
    }

    const Statement& m_row;
    int m_next;
};

template <class R> void setGeometry(R& record, SmallGeometry geometry) {
    if constexpr (std::is_same_v<R, ControlArea>) {
        record.area = std::move(geometry);
    } else if constexpr (std::is_same_v<R, Incident>) {
        if (geometry.parts.empty() || geometry.parts[0].points.empty())
            throw BadRow{"geom", "none"};
        record.location = geometry.parts[0].points[0];
    } else {
        record.geometry = std::move(geometry);
    }
}

// fid, geom, then the columns of the record; those an older file lacks are NULL.
std::string selectOf(const Database& database, RecordKind kind) {
    const std::set<std::string> present = database.columnsOf(recordTable(kind));
    std::string sql = "SELECT fid, geom";
    for (const RecordColumn& column : recordColumns(kind))
        sql += present.contains(column.name) ? ", " + column.name : ", NULL";
    return sql + " FROM " + recordTable(kind);
}

template <class R> R readRow(const Statement& row) {
    R record;
    try {
        setGeometry(record, decodeSmallGeometry(row.blob(1)));
    } catch (const Error& error) {
        throw BadRow{"geom", error.what()};
    }
    RowReader reader(row, 2);
    visitColumns(reader, record);
    return record;
}

template <class R>
void readTable(const Database& database, Records<R>& records, std::vector<std::int64_t>& fids, Warnings& warnings) {
    const RecordKind kind = kRecordKindOf<R>;
    if (!database.hasTable(recordTable(kind)))
        throw Error("The project file '" + database.path() + "' has lost its table '" + recordTable(kind) +
                    "'; go back to a copy of it.");
    Statement rows = database.prepare(selectOf(database, kind) + " ORDER BY fid");
    while (rows.step()) {
        try {
            records.push_back(readRow<R>(rows));
            fids.push_back(rows.integer(0));
        } catch (const BadRow& bad) {
            warnings.push_back({database.path() + ", " + recordTable(kind) + ", row " +
                                    std::to_string(rows.integer(0)) + ": left out, because " + bad.column + " '" +
                                    bad.value.substr(0, 80) + "' means nothing; the file may be damaged.",
                                true});
        }
    }
}

const char* kindName(SmallGeometry::Kind kind) {
    switch (kind) {
    case SmallGeometry::Kind::Point:
        return "point";
    case SmallGeometry::Kind::Line:
        return "line";
    case SmallGeometry::Kind::Polygon:
        return "polygon";
    case SmallGeometry::Kind::None:
        break;
    }
    return "";
}

} // namespace

template <class R> std::int64_t RecordWriter::insertRow(const R& record) {
    constexpr auto kKind = static_cast<std::size_t>(kRecordKindOf<R>);
    if (!m_insert[kKind]) {
        std::string names = "geom, geometry_kind";
        std::string places = "?, ?";
        for (const RecordColumn& column : recordColumns(kRecordKindOf<R>)) {
            names += ", " + column.name;
            places += ", ?";
        }
        m_insert[kKind] = m_database.prepare("INSERT INTO " + recordTable(kRecordKindOf<R>) + " (" + names +
                                             ") VALUES (" + places + ")");
    }
    Statement& insert = *m_insert[kKind];
    const SmallGeometry geometry = geometryOf(record);
    const std::string blob = encodeGeometry(geometry, true);
    if (blob.empty())
        insert.bindNull(0).bindNull(1);
    else
        insert.bindBlob(0, blob).bind(1, std::string_view(kindName(geometry.kind)));
    Binder binder(insert, 2);
    visitColumns(binder, record);
    insert.run();
    return m_database.lastRowId();
}

template std::int64_t RecordWriter::insertRow(const ControlArea&);
template std::int64_t RecordWriter::insertRow(const RoadStatus&);
template std::int64_t RecordWriter::insertRow(const Restriction&);
template std::int64_t RecordWriter::insertRow(const Incident&);
template std::int64_t RecordWriter::insertRow(const Measure&);

std::int64_t RecordWriter::insert(const Record& record) {
    return std::visit([&](const auto& r) { return insertRow(r); }, record);
}

std::int64_t RecordWriter::end(const RowName& name, TimePoint at) {
    const auto bindTime = [](Statement& statement, int parameter, TimePoint t, std::string& scratch) {
        const std::int64_t ms = t.time_since_epoch().count();
        scratch = isoTime(ms);
        if (t == TimePoint::min())
            statement.bindNull(parameter);
        else if (scratch.empty())
            statement.bind(parameter, ms);
        else
            statement.bind(parameter, std::string_view(scratch));
    };
    const auto kind = static_cast<std::size_t>(name.kind);
    if (!m_find[kind]) {
        m_find[kind] = m_database.prepare("SELECT fid FROM " + recordTable(name.kind) +
                                          " WHERE id = ? AND recorded_from IS ? AND recorded_to IS NULL");
        m_end[kind] = m_database.prepare("UPDATE " + recordTable(name.kind) + " SET recorded_to = ? WHERE fid = ?");
    }
    std::string scratch, scratchAt;
    Statement& find = *m_find[kind];
    find.bind(0, name.id);
    bindTime(find, 1, name.recordedBegin, scratch);
    if (!find.step())
        throw Error("The report " + name.id + " in '" + m_database.path() +
                    "' is not there or is already withdrawn; if another program changed the file, open it again.");
    const std::int64_t fid = find.integer(0);
    find.reset();
    bindTime(*m_end[kind], 0, at, scratchAt);
    m_end[kind]->bind(1, fid).run();
    return fid;
}

void readRecordTables(const Database& database, Situation& situation, RowFids& fids, Warnings& warnings) {
    for (std::size_t kind = 0; kind < kRecordKinds; ++kind)
        visitRecords(situation, static_cast<RecordKind>(kind),
                     [&](auto& records) { readTable(database, records, fids[kind], warnings); });
}

std::vector<std::int64_t> RecordReader::liveRows(RecordKind kind, const std::string& id) {
    std::optional<Statement>& live = m_live[static_cast<std::size_t>(kind)];
    if (!live)
        live = m_database.prepare("SELECT fid FROM " + recordTable(kind) +
                                  " WHERE id = ? AND recorded_to IS NULL ORDER BY fid");
    live->bind(0, id);
    std::vector<std::int64_t> fids;
    while (live->step())
        fids.push_back(live->integer(0));
    live->reset();
    return fids;
}

std::optional<Record> RecordReader::read(RecordKind kind, std::int64_t fid) {
    std::optional<Statement>& row = m_row[static_cast<std::size_t>(kind)];
    if (!row)
        row = m_database.prepare(selectOf(m_database, kind) + " WHERE fid = ?");
    row->bind(0, fid);
    std::optional<Record> record;
    if (row->step()) {
        Situation none;
        try {
            record = visitRecords(none, kind, [&](auto& records) -> Record {
                return readRow<typename std::remove_reference_t<decltype(records)>::value_type>(*row);
            });
        } catch (const BadRow&) { // there is none then
        }
    }
    row->reset();
    return record;
}

std::string listText(const std::vector<std::string>& items) {
    std::string joined;
    for (const std::string& item : items) {
        const bool isPlain = !item.empty() && item.find(';') == std::string::npos && item.front() != '[';
        if (!isPlain)
            return jsonList(items);
        joined += (joined.empty() ? "" : ";") + item;
    }
    return joined;
}

std::vector<std::string> listFromText(std::string_view text) {
    std::vector<std::string> items;
    if (text.starts_with('[')) {
        try {
            for (const Json& item : parseJson(text, "").items)
                items.push_back(item.text);
            return items;
        } catch (const Error&) { // written by hand: a list all the same
            items.clear();
        }
    }
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(';'), text.size());
        if (end > 0)
            items.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return items;
}

} // namespace cordon
