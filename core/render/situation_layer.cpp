#include "core/render/record_geometry.h"
#include "core/render/symbols.h"
#include "core/render/text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace cordon {
namespace {

constexpr double kMarginMm = 8;     // shapes are cut this far outside the page
constexpr double kSignEveryMm = 60; // along a long stretch
constexpr double kSnapMm = 5;       // a sign's place this near to its road moves onto it
constexpr double kSameIncidentPlaceMm = 2;
constexpr std::uint32_t kMostPlacesAvoided = 3000;
constexpr Color kRestricted{0xD5, 0x5E, 0x00, 255};

PagePoint toPoint(PagePosition p) {
    return {static_cast<float>(p.x), static_cast<float>(p.y)};
}

PageBox boxAround(PagePoint p, float half) {
    return {p.x - half, p.y - half, p.x + half, p.y + half};
}

std::uint32_t nextPart(const DisplayList& list) {
    return static_cast<std::uint32_t>(list.partStart.size() - 1);
}

// ---- control

// What is surer lies on top of what is vaguer.
int orderOf(ControlClass controlClass) {
    switch (controlClass) {
    case ControlClass::NoInformation:
        return 0;
    case ControlClass::Influence:
        return 1;
    case ControlClass::Support:
        return 2;
    case ControlClass::Control:
        return 3;
    case ControlClass::Contested:
        return 4;
    case ControlClass::AttackZone:
        return 5;
    }
    return 0;
}

Color colorOf(const Situation& situation, const std::string& actor) {
    const Actor* known = situation.findActor(actor);
    return known != nullptr ? known->color : Actor{}.color;
}

void appendControlAreas(DrawContext& context, const Layer& layer) {
    std::vector<const ControlArea*> areas = context.situation.controlAreas;
    std::stable_sort(areas.begin(), areas.end(), [](const ControlArea* a, const ControlArea* b) {
        return orderOf(a->controlClass) < orderOf(b->controlClass);
    });
    std::vector<std::string> ids;
    for (const ControlArea* area : areas)
        ids.insert(ids.end(), area->regions.begin(), area->regions.end());
    const Project& project = *context.scene.project;
    const FoundFeatures found = findFeatures(project, {LayerRole::Region, LayerRole::Country, LayerRole::Other}, ids);
    const double pxPerMm = context.scene.view.pxPerMm();
    const RecordShapes shapes(context, kMarginMm * pxPerMm);
    for (const ControlArea* area : areas) {
        context.throwIfStopped();
        const std::uint32_t first = nextPart(context.list);
        for (const LonLatLine& ring : ringsOf(area->area, area->regions, found))
            appendPart(context.list, shapes.cutRing(ring));
        if (nextPart(context.list) == first)
            continue;
        std::vector<Color> colors{colorOf(*project.situation, area->actor)};
        for (const std::string& other : area->otherActors)
            colors.push_back(colorOf(*project.situation, other));
        appendControlArea(context.list, first, area->controlClass, area->basis, colors, layer.opacity, pxPerMm,
                          context.clip);
    }
}

// ---- roads

// What stops more traffic lies on top.
int severityOf(RoadStatusKind status) {
    switch (status) {
    case RoadStatusKind::Open:
        return 0;
    case RoadStatusKind::Unknown:
        return 1;
    case RoadStatusKind::Difficult:
        return 2;
    case RoadStatusKind::Restricted:
        return 3;
    case RoadStatusKind::Contested:
        return 4;
    case RoadStatusKind::Impassable:
        return 5;
    case RoadStatusKind::Blocked:
        return 6;
    }
    return 0;
}

RoadStatusLook lookOf(const RoadStatus& status) {
    return {status.status, status.escortRequired, status.loadTonnes.has_value(), !status.hours.empty()};
}

struct StatusLines {
    const RoadStatus* status;
    std::vector<PageLine> lines; // whole, so that signs keep their places when the map moves
};

// Places signs: off one another and off the towns' symbols where the road leaves room for it.
class SignPlacer {
public:
    SignPlacer(DrawContext& context, const RecordShapes& shapes) : m_context(context) {
        const double mm = context.scene.view.pxPerMm();
        m_mm = mm;
        for (const auto& layer : context.scene.project->layers) {
            if (layer->role != LayerRole::Place || !layer->visible || layer->table == nullptr ||
                layer->table->featureCount > kMostPlacesAvoided)
                continue;
            for (const GeoBox& box : layer->table->boxes)
                if (!box.isEmpty())
                    if (const auto p = shapes.toPage({box.minX, box.minY}); p && isOnPage(*p))
                        m_towns.push_back(*p);
        }
        for (const Restriction* r : context.situation.restrictions) // their rings
            if (r->geometry.kind == SmallGeometry::Kind::Point && !r->geometry.parts.empty() &&
                !r->geometry.parts[0].points.empty())
                if (const auto p = shapes.toPage(r->geometry.parts[0].points[0]))
                    m_rings.push_back(*p);
        for (const Incident* incident : context.situation.incidents)
            if (const auto p = shapes.toPage(incident->location); p && isOnPage(*p))
                m_towns.push_back(*p);
    }

