#include "core/model/road_snap.h"

#include "core/geo/geodesic.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <numbers>
#include <tuple>

namespace cordon {
namespace {

constexpr double kLeastMarginMeters = 50;
constexpr double kSamePlaceMeters = 1; // what is nearer to a cut lies on it
constexpr double kRadians = std::numbers::pi / 180;
// Shorter than a degree of latitude anywhere (110.57 km), so that boxes made with it are never too small.
constexpr double kLeastMetersPerDegree = 110000;

// Lower case, without the accents of Latin-1 and Œ, other characters than letters and digits one blank, and none
// between one or two letters and the number after them ("RN 6" is "rn6"). With a blank at either end, so that whole
// words can be looked for.
std::string folded(std::string_view text) {
    static constexpr std::string_view kPlain = "aaaaaaaceeeeiiiidnooooo ouuuuypsaaaaaaaceeeeiiiidnooooo ouuuuypy";
    std::string out = " ";
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        char plain = ' ';
        if (c >= 'A' && c <= 'Z')
            plain = static_cast<char>(c - 'A' + 'a');
        else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            plain = static_cast<char>(c);
        else if (c == 0xC3 && i + 1 < text.size())
            plain = kPlain[static_cast<unsigned char>(text[++i]) & 0x3F];
        else if (c >= 0x80) { // another script: kept as it is
            out += text[i];
            continue;
        }
        if (plain != ' ' || out.back() != ' ')
            out += plain;
    }
    if (out.back() != ' ')
        out += ' ';
    std::string joined;
    for (std::size_t i = 0; i < out.size(); ++i) {
        const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
        const bool isGap = out[i] == ' ' && i > 1 && i + 1 < out.size() && isDigit(out[i + 1]) &&
                           !isDigit(out[i - 1]) && (out[i - 2] == ' ' || (i > 2 && out[i - 3] == ' '));
        if (!isGap)
            joined += out[i];
    }
    return joined;
}

FloatBox boxAround(LonLat p, double meters) {
    const double dLat = meters / kLeastMetersPerDegree;
    const double farthestLat = std::min(std::abs(p.latDegrees) + dLat, 90.0);
    const double dLon = farthestLat > 89.9 ? 360 : std::min(360.0, dLat / std::cos(farthestLat * kRadians));
    return outwardBox(p.lonDegrees - dLon, p.latDegrees - dLat, p.lonDegrees + dLon, p.latDegrees + dLat);
}

bool isOnGlobe(LonLat p) {
    return std::abs(p.latDegrees) <= 90 && std::abs(p.lonDegrees) <= 540; // false for NaN
}

} // namespace

RoadSnapper::RoadSnapper(const Project& project) : m_lookup(project) {
    for (const std::string_view id : m_lookup.roadIds())
        addRoad(id);
    addJunctions();
    std::vector<FloatBox> boxes;
    boxes.reserve(m_segments.size());
    for (const Segment& s : m_segments) {
        const auto [west, east] = std::minmax(s.begin[0].lonDegrees, s.begin[1].lonDegrees);
        const auto [south, north] = std::minmax(s.begin[0].latDegrees, s.begin[1].latDegrees);
        boxes.push_back(outwardBox(west, south, east, north));
    }
    m_index = SpatialIndex(boxes);
}

void RoadSnapper::addRoad(std::string_view id) {
    Road road;
    road.id = id;
    road.name = m_lookup.nameOf(id);
    for (const std::string& name : m_lookup.namesOf(id))
        road.matched.push_back(folded(name));
    road.cutsMeters.push_back(0);
    const LonLat* last = nullptr; // the end of the part before
    for (const auto part : m_lookup.partsOf(id)) {
        if (part.size() < 2)
            continue;
        if (last && *last != part.front())
            road.cutsMeters.push_back(road.lengthMeters);
        for (std::size_t i = 1; i < part.size(); ++i) {
            const double length = distanceMeters(part[i - 1], part[i]);
            if (length > 0)
                m_segments.push_back(
                    {&part[i - 1], static_cast<std::uint32_t>(m_roads.size()), road.lengthMeters, length});
            road.lengthMeters += length;
        }
        last = &part.back();
    }
    if (road.lengthMeters <= 0)
        return;
    road.cutsMeters.push_back(road.lengthMeters);
    m_roads.push_back(std::move(road));
}

