// What is odd about the places of a table, and mending it where the plan says so. Internal to import.
#pragma once

#include "core/import/row_places.h"
#include "core/import/row_times.h"

#include <vector>

namespace cordon {

// A table as it was understood, row by row.
struct ImportRows {
    RowPlaces places;
    RowTimes times;
    std::vector<double> altitudeMeters, accuracyMeters; // NaN = none; empty: no such column
    std::vector<std::uint8_t> isLeft;                   // left out, with a note or because of a fix
};

// Adds to report.suspicions, applies plan.fixes, and notes in report.left what a fix left out.
void checkPlaces(const ImportJob& job, ImportRows& rows, ImportReport& report);

} // namespace cordon
