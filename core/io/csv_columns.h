// What the columns of a delimited text hold: types from their values, places from their names.
#pragma once

#include "core/io/csv_tokenizer.h"
#include "core/model/feature_table.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace cordon {

// Looks at values of a column; a CsvColumn of the type found is filled then.
class CsvColumnType {
public:
    void look(std::string_view value, bool decimalCommas);
    void merge(const CsvColumnType& other); // as if its values had been looked at, too
    FieldType type() const;
    bool isNumber() const { return m_hasValue && (m_canInteger || m_canReal); }
    bool hasValue() const { return m_hasValue; }
    // "NA" is no value, but for a column of two-letter codes, where it is Namibia.
    bool naIsText() const { return m_hasValue && m_allTwoLetters; }
    std::size_t meanBytes() const { return m_looked > 0 ? (m_bytes + m_looked - 1) / m_looked : 0; }
    // Whether a text would change nothing, in a column that is found to be of texts.
    bool expectsText(std::string_view value) const { return m_hasValue && (!m_allTwoLetters || isTwoLetters(value)); }

private:
    static bool isTwoLetters(std::string_view value);

    std::size_t m_looked = 0, m_bytes = 0;
    bool m_hasValue = false, m_canInteger = true, m_canReal = true, m_canBoolean = true, m_canTime = true;
    bool m_hasTimeOfDay = false, m_allTwoLetters = true;
};

// A column of the type that was found for it, filled row by row.
class CsvColumn {
public:
    CsvColumn(std::string name, const CsvColumnType& looked, std::size_t rowsExpected);

    // False, and null, if the value is none of the type: then not all values had been looked at.
    bool append(std::string_view value, bool decimalCommas);
    // The number of a cell that has been read as one already; only where takesNumbers().
    void appendNumber(double value) {
        std::get<std::vector<double>>(m_column.values).push_back(value);
        markValue();
    }
    bool takesNumbers() const { return m_column.type == FieldType::Real; }
    // The same as append() of a value that is not kept.
    bool accepts(std::string_view value, bool decimalCommas) const;
    void append(CsvColumn&& other); // of the same type
    Column finish();                // nothing may be appended after it

private:
    bool appendValue(std::string_view text, bool decimalCommas);
    void appendNull();
    void markValue() {
        if (!m_column.isNullAt.empty())
            m_column.isNullAt.push_back(0);
        ++m_rows;
    }

    CsvColumnType m_looked;
    Column m_column;
    std::size_t m_rows = 0;
};

inline bool equalAnyCase(std::string_view text, std::string_view lower) {
    return text.size() == lower.size() && std::equal(text.begin(), text.end(), lower.begin(), [](char a, char b) {
               return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b;
           });
}
inline bool isNullText(std::string_view value) {
    if (value.empty())
        return true;
    if (value.size() > 4 || (value[0] != 'N' && value[0] != 'n' && value[0] != '#'))
        return false;
    return value == "NA" || value == "#N/A" || equalAnyCase(value, "n/a") || equalAnyCase(value, "null") ||
           equalAnyCase(value, "nan");
}
inline std::string_view trimmedCell(std::string_view value) {
    const auto isBlank = [](char c) { return c == ' ' || c == '\t' || c == '\0'; };
    while (!value.empty() && isBlank(value.front()))
        value.remove_prefix(1);
    while (!value.empty() && isBlank(value.back()))
        value.remove_suffix(1);
    return value;
}
// "04" and "-007" are codes.
inline bool hasLeadingZero(std::string_view digits) {
    if (digits.starts_with('-'))
        digits.remove_prefix(1);
    return digits.size() > 1 && digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9';
}
std::optional<std::int64_t> integerFrom(std::string_view value);
// With a decimal comma if allowed. Codes with leading zeros ("04") are no numbers.
std::optional<double> realFrom(std::string_view value, bool decimalCommas);

} // namespace cordon
