// Parts of a prepared layer in page units, cut to a window round the page. Internal to render.
#pragma once

#include "core/render/display_list.h"
#include "core/render/prepared_layer.h"

#include <vector>

namespace cordon {

struct PagePosition { // page units in double: far outside the page a float would not do
    double x = 0;
    double y = 0;
};
using WideBox = BasicBox<double>;

// One per thread: keeps scratch arrays. `projection` is used only where the grid is too coarse.
class PageGeometry {
public:
    PageGeometry(const PreparedLayer& layer, const GridGeometry& geometry, const MapView& view,
                 const Projection& projection);

    // Page box of a feature, all parts.
    WideBox featureBox(std::uint32_t feature) const {
        const GridBox box = m_layer.featureBox(feature);
        const PagePosition low = toPage({box.minX, box.maxY}), high = toPage({box.maxX, box.minY});
        return {low.x, low.y, high.x, high.y};
    }
    // A ring as one part, closed, cut to `window`; nothing if none of it is inside.
    void appendRing(DisplayList& list, std::uint32_t feature, std::uint32_t part, const WideBox& window, bool isInside);
    // A line as one part a piece inside `window`. A piece that comes in from outside begins a whole number of periods
    // (`period` in page units along the line; 0: none) from the line's start, up to one period outside, so that its
    // dashes lie where those of the whole line would.
    void appendLine(DisplayList& list, std::uint32_t feature, std::uint32_t part, const WideBox& window, bool isInside,
                    double period = 0);
    // The points inside `window`, without ending the part.
    void appendPoints(DisplayList& list, std::uint32_t feature, std::uint32_t part, const WideBox& window);

private:
    PagePosition toPage(GridPoint p) const { return {m_offsetX + p.x * m_scale, m_offsetY - p.y * m_scale}; }
    void appendWhole(DisplayList& list, std::uint32_t feature, std::uint32_t part) const;
    std::span<const PagePosition> positions(std::uint32_t feature, std::uint32_t part);
    void appendLeadIn(DisplayList& list, std::span<const PagePosition> line, std::size_t to, double t, double period);

    const PreparedLayer& m_layer;
    const GridGeometry& m_geometry;
    const MapView& m_view;
    const Projection& m_projection;
    bool m_onGrid;
    double m_scale, m_offsetX, m_offsetY;
    std::vector<PagePosition> m_positions;
    std::vector<PagePosition> m_clipped[2];
    std::vector<MapPoint> m_projected;
    std::vector<double> m_along; // of a line's vertices, from its start
};

} // namespace cordon
