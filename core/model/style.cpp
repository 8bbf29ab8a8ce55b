#include "core/model/style.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace cordon {
namespace {

int hexDigit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

} // namespace

std::optional<Color> Color::fromText(const std::string& hex) {
    if (hex.empty() || hex[0] != '#' || (hex.size() != 4 && hex.size() != 7 && hex.size() != 9))
        return std::nullopt;
    int digits[8] = {0, 0, 0, 0, 0, 0, 15, 15};
    for (std::size_t i = 1; i < hex.size(); ++i) {
        const int digit = hexDigit(hex[i]);
        if (digit < 0)
            return std::nullopt;
        if (hex.size() == 4)
            digits[2 * (i - 1)] = digits[2 * (i - 1) + 1] = digit;
        else
            digits[i - 1] = digit;
    }
    const auto byte = [&](int i) { return static_cast<std::uint8_t>(digits[i] * 16 + digits[i + 1]); };
    return Color{byte(0), byte(2), byte(4), byte(6)};
}

std::string Color::toText() const {
    char buffer[10];
    if (a == 255)
        std::snprintf(buffer, sizeof buffer, "#%02X%02X%02X", r, g, b);
    else
        std::snprintf(buffer, sizeof buffer, "#%02X%02X%02X%02X", r, g, b, a);
    return buffer;
}

Color Color::withOpacity(double opacity) const {
    Color result = *this;
    result.a = static_cast<std::uint8_t>(std::lround(a * std::clamp(opacity, 0.0, 1.0)));
    return result;
}

Color Color::darker(double factor) const {
    const auto scaled = [&](std::uint8_t c) {
        return static_cast<std::uint8_t>(std::lround(std::clamp(c * factor, 0.0, 255.0)));
    };
    return {scaled(r), scaled(g), scaled(b), a};
}

} // namespace cordon
