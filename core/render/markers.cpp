#include "core/render/symbols.h"
#include "core/render/text.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace cordon {
namespace {

constexpr Color kWhite{255, 255, 255, 255};
constexpr Color kBlack{0x1A, 0x1A, 0x1A, 255};
constexpr Color kBlocked{0xD5, 0x5E, 0x00, 255};
constexpr Color kRestricted{0xE6, 0x9F, 0x00, 255};
constexpr Color kImpassable{0x7A, 0x2E, 0x00, 255};
constexpr Color kUnknown{0x6E, 0x6E, 0x6E, 255};

using Ring = std::vector<PagePoint>;

PagePoint point(double x, double y) {
    return {static_cast<float>(x), static_cast<float>(y)};
}

Ring regularRing(int corners, double radius, double firstAngleDegrees) {
    Ring ring;
    for (int i = 0; i < corners; ++i) {
        const double a = (firstAngleDegrees + 360.0 * i / corners) * std::numbers::pi / 180;
        ring.push_back(point(radius * std::cos(a), radius * std::sin(a)));
    }
    return ring;
}
Ring circleRing(double radius) {
    const int quarter = std::clamp(static_cast<int>(radius * 0.6) + 3, 4, 16);
    return regularRing(4 * quarter, radius, 0); // touches all four sides of its box
}
Ring boxRing(double halfWidth, double halfHeight) {
    return {point(-halfWidth, -halfHeight), point(halfWidth, -halfHeight), point(halfWidth, halfHeight),
            point(-halfWidth, halfHeight)};
}
Ring starRing(double radius) {
    Ring ring;
    for (int i = 0; i < 10; ++i) {
        const double a = (-90.0 + 36.0 * i) * std::numbers::pi / 180;
        const double r = i % 2 == 0 ? radius : radius * 0.42;
        ring.push_back(point(r * std::cos(a), r * std::sin(a)));
    }
    return ring;
}
// An upright cross whose arms reach `arm` and are 2 * half wide; turned by 45 degrees a saltire.
Ring crossRing(double arm, double half, bool saltire) {
    Ring ring{point(-half, -arm), point(half, -arm), point(half, -half), point(arm, -half),
              point(arm, half),   point(half, half), point(half, arm),   point(-half, arm),
              point(-half, half), point(-arm, half), point(-arm, -half), point(-half, -half)};
    if (saltire)
        for (PagePoint& p : ring)
            p = {(p.x - p.y) * std::numbers::sqrt2_v<float> / 2, (p.x + p.y) * std::numbers::sqrt2_v<float> / 2};
    return ring;
}
Ring scaled(std::initializer_list<std::pair<double, double>> shape, double scale) {
    Ring ring;
    for (const auto& [x, y] : shape)
        ring.push_back(point(x * scale, y * scale));
    return ring;
}
// An aircraft seen from above, nose up, in a circle of radius `radius`.
Ring planeRing(double radius) {
    return scaled({{0, -1},
                   {0.12, -0.86},
                   {0.15, -0.3},
                   {0.95, 0.25},
                   {0.95, 0.45},
                   {0.15, 0.2},
                   {0.11, 0.65},
                   {0.38, 0.85},
                   {0.38, 1},
                   {0, 0.9},
                   {-0.38, 1},
                   {-0.38, 0.85},
                   {-0.11, 0.65},
                   {-0.15, 0.2},
                   {-0.95, 0.45},
                   {-0.95, 0.25},
                   {-0.15, -0.3},
                   {-0.12, -0.86}},
                  radius);
}

std::vector<Ring> ringsOf(MarkerShape shape, double radius) {
    switch (shape) {
    case MarkerShape::Circle:
        return {circleRing(radius)};
    case MarkerShape::Square:
        return {boxRing(radius * 0.886, radius * 0.886)};
    case MarkerShape::Triangle:
        return {regularRing(3, radius * 1.35, -90)};
    case MarkerShape::Diamond:
        return {regularRing(4, radius * 1.25, -90)};
    case MarkerShape::Cross:
        return {crossRing(radius * 1.15, radius * 0.42, false)};
    case MarkerShape::Star:
        return {starRing(radius)};
    case MarkerShape::Ring:
        return {circleRing(radius), circleRing(radius * 0.5)};
    case MarkerShape::Plane:
        return {planeRing(radius * 1.35)};
    case MarkerShape::Pin: { // its tip at the place
        Ring ring{point(0, 0)};
        for (int i = 0; i <= 20; ++i) {
            const double a = (150.0 + 240.0 * i / 20) * std::numbers::pi / 180;
            ring.push_back(point(radius * std::cos(a), radius * std::sin(a) - radius * 2));
        }
        return {ring, [&] {
                    Ring hole = circleRing(radius * 0.4);
                    for (PagePoint& p : hole)
                        p.y -= static_cast<float>(radius * 2);
                    return hole;
                }()};
    }
    }
    return {};
}

MarkerPath filled(std::vector<Ring> rings, Color fill, Color stroke = {0, 0, 0, 0}, double strokePx = 0) {
    MarkerPath path;
    path.rings = std::move(rings);
    path.fill = fill;
    path.stroke = stroke;
    path.strokePx = static_cast<float>(strokePx);
    return path;
}
MarkerPath lines(std::vector<Ring> rings, Color stroke, double strokePx) {
    MarkerPath path = filled(std::move(rings), {0, 0, 0, 0}, stroke, strokePx);
    path.closed = false;
    return path;
}
// A white rim round what comes above, so that it stands clear of the map.
MarkerPath rim(std::vector<Ring> rings, double rimPx, Color color = kWhite) {
    return filled(std::move(rings), color, color, 2 * rimPx);
}

double signSizeMm(const RoadStatusLook& look) {
    switch (look.status) {
    case RoadStatusKind::Open:
    case RoadStatusKind::Difficult:
        return 0;
    case RoadStatusKind::Restricted:
        return 4.6;
    case RoadStatusKind::Blocked:
        return 4;
    case RoadStatusKind::Impassable:
    case RoadStatusKind::Contested:
        return 3.6;
    case RoadStatusKind::Unknown:
        return 3.2;
    }
    return 0;
}

MarkerStyle signMarker(const RoadStatusLook& look, double pxPerMm) {
    const double r = signSizeMm(look) / 2 * pxPerMm, mm = pxPerMm;
    const auto disc = [&](Color fill, Color edge, double edgeMm) {
        return MarkerStyle{
            {rim({circleRing(r)}, 0.3 * mm), filled({circleRing(r - edgeMm / 2 * mm)}, fill, edge, edgeMm * mm)}};
    };
    MarkerStyle marker;
    switch (look.status) {
    case RoadStatusKind::Open:
    case RoadStatusKind::Difficult:
        break;
    case RoadStatusKind::Restricted:
        marker.paths = {rim({regularRing(4, r, -90)}, 0.3 * mm),
                        filled({regularRing(4, r - 0.2 * mm, -90)}, kRestricted, kBlack, 0.25 * mm)};
        break;
    case RoadStatusKind::Blocked: // "no entry"
        marker = disc(kBlocked, kBlack, 0.25);
        marker.paths.push_back(filled({boxRing(r * 0.62, r * 0.19)}, kWhite));
        break;
    case RoadStatusKind::Impassable:
        marker = disc(kWhite, kImpassable, 0.4);
        marker.paths.push_back(filled({crossRing(r * 0.66, r * 0.19, true)}, kImpassable));
        break;
    case RoadStatusKind::Contested:
        marker = disc(kWhite, kBlocked, 0.4);
        break;
    case RoadStatusKind::Unknown: // a clock: what we knew has aged
        marker = disc(kWhite, kUnknown, 0.3);
        marker.paths.push_back(
            lines({{point(0, -r * 0.6), point(0, 0), point(r * 0.45, r * 0.2)}}, kUnknown, 0.3 * mm));
        break;
    }
    return marker;
}

std::string signLetter(const RoadStatusLook& look) {
    if (look.status == RoadStatusKind::Contested)
        return "?";
    if (look.status != RoadStatusKind::Restricted)
        return {};
    return look.escort ? "E" : look.load ? "T" : look.hours ? "H" : "!";
}

// Shapes of (nearly) equal area for a circle's radius, so that size says the same whatever the type.
std::vector<Ring> incidentRings(IncidentType type, double radius) {
    switch (type) {
    case IncidentType::ArmedAttack:
        return ringsOf(MarkerShape::Circle, radius);
    case IncidentType::Explosive:
        return ringsOf(MarkerShape::Square, radius);
    case IncidentType::ConvoyAttack:
        return ringsOf(MarkerShape::Triangle, radius);
    case IncidentType::Abduction:
        return ringsOf(MarkerShape::Cross, radius);
    case IncidentType::AirStrike:
        return ringsOf(MarkerShape::Plane, radius);
    case IncidentType::Checkpoint:
        return ringsOf(MarkerShape::Ring, radius * 1.1);
    case IncidentType::ConvoyArrival: // an arrow
        return {
            scaled({{-1.1, -0.45}, {0.1, -0.45}, {0.1, -1}, {1.2, 0}, {0.1, 1}, {0.1, 0.45}, {-1.1, 0.45}}, radius)};
    case IncidentType::Protest: // a flag on its pole
        return {scaled({{-0.9, -1.2}, {1.1, -0.65}, {-0.55, 0.05}, {-0.55, 1.3}, {-0.9, 1.3}}, radius)};
    case IncidentType::Looting:
        return {regularRing(3, radius * 1.35, 90)};
    case IncidentType::Other:
        return {regularRing(6, radius * 1.1, 0)};
    }
    return {};
}

} // namespace

