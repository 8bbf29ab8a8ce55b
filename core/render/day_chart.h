// The chart of an answer by days: how many people as steps, and a lane of states for each way, told apart by pattern as
// well as by colour. Part of the sheet; a window draws the same list.
#pragma once

#include "core/model/sheet_answer.h"
#include "core/render/text_block.h"

namespace cordon {

// In pixels, with room for all lanes and some of the marks.
float dayChartHeight(const DayChart& chart, const TextStyle& text);
// Marks that find no room are counted in the last line of their list.
void appendDayChart(DisplayList& list, const DayChart& chart, const PageBox& box, const TextStyle& text);

// Where the days are in that box, for a window that must know which one is pointed at.
PageBox dayChartPlot(const DayChart& chart, const PageBox& box, const TextStyle& text);

} // namespace cordon
