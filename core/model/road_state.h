// The state of the roads at (as of D, known by K), as it follows from all reports. Derived, never stored.
//
// The rules, for one place on a road and one direction of travel:
//  1. Only live reports count: valid at D, recorded at K (what is withdrawn or not yet known is not there), and graded
//     as the filter asks.
//  2. A later report overrules an earlier one if its grade is the same or better in both halves. Later means vouched
//     for later: see vouchedAt() in shelf_life.h. F and 6 (cannot be judged) overrule only what cannot be judged
//     either. What is overruled stays so when the report that did it grows old; it counts again where that one ends.
//  3. Of what is left, stale reports (past their shelf life) give way to fresh ones.
//  4. Fresh ones that name the same status agree. Blocked and impassable agree too: the road is closed, shown as
//     impassable. One that says unknown contradicts nothing.
//  5. Fresh ones that disagree make the place contested, for somebody to decide. Nothing is averaged.
//  6. With only stale reports the place is unknown (last known ...), never open.
// A place of which no live report speaks is in no stretch: nothing is known of it.
#pragma once

#include "core/model/shelf_life.h"
#include "core/model/situation_index.h"

#include <string>
#include <string_view>
#include <vector>

namespace cordon {

// A stretch of a road over which the same reports decide. Pointers and road ids are of the situation and live with it.
struct RoadStretch {
    std::string_view roadId; // "" for a report with a geometry of its own: see reports.front()->geometry
    double fromFraction = 0;
    double toFraction = 1;                               // == fromFraction: a point of the road
    TrafficDirection direction = TrafficDirection::Both; // Forward and Backward where they differ
    RoadStatusKind status = RoadStatusKind::Unknown;     // as drawn and analysed: Unknown when stale
    RoadStatusKind lastKnown = RoadStatusKind::Unknown;  // what was last reported; == status unless stale
    double ageDays = 0;                                  // of the youngest report
    bool isStale = false;                                // unknown, because nobody has confirmed it
    bool isContested = false;                            // fresh reports disagree
    std::vector<const RoadStatus*> reports;              // those that say so; the latest first
    friend bool operator==(const RoadStretch&, const RoadStretch&) = default;
};

// All stretches of which something is known, by road id, direction and place along it; then the reports with a geometry
// of their own, in their order.
std::vector<RoadStretch> roadStates(const SituationIndex& index, const TimeFilter& filter);
std::vector<RoadStretch> roadStatesOf(const SituationIndex& index, std::string_view roadId, const TimeFilter& filter);
// The same from reports at hand, all of them live (rule 1), as situationAt() gives them.
std::vector<RoadStretch> roadStates(const std::vector<const RoadStatus*>& live, const ShelfLives& lives,
                                    TimePoint asOf);

// "blocked", "contested (blocked, open)", "unknown (last known blocked, 12 days ago)".
std::string describe(const RoadStretch& stretch);

// From best to worst: open 0, difficult 1, restricted 2, contested 3, blocked 4, impassable 5; unknown -1.
int severityOf(RoadStatusKind status);
inline bool isClosed(RoadStatusKind status) {
    return status == RoadStatusKind::Blocked || status == RoadStatusKind::Impassable;
}

// Whether `later` overrules `earlier` (rule 2), the same for all kinds of report.
bool overrules(const RecordHead& later, const RecordHead& earlier, TimePoint asOf);

} // namespace cordon
