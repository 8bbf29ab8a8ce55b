#include "core/network/obstacles.h"

#include "core/network/fast_length.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace cordon {
namespace {

constexpr double kPointMeters = 1000, kLineMeters = 100, kLookEveryMeters = 1000;

bool isLifted(const RecordHead& head, const AccessQuery& query) {
    return std::find(query.lifted.begin(), query.lifted.end(), head.id) != query.lifted.end();
}

struct Verdict {
    double factor = 1;
    std::string why;
};

Verdict restricted(const RoadStretch& stretch, const AccessQuery& query, double factor) {
    std::string why = "restricted";
    for (const RoadStatus* report : stretch.reports) {
        if (report->status != RoadStatusKind::Restricted)
            continue;
        if (report->escortRequired) {
            why += ", escort required";
            if (query.userClass != UserClass::Convoy)
                factor = kShut;
        }
        if (report->loadTonnes && query.loadTonnes && *query.loadTonnes > *report->loadTonnes) {
            why += ", load limit";
            factor = kShut;
        }
        if (!report->vehicleClass.empty() && !query.vehicle.empty() && report->vehicleClass != query.vehicle) {
            why += ", " + report->vehicleClass + " only";
            factor = kShut;
        }
        if (!report->hours.empty()) {
            why += ", hours " + report->hours;
            // Hours that cannot be read are not taken for open ones.
            if (query.timeOfDay && !isWithinHours(report->hours, *query.timeOfDay).value_or(false))
                factor = kShut;
        }
        break; // the latest that says so
    }
    return {factor, why};
}

Verdict judge(const RoadStretch& stretch, const AccessQuery& query) {
    const RoadStatusKind status = stretch.isStale ? stretch.lastKnown : stretch.status;
    const double factor = query.policy.byStatus[static_cast<std::size_t>(status)];
    if (stretch.isStale && query.policy.stale)
        return {*query.policy.stale, describe(stretch)};
    if (status == RoadStatusKind::Restricted) {
        Verdict verdict = restricted(stretch, query, factor);
        if (stretch.isStale)
            verdict.why = describe(stretch);
        return verdict;
    }
    return {factor, describe(stretch)};
}

// The stretch as it would be without the reports the question lifts; false: nothing is left of it.
bool liftReports(RoadStretch& stretch, const AccessQuery& query) {
    const std::size_t before = stretch.reports.size();
    std::erase_if(stretch.reports, [&](const RoadStatus* report) { return isLifted(report->head, query); });
    if (stretch.reports.size() == before)
        return true;
    if (stretch.reports.empty())
        return false;
    const RoadStatusKind first = stretch.reports.front()->status;
    if (stretch.isContested && std::all_of(stretch.reports.begin(), stretch.reports.end(),
                                           [&](const RoadStatus* report) { return report->status == first; })) {
        stretch.isContested = false;
        stretch.status = first;
    }
    return true;
}

class Placing {
public:
    Placing(const AccessNetwork& network, const AccessQuery& query, Warnings& warnings)
        : m_network(network), m_query(query), m_warnings(warnings) {}

    void add(RoadStretch stretch) {
        if (!liftReports(stretch, m_query))
            return;
        const Verdict verdict = judge(stretch, m_query);
        Obstacle obstacle;
        obstacle.direction = stretch.direction;
        obstacle.status = stretch.isStale ? stretch.lastKnown : stretch.status;
        obstacle.isStale = stretch.isStale;
        obstacle.factor = verdict.factor;
        obstacle.why = verdict.why;
        obstacle.reports = stretch.reports;
        if (const auto road = m_network.ids.find(std::string(stretch.roadId)); road && !stretch.roadId.empty())
            place(std::move(obstacle), *road, stretch.fromFraction, stretch.toFraction);
        else
            placeByGeometry(obstacle, stretch);
    }

    std::vector<Obstacle> take() { return std::move(m_obstacles); }

private:
    // Without what the question opens.
    void place(Obstacle obstacle, std::uint32_t road, double from, double to) {
        obstacle.road = road;
        std::vector<std::pair<double, double>> left{{from, to}};
        for (const RoadReference& opened : m_query.opened) {
            if (m_network.ids.find(opened.roadId) != road)
                continue;
            std::vector<std::pair<double, double>> next;
            for (const auto& [a, b] : left) {
                if (b < opened.fromFraction || a > opened.toFraction) {
                    next.emplace_back(a, b);
                    continue;
                }
                if (a < opened.fromFraction)
                    next.emplace_back(a, opened.fromFraction);
                if (b > opened.toFraction)
                    next.emplace_back(opened.toFraction, b);
            }
            left = std::move(next);
        }
        for (const auto& [a, b] : left) {
            obstacle.fromFraction = a;
            obstacle.toFraction = b;
            m_obstacles.push_back(obstacle);
        }
    }

