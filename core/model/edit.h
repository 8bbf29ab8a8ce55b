// Edits of the situation as values. Nothing is ever erased: a withdrawal ends a row's recorded interval, a correction
// ends it and adds a new row with the same id, an undo appends the inverse. Rows are named by (id, recorded.begin).
#pragma once

#include "core/model/record.h"

#include <string>
#include <vector>

namespace cordon {

struct RowName {
    RecordKind kind = RecordKind::Control;
    std::string id;
    TimePoint recordedBegin;
    friend bool operator==(const RowName&, const RowName&) = default;
};

struct SituationEdit {
    std::string name;           // for the undo menu: "Withdraw report R017"
    TimePoint at;               // when: begin of the added rows, end of the ended ones
    std::vector<Record> added;
    std::vector<RowName> ended;
    friend bool operator==(const SituationEdit&, const SituationEdit&) = default;
};

// The instant to stamp an edit with: `now`, or just after the latest stamp in the situation when the clock was set back.
TimePoint editTime(const Situation& situation, TimePoint now);

// Each throws Error when the id is taken / unknown / already withdrawn, or an interval is inverted.
SituationEdit addReports(const Situation& situation, std::vector<Record> records, TimePoint now);
SituationEdit correctReport(const Situation& situation, Record corrected, TimePoint now);
SituationEdit withdrawReport(const Situation& situation, const std::string& id, TimePoint now);
// Ends what the edit added and records anew what it ended.
SituationEdit inverseOf(const Situation& current, const SituationEdit& edit, TimePoint now);

Situation applied(Situation situation, const SituationEdit& edit);

// All versions of a record, oldest first.
std::vector<Record> historyOf(const Situation& situation, const std::string& id);

} // namespace cordon
