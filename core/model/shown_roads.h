// Roads as a map shows them: stretches of one look put together and placed. Part of shown_situation.h.
#pragma once

#include "core/model/shown_situation.h"

namespace cordon {

std::vector<ShownRoad> shownRoads(const std::vector<RoadStretch>& stretches, MeasuredRoads& measured);

} // namespace cordon
