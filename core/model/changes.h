// What changed between two moments, each with its two clocks: (as of D1, known by K1) -> (as of D2, known by K2).
//
// Each change says why the two pictures differ, by going from one to the other in steps:
//   (D1, K1) --boundary--> (D1, K1, other region file) --learnt--> (D1, K2) --ground--> (D2, K2)
// Ground: it changed on the ground. Learnt: it was so before, or never was, and we learnt it later. Boundary: a region
// that a record names has another outline in the other layer. Source: one source's area of an actor ends the moment
// another source's area of the same actor and class begins, and the outlines differ. Where a place takes part in
// several steps the last one that changes it counts for roads; areas are split.
#pragma once

#include "core/model/control_at.h"
#include "core/model/road_lookup.h"
#include "core/model/road_state.h"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cordon {

struct Clock {
    TimePoint asOf;
    TimePoint knownBy{TimePoint::max()};
};

enum class ChangeCause : std::uint8_t { Ground, Learnt, Source, Boundary };

enum class RoadChangeKind : std::uint8_t {
    NewlyBlocked, // closed (blocked or impassable), and was not
    Reopened,     // was closed, and is not: better, or no longer reported as closed because that ended
    Worse,        // by severityOf(), neither closed before nor now, or blocked now impassable
    Better,
    NewlyContested, // fresh reports disagree now
    NoLongerKnown,  // the last report went stale
    KnownAgain,     // was stale, and is as it was last known
};

struct RoadChange {
    RoadChangeKind kind = RoadChangeKind::NewlyBlocked;
    ChangeCause cause = ChangeCause::Ground;
    std::string roadId; // "" for a report with a geometry of its own
    std::string roadName;
    double fromFraction = 0;
    double toFraction = 1;
    TrafficDirection direction = TrafficDirection::Both;
    std::optional<RoadStretch> before, after; // nullopt: nothing was known
    double lengthMeters = 0;                  // 0 where the road is in no layer, too
    std::vector<std::vector<LonLat>> lines;   // empty where the road is in no layer
};

struct RegionShare {
    std::string code; // "" = outside all regions
    std::string name;
    double squareMeters = 0;
};
struct ControlChange {
    std::string actor;
    std::vector<std::string> otherActors; // of contested ground
    ControlClass controlClass = ControlClass::Control;
    bool isWon = true; // or lost
    ChangeCause cause = ChangeCause::Ground;
    double squareMeters = 0;
    std::vector<GeoRing> polygons;
    std::vector<RegionShare> byRegion;       // adds up to squareMeters
    std::vector<const ControlArea*> reports; // won: those that say so now; lost: those that said so
};

enum class TownChangeKind : std::uint8_t { NewlyUnder, NewlyOut, NoLongerKnown, KnownAgain };
struct TownChange {
    TownChangeKind kind = TownChangeKind::NewlyUnder;
    ChangeCause cause = ChangeCause::Ground;
    const Restriction* report = nullptr; // the one now, else the one before
};

struct IncidentTotals {
    std::size_t count = 0;
    // Where a record gives only some of the three, the nearest given stands for the others.
    long fatalitiesLow = 0, fatalitiesBest = 0, fatalitiesHigh = 0;
    std::size_t unknownFatalities = 0; // incidents that give none; not zero deaths
};
IncidentTotals totalsOf(const std::vector<const Incident*>& incidents);

struct Changes {
    std::shared_ptr<const Situation> situation; // keeps alive what the pointers below point to
    std::vector<RoadChange> roads;              // by road and place, then own geometries
    std::vector<ControlChange> control;         // by actor, class, won before lost, cause
    std::vector<TownChange> towns;
    std::vector<const Incident*> incidents;          // began after D1, up to D2, known by K2
    std::vector<const Incident*> incidentsLearnt;    // began up to D1, known by K2 and not by K1
    std::vector<const Incident*> incidentsWithdrawn; // began up to D1, known by K1 and not by K2
    std::vector<const Measure*> measuresBegun, measuresEnded;

    bool isEmpty() const;
    double roadMeters(RoadChangeKind kind, std::optional<ChangeCause> cause = std::nullopt) const;
};

struct ChangeQuery {
    Clock before, after;
    std::optional<Grade> atLeastGrade;
    const RegionLookup* regionsBefore = nullptr; // of another boundary file; null: the same as now
    double smallestSquareMeters = 10'000;        // smaller pieces of ground are left out
};
Changes changesBetween(const SituationIndex& index, const RoadLookup& roads, const RegionLookup& regions,
                       const ChangeQuery& query);
Changes changesBetween(const Project& project, const ChangeQuery& query);

std::string_view toWord(ChangeCause cause);   // "ground", "learnt", "source", "boundary"
std::string_view toWord(RoadChangeKind kind); // "newly_blocked", "reopened", "worse", "better", ...
std::string_view toWord(TownChangeKind kind); // "newly_under", "newly_out", "no_longer_known", "known_again"

} // namespace cordon
