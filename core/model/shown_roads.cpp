#include "core/model/shown_roads.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <numeric>
#include <tuple>

namespace cordon {
namespace {

using Line = std::vector<LonLat>;

const RoadStatus& decidingReport(const RoadStretch& stretch) {
    const auto found = std::find_if(stretch.reports.begin(), stretch.reports.end(),
                                    [&](const RoadStatus* r) { return r->status == stretch.lastKnown; });
    return found == stretch.reports.end() ? *stretch.reports.front() : **found;
}

// What a reader could tell apart.
auto lookOf(const RoadStretch& s) {
    const RoadStatus& report = decidingReport(s);
    const bool isRestricted = s.status == RoadStatusKind::Restricted;
    return std::tuple(s.status, s.lastKnown, s.isStale, s.isContested, s.direction,
                      isRestricted && report.escortRequired, isRestricted && report.loadTonnes.has_value(),
                      isRestricted && !report.hours.empty(), s.isStale ? std::floor(s.ageDays) : 0.0);
}

// Sets of stretches, by union and find.
class Sets {
public:
    explicit Sets(std::size_t count) : m_parent(count) { std::iota(m_parent.begin(), m_parent.end(), std::size_t{0}); }
    std::size_t rootOf(std::size_t i) {
        while (m_parent[i] != i)
            i = m_parent[i] = m_parent[m_parent[i]];
        return i;
    }
    void join(std::size_t a, std::size_t b) {
        a = rootOf(a);
        b = rootOf(b);
        m_parent[std::max(a, b)] = std::min(a, b);
    }

private:
    std::vector<std::size_t> m_parent;
};

// Stretches of one look belong together if a report speaks of both or they touch on their road; in the order of their
// first stretch.
std::vector<std::vector<const RoadStretch*>> runsOf(const std::vector<RoadStretch>& stretches) {
    using Look = decltype(lookOf(stretches.front()));
    Sets sets(stretches.size());
    std::map<std::pair<const RoadStatus*, Look>, std::size_t> ofReport;
    for (std::size_t i = 0; i < stretches.size(); ++i) {
        const RoadStretch& s = stretches[i];
        const Look look = lookOf(s);
        for (const RoadStatus* report : s.reports)
            if (const auto [same, isNew] = ofReport.try_emplace({report, look}, i); !isNew)
                sets.join(i, same->second);
        if (i > 0 && !s.roadId.empty() && stretches[i - 1].roadId == s.roadId &&
            stretches[i - 1].toFraction == s.fromFraction && lookOf(stretches[i - 1]) == look)
            sets.join(i, i - 1);
    }
    std::vector<std::vector<const RoadStretch*>> runs(stretches.size());
    for (std::size_t i = 0; i < stretches.size(); ++i)
        runs[sets.rootOf(i)].push_back(&stretches[i]);
    std::erase_if(runs, [](const auto& run) { return run.empty(); });
    return runs;
}

// Puts lines end to end where they meet, turning them round where that may be.
std::vector<Line> joined(std::vector<Line> lines, bool mayTurn) {
    std::vector<Line> result;
    for (Line& line : lines) {
        for (bool isAdded = true; isAdded;) {
            isAdded = false;
            for (std::size_t i = 0; i < result.size(); ++i) {
                Line& other = result[i];
                if (mayTurn && (other.front() == line.front() || other.back() == line.back()))
                    std::reverse(line.begin(), line.end());
                if (other.back() == line.front())
                    other.insert(other.end(), line.begin() + 1, line.end());
                else if (line.back() == other.front())
                    other.insert(other.begin(), line.begin(), line.end() - 1);
                else
                    continue;
                line = std::move(other); // it may now meet another one
                result.erase(result.begin() + static_cast<std::ptrdiff_t>(i));
                isAdded = true;
                break;
            }
        }
        result.push_back(std::move(line));
    }
    return result;
}

// In degrees of latitude, on a plane round `p`: good enough to tell which of two places is nearer.
double distanceDegrees(LonLat p, const std::vector<Line>& lines) {
    const double shrink = std::cos(p.latDegrees * std::numbers::pi / 180);
    double nearest = 1e300;
    for (const Line& line : lines)
        for (std::size_t i = 1; i < line.size(); ++i) {
            const double ax = (line[i - 1].lonDegrees - p.lonDegrees) * shrink,
                         ay = line[i - 1].latDegrees - p.latDegrees;
            const double dx = (line[i].lonDegrees - line[i - 1].lonDegrees) * shrink,
                         dy = line[i].latDegrees - line[i - 1].latDegrees;
            const double length2 = dx * dx + dy * dy;
            const double t = length2 > 0 ? std::clamp(-(ax * dx + ay * dy) / length2, 0.0, 1.0) : 0;
            nearest = std::min(nearest, std::hypot(ax + t * dx, ay + t * dy));
        }
    return nearest;
}

// Adjoining references become one.
std::vector<RoadReference> mergedStretches(const std::vector<const RoadStretch*>& run) {
    std::vector<RoadReference> result;
    for (const RoadStretch* s : run) {
        if (s->roadId.empty())
            continue;
        if (!result.empty() && result.back().roadId == s->roadId && result.back().toFraction == s->fromFraction)
            result.back().toFraction = s->toFraction;
        else
            result.push_back({std::string(s->roadId), s->fromFraction, s->toFraction});
    }
    return result;
}

bool covers(const std::vector<RoadReference>& stretches, const RoadReference& road) {
    const auto [from, to] = std::minmax(road.fromFraction, road.toFraction);
    return std::any_of(stretches.begin(), stretches.end(), [&, f = from, t = to](const RoadReference& s) {
        return s.roadId == road.roadId && s.fromFraction <= f && t <= s.toFraction;
    });
}

class Builder {
public:
    explicit Builder(MeasuredRoads& measured) : m_measured(measured) {}

