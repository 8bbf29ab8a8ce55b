#include "core/io/coordinate_notations.h"

#include "core/geo/grid_reference.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <regex>

namespace cordon {

namespace {

constexpr std::size_t kLongest = 200; // of a text that a regular expression is tried on

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

std::string upperCased(std::string_view text) {
    std::string upper(text);
    for (char& c : upper)
        if (c >= 'a' && c <= 'z')
            c = static_cast<char>(c - 'a' + 'A');
    return upper;
}

std::optional<double> numberFrom(std::string_view text) {
    double value = 0;
    if (text.starts_with('+'))
        text.remove_prefix(1);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

std::string shortNumber(double value) {
    std::array<char, 40> buffer{};
    return {buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr};
}

// "UTM zone 29 North, 612345,5 m E" -> "29 N, 612345.5 M E"
std::string gridText(std::string_view plain) {
    std::string text = upperCased(plain);
    static const std::regex kFiller("\\b(UTM|WGS ?-?84|ZONE|FUSEAU|ZONA|HUSO|EASTING|NORTHING|EAST|EST)\\b[:=]?");
    static const std::regex kNorth("\\b(NORTH|NORD|NORTE|HEMISPHERE NORD)\\b");
    static const std::regex kSouth("\\b(SOUTH|SUD|SUR|HEMISPHERE SUD)\\b");
    text = std::regex_replace(text, kFiller, " ");
    text = std::regex_replace(text, kNorth, "N");
    text = std::regex_replace(text, kSouth, "-"); // not the band S
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != ',')
            continue;
        std::size_t digits = 0;
        while (i + 1 + digits < text.size() && isDigit(text[i + 1 + digits]))
            ++digits;
        text[i] = i > 0 && isDigit(text[i - 1]) && digits >= 1 && digits <= 3 ? '.' : ' ';
    }
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c == ';' || c == ':' || c == '=' || c == '/' || c == '\t'; },
        ' ');
    return text;
}

} // namespace

PlaceText placeAt(double latDegrees, double lonDegrees) {
    if (!(std::abs(latDegrees) <= 90))
        return {std::nullopt, "is no place: the latitude " + shortNumber(latDegrees) + " is " +
                                  (latDegrees > 0 ? "above 90" : "below -90")};
    if (!(std::abs(lonDegrees) <= 180))
        return {std::nullopt, "is no place: the longitude " + shortNumber(lonDegrees) + " is " +
                                  (lonDegrees > 0 ? "above 180" : "below -180")};
    return {WrittenPlace{latDegrees, lonDegrees, {}, {}, {}}, {}};
}

std::optional<PlaceText> readMgrs(std::string_view plain) {
    if (plain.size() < 4 || plain.size() > 60)
        return std::nullopt;
    std::string text = upperCased(plain);
    for (const std::string_view prefix : {"MGRS", "USNG", "UTMREF"})
        if (text.starts_with(prefix))
            text.erase(0, prefix.size());
    std::erase_if(text, [](char c) { return c == ' ' || c == '-' || c == ':' || c == '_' || c == '\t' || c == '='; });
    std::size_t at = 0;
    while (at < text.size() && isDigit(text[at]))
        ++at;
    const bool isPolar = at == 0 && !text.empty() && std::string_view("ABYZ").find(text[0]) != std::string_view::npos;
    std::size_t letters = 0;
    while (at + letters < text.size() && text[at + letters] >= 'A' && text[at + letters] <= 'Z')
        ++letters;
    const std::size_t digits = text.size() - at - letters;
    if (at > 2 || letters != 3 || (at == 0 && !isPolar) ||
        !std::all_of(text.end() - static_cast<std::ptrdiff_t>(digits), text.end(), isDigit) || (isPolar && digits < 2))
        return std::nullopt;
    if (digits % 2 != 0)
        return PlaceText{std::nullopt, "is no MGRS place: it has an odd number of digits"};
    const auto square = fromMgrs(text);
    if (!square)
        return PlaceText{std::nullopt, "is no MGRS place: there is no such square"};
    PlaceText result = placeAt(square->center.latDegrees, square->center.lonDegrees);
    if (result.place)
        result.place->squareMeters = square->sideMeters;
    return result;
}

std::optional<UtmZone> parseUtmZone(std::string_view text) {
    if (text.empty() || text.size() > 60)
        return std::nullopt;
    static const std::regex kZone(" *(\\d{1,2}) *([A-Z-])? *");
    std::smatch m;
    const std::string plain = gridText(text);
    if (!std::regex_match(plain, m, kZone))
        return std::nullopt;
    const UtmZone zone{std::stoi(m[1]), m[2].matched ? m[2].str()[0] : '\0'};
    return zone.number >= 1 && zone.number <= 60 ? std::optional(zone) : std::nullopt;
}

