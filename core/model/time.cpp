#include "core/model/time.h"

#include "core/error.h"

#include <array>
#include <cstdio>

namespace cordon {
namespace {

using namespace std::chrono;

// Reads from the front of a text; every step says whether it fitted.
class Scanner {
public:
    explicit Scanner(std::string_view text) : m_rest(text) {}

    bool atEnd() const { return m_rest.empty(); }
    bool take(char c) {
        if (m_rest.empty() || m_rest.front() != c)
            return false;
        m_rest.remove_prefix(1);
        return true;
    }
    std::optional<int> digits(std::size_t least, std::size_t most) {
        std::size_t n = 0;
        int value = 0;
        while (n < most && n < m_rest.size() && m_rest[n] >= '0' && m_rest[n] <= '9')
            value = value * 10 + (m_rest[n++] - '0');
        if (n < least)
            return std::nullopt;
        m_rest.remove_prefix(n);
        return value;
    }
    // Digits after a decimal mark, as milliseconds; further digits are cut off.
    int fraction() {
        int value = 0, scale = 100;
        while (!m_rest.empty() && m_rest.front() >= '0' && m_rest.front() <= '9') {
            value += (m_rest.front() - '0') * scale;
            scale /= 10;
            m_rest.remove_prefix(1);
        }
        return value;
    }

private:
    std::string_view m_rest;
};

std::optional<year_month_day> scanDate(Scanner& s) {
    const auto y = s.digits(4, 4);
    if (!y)
        return std::nullopt;
    const bool dash = s.take('-');
    const bool slash = !dash && s.take('/');
    const bool compact = !dash && !slash;
    const auto m = s.digits(compact ? 2 : 1, 2);
    if (!m || (dash && !s.take('-')) || (slash && !s.take('/')))
        return std::nullopt;
    const auto d = s.digits(compact ? 2 : 1, 2);
    if (!d)
        return std::nullopt;
    const year_month_day date{year{*y}, month{static_cast<unsigned>(*m)}, day{static_cast<unsigned>(*d)}};
    if (!date.ok())
        return std::nullopt;
    return date;
}

std::optional<milliseconds> scanTime(Scanner& s) {
    const auto h = s.digits(1, 2);
    if (!h || *h > 24)
        return std::nullopt;
    int minute = 0, second = 0, millis = 0;
    if (s.take(':')) {
        const auto m = s.digits(2, 2);
        if (!m || *m > 59)
            return std::nullopt;
        minute = *m;
        if (s.take(':')) {
            const auto sec = s.digits(2, 2);
            if (!sec || *sec > 60) // 60: a leap second, taken as the next second's first instant
                return std::nullopt;
            second = *sec;
            if (s.take('.') || s.take(','))
                millis = s.fraction();
        }
    }
    if (*h == 24 && (minute || second || millis))
        return std::nullopt;
    return hours{*h} + minutes{minute} + seconds{second} + milliseconds{millis};
}

// "Z", "+01:00", "+0100", "-05"; nothing is no zone; anything else is nullopt.
std::optional<std::optional<minutes>> scanZone(Scanner& s) {
    s.take(' ');
    if (s.atEnd())
        return std::optional<minutes>{};
    if (s.take('Z') || s.take('z'))
        return std::optional<minutes>{minutes{0}};
    const bool plus = s.take('+');
    if (!plus && !s.take('-'))
        return std::nullopt;
    const auto h = s.digits(2, 2);
    if (!h || *h > 14)
        return std::nullopt;
    s.take(':');
    const auto m = s.digits(0, 2);
    if (!m || *m > 59)
        return std::nullopt;
    const minutes offset = hours{*h} + minutes{*m};
    return std::optional<minutes>{plus ? offset : -offset};
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
        text.remove_suffix(1);
    return text;
}

year_month_day dayOf(TimePoint t) {
    return year_month_day{floor<days>(t)};
}

} // namespace

std::optional<ParsedTime> parseTime(std::string_view text, minutes zoneOffset) {
    Scanner s(trimmed(text));
    const auto date = scanDate(s);
    if (!date)
        return std::nullopt;
    ParsedTime result;
    result.offset = zoneOffset;
    milliseconds timeOfDay{0};
    if (!s.atEnd() && (s.take('T') || s.take('t') || s.take(' '))) {
        const auto time = scanTime(s);
        if (!time)
            return std::nullopt;
        timeOfDay = *time;
        result.hasTime = true;
        const auto zone = scanZone(s);
        if (!zone)
            return std::nullopt;
        if (*zone) {
            result.hasZone = true;
            result.offset = **zone;
        }
    } else if (s.take('Z')) {
        result.hasZone = true;
        result.offset = minutes{0};
    }
    if (!s.atEnd())
        return std::nullopt;
    result.time = sys_days{*date} + timeOfDay - result.offset;
    return result;
}

TimePoint parseAsOf(std::string_view text, minutes zoneOffset) {
    const auto parsed = parseTime(text, zoneOffset);
    if (!parsed)
        throw Error("\"" + std::string(text) + "\" is not a date; write it as 2025-10-20 or 2025-10-20T14:00Z.");
    return parsed->hasTime ? parsed->time : parsed->time + days{1} - milliseconds{1};
}

std::string formatDate(TimePoint t, std::string_view language) {
    static constexpr std::array kEnglish = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    static constexpr std::array kFrench = {"janv.", "févr.", "mars",  "avr.", "mai",  "juin",
                                           "juil.", "août",  "sept.", "oct.", "nov.", "déc."};
    const auto date = dayOf(t);
    const unsigned month = static_cast<unsigned>(date.month()) - 1;
    return std::to_string(static_cast<unsigned>(date.day())) + " " +
           (language == "fr" ? kFrench[month] : kEnglish[month]) + " " + std::to_string(static_cast<int>(date.year()));
}

std::string formatIsoDate(TimePoint t) {
    const auto date = dayOf(t);
    char buffer[24];
    std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02u", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return buffer;
}

std::string formatIso(TimePoint t) {
    const auto timeOfDay = t - floor<days>(t);
    const hh_mm_ss parts{timeOfDay};
    char buffer[32];
    const int length =
        std::snprintf(buffer, sizeof buffer, "T%02d:%02d:%02d", static_cast<int>(parts.hours().count()),
                      static_cast<int>(parts.minutes().count()), static_cast<int>(parts.seconds().count()));
    std::string text = formatIsoDate(t) + std::string(buffer, static_cast<std::size_t>(length));
    if (const auto millis = parts.subseconds().count()) {
        std::snprintf(buffer, sizeof buffer, ".%03d", static_cast<int>(millis));
        text += buffer;
    }
    return text + "Z";
}

} // namespace cordon
