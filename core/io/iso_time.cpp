#include "core/io/iso_time.h"

#include <chrono>
#include <cmath>
#include <cstdio>

namespace cordon {

using namespace std::chrono;

namespace {

constexpr std::int64_t kDayMs = 86'400'000;

} // namespace

std::string isoDate(std::int64_t daysSinceEpoch) {
    return isoTime(std::abs(daysSinceEpoch) > 5'000'000 ? INT64_MAX : daysSinceEpoch * 86'400'000).substr(0, 10);
}

std::string isoTime(std::int64_t millisecondsUtc) {
    // 0001-01-01 and 9999-12-31: what ISO 8601 writes with four digits.
    constexpr std::int64_t kFirst = sys_days{year{1} / 1 / 1}.time_since_epoch().count() * kDayMs;
    constexpr std::int64_t kEnd = sys_days{year{10000} / 1 / 1}.time_since_epoch().count() * kDayMs;
    if (millisecondsUtc < kFirst || millisecondsUtc >= kEnd)
        return {};
    const sys_time<milliseconds> t{milliseconds{millisecondsUtc}};
    const auto day = floor<days>(t);
    const year_month_day date{day};
    const auto ms = static_cast<int>((t - day).count());
    char buffer[64];
    std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), ms / 3'600'000,
                  ms / 60'000 % 60, ms / 1000 % 60, ms % 1000);
    return buffer;
}

std::optional<std::int64_t> millisecondsOfIsoTime(std::string_view text) {
    static constexpr std::string_view kPattern = "0000-00-00T00:00:00.000Z";
    const bool isShort = text.size() == 20 && text.back() == 'Z';
    if (text.size() != kPattern.size() && !isShort && text.size() != 10)
        return std::nullopt;
    int numbers[7] = {};
    int field = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool isDigit = text[i] >= '0' && text[i] <= '9';
        if (kPattern[i] == '0' && isDigit)
            numbers[field] = numbers[field] * 10 + (text[i] - '0');
        else if (isDigit || (text[i] != kPattern[i] && !(isShort && i == 19) && !(i == 10 && text[i] == ' ')))
            return std::nullopt;
        else
            ++field;
    }
    const year_month_day date{year{numbers[0]}, month{static_cast<unsigned>(numbers[1])},
                              day{static_cast<unsigned>(numbers[2])}};
    if (!date.ok() || numbers[3] > 24 || numbers[4] > 59 || numbers[5] > 60)
        return std::nullopt;
    return sys_days{date}.time_since_epoch().count() * kDayMs + numbers[3] * 3'600'000LL + numbers[4] * 60'000LL +
           numbers[5] * 1000LL + numbers[6];
}

std::optional<std::int64_t> daysOfStrictIsoDate(std::string_view text) {
    const auto ms = text.size() == 10 && text >= "0001" ? millisecondsOfIsoTime(text) : std::nullopt;
    return ms ? std::optional(floor<days>(milliseconds{*ms}).count()) : std::nullopt;
}

std::optional<std::int64_t> millisecondsOfStrictIsoTime(std::string_view text) {
    const bool isStrict = text.size() == 24 && text >= "0001" && text.substr(11, 2) < "24" && text.substr(17, 2) < "60";
    return isStrict ? millisecondsOfIsoTime(text) : std::nullopt;
}

} // namespace cordon
