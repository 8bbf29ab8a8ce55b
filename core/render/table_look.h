// A rule of a table layer as it is drawn in one view. Internal to render.
#pragma once

#include "core/render/symbols.h"

#include <optional>
#include <vector>

namespace cordon {

// The rule's symbols in page units, with the layer's opacity.
struct TableLook {
    std::optional<FillSymbol> fill;
    bool isPlainFill = false;
    std::uint32_t fillStyle = 0;
    std::vector<LineSymbol> lines;
    std::vector<std::uint32_t> strokeStyles; // of the lines that show
    std::optional<std::uint32_t> markerStyle;
    bool isMarkerOpaque = false;
    bool hasCasing = false;
    double dashPeriodPx = 0; // of the first line with dashes; 0: none has
    double linesReachPx = 0; // how far from the geometry its lines and fill paint
};

// Adds its styles to the list.
TableLook lookOf(const Rule& rule, double opacity, double pxPerMm, DisplayList& list);

// A symbol with a layer's opacity.
LineSymbol faded(LineSymbol line, double opacity);
FillSymbol faded(FillSymbol fill, double opacity);

// What a layer needs round the page: how far its symbols reach, and how far out its lines may be cut.
double reachPx(const std::vector<TableLook>& looks, const DisplayList& list, double pxPerMm);
double cutMarginPx(const std::vector<TableLook>& looks, double reach);

} // namespace cordon
