// A recorded track as reports of the roads that it passed. Internal to import.
#pragma once

#include "core/import/suspicions.h"
#include "core/model/track_snap.h"

#include <map>
#include <utility>
#include <vector>

namespace cordon {

// The roads that were passed on one day in one direction.
struct DayOnRoads {
    std::vector<RoadReference> roads;
    std::int64_t firstMs = 0, lastMs = 0;
    double farthestMeters = 0; // of its points from the roads
};

struct TrackPassages {
    std::map<std::pair<std::chrono::sys_days, TrafficDirection>, DayOnRoads> days;
    std::size_t points = 0, offRoadPoints = 0;
};

// Whether a row is lines whose points all have times.
bool isRecordedTrack(const GeometryColumn& geometry, std::size_t row);
// Nothing is passed during a silence longer than plan.trackGapSeconds. Times out of order are put in order.
TrackPassages passagesOf(const RoadSnapper& roads, const GeometryColumn& geometry, std::size_t row,
                         const ImportPlan& plan);

// Rows that are the points of one recorded track, not reports of their own.
struct PointTrack {
    std::vector<std::size_t> rows; // positions in the table
    GeometryColumn line;           // of them, one feature with times
};

// The rows of each track id; without ids all rows, if they follow each other in the file as somebody moves. None where
// rows say more than when and where: a status, or any field that is not the same in all.
std::vector<PointTrack> pointTracksOf(const ImportJob& job, const ImportRows& rows);

} // namespace cordon