    void placeOn(const StatusLines& record, std::optional<PagePosition> reported) {
        const RoadStatusLook look = lookOf(*record.status);
        m_radius = static_cast<double>(roadStatusSignSizePx(look, m_mm)) / 2;
        if (m_radius <= 0)
            return;
        if (record.lines.empty()) {
            if (reported)
                put(*reported, look, true);
            return;
        }
        if (reported) {
            const NearestOnLine nearest = nearestOn(record.lines, *reported);
            if (nearest.distance > kSnapMm * m_mm)
                put(*reported, look, true);
            else
                slideFrom(record.lines[nearest.line], nearest.at, look);
        }
        for (const PageLine& line : record.lines)
            everySixty(line, look, reported.has_value());
    }

    // The worst last, on top.
    void draw() {
        std::stable_sort(m_signs.begin(), m_signs.end(), [](const Sign& a, const Sign& b) {
            return severityOf(a.look.status) < severityOf(b.look.status);
        });
        for (const Sign& sign : m_signs) {
            if (sign.place)
                appendLeader(sign);
            appendRoadStatusSign(m_context.list, toPoint(sign.at), sign.look, m_mm, m_context.clip);
            m_context.labelObstacles.push_back(
                boxAround(toPoint(sign.at), static_cast<float>(sign.radius + 0.2 * m_mm)));
        }
    }

private:
    struct Sign {
        PagePosition at;
        RoadStatusLook look;
        double radius;
        std::optional<PagePosition> place = std::nullopt; // where a short line leads to, for a sign beside its road
    };

    void appendLeader(const Sign& sign) {
        const std::uint32_t first = nextPart(m_context.list);
        appendPart(m_context.list, {*sign.place, sign.at});
        LineSymbol line;
        line.color = Color{0x1A, 0x1A, 0x1A, 255};
        line.widthMm = 0.3;
        appendLine(m_context.list, first, line, m_mm, m_context.clip);
    }

    bool isOnPage(PagePosition p) const {
        const double m = kMarginMm * m_mm;
        return p.x > -m && p.y > -m && p.x < m_context.scene.view.widthPx + m &&
               p.y < m_context.scene.view.heightPx + m;
    }

    double clearance(PagePosition p, const std::vector<PagePosition>& others) const {
        double nearest = 1e300;
        for (const PagePosition o : others)
            nearest = std::min(nearest, std::hypot(o.x - p.x, o.y - p.y));
        return nearest;
    }
    bool isClearOfSigns(PagePosition p) const {
        return std::none_of(m_signs.begin(), m_signs.end(), [&](const Sign& s) {
            return std::hypot(s.at.x - p.x, s.at.y - p.y) < s.radius + m_radius + 0.3 * m_mm;
        });
    }
    bool isClear(PagePosition p) const {
        return isClearOfSigns(p) && clearance(p, m_towns) > m_radius + 1.3 * m_mm &&
               clearance(p, m_rings) > m_radius + 3.2 * m_mm;
    }

    void put(PagePosition p, const RoadStatusLook& look, bool always) {
        if (isOnPage(p) && (always ? isClearOfSigns(p) : isClear(p)))
            m_signs.push_back({p, look, m_radius});
    }

