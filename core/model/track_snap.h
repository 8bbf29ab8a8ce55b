// Which roads a recorded track passed, which stretches of them, which way and when.
#pragma once

#include "core/model/road_snap.h"

#include <cstdint>
#include <span>
#include <vector>

namespace cordon {

struct PassedRoad {
    RoadReference road;                                     // the stretch between the first and the last point
    TrafficDirection direction = TrafficDirection::Forward; // as the road runs, or against it
    std::size_t firstPoint = 0, lastPoint = 0;
    std::int64_t firstTimeMs = 0, lastTimeMs = 0; // GeometryColumn::kNoTime where the track has none
    double farthestMeters = 0;                    // of its points from the road
    friend bool operator==(const PassedRoad&, const PassedRoad&) = default;
};

struct TrackSnap {
    std::vector<PassedRoad> passed; // in the order of the track; a turn on the road starts another
    std::size_t offRoadPoints = 0;  // too far from every road, or on one that was only crossed
};

// Each point goes to a road within maxMeters such that the sum of the distances and of the changes of road is least
// (Viterbi; a change of road, like a point off all roads, costs maxMeters), so that a track keeps to its road past a
// junction. `timesMs` may be empty. Shorter passages than kLeastPassageMeters count as crossing, not as passing, and
// turns shorter than that as jitter.
constexpr double kLeastPassageMeters = 100;
TrackSnap snapTrack(const RoadSnapper& roads, std::span<const LonLat> points, std::span<const std::int64_t> timesMs,
                    double maxMeters = 50);

} // namespace cordon
