#include "core/io/coordinate_text.h"

#include "core/io/coordinate_notations.h"
#include "core/io/coordinate_tokens.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <span>

namespace cordon {

namespace {

using Kind = CoordinateTokenKind;
using Tokens = std::span<const CoordinateToken>;

constexpr std::size_t kLongest = 2000; // no coordinate is longer

// A plain number with sign and perhaps an exponent, as most tables have: no need to look closer.
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
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlanks = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(kBlanks);
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

struct Angle {
    double degrees = 0;
    std::optional<Axis> axis;
};
struct AngleText {
    std::optional<Angle> angle;
    std::string why;
};

AngleText bad(std::string why) {
    return {std::nullopt, std::move(why)};
}

bool isNumber(const CoordinateToken& token) {
    return token.kind == Kind::Number;
}

std::size_t countOf(Tokens tokens, Kind kind) {
    return static_cast<std::size_t>(
        std::count_if(tokens.begin(), tokens.end(), [&](const CoordinateToken& t) { return t.kind == kind; }));
}

// One coordinate: a hemisphere or a name of the axis, and up to three numbers with their marks.
class AngleReader {
public:
    explicit AngleReader(Tokens tokens, std::optional<Axis> axis) : m_tokens(tokens) { m_angle.axis = axis; }

    AngleText read() {
        for (const CoordinateToken& token : m_tokens)
            if (!take(token))
                return bad(m_why);
        if (m_count == 0)
            return bad("has no number");
        if (m_count == 1 && m_letter != '\0' && !m_hasMark && m_first.integerDigits >= 4)
            if (!unpack())
                return bad("has 60 minutes or seconds, or more");
        const bool isWestOrSouth = m_letter == 'W' || m_letter == 'S';
        if (m_sign == '-' && m_letter != '\0')
            return bad(std::string("says both minus and ") + m_letter);
        m_angle.degrees = isWestOrSouth || m_sign == '-' ? -m_degrees : m_degrees;
        return {m_angle, {}};
    }

private:
    bool fail(const char* why) {
        m_why = why;
        return false;
    }

    bool take(const CoordinateToken& token) {
        switch (token.kind) {
        case Kind::Number:
            return takeNumber(token);
        case Kind::Degree:
            m_hasMark = true;
            return (m_count == 1 && m_unit == 0) || fail("has a degree mark out of its place");
        case Kind::Minute: // a single mark for the seconds is a slip often seen
            m_hasMark = true;
            return m_count >= 2 || fail("has minutes without degrees");
        case Kind::Second:
            m_hasMark = true;
            return takeSecondMark();
        case Kind::Colon:
            return m_count > 0 && m_count < 3;
        case Kind::Hemisphere:
            return takeHemisphere(token.letter);
        case Kind::LatLabel:
        case Kind::LonLabel:
            return takeAxis(token.kind == Kind::LatLabel ? Axis::Latitude : Axis::Longitude);
        case Kind::Separator:
            break;
        }
        return fail("is not one coordinate");
    }

    bool takeNumber(const CoordinateToken& token) {
        if (m_count == 3)
            return fail("has too many numbers");
        if (m_count > 0 && token.letter != '\0')
            return fail("has a sign inside");
        if (m_count > 0 && token.value >= 60)
            return fail("has 60 minutes or seconds, or more");
        if (m_count > 0 && m_hasFraction && token.value != 0)
            return fail("has a fraction before its last number");
        if (m_count == 0) {
            m_sign = token.letter;
            m_first = token;
        }
        m_unit = m_count;
        m_degrees += token.value / (m_count == 0 ? 1 : m_count == 1 ? 60 : 3600);
        m_last = token.value;
        m_hasFraction |= token.hasFraction;
        ++m_count;
        return true;
    }

    // "12° 5\"": no minutes.
    bool takeSecondMark() {
        if (m_count == 2) {
            m_degrees += m_last / 3600 - m_last / 60;
            m_count = 3;
        }
        return m_count == 3 || fail("has seconds without degrees");
    }

    bool takeHemisphere(char letter) {
        if (m_letter != '\0')
            return fail("names two hemispheres");
        m_letter = letter;
        return takeAxis(letter == 'N' || letter == 'S' ? Axis::Latitude : Axis::Longitude);
    }

