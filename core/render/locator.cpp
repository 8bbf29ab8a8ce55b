#include "core/render/locator.h"

#include "core/render/list_append.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace cordon {

namespace {

constexpr Color kSea{0xD6, 0xE4, 0xEC, 255};
constexpr Color kLand{0xED, 0xEB, 0xE5, 255};
constexpr Color kFocus{0xC9, 0xC2, 0xB2, 255};
constexpr Color kBorder{0x7A, 0x76, 0x70, 255};
constexpr Color kExtent{0xD5, 0x5E, 0x00, 255};
constexpr Color kFrame{0x5B, 0x5B, 0x5B, 255};
constexpr double kWholeTableDegrees = 100; // a table wider than this is the world: only the focus's region is shown
constexpr double kRegionFactor = 2.5;      // the region round the focus, in sizes of the focus
constexpr int kEdgeSamples = 24;

std::uint32_t nextPart(const DisplayList& list) {
    return static_cast<std::uint32_t>(list.partStart.size() - 1);
}

bool isFocus(const Column* focus, std::size_t row) {
    return focus != nullptr && FeatureTable::valueAsNumber(*focus, row).value_or(0) != 0;
}

GeoBox focusBox(const FeatureTable& outlines) {
    const Column* focus = outlines.findColumn("focus");
    GeoBox box;
    for (std::uint32_t row = 0; row < outlines.featureCount; ++row)
        if (isFocus(focus, row) && !outlines.boxOf(row).isEmpty())
            box.include(outlines.boxOf(row));
    return box;
}

// What the inset shows, in degrees: the whole table where it is a region, else the surroundings of the focus.
GeoBox regionBox(const FeatureTable& outlines, const MapView& mapView) {
    GeoBox box = outlines.extent;
    if (!box.isEmpty() && box.width() <= kWholeTableDegrees && box.height() <= kWholeTableDegrees)
        return box;
    GeoBox focus = focusBox(outlines);
    if (focus.isEmpty())
        focus = Projection(mapView.crs).inverse(mapView.box());
    if (focus.isEmpty())
        return {{-180, -80, 180, 84}};
    const double halfWidth = std::max(5.0, focus.width() * kRegionFactor / 2);
    const double halfHeight = std::max(5.0, focus.height() * kRegionFactor / 2);
    const double lon = (focus.minX + focus.maxX) / 2;
    const double lat = (focus.minY + focus.maxY) / 2;
    return {{std::max(-180.0, lon - halfWidth), std::max(-85.0, lat - halfHeight), std::min(180.0, lon + halfWidth),
             std::min(85.0, lat + halfHeight)}};
}

struct Inset {
    MapView view;
    Projection projection;
    PagePoint origin;

