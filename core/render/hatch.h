// Internal to render: hatches, stipple and ticks as geometry.
#pragma once

#include "core/model/style.h"
#include "core/render/display_list.h"

namespace cordon {

// Parts [firstPart, firstPart + partCount) of `list`.
struct PartRange {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
    std::uint32_t end() const { return first + count; }
};
std::uint32_t partTotal(const DisplayList& list);
// Like DisplayList::addOp(), but over any parts.
void addOpOver(DisplayList& list, OpKind kind, std::uint32_t style, PartRange parts, std::uint16_t clip);

// The hatch of `symbol` cut to the rings (even-odd), appended with parts of its own. Hatch lines go through fixed
// places of the page, so that those of neighbours line up. A spacing that would give more than some thousand lines or
// dots in the clip is widened.
void appendHatch(DisplayList& list, PartRange rings, const FillSymbol& symbol, double pxPerMm, std::uint16_t clip);

// Short lines from the rings' edges to their inside, `everyPx` apart.
void appendInwardTicks(DisplayList& list, PartRange rings, const StrokeStyle& stroke, double everyPx, double lengthPx,
                       std::uint16_t clip);
// Short lines across the lines, `everyPx` apart, `lengthPx` long in all.
void appendCrossTicks(DisplayList& list, PartRange lines, const StrokeStyle& stroke, double everyPx, double lengthPx,
                      std::uint16_t clip);

} // namespace cordon
