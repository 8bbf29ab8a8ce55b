#include "core/import/time_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>
#include <vector>

namespace cordon {
namespace {

using namespace std::chrono;

struct Token {
    enum class Kind { Number, Word, Mark } kind = Kind::Mark;
    std::string text;
    int value = 0; // of a number of up to 4 digits, else -1
};

// Lower case without the accents of French and Spanish month names; commas and hard blanks as blanks.
std::string folded(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0;
        if (c == 0xC3) {
            const unsigned char lower = next | 0x20;
            result += lower == 0xA0 || lower == 0xA2   ? 'a'
                      : lower >= 0xA8 && lower <= 0xAB ? 'e'
                      : lower >= 0xB9 && lower <= 0xBC ? 'u'
                                                       : '?';
            ++i;
        } else if (c == 0xC2 && next == 0xA0) {
            result += ' ';
            ++i;
        } else if (c == ',') {
            result += ' ';
        } else {
            result += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
        }
    }
    return result;
}

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
bool isLetter(char c) {
    return c >= 'a' && c <= 'z';
}

std::vector<Token> tokensOf(std::string_view text) {
    std::vector<Token> tokens;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t end = i + 1;
        if (text[i] == ' ') {
            i = end;
            continue;
        }
        Token token;
        if (isDigit(text[i])) {
            token.kind = Token::Kind::Number;
            while (end < text.size() && isDigit(text[end]))
                ++end;
        } else if (isLetter(text[i])) {
            token.kind = Token::Kind::Word;
            while (end < text.size() && isLetter(text[end]))
                ++end;
        }
        token.text = text.substr(i, end - i);
        if (token.kind == Token::Kind::Number) {
            token.value = -1;
            if (token.text.size() <= 4)
                std::from_chars(token.text.data(), token.text.data() + token.text.size(), token.value);
        }
        tokens.push_back(std::move(token));
        i = end;
    }
    return tokens;
}

// The month of a name in English, French, Spanish or Portuguese, whole or cut short; 0 for none.
int monthOf(std::string_view word) {
    static constexpr std::array<std::string_view, 48> kNames = {
        "january",    "february", "march",     "april",     "may",       "june",      "july",     "august",
        "september",  "october",  "november",  "december",  "janvier",   "fevrier",   "mars",     "avril",
        "mai",        "juin",     "juillet",   "aout",      "septembre", "octobre",   "novembre", "decembre",
        "enero",      "febrero",  "marzo",     "abril",     "mayo",      "junio",     "julio",    "agosto",
        "septiembre", "octubre",  "noviembre", "diciembre", "janeiro",   "fevereiro", "marco",    "abril",
        "maio",       "junho",    "julho",     "agosto",    "setembro",  "outubro",   "novembro", "dezembro"};
    if (word == "sept")
        return 9;
    if (word == "juil" || word == "jul")
        return 7;
    if (word.size() < 3)
        return 0;
    int month = 0;
    for (std::size_t i = 0; i < kNames.size(); ++i)
        if (kNames[i].starts_with(word)) {
            const int found = static_cast<int>(i % 12) + 1;
            if (month != 0 && month != found) // "jui": juin or juillet
                return 0;
            month = found;
        }
    return month;
}

bool isFiller(std::string_view word) {
    static constexpr std::array<std::string_view, 34> kWords = {
        "t",      "at",    "a",     "le",       "the",     "de",        "du",       "of",     "st",
        "nd",     "rd",    "th",    "er",       "on",      "mon",       "tue",      "wed",    "thu",
        "fri",    "sat",   "sun",   "monday",   "tuesday", "wednesday", "thursday", "friday", "saturday",
        "sunday", "lundi", "mardi", "mercredi", "jeudi",   "vendredi",  "samedi"};
    return std::find(kWords.begin(), kWords.end(), word) != kWords.end() || word == "dimanche" || word == "lun" ||
           word == "jeu" || word == "ven" || word == "sam" || word == "dim" || word == "tues" || word == "thurs";
}

class TimeParser {
public:
    TimeParser(std::vector<Token> tokens, DayOrder order) : m_tokens(std::move(tokens)), m_order(order) {}

