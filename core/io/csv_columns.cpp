#include "core/io/csv_columns.h"

#include "core/io/column_builder.h"
#include "core/io/coordinate_text.h"
#include "core/io/decimal.h"
#include "core/io/iso_time.h"
#include "core/io/json_scanner.h"
#include "core/model/time.h"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace cordon {

std::optional<std::int64_t> integerFrom(std::string_view value) {
    if (value.empty() || (value.back() < '0' || value.back() > '9') || hasLeadingZero(value))
        return std::nullopt;
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc{} || end != value.data() + value.size())
        return std::nullopt;
    return number;
}

std::optional<double> realFrom(std::string_view value, bool decimalCommas) {
    if (value.empty() || value.size() > 60 || hasLeadingZero(value))
        return std::nullopt;
    const std::size_t comma = decimalCommas ? value.find(',') : std::string_view::npos;
    if (comma == std::string_view::npos)
        return decimalFrom(value);
    std::string dotted(value);
    dotted[comma] = '.';
    return decimalFrom(dotted);
}

bool CsvColumnType::isTwoLetters(std::string_view value) {
    return value.size() == 2 && std::isupper(static_cast<unsigned char>(value[0])) &&
           std::isupper(static_cast<unsigned char>(value[1]));
}

void CsvColumnType::look(std::string_view value, bool decimalCommas) {
    value = trimmedCell(value);
    ++m_looked;
    m_bytes += value.size();
    if (isNullText(value))
        return;
    m_hasValue = true;
    if (m_allTwoLetters)
        m_allTwoLetters = isTwoLetters(value);
    if (m_canInteger && !integerFrom(value))
        m_canInteger = false;
    if (!m_canInteger && m_canReal && !realFrom(value, decimalCommas))
        m_canReal = false;
    if (m_canBoolean && !equalAnyCase(value, "true") && !equalAnyCase(value, "false"))
        m_canBoolean = false;
    if (m_canTime) {
        const auto time = looksLikeTime(value) ? parseTime(value) : std::nullopt;
        m_canTime = time.has_value();
        m_hasTimeOfDay |= time && time->hasTime;
    }
}

void CsvColumnType::merge(const CsvColumnType& other) {
    m_looked += other.m_looked;
    m_bytes += other.m_bytes;
    m_hasValue |= other.m_hasValue;
    m_canInteger &= other.m_canInteger;
    m_canReal &= other.m_canReal;
    m_canBoolean &= other.m_canBoolean;
    m_canTime &= other.m_canTime;
    m_hasTimeOfDay |= other.m_hasTimeOfDay;
    m_allTwoLetters &= other.m_allTwoLetters;
}

FieldType CsvColumnType::type() const {
    if (!m_hasValue)
        return FieldType::Text;
    if (m_canInteger)
        return FieldType::Integer;
    if (m_canReal)
        return FieldType::Real;
    if (m_canBoolean)
        return FieldType::Boolean;
    if (m_canTime)
        return m_hasTimeOfDay ? FieldType::DateTime : FieldType::Date;
    return FieldType::Text;
}

CsvColumn::CsvColumn(std::string name, const CsvColumnType& looked, std::size_t rowsExpected) : m_looked(looked) {
    m_column.name = std::move(name);
    m_column.type = looked.type();
    if (m_column.type == FieldType::Real)
        m_column.values.emplace<std::vector<double>>().reserve(rowsExpected);
    else if (m_column.type == FieldType::Text) {
        auto& texts = m_column.values.emplace<TextValues>();
        texts.start.reserve(rowsExpected + 1);
        texts.bytes.reserve(rowsExpected * looked.meanBytes());
    } else
        m_column.values.emplace<std::vector<std::int64_t>>().reserve(rowsExpected);
}

void CsvColumn::appendNull() {
    m_column.isNullAt.resize(m_rows++, 0);
    m_column.isNullAt.push_back(1);
    if (auto* integers = std::get_if<std::vector<std::int64_t>>(&m_column.values))
        integers->push_back(0);
    else if (auto* reals = std::get_if<std::vector<double>>(&m_column.values))
        reals->push_back(0);
    else
        std::get<TextValues>(m_column.values).append({});
    if (m_column.type == FieldType::DateTime)
        m_column.zoneOffsetMinutes.push_back(Column::kNoZone);
}

