#include "core/model/changes.h"

#include "core/model/control_changes.h"
#include "core/model/road_changes.h"

#include <algorithm>
#include <set>

namespace cordon {
namespace {

// A town is the same by its place name, or by where it lies; a record without either by its id.
std::string townKey(const Restriction& r) {
    if (!r.head.place.empty())
        return r.head.place;
    if (r.geometry.parts.empty() || r.geometry.parts.front().points.empty())
        return "id " + r.head.id;
    const LonLat p = r.geometry.parts.front().points.front();
    return std::to_string(p.lonDegrees) + " " + std::to_string(p.latDegrees);
}

struct TownState {
    const Restriction* report = nullptr;
    bool isStale = false;
};
using Towns = std::map<std::string, TownState>;

Towns townsAt(const SituationIndex& index, const TimeFilter& filter) {
    Towns towns;
    for (const Restriction* r : index.at<Restriction>(filter)) {
        const TownState state{r, isStale(index.situation().shelfLives, *r, filter.asOf)};
        TownState& town = towns[townKey(*r)];
        const bool isBetter = !town.report || (town.isStale && !state.isStale) ||
                              (town.isStale == state.isStale &&
                               vouchedAt(r->head, filter.asOf) > vouchedAt(town.report->head, filter.asOf));
        if (isBetter)
            town = state;
    }
    return towns;
}

std::optional<TownChangeKind> townChange(const TownState* before, const TownState* after) {
    if (!before && !after)
        return std::nullopt;
    if (!after)
        return TownChangeKind::NewlyOut;
    if (!before)
        return after->isStale ? std::nullopt : std::optional(TownChangeKind::NewlyUnder);
    if (before->isStale == after->isStale)
        return std::nullopt;
    return after->isStale ? TownChangeKind::NoLongerKnown : TownChangeKind::KnownAgain;
}

std::vector<TownChange> townChanges(const Towns& before, const Towns& learnt, const Towns& after) {
    std::vector<TownChange> changes;
    std::set<std::string> keys;
    for (const Towns* towns : {&before, &after})
        for (const auto& [key, state] : *towns)
            keys.insert(key);
    for (const std::string& key : keys) {
        const auto in = [&](const Towns& towns) {
            const auto found = towns.find(key);
            return found == towns.end() ? nullptr : &found->second;
        };
        const auto kind = townChange(in(before), in(after));
        if (!kind)
            continue;
        const bool isGround = townChange(in(learnt), in(after)).has_value();
        changes.push_back({*kind, isGround ? ChangeCause::Ground : ChangeCause::Learnt,
                           in(after) ? in(after)->report : in(before)->report});
    }
    return changes;
}

template <class T>
std::vector<const T*> onlyIn(const std::vector<const T*>& all, const std::vector<const T*>& without) {
    std::set<std::string_view> ids; // a corrected version is the same record
    for (const T* record : without)
        ids.insert(record->head.id);
    std::vector<const T*> result;
    for (const T* record : all)
        if (!ids.contains(record->head.id))
            result.push_back(record);
    return result;
}

} // namespace

IncidentTotals totalsOf(const std::vector<const Incident*>& incidents) {
    IncidentTotals totals;
    for (const Incident* incident : incidents) {
        ++totals.count;
        const auto& low = incident->fatalitiesLow;
        const auto& best = incident->fatalitiesBest;
        const auto& high = incident->fatalitiesHigh;
        if (!low && !best && !high) {
            ++totals.unknownFatalities;
            continue;
        }
        const int middle = best ? *best : low ? *low : *high;
        totals.fatalitiesLow += low.value_or(middle);
        totals.fatalitiesBest += middle;
        totals.fatalitiesHigh += high.value_or(middle);
    }
    return totals;
}

bool Changes::isEmpty() const {
    return roads.empty() && control.empty() && towns.empty() && incidents.empty() && incidentsLearnt.empty() &&
           incidentsWithdrawn.empty() && measuresBegun.empty() && measuresEnded.empty();
}

double Changes::roadMeters(RoadChangeKind kind, std::optional<ChangeCause> cause) const {
    double sum = 0;
    for (const RoadChange& change : roads)
        if (change.kind == kind && (!cause || change.cause == *cause))
            sum += change.lengthMeters;
    return sum;
}

Changes changesBetween(const SituationIndex& index, const RoadLookup& roads, const RegionLookup& regions,
                       const ChangeQuery& query) {
    const auto filterOf = [&](TimePoint asOf, TimePoint knownBy) {
        return TimeFilter{.asOf = asOf, .knownBy = knownBy, .atLeastGrade = query.atLeastGrade};
    };
    const ChangeSteps steps{filterOf(query.before.asOf, query.before.knownBy),
                            filterOf(query.before.asOf, query.after.knownBy),
                            filterOf(query.after.asOf, query.after.knownBy)};
    Changes changes;
    changes.situation = index.sharedSituation();
    changes.roads = roadChanges(index, roads, steps);
    changes.control = controlChanges(index, query.regionsBefore ? *query.regionsBefore : regions, regions, steps,
                                     query.smallestSquareMeters);
    changes.towns =
        townChanges(townsAt(index, steps.before), townsAt(index, steps.learnt), townsAt(index, steps.after));
    changes.incidents = index.incidentsSince(query.before.asOf, steps.after);
    if (query.before.knownBy != query.after.knownBy) {
        const auto known = index.incidentsSince(TimePoint::min(), steps.before);
        const auto knownLater = index.incidentsSince(TimePoint::min(), steps.learnt);
        changes.incidentsLearnt = onlyIn(knownLater, known);
        changes.incidentsWithdrawn = onlyIn(known, knownLater);
    }
    const auto measuresBefore = index.at<Measure>(steps.before), measuresAfter = index.at<Measure>(steps.after);
    changes.measuresBegun = onlyIn(measuresAfter, measuresBefore);
    changes.measuresEnded = onlyIn(measuresBefore, measuresAfter);
    return changes;
}

Changes changesBetween(const Project& project, const ChangeQuery& query) {
    return changesBetween(SituationIndex(project.situation), RoadLookup(project), RegionLookup(project), query);
}

std::string_view toWord(ChangeCause cause) {
    static constexpr std::array<std::string_view, 4> kWords = {"ground", "learnt", "source", "boundary"};
    return kWords[static_cast<std::size_t>(cause)];
}

std::string_view toWord(RoadChangeKind kind) {
    static constexpr std::array<std::string_view, 7> kWords = {
        "newly_blocked", "reopened", "worse", "better", "newly_contested", "no_longer_known", "known_again"};
    return kWords[static_cast<std::size_t>(kind)];
}

std::string_view toWord(TownChangeKind kind) {
    static constexpr std::array<std::string_view, 4> kWords = {"newly_under", "newly_out", "no_longer_known",
                                                               "known_again"};
    return kWords[static_cast<std::size_t>(kind)];
}

} // namespace cordon
