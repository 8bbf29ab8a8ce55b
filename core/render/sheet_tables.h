// The tables of an answer in the sheet's column: number, what, value.
#pragma once

#include "core/model/sheet_answer.h"
#include "core/render/text_block.h"

namespace cordon {

struct SheetTableSpace {
    float widthPx = 0, heightPx = 0;
    TextStyle heading, text;
    std::string language = "en";
};

struct SheetTableLayout {
    struct Cell {
        TextBlock text;
        float x = 0, top = 0;
        TextAlign align = TextAlign::Left;
    };
    std::vector<Cell> cells;  // from the table's upper left corner
    std::vector<float> rules; // y
    float widthPx = 0, heightPx = 0;
};

// As many rows as go in; the rest is counted in a last line. Nothing where not even one row does.
SheetTableLayout layoutSheetTable(const SheetTable& table, const SheetTableSpace& space);
void appendSheetTable(DisplayList& list, const SheetTableLayout& layout, float left, float top);

} // namespace cordon