PlaceText placeInUtm(UtmZone zone, double easting, double northing, bool sIsBand) {
    constexpr double kBandSFrom = 3'540'000, kBandSTo = 4'433'000; // metres north of the equator, 32 to 40 N
    const char letter = zone.letter;
    if (letter == '\0')
        return {std::nullopt, "does not say the hemisphere of its UTM zone; write such as 29N"};
    if (letter < 'A' && letter != UtmZone::kSouth)
        return {std::nullopt, "is no UTM place"};
    if (letter != UtmZone::kSouth && (letter < 'C' || letter > 'X' || letter == 'I' || letter == 'O'))
        return {std::nullopt, std::string("has the letter ") + letter + ", which is no band of a UTM zone"};
    const bool isBandS = letter == 'S' && (sIsBand || (northing >= kBandSFrom && northing <= kBandSTo));
    const bool isSouth = letter == UtmZone::kSouth || letter < 'N' || (letter == 'S' && !isBandS);
    const auto p = fromUtm(zone.number, !isSouth, easting, northing);
    if (!p)
        return {std::nullopt, zone.number < 1 || zone.number > 60 ? "has no UTM zone from 1 to 60"
                                                                  : "lies beyond the grid of its UTM zone"};
    PlaceText result = placeAt(p->latDegrees, p->lonDegrees);
    const bool isHemisphere = letter == UtmZone::kSouth || letter == 'N' || (letter == 'S' && !isBandS);
    // Bands end within a kilometre or two of what zones' edges say; a degree away is another band.
    if (!isHemisphere && utmBandOf(p->latDegrees - 1) != letter && utmBandOf(p->latDegrees) != letter &&
        utmBandOf(p->latDegrees + 1) != letter)
        return {std::nullopt, std::string("does not lie in the band ") + letter + " that it names"};
    return result;
}

