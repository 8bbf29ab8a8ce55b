#include "app/cli/map_request.h"

#include "app/cli/cli.h"

#include <charconv>
#include <cmath>

namespace cordon {
namespace {

std::optional<double> wholeNumberText(std::string_view text) {
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    if (text.starts_with('+'))
        text.remove_prefix(1);
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size() || !std::isfinite(number))
        return std::nullopt;
    return number;
}

// Exactly `count` numbers with commas between them; empty if it is anything else.
std::vector<double> numbersIn(std::string_view text, std::size_t count) {
    std::vector<double> numbers;
    for (;;) {
        const std::size_t comma = text.find(',');
        const auto number = wholeNumberText(text.substr(0, comma));
        if (!number)
            return {};
        numbers.push_back(*number);
        if (comma == std::string_view::npos)
            break;
        text.remove_prefix(comma + 1);
    }
    return numbers.size() == count ? numbers : std::vector<double>{};
}

} // namespace

GeoBox parseExtent(const std::string& option, const std::string& text) {
    std::vector<double> v = numbersIn(text, 4);
    if (v.empty())
        throw UsageError(option + " '" + text +
                         "' is not four numbers W,S,E,N in degrees; write it like -12.3,10.1,4.3,25.0.");
    if (v[1] < -90 || v[3] > 90 || std::abs(v[0]) > 180 || std::abs(v[2]) > 360)
        throw UsageError(option + " '" + text +
                         "' leaves the globe; it is west,south,east,north in degrees, longitude -180 to 180 and "
                         "latitude -90 to 90.");
    if (v[2] < v[0])
        v[2] += 360; // over the antimeridian
    if (v[0] >= v[2] || v[1] >= v[3])
        throw UsageError(option + " '" + text + "' is empty; south must be below north and west differ from east.");
    return {{v[0], v[1], v[2], v[3]}};
}

LonLat parseCenter(const std::string& text) {
    const std::vector<double> v = numbersIn(text, 2);
    if (v.empty() || std::abs(v[0]) > 180 || std::abs(v[1]) > 90)
        throw UsageError("--center '" + text +
                         "' is not LON,LAT in degrees, longitude -180 to 180 first; write it like -8.0,12.65.");
    return {v[0], v[1]};
}

double parseScale(const std::string& text) {
    std::string digits = text.starts_with("1:") ? text.substr(2) : text;
    const auto number = wholeNumberText(digits);
    if (!number || *number < 1 || *number > 1e10)
        throw UsageError("--scale '" + text + "' is not a scale; write it like 1:1000000.");
    return *number;
}

PixelSize parseSize(const std::string& option, const std::string& text) {
    const std::size_t cross = text.find_first_of("xX");
    if (cross != std::string::npos) {
        const auto width = wholeNumberText(text.substr(0, cross));
        const auto height = wholeNumberText(text.substr(cross + 1));
        if (width && height && *width == std::floor(*width) && *height == std::floor(*height) && *width >= 16 &&
            *height >= 16 && *width <= 100000 && *height <= 100000)
            return {static_cast<int>(*width), static_cast<int>(*height)};
    }
    throw UsageError(option + " '" + text +
                     "' is not a size in pixels from 16x16 to 100000x100000; write it like 1920x1080.");
}

double parseDpi(const std::string& text) {
    const auto dpi = wholeNumberText(text);
    if (!dpi || *dpi < 10 || *dpi > 2400)
        throw UsageError("--dpi '" + text + "' is not a number of dots per inch from 10 to 2400; write it like 150.");
    return *dpi;
}

std::string parsePaper(const std::string& text) {
    if (text.size() == 2 && (text[0] == 'A' || text[0] == 'a') && text[1] >= '0' && text[1] <= '4')
        return std::string("A") + text[1];
    throw UsageError("--paper '" + text + "' is not a paper size; it is one of A4, A3, A2, A1, A0.");
}

} // namespace cordon