    bool takeAxis(Axis axis) {
        if (m_angle.axis && *m_angle.axis != axis)
            return fail(axis == Axis::Latitude ? "is a latitude" : "is a longitude");
        m_angle.axis = axis;
        return true;
    }

    // "1239.0N", "0080000W" as devices and pilots write
    bool unpack() {
        const auto degrees = degreesFromPacked(m_first.value, m_first.integerDigits, *m_angle.axis);
        m_degrees = degrees.value_or(0);
        return degrees.has_value();
    }

    Tokens m_tokens;
    Angle m_angle;
    CoordinateToken m_first;
    double m_degrees = 0, m_last = 0;
    int m_count = 0, m_unit = 0;
    char m_sign = '\0', m_letter = '\0';
    bool m_hasFraction = false, m_hasMark = false;
    std::string m_why;
};

// Tokens of two coordinates, and further plain numbers.
struct Split {
    Tokens first, second, rest;
    std::string why; // not empty: it cannot be divided
};

bool isName(const CoordinateToken& token) {
    return token.kind == Kind::Hemisphere || token.kind == Kind::LatLabel || token.kind == Kind::LonLabel;
}

Split splitAt(Tokens tokens, std::size_t at) {
    return {tokens.subspan(0, at), tokens.subspan(at), {}, {}};
}

// "N 12 39 W 8 0", "12 39 N 8 0 W"
std::optional<Split> splitByNames(Tokens tokens) {
    const bool isBefore = isName(tokens.front());
    bool hasNumber = false, hasName = false;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const bool isHere = isName(tokens[i]);
        if (isBefore && isHere && hasNumber)
            return splitAt(tokens, i);
        if (!isBefore && hasName && !isHere)
            return splitAt(tokens, i);
        hasNumber |= isNumber(tokens[i]);
        hasName |= isHere;
    }
    return std::nullopt;
}

// Before the number that the second degree mark, or the second group of colons, belongs to.
std::optional<Split> splitByMarks(Tokens tokens) {
    if (countOf(tokens, Kind::Degree) == 2)
        for (std::size_t i = tokens.size(); i-- > 1;)
            if (tokens[i].kind == Kind::Degree && isNumber(tokens[i - 1]) && i >= 2)
                return splitAt(tokens, i - 1);
    if (countOf(tokens, Kind::Colon) < 2)
        return std::nullopt;
    for (std::size_t i = 1; i < tokens.size(); ++i)
        if (isNumber(tokens[i]) && isNumber(tokens[i - 1]))
            return splitAt(tokens, i);
    return std::nullopt;
}

bool isInMinutes(const CoordinateToken& token) {
    return token.value < 60 && token.letter == '\0';
}

// Numbers and nothing else: which of them are degrees?
Split splitNumbers(Tokens tokens) {
    const std::size_t n = tokens.size();
    const auto signedAt = [&]() -> std::size_t {
        for (std::size_t i = 1; i < n; ++i)
            if (tokens[i].letter != '\0')
                return i;
        return 0;
    }();
    if (n == 2)
        return splitAt(tokens, 1);
    if (n < 2)
        return {{}, {}, {}, "is one number; a place needs two"};
    if (signedAt > 1 && n == 2 * signedAt)
        return splitAt(tokens, signedAt);
    const bool isPair = tokens[0].hasFraction || tokens[1].hasFraction || signedAt == 1;
    if (n <= 4 && tokens[0].hasFraction == tokens[1].hasFraction && isPair)
        return {tokens.subspan(0, 1), tokens.subspan(1, 1), tokens.subspan(2), {}};
    if (n <= 4 && (tokens[0].hasFraction || signedAt == 1))
        return {tokens.subspan(0, 1), tokens.subspan(1, 1), tokens.subspan(2), {}};
    const bool isZero = std::all_of(tokens.begin(), tokens.end(), [](const auto& t) { return t.value == 0; });
    if (n <= 4 && isZero)
        return {tokens.subspan(0, 1), tokens.subspan(1, 1), tokens.subspan(2), {}};
    if (n == 4 && tokens[1].hasFraction && !tokens[0].hasFraction && isInMinutes(tokens[1]) && isInMinutes(tokens[3]))
        return splitAt(tokens, 2); // degrees and minutes twice
    if (n == 6)
        return splitAt(tokens, 3);
    return {
        {}, {}, {}, "is ambiguous: its numbers could be degrees and minutes, or two places' worth; mark the degrees"};
}

// Pieces between commas, semicolons and the like.
Split splitBySeparators(Tokens tokens) {
    std::vector<Tokens> pieces;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= tokens.size(); ++i) {
        if (i < tokens.size() && tokens[i].kind != Kind::Separator)
            continue;
        const Tokens piece = tokens.subspan(begin, i - begin);
        // NMEA: the letter is a piece of its own
        const bool isLetterAlone = piece.size() == 1 && piece[0].kind == Kind::Hemisphere && !pieces.empty();
        if (!piece.empty() && !isLetterAlone)
            pieces.push_back(piece);
        begin = i + 1;
    }
    if (pieces.size() < 2)
        return {{}, {}, {}, "is one coordinate; a place needs two"};
    if (pieces.size() > 4)
        return {{}, {}, {}, "has too many parts"};
    const auto restBegin = pieces.size() > 2 ? pieces[2].data() - tokens.data() : 0;
    return {
        pieces[0], pieces[1], pieces.size() > 2 ? tokens.subspan(static_cast<std::size_t>(restBegin)) : Tokens(), {}};
}