void RoadSnapper::addJunctions() {
    struct Vertex {
        LonLat place;
        std::uint32_t road;
        double alongMeters;
    };
    std::vector<Vertex> vertices;
    vertices.reserve(m_segments.size() * 2);
    for (const Segment& s : m_segments) {
        vertices.push_back({s.begin[0], s.road, s.alongMeters});
        vertices.push_back({s.begin[1], s.road, s.alongMeters + s.lengthMeters});
    }
    const auto placeOf = [](const Vertex& v) { return std::tie(v.place.lonDegrees, v.place.latDegrees); };
    std::sort(vertices.begin(), vertices.end(),
              [&](const Vertex& a, const Vertex& b) { return placeOf(a) < placeOf(b); });
    for (auto first = vertices.begin(); first != vertices.end();) {
        const auto end =
            std::find_if(first, vertices.end(), [&](const Vertex& v) { return placeOf(v) != placeOf(*first); });
        if (std::any_of(first, end, [&](const Vertex& v) { return v.road != first->road; }))
            for (auto v = first; v != end; ++v)
                m_roads[v->road].cutsMeters.push_back(v->alongMeters);
        first = end;
    }
    for (Road& road : m_roads) {
        std::sort(road.cutsMeters.begin(), road.cutsMeters.end());
        road.cutsMeters.erase(std::unique(road.cutsMeters.begin(), road.cutsMeters.end()), road.cutsMeters.end());
    }
}

std::vector<RoadPosition> RoadSnapper::within(LonLat point, double maxMeters) const {
    if (!isOnGlobe(point) || !(maxMeters >= 0))
        return {};
    std::vector<RoadPosition> found; // by road, one each
    std::vector<std::uint32_t> hits;
    for (const double turn : {0.0, 360.0, -360.0}) { // a road on the other side of the antimeridian
        const LonLat p{point.lonDegrees + turn, point.latDegrees};
        hits.clear();
        m_index.query(boxAround(p, maxMeters), hits);
        for (const std::uint32_t hit : hits) {
            const Segment& s = m_segments[hit];
            const SegmentPlace nearest = nearestOnSegment(s.begin[0], s.begin[1], p);
            if (nearest.distanceMeters <= maxMeters)
                found.push_back(
                    {s.road, s.alongMeters + nearest.fraction * s.lengthMeters, nearest.place, nearest.distanceMeters});
        }
    }
    const auto order = [](const RoadPosition& a, const RoadPosition& b) {
        return std::tie(a.road, a.distanceMeters, a.alongMeters) < std::tie(b.road, b.distanceMeters, b.alongMeters);
    };
    std::sort(found.begin(), found.end(), order);
    found.erase(std::unique(found.begin(), found.end(),
                            [](const RoadPosition& a, const RoadPosition& b) { return a.road == b.road; }),
                found.end());
    std::sort(found.begin(), found.end(), [](const RoadPosition& a, const RoadPosition& b) {
        return std::tie(a.distanceMeters, a.road) < std::tie(b.distanceMeters, b.road);
    });
    return found;
}

// Of the wanted roads, wherever they are.
std::optional<RoadPosition> RoadSnapper::nearest(LonLat point, const RoadTest& isWanted) const {
    constexpr double kHalfGlobeMeters = 20100000;
    for (double meters = 1000; meters < 4 * kHalfGlobeMeters; meters *= 4)
        for (const RoadPosition& p : within(point, meters))
            if (isWanted(p.road))
                return p;
    return std::nullopt;
}

std::vector<std::uint32_t> RoadSnapper::asked(const std::string& roadHint) const {
    std::vector<std::string> wanted, wantedFolded;
    std::string part;
    for (const char c : roadHint + ";") {
        if (c != ';' && c != ',') {
            part += c;
            continue;
        }
        if (const auto begin = part.find_first_not_of(' '); begin != std::string::npos) {
            wanted.push_back(part.substr(begin, part.find_last_not_of(' ') - begin + 1));
            wantedFolded.push_back(folded(wanted.back()));
        }
        part.clear();
    }
    std::vector<std::uint32_t> roads;
    const auto isIn = [](const auto& list, const std::string& one) {
        return std::find(list.begin(), list.end(), one) != list.end();
    };
    for (std::uint32_t r = 0; r < m_roads.size() && !wanted.empty(); ++r)
        if (isIn(wanted, m_roads[r].id) ||
            std::ranges::any_of(m_roads[r].matched, [&](const std::string& name) { return isIn(wantedFolded, name); }))
            roads.push_back(r);
    return roads;
}

std::vector<std::uint32_t> RoadSnapper::namedIn(const std::string& textHint) const {
    std::vector<std::uint32_t> roads;
    const std::string text = textHint.empty() ? std::string() : folded(textHint);
    const auto isInText = [&](const std::string& name) {
        // A bare number or a letter in a text is hardly the name of a road.
        return name.size() > 3 && name.find_first_not_of(" 0123456789") != std::string::npos &&
               text.find(name) != std::string::npos;
    };
    for (std::uint32_t r = 0; r < m_roads.size() && !text.empty(); ++r)
        if (std::ranges::any_of(m_roads[r].matched, isInText))
            roads.push_back(r);
    return roads;
}