std::optional<PlaceText> readUtm(std::string_view plain) {
    // Two numbers of metres at least, so this many digits; degrees rarely have six before the mark.
    if (plain.size() < 12 || plain.size() > kLongest)
        return std::nullopt;
    std::size_t run = 0, longest = 0;
    bool isFraction = false;
    for (const char c : plain) {
        isFraction = isDigit(c) ? isFraction : c == '.' || c == ',';
        run = isDigit(c) && !isFraction ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    if (longest < 6)
        return std::nullopt;
    const std::string text = gridText(plain);
    static const std::string kE = "(?:E ?)?0?(\\d{6}(?:\\.\\d+)?) ?(?:M ?E|E|M)?\\.?";
    static const std::string kN = "(?:N ?)?(\\d{1,8}(?:\\.\\d+)?) ?(?:M ?N|N|M)?\\.?";
    static const std::regex kZoneFirst("^ *(\\d{1,2}) *([A-Z-])? *" + kE + " +" + kN + " *$");
    static const std::regex kZoneGlued("^ *(\\d{1,2})([A-Z]) *" + kE + " *" + kN + " *$");
    static const std::regex kZoneLast("^ *" + kE + " *" + kN + " +(\\d{1,2}) *([A-Z-])? *$");
    std::smatch m;
    const auto letterOf = [&](std::size_t group) { return m[group].matched ? m[group].str()[0] : '\0'; };
    if (std::regex_match(text, m, kZoneFirst))
        return placeInUtm({std::stoi(m[1]), letterOf(2)}, *numberFrom(m[3].str()), *numberFrom(m[4].str()));
    if (std::regex_match(text, m, kZoneLast))
        return placeInUtm({std::stoi(m[3]), letterOf(4)}, *numberFrom(m[1].str()), *numberFrom(m[2].str()));
    if (std::regex_match(text, m, kZoneGlued) && m[3].length() >= 6)
        return placeInUtm({std::stoi(m[1]), letterOf(2)}, *numberFrom(m[3].str()), *numberFrom(m[4].str()));
    return std::nullopt;
}

std::optional<PlaceText> readWktPoint(std::string_view plain) {
    if (plain.size() < 8 || plain.size() > kLongest)
        return std::nullopt;
    std::string text = upperCased(plain);
    if (text.starts_with("SRID=4326;"))
        text.erase(0, 10);
    if (!text.starts_with("POINT"))
        return std::nullopt;
    static const std::regex kPoint("^POINT *(Z|M|ZM)? *\\( *([-+0-9.E]+) +([-+0-9.E]+)(?: +([-+0-9.E]+)){0,2} *\\)$");
    std::smatch m;
    const auto bad = PlaceText{std::nullopt, "is no WKT point such as POINT (-8.0 12.65)"};
    if (!std::regex_match(text, m, kPoint))
        return bad;
    const auto lon = numberFrom(m[2].str()), lat = numberFrom(m[3].str());
    if (!lon || !lat)
        return bad;
    PlaceText result = placeAt(*lat, *lon);
    if (result.place && m[1].str() != "M" && m[4].matched && m[1].str() != "ZM")
        result.place->altitudeMeters = numberFrom(m[4].str());
    return result;
}

std::optional<double> degreesFromPacked(double value, int integerDigits, Axis axis) {
    const int degreeDigits = axis == Axis::Latitude ? 2 : 3;
    double degrees = 0, rest = 0;
    if (integerDigits == degreeDigits + 2) { // ddmm.m
        degrees = std::floor(value / 100);
        rest = (value - degrees * 100) / 60;
    } else if (integerDigits == degreeDigits + 4) { // ddmmss.s
        degrees = std::floor(value / 10000);
        const double minutes = std::floor((value - degrees * 10000) / 100);
        const double seconds = value - degrees * 10000 - minutes * 100;
        if (minutes >= 60 || seconds >= 60)
            return std::nullopt;
        rest = minutes / 60 + seconds / 3600;
    } else {
        return std::nullopt;
    }
    return rest < 1 ? std::optional(degrees + rest) : std::nullopt;
}

// +DD.D+DDD.D, +DDMM.M+DDDMM.M or +DDMMSS.S+DDDMMSS.S, a height and the end: what the number of digits says.
std::optional<PlaceText> readIso6709(std::string_view plain) {
    if (plain.size() < 6 || plain.size() > kLongest || (plain[0] != '+' && plain[0] != '-'))
        return std::nullopt;
    static const std::regex kIso("^([-+])(\\d{2}|\\d{4}|\\d{6})(\\.\\d*)?([-+])(\\d{3}|\\d{5}|\\d{7})(\\.\\d*)?"
                                 "([-+]\\d+(?:\\.\\d*)?)?(?:CRS[A-Za-z0-9_:]+)?/?$");
    const std::string text(plain);
    std::smatch m;
    if (!std::regex_match(text, m, kIso))
        return std::nullopt;
    const auto angle = [&](std::size_t sign, Axis axis) -> std::optional<double> {
        const std::string whole = m[sign + 1].str() + (m[sign + 2].length() > 1 ? m[sign + 2].str() : "");
        const auto value = numberFrom(whole);
        const int digits = static_cast<int>(m[sign + 1].length());
        const auto degrees = digits <= 3 ? value : degreesFromPacked(*value, digits, axis);
        return degrees ? std::optional(m[sign].str() == "-" ? -*degrees : *degrees) : std::nullopt;
    };
    const auto lat = angle(1, Axis::Latitude), lon = angle(4, Axis::Longitude);
    if (!lat || !lon)
        return PlaceText{std::nullopt, "has 60 minutes or seconds, or more"};
    PlaceText result = placeAt(*lat, *lon);
    if (result.place && m[7].matched)
        result.place->altitudeMeters = numberFrom(m[7].str());
    return result;
}

std::string_view withoutLink(std::string_view plain) {
    const auto upTo = [](std::string_view text, std::string_view ends) {
        return text.substr(0, std::min(text.find_first_of(ends), text.size()));
    };
    if (plain.starts_with("geo:") || plain.starts_with("GEO:"))
        return upTo(plain.substr(4), ";?");
    if (!plain.starts_with("http"))
        return plain;
    for (const std::string_view key : {"/@", "?q=", "&q=", "?ll=", "&ll=", "query=", "#map="}) {
        const std::size_t at = plain.find(key);
        if (at == std::string_view::npos)
            continue;
        std::string_view rest = upTo(plain.substr(at + key.size()), "&z?");
        if (key == "#map=") // zoom/lat/lon
            return rest.substr(std::min(rest.find('/') + 1, rest.size()));
        const std::size_t comma = rest.find(',');
        const std::size_t second = comma == std::string_view::npos ? comma : rest.find(',', comma + 1);
        return rest.substr(0, std::min(second, rest.size())); // the zoom follows
    }
    return plain;
}

} // namespace cordon
