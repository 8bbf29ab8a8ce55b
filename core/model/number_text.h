// Numbers as maps and tables write them.
#pragma once

#include <string>
#include <string_view>

namespace cordon {

// 4500000 -> "4 500 000" with thin spaces (U+2009).
std::string groupedNumber(long long number);
// With its unit behind a blank that does not break: "639 km", "1 234 km²"; below 10 with one decimal, "3.4 km", in
// French "3,4 km".
std::string quantityText(double value, std::string_view unit, std::string_view language);

// As printf writes it: formattedNumber("%.1f h", 2.25) -> "2.2 h".
std::string formattedNumber(const char* format, double value);

} // namespace cordon
