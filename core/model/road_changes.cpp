#include "core/model/road_changes.h"

#include "core/geo/geodesic.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace cordon {
namespace {

constexpr std::size_t kBefore = 0, kLearnt = 1, kAfter = 2;

// What is known along one road at one moment, by direction of travel.
class RoadLine {
public:
    void add(const RoadStretch& stretch) {
        if (stretch.direction != TrafficDirection::Backward)
            m_stretches[0].push_back(&stretch);
        if (stretch.direction != TrafficDirection::Forward)
            m_stretches[1].push_back(&stretch);
    }
    // Once, before find().
    void sort() {
        for (auto& list : m_stretches)
            std::sort(list.begin(), list.end(), [](const RoadStretch* a, const RoadStretch* b) {
                return std::tie(a->fromFraction, a->toFraction) < std::tie(b->fromFraction, b->toFraction);
            });
    }
    // The stretch that covers [from, to], which no stretch divides; at a point the report of that very point first.
    const RoadStretch* find(int direction, double from, double to) const {
        const auto& list = m_stretches[static_cast<std::size_t>(direction)];
        auto i = std::upper_bound(list.begin(), list.end(), from,
                                  [](double place, const RoadStretch* s) { return place < s->fromFraction; });
        const RoadStretch* covering = nullptr;
        while (i != list.begin()) {
            const RoadStretch* s = *--i;
            if (s->fromFraction == s->toFraction) {
                if (from == to && s->fromFraction == from)
                    return s;
            } else {
                if (!covering && s->toFraction >= to)
                    covering = s;
                if (s->fromFraction < from)
                    break;
            }
        }
        return covering;
    }
    void collectCuts(std::vector<double>& cuts, std::vector<double>& points) const {
        for (const auto& list : m_stretches)
            for (const RoadStretch* s : list) {
                if (s->fromFraction == s->toFraction) {
                    points.push_back(s->fromFraction);
                    continue;
                }
                cuts.push_back(s->fromFraction);
                cuts.push_back(s->toFraction);
            }
    }

private:
    std::array<std::vector<const RoadStretch*>, 2> m_stretches; // forward, backward; by from
};

using RoadAtSteps = std::array<RoadLine, 3>;

bool looksSame(const RoadStretch* a, const RoadStretch* b) {
    if (!a || !b)
        return a == b;
    return a->status == b->status && a->isStale == b->isStale && a->lastKnown == b->lastKnown;
}

// Whether two changes of neighbouring places, or of the two directions, are one change.
bool isOneChange(const RoadChange& a, const RoadChange& b) {
    const auto isSame = [](const std::optional<RoadStretch>& x, const std::optional<RoadStretch>& y) {
        return looksSame(x ? &*x : nullptr, y ? &*y : nullptr) && (!x || x->reports == y->reports);
    };
    return a.kind == b.kind && a.cause == b.cause && isSame(a.before, b.before) && isSame(a.after, b.after);
}

std::optional<RoadChange> changeOf(const std::array<const RoadStretch*, 3>& at) {
    const auto kind = roadChangeKind(at[kBefore], at[kAfter]);
    if (!kind)
        return std::nullopt;
    RoadChange change;
    change.kind = *kind;
    const bool isGround = looksSame(at[kBefore], at[kLearnt]) || roadChangeKind(at[kLearnt], at[kAfter]);
    change.cause = isGround ? ChangeCause::Ground : ChangeCause::Learnt;
    if (at[kBefore])
        change.before = *at[kBefore];
    if (at[kAfter])
        change.after = *at[kAfter];
    return change;
}

void comparePlace(const RoadAtSteps& road, double from, double to, std::vector<RoadChange>& out) {
    std::array<std::optional<RoadChange>, 2> changes;
    for (int direction = 0; direction < 2; ++direction)
        changes[static_cast<std::size_t>(direction)] =
            changeOf({road[kBefore].find(direction, from, to), road[kLearnt].find(direction, from, to),
                      road[kAfter].find(direction, from, to)});
    if (changes[0] && changes[1] && isOneChange(*changes[0], *changes[1]))
        changes[1].reset();
    else if (changes[0] || changes[1])
        for (std::size_t i = 0; i < 2; ++i)
            if (changes[i])
                changes[i]->direction = i == 0 ? TrafficDirection::Forward : TrafficDirection::Backward;
    for (auto& change : changes) {
        if (!change)
            continue;
        change->fromFraction = from;
        change->toFraction = to;
        const auto neighbour = std::find_if(out.rbegin(), out.rend(), [&](const RoadChange& before) {
            return before.toFraction == from && before.fromFraction < from && from < to &&
                   before.direction == change->direction && isOneChange(before, *change);
        });
        if (neighbour != out.rend())
            neighbour->toFraction = to;
        else
            out.push_back(std::move(*change));
    }
}

std::vector<RoadChange> compareRoad(RoadAtSteps& road) {
    std::vector<double> cuts, points;
    for (RoadLine& line : road) {
        line.sort();
        line.collectCuts(cuts, points);
    }
    for (auto* values : {&cuts, &points}) {
        std::sort(values->begin(), values->end());
        values->erase(std::unique(values->begin(), values->end()), values->end());
    }
    std::vector<RoadChange> changes;
    for (std::size_t i = 0; i + 1 < cuts.size(); ++i)
        comparePlace(road, cuts[i], cuts[i + 1], changes);
    for (const double point : points)
        comparePlace(road, point, point, changes);
    return changes;
}

void addOwnGeometry(RoadChange& change) {
    const RoadStatus& report = *(change.after ? change.after : change.before)->reports.front();
    change.roadName = report.head.place;
    if (report.geometry.kind == SmallGeometry::Kind::Line)
        for (const SmallGeometry::Part& part : report.geometry.parts) {
            change.lengthMeters += lengthMeters(part.points);
            change.lines.push_back(part.points);
        }
}

// Reports with a geometry of their own are compared by id.
void compareOwn(const std::array<std::vector<RoadStretch>, 3>& states, std::vector<RoadChange>& out) {
    std::vector<std::string_view> ids; // in order
    std::unordered_map<std::string_view, std::array<const RoadStretch*, 3>> byId;
    for (std::size_t step = 0; step < 3; ++step)
        for (const RoadStretch& s : states[step]) {
            if (!s.roadId.empty())
                continue;
            const auto [found, isNew] = byId.try_emplace(s.reports.front()->head.id);
            if (isNew)
                ids.push_back(found->first);
            found->second[step] = &s;
        }
    for (const std::string_view id : ids)
        if (auto change = changeOf(byId[id])) {
            change->direction = (change->after ? change->after : change->before)->direction;
            addOwnGeometry(*change);
            out.push_back(std::move(*change));
        }
}

} // namespace

