#include "core/render/road_signs.h"

#include <algorithm>
#include <cmath>

namespace cordon {
namespace {

constexpr double kSignEveryMm = 60; // along a long stretch
constexpr double kSnapMm = 5;       // a sign's place this near to its road moves onto it
constexpr float kCellMm = 8;
constexpr double kTownMm = 1.3, kRingsMm = 3.2; // half the size of what is kept clear of
constexpr std::uint32_t kMostPlacesAvoided = 3000;

PageBox boxAround(PagePosition p, double half) {
    return cordon::boxAround(toPoint(p), static_cast<float>(half));
}

bool isNear(const PageBox& page, const std::vector<PageLine>& lines, double margin) {
    PageBox box;
    for (const PageLine& line : lines)
        for (const PagePosition p : line)
            box.include(static_cast<float>(p.x), static_cast<float>(p.y));
    return box.intersects(page.grown(static_cast<float>(margin)));
}

} // namespace

RoadSigns::RoadSigns(DrawContext& context, const RecordShapes& shapes)
    : m_context(context), m_shapes(shapes), m_mm(context.scene.view.pxPerMm()),
      m_towns(context.list.clips[0], kCellMm * static_cast<float>(m_mm)),
      m_signBoxes(context.list.clips[0], kCellMm * static_cast<float>(m_mm)) {
    findTowns();
}

void RoadSigns::findTowns() {
    const auto avoid = [&](LonLat place, double halfMm) {
        if (const auto p = m_shapes.toPage(place); p && isOnPage(m_context, *p))
            m_towns.add(boxAround(*p, halfMm * m_mm));
    };
    for (const auto& layer : m_context.scene.project->layers) {
        if (layer->role != LayerRole::Place || !layer->visible || layer->table == nullptr ||
            layer->table->featureCount > kMostPlacesAvoided)
            continue;
        for (std::uint32_t f = 0; f < layer->table->featureCount; ++f)
            if (const GeoBox box = layer->table->boxOf(f); !box.isEmpty())
                avoid({box.minX, box.minY}, kTownMm);
    }
    for (const ShownRecord<Restriction>& shown : m_context.situation.restrictions)
        if (shown.report->geometry.kind == SmallGeometry::Kind::Point)
            if (const auto place = placeOf(shown.report->geometry))
                avoid(*place, kRingsMm);
    for (const Incident* incident : m_context.situation.incidents)
        avoid(incident->location, kTownMm);
}

void RoadSigns::placeOn(const ShownRoad& road, const std::vector<PageLine>& lines) {
    m_radius = static_cast<double>(roadStatusSignSizePx(roadLookOf(road), m_mm)) / 2;
    if (m_radius <= 0)
        return;
    const bool isVisible = isNear(m_context.list.clips[0], lines, kSituationMarginMm * m_mm);
    bool isPlaced = false;
    for (const LonLat place : road.places) {
        const auto reported = m_shapes.toPage(place);
        if (!reported)
            continue;
        isPlaced = true;
        const NearestOnLine nearest = nearestOn(lines, *reported);
        if (lines.empty() || nearest.distance > kSnapMm * m_mm)
            put(*reported, road, true);
        else if (isVisible)
            slideFrom(lines[nearest.line], nearest.at, road);
    }
    if (isVisible)
        for (const PageLine& line : lines)
            everySixty(line, road, isPlaced);
}

void RoadSigns::draw() {
    for (auto sign = m_signs.rbegin(); sign != m_signs.rend(); ++sign) {
        if (sign->place)
            appendLeader(*sign);
        appendRoadStatusSign(m_context.list, toPoint(sign->at), roadLookOf(*sign->road), m_mm, m_context.clip);
        m_context.labelObstacles.push_back(boxAround(sign->at, sign->radius + 0.2 * m_mm));
        const std::string age =
            sign->road->isStale ? ageText(sign->road->ageDays, m_context.scene.project->map.language) : std::string();
        if (!age.empty())
            appendNote(m_context, age, toPoint({sign->at.x + sign->radius + 0.5 * m_mm, sign->at.y + 0.8 * m_mm}));
    }
}

void RoadSigns::appendLeader(const Sign& sign) {
    const std::uint32_t first = nextPart(m_context.list);
    appendPart(m_context.list, {*sign.place, sign.at});
    LineSymbol line;
    line.color = Color{0x1A, 0x1A, 0x1A, 255};
    line.widthMm = 0.3;
    appendLine(m_context.list, first, line, m_mm, m_context.clip);
}

void RoadSigns::add(Sign sign) {
    m_signBoxes.add(boxAround(sign.at, sign.radius));
    m_signs.push_back(sign);
}

bool RoadSigns::isClearOf(const LabelGrid& grid, PagePosition p, double air) const {
    bool isClear = true;
    grid.visit(boxAround(p, m_radius + air), [&](const PageBox& box) {
        const double half = static_cast<double>(box.width()) / 2;
        isClear = std::hypot((box.minX + box.maxX) / 2 - p.x, (box.minY + box.maxY) / 2 - p.y) >= half + m_radius + air;
        return isClear;
    });
    return isClear;
}

bool RoadSigns::isClear(PagePosition p) const {
    return isClearOfSigns(p) && isClearOf(m_towns, p, 0);
}

void RoadSigns::put(PagePosition p, const ShownRoad& road, bool always) {
    if (isOnPage(m_context, p) && (always ? isClearOfSigns(p) : isClear(p)))
        add({p, &road, m_radius});
}

// The nearest clear place along the road; failing that, the place itself unless a sign stands there.
void RoadSigns::slideFrom(const PageLine& line, double at, const ShownRoad& road) {
    const double length = lengthOf(line);
    for (double away = 0; away <= 12; away += 1.5)
        for (const double side : {1.0, -1.0}) {
            const double there = at + side * away * m_mm;
            if (there < 0 || there > length)
                continue;
            if (const PagePosition p = placeAt(line, there); isClear(p)) {
                put(p, road, false);
                return;
            }
        }
    // A stretch too short to slide along: beside it, rather than on a town's symbol.
    const PagePosition place = placeAt(line, at), ahead = placeAt(line, at + 0.2 * m_mm),
                       behind = placeAt(line, at - 0.2 * m_mm);
    const double dx = ahead.x - behind.x, dy = ahead.y - behind.y, step = std::hypot(dx, dy);
    for (const double side : {-1.0, 1.0}) {
        const double away = step > 0 ? side * (m_radius + 1.4 * m_mm) / step : 0;
        if (const PagePosition p{place.x - dy * away, place.y + dx * away}; isClear(p) && isOnPage(m_context, p)) {
            add({p, &road, m_radius, place});
            return;
        }
    }
    put(place, road, true);
}

// One in the middle of a line that has none, and more along a very long one.
void RoadSigns::everySixty(const PageLine& line, const ShownRoad& road, bool hasReport) {
    const double length = lengthOf(line), every = kSignEveryMm * m_mm;
    const auto count = static_cast<int>(length / every);
    const int wanted = std::min(std::max(count, hasReport ? 0 : 1), 40);
    for (int i = 0; i < wanted; ++i) {
        const double at = length * (i + 0.5) / wanted;
        const PagePosition p = placeAt(line, at);
        const bool isFar = std::none_of(m_signs.begin(), m_signs.end(), [&](const Sign& s) {
            const bool isSame = s.road == &road;
            return (isSame || (s.road->status == road.status && !road.isStale)) &&
                   std::hypot(s.at.x - p.x, s.at.y - p.y) < every * (isSame ? 0.6 : 0.2);
        });
        if (isFar && isOnPage(m_context, p))
            slideFrom(line, at, road);
    }
}

} // namespace cordon
