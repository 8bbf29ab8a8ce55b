// What somebody has to decide or look after, as of D and known by K: for `check` and the window's work list.
#pragma once

#include "core/model/changes.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace cordon {

enum class WorkKind : std::uint8_t {
    ContestedRoad,    // fresh reports disagree about a stretch
    ContestedControl, // fresh reports disagree about ground
    StaleReport,      // decides something and is past its shelf life: confirm, correct or end it
    NoSource,         // a live record names no source
    MissingRoad,      // a live report names a road that is in no road layer
    MissingRegion,    // a live record names a region that is in no region layer
    TwoVersions,      // two rows of one id are both live: withdraw one
};
std::string_view toWord(WorkKind kind); // "contested_road", "stale_report", ...

struct WorkItem {
    WorkKind kind = WorkKind::ContestedRoad;
    std::string text;             // one sentence: what is the matter, and between which reports
    std::vector<std::string> ids; // of the records concerned, the latest first
    RecordKind recordKind = RecordKind::RoadStatus;
    std::string roadId; // of a road: where on it
    double fromFraction = 0;
    double toFraction = 1;
    std::optional<LonLat> location; // to go to on the map
    double ageDays = 0;             // of a stale report
    friend bool operator==(const WorkItem&, const WorkItem&) = default;
};

// How a report is called in the texts, "the report of 18 Oct 2025 by Radio Kita"; null: by its id.
using ReportNaming = std::function<std::string(const RecordHead& head)>;

// By kind, in the order above; stale ones by age, the others by road or row.
std::vector<WorkItem> workList(const SituationIndex& index, const TimeFilter& filter, const RoadLookup& roads,
                               const RegionLookup& regions, const ReportNaming& naming = {});
std::vector<WorkItem> workList(const Project& project, const TimeFilter& filter);

} // namespace cordon
