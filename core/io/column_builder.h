// One attribute column whose type is found while its values arrive.
#pragma once

#include "core/model/feature_table.h"

#include <string>
#include <string_view>

namespace cordon {

// Integer and real together are real; anything else together is text. Texts that are all dates become a date column.
class ColumnBuilder {
public:
    explicit ColumnBuilder(std::string name) : m_name(std::move(name)) {}

    const std::string& name() const { return m_name; }
    std::size_t rowCount() const { return m_rows; }
    void keepText() { m_mayBeTime = false; } // texts stay texts, even if they are dates

    void appendNull();
    void appendInteger(std::int64_t value);
    void appendReal(double value);
    void appendBoolean(bool value);
    void appendText(std::string_view utf8);
    void padTo(std::size_t rows);
    void truncate(std::size_t rows);

    // Appends all of another column with the same name.
    void append(ColumnBuilder&& other);

    Column finish(std::size_t rows);

private:
    enum class State { Empty, Integer, Real, Boolean, Text };
    void become(State wanted);
    void markValue();

    std::string m_name;
    State m_state = State::Empty;
    bool m_mayBeTime = true;
    bool m_hasNulls = false;
    std::size_t m_rows = 0;
    std::vector<std::uint8_t> m_isNullAt; // filled from the first null on
    std::vector<std::int64_t> m_integers; // booleans too
    std::vector<double> m_reals;
    TextValues m_texts;
};

// Whether a text is worth the trouble of parseTime(): "2025-10-20...", "2025/10/20...".
inline bool looksLikeTime(std::string_view text) {
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    return text.size() >= 8 && text.size() <= 40 && isDigit(text[0]) && isDigit(text[1]) && isDigit(text[2]) &&
           isDigit(text[3]) && (text[4] == '-' || text[4] == '/') && isDigit(text[5]);
}

// A text column all of whose values are dates or times becomes one of that type; others stay as they are.
void convertToTimes(Column& column);

std::string shortestText(double value);

} // namespace cordon
