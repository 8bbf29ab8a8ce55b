// What is in force at a date, from what we knew at a date. All rules of that kind live here.
#pragma once

#include "core/model/situation.h"

#include <vector>

namespace cordon {

// Two clocks: what was true at `asOf`, by what we knew at `knownBy`.
struct TimeFilter {
    TimePoint asOf{TimePoint::max()};
    TimePoint knownBy{TimePoint::max()};
    int incidentDays = 90;             // incidents of the last N days up to asOf
    std::optional<Grade> atLeastGrade; // leave out what is graded worse
    friend bool operator==(const TimeFilter&, const TimeFilter&) = default;
};

bool isInForce(const RecordHead& head, const TimeFilter& filter);          // valid at asOf, recorded at knownBy, grade
bool isRecentIncident(const Incident& incident, const TimeFilter& filter); // began within (asOf - N days, asOf]

// Pointers into `situation`, in its order; valid as long as it lives.
struct SituationAt {
    std::vector<const ControlArea*> controlAreas;
    std::vector<const RoadStatus*> roadStatuses;
    std::vector<const Restriction*> restrictions;
    std::vector<const Incident*> incidents;
    std::vector<const Measure*> measures;
};
SituationAt situationAt(const Situation& situation, const TimeFilter& filter);

} // namespace cordon
