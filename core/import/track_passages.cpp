#include "core/import/track_passages.h"

#include <algorithm>
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

} // namespace

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