std::optional<RoadChangeKind> roadChangeKind(const RoadStretch* before, const RoadStretch* after) {
    using enum RoadChangeKind;
    if (looksSame(before, after))
        return std::nullopt;
    if (after && after->isStale)
        return before && before->isStale ? std::nullopt : std::optional(NoLongerKnown);
    if (after && after->isContested)
        return NewlyContested;
    // A stretch of which nothing is reported counts as open, an unknown one as it was last known.
    const auto last = [](const RoadStretch* s) { return s ? s->lastKnown : RoadStatusKind::Open; };
    const RoadStatusKind was = last(before), is = last(after);
    if (isClosed(is) && !isClosed(was))
        return NewlyBlocked;
    if (isClosed(was) && !isClosed(is) && is != RoadStatusKind::Contested && is != RoadStatusKind::Unknown)
        return Reopened;
    if (is == RoadStatusKind::Unknown)
        return was == RoadStatusKind::Unknown ? std::nullopt : std::optional(NoLongerKnown);
    if (severityOf(is) != severityOf(was) && was != RoadStatusKind::Unknown)
        return severityOf(is) > severityOf(was) ? Worse : Better;
    if (before && (before->isStale || was == RoadStatusKind::Unknown))
        return KnownAgain;
    return std::nullopt; // first reported as open, or that report has ended
}

std::vector<RoadChange> roadChanges(const SituationIndex& index, const RoadLookup& roads, const ChangeSteps& steps) {
    std::array<std::vector<RoadStretch>, 3> states;
    states[kBefore] = roadStates(index, steps.before);
    states[kLearnt] = steps.before == steps.learnt ? states[kBefore] : roadStates(index, steps.learnt);
    states[kAfter] = roadStates(index, steps.after);
    std::map<std::string_view, RoadAtSteps> byRoad;
    for (std::size_t step = 0; step < 3; ++step)
        for (const RoadStretch& stretch : states[step])
            if (!stretch.roadId.empty())
                byRoad[stretch.roadId][step].add(stretch);
    std::vector<RoadChange> result;
    for (auto& [roadId, road] : byRoad) {
        std::vector<RoadChange> changes = compareRoad(road);
        if (changes.empty())
            continue;
        const MeasuredRoad measured = roads.measured(roadId);
        const std::string name = roads.nameOf(roadId);
        for (RoadChange& change : changes) {
            MeasuredRoad::Stretch stretch = measured.stretch(change.fromFraction, change.toFraction);
            change.roadId = roadId;
            change.roadName = name;
            change.lengthMeters = stretch.lengthMeters;
            change.lines = std::move(stretch.lines);
            result.push_back(std::move(change));
        }
    }
    compareOwn(states, result);
    return result;
}

} // namespace cordon