    void append(DisplayList& list, MapPoint at) const {
        if (std::isfinite(at.x) && std::isfinite(at.y))
            list.points.push_back(
                {origin.x + static_cast<float>(view.pageX(at.x)), origin.y + static_cast<float>(view.pageY(at.y))});
    }
};

void appendFeature(DisplayList& list, const Inset& inset, const FeatureTable& outlines, std::uint32_t row) {
    const GeometryColumn& geometry = outlines.geometry;
    std::vector<MapPoint> points;
    for (std::uint32_t part = geometry.featureStart[row]; part < geometry.featureStart[row + 1]; ++part) {
        if (geometry.partRole[part] == PartRole::Points)
            continue;
        const auto places = geometry.part(part);
        points.resize(places.size());
        inset.projection.forward(places, points);
        for (const MapPoint point : points)
            inset.append(list, point);
        list.endPart();
    }
}

void appendCountries(DisplayList& list, const Inset& inset, const FeatureTable& outlines, bool focusOnly,
                     double pxPerMm, std::uint16_t clip) {
    const Column* focus = outlines.findColumn("focus");
    const GeoBox visible = inset.projection.inverse(inset.view.box());
    StrokeStyle border;
    border.color = kBorder;
    border.widthPx = static_cast<float>((focusOnly ? 0.3 : 0.1) * pxPerMm);
    border.join = LineJoin::Round;
    const auto firstOfAll = nextPart(list);
    for (std::uint32_t row = 0; row < outlines.featureCount; ++row) {
        if (focusOnly != isFocus(focus, row) || outlines.boxOf(row).isEmpty())
            continue;
        if (!visible.isEmpty() && !visible.intersects(outlines.boxOf(row)))
            continue;
        const auto first = nextPart(list);
        appendFeature(list, inset, outlines, row);
        list.addOp(OpKind::Fill, list.fillStyle(focusOnly ? kFocus : kLand), first, clip);
    }
    list.addOp(OpKind::Stroke, list.strokeStyle(border), firstOfAll, clip);
}

// The map's own extent: its edges, bent as the inset's projection bends them. An extent that reaches beyond the globe
// has no outline.
std::vector<MapPoint> extentOutline(const Inset& inset, const MapView& mapView) {
    const Projection projection(mapView.crs);
    const MapBox box = mapView.box();
    const std::array<MapPoint, 5> corners{MapPoint{box.minX, box.minY}, MapPoint{box.minX, box.maxY},
                                          MapPoint{box.maxX, box.maxY}, MapPoint{box.maxX, box.minY},
                                          MapPoint{box.minX, box.minY}};
    std::vector<MapPoint> outline;
    for (std::size_t edge = 0; edge < 4; ++edge)
        for (int i = edge == 0 ? 0 : 1; i <= kEdgeSamples; ++i) {
            const double t = static_cast<double>(i) / kEdgeSamples;
            const MapPoint a = corners[edge];
            const MapPoint b = corners[edge + 1];
            const auto place = projection.inverse(MapPoint{a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)});
            const auto at = place ? inset.projection.forward(*place) : std::nullopt;
            if (!at)
                return {};
            outline.push_back(*at);
        }
    return outline;
}

void appendExtent(DisplayList& list, const Inset& inset, const MapView& mapView, double pxPerMm, std::uint16_t clip) {
    const auto first = nextPart(list);
    for (const MapPoint at : extentOutline(inset, mapView))
        inset.append(list, at);
    list.endPart();
    StrokeStyle stroke;
    stroke.color = kExtent;
    stroke.widthPx = static_cast<float>(0.4 * pxPerMm);
    list.addOp(OpKind::Stroke, list.strokeStyle(stroke), first, clip);
}

} // namespace

double locatorAspect(const FeatureTable& outlines, const MapView& mapView) {
    const GeoBox region = regionBox(outlines, mapView);
    const MapBox box = Projection(suitableCrs(region)).forward(region);
    if (box.isEmpty() || !(box.width() > 0))
        return 1;
    return std::clamp(box.height() / box.width(), 0.6, 1.2);
}

void appendLocator(DisplayList& list, const FeatureTable& outlines, const MapView& mapView, const PageBox& box,
                   double pxPerMm) {
    if (outlines.featureCount == 0 || outlines.extent.isEmpty() || box.width() < 2 || box.height() < 2)
        return;
    const GeoBox region = regionBox(outlines, mapView);
    const Crs crs = suitableCrs(region);
    const Inset inset{viewOf(region, crs, static_cast<int>(box.width()), static_cast<int>(box.height()), mapView.dpi),
                      Projection(crs),
                      {box.minX, box.minY}};
    const std::uint16_t clip = list.clip(box);
    auto first = nextPart(list);
    appendBoxPart(list, box);
    list.addOp(OpKind::Fill, list.fillStyle(kSea), first, clip);
    appendCountries(list, inset, outlines, false, pxPerMm, clip);
    appendCountries(list, inset, outlines, true, pxPerMm, clip);
    appendExtent(list, inset, mapView, pxPerMm, clip);
    first = nextPart(list);
    appendBoxPart(list, box);
    StrokeStyle frame;
    frame.color = kFrame;
    frame.widthPx = static_cast<float>(0.15 * pxPerMm);
    list.addOp(OpKind::Stroke, list.strokeStyle(frame), first);
}

} // namespace cordon