// "1239.000,N,00800.000,W" as "1239.000 N, 00800.000 W"
std::vector<CoordinateToken> withoutCommasBeforeLetters(std::vector<CoordinateToken> tokens) {
    std::vector<CoordinateToken> result;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const bool isBeforeLetter = tokens[i].kind == Kind::Separator && i > 0 && isNumber(tokens[i - 1]) &&
                                    i + 1 < tokens.size() && tokens[i + 1].kind == Kind::Hemisphere &&
                                    (i + 2 == tokens.size() || tokens[i + 2].kind == Kind::Separator);
        if (!isBeforeLetter)
            result.push_back(tokens[i]);
    }
    return result;
}

Split split(Tokens tokens) {
    while (!tokens.empty() && tokens.back().kind == Kind::Separator)
        tokens = tokens.first(tokens.size() - 1);
    if (tokens.empty())
        return {{}, {}, {}, "has no number"};
    if (countOf(tokens, Kind::Separator) > 0)
        return splitBySeparators(tokens);
    const std::size_t names =
        countOf(tokens, Kind::Hemisphere) + countOf(tokens, Kind::LatLabel) + countOf(tokens, Kind::LonLabel);
    if (names >= 2)
        if (const auto found = splitByNames(tokens))
            return *found;
    if (const auto found = splitByMarks(tokens))
        return *found;
    if (std::all_of(tokens.begin(), tokens.end(), isNumber))
        return splitNumbers(tokens);
    for (std::size_t i = 1; i < tokens.size(); ++i)
        if (isNumber(tokens[i]) && tokens[i].letter != '\0')
            return splitAt(tokens, i);
    return {{}, {}, {}, "is not two coordinates"};
}

PlaceText placeFromTokens(const std::vector<CoordinateToken>& written, PlaceOrder order) {
    const std::vector<CoordinateToken> tokens = withoutCommasBeforeLetters(written);
    const Split parts = split(tokens);
    if (!parts.why.empty())
        return {std::nullopt, parts.why};
    const AngleText a = AngleReader(parts.first, std::nullopt).read(),
                    b = AngleReader(parts.second, std::nullopt).read();
    if (!a.angle || !b.angle)
        return {std::nullopt, a.angle ? b.why : a.why};
    const auto axisA = a.angle->axis, axisB = b.angle->axis;
    if (axisA && axisB && *axisA == *axisB)
        return {std::nullopt, *axisA == Axis::Latitude ? "has two latitudes" : "has two longitudes"};
    const bool isLatFirst = axisA   ? *axisA == Axis::Latitude
                            : axisB ? *axisB == Axis::Longitude
                                    : order == PlaceOrder::LatLon;
    PlaceText result =
        placeAt(isLatFirst ? a.angle->degrees : b.angle->degrees, isLatFirst ? b.angle->degrees : a.angle->degrees);
    std::vector<double> beside;
    for (const CoordinateToken& token : parts.rest) {
        if (isNumber(token))
            beside.push_back(token.letter == '-' ? -token.value : token.value);
        else if (token.kind != Kind::Separator && !(token.kind == Kind::Minute && token.isLetterMark)) // "350 m"
            return {std::nullopt, "has more than a place in it"};
    }
    if (beside.size() > 2)
        return {std::nullopt, "has too many numbers"};
    if (result.place && !beside.empty())
        result.place->altitudeMeters = beside[0];
    if (result.place && beside.size() == 2)
        result.place->accuracyMeters = beside[1];
    return result;
}