    // The nearest clear place along the road; failing that, the place itself unless a sign stands there.
    bool slideFrom(const PageLine& line, double at, const RoadStatusLook& look) {
        const double length = lengthOf(line);
        for (double away = 0; away <= 12; away += 1.5)
            for (const double side : {1.0, -1.0}) {
                const double there = at + side * away * m_mm;
                if (there < 0 || there > length)
                    continue;
                if (const PagePosition p = placeAt(line, there); isClear(p)) {
                    put(p, look, false);
                    return true;
                }
            }
        // A stretch too short to slide along: beside it, rather than on a town's symbol.
        const PagePosition place = placeAt(line, at), ahead = placeAt(line, at + 0.2 * m_mm),
                           behind = placeAt(line, at - 0.2 * m_mm);
        const double dx = ahead.x - behind.x, dy = ahead.y - behind.y, step = std::hypot(dx, dy);
        for (const double side : {-1.0, 1.0}) {
            const double away = step > 0 ? side * (m_radius + 1.4 * m_mm) / step : 0;
            if (const PagePosition p{place.x - dy * away, place.y + dx * away}; isClear(p) && isOnPage(p)) {
                m_signs.push_back({p, look, m_radius, place});
                return true;
            }
        }
        put(place, look, true);
        return false;
    }

    // One in the middle of a stretch that has none, and more along a very long one.
    void everySixty(const PageLine& line, const RoadStatusLook& look, bool hasReport) {
        const double length = lengthOf(line), every = kSignEveryMm * m_mm;
        const auto count = static_cast<int>(length / every);
        const int wanted = std::min(std::max(count, hasReport ? 0 : 1), 40);
        for (int i = 0; i < wanted; ++i) {
            const double at = length * (i + 0.5) / wanted;
            const PagePosition p = placeAt(line, at);
            const bool isFar = std::none_of(m_signs.begin(), m_signs.end(), [&](const Sign& s) {
                return s.look.status == look.status && std::hypot(s.at.x - p.x, s.at.y - p.y) < every * 0.6;
            });
            if (isFar && isOnPage(p))
                slideFrom(line, at, look);
        }
    }

