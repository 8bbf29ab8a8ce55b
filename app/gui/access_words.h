// Access in words that people use: what is reached, how many people, what stands in the way.
#pragma once

#include "app/gui/live_access.h"

#include <QString>

namespace cordon {

// "1,234 people in 3 places, 1 of them of unknown population".
QString peopleText(const PeopleCount& count);
QString kmText(double meters);     // "612 km"
QString hoursText(double seconds); // "10.2 h", "25 min"
QString wayText(double meters, double seconds);
QString detourText(double detour);          // "× 1.26"; "" where it is as usual
QString reachText(const PlaceReach& reach); // "cut off", "delayed"
QString reachTip(const PlaceReach& reach);
QString userText(UserClass userClass); // "civilians"
QString stateText(CorridorState state);
QString extraText(const Corridor& corridor); // "2.1 h and 60 km more than usual"; "" where it is as usual or shut
QString numberText(double value, int decimals = 0); // 1,234
// "blocked=2" -> "blocked: 2 times as long".
QString policyText(const std::string& entry);
QString roadText(const AccessNetwork& network, std::uint32_t road); // its name, with the id where that is another
QString liftText(const AccessReport& report, const LiftGain& gain);
QString placeNames(const AccessReport& report, const std::vector<std::uint32_t>& places, std::size_t most = 8);
// What the question is not as usual in: "escorted convoys, rainy season, at most 12 h"; "" for nothing.
QString unusualText(const AccessQuery& query);

} // namespace cordon