MarkerStyle markerOf(const MarkerSymbol& symbol, double pxPerMm) {
    const double radius = symbol.sizeMm / 2 * pxPerMm, strokePx = symbol.strokeMm * pxPerMm;
    if (symbol.shape == MarkerShape::Star) // the capital: a star in a square
        return {{filled({boxRing(radius, radius)}, kWhite, symbol.stroke, strokePx),
                 filled({starRing(radius * 0.92)}, symbol.fill)}};
    return {{filled(ringsOf(symbol.shape, radius), symbol.fill, symbol.stroke, strokePx)}};
}

void appendMarker(DisplayList& list, const MarkerStyle& marker, PagePoint at, std::uint16_t clip) {
    const auto first = static_cast<std::uint32_t>(list.partStart.size() - 1);
    list.points.push_back(at);
    list.endPart();
    list.addOp(OpKind::Markers, list.markerStyle(marker), first, clip);
}

float roadStatusSignSizePx(const RoadStatusLook& look, double pxPerMm) {
    return static_cast<float>(signSizeMm(look) * pxPerMm);
}

void appendRoadStatusSign(DisplayList& list, PagePoint at, const RoadStatusLook& look, double pxPerMm,
                          std::uint16_t clip) {
    const MarkerStyle marker = signMarker(look, pxPerMm);
    if (marker.paths.empty())
        return;
    appendMarker(list, marker, at, clip);
    const std::string letter = signLetter(look);
    if (letter.empty() || !list.clips[clip].contains(at.x, at.y))
        return;
    Text text;
    text.utf8 = letter;
    text.bold = true;
    text.sizePx = static_cast<float>((letter == "?" ? 2.9 : 2.5) * pxPerMm);
    text.color = letter == "?" ? kBlocked.darker(0.7) : kBlack;
    const TextExtent extent = measureText(letter, text.sizePx, true);
    text.widthPx = extent.advancePx;
    text.at = {at.x - extent.advancePx / 2, at.y + extent.capHeightPx / 2};
    list.texts.push_back(text);
}

