// A scale bar in two units and a north arrow, true at the centre of the map.
#pragma once

#include "core/render/text_block.h"

namespace cordon {

struct ScaleBarScale {
    double metersPerPx = 0; // ground metres a page unit at the centre of the map, along x
    double pxPerMm = 0;
};
struct ScaleBarStep {
    double length = 0; // of one division, in the unit: 1, 2 or 5 times a power of ten
    int divisions = 2; // two or four
    float widthPx = 0; // of the whole bar
};
// The longest bar of even numbers no wider than `widthPx`.
ScaleBarStep scaleBarStep(double unitsPerPx, float widthPx);

float scaleBarHeightPx(const TextStyle& label, double pxPerMm);
// Kilometres above the bar, miles below it. `left`, `top`: its upper left corner; labels stay within `widthPx`.
void appendScaleBar(DisplayList& list, const ScaleBarScale& scale, const TextStyle& label, float left, float top,
                    float widthPx);

// `azimuthDegrees`: of true north at the centre of the map, clockwise from the top of the page. N at its tip.
void appendNorthArrow(DisplayList& list, PagePoint center, float heightPx, double azimuthDegrees,
                      const TextStyle& label);
// Direction of true north at the centre of a view, clockwise from the top; 0 where there is none.
double northAzimuthDegrees(const MapView& view);

} // namespace cordon
