// Drawing a planned map into its file: the last step of every command that makes pictures.
#pragma once

#include "app/cli/map_plan.h"
#include "core/render/sheet.h"

#include <stop_token>

namespace cordon {

// Text needs Qt started; safe to call more than once. No display is used.
void startDrawing();

struct DrawnMap {
    MapPlan plan;
    MapFrame frame;
    int widthPx = 0, heightPx = 0;
};
DrawnMap drawMap(const MapPlan& plan, bool overwrite, PreparedLayers& prepared, std::stop_token stop);

} // namespace cordon
