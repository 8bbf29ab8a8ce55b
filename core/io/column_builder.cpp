#include "core/io/column_builder.h"

#include "core/model/time.h"

#include <array>
#include <charconv>
#include <cmath>

namespace cordon {

std::string shortestText(double value) {
    std::array<char, 32> buffer{};
    return {buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr};
}

void ColumnBuilder::markValue() {
    if (m_hasNulls)
        m_isNullAt.push_back(0);
    ++m_rows;
}

void ColumnBuilder::appendNull() {
    if (!m_hasNulls) {
        m_isNullAt.assign(m_rows, 0);
        m_hasNulls = true;
    }
    m_isNullAt.push_back(1);
    ++m_rows;
    switch (m_state) {
    case State::Empty:
        break;
    case State::Integer:
    case State::Boolean:
        m_integers.push_back(0);
        break;
    case State::Real:
        m_reals.push_back(0);
        break;
    case State::Text:
        m_texts.append({});
        break;
    }
}

// Changes the type of the values so far. Never from Text, never to Empty.
void ColumnBuilder::become(State wanted) {
    const auto isNullAt = [&](std::size_t row) { return m_hasNulls && m_isNullAt[row] != 0; };
    if (wanted == State::Text) {
        for (std::size_t row = 0; row < m_rows; ++row) {
            if (m_state == State::Empty || isNullAt(row))
                m_texts.append({});
            else if (m_state == State::Integer)
                m_texts.append(std::to_string(m_integers[row]));
            else if (m_state == State::Real)
                m_texts.append(shortestText(m_reals[row]));
            else
                m_texts.append(m_integers[row] ? "true" : "false");
        }
        m_mayBeTime = m_mayBeTime && m_state == State::Empty;
        m_integers = {};
        m_reals = {};
    } else if (wanted == State::Real) {
        m_reals.assign(m_integers.begin(), m_integers.end());
        m_reals.resize(m_rows);
        m_integers = {};
    } else {
        m_integers.resize(m_rows);
    }
    m_state = wanted;
}

void ColumnBuilder::appendInteger(std::int64_t value) {
    if (m_state == State::Empty)
        become(State::Integer);
    else if (m_state == State::Boolean)
        become(State::Text);
    if (m_state == State::Integer)
        m_integers.push_back(value);
    else if (m_state == State::Real)
        m_reals.push_back(static_cast<double>(value));
    else {
        m_texts.append(std::to_string(value));
        m_mayBeTime = false;
    }
    markValue();
}

void ColumnBuilder::appendReal(double value) {
    if (m_state == State::Empty || m_state == State::Integer)
        become(State::Real);
    else if (m_state == State::Boolean)
        become(State::Text);
    if (m_state == State::Real)
        m_reals.push_back(value);
    else {
        m_texts.append(shortestText(value));
        m_mayBeTime = false;
    }
    markValue();
}

void ColumnBuilder::appendBoolean(bool value) {
    if (m_state == State::Empty)
        become(State::Boolean);
    else if (m_state != State::Boolean && m_state != State::Text)
        become(State::Text);
    if (m_state == State::Boolean)
        m_integers.push_back(value);
    else {
        m_texts.append(value ? "true" : "false");
        m_mayBeTime = false;
    }
    markValue();
}

void ColumnBuilder::appendText(std::string_view utf8) {
    if (m_state != State::Text)
        become(State::Text);
    if (m_mayBeTime && !looksLikeTime(utf8) && !utf8.empty())
        m_mayBeTime = false;
    m_texts.append(utf8);
    markValue();
}

void ColumnBuilder::padTo(std::size_t rows) {
    while (m_rows < rows)
        appendNull();
}

void ColumnBuilder::truncate(std::size_t rows) {
    if (rows >= m_rows)
        return;
    m_rows = rows;
    if (m_hasNulls)
        m_isNullAt.resize(rows);
    if (m_state == State::Integer || m_state == State::Boolean)
        m_integers.resize(rows);
    else if (m_state == State::Real)
        m_reals.resize(rows);
    else if (m_state == State::Text) {
        m_texts.start.resize(rows + 1);
        m_texts.bytes.resize(m_texts.start.back());
    }
}

void ColumnBuilder::append(ColumnBuilder&& other) {
    m_mayBeTime = m_mayBeTime && other.m_mayBeTime;
    if (other.m_state != m_state && other.m_state != State::Empty && m_state != State::Empty) {
        const auto isNumber = [](State s) { return s == State::Integer || s == State::Real; };
        const State common = isNumber(m_state) && isNumber(other.m_state) ? State::Real : State::Text;
        const bool mayBeTime = m_mayBeTime;
        if (m_state != common)
            become(common);
        if (other.m_state != common)
            other.become(common);
        m_mayBeTime = mayBeTime && common != State::Text;
    } else if (m_state == State::Empty && other.m_state != State::Empty) {
        const bool mayBeTime = m_mayBeTime;
        become(other.m_state);
        m_mayBeTime = mayBeTime;
    } else if (other.m_state == State::Empty && m_state != State::Empty) {
        other.become(m_state);
    }
    if (m_hasNulls || other.m_hasNulls) {
        m_isNullAt.resize(m_rows, 0);
        other.m_isNullAt.resize(other.m_rows, 0);
        m_isNullAt.insert(m_isNullAt.end(), other.m_isNullAt.begin(), other.m_isNullAt.end());
        m_hasNulls = true;
    }
    m_integers.insert(m_integers.end(), other.m_integers.begin(), other.m_integers.end());
    m_reals.insert(m_reals.end(), other.m_reals.begin(), other.m_reals.end());
    if (m_state == State::Text) {
        const std::uint64_t shift = m_texts.bytes.size();
        m_texts.bytes += other.m_texts.bytes;
        for (std::size_t i = 1; i < other.m_texts.start.size(); ++i)
            m_texts.start.push_back(other.m_texts.start[i] + shift);
    }
    m_rows += other.m_rows;
    other = ColumnBuilder(other.m_name);
}

Column ColumnBuilder::finish(std::size_t rows) {
    padTo(rows);
    Column column;
    column.name = m_name;
    if (m_state == State::Empty)
        become(State::Text);
    switch (m_state) {
    case State::Integer:
        column.type = FieldType::Integer;
        column.values = std::move(m_integers);
        break;
    case State::Boolean:
        column.type = FieldType::Boolean;
        column.values = std::move(m_integers);
        break;
    case State::Real:
        column.type = FieldType::Real;
        column.values = std::move(m_reals);
        break;
    default:
        column.type = FieldType::Text;
        column.values = std::move(m_texts);
    }
    if (m_hasNulls)
        column.isNullAt = std::move(m_isNullAt);
    if (column.type == FieldType::Text && m_mayBeTime)
        convertToTimes(column);
    return column;
}

void convertToTimes(Column& column) {
    const auto& texts = std::get<TextValues>(column.values);
    const std::size_t rows = texts.start.size() - 1;
    std::vector<std::int64_t> times(rows, 0);
    std::vector<std::int16_t> zones(rows, 0);
    std::vector<std::uint8_t> isNullAt = column.isNullAt;
    bool anyTime = false, anyValue = false, allUtc = true;
    for (std::size_t row = 0; row < rows; ++row) {
        const std::string_view text = texts.at(row);
        if (column.isNull(row))
            continue;
        if (text.empty()) { // no date is no date, however it is written
            isNullAt.resize(rows, 0);
            isNullAt[row] = 1;
            continue;
        }
        const auto parsed = looksLikeTime(text) ? parseTime(text) : std::nullopt;
        if (!parsed)
            return;
        anyValue = true;
        anyTime |= parsed->hasTime;
        times[row] = parsed->time.time_since_epoch().count();
        zones[row] = parsed->hasZone ? static_cast<std::int16_t>(parsed->offset.count()) : Column::kNoZone;
        allUtc &= zones[row] == 0;
    }
    if (!anyValue)
        return;
    if (!anyTime)
        for (std::int64_t& t : times)
            t = std::chrono::floor<std::chrono::days>(std::chrono::milliseconds(t)).count();
    else if (!allUtc)
        column.zoneOffsetMinutes = std::move(zones);
    column.type = anyTime ? FieldType::DateTime : FieldType::Date;
    column.values = std::move(times);
    column.isNullAt = std::move(isNullAt);
}

} // namespace cordon
