// Changes between two dates as rows of a table, for lists, text and CSV.
#pragma once

#include "core/model/changes.h"

#include <string>
#include <vector>

namespace cordon {

enum class ChangeGroup : std::uint8_t { Roads, Control, Towns, Incidents, Measures };

struct ChangeRow {
    ChangeGroup group = ChangeGroup::Roads;
    std::string kind; // "newly_blocked", "won", "newly_under", "incident", "measure_begun"
    ChangeCause cause = ChangeCause::Ground;
    std::string what;                  // the road, the actor, the place; for people
    std::string before, after;         // "blocked", "contested (blocked, open)"; roads only, "" = not known
    double kilometers = 0;             // of road
    double squareKilometers = 0;       // of ground
    std::optional<int> fatalities;     // of an incident, the best estimate; absent is not zero
    std::vector<RegionShare> byRegion; // of ground
    std::vector<std::string> reports;  // ids
    std::vector<std::string> sources;  // each once
    std::optional<TimePoint> begin;    // of an incident or measure
    GeoBox box;                        // where it is; empty if in no layer
};

// Roads by kind, then longest first; control by actor; towns; incidents latest first, those learnt later and withdrawn
// after them; measures.
std::vector<ChangeRow> changeRows(const Changes& changes);

// One line a row with a head line, in the order of `rows`: RFC 4180, UTF-8, lines end in LF.
std::string csvOf(const std::vector<ChangeRow>& rows);

// "Newly blocked", "Won", "Incident learnt later".
std::string titleOf(const ChangeRow& row);

} // namespace cordon
