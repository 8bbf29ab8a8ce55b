#include "core/import/track_passages.h"

#include "core/geo/geodesic.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace cordon {
namespace {

struct Piece {
    std::vector<LonLat> points;
    std::vector<std::int64_t> timesMs;
};

// The points of one part in the order of their times, cut where there is a longer silence.
std::vector<Piece> piecesOf(const GeometryColumn& g, std::uint32_t part, double gapSeconds) {
    std::vector<std::uint32_t> order(g.partStart[part + 1] - g.partStart[part]);
    std::iota(order.begin(), order.end(), g.partStart[part]);
    std::ranges::stable_sort(order, {}, [&](std::uint32_t i) { return g.timeMs[i]; });
    std::vector<Piece> pieces;
    for (const std::uint32_t i : order) {
        if (pieces.empty() || isSilence(pieces.back().timesMs.back(), g.timeMs[i], gapSeconds))
            pieces.emplace_back();
        pieces.back().points.push_back(g.coordinates[i]);
        pieces.back().timesMs.push_back(g.timeMs[i]);
    }
    return pieces;
}

void add(const PassedRoad& passed, TrackPassages& result) {
    const TimePoint first{std::chrono::milliseconds{passed.firstTimeMs}};
    const auto [day, isNew] = result.days.try_emplace({std::chrono::floor<std::chrono::days>(first), passed.direction});
    DayOnRoads& on = day->second;
    if (std::ranges::find(on.roads, passed.road) == on.roads.end())
        on.roads.push_back(passed.road);
    on.firstMs = isNew ? passed.firstTimeMs : std::min(on.firstMs, passed.firstTimeMs);
    on.lastMs = isNew ? passed.lastTimeMs : std::max(on.lastMs, passed.lastTimeMs);
    on.farthestMeters = std::max(on.farthestMeters, passed.farthestMeters);
}

// Whether each row tells something of its own beside its place and time.
bool sayMore(const ImportJob& job) {
    SourceCells cells(job.table);
    for (const std::size_t column : job.columnsOf(ColumnRole::Field)) {
        const std::string& field = job.plan.columns[column].field;
        if (field == "status")
            return true;
        if (field == "valid_from" || field == "valid_to" || job.rowCount() == 0)
            continue;
        const std::string first(cells.at(column, 0));
        for (std::size_t row = 1; row < job.rowCount(); ++row)
            if (cells.at(column, row) != first)
                return true;
    }
    return job.columnOf(ColumnRole::PlaceName) || job.columnOf(ColumnRole::PlaceCode);
}

// Ten points at least, of which nine in ten steps are as short as those of a device that records while it moves.
bool isLog(const ImportRows& rows, const std::vector<std::size_t>& points) {
    constexpr std::size_t kLeast = 10;
    constexpr std::int64_t kLongestStepMs = 5 * 60 * 1000;
    constexpr double kFastestMetersPerMs = 0.06, kJitterMeters = 100;
    std::size_t steps = 0;
    for (std::size_t i = 1; i < points.size(); ++i) {
        const std::int64_t ms = rows.times.beginMs[points[i]] - rows.times.beginMs[points[i - 1]];
        if (ms < 0)
            return false;
        steps += ms <= kLongestStepMs &&
                 distanceMeters(rows.places.pointOf(points[i - 1]), rows.places.pointOf(points[i])) <=
                     kFastestMetersPerMs * static_cast<double>(ms) + kJitterMeters;
    }
    return points.size() >= kLeast && 10 * steps >= 9 * (points.size() - 1);
}

} // namespace

std::vector<PointTrack> pointTracksOf(const ImportJob& job, const ImportRows& rows) {
    if (!rows.times.hasTimeOfDay || sayMore(job))
        return {};
    const auto idColumn = job.columnOf(ColumnRole::TrackId);
    SourceCells cells(job.table);
    std::map<std::string, std::vector<std::size_t>, std::less<>> byId;
    for (std::size_t row = 0; row < job.rowCount(); ++row)
        if (!rows.isLeft[row] && rows.places.states[row] == PlaceState::Good && rows.places.isPoint(row) &&
            rows.times.beginMs[row] != RowTimes::kNone)
            byId[std::string(idColumn ? cells.at(*idColumn, row) : std::string_view())].push_back(row);
    if (!idColumn && (byId.empty() || !isLog(rows, byId.begin()->second)))
        return {};
    std::vector<PointTrack> tracks;
    for (auto& [id, points] : byId) {
        GeometryColumn line;
        for (const std::size_t row : points) {
            line.coordinates.push_back(rows.places.pointOf(row));
            line.timeMs.push_back(rows.times.beginMs[row]);
        }
        line.partStart.push_back(static_cast<std::uint32_t>(points.size()));
        line.partRole.push_back(PartRole::Line);
        line.featureStart.push_back(1);
        tracks.push_back({std::move(points), std::move(line)});
    }
    return tracks;
}

bool isRecordedTrack(const GeometryColumn& g, std::size_t row) {
    const std::uint32_t first = g.featureStart[row], end = g.featureStart[row + 1];
    if (g.timeMs.empty() || first == end)
        return false;
    return std::all_of(g.partRole.begin() + first, g.partRole.begin() + end,
                       [](PartRole role) { return role == PartRole::Line; }) &&
           std::none_of(g.timeMs.begin() + g.partStart[first], g.timeMs.begin() + g.partStart[end],
                        [](std::int64_t time) { return time == GeometryColumn::kNoTime; });
}

TrackPassages passagesOf(const RoadSnapper& roads, const GeometryColumn& g, std::size_t row, const ImportPlan& plan) {
    TrackPassages result;
    for (std::uint32_t part = g.featureStart[row]; part < g.featureStart[row + 1]; ++part)
        for (const Piece& piece : piecesOf(g, part, plan.trackGapSeconds)) {
            const TrackSnap snap = snapTrack(roads, piece.points, piece.timesMs, plan.trackSnapMeters);
            result.points += piece.points.size();
            result.offRoadPoints += snap.offRoadPoints;
            for (const PassedRoad& passed : snap.passed)
                add(passed, result);
        }
    return result;
}

} // namespace cordon
