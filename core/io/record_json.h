// Writing JSON by hand: texts, numbers, lists. Internal to io.
#pragma once

#include "core/model/situation.h"

#include <string>
#include <string_view>
#include <vector>

namespace cordon {

// With quotes; bytes that are no UTF-8 become U+FFFD, since JSON cannot hold them.
std::string jsonText(std::string_view text);
std::string jsonList(const std::vector<std::string>& texts);
// Shortest text that reads back as the same number; null for what is no number.
std::string jsonNumber(double value);
std::string numberText(double value);
std::string jsonGeometry(const SmallGeometry& geometry); // GeoJSON; null for none
std::string wktGeometry(const SmallGeometry& geometry);  // "" for none

} // namespace cordon