    std::optional<WrittenTime> read() {
        bool hasDate = false;
        while (m_at < m_tokens.size()) {
            if (isWord() && isFiller(token().text)) {
                ++m_at;
            } else if (!m_result.hasTime && startsTime()) {
                if (!takeTime())
                    return std::nullopt;
            } else if (!hasDate) {
                if (!takeDate())
                    return std::nullopt;
                hasDate = true;
            } else if (isMark(".")) {
                ++m_at;
            } else {
                return std::nullopt;
            }
        }
        if (!hasDate)
            return std::nullopt;
        m_result.time = TimePoint{m_day} + m_timeOfDay - m_offset;
        return m_result;
    }

private:
    const Token& token(std::size_t ahead = 0) const {
        static const Token kEnd;
        return m_at + ahead < m_tokens.size() ? m_tokens[m_at + ahead] : kEnd;
    }
    bool isNumber(std::size_t ahead = 0) const {
        return token(ahead).kind == Token::Kind::Number && token(ahead).value >= 0;
    }
    bool isWord(std::size_t ahead = 0) const {
        return token(ahead).kind == Token::Kind::Word && !token(ahead).text.empty();
    }
    bool isMark(std::string_view mark, std::size_t ahead = 0) const {
        return token(ahead).kind == Token::Kind::Mark && token(ahead).text == mark;
    }
    bool isWord(std::string_view word, std::size_t ahead) const { return isWord(ahead) && token(ahead).text == word; }

    bool startsTime() const {
        return isNumber() && (isMark(":", 1) || isWord("h", 1) || isWord("am", 1) || isWord("pm", 1));
    }

    bool takeTime() {
        int hour = token().value, minute = 0, second = 0;
        milliseconds fraction{0};
        ++m_at;
        if (isMark(":") || isWord("h", 0)) {
            const bool needsMinute = isMark(":");
            ++m_at;
            if (isNumber() && token().text.size() == 2) {
                minute = token().value;
                ++m_at;
            } else if (needsMinute) {
                return false;
            }
            if (isWord("min", 0) || isWord("mn", 0))
                ++m_at;
        }
        if (isMark(":") && isNumber(1)) {
            second = token(1).value;
            m_at += 2;
            if (isMark(".") && token(1).kind == Token::Kind::Number) {
                fraction = milliseconds{std::stoi((token(1).text + "000").substr(0, 3))};
                m_at += 2;
            }
        }
        if (isWord("am", 0) || isWord("pm", 0)) {
            if (hour < 1 || hour > 12)
                return false;
            hour = hour % 12 + (token().text == "pm" ? 12 : 0);
            ++m_at;
        }
        if (hour > 23 || minute > 59 || second > 60)
            return false;
        m_timeOfDay = hours{hour} + minutes{minute} + seconds{second} + fraction;
        m_result.hasTime = true;
        return takeZone();
    }

    bool takeZone() {
        if (isWord("z", 0) || isWord("utc", 0) || isWord("gmt", 0)) {
            m_result.hasZone = true;
            ++m_at;
        }
        if ((!isMark("+") && !isMark("-")) || !isNumber(1))
            return true;
        const int sign = isMark("+") ? 1 : -1;
        const Token& number = token(1);
        int hour = number.value, minute = 0;
        m_at += 2;
        if (number.text.size() == 4) {
            minute = hour % 100;
            hour /= 100;
        } else if (isMark(":") && isNumber(1)) {
            minute = token(1).value;
            m_at += 2;
        }
        if (hour > 14 || minute > 59)
            return false;
        m_offset = sign * (hours{hour} + minutes{minute});
        m_result.hasZone = true;
        return true;
    }

    bool takeDate() {
        std::array<Token, 3> numbers;
        std::size_t count = 0;
        int month = 0;
        bool hasDots = false;
        while (m_at < m_tokens.size() && count + (month != 0) < 3) {
            if (isNumber() && !(count + (month != 0) >= 2 && startsTime())) {
                numbers[count++] = token();
            } else if (isWord() && month == 0 && monthOf(token().text) != 0) {
                month = monthOf(token().text);
            } else if (isMark(".")) {
                hasDots = true;
            } else if (!isMark("/") && !isMark("-") && !(isWord() && isFiller(token().text))) {
                return false;
            }
            ++m_at;
        }
        if (month != 0)
            return count == 2 && setWordDate(numbers[0], numbers[1], month);
        return count == 3 && setNumberDate(numbers, hasDots);
    }

