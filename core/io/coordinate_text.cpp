#include "core/io/coordinate_text.h"

#include <array>
#include <charconv>
#include <string>

namespace cordon {

namespace {

constexpr std::string_view kBlanks = " \t\r\n\xC2\xA0"; // the last two bytes: a no-break space in UTF-8

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(kBlanks);
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

char upper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

// +1 or -1 for a letter of the axis, 0 for any other.
int signOfLetter(char letter, Axis axis) {
    switch (upper(letter)) {
    case 'N':
        return axis == Axis::Latitude ? 1 : 0;
    case 'S':
        return axis == Axis::Latitude ? -1 : 0;
    case 'E':
        return axis == Axis::Longitude ? 1 : 0;
    case 'W':
    case 'O':
        return axis == Axis::Longitude ? -1 : 0;
    default:
        return 0;
    }
}

// Degree, minute and second marks in all spellings, blanks and colons.
bool skipMark(std::string_view& text) {
    for (const std::string_view mark : {"\xC2\xB0",
                                        "\xC2\xBA",
                                        "\xE2\x80\xB2",
                                        "\xE2\x80\xB3",
                                        "\xE2\x80\x99",
                                        "\xE2\x80\x98",
                                        "\xE2\x80\x9D",
                                        "\xE2\x80\x9C",
                                        "\xC2\xB4",
                                        "\xCB\x9A",
                                        "\xC2\xA0",
                                        "'",
                                        "\"",
                                        "`",
                                        ":",
                                        " ",
                                        "\t",
                                        "d",
                                        "m",
                                        "s",
                                        "D",
                                        "M"})
        if (text.starts_with(mark)) {
            text.remove_prefix(mark.size());
            return true;
        }
    return false;
}

std::optional<double> takeNumber(std::string_view& text) {
    std::array<char, 40> buffer{};
    std::size_t length = 0;
    while (length < text.size() && length < buffer.size()) {
        const char c = text[length];
        if ((c < '0' || c > '9') && c != '.' && c != ',')
            break;
        buffer[length++] = c == ',' ? '.' : c;
    }
    double value = 0;
    const auto [end, error] = std::from_chars(buffer.data(), buffer.data() + length, value);
    if (error != std::errc{} || end != buffer.data() + length || length == 0)
        return std::nullopt;
    text.remove_prefix(length);
    return value;
}

// A plain number with sign, which may have an exponent.
std::optional<double> plainNumber(std::string_view text) {
    if (text.starts_with('+'))
        text.remove_prefix(1);
    if (text.empty() || text.size() > 40)
        return std::nullopt;
    const char last = text.back(), first = text.front();
    if ((last < '0' || last > '9') && last != '.')
        return std::nullopt;
    if ((first < '0' || first > '9') && first != '-' && first != '.')
        return std::nullopt;
    std::string dotted;
    if (const std::size_t comma = text.find(','); comma != std::string_view::npos) {
        dotted = text;
        dotted[comma] = '.';
        text = dotted;
    }
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

} // namespace

std::optional<double> parseDegrees(std::string_view text, Axis axis) {
    text = trimmed(text);
    if (const auto plain = plainNumber(text))
        return plain;
    int sign = 0;
    if (!text.empty() && (sign = signOfLetter(text.front(), axis)) != 0) {
        text.remove_prefix(1);
    } else if (!text.empty() && (sign = signOfLetter(text.back(), axis)) != 0) {
        text.remove_suffix(1);
    }
    text = trimmed(text);
    if (text.starts_with('-') || text.starts_with('+')) {
        if (sign == 0)
            sign = text.front() == '-' ? -1 : 1;
        else if (text.front() == '-')
            return std::nullopt; // "-7 S" says two things
        text.remove_prefix(1);
    }
    double degrees = 0, unit = 1;
    int count = 0;
    while (!text.empty()) {
        const auto number = takeNumber(text);
        if (!number || count == 3 || (count > 0 && *number >= 60))
            return std::nullopt;
        degrees += *number * unit;
        unit /= 60;
        ++count;
        while (skipMark(text)) {
        }
    }
    if (count == 0)
        return std::nullopt;
    return sign < 0 ? -degrees : degrees;
}

std::optional<std::pair<double, double>> parseLatLon(std::string_view text) {
    text = trimmed(text);
    std::array<std::string_view, 4> items;
    std::size_t count = 0;
    const std::string_view separators = text.find(';') != std::string_view::npos ? ";" : ", \t";
    while (!text.empty()) {
        const std::size_t begin = text.find_first_not_of(separators);
        if (begin == std::string_view::npos)
            break;
        if (count == items.size())
            return std::nullopt;
        text.remove_prefix(begin);
        const std::size_t end = std::min(text.find_first_of(separators), text.size());
        items[count++] = text.substr(0, end);
        text.remove_prefix(end);
    }
    if (count < 2)
        return std::nullopt;
    for (std::size_t i = 2; i < count; ++i)
        if (!plainNumber(trimmed(items[i])))
            return std::nullopt;
    const auto lat = parseDegrees(items[0], Axis::Latitude), lon = parseDegrees(items[1], Axis::Longitude);
    if (!lat || !lon || *lat < -90 || *lat > 90 || *lon < -180 || *lon > 180)
        return std::nullopt;
    return std::pair{*lat, *lon};
}

} // namespace cordon
