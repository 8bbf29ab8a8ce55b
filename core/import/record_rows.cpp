#include "core/import/record_rows.h"

#include "core/import/column_names.h"
#include "core/import/known_records.h"
#include "core/import/place_lookup.h"
#include "core/import/track_passages.h"
#include "core/io/column_builder.h"
#include "core/io/content_hash.h"
#include "core/io/csv_columns.h"
#include "core/io/delimited_text.h"
#include "core/io/json.h"
#include "core/io/read_job.h"
#include "core/io/record_columns.h"
#include "core/io/record_json.h"
#include "core/io/situation_reader.h"
#include "core/model/number_text.h"
#include "core/model/road_snap.h"
#include "core/model/vocabulary.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <unordered_map>

namespace cordon {
namespace {

using Values = std::vector<std::pair<std::string, std::string>>;

std::string_view kindWord(ImportTarget target) {
    switch (target) {
    case ImportTarget::Incidents:
        return toWord(RecordKind::Incident);
    case ImportTarget::Control:
        return toWord(RecordKind::Control);
    case ImportTarget::RoadStatuses:
        return toWord(RecordKind::RoadStatus);
    case ImportTarget::Restrictions:
        return toWord(RecordKind::Restriction);
    case ImportTarget::Measures:
        return toWord(RecordKind::Measure);
    default:
        return {};
    }
}

// The words a field takes; none where it takes any text.
std::vector<std::string> wordsFor(std::string_view field, std::string_view kind) {
    std::string words;
    if (field == "status")
        words = wordsOf<RoadStatusKind>();
    else if (field == "cause" && kind == "road_status")
        words = wordsOf<ObstacleType>();
    else if (field == "control_class")
        words = wordsOf<ControlClass>();
    else if (field == "basis")
        words = wordsOf<ControlBasis>();
    else if (field == "incident_type")
        words = wordsOf<IncidentType>();
    else if (field == "direction")
        words = wordsOf<TrafficDirection>();
    else if (field == "location_precision")
        words = wordsOf<LocationPrecision>();
    else if (field == "date_precision")
        words = wordsOf<DatePrecision>();
    else if (field == "kind")
        words = "control,road_status,restriction,incident,measure";
    return splitText(words, ',');
}

bool isNumberField(std::string_view field) {
    return field == "load_tonnes" || field.starts_with("fatalities_") || field == "lon" || field == "lat";
}

std::string* find(Values& values, std::string_view field) {
    const auto found = std::ranges::find(values, field, &Values::value_type::first);
    return found == values.end() ? nullptr : &found->second;
}
bool has(const Values& values, std::string_view field) {
    const auto found = std::ranges::find(values, field, &Values::value_type::first);
    return found != values.end() && !found->second.empty();
}
// Sets what is not said yet.
void offer(Values& values, const char* field, std::string value) {
    if (value.empty() || has(values, field))
        return;
    if (std::string* empty = find(values, field))
        *empty = std::move(value);
    else
        values.emplace_back(field, std::move(value));
}

void addNote(Values& values, std::string text) {
    if (std::string* note = find(values, "note"); note && !note->empty())
        *note += "; " + text;
    else
        offer(values, "note", std::move(text));
}
// In a table of all kinds that is not in our own columns, one column tells the state of roads and what an incident was,
// another in free words why. What a kind has no column for goes into its note.
void fitToKind(Values& values) {
    const std::string* const found = find(values, "kind");
    const std::string kind = found ? *found : "";
    const auto take = [&](const char* field) {
        std::string* const value = find(values, field);
        return value ? std::exchange(*value, {}) : std::string();
    };
    if (kind == "incident" && !has(values, "incident_type"))
        if (std::string status = take("status"); !status.empty()) {
            const std::string word = recordWordOf("incident_type", status);
            word.empty() ? addNote(values, std::move(status)) : offer(values, "incident_type", word);
        }
    const bool isFreeText = kind == "restriction" || kind == "measure";
    if (std::string cause = take("cause"); !cause.empty()) {
        std::string word = kind == "road_status" ? recordWordOf("cause", cause) : std::string();
        if (isFreeText)
            word = cause;
        word.empty() ? addNote(values, std::move(cause)) : offer(values, "cause", word);
    }
}

std::string isoOf(std::int64_t ms) {
    return formatIso(TimePoint{std::chrono::milliseconds{ms}});
}

class RecordMaker {
public:
    RecordMaker(const ImportJob& job, const ImportRows& rows, ImportReport& report)
        : m_job(job), m_rows(rows), m_report(report), m_cells(job.table), m_known(*job.project.situation),
          m_time(timeColumn(job)), m_endTime(endTimeColumn(job)) {
        for (const std::size_t column : job.columnsOf(ColumnRole::Field)) {
            m_fields.emplace_back(column, &job.plan.columns[column]);
            auto& map = m_valueMaps[column];
            for (const auto& [from, to] : job.plan.columns[column].values)
                map.emplace(comparableName(from), to);
        }
    }