    bool setWordDate(const Token& first, const Token& second, int month) {
        const bool isYearFirst = first.text.size() == 4;
        return setDay(isYearFirst ? first : second, month, isYearFirst ? second.value : first.value);
    }

    bool setNumberDate(const std::array<Token, 3>& n, bool hasDots) {
        if (n[0].text.size() == 4 || (m_order == DayOrder::YearFirst && n[2].text.size() <= 2))
            return setDay(n[0], n[1].value, n[2].value);
        const int a = n[0].value, b = n[1].value;
        m_result.order = hasDots || a > 12 || a == b ? DayOrder::DayFirst
                         : b > 12                    ? DayOrder::MonthFirst
                                                     : DayOrder::FromValues;
        if (a == b)
            m_result.order = DayOrder::YearFirst; // says nothing, and need not
        const bool isMonthFirst = m_result.order == DayOrder::MonthFirst ||
                                  (m_result.order == DayOrder::FromValues && m_order == DayOrder::MonthFirst);
        return isMonthFirst ? setDay(n[2], a, b) : setDay(n[2], b, a);
    }

    bool setDay(const Token& yearToken, int month, int dayOfMonth) {
        int y = yearToken.value;
        if (yearToken.text.size() == 2)
            y += y < 70 ? 2000 : 1900; // as POSIX reads two digits
        else if (yearToken.text.size() != 4)
            return false;
        const year_month_day date{year{y}, std::chrono::month{static_cast<unsigned>(month)},
                                  day{static_cast<unsigned>(dayOfMonth)}};
        if (!date.ok())
            return false;
        m_day = date;
        return true;
    }

    std::vector<Token> m_tokens;
    std::size_t m_at = 0;
    DayOrder m_order;
    sys_days m_day{};
    milliseconds m_timeOfDay{0};
    minutes m_offset{0};
    WrittenTime m_result;
};

// A number alone: days since 30 December 1899 as spreadsheets count them, Unix seconds or milliseconds.
std::optional<WrittenTime> timeOfNumber(std::string_view text) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    WrittenTime result;
    if (number >= 20000 && number < 80000) { // 1954 to 2119
        result.hasTime = number != std::floor(number);
        const auto seconds = std::llround((number - 25569) * 86400); // to the second: a double holds no more
        result.time = TimePoint{std::chrono::seconds{seconds}};
        return result;
    }
    result.hasTime = result.hasZone = true;
    if (number >= 3e8 && number < 5e9) // 1979 to 2128
        result.time = TimePoint{milliseconds{std::llround(number * 1000)}};
    else if (number >= 3e11 && number < 5e12)
        result.time = TimePoint{milliseconds{std::llround(number)}};
    else
        return std::nullopt;
    return result;
}

// "20251020143005" and "20251020"
std::optional<WrittenTime> timeOfDigits(std::string_view text) {
    if (text.size() != 14 && text.size() != 8)
        return std::nullopt;
    std::string iso =
        std::string(text.substr(0, 4)) + '-' + std::string(text.substr(4, 2)) + '-' + std::string(text.substr(6, 2));
    if (text.size() == 14)
        iso += 'T' + std::string(text.substr(8, 2)) + ':' + std::string(text.substr(10, 2)) + ':' +
               std::string(text.substr(12, 2));
    const auto parsed = parseTime(iso);
    if (!parsed || parsed->time < TimePoint{sys_days{year{1900} / 1 / 1}} ||
        parsed->time > TimePoint{sys_days{year{2200} / 1 / 1}})
        return std::nullopt;
    return WrittenTime{parsed->time, parsed->hasTime, false, DayOrder::YearFirst};
}

} // namespace

std::optional<WrittenTime> readTime(std::string_view text, DayOrder order) {
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    if (text.size() < 5 || text.size() > 60)
        return std::nullopt;
    const bool isNumber = std::all_of(text.begin(), text.end(), [](char c) { return isDigit(c) || c == '.'; }) &&
                          std::count(text.begin(), text.end(), '.') <= 1;
    if (isNumber) {
        if (text.find('.') == std::string_view::npos)
            if (const auto time = timeOfDigits(text))
                return time;
        return timeOfNumber(text);
    }
    if (const auto iso = parseTime(text))
        return WrittenTime{iso->time, iso->hasTime, iso->hasZone, DayOrder::YearFirst};
    return TimeParser(tokensOf(folded(text)), order).read();
}

} // namespace cordon
