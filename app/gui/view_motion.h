// Moving a view: pure functions on MapView, all in device pixels.
#pragma once

#include "core/geo/crs.h"
#include "core/render/map_view.h"

#include <QRectF>

namespace cordon {

constexpr double kZoomStep = 1.5; // one wheel notch, one key press

// Magnified by `factor` (> 1 = closer); the map point under (pageX, pageY) stays there. Kept within sensible scales.
MapView zoomedAt(MapView view, double pageX, double pageY, double factor);
MapView panned(MapView view, double dxPx, double dyPx); // the picture moves by (dx, dy)
// Same centre and same scale on the output, another size.
MapView resized(MapView view, int widthPx, int heightPx, double dpi);
// Where on `view`'s page the page of `picture` lies (same CRS).
QRectF placeOf(const MapView& picture, const MapView& view);
// Metres on the ground a pixel at the view's centre, along x; 0 where the projection has no answer.
double metersPerPx(const MapView& view, const Projection& projection);

} // namespace cordon
