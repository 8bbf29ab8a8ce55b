// The situation's shapes on the page: own geometry, regions and roads of other layers, projected and cut to a window.
// Internal to render.
#pragma once

#include "core/render/layer_drawing.h"
#include "core/render/page_geometry.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cordon {

using LonLatLine = std::vector<LonLat>;

// Rows of the project's layers by what their idField says; only the ids asked for are looked up.
struct FoundFeature {
    const FeatureTable* table = nullptr;
    std::uint32_t row = 0;
};
using FoundFeatures = std::unordered_map<std::string, FoundFeature>;
// The first layer (of the roles, top first) that has an id wins.
FoundFeatures findFeatures(const Project& project, std::initializer_list<LayerRole> roles,
                           const std::vector<std::string>& ids);

// Rings without the edges that two of them share (in opposite directions), so that neighbouring regions become one
// area.
std::vector<LonLatLine> dissolved(const std::vector<LonLatLine>& rings);

// Rings of a record: its own polygon, else those of its regions.
std::vector<LonLatLine> ringsOf(const SmallGeometry& area, const std::vector<std::string>& regions,
                                const FoundFeatures& found);
// Lines of a record: the referenced roads or stretches, else its own line.
std::vector<LonLatLine> linesOf(const RoadStatus& status, const FoundFeatures& found);

using PageLine = std::vector<PagePosition>;

// Projects and cuts to `window`.
class RecordShapes {
public:
    RecordShapes(const DrawContext& context, double marginPx);

    std::optional<PagePosition> toPage(LonLat p) const;
    // Cut at places without an answer; not cut to the window.
    std::vector<PageLine> project(const LonLatLine& line) const;
    // What of the line lies in the window.
    std::vector<PageLine> cutLine(const LonLatLine& line) const;
    // Closed; empty if nothing of it lies in the window.
    PageLine cutRing(const LonLatLine& ring) const;

private:
    const DrawContext& m_context;
    WideBox m_window;
};

// Appends as one part; closed rings keep their last point.
void appendPart(DisplayList& list, const PageLine& line);

double lengthOf(const PageLine& line);
// The place `at` px along the line, clamped to its ends.
PagePosition placeAt(const PageLine& line, double at);
// The point of the lines nearest to `p`: which line, how far along it, how far from `p`.
struct NearestOnLine {
    std::size_t line = 0;
    double at = 0;
    double distance = 1e300;
};
NearestOnLine nearestOn(const std::vector<PageLine>& lines, PagePosition p);

} // namespace cordon
