// Who can be reached from where, at (D, K), by whom: the answer to an AccessQuery, and a study that answers many.
#pragma once

#include "core/network/road_passage.h"

#include <memory>

namespace cordon {

enum class ReachKind : std::uint8_t {
    Reached,    // also late ones, see PlaceReach::isLate
    CutOff,     // reached without the blockages, not now
    Restricted, // the road is passable or not, but the place may be neither entered nor left
    Island,     // not reached without any blockage either: the roads of the data do not lead there
    OffNetwork, // too far from any road
};
std::string_view toWord(ReachKind kind);

struct PlaceReach {
    ReachKind kind = ReachKind::OffNetwork;
    double seconds = 0, meters = 0;         // now; infinite where not reached
    double freeSeconds = 0, freeMeters = 0; // without any blockage
    bool isDelayed = false;                 // slower than free by more than the query's factor
    bool isLate = false;                    // reached, but not within the query's budget
    std::vector<const Restriction*> restrictions;

    bool isCutOff() const { return kind == ReachKind::CutOff || kind == ReachKind::Restricted; }
    double detour() const { return freeSeconds > 0 ? seconds / freeSeconds : 1; } // in time
};

struct PeopleCount {
    std::size_t places = 0, withoutPopulation = 0;
    double people = 0;
    void add(const Place& place);
    friend bool operator==(const PeopleCount&, const PeopleCount&) = default;
};
struct AccessTotals {
    PeopleCount all, reached, cutOff, restricted, delayed, late, islands, offNetwork; // restricted: part of cutOff
    friend bool operator==(const AccessTotals&, const AccessTotals&) = default;
};
struct RegionTotals {
    std::string region, name; // "" = outside all regions
    AccessTotals totals;
};

struct OriginAt {
    Origin origin;
    std::vector<Seed> seeds, freeSeeds; // where the road is entered
    std::vector<double> seedMeters;
    std::vector<const Restriction*> restrictions;
};

struct AccessAnswer {
    AccessQuery query;
    std::vector<OriginAt> origins;
    std::vector<Seed> seeds, freeSeeds; // of the origins that may be left; of all
    Passages passages;
    PathTree free, now;
    std::vector<PlaceReach> places; // as the network's
    AccessTotals totals;
    std::vector<RegionTotals> regions; // by people cut off
    Warnings warnings;
};

// Obstacles on the way to a place now (or, `isFree`, on the way it would be without any), in their order.
std::vector<std::uint32_t> obstaclesOnPath(const AccessNetwork& network, const AccessAnswer& answer, std::size_t place,
                                           bool isFree);
// The course of that way; empty where there is none.
std::vector<std::vector<LonLat>> pathGeometry(const AccessNetwork& network, const AccessAnswer& answer,
                                              std::size_t place, bool isFree);

// Answers question after question on one network and situation; what did not change between two of them is kept: only
// what a change touches is searched again. Not thread-safe; one per worker.
class AccessStudy {
public:
    AccessStudy(std::shared_ptr<const AccessNetwork> network, std::shared_ptr<const SituationIndex> situation,
                std::shared_ptr<const RegionLookup> regions);

    // Throws Error: no origin, an origin too far from any road. Valid until the next question.
    const AccessAnswer& ask(const AccessQuery& query);
    const AccessNetwork& network() const { return *m_network; }
    const SituationIndex& situation() const { return *m_situation; }

private:
    void findPaths(Passages passages);
    void placeOrigins(const AccessQuery& query);
    std::vector<const Restriction*> restrictionsAt(const AccessQuery& query, LonLat at) const;
    void findRestrictions(const AccessQuery& query);
    void judgePlaces();
    void sumUp();

    std::shared_ptr<const AccessNetwork> m_network;
    std::shared_ptr<const SituationIndex> m_situation;
    std::shared_ptr<const RegionLookup> m_regions;
    PathSearch m_search;
    std::vector<float> m_freeCosts;
    AccessAnswer m_answer;
    std::vector<Seed> m_freeFrom, m_nowFrom; // seeds that the trees of m_answer are from
    bool m_isAsked = false;
    std::vector<std::vector<const Restriction*>> m_restrictions; // per place
};

} // namespace cordon
