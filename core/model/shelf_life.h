// Ageing: how long a report holds without being confirmed. Derived at read time, never stored.
//
// The age of a report at D counts from the last moment somebody vouched for it: the later of the begin of its valid
// time and `confirmed`, but never later than D. Past its shelf life (strictly more days than it) the report is stale:
// what it said is shown and analysed as unknown (last known ...), never as open.
//
// Shelf life in days (defaults; Situation::shelfLives can be edited):
//   road, by cause:   checkpoint_official 3, checkpoint_unofficial 3, trees 14, ferry 30, wreckage 30, flood 60, ford
//   60,
//                     landslide 60, traffic_restriction 60, roadblock 90 (an announced blockade stands until lifted; a
//                     checkpoint moves), road_damage 180, culvert_damage 180, bridge_damage 365, railway_damage 365,
//                     mines_uxo 365
//   road, no cause:   open 30, restricted 30, difficult 30, blocked 30, impassable 90, contested 14, unknown never
//   control:          control 365, support / contested / attack_zone / influence 180, no_information never
//   restriction 180, measure 90; incidents are events and do not age.
// An open road goes by its status even where a cause is given: the cause says what was cleared.
#pragma once

#include "core/model/record.h"

#include <string>
#include <utility>
#include <vector>

namespace cordon {

// nullopt: does not age.
std::optional<int> shelfLifeDays(const ShelfLives& lives, const RoadStatus& report);
std::optional<int> shelfLifeDays(const ShelfLives& lives, const ControlArea& report);
std::optional<int> shelfLifeDays(const ShelfLives& lives, const Restriction& report);
std::optional<int> shelfLifeDays(const ShelfLives& lives, const Incident& report);
std::optional<int> shelfLifeDays(const ShelfLives& lives, const Measure& report);

// The last moment up to `asOf` at which the report is known to have held; `asOf` itself if it begins later.
TimePoint vouchedAt(const RecordHead& head, TimePoint asOf);
// Days since then, 0 or more, also for times at the far ends of the calendar.
double ageDays(const RecordHead& head, TimePoint asOf);
// A greater age says nothing: the begin was not given.
inline constexpr double kMostAgeDays = 36525;

template <class T> bool isStale(const ShelfLives& lives, const T& report, TimePoint asOf) {
    const auto days = shelfLifeDays(lives, report);
    return days && ageDays(report.head, asOf) > *days;
}
bool isStale(const ShelfLives& lives, const Record& report, TimePoint asOf);

// The instant from which the report is stale if nobody confirms it; nullopt: never.
template <class T> std::optional<TimePoint> staleFrom(const ShelfLives& lives, const T& report) {
    const auto days = shelfLifeDays(lives, report);
    const TimePoint vouched = vouchedAt(report.head, TimePoint::max());
    if (!days || vouched > TimePoint::max() - std::chrono::days{*days + 1})
        return std::nullopt;
    return vouched + std::chrono::days{*days} + std::chrono::milliseconds{1};
}

// The table as (key, days) for files and dialogs: "road.roadblock", "road.status.open", "control.support",
// "restriction", "measure". 0 = never ages.
std::vector<std::pair<std::string, int>> shelfLifeEntries(const ShelfLives& lives);
// False if there is no such key or the days are not 0 to 36525 (a hundred years).
bool setShelfLife(ShelfLives& lives, std::string_view key, int days);

} // namespace cordon
