// Which rule draws which feature: conditions compared column by column. Internal to render.
#pragma once

#include "core/model/feature_table.h"
#include "core/model/style.h"

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

namespace cordon {

// For every feature the position of the first condition list that holds, 255 where none does. At most 255 lists.
// Throws Stopped.
std::vector<std::uint8_t> matchRules(const FeatureTable& table, const std::vector<std::vector<Condition>>& rules,
                                     const std::stop_token& stop = {});

// Text that is equal for equal condition lists only.
std::string conditionsKey(const std::vector<std::vector<Condition>>& rules);

} // namespace cordon
