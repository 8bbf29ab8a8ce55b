#include "core/io/row_columns.h"

#include "core/io/csv_columns.h"
#include "core/io/decimal.h"
#include "core/io/table_draft.h"
#include "core/model/time.h"

#include <algorithm>
#include <cmath>

namespace cordon {

namespace {

using Kind = RowColumns::Kind;

// More are no table but an attack on the memory.
constexpr std::size_t kMostColumns = 500;
constexpr std::size_t kMostCells = 100'000'000;

FieldType fieldTypeOf(Kind kind) {
    switch (kind) {
    case Kind::Real:
        return FieldType::Real;
    case Kind::Integer:
        return FieldType::Integer;
    case Kind::Time:
        return FieldType::DateTime;
    default:
        return FieldType::Text;
    }
}

void appendNull(Column& column) {
    if (auto* integers = std::get_if<std::vector<std::int64_t>>(&column.values))
        integers->push_back(0);
    else if (auto* reals = std::get_if<std::vector<double>>(&column.values))
        reals->push_back(0);
    else
        std::get<TextValues>(column.values).append({});
    if (column.type == FieldType::DateTime)
        column.zoneOffsetMinutes.push_back(Column::kNoZone);
}

// False, with nothing appended, if the text is no value of the column's type.
bool appendValue(Column& column, std::string_view text) {
    auto* const integers = std::get_if<std::vector<std::int64_t>>(&column.values);
    switch (column.type) {
    case FieldType::Integer: {
        const auto value = numberFrom(text);
        const bool fits = value && std::abs(*value) < 9e18;
        if (const auto whole = integerFrom(text))
            integers->push_back(*whole);
        else if (fits)
            integers->push_back(std::llround(*value));
        return fits;
    }
    case FieldType::Boolean:
        integers->push_back(text[0] == 't' || text[0] == 'T');
        return true;
    case FieldType::Real: {
        const auto value = numberFrom(text);
        if (value)
            std::get<std::vector<double>>(column.values).push_back(*value);
        return value.has_value();
    }
    case FieldType::Date:
    case FieldType::DateTime: {
        const auto time = parseTime(text);
        if (!time)
            return false;
        if (column.type == FieldType::Date) {
            integers->push_back(std::chrono::floor<std::chrono::days>(time->time.time_since_epoch()).count());
            return true;
        }
        integers->push_back(time->time.time_since_epoch().count());
        column.zoneOffsetMinutes.push_back(time->hasZone ? static_cast<std::int16_t>(time->offset.count())
                                                         : Column::kNoZone);
        return true;
    }
    case FieldType::Text:
        std::get<TextValues>(column.values).append(text);
    }
    return true;
}

std::int64_t twoDigits(const char* at) {
    return (at[0] - '0') * 10 + (at[1] - '0');
}

} // namespace

std::optional<double> numberFrom(std::string_view text) {
    if (text.starts_with('+'))
        text.remove_prefix(1);
    std::string dotted;
    if (text.size() < 40 && text.find(',') != std::string_view::npos) {
        dotted = text;
        dotted[dotted.find(',')] = '.';
        text = dotted;
    }
    return decimalFrom(text);
}

std::int64_t timeMsFrom(std::string_view text) {
    const auto isDigit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
    const bool isUsual = text.size() == 20 && text[4] == '-' && text[7] == '-' && text[10] == 'T' && text[13] == ':' &&
                         text[16] == ':' && text[19] == 'Z' && isDigit(0) && isDigit(1) && isDigit(2) && isDigit(3) &&
                         isDigit(5) && isDigit(6) && isDigit(8) && isDigit(9) && isDigit(11) && isDigit(12) &&
                         isDigit(14) && isDigit(15) && isDigit(17) && isDigit(18);
    if (!isUsual) {
        const auto time = parseTime(text);
        return time ? time->time.time_since_epoch().count() : GeometryColumn::kNoTime;
    }
    using namespace std::chrono;
    const char* const at = text.data();
    const year_month_day date{year{static_cast<int>(twoDigits(at) * 100 + twoDigits(at + 2))},
                              month{static_cast<unsigned>(twoDigits(at + 5))},
                              day{static_cast<unsigned>(twoDigits(at + 8))}};
    const std::int64_t hour = twoDigits(at + 11), minute = twoDigits(at + 14), second = twoDigits(at + 17);
    if (!date.ok() || hour > 24 || minute > 59 || second > 60 || (hour == 24 && (minute > 0 || second > 0)))
        return GeometryColumn::kNoTime;
    return sys_days{date}.time_since_epoch().count() * std::int64_t{86'400'000} +
           ((hour * 60 + minute) * 60 + second) * 1000;
}

RowColumns::Growing* RowColumns::find(std::string_view name, Kind kind) {
    if (const auto known = m_byName.find(name); known != m_byName.end())
        return &m_columns[known->second];
    if (m_columns.size() >= kMostColumns) {
        m_isFull = true;
        return nullptr;
    }
    m_byName.emplace(name, m_columns.size());
    m_columns.push_back({std::string(name), kind, {}, {}, {}});
    return &m_columns.back();
}

void RowColumns::declare(std::string_view name, Kind kind) {
    find(name, kind);
}

void RowColumns::set(std::string_view name, std::string_view text, Kind kind) {
    if (text.empty() || !m_job.wantsColumn(name))
        return;
    Growing* const column = find(name, kind);
    if (!column)
        return;
    if (column->open.empty())
        m_open.push_back(static_cast<std::size_t>(m_byName.find(name)->second));
    else
        column->open += "; ";
    column->open += text;
}

bool RowColumns::hasValue(std::string_view name) const {
    const auto known = m_byName.find(name);
    return known != m_byName.end() && !m_columns[known->second].open.empty();
}

void RowColumns::endRow() {
    for (const std::size_t index : m_open) {
        Growing& column = m_columns[index];
        column.rows.push_back(static_cast<std::uint32_t>(m_rows));
        column.texts.append(column.open);
        column.open.clear();
    }
    m_open.clear();
    ++m_rows;
}

void RowColumns::dropRow() {
    for (const std::size_t index : m_open)
        m_columns[index].open.clear();
    m_open.clear();
}

Column RowColumns::complete(Growing& growing) {
    Column column;
    column.name = growing.name;
    column.type = fieldTypeOf(growing.kind);
    if (growing.kind == Kind::Auto) {
        CsvColumnType looked;
        for (std::size_t i = 0; i < growing.rows.size(); ++i)
            looked.look(growing.texts.at(i), false);
        column.type = looked.type();
    }
    if (column.type == FieldType::Real)
        column.values.emplace<std::vector<double>>().reserve(m_rows);
    else if (column.type == FieldType::Text)
        column.values.emplace<TextValues>().start.reserve(m_rows + 1);
    else
        std::get<std::vector<std::int64_t>>(column.values).reserve(m_rows);
    std::vector<std::uint8_t> isNullAt(m_rows, 1);
    std::size_t next = 0, nulls = 0;
    std::vector<std::uint32_t> unfit;
    for (std::uint32_t row = 0; row < m_rows; ++row) {
        const bool hasText = next < growing.rows.size() && growing.rows[next] == row;
        if (hasText && appendValue(column, growing.texts.at(next)))
            isNullAt[row] = 0;
        else
            appendNull(column);
        if (hasText && isNullAt[row] && !(growing.kind == Kind::Auto))
            unfit.push_back(row + 1);
        next += hasText;
        nulls += isNullAt[row];
    }
    if (nulls > 0)
        column.isNullAt = std::move(isNullAt);
    if (!unfit.empty())
        m_job.warn(m_label + ": " + countOf(unfit.size(), "value") + " of " + growing.name +
                       (growing.kind == Kind::Time ? " that are no times" : " that are no numbers") +
                       " left out: " + namedRows("row", unfit) + ".",
                   true);
    auto& zones = column.zoneOffsetMinutes;
    bool allUtc = true;
    for (std::size_t row = 0; row < zones.size(); ++row)
        allUtc &= zones[row] == 0 || column.isNull(row);
    if (allUtc)
        zones.clear();
    return column;
}

std::vector<Column> RowColumns::finish() {
    std::vector<Column> columns;
    for (Growing& growing : m_columns) {
        if (growing.rows.empty())
            continue;
        if ((columns.size() + 1) * m_rows > kMostCells) {
            m_isFull = true;
            break;
        }
        columns.push_back(complete(growing));
        growing.texts = {};
        growing.rows = {};
    }
    if (m_isFull)
        m_job.warn(m_label + ": it has more kinds of attributes than a table can hold; only the first " +
                       countOf(columns.size(), "column") + " were taken.",
                   true);
    return columns;
}

} // namespace cordon
