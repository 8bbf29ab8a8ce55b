// The benchmark's map: polygons by class, roads by class and status, incident points, drawn in one fixed style.
#pragma once

#include "core/render/render.h"

#include <string>
#include <vector>

namespace cordon::bench {

struct Inputs {
    std::string polygons, roads, points; // paths
};
// Reads the columns the style needs, the three files at once.
std::shared_ptr<const Project> readProject(const Inputs& inputs, bool withLabels);

// A Web Mercator view of "xmin ymin xmax ymax" (metres) at 96 dpi.
MapView viewOfBox(const std::string& box, int widthPx, int heightPx);
Scene sceneOf(std::shared_ptr<const Project> project, const MapView& view, bool withLabels);

} // namespace cordon::bench
