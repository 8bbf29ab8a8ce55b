#include "core/io/json_scanner.h"

#include <array>
#include <cstdlib>
#include <limits>
#include <vector>

namespace cordon {

namespace {

// '"', '\\' and control characters end a run of plain text.
constexpr std::array<bool, 256> kEndsRun = [] {
    std::array<bool, 256> ends{};
    for (std::size_t c = 0; c < 0x20; ++c)
        ends[c] = true;
    ends['"'] = ends['\\'] = true;
    return ends;
}();

const char* runEnd(const char* at) {
    while (!kEndsRun[static_cast<unsigned char>(*at)])
        ++at;
    return at;
}

void appendUtf8(std::string& out, unsigned c) {
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0 | c >> 6);
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        out += static_cast<char>(0xE0 | c >> 12);
        out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else {
        out += static_cast<char>(0xF0 | c >> 18);
        out += static_cast<char>(0x80 | (c >> 12 & 0x3F));
        out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    }
}

constexpr std::size_t kMaxDepth = 1000;

} // namespace

void JsonScanner::fail(std::string what) const {
    if (at >= m_end)
        throw JsonError{"it ends in the middle", static_cast<std::size_t>(m_end - m_begin)};
    throw JsonError{std::move(what), offset()};
}

std::string_view JsonScanner::string() {
    if (peek() != '"')
        fail("a string in quotes expected");
    const char* const begin = ++at;
    at = runEnd(at);
    if (*at != '"')
        return unescapedString(begin);
    return {begin, static_cast<std::size_t>(at++ - begin)};
}

std::string_view JsonScanner::unescapedString(const char* begin) {
    m_scratch.assign(begin, at);
    while (*at != '"') {
        if (*at != '\\') {
            // Old writers leave line breaks and tabs in texts as they are.
            if (at >= m_end || *at == '\0')
                fail("a control character in a text");
            m_scratch += *at++;
        } else {
            ++at;
            appendEscape();
        }
        const char* const run = at;
        at = runEnd(at);
        m_scratch.append(run, at);
    }
    ++at;
    return m_scratch;
}

unsigned JsonScanner::hexDigits4() {
    unsigned value = 0;
    for (int i = 0; i < 4; ++i, ++at) {
        const char c = *at;
        const int digit = c >= '0' && c <= '9'   ? c - '0'
                          : c >= 'a' && c <= 'f' ? c - 'a' + 10
                          : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                 : -1;
        if (digit < 0)
            fail("four hexadecimal digits expected after \\u");
        value = value * 16 + static_cast<unsigned>(digit);
    }
    return value;
}

void JsonScanner::appendEscape() {
    const char c = *at++;
    switch (c) {
    case '"':
    case '\\':
    case '/':
        m_scratch += c;
        return;
    case 'b':
        m_scratch += '\b';
        return;
    case 'f':
        m_scratch += '\f';
        return;
    case 'n':
        m_scratch += '\n';
        return;
    case 'r':
        m_scratch += '\r';
        return;
    case 't':
        m_scratch += '\t';
        return;
    case 'u':
        break;
    default:
        --at;
        fail("an escape that JSON does not know");
    }
    unsigned code = hexDigits4();
    if (code >= 0xD800 && code < 0xDC00 && at[0] == '\\' && at[1] == 'u') {
        const char* const second = at;
        at += 2;
        const unsigned low = hexDigits4();
        if (low >= 0xDC00 && low < 0xE000)
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        else
            at = second;
    }
    if (code >= 0xD800 && code < 0xE000)
        code = 0xFFFD; // half of a pair alone is no character
    appendUtf8(m_scratch, code);
}

JsonNumber JsonScanner::number() {
    skipSpace();
    const char* const begin = at;
    JsonNumber number;
    const char* const end = scanDouble(at, number.real);
    if (!end) {
        // Not JSON, but what many programs write for a missing number.
        const bool isNegative = *at == '-';
        at += isNegative;
        number.real = std::numeric_limits<double>::quiet_NaN();
        if (takeWord("NaN"))
            return number;
        number.real = isNegative ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
        if (takeWord("Infinity"))
            return number;
        at = begin;
        fail("a number expected");
    }
    at = end;
    const auto [integerEnd, error] = std::from_chars(begin, end, number.integer);
    number.isInteger = error == std::errc{} && integerEnd == end;
    return number;
}

void JsonScanner::skipValue() {
    std::vector<char> closings; // of the objects and arrays around the position
    for (;;) {
        switch (peek()) {
        case '{':
            ++at;
            if (!take('}')) {
                closings.push_back('}');
                if (closings.size() > kMaxDepth)
                    fail("nested too deeply");
                string();
                expect(':', "after a name");
                continue;
            }
            break;
        case '[':
            ++at;
            if (!take(']')) {
                closings.push_back(']');
                if (closings.size() > kMaxDepth)
                    fail("nested too deeply");
                continue;
            }
            break;
        case '"':
            string();
            break;
        case 't':
        case 'f':
        case 'n':
            if (!takeWord("true") && !takeWord("false") && !takeWord("null"))
                fail("a value expected");
            break;
        default:
            number();
        }
        while (!closings.empty() && !takeCommaOr(closings.back()))
            closings.pop_back();
        if (closings.empty())
            return;
        if (closings.back() == '}') {
            string();
            expect(':', "after a name");
        }
    }
}

} // namespace cordon
