// Edits of the situation as values. Nothing is ever erased: a withdrawal ends a row's recorded interval, a correction
// ends it and adds a new row with the same id, an undo appends the inverse. Rows are named by (id, recorded.begin).
//
// The forms that take a SituationIndex cost what they change; those that take a Situation look through all its rows.
#pragma once

#include "core/model/record.h"

#include <string>
#include <vector>

namespace cordon {

class SituationIndex;

struct RowName {
    RecordKind kind = RecordKind::Control;
    std::string id;
    TimePoint recordedBegin;
    friend bool operator==(const RowName&, const RowName&) = default;
};

struct SituationEdit {
    std::string name; // for the undo menu: "Withdraw report R017"
    TimePoint at;     // when: begin of the added rows (but of imported ones), end of the ended ones
    std::vector<Record> added;
    std::vector<RowName> ended;
    friend bool operator==(const SituationEdit&, const SituationEdit&) = default;
};

// The instant to stamp an edit with: `now`, or just after the latest stamp in the situation when the clock was set
// back.
TimePoint editTime(const Situation& situation, TimePoint now);
TimePoint editTime(const SituationIndex& index, TimePoint now);

// A random (version 4) UUID.
std::string newRecordId();

// Each throws Error when the id is taken / unknown / already withdrawn, or an interval is inverted or empty.
// A record without an id gets a new one. Whatever `recorded` says, the row is recorded at the edit's time.
SituationEdit addReports(const Situation& situation, std::vector<Record> records, TimePoint now);
SituationEdit addReports(const SituationIndex& index, std::vector<Record> records, TimePoint now);
// Keeps the recorded intervals the records bring (the dates of their sources); those without one are recorded now. The
// versions of one record may come together. Throws for what was recorded after `now`, too.
SituationEdit importReports(const Situation& situation, std::vector<Record> records, TimePoint now);
SituationEdit importReports(const SituationIndex& index, std::vector<Record> records, TimePoint now);
SituationEdit correctReport(const Situation& situation, Record corrected, TimePoint now);
SituationEdit correctReport(const SituationIndex& index, Record corrected, TimePoint now);
// Says that a report still held at `at`: a correction that sets `confirmed`.
SituationEdit confirmReport(const Situation& situation, const std::string& id, TimePoint at, TimePoint now);
SituationEdit confirmReport(const SituationIndex& index, const std::string& id, TimePoint at, TimePoint now);
SituationEdit withdrawReport(const Situation& situation, const std::string& id, TimePoint now);
SituationEdit withdrawReport(const SituationIndex& index, const std::string& id, TimePoint now);
// Ends what the edit added and records anew what it ended; "Undo x", whose inverse is "Redo x". Throws when a row of
// the edit was changed since. Rows that were imported as already withdrawn stay.
SituationEdit inverseOf(const Situation& current, const SituationEdit& edit, TimePoint now);
SituationEdit inverseOf(const SituationIndex& current, const SituationEdit& edit, TimePoint now);

// Throws when a row to be ended is not there or already ended.
Situation applied(Situation situation, const SituationEdit& edit);
Situation applied(const SituationIndex& index, const SituationEdit& edit);

// All versions of a record, in the order in which they were recorded.
std::vector<Record> historyOf(const Situation& situation, const std::string& id);
std::vector<Record> historyOf(const SituationIndex& index, const std::string& id);

} // namespace cordon
