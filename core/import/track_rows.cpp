// Tracks from points with times, or from the lines of a GPX: split where they fall silent, measured.
#include "core/geo/geodesic.h"
#include "core/import/layer_rows.h"
#include "core/io/column_builder.h"
#include "core/io/geometry_builder.h"
#include "core/io/table_draft.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace cordon {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr std::int64_t kNoTime = GeometryColumn::kNoTime;
// Somebody who stays within 50 m for 5 minutes has stopped.
constexpr double kStopMeters = 50;
constexpr std::int64_t kStopMs = 5 * 60 * 1000;

struct TrackPoint {
    LonLat place;
    std::int64_t timeMs = kNoTime;
    double altitudeMeters = kNone;
    std::uint32_t row = 0; // position in the table
};
using Track = std::vector<TrackPoint>;

struct Stop {
    LonLat place;
    std::int64_t fromMs = 0, toMs = 0;
};

struct TrackFacts {
    double meters = 0, fastestMetersPerSecond = kNone;
    std::vector<Stop> stops;
};

TrackFacts factsOf(const Track& track) {
    TrackFacts facts;
    for (std::size_t i = 1; i < track.size(); ++i) {
        const double meters = distanceMeters(track[i - 1].place, track[i].place);
        facts.meters += meters;
        if (track[i].timeMs == kNoTime || track[i - 1].timeMs == kNoTime)
            continue;
        const double seconds = static_cast<double>(track[i].timeMs - track[i - 1].timeMs) / 1000;
        if (seconds > 0)
            facts.fastestMetersPerSecond = std::fmax(facts.fastestMetersPerSecond, meters / seconds);
    }
    for (std::size_t i = 0; i < track.size();) {
        std::size_t last = i;
        while (track[i].timeMs != kNoTime && last + 1 < track.size() && track[last + 1].timeMs != kNoTime &&
               distanceMeters(track[i].place, track[last + 1].place) <= kStopMeters)
            ++last;
        if (last > i && track[last].timeMs - track[i].timeMs >= kStopMs) {
            facts.stops.push_back({track[i].place, track[i].timeMs, track[last].timeMs});
            i = last;
        }
        ++i;
    }
    return facts;
}

class TrackMaker {
public:
    TrackMaker(const ImportJob& job, ImportRows rows, ImportReport& report)
        : m_job(job), m_rows(std::move(rows)), m_report(report) {}

    std::vector<std::shared_ptr<const Layer>> make() {
        collect();
        std::vector<std::shared_ptr<const Layer>> layers;
        if (m_lines.featureStart.size() == 1)
            return layers;
        auto table = tracks();
        const auto role = LayerRole::Track;
        const auto before = layerOfSource(m_job.project, *makeLayer(table, role));
        leaveKnown(*table, before.get());
        if (table->featureCount == 0)
            return layers;
        layers.push_back(makeLayer(std::move(table), role));
        if (!m_stops.empty())
            layers.push_back(makeLayer(stops(), LayerRole::Point));
        return layers;
    }

private:
    // All points of a track, in the order of their times, cut where there is a longer silence.
    void addTrack(const std::string& name, Track points, std::uint32_t row) {
        const bool hasTimes =
            std::any_of(points.begin(), points.end(), [](const TrackPoint& p) { return p.timeMs != kNoTime; });
        const bool isTimed =
            std::all_of(points.begin(), points.end(), [](const TrackPoint& p) { return p.timeMs != kNoTime; });
        if (isTimed)
            std::stable_sort(points.begin(), points.end(),
                             [](const TrackPoint& a, const TrackPoint& b) { return a.timeMs < b.timeMs; });
        std::vector<Track> pieces(1);
        for (const TrackPoint& point : points) {
            const bool isGap = !pieces.back().empty() && point.timeMs != kNoTime &&
                               pieces.back().back().timeMs != kNoTime &&
                               isSilence(pieces.back().back().timeMs, point.timeMs, m_job.plan.trackGapSeconds);
            if (isGap)
                pieces.emplace_back();
            pieces.back().push_back(point);
        }
        std::erase_if(pieces, [&](const Track& piece) {
            if (piece.size() > 1)
                return false;
            for (const TrackPoint& point : piece)
                leave(point.row, hasTimes && points.size() > 1
                                     ? "is alone between two long silences; a track needs two points"
                                     : "is the only point of its track; a track needs two");
            return true;
        });
        for (std::size_t i = 0; i < pieces.size(); ++i)
            addPiece(pieces.size() > 1 ? name + " (" + std::to_string(i + 1) + ")" : name, pieces[i], row);
    }

