// From a request and what was loaded to the maps to draw: the command line wins over an output of the recipe, that over
// the recipe, that over what suits the data.
#pragma once

#include "app/cli/map_request.h"
#include "app/cli/time_zone.h"
#include "core/render/sheet.h"

#include <chrono>
#include <optional>
#include <utility>
#include <vector>

namespace cordon {

struct MapPlan {
    std::string file;
    Scene scene; // of the picture's size; of the page's on a sheet
    bool isSheet = false;
    Page page;                                          // of a sheet
    std::optional<std::pair<LonLat, double>> scaleWish; // centre and 1:N, when both were asked for
    GeoBox extent;                                      // what to show when no scale was asked for
    double marginFraction = 0;                          // round the extent

    int widthPx() const { return isSheet ? page.widthPx() : scene.view.widthPx; }
    int heightPx() const { return isSheet ? page.heightPx() : scene.view.heightPx; }
};

struct PlanDates { // of the command line
    std::optional<TimePoint> asOf, knownBy;
    TimeZone zone; // for dates of the recipe that name no zone
};

// Throws UsageError when nothing says where to write, Error when there is nothing to draw.
std::vector<MapPlan> planMaps(const MapRequest& request, const LoadResult& loaded, const PlanDates& dates);

} // namespace cordon
