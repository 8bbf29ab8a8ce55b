// Dates and times as GeoPackages store them (OGC 12-128r18, table 1): ISO 8601 texts, times in UTC.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cordon {

std::string gpkgDate(std::int64_t daysSinceEpoch);  // "2025-10-20"; "" when the year has not 4 digits
std::string gpkgTime(std::int64_t millisecondsUtc); // "2025-10-20T14:00:00.000Z"; likewise

// Also of what other programs may have written: without milliseconds, or a date alone.
std::optional<std::int64_t> millisecondsOfGpkgTime(std::string_view text);

// Of a text exactly as the standard asks for; nullopt for any other.
std::optional<std::int64_t> daysOfStrictGpkgDate(std::string_view text);
std::optional<std::int64_t> millisecondsOfStrictGpkgTime(std::string_view text);

} // namespace cordon
