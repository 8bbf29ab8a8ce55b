#include "app/gui/view_motion.h"

#include "core/geo/geodesic.h"

#include <algorithm>

namespace cordon {

namespace {

// Closest 1 cm a pixel; farthest a world of 80 000 km across 256 px.
double limitedUnitsPerPx(double unitsPerPx, const Crs& crs) {
    const double metersPerUnit = crs.metersPerUnit();
    return std::clamp(unitsPerPx, 0.01 / metersPerUnit, 8e7 / 256 / metersPerUnit);
}

} // namespace

MapView zoomedAt(MapView view, double pageX, double pageY, double factor) {
    const MapPoint fixed = view.mapPoint(pageX, pageY);
    view.unitsPerPx = limitedUnitsPerPx(view.unitsPerPx / factor, view.crs);
    const MapPoint now = view.mapPoint(pageX, pageY);
    view.center.x += fixed.x - now.x;
    view.center.y += fixed.y - now.y;
    return view;
}

MapView panned(MapView view, double dxPx, double dyPx) {
    view.center.x -= dxPx * view.unitsPerPx;
    view.center.y += dyPx * view.unitsPerPx;
    return view;
}

MapView resized(MapView view, int widthPx, int heightPx, double dpi) {
    view.unitsPerPx *= view.dpi / dpi;
    view.widthPx = widthPx;
    view.heightPx = heightPx;
    view.dpi = dpi;
    return view;
}

QRectF placeOf(const MapView& picture, const MapView& view) {
    const MapPoint topLeft = picture.mapPoint(0, 0);
    const double scale = picture.unitsPerPx / view.unitsPerPx;
    return {view.pageX(topLeft.x), view.pageY(topLeft.y), picture.widthPx * scale, picture.heightPx * scale};
}

double metersPerPx(const MapView& view, const Projection& projection) {
    const double half = std::min(50.0, view.widthPx / 4.0);
    const auto west = projection.inverse(view.mapPoint(view.widthPx / 2.0 - half, view.heightPx / 2.0));
    const auto east = projection.inverse(view.mapPoint(view.widthPx / 2.0 + half, view.heightPx / 2.0));
    if (!west || !east)
        return 0;
    return distanceMeters(*west, *east) / (2 * half);
}

} // namespace cordon
