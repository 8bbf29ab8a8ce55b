// The columns of situation records in files, named once for all of them: the project file's tables, CSV and GeoJSON.
// What situation_reader reads is what is written here.
#pragma once

#include "core/model/record.h"
#include "core/model/vocabulary.h"

#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace cordon {

// Calls the visitor with the name and the member of every column of the record but its geometry. A visitor has
//   text(name, std::string&)                 interval(fromName, toName, TimeInterval&)
//   time(name, std::optional<TimePoint>&)    grade(name, Grade&)
//   word(name, E&)                           optionalWord(name, std::optional<E>&)
//   number(name, std::optional<double>&)     count(name, std::optional<int>&)
//   flag(name, bool&)                        list(name, std::vector<std::string>&)
//   roads(name, std::vector<RoadReference>&)
// with const members for a const record.
template <class Visitor, class R> void visitColumns(Visitor& v, R& record) {
    using T = std::remove_const_t<R>;
    auto& head = record.head;
    v.text("id", head.id);
    v.interval("valid_from", "valid_to", head.valid);
    v.interval("recorded_from", "recorded_to", head.recorded);
    v.time("confirmed", head.confirmed);
    v.text("place", head.place);
    if constexpr (std::is_same_v<T, ControlArea>) {
        v.list("regions", record.regions);
        v.word("control_class", record.controlClass);
        v.word("basis", record.basis);
        v.text("actor", record.actor);
        v.list("other_actors", record.otherActors);
    } else if constexpr (std::is_same_v<T, RoadStatus>) {
        v.roads("roads", record.roads);
        v.word("status", record.status);
        v.word("cause", record.cause);
        v.text("vehicle_class", record.vehicleClass);
        v.number("load_tonnes", record.loadTonnes);
        v.text("hours", record.hours);
        v.flag("escort", record.escortRequired);
        v.word("direction", record.direction);
        v.text("actor", record.actor);
    } else if constexpr (std::is_same_v<T, Incident>) {
        v.word("incident_type", record.type);
        v.optionalWord("acled_sub_event", record.acledSubEvent);
        v.optionalWord("ucdp_violence", record.ucdpViolence);
        v.text("actor", record.actor);
        v.list("other_actors", record.otherActors);
        v.count("fatalities_low", record.fatalitiesLow);
        v.count("fatalities_best", record.fatalitiesBest);
        v.count("fatalities_high", record.fatalitiesHigh);
        v.word("date_precision", record.datePrecision);
    } else {
        v.text("actor", record.actor);
        v.text("cause", record.cause);
    }
    v.grade("grade", head.grade);
    v.word("location_precision", head.precision);
    v.text("source", head.source);
    v.text("source_url", head.sourceUrl);
    v.text("note", head.note);
}

inline SmallGeometry geometryOf(const ControlArea& r) {
    return r.area;
}
inline SmallGeometry geometryOf(const RoadStatus& r) {
    return r.geometry;
}
inline SmallGeometry geometryOf(const Restriction& r) {
    return r.geometry;
}
inline SmallGeometry geometryOf(const Measure& r) {
    return r.geometry;
}
inline SmallGeometry geometryOf(const Incident& r) {
    return {SmallGeometry::Kind::Point, {{{r.location}, false}}};
}

// "141:0.2-0.5", or the id alone for the whole road.
std::string toText(const RoadReference& road);

// The names of all columns, in the order they are written.
std::vector<std::string> recordColumns();
// The values of one record by column name, as readRecord() takes them; empty ones are left out.
std::vector<std::pair<std::string, std::string>> recordValues(const Record& record);

// All rows, withdrawn and corrected ones too, as CSV (RFC 4180, UTF-8) or GeoJSON (RFC 7946). What CSV cannot say
// exactly: blanks around a text, ';' inside a name of a list, a record that has held since ever (written as from the
// year 1).
std::string recordsAsCsv(const Situation& situation);
std::string recordsAsGeoJson(const Situation& situation);
std::string actorsAsCsv(const Situation& situation);
// By the suffix: .geojson or .json, else CSV. Replaced atomically. Throws Error.
void writeRecords(const Situation& situation, const std::string& path);

} // namespace cordon