    std::vector<Record> make() {
        std::vector<Record> records;
        const std::vector<PointTrack> tracks = passes() ? pointTracksOf(m_job, m_rows) : std::vector<PointTrack>();
        std::map<std::size_t, std::string> idsOfPoints;
        for (const PointTrack& track : tracks)
            for (const std::size_t row : track.rows)
                idsOfPoints[row];
        for (std::size_t row = 0; row < m_job.rowCount(); ++row) {
            m_job.checkpoint(row, 0.7, 0.95);
            const std::string id = contentId(row); // of rows left out, too: their repetitions count
            if (m_rows.isLeft[row])
                continue;
            if (const auto point = idsOfPoints.find(row); point != idsOfPoints.end()) {
                point->second = id;
                continue;
            }
            Values values = valuesOf(row);
            offer(values, "id", id);
            if (passes() && isRecordedTrack(m_rows.places.geometry, row)) {
                takePassages(
                    {row}, passagesOf(roads(), m_rows.places.geometry, row, m_job.plan), values,
                    [&](std::chrono::sys_days) { return id; }, records);
                continue;
            }
            addPlace(row, values);
            if (m_job.plan.target == ImportTarget::Records && m_job.plan.preset.empty())
                fitToKind(values);
            if (take(row, std::move(values), records))
                ++m_report.taken;
        }
        for (const PointTrack& track : tracks)
            takeTrack(track, idsOfPoints, records);
        suspectUnknownWords();
        snapAll(records);
        return records;
    }

private:
    // Whether a new record was made of it.
    bool take(std::size_t row, Values values, std::vector<Record>& records) {
        try {
            Record record = readRecord(values);
            const RecordHead& head = headOf(record);
            if (std::max(head.recorded.begin, head.recorded.end.value_or(head.recorded.begin)) > m_job.context.now)
                throw RecordError("recorded_from", formatIso(head.recorded.begin), "is after today");
            if (m_known.isThere(head)) {
                ++m_report.alreadyThere;
                return false;
            }
            if (const auto [first, isNew] =
                    m_taken.try_emplace({head.id, head.recorded.begin}, m_job.table.rowNumbers[row]);
                !isNew)
                throw RecordError("id", head.id, "is the id of row " + std::to_string(first->second) + ", too");
            if (m_known.isTold(head)) // its import was undone: it comes in anew
                headOf(record).recorded = {};
            m_rowOf[head.id] = m_job.table.rowNumbers[row];
            records.push_back(std::move(record));
            return true;
        } catch (const RecordError& error) {
            leave(row, values, error);
            return false;
        }
    }

    // Whether tracks tell of the roads they passed.
    bool passes() const { return m_job.plan.target == ImportTarget::RoadStatuses && m_job.plan.trackSnapMeters > 0; }

    const RoadSnapper& roads() {
        if (!m_roads)
            m_roads.emplace(m_job.project);
        return *m_roads;
    }

