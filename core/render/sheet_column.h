// The furniture of a sheet beside (or below) its map: title block, legend, inset, scale, sources and the rest.
#pragma once

#include "core/render/legend.h"
#include "core/render/list_append.h"
#include "core/render/sheet_layout.h"

namespace cordon {

// `scene.view` is the map frame's. When there is not room for all, these give way in turn: the legend's type and number
// of columns, the inset's size, long sources and summary, the inset, the summary, the last legend entries (counted).
void appendColumn(DisplayList& list, const SheetLayout& layout, const Scene& scene,
                  const std::vector<LegendGroup>& legend);

} // namespace cordon
