// Numbers as maps write them.
#pragma once

#include <string>
#include <string_view>

namespace cordon {

// 4500000 -> "4 500 000" with thin spaces (U+2009).
std::string groupedNumber(long long number);
// With its unit behind a blank that does not break: "639 km", "1 234 km²"; below 10 with one decimal, "3.4 km", in
// French "3,4 km".
std::string quantityText(double value, std::string_view unit, std::string_view language);

} // namespace cordon
