#include "core/io/situation_reader.h"

#include "core/io/delimited_text.h"
#include "core/io/read_job.h"
#include "core/io/record_columns.h"
#include "core/io/record_fields.h"
#include "core/model/vocabulary.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

namespace cordon {
namespace {

constexpr std::string_view kKinds = "control, road_status, restriction, incident, measure";

RecordHead headOf(const RecordFields& fields) {
    RecordHead head;
    head.id = fields.text("id");
    fields.required("valid_from", "every record needs the date it holds from");
    head.valid = fields.interval("valid_from", "valid_to");
    head.recorded = fields.interval("recorded_from", "recorded_to");
    head.confirmed = fields.time("confirmed");
    head.source = fields.text("source");
    head.sourceUrl = fields.text("source_url");
    head.place = fields.text("place");
    head.note = fields.text("note");
    head.precision = fields.word("location_precision", LocationPrecision::Unknown);
    fields.word("date_precision", DatePrecision::Day);
    if (const std::string grade = fields.text("grade"); !grade.empty()) {
        const auto known = Grade::fromText(grade);
        if (!known)
            fields.fail("grade", "is not an Admiralty grade, A1 to F6");
        head.grade = *known;
    }
    return head;
}

RoadReference roadReference(const std::string& text) {
    RoadReference road{text, 0, 1};
    const std::size_t colon = text.rfind(':');
    if (colon == std::string::npos)
        return road;
    const std::string stretch = text.substr(colon + 1);
    const char* const end = stretch.data() + stretch.size();
    const auto from = std::from_chars(stretch.data(), end, road.fromFraction);
    const bool hasDash = from.ec == std::errc{} && from.ptr != end && *from.ptr == '-';
    const auto to = hasDash ? std::from_chars(from.ptr + 1, end, road.toFraction) : from;
    if (!hasDash || to.ec != std::errc{} || to.ptr != end || !(road.fromFraction >= 0) || !(road.toFraction <= 1) ||
        !(road.fromFraction < road.toFraction))
        throw BadValue{"roads: '" + text +
                       "' is no road id with a stretch such as 141:0.2-0.5 (from and to as parts of its length, 0 to "
                       "1)"};
    road.roadId = text.substr(0, colon);
    return road;
}

ControlArea controlArea(const RecordFields& fields, RecordHead head) {
    ControlArea area;
    area.head = std::move(head);
    area.area = fields.geometry();
    area.regions = fields.list("regions");
    area.actor = fields.text("actor");
    area.otherActors = fields.list("other_actors");
    area.controlClass = fields.requiredWord<ControlClass>("control_class");
    area.basis = fields.word("basis", ControlBasis::Assessed);
    if (area.controlClass != ControlClass::NoInformation)
        fields.required("actor", "name who holds it, or set control_class to no_information");
    // A point beside region codes is only where the place lies; the regions are the area.
    if (area.area.kind != SmallGeometry::Kind::Polygon) {
        if (area.regions.empty())
            fields.fail("geometry", "is not a polygon; give a polygon or region codes in regions");
        area.area = {};
    }
    return area;
}

RoadStatus roadStatus(const RecordFields& fields, RecordHead head) {
    RoadStatus status;
    status.head = std::move(head);
    for (const std::string& road : fields.list("roads"))
        status.roads.push_back(roadReference(road));
    status.geometry = fields.geometry();
    status.status = fields.requiredWord<RoadStatusKind>("status");
    status.cause = fields.word("cause", ObstacleType::Unknown);
    status.vehicleClass = fields.text("vehicle_class");
    status.loadTonnes = fields.number("load_tonnes");
    if (status.loadTonnes && *status.loadTonnes <= 0)
        fields.fail("load_tonnes", "is not a weight above 0");
    status.hours = fields.text("hours");
    if (const std::string escort = lowerCased(fields.text("escort")); !escort.empty() && escort != "required")
        fields.fail("escort", "is not 'required' or empty");
    status.escortRequired = !fields.text("escort").empty();
    status.direction = fields.word("direction", TrafficDirection::Both);
    status.actor = fields.text("actor");
    if (status.geometry.kind == SmallGeometry::Kind::Polygon)
        fields.fail("geometry", "is a polygon; a road status needs road ids in roads, a line or a point");
    if (status.roads.empty() && status.geometry.kind == SmallGeometry::Kind::None)
        fields.fail("roads", "is empty, and there is no line or point either; say which road");
    return status;
}

template <class Record> Record placed(const RecordFields& fields, RecordHead head) {
    Record record;
    record.head = std::move(head);
    record.geometry = fields.geometry();
    record.actor = fields.text("actor");
    record.cause = fields.text("cause");
    return record;
}

Restriction restriction(const RecordFields& fields, RecordHead head) {
    auto record = placed<Restriction>(fields, std::move(head));
    using Kind = SmallGeometry::Kind;
    if (record.geometry.kind != Kind::Point && record.geometry.kind != Kind::Polygon)
        fields.fail("geometry", "is no point or polygon; a restriction needs lon and lat, or a polygon");
    return record;
}

Incident incident(const RecordFields& fields, RecordHead head) {
    Incident incident;
    incident.head = std::move(head);
    const SmallGeometry geometry = fields.geometry();
    if (geometry.kind != SmallGeometry::Kind::Point || geometry.parts.size() != 1)
        fields.fail("geometry", "is no single point; an incident needs lon and lat");
    incident.location = geometry.parts.front().points.front();
    incident.type = fields.word("incident_type", IncidentType::Other);
    if (!fields.text("acled_sub_event").empty())
        incident.acledSubEvent = fields.requiredWord<AcledSubEvent>("acled_sub_event");
    if (!fields.text("ucdp_violence").empty())
        incident.ucdpViolence = fields.requiredWord<UcdpViolence>("ucdp_violence");
    if (fields.text("incident_type").empty()) { // what its data set calls it tells
        if (incident.acledSubEvent)
            incident.type = incidentTypeOf(*incident.acledSubEvent);
        else if (incident.ucdpViolence)
            incident.type = incidentTypeOf(*incident.ucdpViolence);
    }
    incident.actor = fields.text("actor");
    incident.otherActors = fields.list("other_actors");
    incident.fatalitiesLow = fields.count("fatalities_low");
    incident.fatalitiesBest = fields.count("fatalities_best");
    incident.fatalitiesHigh = fields.count("fatalities_high");
    const int low = incident.fatalitiesLow.value_or(0);
    const int best = incident.fatalitiesBest.value_or(low);
    if (best < low || (incident.fatalitiesHigh && *incident.fatalitiesHigh < best))
        throw BadValue{"fatalities are not in order; low, best and high must not fall"};
    incident.datePrecision = fields.word("date_precision", DatePrecision::Day);
    return incident;
}

void appendRecord(Situation& situation, const RawRecord& record) {
    const RecordFields fields(record);
    std::string kind = lowerCased(fields.required("kind", "write one of " + std::string(kKinds)));
    std::replace_if(
        kind.begin(), kind.end(), [](char c) { return c == ' ' || c == '-'; }, '_');
    RecordHead head = headOf(fields);
    if (kind == "control")
        situation.controlAreas.push_back(controlArea(fields, std::move(head)));
    else if (kind == "road_status")
        situation.roadStatuses.push_back(roadStatus(fields, std::move(head)));
    else if (kind == "restriction")
        situation.restrictions.push_back(restriction(fields, std::move(head)));
    else if (kind == "incident")
        situation.incidents.push_back(incident(fields, std::move(head)));
    else if (kind == "measure")
        situation.measures.push_back(placed<Measure>(fields, std::move(head)));
    else
        fields.fail("kind", "is not one of " + std::string(kKinds));
}

Actor actorOf(const RecordFields& fields) {
    Actor actor;
    actor.id = fields.required("id", "every actor needs one");
    actor.name = fields.text("name").empty() ? actor.id : fields.text("name");
    actor.nameFr = fields.text("name_fr");
    actor.pattern = fields.text("pattern");
    actor.aliases = fields.list("aliases");
    if (const std::string color = fields.text("color"); !color.empty()) {
        const auto known = Color::fromText(color);
        if (!known)
            fields.fail("color", "is not a colour such as #CC79A7");
        actor.color = *known;
    }
    return actor;
}

// Calls `use` with every record; one it cannot use is left out with a warning.
template <class Use>
void forEachRecord(const std::string& path, const std::vector<RawRecord>& records, Warnings& warnings, Use use) {
    for (const RawRecord& record : records) {
        try {
            use(record);
        } catch (const BadValue& bad) {
            const std::string id = RecordFields(record).text("id");
            warnings.push_back({path + ", " + record.where + (id.empty() ? "" : " (" + id + ")") +
                                    ": left out, because " + bad.text + ".",
                                true});
        }
    }
}

// With an id, its own or one from what it says.
RawRecord named(RawRecord record, std::map<std::string, int>& made) {
    if (!RecordFields(record).text("id").empty())
        return record;
    ContentHash hash;
    for (const auto& [name, value] : record.values)
        if (!value.empty())
            hash.add(name + "=" + value + "\n");
    for (const SmallGeometry::Part& part : record.geometry.parts)
        for (const LonLat p : part.points)
            hash.add(std::to_string(p.lonDegrees) + " " + std::to_string(p.latDegrees) + ";");
    std::erase_if(record.values, [](const auto& value) { return value.first == "id"; });
    record.values.emplace_back("id", recordIdOf(hash, made));
    return record;
}

} // namespace

bool looksLikeRecords(const std::string& path) {
    const std::string suffix = lowerCased(std::filesystem::path(path).extension().string());
    const bool isText = suffix == ".csv" || suffix == ".tsv" || suffix == ".txt";
    std::error_code error;
    if ((!isText && !isGeoJsonName(path)) || !std::filesystem::is_regular_file(path, error))
        return false;
    std::ifstream file(path, std::ios::binary);
    std::string start(64 << 10, '\0');
    file.read(start.data(), static_cast<std::streamsize>(start.size()));
    start.resize(static_cast<std::size_t>(file.gcount()));
    if (!isText)
        return start.find("\"kind\"") != std::string::npos && start.find("\"valid_from\"") != std::string::npos;
    start.resize(std::min(start.size(), start.find_first_of("\r\n")));
    try {
        const std::vector<TextRow> rows = parseDelimitedText(start);
        std::set<std::string> names;
        if (!rows.empty())
            for (const std::string& cell : rows.front().cells)
                names.insert(lowerCased(trimText(cell)));
        return names.contains("kind") && names.contains("valid_from");
    } catch (const Error&) {
        return false;
    }
}

SituationResult readRecords(const std::string& path) {
    SituationResult result;
    const std::vector<RawRecord> records =
        readRawRecords(path, "The file of situation records '" + path + "'", recordColumns(), result.warnings);
    std::map<std::string, int> made;
    forEachRecord(path, records, result.warnings,
                  [&](const RawRecord& record) { appendRecord(result.situation, named(record, made)); });
    return result;
}

std::string recordIdOf(const ContentHash& hash, std::map<std::string, int>& made) {
    char text[24];
    std::snprintf(text, sizeof text, "rec-%012llx", static_cast<unsigned long long>(hash.value() >> 16));
    const int count = ++made[text];
    return count > 1 ? text + ("-" + std::to_string(count)) : text;
}

RecordError::RecordError(std::string columnName, std::string badValue, std::string reason)
    : RecordError(columnName, badValue, reason, columnName + " '" + badValue + "' " + reason) {}
RecordError::RecordError(std::string columnName, std::string badValue, std::string reason, const std::string& text)
    : Error("The report cannot be taken: " + text + "."), column(std::move(columnName)), value(std::move(badValue)),
      why(std::move(reason)) {}

Record readRecord(const std::vector<std::pair<std::string, std::string>>& values) {
    static const std::vector<std::string> known = recordColumns();
    for (const auto& [name, value] : values)
        if (std::find(known.begin(), known.end(), name) == known.end())
            throw Error("'" + name + "' is not a value of a report; see the columns of situation records.");
    Situation situation;
    try {
        appendRecord(situation, {"", values, {}});
    } catch (const BadValue& bad) {
        throw RecordError(bad.column, bad.value, bad.why.empty() ? bad.text : bad.why, bad.text);
    }
    for (std::size_t kind = 0; kind < kRecordKinds; ++kind) {
        const RowPosition first{static_cast<RecordKind>(kind), 0};
        if (visitRecords(std::as_const(situation), first.kind, [](const auto& records) { return !records.empty(); }))
            return recordAt(situation, first);
    }
    throw Error("The report cannot be taken: it says nothing.");
}

std::vector<Actor> readActors(const std::string& path, Warnings& warnings) {
    const std::vector<RawRecord> records = readRawRecords(
        path, "The list of actors '" + path + "'", {"id", "name", "name_fr", "color", "pattern", "aliases"}, warnings);
    std::vector<Actor> actors;
    forEachRecord(path, records, warnings,
                  [&](const RawRecord& record) { actors.push_back(actorOf(RecordFields(record))); });
    return actors;
}

} // namespace cordon
