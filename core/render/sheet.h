// The sheet: map frame, title block, legend, scale bar, inset and the rest of what a published map must carry.
#pragma once

#include "core/render/render.h"

namespace cordon {

struct Page {
    double widthMm = 420;
    double heightMm = 297;
    double dpi = 150;
    double stripMm = 0; // kept free under the map, for a chart; see pageFor()
    int widthPx() const { return static_cast<int>(widthMm / 25.4 * dpi + 0.5); }
    int heightPx() const { return static_cast<int>(heightMm / 25.4 * dpi + 0.5); }
};
// "A3", landscape -> millimetres. Throws Error for a paper that does not exist.
Page paperPage(const std::string& paper, bool landscape, double dpi);

// The page with room under the map for the chart of the project's answer, where there is one.
Page pageFor(const Project& project, Page page);

// The sheet as one display list. `scene.view` gives CRS, centre and scale wish; its size is replaced by the map frame's
// (the extent that was visible stays visible).
DisplayList buildSheet(const Scene& scene, const Page& page, PreparedLayers& prepared, std::stop_token stop = {});
// The view the sheet's map frame really shows (for georeferencing), with the frame's place on the page.
struct MapFrame {
    MapView view;
    PageBox box;
};
// The map frame's place on the page, on whole pixels. A view made in its size (sheetView, viewAt) keeps its scale on
// the sheet.
PageBox mapFrameBox(const Page& page);
// The view of the map frame that shows all of `extent` as large as a well-reading scale (1:4 400 000) allows.
MapView sheetView(const GeoBox& extent, const Crs& crs, const Page& page, double marginFraction = 0.03);
MapFrame mapFrameOf(const Scene& scene, const Page& page);

} // namespace cordon