bool RoadSnapper::isSameRoad(std::uint32_t a, std::uint32_t b) const {
    const auto& others = m_roads[b].matched;
    return a == b || std::ranges::any_of(m_roads[a].matched, [&](const std::string& name) {
               return std::find(others.begin(), others.end(), name) != others.end();
           });
}

RoadReference RoadSnapper::stretchAt(const RoadPosition& position) const {
    const Road& road = m_roads[position.road];
    const double at = position.alongMeters;
    double from = std::max(0.0, at - kStretchMeters), to = std::min(road.lengthMeters, at + kStretchMeters);
    for (const double cut : road.cutsMeters) {
        if (cut < at - kSamePlaceMeters)
            from = std::max(from, cut);
        else if (cut > at + kSamePlaceMeters)
            to = std::min(to, cut);
    }
    return {road.id, from / road.lengthMeters, to / road.lengthMeters};
}

SnapCandidate RoadSnapper::candidate(const RoadPosition& position) const {
    const Road& road = m_roads[position.road];
    return {road.id, road.name, std::clamp(position.alongMeters / road.lengthMeters, 0.0, 1.0), position.place,
            position.distanceMeters};
}

// Whether both have the same vertex within kStretchMeters of these places.
bool RoadSnapper::doMeet(std::uint32_t a, double aMeters, std::uint32_t b, double bMeters) const {
    const auto verticesNear = [&](std::uint32_t r, double along) {
        std::vector<LonLat> places;
        const MeasuredRoad measured = m_lookup.measured(m_roads[r].id);
        for (const double cut : m_roads[r].cutsMeters)
            if (std::abs(cut - along) <= kStretchMeters)
                if (const auto place = measured.pointAt(cut / m_roads[r].lengthMeters))
                    places.push_back(*place);
        return places;
    };
    const std::vector<LonLat> others = verticesNear(b, bMeters);
    for (const LonLat place : verticesNear(a, aMeters))
        for (const LonLat other : others)
            if (distanceMeters(place, other) <= kSamePlaceMeters)
                return true;
    return false;
}

// Rules 3 and 4. `inQuestion`: the nearest road first, it and those similarly near.
void RoadSnapper::choose(Snap& result, LonLat point, std::vector<RoadPosition> inQuestion,
                         const SnapQuery& query) const {
    const std::vector<std::uint32_t> named = namedIn(query.textHint);
    const auto isNamed = [&](std::uint32_t road) { return std::binary_search(named.begin(), named.end(), road); };
    const auto isUnnamed = [&](const RoadPosition& p) { return !isNamed(p.road); };
    if (!named.empty() && !result.isByHint) {
        if (std::ranges::all_of(inQuestion, isUnnamed)) {
            inQuestion.resize(1);
            if (const auto other = nearest(point, isNamed))
                inQuestion.push_back(*other);
        } else {
            result.isByHint = true;
            std::erase_if(inQuestion, isUnnamed);
        }
    }
    const RoadPosition best = inQuestion.front();
    for (const RoadPosition& p : inQuestion) {
        if (p.road != best.road && isSameRoad(best.road, p.road))
            continue;
        result.candidates.push_back(candidate(p));
        result.isJunction =
            result.isJunction || (p.road != best.road && doMeet(best.road, best.alongMeters, p.road, p.alongMeters));
    }
    result.outcome = result.candidates.size() > 1 ? SnapOutcome::Ambiguous : SnapOutcome::Snapped;
    if (result.outcome == SnapOutcome::Snapped)
        result.road = stretchAt(best);
}

Snap RoadSnapper::snapToChosen(LonLat point, const std::string& roadId) const {
    Snap result;
    result.isChosen = true;
    const auto found = nearest(point, [&](std::uint32_t road) { return m_roads[road].id == roadId; });
    if (!found)
        return result;
    result.outcome = SnapOutcome::Snapped;
    result.candidates = {candidate(*found)};
    result.road = stretchAt(*found);
    return result;
}