    void placeByGeometry(const Obstacle& obstacle, const RoadStretch& stretch) {
        const RoadStatus& report = *stretch.reports.front();
        std::map<std::uint32_t, std::pair<double, double>> reach; // road, from and to
        const double most = report.geometry.kind == SmallGeometry::Kind::Line ? kLineMeters : kPointMeters;
        for (const SmallGeometry::Part& part : report.geometry.parts)
            for (std::size_t i = 0; i < part.points.size(); ++i)
                for (const LonLat p : sampled(part.points, i, report.geometry.kind))
                    if (const auto at = m_network.nearestRoad(p, most); at && at->edge != kNone) {
                        auto [found, isNew] =
                            reach.try_emplace(m_network.graph.roadOf(at->edge), at->fraction, at->fraction);
                        found->second.first = std::min(found->second.first, at->fraction);
                        found->second.second = std::max(found->second.second, at->fraction);
                    }
        for (const auto& [road, span] : reach)
            place(obstacle, road, span.first, span.second);
        const std::string name =
            "The report " + report.head.id + (report.head.place.empty() ? "" : " (" + report.head.place + ")");
        if (reach.empty())
            warn(name +
                     (stretch.roadId.empty() ? std::string(" names no road and lies on none")
                                             : " names the road '" + std::string(stretch.roadId) +
                                                   "', which is in no layer, and lies on none") +
                     "; it is left out of the network: name the road it is on.",
                 true);
        else if (!stretch.roadId.empty())
            warn(name + " names the road '" + std::string(stretch.roadId) +
                     "', which is in no layer; it was placed by its position on " +
                     m_network.graph.nameOf(reach.begin()->first) + ".",
                 false);
    }

    void warn(std::string text, bool leftOut) {
        if (m_said.insert(text).second)
            m_warnings.push_back({std::move(text), leftOut});
    }

    // Points every 200 m from vertex i of a line to the next.
    static std::vector<LonLat> sampled(const std::vector<LonLat>& points, std::size_t i, SmallGeometry::Kind kind) {
        std::vector<LonLat> samples{points[i]};
        if (kind != SmallGeometry::Kind::Line || i + 1 >= points.size())
            return samples;
        const int steps = std::min(static_cast<int>(stepMeters(points[i], points[i + 1]) / 200), 1000);
        for (int s = 1; s < steps; ++s) {
            const double t = static_cast<double>(s) / steps;
            samples.push_back({points[i].lonDegrees + t * (points[i + 1].lonDegrees - points[i].lonDegrees),
                               points[i].latDegrees + t * (points[i + 1].latDegrees - points[i].latDegrees)});
        }
        return samples;
    }

    const AccessNetwork& m_network;
    const AccessQuery& m_query;
    Warnings& m_warnings;
    std::set<std::string> m_said;
    std::vector<Obstacle> m_obstacles;
};

bool isInside(const std::vector<GeoRing>& rings, LonLat p) {
    bool inside = false;
    for (const GeoRing& ring : rings)
        inside ^= crossesOddly(ring.points, p);
    return inside;
}

template <class Inside>
std::vector<std::pair<std::uint32_t, float>> sharesInside(const AccessNetwork& network, const GeoBox& box,
                                                          Inside inside) {
    std::vector<std::uint32_t> runs;
    network.index.query(outwardBox(box.minX, box.minY, box.maxX, box.maxY), runs);
    std::set<std::uint32_t> edges;
    for (const std::uint32_t r : runs) {
        const SegmentRun& run = network.index.runs()[r];
        for (std::uint32_t e = network.firstEdgeOfChain[run.chain]; e < network.firstEdgeOfChain[run.chain + 1]; ++e)
            edges.insert(e);
    }
    std::vector<std::pair<std::uint32_t, float>> shares;
    for (const std::uint32_t e : edges) {
        const std::vector<LonLat> line = network.graph.geometryOf(e);
        double total = 0, covered = 0;
        bool touches = false;
        for (std::size_t i = 1; i < line.size(); ++i) {
            const double step = stepMeters(line[i - 1], line[i]);
            const int looks = 1 + static_cast<int>(step / kLookEveryMeters);
            for (int k = 0; k < looks; ++k) {
                const double t = (k + 0.5) / looks;
                const LonLat p{line[i - 1].lonDegrees + t * (line[i].lonDegrees - line[i - 1].lonDegrees),
                               line[i - 1].latDegrees + t * (line[i].latDegrees - line[i - 1].latDegrees)};
                total += step / looks;
                if (inside(p)) {
                    touches = true;
                    covered += step / looks;
                }
            }
        }
        if (touches)
            shares.emplace_back(e, total > 0 ? static_cast<float>(covered / total) : 1.0F);
    }
    return shares;
}

} // namespace

