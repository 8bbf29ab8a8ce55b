// A table and a plan become layers or records, with a report of every row: taken, left, or taken but suspicious.
#pragma once

#include "core/import/import_plan.h"
#include "core/model/edit.h"
#include "core/model/road_snap.h"

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace cordon {

struct RowNote {
    std::uint32_t row = 0; // as people count them, SourceTable::rowNumbers
    std::string column, value;
    std::string reason; // "is not a latitude: 95.2 is above 90"
};

enum class SuspicionKind : std::uint8_t {
    SwappedLatLon,
    SignLost,
    FarFromRest,
    OutsideArea,
    ZeroIsland,
    Duplicate,
    Inaccurate,
    InFuture,
    NoTimeZone,
    AmbiguousDate,
    UnknownValue,
    UnknownHemisphere
};
std::string_view toWord(SuspicionKind kind);

// A word of a column that stands for one of ours: goes into ColumnUse::values.
struct ValueChoice {
    std::string column, from, to;
    friend bool operator==(const ValueChoice&, const ValueChoice&) = default;
};

struct Suspicion {
    SuspicionKind kind = SuspicionKind::FarFromRest;
    std::vector<std::uint32_t> rows;
    std::string text;                       // one sentence for people
    std::optional<ImportFix> fix;           // what would mend it
    std::optional<DayOrder> dayOrderChoice; // likewise, for ambiguous dates
    std::optional<ValueChoice> valueChoice; // likewise, for a word that is nearly one of ours
};

struct SnapNote {
    std::uint32_t row = 0;
    std::string recordId;
    std::string text; // "120 m from road 76 at 0.42"; "two roads within 500 m: 76 (120 m), 141 (130 m)"
    std::vector<SnapCandidate> candidates; // the nearest first; plan.roads may say which it is
    std::string roadId;                    // of the road it was put on; "" = none
    bool isChosen = false;                 // plan.roads says it
};

struct ImportReport {
    std::string file, table;
    ImportPlan plan;
    std::size_t rows = 0, taken = 0, alreadyThere = 0;
    std::vector<RowNote> left;
    std::vector<Suspicion> suspicions;
    std::vector<SnapNote> snapped, ambiguous, notSnapped;
    Warnings warnings;
};
// What would mend a suspicion, in the terms of the front; "" = nothing to say. On the command line: its options.
using SuspicionHint = std::function<std::string(const Suspicion&)>;
std::string commandLineHint(const Suspicion& suspicion);
std::string reportAsText(const ImportReport& report, const SuspicionHint& hint = commandLineHint);
std::string reportAsJson(const std::vector<ImportReport>& reports);

struct ImportContext {
    TimePoint now; // what is after it is in the future
    // Wall clock in plan.timezone -> UTC; null: plan.timezone is "" or a fixed offset. Throws Error for unknown zones.
    std::function<TimePoint(const std::string& timezone, TimePoint wallClock)> toUtc;
    std::stop_token stop; // throws Stopped
    std::function<void(double fraction)> progress;
    bool wantsRowPlaces = false; // for a preview of the map
};

struct ImportBatch {
    std::vector<std::shared_ptr<const Layer>> layers;
    std::vector<Record> records;
    ImportReport report;
    std::vector<LonLat> rowPlaces; // where asked for: of each row of the table, its first point; NaN for none
};

// Throws Error only where the plan cannot be followed at all (no place where one is needed, unknown CRS).
ImportBatch prepareImport(const SourceTable& table, const ImportPlan& plan, const Project& project,
                          const ImportContext& context);

// All batches as one step: what ProjectFile or a document needs to take them in. `project` without the records.
struct ImportStep {
    std::string name; // for the undo menu: "Import kobo.csv"
    Project project;
    std::optional<SituationEdit> edit;
    bool isEmpty = false; // everything was there already
};
ImportStep importStep(const Project& project, const std::vector<ImportBatch>& batches, TimePoint now);
// The project with a batch, for preparing the next of the same step: what one file brings, another may bring again.
Project withBatch(const Project& project, const ImportBatch& batch, TimePoint now);

} // namespace cordon