    ShownRoad build(const std::vector<const RoadStretch*>& run) {
        const RoadStretch& first = *run.front();
        ShownRoad road{first.status, first.lastKnown, first.isStale, first.isContested, first.ageDays, first.direction};
        const RoadStatus& report = decidingReport(first);
        if (road.status == RoadStatusKind::Restricted) {
            road.escort = report.escortRequired;
            road.load = report.loadTonnes.has_value();
            road.hours = !report.hours.empty();
        }
        for (const RoadStretch* s : run)
            for (const RoadStatus* r : s->reports)
                if (std::find(road.reports.begin(), road.reports.end(), r) == road.reports.end())
                    road.reports.push_back(r);
        road.stretches = mergedStretches(run);
        addLines(road);
        addPlaces(road);
        return road;
    }

private:
    void addLines(ShownRoad& road) {
        for (const RoadReference& s : road.stretches) {
            const MeasuredRoad& measured = m_measured.of(s.roadId);
            if (s.fromFraction == s.toFraction) {
                if (const auto place = measured.pointAt(s.fromFraction))
                    road.places.push_back(*place);
                continue;
            }
            for (Line& line : measured.stretch(s.fromFraction, s.toFraction).lines)
                road.lines.push_back(std::move(line));
        }
        const SmallGeometry& own = road.reports.front()->geometry;
        if (road.lines.empty() && road.places.empty() && own.kind == SmallGeometry::Kind::Line)
            for (const SmallGeometry::Part& part : own.parts)
                if (part.points.size() > 1)
                    road.lines.push_back(part.points);
        road.lines = joined(std::move(road.lines), road.direction == TrafficDirection::Both);
    }

    // The places that the reports name, as far as they lie on these stretches rather than on another of the report,
    // where something else may hold. Where reports disagree or are stale one place is enough.
    void addPlaces(ShownRoad& road) {
        for (const RoadStatus* report : road.reports) {
            const SmallGeometry& geometry = report->geometry;
            if (geometry.kind != SmallGeometry::Kind::Point || geometry.parts.empty() ||
                geometry.parts[0].points.empty())
                continue;
            const LonLat place = geometry.parts[0].points[0];
            if (isHere(place, *report, road) &&
                std::find(road.places.begin(), road.places.end(), place) == road.places.end())
                road.places.push_back(place);
            if ((road.isStale || road.isContested) && !road.places.empty())
                return;
        }
    }

    bool isHere(LonLat place, const RoadStatus& report, const ShownRoad& road) {
        if (road.lines.empty())
            return road.stretches.empty() || road.places.empty();
        std::vector<Line> elsewhere;
        for (const RoadReference& reference : report.roads)
            if (!covers(road.stretches, reference))
                for (Line& line : m_measured.of(reference.roadId)
                                      .stretch(std::min(reference.fromFraction, reference.toFraction),
                                               std::max(reference.fromFraction, reference.toFraction))
                                      .lines)
                    elsewhere.push_back(std::move(line));
        return elsewhere.empty() || distanceDegrees(place, road.lines) <= distanceDegrees(place, elsewhere) + 1e-9;
    }

    MeasuredRoads& m_measured;
};

} // namespace

const MeasuredRoad& MeasuredRoads::of(const std::string& roadId) {
    const auto [found, isNew] = m_measured.try_emplace(roadId);
    if (isNew)
        found->second = m_roads.measured(roadId);
    return found->second;
}

std::vector<ShownRoad> shownRoads(const std::vector<RoadStretch>& stretches, MeasuredRoads& measured) {
    std::vector<ShownRoad> result;
    Builder builder(measured);
    for (const auto& run : runsOf(stretches))
        result.push_back(builder.build(run));
    return result;
}

std::string describe(const ShownRoad& road) {
    RoadStretch stretch;
    stretch.status = road.status;
    stretch.lastKnown = road.lastKnown;
    stretch.isStale = road.isStale;
    stretch.isContested = road.isContested;
    stretch.ageDays = road.ageDays;
    stretch.reports = road.reports;
    return describe(stretch);
}

} // namespace cordon
