// The words, numbers and marks of a written coordinate. Internal to coordinate_text.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cordon {

// All digits, signs, marks and blanks there are as their ASCII likes: degree marks as '*', minutes as '\'', seconds as
// '"'; words of hemispheres in Arabic as N, S, E, W.
std::string plainCoordinateText(std::string_view text);

enum class CoordinateTokenKind { Number, Degree, Minute, Second, Colon, Hemisphere, LatLabel, LonLabel, Separator };

struct CoordinateToken {
    CoordinateTokenKind kind = CoordinateTokenKind::Number;
    double value = 0;      // Number, without its sign
    int integerDigits = 0; // Number: digits before the decimal mark
    bool hasFraction = false;
    char letter = '\0';        // Hemisphere: N S E W; Number: its sign or '\0'
    bool isLetterMark = false; // d, m, s and words like them
};

// What commas between two digits are.
enum class CommaMeaning { Decimal, Separator };

// nullopt for a text with anything else in it.
std::optional<std::vector<CoordinateToken>> coordinateTokens(std::string_view plain, CommaMeaning commas);

bool hasTightComma(std::string_view plain); // between two digits

} // namespace cordon