    void leave(std::uint32_t row, const char* reason) {
        m_report.left.push_back({m_job.table.rowNumbers[row], "", "", reason});
    }

    void addPiece(const std::string& name, const Track& track, std::uint32_t row) {
        for (const TrackPoint& point : track) {
            m_lines.coordinates.push_back(point.place);
            m_hasZ |= !std::isnan(point.altitudeMeters);
            m_hasTimes |= point.timeMs != kNoTime;
            m_lines.z.push_back(point.altitudeMeters);
            m_lines.timeMs.push_back(point.timeMs);
        }
        m_lines.partStart.push_back(static_cast<std::uint32_t>(m_lines.coordinates.size()));
        m_lines.partRole.push_back(PartRole::Line);
        m_lines.featureStart.push_back(static_cast<std::uint32_t>(m_lines.partRole.size()));
        const TrackFacts facts = factsOf(track);
        const bool isTimed = track.front().timeMs != kNoTime && track.back().timeMs != kNoTime;
        const double seconds = isTimed ? static_cast<double>(track.back().timeMs - track.front().timeMs) / 1000 : kNone;
        double stopped = 0;
        for (const Stop& stop : facts.stops) {
            stopped += static_cast<double>(stop.toMs - stop.fromMs) / 1000;
            m_stops.emplace_back(name, stop);
        }
        m_names.append(name);
        m_begin.push_back(track.front().timeMs);
        m_end.push_back(track.back().timeMs);
        m_points.push_back(static_cast<std::int64_t>(track.size()));
        m_km.push_back(std::round(facts.meters) / 1000);
        m_minutes.push_back(std::round(seconds / 6) / 10);
        const double moving = seconds - stopped;
        m_speed.push_back(moving > 0 ? std::round(facts.meters / moving * 36) / 10 : kNone);
        m_fastest.push_back(std::round(facts.fastestMetersPerSecond * 36) / 10);
        m_stopCount.push_back(static_cast<std::int64_t>(facts.stops.size()));
        m_stopMinutes.push_back(isTimed ? std::round(stopped / 6) / 10 : kNone);
        m_sourceRow.push_back(row);
        m_rowNumber.push_back(m_job.table.rowNumbers[row]);
    }

    void collect() {
        const GeometryColumn& g = m_rows.places.geometry;
        const auto idColumn = m_job.columnOf(ColumnRole::TrackId);
        SourceCells cells(m_job.table);
        std::vector<std::string> order;
        std::map<std::string, Track, std::less<>> byId;
        for (std::uint32_t row = 0; row < m_job.rowCount(); ++row) {
            m_job.checkpoint(row, 0.65, 0.75);
            if (m_rows.isLeft[row])
                continue;
            if (g.partRole[g.featureStart[row]] != PartRole::Points) {
                addLines(row);
                continue;
            }
            const std::string_view id = idColumn ? cells.at(*idColumn, row) : std::string_view("track");
            auto track = byId.find(id);
            if (track == byId.end()) {
                track = byId.emplace(id, Track()).first;
                order.emplace_back(id);
            }
            const bool hasTime = !m_rows.times.beginMs.empty();
            track->second.push_back({m_rows.places.pointOf(row), hasTime ? m_rows.times.beginMs[row] : kNoTime,
                                     m_rows.altitudeMeters.empty() ? kNone : m_rows.altitudeMeters[row], row});
        }
        m_hasPoints = !order.empty();
        for (std::size_t i = 0; i < order.size(); ++i) {
            m_job.checkpoint(0, 0.8, 0.8);
            Track points = std::move(byId.find(order[i])->second);
            const std::uint32_t row = points.front().row;
            addTrack(idColumn ? order[i] : m_job.table.name, std::move(points), row);
        }
    }

