// From reports to obstacles on roads: the first half of road_passage.h.
#pragma once

#include "core/network/road_passage.h"

namespace cordon {

// Stretches of roads, in the order of roadStates(). Reports of a road that is no longer in a layer are placed by their
// geometry where that is on a road (within 1 km of a point, 100 m of a line); otherwise a warning names them.
std::vector<Obstacle> reportedObstacles(const AccessNetwork& network, const SituationIndex& index,
                                        const AccessQuery& query, Warnings& warnings);
// What the question closes.
std::vector<Obstacle> closedByQuestion(const AccessNetwork& network, const AccessQuery& query);

// Areas: ground held by somebody whom the policy minds, and restricted places where they may not be passed. With the
// share of each edge that lies in it, found by looking every kilometre of the road.
struct AreaObstacle {
    Obstacle obstacle;
    std::vector<std::pair<std::uint32_t, float>> shares; // edge, share
};
std::vector<AreaObstacle> areaObstacles(const AccessNetwork& network, const SituationIndex& index,
                                        const RegionLookup& regions, const AccessQuery& query);

// How far a restriction given as a point reaches along the roads.
inline constexpr double kRestrictionMeters = 5000;

} // namespace cordon