    // The points of a table. What a day tells is named by its points, so that a log that has grown adds its new days.
    void takeTrack(const PointTrack& track, const std::map<std::size_t, std::string>& ids,
                   std::vector<Record>& records) {
        m_job.checkpoint(0, 0.95, 0.95);
        Values values = valuesOf(track.rows.front());
        if (std::ranges::find(m_job.plan.constants, "valid_from", &Values::value_type::first) ==
            m_job.plan.constants.end())
            std::erase_if(values, [](const auto& value) { return value.first == "valid_from"; });
        const auto idOf = [&](std::chrono::sys_days day) {
            ContentHash hash;
            for (std::size_t i = 0; i < track.rows.size(); ++i)
                if (const TimePoint time{std::chrono::milliseconds{track.line.timeMs[i]}};
                    std::chrono::floor<std::chrono::days>(time) == day)
                    hash.add(ids.at(track.rows[i]));
            std::map<std::string, int> made; // forward and backward share it
            return recordIdOf(hash, made);
        };
        takePassages(track.rows, passagesOf(roads(), track.line, 0, m_job.plan), values, idOf, records);
    }

    // One record for each day and direction. All rows count as taken if one of them is new.
    void takePassages(const std::vector<std::size_t>& rows, const TrackPassages& track, const Values& values,
                      const std::function<std::string(std::chrono::sys_days)>& idOf, std::vector<Record>& records) {
        const std::uint32_t number = m_job.table.rowNumbers[rows.front()];
        const auto leaveTrack = [&](const char* column, const std::string& why) {
            for (const std::size_t row : rows)
                m_report.left.push_back({m_job.table.rowNumbers[row], column, "", why});
        };
        if (!has(values, "status"))
            return leaveTrack("status", "is not said: a track tells which roads were passed, not in what state they "
                                        "are; give one for all, such as status=open");
        if (track.days.empty())
            return leaveTrack("", "passes no road of the project within " +
                                      shortestText(std::round(m_job.plan.trackSnapMeters)) + " m");
        const std::size_t there = m_report.alreadyThere;
        bool isTaken = false;
        for (const auto& [when, day] : track.days) {
            const std::string way(toWord(when.second));
            const std::string id = idOf(when.first) + "-" + formatIsoDate(when.first) + "-" + way;
            Values passage = values;
            const auto set = [&](const char* field, std::string value) {
                std::erase_if(passage, [&](const auto& known) { return known.first == field; });
                passage.emplace_back(field, std::move(value));
            };
            set("id", id);
            set("direction", way);
            std::string passed, told;
            for (const RoadReference& road : day.roads) {
                passed += (passed.empty() ? "" : ";") + toText(road);
                told += (told.empty() ? "" : ", ") + road.roadId + " at " + formattedNumber("%.2f", road.fromFraction) +
                        "-" + formattedNumber("%.2f", road.toFraction);
            }
            set("roads", passed);
            offer(passage, "valid_from", isoOf(day.firstMs));
            offer(passage, "location_precision", "segment");
            if (!take(rows.front(), std::move(passage), records))
                continue;
            isTaken = true;
            m_report.snapped.push_back({number, id,
                                        way + " on " + countOf(day.roads.size(), "road") + " from " +
                                            isoOf(day.firstMs) + " to " + isoOf(day.lastMs) + ", at most " +
                                            shortestText(std::round(day.farthestMeters)) + " m off: " + told});
        }
        m_report.taken += isTaken ? rows.size() : 0;
        m_report.alreadyThere = there + (!isTaken && m_report.alreadyThere > there ? rows.size() : 0);
        if (track.offRoadPoints > 0)
            m_report.notSnapped.push_back({number, idOf(track.days.begin()->first.first),
                                           countOf(track.offRoadPoints, "point") + " of " +
                                               std::to_string(track.points) + " on no road, not taken"});
    }

    // As a file of situation records names its rows, so that both ways of reading it give the same ids.
    std::string contentId(std::size_t row) {
        ContentHash hash;
        if (const std::string_view kind = kindWord(m_job.plan.target); !kind.empty()) {
            hash.add("kind=");
            hash.add(kind);
            hash.add("\n");
        }
        for (std::size_t column = 0; column < m_job.table.columns.size(); ++column) {
            const std::string cell = m_job.table.cell(column, row);
            if (cell.empty())
                continue;
            hash.add(lowerCased(m_job.table.columns[column]));
            hash.add("=");
            hash.add(cell);
            hash.add("\n");
        }
        if (m_job.table.features) {
            const GeometryColumn& g = m_job.table.features->geometry;
            for (std::uint32_t i = g.partStart[g.featureStart[row]]; i < g.partStart[g.featureStart[row + 1]]; ++i)
                hash.add(std::to_string(g.coordinates[i].lonDegrees) + " " +
                         std::to_string(g.coordinates[i].latDegrees) + ";");
        }
        return recordIdOf(hash, m_made);
    }

