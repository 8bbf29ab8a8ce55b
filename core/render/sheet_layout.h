// Where things stand on a page: decided by the page alone, so that the map's frame is known before anything is drawn.
#pragma once

#include "core/render/sheet.h"
#include "core/render/text_block.h"

namespace cordon {

struct SheetLayout {
    double pxPerMm = 0;
    double furniture = 1; // size of the furniture, 1 on A3
    double type = 1;      // size of its type, 1 on A3; smaller paper keeps its type readable
    bool isLandscape = true;
    PageBox outer;  // the frame's outer line
    PageBox frame;  // the map itself, on whole pixels; between the two stand the degree labels
    PageBox column; // title, legend and the rest: right of the map, or below it on portrait paper
    PageBox strip;  // under the map; empty unless the page asks for it

    float mm(double millimeters) const { return static_cast<float>(millimeters * pxPerMm); }
    // Type size; nothing is set smaller than 6 pt, but credits that are long.
    float pt(double points, double smallestPt = 6) const;
};
SheetLayout sheetLayout(const Page& page);
// What a chart under the map is set in.
TextStyle chartText(const SheetLayout& layout);

} // namespace cordon