    DrawContext& m_context;
    double m_mm = 1;
    double m_radius = 0;                        // of the sign being placed
    std::vector<PagePosition> m_towns, m_rings; // and incidents with the towns
    std::vector<Sign> m_signs;
};

std::optional<LonLat> reportedPlace(const SmallGeometry& geometry) {
    if (geometry.kind == SmallGeometry::Kind::Point && !geometry.parts.empty() && !geometry.parts[0].points.empty())
        return geometry.parts[0].points[0];
    return std::nullopt;
}

// Names stand beside the roads of the situation rather than on them.
void hinderLabels(DrawContext& context, const PageLine& line) {
    const double mm = context.scene.view.pxPerMm(), length = lengthOf(line);
    for (double at = 0; at <= length; at += 1.5 * mm)
        context.labelHindrances.push_back(boxAround(toPoint(placeAt(line, at)), static_cast<float>(0.6 * mm)));
}

void appendRoadStatuses(DrawContext& context, const Layer& layer) {
    std::vector<const RoadStatus*> statuses = context.situation.roadStatuses;
    if (statuses.empty())
        return;
    std::stable_sort(statuses.begin(), statuses.end(), [](const RoadStatus* a, const RoadStatus* b) {
        return severityOf(a->status) < severityOf(b->status);
    });
    std::vector<std::string> ids;
    for (const RoadStatus* status : statuses)
        for (const RoadReference& reference : status->roads)
            ids.push_back(reference.roadId);
    const FoundFeatures found = findFeatures(*context.scene.project, {LayerRole::Road, LayerRole::Track}, ids);
    const double pxPerMm = context.scene.view.pxPerMm();
    const RecordShapes shapes(context, kMarginMm * pxPerMm);
    std::vector<StatusLines> records;
    for (const RoadStatus* status : statuses) {
        context.throwIfStopped();
        StatusLines record{status, {}};
        const std::uint32_t first = nextPart(context.list);
        for (const LonLatLine& line : linesOf(*status, found)) {
            for (const PageLine& piece : shapes.cutLine(line)) {
                appendPart(context.list, piece);
                if (status->status != RoadStatusKind::Open)
                    hinderLabels(context, piece);
            }
            for (PageLine& whole : shapes.project(line))
                record.lines.push_back(std::move(whole));
        }
        if (nextPart(context.list) > first)
            appendRoadStatus(context.list, first, lookOf(*status), layer.opacity, pxPerMm, context.clip);
        records.push_back(std::move(record));
    }
    SignPlacer signs(context, shapes);
    for (auto record = records.rbegin(); record != records.rend(); ++record) { // the worst takes its place first
        const auto reported = reportedPlace(record->status->geometry);
        signs.placeOn(*record, reported ? shapes.toPage(*reported) : std::nullopt);
    }
    signs.draw();
}

// ---- restrictions

LabelSymbol restrictedName() {
    LabelSymbol symbol;
    symbol.sizePt = 8;
    symbol.bold = true;
    symbol.color = Color{0x1A, 0x1A, 0x1A, 255};
    return symbol;
}

void appendRestrictedArea(DrawContext& context, const Restriction& restriction, const RecordShapes& shapes,
                          double opacity) {
    const double pxPerMm = context.scene.view.pxPerMm();
    const std::uint32_t first = nextPart(context.list);
    PageBox box;
    for (const SmallGeometry::Part& part : restriction.geometry.parts) {
        const PageLine ring = shapes.cutRing(part.points);
        appendPart(context.list, ring);
        for (const PagePosition p : ring)
            box.include(static_cast<float>(p.x), static_cast<float>(p.y));
    }
    const std::uint32_t count = nextPart(context.list) - first;
    if (count == 0)
        return;
    LineSymbol line; // a double line, as the double ring of a town
    for (const auto& [color, widthMm] : {std::pair{Color{255, 255, 255, 255}, 1.7}, std::pair{kRestricted, 1.3},
                                         std::pair{Color{255, 255, 255, 255}, 0.5}}) {
        line.color = color.withOpacity(opacity);
        line.widthMm = widthMm;
        appendLine(context.list, first, line, pxPerMm, context.clip, count);
    }
    LabelWish wish;
    wish.where = LabelWish::Where::InArea;
    wish.text = restriction.head.place;
    wish.symbol = restrictedName();
    wish.priority = kSituationPriority;
    wish.anchor = {(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2};
    context.labels.push_back(std::move(wish));
}

void appendRestrictions(DrawContext& context, const Layer& layer) {
    const double pxPerMm = context.scene.view.pxPerMm();
    const RecordShapes shapes(context, kMarginMm * pxPerMm);
    MarkerStyle rings = restrictedTownMarker(pxPerMm);
    for (MarkerPath& path : rings.paths)
        path.stroke = path.stroke.withOpacity(layer.opacity);
    for (const Restriction* restriction : context.situation.restrictions) {
        if (restriction->geometry.kind == SmallGeometry::Kind::Polygon) {
            appendRestrictedArea(context, *restriction, shapes, layer.opacity);
            continue;
        }
        const auto place = reportedPlace(restriction->geometry);
        const auto at = place ? shapes.toPage(*place) : std::nullopt;
        if (!at || !context.list.clips[context.clip].grown(rings.radiusPx()).contains(toPoint(*at).x, toPoint(*at).y))
            continue;
        appendMarker(context.list, rings, toPoint(*at), context.clip);
        context.labelObstacles.push_back(boxAround(toPoint(*at), rings.radiusPx()));
        LabelWish wish;
        wish.text = restriction->head.place;
        wish.symbol = restrictedName();
        wish.priority = kSituationPriority;
        wish.anchor = toPoint(*at);
        wish.symbolRadiusPx = rings.radiusPx();
        context.labels.push_back(std::move(wish));
    }
}

// ---- incidents

struct IncidentGroup {
    PagePosition at;
    const Incident* first = nullptr; // the newest
    int count = 0;
    std::optional<int> fatalities;
    std::map<IncidentType, int> types;
};

double fadeOf(const Incident& incident, const TimeFilter& filter) {
    const auto window = std::chrono::duration<double>(std::chrono::days{std::max(filter.incidentDays, 1)});
    const auto age = std::chrono::duration<double>(filter.asOf - incident.head.valid.begin);
    return 1 - 0.65 * std::clamp(age / window, 0.0, 1.0);
}

// Newest first; what lies within a symbol's width of an earlier one joins it.
std::vector<IncidentGroup> groupsOf(const DrawContext& context, const RecordShapes& shapes) {
    std::vector<const Incident*> incidents = context.situation.incidents;
    std::stable_sort(incidents.begin(), incidents.end(),
                     [](const Incident* a, const Incident* b) { return a->head.valid.begin > b->head.valid.begin; });
    const double pxPerMm = context.scene.view.pxPerMm(), near = kSameIncidentPlaceMm * pxPerMm;
    const double margin = kMarginMm * pxPerMm;
    std::vector<IncidentGroup> groups;
    std::map<std::pair<long, long>, std::vector<std::size_t>> cells; // of `near` px
    for (const Incident* incident : incidents) {
        const auto at = shapes.toPage(incident->location);
        if (!at || at->x < -margin || at->y < -margin || at->x > context.scene.view.widthPx + margin ||
            at->y > context.scene.view.heightPx + margin)
            continue;
        const long column = std::lround(std::floor(at->x / near)), row = std::lround(std::floor(at->y / near));
        std::size_t joined = groups.size();
        for (long r = row - 1; r <= row + 1; ++r)
            for (long c = column - 1; c <= column + 1; ++c)
                if (const auto cell = cells.find({c, r}); cell != cells.end())
                    for (const std::size_t g : cell->second)
                        if (std::hypot(groups[g].at.x - at->x, groups[g].at.y - at->y) < near)
                            joined = std::min(joined, g);
        if (joined == groups.size()) {
            groups.push_back({*at, incident, 0, std::nullopt, {}});
            cells[{column, row}].push_back(joined);
        }
        IncidentGroup& group = groups[joined];
        ++group.count;
        ++group.types[incident->type];
        if (incident->fatalitiesBest)
            group.fatalities = group.fatalities.value_or(0) + *incident->fatalitiesBest;
    }
    return groups;
}

// The type of most of them; the newest one's where two are as many.
IncidentType typeOf(const IncidentGroup& group) {
    IncidentType best = group.first->type;
    for (const auto& [type, count] : group.types)
        if (count > group.types.at(best))
            best = type;
    return best;
}

void appendCount(DrawContext& context, const IncidentGroup& group, float radius) {
    const auto mm = static_cast<float>(context.scene.view.pxPerMm());
    Text text;
    text.utf8 = "×" + std::to_string(group.count);
    text.bold = true;
    text.sizePx = static_cast<float>(6.5 * context.list.dpi / 72);
    text.color = Color{0x1A, 0x1A, 0x1A, 255};
    text.halo = Color{255, 255, 255, 217};
    text.haloPx = 0.35F * mm;
    const TextExtent extent = measureText(text.utf8, text.sizePx, true);
    text.widthPx = extent.advancePx;
    const PagePoint at = toPoint(group.at);
    text.at = {at.x + radius * 0.8F + 0.1F * mm, at.y - radius * 0.3F};
    const PageBox box{text.at.x, text.at.y - extent.capHeightPx, text.at.x + text.widthPx, text.at.y};
    const PageBox& frame = context.list.clips[context.clip];
    if (!frame.contains(box.minX, box.minY) || !frame.contains(box.maxX, box.maxY))
        return;
    context.list.texts.push_back(text);
    context.labelObstacles.push_back(box);
}

void appendIncidents(DrawContext& context, const Layer& layer) {
    const double pxPerMm = context.scene.view.pxPerMm();
    const RecordShapes shapes(context, kMarginMm * pxPerMm);
    std::vector<IncidentGroup> groups = groupsOf(context, shapes);
    // The largest at the bottom, the newest on top.
    std::stable_sort(groups.begin(), groups.end(), [](const IncidentGroup& a, const IncidentGroup& b) {
        if (a.fatalities.value_or(0) != b.fatalities.value_or(0))
            return a.fatalities.value_or(0) > b.fatalities.value_or(0);
        return a.first->head.valid.begin < b.first->head.valid.begin;
    });
    for (const IncidentGroup& group : groups) {
        context.throwIfStopped();
        const double fade = fadeOf(*group.first, context.scene.time);
        MarkerStyle marker = incidentMarker(typeOf(group), group.fatalities, fade * layer.opacity, pxPerMm);
        const float radius = marker.radiusPx();
        appendMarker(context.list, marker, toPoint(group.at), context.clip);
        context.labelObstacles.push_back(boxAround(toPoint(group.at), radius));
        if (group.count > 1)
            appendCount(context, group, radius);
    }
}

} // namespace

void appendSituationLayer(DrawContext& context, const Layer& layer) {
    if (!layer.visible || layer.opacity <= 0)
        return;
    switch (layer.role) {
    case LayerRole::ControlAreas:
        return appendControlAreas(context, layer);
    case LayerRole::RoadStatuses:
        return appendRoadStatuses(context, layer);
    case LayerRole::Restrictions:
        return appendRestrictions(context, layer);
    case LayerRole::Incidents:
        return appendIncidents(context, layer);
    default:
        return;
    }
}

} // namespace cordon
