#include "core/render/rule_matcher.h"

#include "core/error.h"
#include "core/render/parallel.h"

#include <algorithm>
#include <charconv>

namespace cordon {

namespace {

using Rows = std::vector<std::uint32_t>; // rows still undecided, ascending

std::optional<double> wholeNumber(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

template <class T> bool holds(const T& a, Comparison comparison, const T& b) {
    switch (comparison) {
    case Comparison::Equal:
        return a == b;
    case Comparison::NotEqual:
        return a != b;
    case Comparison::Less:
        return a < b;
    case Comparison::LessOrEqual:
        return a <= b;
    case Comparison::Greater:
        return a > b;
    case Comparison::GreaterOrEqual:
        return a >= b;
    case Comparison::IsNull:
    case Comparison::IsNotNull:
        break;
    }
    return false;
}

template <class Test> void keepIf(Rows& rows, const Test& test) {
    std::erase_if(rows, [&](std::uint32_t row) { return !test(row); });
}

// Text against text, except where both are numbers.
void keepText(const Column& column, const Condition& condition, std::optional<double> number, Rows& rows) {
    const std::string_view value = condition.value;
    keepIf(rows, [&](std::uint32_t row) {
        if (column.isNull(row))
            return false;
        const std::string_view text = column.textAt(row);
        if (number)
            if (const std::optional<double> own = wholeNumber(text))
                return holds(*own, condition.comparison, *number);
        return holds(text, condition.comparison, value);
    });
}

// Keeps the rows for which the condition holds. A field that is not there is null in every row; null compares with
// nothing.
void keepMatching(const FeatureTable& table, const Condition& condition, Rows& rows) {
    const Column* column = table.findColumn(condition.field);
    if (condition.comparison == Comparison::IsNull || condition.comparison == Comparison::IsNotNull) {
        const bool wantsNull = condition.comparison == Comparison::IsNull;
        keepIf(rows, [&](std::uint32_t row) { return (column == nullptr || column->isNull(row)) == wantsNull; });
        return;
    }
    if (column == nullptr) {
        rows.clear();
        return;
    }
    const std::optional<double> number = wholeNumber(condition.value);
    const bool isNumeric = column->type == FieldType::Integer || column->type == FieldType::Boolean;
    if (column->type == FieldType::Text) {
        keepText(*column, condition, number, rows);
    } else if (number && isNumeric) {
        keepIf(rows, [&](std::uint32_t row) {
            return !column->isNull(row) &&
                   holds(static_cast<double>(column->integerAt(row)), condition.comparison, *number);
        });
    } else if (number && column->type == FieldType::Real) {
        keepIf(rows, [&](std::uint32_t row) {
            return !column->isNull(row) && holds(column->realAt(row), condition.comparison, *number);
        });
    } else {
        // Dates, and numbers against words: as people read them.
        keepIf(rows, [&](std::uint32_t row) {
            return !column->isNull(row) &&
                   holds(table.valueAsText(*column, row), condition.comparison, condition.value);
        });
    }
}

constexpr std::uint8_t kNoRule = 255;

void matchRows(const FeatureTable& table, const std::vector<std::vector<Condition>>& rules, std::uint32_t first,
               std::uint32_t end, std::vector<std::uint8_t>& matches) {
    Rows undecided;
    for (std::size_t rule = 0; rule < std::min<std::size_t>(rules.size(), kNoRule); ++rule) {
        undecided.clear();
        for (std::uint32_t row = first; row < end; ++row)
            if (matches[row] == kNoRule)
                undecided.push_back(row);
        for (const Condition& condition : rules[rule])
            keepMatching(table, condition, undecided);
        for (const std::uint32_t row : undecided)
            matches[row] = static_cast<std::uint8_t>(rule);
    }
}

} // namespace

std::vector<std::uint8_t> matchRules(const FeatureTable& table, const std::vector<std::vector<Condition>>& rules,
                                     const std::stop_token& stop) {
    constexpr std::uint32_t kRowsAtOnce = 16384; // a few ms, so that a stop does not take long
    std::vector<std::uint8_t> matches(table.featureCount, kNoRule);
    parallelFor(threadCount(0), static_cast<int>((matches.size() + kRowsAtOnce - 1) / kRowsAtOnce), [&](int share) {
        if (stop.stop_requested())
            throw Stopped{};
        const std::uint32_t first = static_cast<std::uint32_t>(share) * kRowsAtOnce;
        matchRows(table, rules, first, std::min(table.featureCount, first + kRowsAtOnce), matches);
    });
    return matches;
}

std::string conditionsKey(const std::vector<std::vector<Condition>>& rules) {
    std::string key;
    for (const auto& conditions : rules) {
        key += 'r';
        for (const Condition& c : conditions) {
            key += std::to_string(c.field.size()) + ':' + c.field + std::to_string(static_cast<int>(c.comparison));
            key += std::to_string(c.value.size()) + ':' + c.value;
        }
    }
    return key;
}

} // namespace cordon