Snap RoadSnapper::snap(LonLat point, const SnapQuery& query) const {
    if (!query.chosenRoad.empty())
        return snapToChosen(point, query.chosenRoad);
    Snap result;
    const std::vector<std::uint32_t> roads = asked(query.roadHint);
    const RoadTest isAsked = [&](std::uint32_t road) {
        return roads.empty() || std::binary_search(roads.begin(), roads.end(), road);
    };
    result.isByHint = !roads.empty();
    const double maxMeters = std::isfinite(query.maxMeters) ? std::max(query.maxMeters, 0.0) : 0;
    const double error = std::max(query.positionErrorMeters, 0.0);
    std::vector<RoadPosition> near = within(point, maxMeters);
    std::erase_if(near, [&](const RoadPosition& p) { return !isAsked(p.road); });
    if (near.empty() || !std::isfinite(error)) {
        if (const auto found = nearest(point, isAsked))
            result.candidates.push_back(candidate(*found));
        return result;
    }
    const double meters = near.front().distanceMeters;
    const double similar = meters + std::max(kLeastMarginMeters, meters / 2);
    near = within(point, std::max(similar, error > 0 ? maxMeters + error : 0));
    std::erase_if(near, [&](const RoadPosition& p) { return !isAsked(p.road); });
    choose(result, point, std::move(near), query);
    return result;
}

double positionErrorMeters(LocationPrecision precision) {
    switch (precision) {
    case LocationPrecision::Approximate:
        return 2000;
    case LocationPrecision::Town:
        return 3000;
    case LocationPrecision::Region:
    case LocationPrecision::Country:
        return std::numeric_limits<double>::infinity();
    case LocationPrecision::Unknown:
    case LocationPrecision::Exact:
    case LocationPrecision::Segment:
        break;
    }
    return 0;
}

namespace {

std::string distanceText(double meters) {
    char text[32];
    if (meters < 1000)
        std::snprintf(text, sizeof text, "%.0f m", meters);
    else
        std::snprintf(text, sizeof text, "%.1f km", meters / 1000);
    return text;
}

std::string titleOf(const SnapCandidate& c) {
    return c.name.empty() || c.name == c.roadId ? c.roadId : c.roadId + " " + c.name;
}

std::string linkText(const SnapCandidate& c) {
    char at[16];
    std::snprintf(at, sizeof at, "%.2f", c.fraction);
    return distanceText(c.distanceMeters) + " from road " + titleOf(c) + " at " + at;
}

// The only point of a report that has nothing else.
const LonLat* pointOf(const RoadStatus& report) {
    const SmallGeometry& g = report.geometry;
    const bool isPoint = g.kind == SmallGeometry::Kind::Point && g.parts.size() == 1 && g.parts[0].points.size() == 1;
    return isPoint ? &g.parts[0].points[0] : nullptr;
}

} // namespace

std::string describe(const Snap& snap, const SnapQuery& query) {
    if (snap.outcome == SnapOutcome::Snapped)
        return linkText(snap.candidates.front()) + (snap.isChosen   ? ", as chosen"
                                                    : snap.isByHint ? ", as the report names it"
                                                                    : "");
    if (snap.outcome == SnapOutcome::None) {
        if (snap.isChosen)
            return "the chosen road '" + query.chosenRoad + "' is not in the project";
        if (!std::isfinite(query.positionErrorMeters))
            return "its point stands for a whole region";
        std::string text =
            (snap.isByHint ? "the road it names is not within " : "no road within ") + distanceText(query.maxMeters);
        if (!snap.candidates.empty())
            text += "; the nearest is " + titleOf(snap.candidates.front()) + " (" +
                    distanceText(snap.candidates.front().distanceMeters) + ")";
        return text;
    }
    std::string text = std::to_string(snap.candidates.size()) + " roads it may mean" +
                       (snap.isJunction ? ", which meet there" : "") + ":";
    for (const SnapCandidate& c : snap.candidates)
        text +=
            (&c == &snap.candidates.front() ? " " : ", ") + titleOf(c) + " (" + distanceText(c.distanceMeters) + ")";
    return text;
}

bool isSnappable(const RoadStatus& report) {
    return report.roads.empty() && pointOf(report);
}

SnapQuery snapQueryFor(const RoadStatus& report, double maxMeters) {
    return {maxMeters, positionErrorMeters(report.head.precision), "", report.head.place + " ; " + report.head.note,
            ""};
}

RoadStatus snapped(RoadStatus report, const Snap& snap) {
    if (snap.outcome == SnapOutcome::Snapped)
        report.roads = {snap.road};
    return report;
}

RoadStatus unsnapped(RoadStatus report) {
    if (pointOf(report))
        report.roads.clear();
    return report;
}

std::string snapLinkText(const RoadStatus& report, const RoadLookup& roads) {
    const LonLat* point = pointOf(report);
    std::string text;
    for (const RoadReference& road : report.roads) {
        if (!point || !roads.contains(road.roadId))
            continue;
        const auto nearest = roads.measured(road.roadId).nearestTo(*point);
        if (nearest)
            text += (text.empty() ? "" : "; ") +
                    linkText({road.roadId, roads.nameOf(road.roadId), nearest->fraction, {}, nearest->distanceMeters});
    }
    return text;
}

} // namespace cordon
