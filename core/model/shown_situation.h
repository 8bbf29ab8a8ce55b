// What a map shows of a situation at (as of D, known by K): the states that follow from the reports (road_state.h,
// control_at.h, shelf_life.h) with their places, not the reports themselves. Drawing, legend and identify read this.
#pragma once

#include "core/model/control_at.h"
#include "core/model/project.h"
#include "core/model/road_lookup.h"
#include "core/model/road_state.h"

#include <map>
#include <memory>
#include <mutex>
#include <vector>

namespace cordon {

// Ground of one standing; no two of a situation overlap.
struct ShownControl {
    ControlClass controlClass = ControlClass::NoInformation; // NoInformation when stale
    ControlClass lastKnown = ControlClass::NoInformation;    // == controlClass unless stale
    ControlBasis basis = ControlBasis::Assessed;
    std::string actor; // of a stale one the last known; likewise the others
    std::vector<std::string> otherActors;
    bool isStale = false;
    bool isDisputed = false; // contested because reports disagree
    double ageDays = 0;      // of the latest report
    std::shared_ptr<const std::vector<GeoRing>> rings;
    std::vector<const ControlArea*> reports;
};

// Neighbouring stretches of which the same reports, or reports that say the same, decide: one line, one row of signs.
struct ShownRoad {
    RoadStatusKind status = RoadStatusKind::Unknown;    // Unknown when stale
    RoadStatusKind lastKnown = RoadStatusKind::Unknown; // == status unless stale
    bool isStale = false;
    bool isContested = false;
    double ageDays = 0;
    TrafficDirection direction = TrafficDirection::Both;
    bool escort = false, load = false, hours = false; // of the latest report that names the status
    std::vector<const RoadStatus*> reports;           // those that decide
    std::vector<RoadReference> stretches;             // none: a report with a geometry of its own
    std::vector<std::vector<LonLat>> lines;           // joined where they meet; of a directed one, as the road runs
    std::vector<LonLat> places;                       // where the reports place it
};

template <class T> struct ShownRecord {
    const T* report = nullptr;
    bool isStale = false;
    double ageDays = 0;
};

// Where roads and regions are.
struct ReferencePlaces {
    RoadLookup roads;
    RegionLookup regions;
};

struct ShownSituation {
    TimeFilter filter;
    std::shared_ptr<const SituationIndex> index; // keeps the reports alive
    std::shared_ptr<const ReferencePlaces> places;
    std::vector<ShownControl> control;
    std::vector<ShownRoad> roads; // by road
    // Of several at the very same place one is shown: fresh before stale, then the latest.
    std::vector<ShownRecord<Restriction>> restrictions;
    std::vector<const Incident*> incidents;
    std::vector<ShownRecord<Measure>> measures;
};

// "contested (blocked, open)", "unknown (last known blocked, 12 days ago)".
std::string describe(const ShownRoad& road);

// Roads measured once, when first asked for.
class MeasuredRoads {
public:
    explicit MeasuredRoads(const RoadLookup& roads) : m_roads(roads) {}
    const MeasuredRoad& of(const std::string& roadId);

private:
    const RoadLookup& m_roads;
    std::unordered_map<std::string, MeasuredRoad> m_measured;
};

// Makes what is shown, and keeps the last few answers and what carries over to the next date: index, places, overlaid
// control areas. For a document or a run to own; thread-safe.
class ShownSituations {
public:
    // Throws Stopped while it lists the roads, which may take long the first time.
    std::shared_ptr<const ShownSituation> at(const Project& project, const TimeFilter& filter,
                                             const std::stop_token& stop = {});

private:
    struct ControlKey { // what an overlay depends on: the reports in their order, and which are stale
        const ControlArea* report = nullptr;
        TimePoint vouched;
        bool isStale = false;
        friend auto operator<=>(const ControlKey&, const ControlKey&) = default;
    };
    using Ground = std::vector<ShownControl>;
    struct LayerKey {                            // what places depend on
        std::weak_ptr<const FeatureTable> table; // an address may be used again by another table
        const FeatureTable* address = nullptr;
        LayerRole role = LayerRole::Other;
        std::string idField;
    };

    bool hasPlacesOf(const Project& project) const;
    void findPlacesOf(const Project& project, const std::stop_token& stop);
    std::vector<ShownControl> controlAt(const TimeFilter& filter);
    const Ground& groundOf(const std::vector<const ControlArea*>& cluster, TimePoint asOf);

    std::mutex m_mutex;
    SituationIndexCache m_indexes;
    std::shared_ptr<const SituationIndex> m_index; // of the latest question
    std::shared_ptr<const ReferencePlaces> m_places;
    std::vector<LayerKey> m_layers; // of m_places
    bool m_arePlacesListed = false; // no: nothing was reported that could have asked for one
    std::unique_ptr<MeasuredRoads> m_measured;
    std::unique_ptr<ControlShapes> m_shapes;
    std::map<std::vector<ControlKey>, Ground> m_grounds;
    std::vector<std::shared_ptr<const ShownSituation>> m_latest; // most recently used last
};

} // namespace cordon