bool CsvColumn::append(std::string_view value, bool decimalCommas) {
    const std::string_view text = trimmedCell(value);
    if (isNullText(text) && !(text == "NA" && m_looked.naIsText())) {
        appendNull();
        return true;
    }
    if (m_column.type == FieldType::Text) {
        const bool hasZero = text.size() < value.size() && value.find('\0') != std::string_view::npos;
        std::get<TextValues>(m_column.values).append(hasZero ? text : value);
        markValue();
        return m_looked.expectsText(text);
    }
    if (appendValue(text, decimalCommas)) {
        markValue();
        return true;
    }
    appendNull();
    return false;
}

bool CsvColumn::accepts(std::string_view value, bool decimalCommas) const {
    CsvColumnType looked = m_looked;
    looked.look(value, decimalCommas);
    return looked.type() == m_looked.type() && looked.hasValue() == m_looked.hasValue() &&
           looked.naIsText() == m_looked.naIsText();
}

bool CsvColumn::appendValue(std::string_view text, bool decimalCommas) {
    if (m_column.type == FieldType::Real) {
        const auto number = realFrom(text, decimalCommas);
        if (number)
            std::get<std::vector<double>>(m_column.values).push_back(*number);
        return number.has_value();
    }
    auto& values = std::get<std::vector<std::int64_t>>(m_column.values);
    if (m_column.type == FieldType::Integer) {
        const auto number = integerFrom(text);
        if (number)
            values.push_back(*number);
        return number.has_value();
    }
    if (m_column.type == FieldType::Boolean) {
        const bool isTrue = equalAnyCase(text, "true");
        if (isTrue || equalAnyCase(text, "false"))
            values.push_back(isTrue);
        return isTrue || equalAnyCase(text, "false");
    }
    const bool isDate = m_column.type == FieldType::Date;
    const auto days = isDate ? daysOfStrictIsoDate(text) : std::nullopt; // mostly, and faster
    if (days) {
        values.push_back(*days);
        return true;
    }
    const auto time = looksLikeTime(text) ? parseTime(text) : std::nullopt;
    if (!time || (isDate && time->hasTime))
        return false;
    const auto sinceEpoch = time->time.time_since_epoch();
    values.push_back(isDate ? std::chrono::floor<std::chrono::days>(sinceEpoch).count() : sinceEpoch.count());
    if (!isDate)
        m_column.zoneOffsetMinutes.push_back(time->hasZone ? static_cast<std::int16_t>(time->offset.count())
                                                           : Column::kNoZone);
    return true;
}

void CsvColumn::append(CsvColumn&& other) {
    Column& from = other.m_column;
    if (!m_column.isNullAt.empty() || !from.isNullAt.empty()) {
        m_column.isNullAt.resize(m_rows, 0);
        from.isNullAt.resize(other.m_rows, 0);
        m_column.isNullAt.insert(m_column.isNullAt.end(), from.isNullAt.begin(), from.isNullAt.end());
    }
    m_rows += other.m_rows;
    m_column.zoneOffsetMinutes.insert(m_column.zoneOffsetMinutes.end(), from.zoneOffsetMinutes.begin(),
                                      from.zoneOffsetMinutes.end());
    const auto join = [](auto& values, const auto& more) { values.insert(values.end(), more.begin(), more.end()); };
    if (auto* integers = std::get_if<std::vector<std::int64_t>>(&m_column.values)) {
        join(*integers, std::get<std::vector<std::int64_t>>(from.values));
    } else if (auto* reals = std::get_if<std::vector<double>>(&m_column.values)) {
        join(*reals, std::get<std::vector<double>>(from.values));
    } else {
        auto& texts = std::get<TextValues>(m_column.values);
        const auto& more = std::get<TextValues>(from.values);
        const std::uint64_t before = texts.bytes.size();
        texts.bytes += more.bytes;
        texts.start.reserve(texts.start.size() + more.start.size());
        for (std::size_t i = 1; i < more.start.size(); ++i)
            texts.start.push_back(before + more.start[i]);
    }
    from = {};
}

Column CsvColumn::finish() {
    auto& zones = m_column.zoneOffsetMinutes;
    bool allUtc = true;
    for (std::size_t row = 0; row < zones.size() && allUtc; ++row)
        allUtc = zones[row] == 0 || m_column.isNull(row);
    if (allUtc)
        zones.clear();
    return std::move(m_column);
}

} // namespace cordon
