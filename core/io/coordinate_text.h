// Latitudes and longitudes as people and devices write them.
#pragma once

#include <optional>
#include <string_view>
#include <utility>

namespace cordon {

enum class Axis { Latitude, Longitude };

// Degrees from "-7.44", "7,44", "7.44 N", "S0 08.040", "7°26'20.5\"E", "7d26m20s W", "W 8° 6,0'": degrees, minutes,
// seconds with any marks between, and the letters N S E W O (ouest) before or after. No range check. nullopt for what
// is not wholly such a number, or has the letter of the other axis.
std::optional<double> parseDegrees(std::string_view text, Axis axis);

// Two numbers in one cell, latitude first, as the GPS question of a Kobo or ODK form gives: "12.65 -8.0 350 5",
// "12.65, -8.0". Further numbers (altitude, accuracy) are allowed.
std::optional<std::pair<double, double>> parseLatLon(std::string_view text);

} // namespace cordon
