#include "core/io/record_columns.h"

#include "core/atomic_file.h"
#include "core/error.h"
#include "core/io/record_json.h"
#include "core/model/csv_text.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

namespace cordon {
namespace {

constexpr std::array kColumns = std::to_array<std::string_view>({"id",
                                                                 "kind",
                                                                 "valid_from",
                                                                 "valid_to",
                                                                 "recorded_from",
                                                                 "recorded_to",
                                                                 "confirmed",
                                                                 "place",
                                                                 "lon",
                                                                 "lat",
                                                                 "geometry",
                                                                 "roads",
                                                                 "regions",
                                                                 "status",
                                                                 "cause",
                                                                 "vehicle_class",
                                                                 "load_tonnes",
                                                                 "hours",
                                                                 "escort",
                                                                 "direction",
                                                                 "actor",
                                                                 "other_actors",
                                                                 "control_class",
                                                                 "basis",
                                                                 "incident_type",
                                                                 "acled_sub_event",
                                                                 "ucdp_violence",
                                                                 "fatalities_low",
                                                                 "fatalities_best",
                                                                 "fatalities_high",
                                                                 "date_precision",
                                                                 "grade",
                                                                 "location_precision",
                                                                 "source",
                                                                 "source_url",
                                                                 "note"});

// Values by name as texts, and as JSON where that has a type of its own.
class ColumnWriter {
public:
    struct Value {
        std::string_view name;
        std::string text;
        std::string json;
    };
    std::vector<Value> values;

