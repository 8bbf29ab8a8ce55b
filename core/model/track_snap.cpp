#include "core/model/track_snap.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cordon {
namespace {

constexpr std::uint32_t kOff = UINT32_MAX;

struct State {
    RoadPosition at; // at.road == kOff: on no road
    double cost = 0; // of the best way here
    std::size_t before = 0;
};
using Column = std::vector<State>; // all that a point may be on, kOff last

// What each point is on, at the least cost.
std::vector<RoadPosition> matched(const RoadSnapper& roads, std::span<const LonLat> points, double maxMeters) {
    std::vector<Column> columns(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        for (const RoadPosition& p : roads.within(points[i], maxMeters))
            columns[i].push_back({p, p.distanceMeters, 0});
        columns[i].push_back({{kOff, 0, points[i], 0}, maxMeters, 0});
        if (i == 0)
            continue;
        const Column& previous = columns[i - 1];
        const auto least = std::ranges::min_element(previous, {}, &State::cost);
        for (State& state : columns[i]) {
            state.before = static_cast<std::size_t>(least - previous.begin());
            double best = least->cost + maxMeters;
            for (std::size_t k = 0; k < previous.size(); ++k)
                if (previous[k].at.road == state.at.road && previous[k].cost <= best) {
                    best = previous[k].cost;
                    state.before = k;
                }
            state.cost += best;
        }
    }
    std::vector<RoadPosition> way(points.size());
    if (points.empty())
        return way;
    const Column& last = columns.back();
    auto k = static_cast<std::size_t>(std::ranges::min_element(last, {}, &State::cost) - last.begin());
    for (std::size_t i = points.size(); i-- > 0;) {
        way[i] = columns[i][k].at;
        k = columns[i][k].before;
    }
    return way;
}

// Points first..last (of one road) split where the travel turns round by more than jitter.
std::vector<std::pair<std::size_t, std::size_t>> betweenTurns(const std::vector<RoadPosition>& way, std::size_t first,
                                                              std::size_t last) {
    std::vector<std::pair<std::size_t, std::size_t>> runs;
    std::size_t begin = first, farthest = first; // the point farthest on since the begin
    double sign = 0;                             // +1 as the road runs, -1 against it, 0 not known yet
    for (std::size_t i = first; i <= last; ++i) {
        const double moved = way[i].alongMeters - way[farthest].alongMeters;
        if (sign == 0) {
            if (std::abs(moved) >= kLeastPassageMeters) {
                sign = moved > 0 ? 1 : -1;
                farthest = i;
            }
        } else if (moved * sign >= 0) {
            farthest = i;
        } else if (-moved * sign >= kLeastPassageMeters) {
            runs.emplace_back(begin, farthest);
            begin = farthest;
            farthest = i;
            sign = -sign;
        }
    }
    runs.emplace_back(begin, last);
    return runs;
}

} // namespace

TrackSnap snapTrack(const RoadSnapper& roads, std::span<const LonLat> points, std::span<const std::int64_t> timesMs,
                    double maxMeters) {
    const std::vector<RoadPosition> way = matched(roads, points, maxMeters);
    TrackSnap result;
    const auto timeAt = [&](std::size_t i) { return i < timesMs.size() ? timesMs[i] : GeometryColumn::kNoTime; };
    for (std::size_t first = 0; first < way.size();) {
        std::size_t end = first;
        while (end < way.size() && way[end].road == way[first].road)
            ++end;
        bool isPassed = false;
        if (way[first].road != kOff)
            for (const auto& [a, b] : betweenTurns(way, first, end - 1)) {
                const double length = roads.lengthMeters(way[a].road);
                auto [low, high] = std::pair(way[a].alongMeters, way[a].alongMeters);
                double farthest = 0;
                for (std::size_t i = a; i <= b; ++i) {
                    low = std::min(low, way[i].alongMeters);
                    high = std::max(high, way[i].alongMeters);
                    farthest = std::max(farthest, way[i].distanceMeters);
                }
                if (high - low < std::min(kLeastPassageMeters, length / 2))
                    continue;
                isPassed = true;
                result.passed.push_back(
                    {{roads.roadId(way[a].road), low / length, high / length},
                     way[b].alongMeters >= way[a].alongMeters ? TrafficDirection::Forward : TrafficDirection::Backward,
                     a,
                     b,
                     timeAt(a),
                     timeAt(b),
                     farthest});
            }
        if (!isPassed)
            result.offRoadPoints += end - first;
        first = end;
    }
    return result;
}

} // namespace cordon
