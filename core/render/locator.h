// The inset that shows where in its region the map lies.
#pragma once

#include "core/model/project.h"
#include "core/render/display_list.h"

namespace cordon {

// Outlines of `map.locator` in `box` of the page: neighbours quiet, countries whose column `focus` is true marked, the
// extent of `mapView` outlined. Does nothing without outlines.
void appendLocator(DisplayList& list, const FeatureTable& outlines, const MapView& mapView, const PageBox& box,
                   double pxPerMm);
// Height over width of what the inset would show, for its place on the sheet; within 0.6 .. 1.2.
double locatorAspect(const FeatureTable& outlines, const MapView& mapView);

} // namespace cordon
