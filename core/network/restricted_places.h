// Which places a restriction is on.
#pragma once

#include "core/model/situation_index.h"
#include "core/network/access_network.h"
#include "core/network/access_query.h"

namespace cordon {

// Restrictions in force, without those the question lifts or does not mind; stale ones count as the policy says.
std::vector<const Restriction*> restrictionsInForce(const SituationIndex& index, const AccessQuery& query);

// Of an area the places in it. Of a point the place of its name within 20 km, else the nearest within 5 km. None: a
// warning names it.
std::vector<std::vector<const Restriction*>>
restrictedPlaces(const AccessNetwork& network, const std::vector<const Restriction*>& restrictions, Warnings& warnings);

} // namespace cordon
