// Dates and times as texts of ISO 8601 with all their parts, times in UTC: as GeoPackages store them (OGC 12-128r18,
// table 1) and most tables have their dates.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cordon {

std::string isoDate(std::int64_t daysSinceEpoch);  // "2025-10-20"; "" when the year has not 4 digits
std::string isoTime(std::int64_t millisecondsUtc); // "2025-10-20T14:00:00.000Z"; likewise

// Also of what other programs may have written: without milliseconds, or a date alone.
std::optional<std::int64_t> millisecondsOfIsoTime(std::string_view text);

// Of a text exactly as those above are written; nullopt for any other.
std::optional<std::int64_t> daysOfStrictIsoDate(std::string_view text);
std::optional<std::int64_t> millisecondsOfStrictIsoTime(std::string_view text);

} // namespace cordon