    // Each line of a feature for itself: the segments of a GPX track are apart because the device fell silent.
    void addLines(std::uint32_t row) {
        const GeometryColumn& g = m_rows.places.geometry;
        if (g.partRole[g.featureStart[row]] != PartRole::Line)
            return leave(row, "is an area; tracks were asked for");
        std::string name = nameOf(row);
        const std::uint32_t first = g.featureStart[row], end = g.featureStart[row + 1];
        for (std::uint32_t part = first; part < end; ++part) {
            Track points;
            for (std::uint32_t i = g.partStart[part]; i < g.partStart[part + 1]; ++i)
                points.push_back(
                    {g.coordinates[i], g.timeMs.empty() ? kNoTime : g.timeMs[i], g.z.empty() ? kNone : g.z[i], row});
            addTrack(end - first > 1 ? name + ", " + std::to_string(part - first + 1) : name, std::move(points), row);
        }
    }

    std::string nameOf(std::uint32_t row) {
        for (std::size_t column = 0; column < m_job.table.columns.size(); ++column)
            if (lowerCased(m_job.table.columns[column]) == "name")
                if (std::string name = m_job.table.cell(column, row); !name.empty())
                    return name;
        return m_job.table.name + " " + std::to_string(m_job.table.rowNumbers[row]);
    }

    std::shared_ptr<FeatureTable> tracks() {
        auto table = emptyTable(m_job);
        table->geometry = std::move(m_lines);
        if (!m_hasZ)
            table->geometry.z.clear();
        if (!m_hasTimes)
            table->geometry.timeMs.clear();
        table->geometryType = "LineString";
        const auto add = [&](Column column) { table->columns.push_back(std::move(column)); };
        const auto integers = [](const char* name, std::vector<std::int64_t> values) {
            return Column{name, FieldType::Integer, std::move(values), {}, {}};
        };
        add(Column{"name", FieldType::Text, std::move(m_names), {}, {}});
        if (m_hasTimes) {
            add(timeColumnOf("begin", m_begin, true));
            add(timeColumnOf("end", m_end, true));
        }
        add(integers("points", m_points));
        add(realColumn("length_km", m_km));
        if (m_hasTimes) {
            add(realColumn("minutes", m_minutes));
            add(realColumn("speed_kmh", m_speed));
            add(realColumn("max_speed_kmh", m_fastest));
            add(integers("stops", m_stopCount));
            add(realColumn("stopped_minutes", m_stopMinutes));
        }
        if (!m_hasPoints)
            addAttributes(*table);
        finishTable(*table);
        return table;
    }

    // What a GPX says of its tracks, unless it is just what was measured.
    void addAttributes(FeatureTable& table) {
        for (std::size_t i = 0; i < std::min(m_job.plan.columns.size(), m_job.table.columns.size()); ++i) {
            const std::string name = m_job.columnName(i);
            if (m_job.plan.columns[i].role != ColumnRole::Attribute || lowerCased(name) == "name")
                continue;
            ColumnBuilder builder(freeColumnName(table.columns, name));
            const Column* const measured = table.findColumn(name);
            bool isNew = !measured;
            for (std::size_t track = 0; track < m_sourceRow.size(); ++track) {
                const std::string text = m_job.table.cell(i, m_sourceRow[track]);
                text.empty() ? builder.appendNull() : builder.appendText(text);
                isNew = isNew || text != table.valueAsText(*measured, track);
            }
            if (isNew)
                table.columns.push_back(builder.finish(m_sourceRow.size()));
        }
    }

