// Who holds a point, a region or each piece of ground at (as of D, known by K), as it follows from all reports.
//
// The rules, for one place:
//  1. Only live reports count: valid at D, recorded at K, graded as the filter asks.
//  2. They are asked in tiers: assessed before claimed, and within these an area of its own before a whole region.
//     The first tier that has something to say decides.
//  3. Within a tier a later report overrules an earlier one if its grade is the same or better in both halves, as for
//     roads (road_state.h, rule 2).
//  4. Of what is left, stale reports and those that say "no information" say nothing.
//  5. Fresh ones that name another actor or another class make the place contested between all they name.
//  6. Where no tier has anything to say, there is no information (last known ..., if a report has gone stale). That is
//     a class of its own: it does not mean that nobody holds the ground.
#pragma once

#include "core/geo/overlay.h"
#include "core/model/region_lookup.h"
#include "core/model/shelf_life.h"
#include "core/model/situation_index.h"

#include <string>
#include <string_view>
#include <vector>

namespace cordon {

struct ControlState {
    ControlClass controlClass = ControlClass::NoInformation;
    ControlClass lastKnown = ControlClass::NoInformation; // == controlClass unless stale
    ControlBasis basis = ControlBasis::Assessed;
    std::string actor; // id where the actor is known, else as written; of a stale state, the last known one
    std::vector<std::string> otherActors;
    double ageDays = 0;                      // of the latest report
    bool isStale = false;                    // no information, because nobody has confirmed what was last known
    bool isDisputed = false;                 // contested because reports disagree, not because they say so
    std::vector<const ControlArea*> reports; // those that say so; the latest first
    friend bool operator==(const ControlState&, const ControlState&) = default;
};

ControlState controlAt(const SituationIndex& index, LonLat point, const TimeFilter& filter,
                       const RegionLookup& regions);
// All live reports that speak of the point, those that decide and those that do not.
std::vector<const ControlArea*> controlReportsAt(const SituationIndex& index, LonLat point, const TimeFilter& filter,
                                                 const RegionLookup& regions);
// By the reports that name the region; areas of their own that lie in it are not asked (see controlPieces()).
ControlState controlOfRegion(const SituationIndex& index, std::string_view code, const TimeFilter& filter);

// "JNIM: control", "contested (FAMa, JNIM)", "no information (last known FAMa: control, 400 days ago)".
std::string describe(const ControlState& state);

// Ground over which one actor, or several in contest, have the same standing. Pieces do not overlap; where there is no
// information there is no piece.
struct ControlPiece {
    ControlClass controlClass = ControlClass::Control;
    ControlBasis basis = ControlBasis::Assessed;
    std::string actor;
    std::vector<std::string> otherActors;
    Area area;
    std::vector<const ControlArea*> reports;
    bool isDisputed = false; // contested because reports disagree
    bool isStale = false;    // see controlGround()
};
std::vector<ControlPiece> controlPieces(const SituationIndex& index, const TimeFilter& filter,
                                        const RegionLookup& regions);

// Shapes of areas and regions, each made once; for several calls on the same records.
class ControlShapes {
public:
    explicit ControlShapes(const RegionLookup& regions) : m_regions(regions) {}
    const Area& shapeOf(const ControlArea& report);
    const Area& shapeOfRegion(const std::string& code);

private:
    const RegionLookup& m_regions;
    std::unordered_map<const ControlArea*, Area> m_ofReport;
    std::unordered_map<std::string, Area> m_ofRegion;
};
// From live reports at hand (rule 1).
std::vector<ControlPiece> controlPieces(const std::vector<const ControlArea*>& live, const Situation& situation,
                                        TimePoint asOf, ControlShapes& shapes);
// The same, followed by the ground of which only stale reports or "no information" speak (rule 6), one piece for each
// report: of a stale one what was last known, of the others the class NoInformation. No two pieces overlap.
std::vector<ControlPiece> controlGround(const std::vector<const ControlArea*>& live, const Situation& situation,
                                        TimePoint asOf, ControlShapes& shapes);

} // namespace cordon