bool isComma(char c) {
    return c == ',';
}

// Commas between digits are decimal marks or not; where both make a place, nobody can say.
PlaceText readCoordinates(std::string_view plain, bool isLink, PlaceOrder order) {
    const auto read = [&](CommaMeaning commas) -> PlaceText {
        const auto tokens = coordinateTokens(plain, commas);
        return tokens ? placeFromTokens(*tokens, order)
                      : PlaceText{std::nullopt, "is no place such as 12.65, -8.0 or 12°39'N 8°0'W"};
    };
    if (isLink || !hasTightComma(plain))
        return read(CommaMeaning::Separator);
    if (std::count_if(plain.begin(), plain.end(), isComma) == 1 &&
        plain.find_first_of(".;/|") == std::string_view::npos &&
        plain.find_first_of("*'\" NSEWO") == std::string_view::npos)
        return {std::nullopt, "is ambiguous: its comma is a decimal mark, or parts two numbers; write 12.65 -8.0"};
    const PlaceText decimal = read(CommaMeaning::Decimal), parted = read(CommaMeaning::Separator);
    if (decimal.place && parted.place && !(*decimal.place == *parted.place)) {
        if (plain.find('.') != std::string_view::npos)
            return parted; // the decimal marks are points
        if (plain.find_first_of(" ;/|") != std::string_view::npos)
            return decimal; // something else parts the numbers
        return {std::nullopt, "is ambiguous: its commas are decimal marks, or part numbers; write 12.65 -8.0"};
    }
    return decimal.place                               ? decimal
           : parted.place                              ? parted
           : plain.find('.') != std::string_view::npos ? parted
                                                       : decimal;
}

} // namespace

std::optional<double> parseDegrees(std::string_view text, Axis axis) {
    text = trimmed(text);
    if (const auto plain = plainNumber(text))
        return plain;
    if (text.size() > kLongest)
        return std::nullopt;
    const std::string plain = plainCoordinateText(text);
    if (const auto number = plainNumber(plain))
        return number;
    const auto tokens = coordinateTokens(plain, CommaMeaning::Decimal);
    if (!tokens)
        return std::nullopt;
    const AngleText read = AngleReader(*tokens, axis).read();
    return read.angle ? std::optional(read.angle->degrees) : std::nullopt;
}

PlaceText readPlace(std::string_view text, PlaceOrder order) {
    text = trimmed(text);
    if (text.size() > kLongest)
        return {std::nullopt, "is far too long for a place"};
    const std::string whole = plainCoordinateText(text);
    const std::string_view plain = withoutLink(whole);
    if (plain.empty())
        return {std::nullopt, "is empty"};
    for (const auto read : {readIso6709, readWktPoint, readMgrs, readUtm})
        if (auto found = read(plain))
            return *std::move(found);
    return readCoordinates(plain, plain.size() != whole.size(), order);
}

std::optional<std::pair<double, double>> parseLatLon(std::string_view text) {
    const PlaceText read = readPlace(text);
    if (!read.place)
        return std::nullopt;
    return std::pair{read.place->latDegrees, read.place->lonDegrees};
}

std::optional<std::vector<WrittenPlace>> parseTrace(std::string_view text) {
    std::vector<WrittenPlace> places;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(';'), text.size());
        if (const std::string_view one = trimmed(text.substr(0, end)); !one.empty()) {
            const PlaceText read = readPlace(one);
            if (!read.place)
                return std::nullopt;
            places.push_back(*read.place);
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    if (places.empty())
        return std::nullopt;
    return places;
}

} // namespace cordon