    std::string mapped(std::size_t column, std::string_view cell) const {
        const auto& map = m_valueMaps.at(column);
        if (const auto found = map.find(comparableName(cell)); found != map.end())
            return found->second;
        return std::string(cell);
    }

    Values valuesOf(std::size_t row) {
        Values values;
        if (const std::string_view kind = kindWord(m_job.plan.target); !kind.empty())
            values.emplace_back("kind", kind);
        for (const auto& [column, use] : m_fields) {
            if (column == m_time || column == m_endTime)
                continue;
            std::string value = mapped(column, m_cells.at(column, row));
            if (isNumberField(use->field))
                if (const auto number = realFrom(value, true))
                    value = shortestText(*number);
            const bool isDate =
                use->field == "recorded_from" || use->field == "recorded_to" || use->field == "confirmed";
            if (isDate && !value.empty())
                if (const auto time = readTime(value, m_job.plan.dayOrder))
                    value = formatIso(time->time);
            if (std::string* before = find(values, use->field); before && !before->empty()) {
                if (!value.empty() && use->field == "note") // several columns may make the note
                    *before += "; " + value;
            } else {
                offer(values, use->field.c_str(), std::move(value));
            }
        }
        for (const auto& [field, value] : m_job.plan.constants)
            offer(values, field.c_str(), value);
        const RowTimes& times = m_rows.times;
        if (!times.beginMs.empty() && times.beginMs[row] != RowTimes::kNone)
            offer(values, "valid_from", isoOf(times.beginMs[row]));
        if (!times.endMs.empty() && times.endMs[row] != RowTimes::kNone)
            offer(values, "valid_to", isoOf(times.endMs[row]));
        return values;
    }

    void addPlace(std::size_t row, Values& values) {
        const auto code = m_job.columnOf(ColumnRole::PlaceCode), name = m_job.columnOf(ColumnRole::PlaceName);
        if (name)
            offer(values, "place", std::string(m_cells.at(*name, row)));
        if (code && m_job.plan.target == ImportTarget::Control)
            offer(values, "regions", std::string(m_cells.at(*code, row)));
        if (m_rows.places.states[row] != PlaceState::Good || has(values, "geometry"))
            return;
        if (m_rows.places.isPoint(row)) {
            const LonLat p = m_rows.places.pointOf(row);
            offer(values, "lon", shortestText(p.lonDegrees));
            offer(values, "lat", shortestText(p.latDegrees));
        } else {
            offer(values, "geometry", wktOf(row));
        }
        const bool isLookedUp = code || name;
        const bool hasCoordinates = m_job.columnOf(ColumnRole::Latitude) || m_job.columnOf(ColumnRole::LatLon);
        if (isLookedUp && !hasCoordinates && !m_job.table.features)
            offer(values, "location_precision",
                  !m_rows.places.isInRegion.empty() && m_rows.places.isInRegion[row] ? "region" : "town");
    }

    std::string wktOf(std::size_t row) const {
        const GeometryColumn& g = m_rows.places.geometry;
        SmallGeometry shape;
        for (std::uint32_t part = g.featureStart[row]; part < g.featureStart[row + 1]; ++part) {
            const auto points = g.part(part);
            shape.kind = g.partRole[part] == PartRole::Points ? SmallGeometry::Kind::Point
                         : g.partRole[part] == PartRole::Line ? SmallGeometry::Kind::Line
                                                              : SmallGeometry::Kind::Polygon;
            shape.parts.push_back({{points.begin(), points.end()}, g.partRole[part] == PartRole::InnerRing});
        }
        return wktGeometry(shape);
    }

