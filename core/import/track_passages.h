// A recorded track as reports of the roads that it passed. Internal to import.
#pragma once

#include "core/import/import_job.h"
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

} // namespace cordon