std::vector<Obstacle> reportedObstacles(const AccessNetwork& network, const SituationIndex& index,
                                        const AccessQuery& query, Warnings& warnings) {
    Placing placing(network, query, warnings);
    for (RoadStretch& stretch : roadStates(index, query.filter))
        placing.add(std::move(stretch));
    return placing.take();
}

std::vector<Obstacle> closedByQuestion(const AccessNetwork& network, const AccessQuery& query) {
    std::vector<Obstacle> obstacles;
    for (const RoadReference& closed : query.closed)
        if (const auto road = network.ids.find(closed.roadId)) {
            Obstacle obstacle;
            obstacle.road = *road;
            obstacle.fromFraction = closed.fromFraction;
            obstacle.toFraction = closed.toFraction;
            obstacle.isWhatIf = true;
            obstacle.why = "closed by the question";
            obstacles.push_back(std::move(obstacle));
        }
    return obstacles;
}

std::vector<AreaObstacle> areaObstacles(const AccessNetwork& network, const SituationIndex& index,
                                        const RegionLookup& regions, const AccessQuery& query) {
    std::vector<AreaObstacle> obstacles;
    const auto add = [&](double factor, std::string why, std::vector<std::pair<std::uint32_t, float>> shares) {
        if (factor == 1 || shares.empty())
            return;
        AreaObstacle area;
        area.obstacle.factor = factor;
        area.obstacle.why = std::move(why);
        area.shares = std::move(shares);
        for (const auto& [edge, share] : area.shares)
            area.obstacle.edges.push_back(edge);
        obstacles.push_back(std::move(area));
    };
    if (query.policy.asksControl())
        for (const ControlPiece& piece : controlPieces(index, query.filter, regions)) {
            double factor = query.policy.byControlClass[static_cast<std::size_t>(piece.controlClass)];
            for (const auto& [actor, ofActor] : query.policy.byActor)
                if (const Actor* known = index.situation().findActor(actor);
                    piece.actor == actor || (known && piece.actor == known->id))
                    factor = std::max(factor, ofActor);
            const std::vector<GeoRing> rings = piece.area.rings();
            add(factor, (piece.actor.empty() ? "" : piece.actor + ": ") + std::string(toWord(piece.controlClass)),
                sharesInside(network, piece.area.box(), [&](LonLat p) { return isInside(rings, p); }));
        }
    if (!query.policy.mayPassRestricted)
        for (const Restriction* report : index.at<Restriction>(query.filter)) {
            if (isLifted(report->head, query) || report->geometry.parts.empty())
                continue;
            GeoBox box;
            std::vector<GeoRing> rings;
            for (const auto& part : report->geometry.parts) {
                for (const LonLat p : part.points)
                    box.include(p);
                rings.push_back({part.points, part.isHole});
            }
            const std::string why = "restriction of " + report->head.place + " (" + report->head.id + ")";
            if (report->geometry.kind == SmallGeometry::Kind::Polygon) {
                add(kShut, why, sharesInside(network, box, [&](LonLat p) { return isInside(rings, p); }));
                continue;
            }
            const LonLat center = report->geometry.parts.front().points.front();
            box = GeoBox();
            box.include(center.lonDegrees - 0.1, center.latDegrees - 0.1);
            box.include(center.lonDegrees + 0.1, center.latDegrees + 0.1);
            add(kShut, why,
                sharesInside(network, box, [&](LonLat p) { return stepMeters(p, center) <= kRestrictionMeters; }));
        }
    return obstacles;
}

} // namespace cordon
