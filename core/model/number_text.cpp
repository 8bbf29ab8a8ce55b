#include "core/model/number_text.h"

#include <cmath>
#include <cstdio>

namespace cordon {

std::string groupedNumber(long long number) {
    std::string digits = std::to_string(number < 0 ? -number : number);
    for (std::size_t at = digits.size(); at > 3;) {
        at -= 3;
        digits.insert(at, "\u2009");
    }
    return (number < 0 ? "-" : "") + digits;
}

std::string quantityText(double value, std::string_view unit, std::string_view language) {
    std::string number;
    if (std::abs(value) < 9.95) {
        char text[16];
        std::snprintf(text, sizeof text, "%.1f", value);
        number = text;
        if (const std::size_t point = number.find('.'); language == "fr" && point != std::string::npos)
            number[point] = ',';
    } else {
        number = groupedNumber(std::llround(value));
    }
    return number + "\u00A0" + std::string(unit);
}

std::string formattedNumber(const char* format, double value) {
    char text[400]; // the longest double is 309 digits
    std::snprintf(text, sizeof text, format, value);
    return text;
}

} // namespace cordon
