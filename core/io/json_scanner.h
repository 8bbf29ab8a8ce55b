// Reads JSON text (RFC 8259) front to back with no copy and no tree. One pass over a mapped file is faster for GeoJSON
// than an index of its structure: nearly all bytes are coordinates, and those are read where they stand.
#pragma once

#include <bit>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <system_error>

namespace cordon {

// What is wrong, and at which byte; the reader makes a sentence of it.
struct JsonError {
    std::string what;
    std::size_t offset = 0;
};

struct JsonNumber {
    double real = 0;
    std::int64_t integer = 0;
    bool isInteger = false;
};

namespace json_detail {

inline std::uint64_t load8(const char* at) {
    std::uint64_t word;
    std::memcpy(&word, at, 8);
    return word;
}

// How many of the eight characters are digits before the first that is not.
inline int leadingDigits(std::uint64_t word) {
    const std::uint64_t x = word ^ 0x3030303030303030u; // digits become 0..9
    const std::uint64_t others = ((x + 0x7676767676767676u) | x) & 0x8080808080808080u;
    return others ? std::countr_zero(others) / 8 : 8;
}

// Value of the first `count` (1..8) digits of the word: three multiplications instead of eight.
inline std::uint32_t digitsValue(std::uint64_t word, int count) {
    if (count < 8)
        word = word << (8 * (8 - count)) | 0x3030303030303030u >> (8 * count);
    word -= 0x3030303030303030u;
    word = word * 10 + (word >> 8);
    constexpr std::uint64_t mask = 0x000000FF000000FF;
    return static_cast<std::uint32_t>(
        ((word & mask) * 0x000F424000000064u + ((word >> 16) & mask) * 0x0000271000000001u) >> 32);
}

constexpr double kPowersOfTen[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                   1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
constexpr std::uint64_t kIntegerPowersOfTen[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000};

} // namespace json_detail

// Reads a decimal number as from_chars() does, to the last bit, in a fraction of the time for up to 15 digits. At least
// 16 readable bytes must follow. Returns the end, or nullptr if there is no JSON number.
inline const char* scanDouble(const char* at, double& value) {
    using namespace json_detail;
    const char* const begin = at;
    const bool isNegative = *at == '-';
    at += isNegative;
    const char* const digits = at;
    std::uint64_t mantissa = 0;
    while (static_cast<unsigned char>(*at - '0') < 10)
        mantissa = mantissa * 10 + static_cast<unsigned char>(*at++ - '0');
    std::ptrdiff_t digitCount = at - digits;
    if (digitCount == 0 || (*digits == '0' && digitCount > 1))
        return nullptr;
    int fraction = 0;
    if (*at == '.') {
        ++at;
        int count;
        do {
            const std::uint64_t word = load8(at);
            count = leadingDigits(word);
            if (count > 0)
                mantissa = mantissa * kIntegerPowersOfTen[count] + digitsValue(word, count);
            at += count;
            fraction += count;
        } while (count == 8 && fraction < 24);
        if (fraction == 0)
            return nullptr;
        digitCount += fraction;
    }
    // A mantissa below 2^53 and a power of ten up to 10^22 are exact, so one division rounds correctly (Clinger 1990).
    if ((*at | 0x20) != 'e' && digitCount <= 19 && mantissa <= (std::uint64_t{1} << 53) && fraction <= 22) {
        const double exact = static_cast<double>(mantissa) / kPowersOfTen[fraction];
        value = isNegative ? -exact : exact;
        return at;
    }
    while (static_cast<unsigned char>(*at - '0') < 10)
        ++at;
    if ((*at | 0x20) == 'e') {
        ++at;
        at += *at == '+' || *at == '-';
        if (static_cast<unsigned char>(*at - '0') >= 10)
            return nullptr;
        while (static_cast<unsigned char>(*at - '0') < 10)
            ++at;
    }
    const auto [end, error] = std::from_chars(begin, at, value);
    if (error == std::errc::result_out_of_range) // 1e400 or 1e-400
        value = std::strtod(std::string(begin, at).c_str(), nullptr);
    return at;
}

// The text must be followed by at least 64 zero bytes: they end every loop.
class JsonScanner {
public:
    explicit JsonScanner(std::string_view text) : m_begin(text.data()), m_end(text.data() + text.size()), at(m_begin) {}

    std::size_t offset() const { return static_cast<std::size_t>(at - m_begin); }
    std::string_view text() const { return {m_begin, m_end}; }
    bool atEnd() const { return at >= m_end; }

    void skipSpace() {
        while (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t')
            ++at;
    }
    // The next character that is no blank, without taking it.
    char peek() {
        skipSpace();
        return *at;
    }
    bool take(char c) {
        if (peek() != c)
            return false;
        ++at;
        return true;
    }
    void expect(char c, const char* where) {
        if (!take(c))
            fail(std::string("'") + c + "' expected " + where);
    }
    bool takeWord(std::string_view word) {
        if (std::strncmp(at, word.data(), word.size()) != 0)
            return false;
        at += word.size();
        return true;
    }

    // A string with its escapes resolved; valid until the next call.
    std::string_view string();
    // After a value inside an object or array: true for a comma, false for the closing bracket; takes either.
    bool takeCommaOr(char closing) {
        const char c = peek();
        if (c == ',') {
            ++at;
            return true;
        }
        if (c != closing)
            fail(std::string("',' or '") + closing + "' expected");
        ++at;
        return false;
    }
    JsonNumber number();
    // Any value; its text is checked and passed over.
    void skipValue();

    [[noreturn]] void fail(std::string what) const;

private:
    const char* m_begin;
    const char* m_end;
    std::string m_scratch;

    std::string_view unescapedString(const char* begin);
    void appendEscape();
    unsigned hexDigits4();

public:
    const char* at; // the reading position
};

} // namespace cordon
