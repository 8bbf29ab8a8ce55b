#include "core/model/situation_at.h"

namespace cordon {
namespace {

bool isKnownAndGoodEnough(const RecordHead& head, const TimeFilter& filter) {
    return head.recorded.contains(filter.knownBy) &&
           (!filter.atLeastGrade || head.grade.isAtLeast(*filter.atLeastGrade));
}

template <class Record> std::vector<const Record*> inForce(const Records<Record>& records, const TimeFilter& filter) {
    std::vector<const Record*> result;
    for (const Record& record : records)
        if (isInForce(record.head, filter))
            result.push_back(&record);
    return result;
}

} // namespace

bool isInForce(const RecordHead& head, const TimeFilter& filter) {
    return head.valid.contains(filter.asOf) && isKnownAndGoodEnough(head, filter);
}

bool isRecentIncident(const Incident& incident, const TimeFilter& filter) {
    const TimePoint begin = incident.head.valid.begin;
    if (!isKnownAndGoodEnough(incident.head, filter) || begin > filter.asOf)
        return false;
    // Written as a difference: asOf may be TimePoint::max() and begin TimePoint::min().
    return begin == TimePoint::min() ? false : filter.asOf < begin + std::chrono::days{filter.incidentDays};
}

SituationAt situationAt(const Situation& situation, const TimeFilter& filter) {
    SituationAt at;
    at.controlAreas = inForce(situation.controlAreas, filter);
    at.roadStatuses = inForce(situation.roadStatuses, filter);
    at.restrictions = inForce(situation.restrictions, filter);
    at.measures = inForce(situation.measures, filter);
    for (const Incident& incident : situation.incidents)
        if (isRecentIncident(incident, filter))
            at.incidents.push_back(&incident);
    return at;
}

} // namespace cordon
