// The part of changes.h that compares who holds what.
#pragma once

#include "core/model/road_changes.h"

namespace cordon {

std::vector<ControlChange> controlChanges(const SituationIndex& index, const RegionLookup& regionsBefore,
                                          const RegionLookup& regions, const ChangeSteps& steps,
                                          double smallestSquareMeters);

} // namespace cordon
