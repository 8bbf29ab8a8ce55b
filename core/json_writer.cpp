#include "core/json_writer.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <ostream>

namespace cordon {
namespace {

// Length of the well-formed UTF-8 sequence at the front (RFC 3629), 0 if there is none.
std::size_t sequenceLength(std::string_view text) {
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
    const auto continues = [&](std::size_t i) { return (byte(i) & 0xC0) == 0x80; };
    const unsigned first = byte(0);
    if (first < 0x80)
        return 1;
    if (first >= 0xC2 && first <= 0xDF)
        return continues(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        const bool isGood =
            continues(1) && continues(2) && !(first == 0xE0 && byte(1) < 0xA0) && !(first == 0xED && byte(1) > 0x9F);
        return isGood ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        const bool isGood = continues(1) && continues(2) && continues(3) && !(first == 0xF0 && byte(1) < 0x90) &&
                            !(first == 0xF4 && byte(1) > 0x8F);
        return isGood ? 4 : 0;
    }
    return 0;
}

} // namespace

std::string jsonEscaped(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        const std::size_t length = sequenceLength(text);
        const char c = text.front();
        if (length == 0) {
            result += "\xEF\xBF\xBD"; // U+FFFD: a broken name must not break the document
        } else if (c == '"' || c == '\\') {
            result += '\\';
            result += c;
        } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
            std::array<char, 8> escape{};
            std::snprintf(escape.data(), escape.size(), "\\u%04x", static_cast<unsigned>(c));
            result += c == '\n' ? "\\n" : c == '\t' ? "\\t" : escape.data();
        } else {
            result += text.substr(0, length);
        }
        text.remove_prefix(length ? length : 1);
    }
    return result;
}

void JsonWriter::beforeValue() {
    if (m_afterKey) {
        m_afterKey = false;
        return;
    }
    if (m_levels.empty())
        return;
    Level& level = m_levels.back();
    if (!level.isEmpty)
        m_out << ',';
    if (!level.onOneLine)
        m_out << '\n' << std::string(2 * m_levels.size(), ' ');
    else if (!level.isEmpty)
        m_out << ' ';
    level.isEmpty = false;
}

void JsonWriter::begin(char opening, char closing, bool onOneLine) {
    beforeValue();
    m_out << opening;
    const bool isInOneLine = onOneLine || (!m_levels.empty() && m_levels.back().onOneLine);
    m_levels.push_back({closing, isInOneLine});
}

JsonWriter& JsonWriter::beginObject() {
    begin('{', '}', false);
    return *this;
}

JsonWriter& JsonWriter::beginArray(bool onOneLine) {
    begin('[', ']', onOneLine);
    return *this;
}

JsonWriter& JsonWriter::end() {
    const Level level = m_levels.back();
    m_levels.pop_back();
    if (!level.isEmpty && !level.onOneLine)
        m_out << '\n' << std::string(2 * m_levels.size(), ' ');
    m_out << level.closing;
    if (m_levels.empty())
        m_out << '\n';
    return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
    beforeValue();
    m_out << '"' << jsonEscaped(name) << "\": ";
    m_afterKey = true;
    return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
    beforeValue();
    m_out << '"' << jsonEscaped(text) << '"';
    return *this;
}

JsonWriter& JsonWriter::value(double number) {
    if (!std::isfinite(number))
        return null();
    beforeValue();
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
    m_out << std::string_view(text.data(), static_cast<std::size_t>(end - text.data()));
    return *this;
}

JsonWriter& JsonWriter::value(std::size_t number) {
    beforeValue();
    m_out << number;
    return *this;
}

JsonWriter& JsonWriter::value(int number) {
    beforeValue();
    m_out << number;
    return *this;
}

JsonWriter& JsonWriter::value(bool flag) {
    beforeValue();
    m_out << (flag ? "true" : "false");
    return *this;
}

JsonWriter& JsonWriter::null() {
    beforeValue();
    m_out << "null";
    return *this;
}

} // namespace cordon
