// A question about access: from where, when, by what we knew, for whom, and what counts as passable.
#pragma once

#include "core/model/situation_at.h"
#include "core/network/road_speed.h"

#include <array>
#include <chrono>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cordon {

// By how much a road takes longer; kShut: it may not be passed.
inline constexpr double kShut = std::numeric_limits<double>::infinity();

enum class UserClass : std::uint8_t { Civilian, Humanitarian, Convoy }; // Convoy: escorted
std::string_view toWord(UserClass userClass);
std::optional<UserClass> userClassFromWord(std::string_view word);

// What counts as passable. Defaults:
//   open 1, difficult 1.5, restricted 1.3 where the report lets this user pass (escort, vehicle, load), else shut;
//   blocked, impassable, contested: shut, to a convoy as well; unknown 1.5; no report at all 1;
//   stale: as last known (a closure that nobody has confirmed still counts, and is said to be stale);
//   control: does not matter; a place under a restriction can be neither entered nor left, roads may pass it.
struct AccessPolicy {
    std::array<double, 7> byStatus{1, 1.3, 1.5, kShut, kShut, kShut, 1.5}; // by RoadStatusKind
    std::optional<double> stale;                                           // nullopt: as last known
    std::array<double, 6> byControlClass{1, 1, 1, 1, 1, 1};                // by ControlClass; stale control counts not
    std::map<std::string, double> byActor;                                 // by id or name, in areas of any class
    bool mayEnterRestricted = false;
    bool mayPassRestricted = true;

    bool asksControl() const;
    friend bool operator==(const AccessPolicy&, const AccessPolicy&) = default;
};
// Sets one entry from text: "blocked=2", "contested=open", "stale=shut", "stale=last", "control.attack_zone=shut",
// "actor.JNIM=3", "restriction=open" (may be entered), "restriction_transit=shut". False if it is none.
bool setPolicy(AccessPolicy& policy, std::string_view text);
// The entries that are not as usual, each as setPolicy() takes it.
std::vector<std::string> policyEntries(const AccessPolicy& policy);

struct Origin {
    std::string name;
    LonLat at;
    friend bool operator==(const Origin&, const Origin&) = default;
};

struct AccessQuery {
    std::vector<Origin> origins; // reached from any of them; one or more
    TimeFilter filter;           // D, K and the least grade of reports
    UserClass userClass = UserClass::Civilian;
    std::string vehicle;              // "car", "4x4", "truck"; "" = what the road lets pass
    std::optional<double> loadTonnes; // of the vehicle
    // Roads that are open at certain hours only: who asks for no time of day waits for them and passes; at a given time
    // (local, as the reports mean theirs) those are shut whose hours leave it out.
    std::optional<std::chrono::minutes> timeOfDay;
    Season season = Season::Dry;
    AccessPolicy policy;
    std::optional<double> budgetHours; // what takes longer is not reached in time
    double delayFactor = 2;            // slower by more than that than without blockages: delayed
    std::vector<std::string> lifted;   // reports (ids) taken as lifted, of roads and of restrictions
    std::vector<RoadReference> opened; // roads taken as open, whatever is reported
    std::vector<RoadReference> closed; // roads taken as blocked
    friend bool operator==(const AccessQuery&, const AccessQuery&) = default;
};

// Whether a time of day lies in hours as reports write them: "06:00-18:00", "22:00-05:00", "6h-10h; 15:00-18:00"; the
// end is excluded. nullopt: cannot be read.
std::optional<bool> isWithinHours(std::string_view hours, std::chrono::minutes timeOfDay);
// "14:30", "6h", "6h30".
std::optional<std::chrono::minutes> timeOfDayOf(std::string_view text);

// Escorted convoys drive at this share of the speed of the road.
inline constexpr double kConvoySpeed = 0.7;

} // namespace cordon
