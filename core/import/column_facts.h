// What stands in a column, from a sample of its values. Internal to import.
#pragma once

#include "core/import/source_table.h"

#include <map>
#include <string>
#include <vector>

namespace cordon {

struct ColumnFacts {
    std::size_t looked = 0, filled = 0; // values
    std::size_t numbers = 0, fractions = 0;
    double least = 0, most = 0; // of the numbers
    std::size_t latitudes = 0;  // coordinates that are no plain number, of that axis
    std::size_t longitudes = 0;
    std::size_t mgrs = 0, pairs = 0, traces = 0, closedTraces = 0, wkts = 0, wktLines = 0, wktAreas = 0, times = 0,
                codes = 0;
    std::map<std::string, std::size_t> values; // distinct texts, at most 40; empty: more

    // Nearly all that is filled in is of that kind.
    bool isMostly(std::size_t count) const { return filled > 0 && 10 * count >= 9 * filled; }
    bool isWithin(double from, double to) const { return isMostly(numbers) && from <= least && most <= to; }
};

ColumnFacts factsOf(const SourceTable& table, std::size_t column);

} // namespace cordon