    void leaveKnown(FeatureTable& table, const Layer* before) {
        std::vector<std::uint32_t> elsewhere = featuresElsewhere(m_job.project, before, table);
        if (m_job.hasFix(ImportFix::KeepDuplicates))
            elsewhere.clear();
        std::vector<std::uint8_t> keep(table.featureCount, 1), isNew(table.featureCount, 1);
        Suspicion suspicion;
        suspicion.kind = SuspicionKind::Duplicate;
        for (const std::uint32_t feature : elsewhere) {
            keep[feature] = isNew[feature] = 0;
            suspicion.rows.push_back(m_rowNumber[feature]);
        }
        const std::vector<std::uint8_t> isThere = featuresBefore(before, table, m_report.warnings);
        for (std::size_t feature = 0; feature < isThere.size(); ++feature)
            isNew[feature] &= !isThere[feature];
        countRows(isNew);
        if (elsewhere.empty())
            return;
        suspicion.text = "The project has the tracks of " + rowsText(suspicion.rows) +
                         " already, in another layer; they are not added again.";
        suspicion.fix = ImportFix::KeepDuplicates;
        m_report.suspicions.push_back(std::move(suspicion));
        keepRows(table.geometry, table.columns, keep);
        finishTable(table);
    }

    // Points count as rows, and of a GPX its tracks, each of which may have made several.
    void countRows(const std::vector<std::uint8_t>& isNew) {
        std::map<std::uint32_t, bool> isTaken;
        for (std::size_t i = 0; i < isNew.size(); ++i) {
            isTaken[m_sourceRow[i]] |= isNew[i] != 0;
            if (m_hasPoints)
                (isNew[i] ? m_report.taken : m_report.alreadyThere) += static_cast<std::size_t>(m_points[i]);
        }
        if (m_hasPoints)
            return;
        for (const auto& [row, taken] : isTaken)
            ++(taken ? m_report.taken : m_report.alreadyThere);
    }

    std::shared_ptr<const FeatureTable> stops() const {
        auto table = emptyTable(m_job, " stops");
        Column names{"track", FieldType::Text, TextValues{}, {}, {}};
        std::vector<std::int64_t> from, to;
        std::vector<double> minutes;
        GeometryBuilder builder;
        for (const auto& [name, stop] : m_stops) {
            std::get<TextValues>(names.values).append(name);
            from.push_back(stop.fromMs);
            to.push_back(stop.toMs);
            minutes.push_back(std::round(static_cast<double>(stop.toMs - stop.fromMs) / 6000) / 10);
            builder.add(stop.place.lonDegrees, stop.place.latDegrees);
            builder.endPart(PartRole::Points);
            builder.endFeature(kPoint);
        }
        builder.finish();
        table->geometry = std::move(builder.column);
        table->geometryType = "Point";
        table->columns = {std::move(names), timeColumnOf("time", from, true), timeColumnOf("end_time", to, true),
                          realColumn("minutes", minutes)};
        finishTable(*table);
        return table;
    }

    const ImportJob& m_job;
    ImportRows m_rows;
    ImportReport& m_report;
    GeometryColumn m_lines; // of the tracks so far
    bool m_hasZ = false, m_hasTimes = false, m_hasPoints = false;
    TextValues m_names;
    std::vector<std::int64_t> m_begin, m_end, m_points, m_stopCount;
    std::vector<double> m_km, m_minutes, m_speed, m_fastest, m_stopMinutes;
    std::vector<std::uint32_t> m_sourceRow, m_rowNumber;
    std::vector<std::pair<std::string, Stop>> m_stops;
};

} // namespace

std::vector<std::shared_ptr<const Layer>> tracksOf(const ImportJob& job, ImportRows rows, ImportReport& report) {
    return TrackMaker(job, std::move(rows), report).make();
}

} // namespace cordon
