#include "core/io/coordinate_tokens.h"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <utility>

namespace cordon {

namespace {

using Kind = CoordinateTokenKind;

constexpr std::pair<std::string_view, std::string_view> kPlain[] = {{"Â°", "*"},
                                                                    {"Âº", "*"}, // UTF-8 that somebody took for cp1252
                                                                    {"°", "*"},
                                                                    {"º", "*"},
                                                                    {"˚", "*"},
                                                                    {"∘", "*"},
                                                                    {"⁰", "*"},
                                                                    {"ᵒ", "*"},
                                                                    {"\uFFFD", "*"},
                                                                    {"′", "'"},
                                                                    {"’", "'"},
                                                                    {"‘", "'"},
                                                                    {"´", "'"},
                                                                    {"ʹ", "'"},
                                                                    {"ʼ", "'"},
                                                                    {"‛", "'"},
                                                                    {"＇", "'"},
                                                                    {"″", "\""},
                                                                    {"”", "\""},
                                                                    {"“", "\""},
                                                                    {"„", "\""},
                                                                    {"ʺ", "\""},
                                                                    {"‟", "\""},
                                                                    {"〃", "\""},
                                                                    {"＂", "\""},
                                                                    {"−", "-"},
                                                                    {"–", "-"},
                                                                    {"—", "-"},
                                                                    {"‐", "-"},
                                                                    {"‑", "-"},
                                                                    {"‒", "-"},
                                                                    {"﹣", "-"},
                                                                    {"－", "-"},
                                                                    {"＋", "+"},
                                                                    {"\u00A0", " "},
                                                                    {"\u2009", " "},
                                                                    {"\u202F", " "},
                                                                    {"\u2003", " "},
                                                                    {"\u2007", " "},
                                                                    {"\u200B", ""},
                                                                    {"\uFEFF", ""},
                                                                    {"\u200E", ""},
                                                                    {"\u200F", ""},
                                                                    {"\u202A", ""},
                                                                    {"\u202B", ""},
                                                                    {"\u202C", ""},
                                                                    {"٫", "."},
                                                                    {"،", ","},
                                                                    {"؛", ";"},
                                                                    {"é", "e"},
                                                                    {"è", "e"},
                                                                    {"É", "E"},
                                                                    {"·", "."},
                                                                    {"شمالاً", " N "},
                                                                    {"شمالا", " N "},
                                                                    {"شمال", " N "},
                                                                    {"جنوباً", " S "},
                                                                    {"جنوبا", " S "},
                                                                    {"جنوب", " S "},
                                                                    {"شرقاً", " E "},
                                                                    {"شرقا", " E "},
                                                                    {"شرق", " E "},
                                                                    {"غرباً", " W "},
                                                                    {"غربا", " W "},
                                                                    {"غرب", " W "},
                                                                    {"خط العرض", " lat "},
                                                                    {"خط الطول", " lon "},
                                                                    {"درجة", "*"},
                                                                    {"دقيقة", "'"},
                                                                    {"ثانية", "\""}};

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Arabic-Indic digits U+0660 to U+0669, and the eastern ones U+06F0 to U+06F9.
std::optional<char> arabicDigit(std::string_view text) {
    if (text.size() < 2)
        return std::nullopt;
    const auto a = static_cast<unsigned char>(text[0]), b = static_cast<unsigned char>(text[1]);
    if (a == 0xD9 && b >= 0xA0 && b <= 0xA9)
        return static_cast<char>('0' + (b - 0xA0));
    if (a == 0xDB && b >= 0xB0 && b <= 0xB9)
        return static_cast<char>('0' + (b - 0xB0));
    return std::nullopt;
}

bool isOneOf(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

char hemisphereOf(std::string_view word) {
    if (isOneOf(word, {"n", "north", "nord", "norte", "northern"}))
        return 'N';
    if (isOneOf(word, {"s", "south", "sud", "sur", "southern"}))
        return 'S';
    if (isOneOf(word, {"e", "east", "est", "este", "eastern"}))
        return 'E';
    if (isOneOf(word, {"w", "west", "o", "ouest", "oeste", "western"}))
        return 'W';
    return '\0';
}

std::optional<Kind> markOf(std::string_view word) {
    if (isOneOf(word, {"d", "deg", "degs", "degree", "degrees", "degre", "degres", "grados"}))
        return Kind::Degree;
    if (isOneOf(word, {"m", "mn", "min", "mins", "minute", "minutes", "minutos"}))
        return Kind::Minute;
    if (isOneOf(word, {"s", "sec", "secs", "second", "seconds", "seconde", "secondes", "segundos"}))
        return Kind::Second;
    if (isOneOf(word, {"lat", "latitude", "latitud"}))
        return Kind::LatLabel;
    if (isOneOf(word, {"lon", "long", "lng", "longitude", "longitud"}))
        return Kind::LonLabel;
    return std::nullopt;
}

class Lexer {
public:
    Lexer(std::string_view text, CommaMeaning commas) : m_text(text), m_commas(commas) {
        m_hasHemisphere = hasHemisphere();
    }

    std::optional<std::vector<CoordinateToken>> run() {
        while (m_at < m_text.size())
            if (!step())
                return std::nullopt;
        return std::move(m_tokens);
    }

private:
    char peek(std::size_t ahead = 0) const { return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0'; }
    void push(Kind kind) { m_tokens.push_back({kind}); }

    bool hasHemisphere() const {
        std::string word;
        for (const char c : m_text) {
            if (isLetter(c)) {
                word += static_cast<char>(c | 0x20);
                continue;
            }
            if (hemisphereOf(word) != '\0')
                return true;
            word.clear();
        }
        return hemisphereOf(word) != '\0';
    }

    bool step() {
        const char c = peek();
        if (isDigit(c) || (c == '.' && isDigit(peek(1))))
            return number('\0');
        if (isLetter(c))
            return word();
        ++m_at;
        switch (c) {
        case ' ':
        case '\t':
        case '(':
        case ')':
        case '[':
        case ']':
        case '=':
        case '_':
            return true;
        case '*':
            push(Kind::Degree);
            return true;
        case '\'':
        case '`':
            if (peek() == '\'' || peek() == '`') {
                ++m_at;
                push(Kind::Second);
            } else {
                push(Kind::Minute);
            }
            return true;
        case '"':
            push(Kind::Second);
            return true;
        case ':':
            if (m_tokens.empty() || m_tokens.back().kind == Kind::Number)
                push(Kind::Colon);
            return true; // after a label
        case ',':
        case ';':
        case '/':
        case '|':
        case '\n':
        case '\r':
            push(Kind::Separator);
            return true;
        case '+':
        case '-':
            return sign(c);
        default:
            return false;
        }
    }

    // A minus, or a dash between parts ("12-39-05N") or between coordinates ("12.65 N - 8.0 W").
    bool sign(char c) {
        const bool followsDigit = m_at >= 2 && isDigit(m_text[m_at - 2]);
        if (m_hasHemisphere && c == '-' && (followsDigit || peek() == ' ')) {
            if (peek() == ' ')
                push(Kind::Separator);
            return true;
        }
        const bool isFirst = m_tokens.empty() || m_tokens.back().kind != Kind::Number;
        if (peek() == ' ' && !isFirst)
            return false; // "12.65 - 8.0" may be a minus or not
        while (peek() == ' ')
            ++m_at;
        return (isDigit(peek()) || peek() == '.') && number(c);
    }

    bool number(char sign) {
        std::string digits;
        CoordinateToken token;
        token.letter = sign;
        for (; m_at < m_text.size(); ++m_at) {
            const char c = m_text[m_at];
            const bool isComma = c == ',' && m_commas == CommaMeaning::Decimal && isDigit(peek(1)) && !digits.empty();
            if (isDigit(c)) {
                digits += c;
                token.integerDigits += !token.hasFraction;
            } else if ((c == '.' || isComma) && !token.hasFraction) {
                digits += '.';
                token.hasFraction = true;
            } else {
                break;
            }
        }
        if (peek() == '.' || digits.size() > 40)
            return false;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), token.value);
        if (error != std::errc{} || end != digits.data() + digits.size())
            return false;
        m_tokens.push_back(token);
        return true;
    }

    bool word() {
        std::string lower;
        for (; isLetter(peek()); ++m_at)
            lower += static_cast<char>(peek() | 0x20);
        if (addWord(lower))
            return true;
        // "20sN", "39minN": a mark and a hemisphere without a blank
        return lower.size() > 1 && hemisphereOf(std::string_view(lower).substr(lower.size() - 1)) != '\0' &&
               markOf(lower.substr(0, lower.size() - 1)) && addWord(lower.substr(0, lower.size() - 1)) &&
               addWord(lower.substr(lower.size() - 1));
    }

    // S is seconds after minutes that were marked by a letter.
    bool isSeconds() const {
        const std::size_t n = m_tokens.size();
        return n >= 2 && m_tokens[n - 1].kind == Kind::Number && m_tokens[n - 2].kind == Kind::Minute &&
               m_tokens[n - 2].isLetterMark;
    }

    bool addWord(std::string_view lower) {
        const auto mark = markOf(lower);
        if (const char letter = hemisphereOf(lower); letter != '\0' && !(lower == "s" && isSeconds())) {
            push(Kind::Hemisphere);
            m_tokens.back().letter = letter;
            return true;
        }
        if (!mark)
            return false;
        push(*mark);
        m_tokens.back().isLetterMark = true;
        return true;
    }

    std::string_view m_text;
    CommaMeaning m_commas;
    std::size_t m_at = 0;
    bool m_hasHemisphere = false;
    std::vector<CoordinateToken> m_tokens;
};

} // namespace

std::string plainCoordinateText(std::string_view text) {
    std::string plain;
    plain.reserve(text.size());
    while (!text.empty()) {
        if (static_cast<unsigned char>(text[0]) < 0x80) {
            plain += text[0];
            text.remove_prefix(1);
            continue;
        }
        if (const auto digit = arabicDigit(text)) {
            plain += *digit;
            text.remove_prefix(2);
            continue;
        }
        const auto known = std::find_if(std::begin(kPlain), std::end(kPlain),
                                        [&](const auto& entry) { return text.starts_with(entry.first); });
        if (known == std::end(kPlain)) {
            plain += text[0];
            text.remove_prefix(1);
        } else {
            plain += known->second;
            text.remove_prefix(known->first.size());
        }
    }
    const std::size_t first = plain.find_first_not_of(" \t\r\n");
    if (first == std::string::npos)
        return {};
    return plain.substr(first, plain.find_last_not_of(" \t\r\n") - first + 1);
}

std::optional<std::vector<CoordinateToken>> coordinateTokens(std::string_view plain, CommaMeaning commas) {
    return Lexer(plain, commas).run();
}

bool hasTightComma(std::string_view plain) {
    for (std::size_t i = 1; i + 1 < plain.size(); ++i)
        if (plain[i] == ',' && isDigit(plain[i - 1]) && isDigit(plain[i + 1]))
            return true;
    return false;
}

} // namespace cordon
