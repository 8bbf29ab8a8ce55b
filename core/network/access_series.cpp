#include "core/network/access_series.h"

#include "core/model/shelf_life.h"
#include "core/network/obstacles.h"
#include "core/network/restricted_places.h"

#include <algorithm>
#include <set>

namespace cordon {
namespace {

bool isMinded(const ControlArea& area, const AccessPolicy& policy, const Situation& situation) {
    if (policy.byControlClass[static_cast<std::size_t>(area.controlClass)] != 1)
        return true;
    return std::any_of(policy.byActor.begin(), policy.byActor.end(), [&](const auto& entry) {
        const Actor *asked = situation.findActor(entry.first), *held = situation.findActor(area.actor);
        return entry.second != 1 && (area.actor == entry.first || (asked && asked == held));
    });
}

// What an answer depends on at a date, without the answer.
struct Signature {
    struct Stretch {
        std::uint32_t road;
        double from, to, factor;
        TrafficDirection direction;
        bool isUnknown; // or known too long ago: then a corridor is not known, though as slow
        std::vector<const RoadStatus*> reports;
        friend bool operator==(const Stretch&, const Stretch&) = default;
    };
    std::vector<Stretch> stretches;
    std::vector<const Restriction*> restrictions;
    // Control that the policy minds: live reports, and how many of them are stale, which then say nothing.
    std::vector<const ControlArea*> control;
    std::size_t staleControl = 0;
    friend bool operator==(const Signature&, const Signature&) = default;

    std::set<std::string> ids(const AccessPolicy& policy, const Situation& situation) const {
        std::set<std::string> found;
        for (const Stretch& stretch : stretches)
            for (const RoadStatus* report : stretch.reports)
                found.insert(report->head.id);
        for (const Restriction* restriction : restrictions)
            found.insert(restriction->head.id);
        for (const ControlArea* area : control)
            if (isMinded(*area, policy, situation))
                found.insert(area->head.id);
        return found;
    }
};

// An area that is not minded may overrule one that is, where any is minded: all count then, but only the minded ones
// are told of.
void addControl(Signature& signature, const SituationIndex& index, const AccessQuery& query) {
    if (!query.policy.asksControl())
        return;
    for (const ControlArea* area : index.at<ControlArea>(query.filter)) {
        signature.control.push_back(area);
        signature.staleControl += isStale(index.situation().shelfLives, *area, query.filter.asOf);
    }
}

Signature signatureAt(const AccessStudy& study, const AccessQuery& query) {
    Signature signature;
    Warnings ignored;
    for (const Obstacle& o : reportedObstacles(study.network(), study.situation(), query, ignored))
        if (o.factor != 1)
            signature.stretches.push_back({o.road, o.fromFraction, o.toFraction, o.factor, o.direction,
                                           o.isStale || o.status == RoadStatusKind::Unknown, o.reports});
    signature.restrictions = query.policy.mayPassRestricted ? restrictionsInForce(study.situation(), query)
                                                            : study.situation().at<Restriction>(query.filter);
    addControl(signature, study.situation(), query);
    return signature;
}

// Before it nobody reported anything: ways are not known to be open then.
TimePoint firstReport(const Situation& situation) {
    TimePoint first = TimePoint::max();
    for (const RoadStatus& report : situation.roadStatuses)
        first = std::min(first, report.head.valid.begin);
    for (const Restriction& report : situation.restrictions)
        first = std::min(first, report.head.valid.begin);
    return first;
}

std::vector<std::string> without(const std::set<std::string>& a, const std::set<std::string>& b) {
    std::vector<std::string> left;
    std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(left));
    return left;
}

std::set<std::uint32_t> cutOffPlaces(const AccessAnswer& answer) {
    std::set<std::uint32_t> places;
    for (std::uint32_t i = 0; i < answer.places.size(); ++i)
        if (answer.places[i].isCutOff())
            places.insert(i);
    return places;
}

std::vector<std::uint32_t> without(const std::set<std::uint32_t>& a, const std::set<std::uint32_t>& b) {
    std::vector<std::uint32_t> left;
    std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(left));
    return left;
}

} // namespace

std::vector<AccessDay> accessSeries(AccessStudy& study, AccessQuery query, std::chrono::sys_days first,
                                    std::chrono::sys_days last, const std::vector<CorridorEnds>& corridors,
                                    const std::stop_token& stop) {
    std::vector<AccessDay> days;
    std::optional<Signature> before;
    std::set<std::uint32_t> cutBefore;
    const TimePoint known = firstReport(study.situation().situation());
    bool wasKnown = false;
    for (std::chrono::sys_days day = first; day <= last; day += std::chrono::days{1}) {
        if (stop.stop_requested())
            throw Stopped();
        query.filter.asOf = day + std::chrono::days{1} - std::chrono::milliseconds{1};
        Signature signature = signatureAt(study, query);
        const bool isKnown = query.filter.asOf >= known;
        if (before && signature == *before && isKnown == wasKnown) {
            AccessDay same = days.back();
            same.day = day;
            same.newlyCutOff.clear();
            same.reconnected.clear();
            same.begun.clear();
            same.ended.clear();
            same.isSame = true;
            days.push_back(std::move(same));
            continue;
        }
        AccessDay answer;
        answer.day = day;
        for (const CorridorEnds& ends : corridors)
            answer.corridors.push_back(isKnown ? corridorAt(study, query, ends).state : CorridorState::Unknown);
        wasKnown = isKnown;
        const AccessAnswer& asked = study.ask(query);
        answer.cutOff = asked.totals.cutOff;
        answer.delayed = asked.totals.delayed;
        std::set<std::uint32_t> cut = cutOffPlaces(asked);
        if (before) {
            answer.newlyCutOff = without(cut, cutBefore);
            answer.reconnected = without(cutBefore, cut);
            const Situation& situation = study.situation().situation();
            const auto is = signature.ids(query.policy, situation), was = before->ids(query.policy, situation);
            answer.begun = without(is, was);
            answer.ended = without(was, is);
        }
        cutBefore = std::move(cut);
        before = std::move(signature);
        days.push_back(std::move(answer));
    }
    return days;
}

} // namespace cordon
