// How far one gets in how long: the stretches of road that are reached, by time. Roads only: what lies beside them is
// not said to be reached.
#pragma once

#include "core/geo/overlay.h"
#include "core/network/access.h"

namespace cordon {

struct ReachedStretch {
    std::uint32_t edge = kNone;
    double fromFraction = 0, toFraction = 1; // of the road
    std::size_t band = 0;                    // reached within bandHours[band]; bandHours.size(): later
};

// Of every edge what is reached from either end, up to what shuts it. `bandHours` ascending.
std::vector<ReachedStretch> reachedStretches(const AccessNetwork& network, const AccessAnswer& answer,
                                             const std::vector<double>& bandHours);

// The ground within so many metres of the roads reached within the query's budget (of all reached ones without one):
// straight across country from the road, whatever lies there.
Area reachedGround(const AccessNetwork& network, const AccessAnswer& answer, double meters);

// Bands that suit an answer: up to five, whole hours that double (1, 2, 4 ...), the last one at or past most places.
std::vector<double> bandsFor(const AccessAnswer& answer);

} // namespace cordon
