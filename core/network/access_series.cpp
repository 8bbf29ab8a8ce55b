#include "core/network/access_series.h"

#include "core/network/obstacles.h"
#include "core/network/restricted_places.h"

#include <algorithm>
#include <set>

namespace cordon {
namespace {

// What an answer depends on at a date, without the answer.
struct Signature {
    struct Stretch {
        std::uint32_t road;
        double from, to, factor;
        TrafficDirection direction;
        std::vector<const RoadStatus*> reports;
        friend bool operator==(const Stretch&, const Stretch&) = default;
    };
    std::vector<Stretch> stretches;
    std::vector<const Restriction*> restrictions;
    friend bool operator==(const Signature&, const Signature&) = default;

    std::set<std::string> ids() const {
        std::set<std::string> found;
        for (const Stretch& stretch : stretches)
            for (const RoadStatus* report : stretch.reports)
                found.insert(report->head.id);
        for (const Restriction* restriction : restrictions)
            found.insert(restriction->head.id);
        return found;
    }
};

Signature signatureAt(const AccessStudy& study, const AccessQuery& query) {
    Signature signature;
    Warnings ignored;
    for (const Obstacle& o : reportedObstacles(study.network(), study.situation(), query, ignored))
        if (o.factor != 1)
            signature.stretches.push_back({o.road, o.fromFraction, o.toFraction, o.factor, o.direction, o.reports});
    signature.restrictions = restrictionsInForce(study.situation(), query);
    return signature;
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
    for (std::chrono::sys_days day = first; day <= last; day += std::chrono::days{1}) {
        if (stop.stop_requested())
            throw Stopped();
        query.filter.asOf = day + std::chrono::days{1} - std::chrono::milliseconds{1};
        Signature signature = signatureAt(study, query);
        // Control areas, where the policy minds them, are not part of the signature.
        if (before && signature == *before && !query.policy.asksControl()) {
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
            answer.corridors.push_back(corridorAt(study, query, ends).state);
        const AccessAnswer& asked = study.ask(query);
        answer.cutOff = asked.totals.cutOff;
        answer.delayed = asked.totals.delayed;
        std::set<std::uint32_t> cut = cutOffPlaces(asked);
        if (before) {
            answer.newlyCutOff = without(cut, cutBefore);
            answer.reconnected = without(cutBefore, cut);
            answer.begun = without(signature.ids(), before->ids());
            answer.ended = without(before->ids(), signature.ids());
        }
        cutBefore = std::move(cut);
        before = std::move(signature);
        days.push_back(std::move(answer));
    }
    return days;
}

} // namespace cordon