    void add(std::string_view name, const std::string& value) {
        if (!value.empty())
            values.push_back({name, value, jsonText(value)});
    }
    void text(std::string_view name, const std::string& value) { add(name, value); }
    void interval(std::string_view from, std::string_view to, const TimeInterval& value) {
        // Dates in files have years of four digits.
        static constexpr TimePoint kFirst{std::chrono::sys_days{std::chrono::year{1} / 1 / 1}};
        if (value.begin != TimePoint::min() || from == "valid_from")
            add(from, formatIso(std::max(value.begin, kFirst)));
        time(to, value.end);
    }
    void time(std::string_view name, const std::optional<TimePoint>& value) {
        if (value)
            add(name, formatIso(*value));
    }
    void grade(std::string_view name, const Grade& value) { add(name, value.toText()); }
    template <class E> void word(std::string_view name, const E& value) { add(name, std::string(toWord(value))); }
    template <class E> void optionalWord(std::string_view name, const std::optional<E>& value) {
        if (value)
            word(name, *value);
    }
    void number(std::string_view name, const std::optional<double>& value) {
        if (value)
            values.push_back({name, numberText(*value), jsonNumber(*value)});
    }
    void count(std::string_view name, const std::optional<int>& value) {
        if (value)
            values.push_back({name, std::to_string(*value), std::to_string(*value)});
    }
    void flag(std::string_view name, bool value) { add(name, value ? "required" : ""); }
    void list(std::string_view name, const std::vector<std::string>& items) {
        std::string joined;
        for (const std::string& item : items)
            joined += (joined.empty() ? "" : ";") + item;
        if (!joined.empty())
            values.push_back({name, joined, jsonList(items)});
    }
    void roads(std::string_view name, const std::vector<RoadReference>& roads) {
        std::vector<std::string> texts;
        for (const RoadReference& road : roads)
            texts.push_back(toText(road));
        list(name, texts);
    }
};

template <class Use> void forEachRow(const Situation& situation, Use use) {
    for (std::size_t kind = 0; kind < kRecordKinds; ++kind)
        visitRecords(situation, static_cast<RecordKind>(kind), [&](const auto& records) {
            for (const auto& record : records)
                use(static_cast<RecordKind>(kind), record);
        });
}

template <class R> ColumnWriter writtenValues(RecordKind kind, const R& record) {
    ColumnWriter writer;
    writer.add("kind", std::string(toWord(kind)));
    visitColumns(writer, record);
    const SmallGeometry geometry = geometryOf(record);
    if (geometry.kind == SmallGeometry::Kind::Point && geometry.parts.size() == 1 &&
        geometry.parts[0].points.size() == 1) {
        writer.add("lon", numberText(geometry.parts[0].points[0].lonDegrees));
        writer.add("lat", numberText(geometry.parts[0].points[0].latDegrees));
    } else {
        writer.add("geometry", wktGeometry(geometry));
    }
    return writer;
}

template <class R> void appendCsvRow(std::string& csv, RecordKind kind, const R& record) {
    std::vector<std::string> cells(kColumns.size());
    for (ColumnWriter::Value& value : writtenValues(kind, record).values) {
        const auto column = std::find(kColumns.begin(), kColumns.end(), value.name);
        cells[static_cast<std::size_t>(column - kColumns.begin())] = std::move(value.text);
    }
    csv += csvRow(cells);
}

} // namespace

std::vector<std::string> recordColumns() {
    return {kColumns.begin(), kColumns.end()};
}

std::string toText(const RoadReference& road) {
    const bool isWhole = road.fromFraction == 0 && road.toFraction == 1;
    if (isWhole && road.roadId.find(':') == std::string::npos)
        return road.roadId;
    return road.roadId + ":" + numberText(road.fromFraction) + "-" + numberText(road.toFraction);
}

std::vector<std::pair<std::string, std::string>> recordValues(const Record& record) {
    std::vector<std::pair<std::string, std::string>> values;
    std::visit(
        [&](const auto& r) {
            for (ColumnWriter::Value& value : writtenValues(kindOf(record), r).values)
                values.emplace_back(std::string(value.name), std::move(value.text));
        },
        record);
    return values;
}

std::string recordsAsCsv(const Situation& situation) {
    std::string csv = csvRow(recordColumns());
    forEachRow(situation, [&](RecordKind kind, const auto& record) { appendCsvRow(csv, kind, record); });
    return csv;
}

std::string recordsAsGeoJson(const Situation& situation) {
    std::string json = "{\"type\":\"FeatureCollection\",\"features\":[";
    const char* separator = "\n";
    forEachRow(situation, [&](RecordKind kind, const auto& record) {
        ColumnWriter writer;
        visitColumns(writer, record);
        json += separator + std::string("{\"type\":\"Feature\",\"geometry\":") + jsonGeometry(geometryOf(record)) +
                ",\"properties\":{\"kind\":\"" + std::string(toWord(kind)) + "\"";
        for (const ColumnWriter::Value& value : writer.values)
            json += ",\"" + std::string(value.name) + "\":" + value.json;
        json += "}}";
        separator = ",\n";
    });
    return json + "\n]}\n";
}

std::string actorsAsCsv(const Situation& situation) {
    std::string csv = csvRow({"id", "name", "name_fr", "color", "pattern", "aliases"});
    for (const Actor& actor : situation.actors) {
        std::string aliases;
        for (const std::string& alias : actor.aliases)
            aliases += (aliases.empty() ? "" : ";") + alias;
        csv += csvRow({actor.id, actor.name, actor.nameFr, actor.color.toText(), actor.pattern, aliases});
    }
    return csv;
}

void writeRecords(const Situation& situation, const std::string& path) {
    std::string suffix = std::filesystem::path(path).extension().string();
    for (char& c : suffix)
        c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    const bool isJson = suffix == ".geojson" || suffix == ".json";
    AtomicFile file(path);
    std::ofstream out(file.temporaryPath(), std::ios::binary | std::ios::trunc);
    out << (isJson ? recordsAsGeoJson(situation) : recordsAsCsv(situation));
    out.close();
    if (!out)
        throw Error("Cannot write the records to '" + path + "': the disk may be full; free some space and try again.");
    file.commit();
}

} // namespace cordon
