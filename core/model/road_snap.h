// Which road a report given as a point speaks of, and which stretch of it. Nothing is snapped farther than asked for,
// and nothing is chosen where the point leaves a choice: that is a question for people.
//
// The rules:
//  1. A road is near if it passes within maxMeters of the point (geodesic). If none does: None.
//  2. If the report names known roads in so many words (roadHint), only they count, however near another is. If free
//  text
//     of it (textHint) names a road, that settles rule 3 where the road is one of those in question; where the nearest
//     roads are none of those the text names, the two contradict each other: Ambiguous.
//  3. The nearest is chosen, unless another road is similarly near: Ambiguous, with all that are. Similarly near are
//     - roads no farther than the nearest plus max(50 m, half its distance), and
//     - where the point itself may be wrong by positionErrorMeters, also roads within maxMeters of where it may be.
//     A piece of the same road (one name or ref) is no other road: the nearest piece is chosen. At a junction of
//     different roads the question is listed like any other.
//  4. The stretch is kStretchMeters to either side along the road, cut short at its ends, at gaps, and at junctions (a
//     vertex shared with another road): a roadblock beyond a junction does not cut this side of it.
#pragma once

#include "core/geo/spatial_index.h"
#include "core/model/road_lookup.h"
#include "core/model/situation.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cordon {

struct SnapQuery {
    double maxMeters = 500;
    double positionErrorMeters = 0;
    std::string roadHint;   // ids, names or refs of roads, separated by ';' or ',': "88;101", "RN6"
    std::string textHint;   // free text that may name a road by name or ref: "checkpoint on the RN6 after Fana"
    std::string chosenRoad; // id: somebody has decided; only it counts, however far, and no other rule
};

struct SnapCandidate {
    std::string roadId;
    std::string name; // as RoadLookup::nameOf
    double fraction = 0;
    LonLat place; // the nearest point of the road
    double distanceMeters = 0;
};

enum class SnapOutcome : std::uint8_t { Snapped, Ambiguous, None };

struct Snap {
    SnapOutcome outcome = SnapOutcome::None;
    RoadReference road;                    // Snapped: the stretch
    std::vector<SnapCandidate> candidates; // the nearest first. Snapped: one; None: the nearest one, though too far
    bool isByHint = false;                 // rule 2 decided
    bool isChosen = false;                 // SnapQuery::chosenRoad decided
    bool isJunction = false;               // Ambiguous: the candidates meet within kStretchMeters of the point
};

// A place on a road by its number in the snapper.
struct RoadPosition {
    std::uint32_t road = 0;
    double alongMeters = 0;
    LonLat place;
    double distanceMeters = 0;
};

// The road segments of a project's road layers, indexed once; immutable then, used from any thread.
class RoadSnapper {
public:
    static constexpr double kStretchMeters = 500;

    explicit RoadSnapper(const Project& project);

    bool isEmpty() const { return m_roads.empty(); }
    Snap snap(LonLat point, const SnapQuery& query = {}) const;

    // For each road within maxMeters of the point its nearest place, the nearest road first (then by id).
    std::vector<RoadPosition> within(LonLat point, double maxMeters) const;
    const std::string& roadId(std::uint32_t road) const { return m_roads[road].id; }
    double lengthMeters(std::uint32_t road) const { return m_roads[road].lengthMeters; }
    const RoadLookup& roads() const { return m_lookup; }

private:
    struct Road {
        std::string id;
        double lengthMeters = 0;
        std::vector<double> cutsMeters; // ascending: ends, gaps, junctions
        std::string name;
        std::vector<std::string> matched; // names and refs without case, accents and punctuation
    };
    struct Segment {
        const LonLat* begin; // the next one is its end
        std::uint32_t road;
        double alongMeters; // of its begin
        double lengthMeters;
    };
    void addRoad(std::string_view id);
    void addJunctions();
    std::vector<std::uint32_t> asked(const std::string& roadHint) const;   // ascending
    std::vector<std::uint32_t> namedIn(const std::string& textHint) const; // ascending
    bool isSameRoad(std::uint32_t a, std::uint32_t b) const;
    bool doMeet(std::uint32_t a, double aMeters, std::uint32_t b, double bMeters) const;
    RoadReference stretchAt(const RoadPosition& position) const;
    SnapCandidate candidate(const RoadPosition& position) const;
    Snap snapToChosen(LonLat point, const std::string& roadId) const;
    using RoadTest = std::function<bool(std::uint32_t road)>;
    std::optional<RoadPosition> nearest(LonLat point, const RoadTest& isWanted) const;
    void choose(Snap& result, LonLat point, std::vector<RoadPosition> inQuestion, const SnapQuery& query) const;

    RoadLookup m_lookup; // keeps the coordinates alive
    std::vector<Road> m_roads;
    std::vector<Segment> m_segments;
    SpatialIndex m_index;
};

// How far a point may be off that is given with that precision: exact 0, approximate 2 km, town 3 km (its point stands
// for the whole town), segment 0 (put on the road it means), unknown 0; region and country: infinite, never snapped.
double positionErrorMeters(LocationPrecision precision);

// "120 m from road 76 at 0.42"; "two roads within 500 m: 76 (120 m), 141 (130 m)"; "no road within 500 m; the nearest
// is 76 (2.0 km)".
std::string describe(const Snap& snap, const SnapQuery& query);

// A road status given as a point (and naming no road yet), as a query: its precision, place and note as hints.
bool isSnappable(const RoadStatus& report);
SnapQuery snapQueryFor(const RoadStatus& report, double maxMeters);
// The report on the stretch that was found. Its point stays as it was reported, so that the link can be seen and
// undone.
RoadStatus snapped(RoadStatus report, const Snap& snap);
// The report with its point alone. A report without a point keeps its roads: they are all it says of its place.
RoadStatus unsnapped(RoadStatus report);
// Whether the report has both a point and roads, and how far apart they are: "120 m from road 76 at 0.42"; "" if not.
std::string snapLinkText(const RoadStatus& report, const RoadLookup& roads);

} // namespace cordon