// Many small discs in a circle.
std::vector<Ring> dottedRings(double radius, double dotRadius, double step) {
    std::vector<Ring> rings;
    const int count = std::max(8, static_cast<int>(2 * std::numbers::pi * radius / step));
    for (int i = 0; i < count; ++i) {
        const double a = 2 * std::numbers::pi * i / count;
        Ring dot = circleRing(dotRadius);
        for (PagePoint& p : dot) {
            p.x += static_cast<float>(radius * std::cos(a));
            p.y += static_cast<float>(radius * std::sin(a));
        }
        rings.push_back(std::move(dot));
    }
    return rings;
}

MarkerStyle restrictedTownMarker(double pxPerMm, bool isStale) {
    MarkerStyle marker;
    if (isStale) {
        for (const double radiusMm : {1.95, 2.85}) {
            marker.paths.push_back(
                filled({circleRing(radiusMm * pxPerMm)}, {0, 0, 0, 0}, kWhite.withOpacity(0.8), 0.75 * pxPerMm));
            marker.paths.push_back(filled(dottedRings(radiusMm * pxPerMm, 0.22 * pxPerMm, 0.9 * pxPerMm), kUnknown));
        }
        return marker;
    }
    for (const double radiusMm : {1.95, 2.85}) {
        marker.paths.push_back(filled({circleRing(radiusMm * pxPerMm)}, {0, 0, 0, 0}, kWhite, 0.85 * pxPerMm));
        marker.paths.push_back(filled({circleRing(radiusMm * pxPerMm)}, {0, 0, 0, 0}, kBlocked, 0.45 * pxPerMm));
    }
    return marker;
}

// A sheet of paper with lines: something was ordered.
MarkerStyle measureMarker(double pxPerMm, bool isStale) {
    const double r = 1.7 * pxPerMm;
    const Color ink = isStale ? kUnknown : kBlack;
    MarkerStyle marker;
    marker.paths = {rim({boxRing(r * 0.8, r)}, 0.3 * pxPerMm),
                    filled({boxRing(r * 0.8 - 0.1 * pxPerMm, r - 0.1 * pxPerMm)}, kWhite, ink, 0.25 * pxPerMm)};
    std::vector<Ring> text;
    for (const double y : {-0.5, 0.0, 0.5})
        text.push_back({point(-r * 0.45, y * r), point(y > 0 ? r * 0.1 : r * 0.45, y * r)});
    marker.paths.push_back(lines(std::move(text), ink, 0.25 * pxPerMm));
    return marker;
}

MarkerStyle incidentMarker(IncidentType type, std::optional<int> fatalities, double fade, double pxPerMm) {
    // Diameter of the circle of that area: 1.6 mm for none, 6 mm for 50, at most 9 mm.
    const double deaths = std::clamp(fatalities.value_or(0), 0, 1000);
    const double diameterMm = std::min(std::sqrt(1.6 * 1.6 + deaths / 50 * (6.0 * 6.0 - 1.6 * 1.6)), 9.0);
    const double radius = diameterMm / 2 * pxPerMm;
    const double opacity = std::clamp(fade, 0.0, 1.0);
    const std::vector<Ring> rings = incidentRings(type, radius);
    return {{filled(rings, {0, 0, 0, 0}, kWhite.withOpacity(opacity), 0.5 * pxPerMm),
             filled(rings, Color{0x33, 0x33, 0x33, 255}.withOpacity(0.85 * opacity))}};
}

} // namespace cordon
