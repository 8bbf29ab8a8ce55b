// The legend: what it lists is found by looking at the map (what is in force, visible, and inside the frame), how it is
// drawn is the map's own drawing code.
#pragma once

#include "core/render/render.h"
#include "core/render/text_block.h"

#include <functional>

namespace cordon {

struct LegendEntry {
    std::string text;
    double heightMm = 3.6; // of its symbol on the map
    // Draws the symbol centred in the swatch.
    std::function<void(DisplayList& list, const PageBox& swatch, double pxPerMm)> draw;
};

struct LegendGroup {
    std::string title;
    std::vector<LegendEntry> entries;
    std::string sizesTitle;
    std::vector<LegendEntry> sizes; // samples of a graduated symbol, side by side in one row after the entries
};

// Groups in reading order: control, roads, restrictions, incidents, base. Empty ones are left out. Lists just what is
// on the map of `scene`.
std::vector<LegendGroup> legendOf(const Scene& scene, PreparedLayers& prepared, std::stop_token stop = {});

struct LegendSpace {
    float widthPx = 0;
    float heightPx = 0;
    double pxPerMm = 0;
    TextStyle heading;
    TextStyle entry;
    float minSizePx = 0; // the entries' font does not shrink below it
    std::string language = "en";
};

struct LegendRow {
    enum class Kind : std::uint8_t { Heading, Entry, Sizes, More };
    Kind kind = Kind::Entry;
    TextBlock text;
    const LegendEntry* entry = nullptr; // of the groups given, which must outlive the layout
    const LegendGroup* group = nullptr;
    float heightPx = 0;
    float gapPx = 0;         // above it, unless it stands at the top of a column
    float left = 0, top = 0; // placed, from the legend's upper left corner
};

struct LegendLayout {
    std::vector<LegendRow> rows;
    float heightPx = 0;
    float columnWidthPx = 0;
    float swatchWidthPx = 0;
    float swatchGapPx = 0;
    int columns = 1;
    int hiddenEntries = 0; // what "... and N more" stands for
    double pxPerMm = 0;
};

// One column at full size if it goes in; else a little smaller, then more columns, then smaller still, then cut with
// "... and N more".
LegendLayout layoutLegend(const std::vector<LegendGroup>& groups, const LegendSpace& space);
void appendLegend(DisplayList& list, const LegendLayout& layout, float left, float top);

} // namespace cordon
