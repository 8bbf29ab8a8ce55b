// Reports as a list for people: which there are, what they say in a few words, whether they still hold. Shared by the
// command line and the window.
#pragma once

#include "core/model/record.h"
#include "core/model/situation_at.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cordon {

enum class ReportState : std::uint8_t { InForce, Stale, Ended, NotYet, Withdrawn };
std::string_view toWord(ReportState state); // "in_force", "stale", "ended", "not_yet", "withdrawn"

struct ReportFilter {
    std::optional<RecordKind> kind;
    std::optional<ReportState> state;
    std::string actor;           // id, name or alias
    std::string text;            // somewhere in id, place, source or note; ignoring case
    std::optional<int> moreDays; // older than so many days since somebody vouched for it
    bool withWithdrawn = false;  // rows that are no longer known, too
};

struct ReportRow {
    RowPosition position;
    ReportState state = ReportState::InForce;
    double ageDays = 0; // at the as-of date, since somebody last vouched for it
};

// Rows known at `clock.knownBy`, graded as `clock` asks, latest begin first. An incident is in force on the days the
// clock's incident window covers it.
std::vector<ReportRow> listReports(const Situation& situation, const TimeFilter& clock, const ReportFilter& filter);

// What a report says: "blocked (roadblock)", "JNIM: control, claimed", "convoy attack".
std::string summaryOf(const Record& record);

} // namespace cordon
