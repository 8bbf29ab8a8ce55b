// Dates and times as people, spreadsheets and devices write them: ISO 8601, 20/10/2025, 20.10.25, "Oct 20, 2025",
// "lundi 3 février 2025 à 14h30", serial numbers of spreadsheets, Unix seconds and milliseconds.
#pragma once

#include "core/import/import_plan.h"
#include "core/model/time.h"

#include <optional>
#include <string_view>

namespace cordon {

struct WrittenTime {
    TimePoint time; // UTC where hasZone, else what the clock on the wall showed
    bool hasTime = false;
    bool hasZone = false;
    // What the text says about the order of day and month: FromValues where it does not ("03/04/2025").
    DayOrder order = DayOrder::YearFirst;
};

// A day and a month that could be either are taken as `order` says, day first for FromValues. nullopt for what is no
// date, and for a year or a month alone.
std::optional<WrittenTime> readTime(std::string_view text, DayOrder order = DayOrder::FromValues);

} // namespace cordon