    void leave(std::size_t row, Values& values, const RecordError& error) {
        RowNote note{m_job.table.rowNumbers[row], error.column, error.value, error.why};
        for (const auto& [column, use] : m_fields)
            if (use->field == error.column)
                note.column = m_job.columnName(column);
        if (error.column == "valid_from" && m_time)
            note.column = m_job.columnName(*m_time);
        const std::string* kind = find(values, "kind");
        const std::vector<std::string> words = wordsFor(error.column, kind ? *kind : "");
        if (!words.empty() && !error.value.empty()) {
            UnknownWord& unknown = m_unknown[{note.column, error.value}];
            unknown.rows.push_back(note.row);
            unknown.field = error.column;
            unknown.nearest = nearestWord(lowerCased(error.value), words);
        }
        m_report.left.push_back(std::move(note));
    }

    void suspectUnknownWords() {
        for (const auto& [what, unknown] : m_unknown) {
            Suspicion suspicion;
            suspicion.kind = SuspicionKind::UnknownValue;
            suspicion.rows = unknown.rows;
            suspicion.text =
                "'" + what.second + "' in column '" + what.first + "' is no " + unknown.field + " (" +
                rowsText(unknown.rows) + ")" +
                (unknown.nearest ? "; did you mean '" + *unknown.nearest + "'?" : "; say which word it stands for.");
            if (unknown.nearest)
                suspicion.valueChoice = ValueChoice{what.first, what.second, *unknown.nearest};
            m_report.suspicions.push_back(std::move(suspicion));
        }
    }

    void snapAll(std::vector<Record>& records) {
        for (Record& record : records) {
            auto* status = std::get_if<RoadStatus>(&record);
            if (!status || !(m_job.plan.snapMeters > 0) || !isSnappable(*status))
                continue;
            m_job.checkpoint(0, 0.95, 0.95);
            snapOne(*status);
        }
    }

    void snapOne(RoadStatus& status) {
        const std::string& id = status.head.id;
        const auto choice = std::ranges::find(m_job.plan.roads, id, &Values::value_type::first);
        const bool isChosen = choice != m_job.plan.roads.end();
        SnapQuery query = snapQueryFor(status, m_job.plan.snapMeters);
        const LonLat point = status.geometry.parts.front().points.front();
        Snap snap = roads().snap(point, query);
        SnapNote note{m_rowOf[id], id, {}, snap.candidates, {}, isChosen}; // all of them, to choose again
        if (isChosen && choice->second.empty()) {
            note.text = "stays a point, as chosen";
            m_report.notSnapped.push_back(std::move(note));
            return;
        }
        if (isChosen) {
            query.chosenRoad = choice->second;
            snap = roads().snap(point, query);
        }
        note.text = describe(snap, query);
        switch (snap.outcome) {
        case SnapOutcome::Snapped:
            note.roadId = snap.road.roadId;
            status = snapped(std::move(status), snap);
            m_report.snapped.push_back(std::move(note));
            break;
        case SnapOutcome::Ambiguous:
            m_report.ambiguous.push_back(std::move(note));
            break;
        case SnapOutcome::None:
            m_report.notSnapped.push_back(std::move(note));
            break;
        }
    }

    struct UnknownWord {
        std::vector<std::uint32_t> rows;
        std::string field;
        std::optional<std::string> nearest;
    };

    const ImportJob& m_job;
    const ImportRows& m_rows;
    ImportReport& m_report;
    SourceCells m_cells;
    KnownRecords m_known;
    std::optional<RoadSnapper> m_roads;
    std::optional<std::size_t> m_time, m_endTime;
    std::vector<std::pair<std::size_t, const ColumnUse*>> m_fields;
    std::unordered_map<std::size_t, std::unordered_map<std::string, std::string>> m_valueMaps;
    std::map<std::string, int> m_made;                                  // content ids of this table
    std::map<std::pair<std::string, TimePoint>, std::uint32_t> m_taken; // row numbers
    std::unordered_map<std::string, std::uint32_t> m_rowOf;
    std::map<std::pair<std::string, std::string>, UnknownWord> m_unknown; // by column and value
};

} // namespace

std::vector<Record> recordsOf(const ImportJob& job, const ImportRows& rows, ImportReport& report) {
    return RecordMaker(job, rows, report).make();
}

} // namespace cordon
