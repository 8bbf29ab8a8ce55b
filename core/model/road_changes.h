// The part of changes.h that compares roads.
#pragma once

#include "core/model/changes.h"

namespace cordon {

struct ChangeSteps {
    TimeFilter before; // (D1, K1)
    TimeFilter learnt; // (D1, K2)
    TimeFilter after;  // (D2, K2)
};

std::vector<RoadChange> roadChanges(const SituationIndex& index, const RoadLookup& roads, const ChangeSteps& steps);

// What a change from `before` to `after` is called; nullopt if it is none. Null: nothing known.
std::optional<RoadChangeKind> roadChangeKind(const RoadStretch* before, const RoadStretch* after);

} // namespace cordon
