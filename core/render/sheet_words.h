// The fixed words of a sheet in its language, and dates and numbers as the sheet writes them.
#pragma once

#include "core/geo/crs.h"
#include "core/model/number_text.h"
#include "core/model/shelf_life.h"
#include "core/model/situation_at.h"

#include <string>
#include <string_view>

namespace cordon {

enum class SheetWord : std::uint8_t {
    Changes,
    Control,
    Roads,
    Restrictions,
    Incidents,
    Base, // legend groups
    Claimed,
    Contested,
    Support,
    Influence,
    AttackZone,
    NoInformation,
    RoadOpen,
    RoadRestricted,
    RoadDifficult,
    RoadBlocked,
    RoadImpassable,
    RoadContested,
    RoadUnknown,
    Escort,
    Load,
    Hours,
    OneWay,
    ReportsDisagree,
    LastKnown,
    DayLetter,
    RestrictedTown,
    RestrictedArea,
    Measures, // legend group
    Measure,
    ArmedAttack,
    Explosive,
    ConvoyAttack,
    Abduction,
    AirStrike,
    Checkpoint,
    ConvoyArrival,
    Protest,
    Looting,
    OtherIncident,
    Fatalities,
    NoFatalities,
    Legend,
    MoreEntries,
    Sources,
    Projection,
    Scale,
    ScaleAtCenter,
    MapNumber,
    Producer,
    Graticule,
    Locator,
    WayShut, // lanes of a day chart, with RoadOpen and RoadRestricted
    WayNoData,
    DateOfMap,
};

// `language`: "fr", else English.
std::string sheetWord(SheetWord word, std::string_view language);
// The title of a layer or rule for the legend: those that come from Cordon's own styles in the sheet's language.
std::string legendTitle(const std::string& title, std::string_view language);
// ": " as the language sets it.
std::string colon(std::string_view language);
SheetWord wordOf(RoadStatusKind status);
SheetWord wordOf(IncidentType type);

// "12 days ago", "12–40 days ago"; empty for ages that say nothing (a begin that was not given).
std::string daysAgo(double fewestDays, double mostDays, std::string_view language);

// "20 Oct 2025, 24:00 UTC": the end of a day is written as such, not as the beginning of the next.
std::string sheetTime(TimePoint time, std::string_view language);
// "Situation as of ..., reports known by ...". Empty when neither date is given.
std::string situationSubtitle(const TimeFilter& filter, std::string_view language);
// "Incidents of the last 90 days (23 Jul – 20 Oct 2025)".
std::string incidentsHeading(const TimeFilter& filter, std::string_view language);

// The projection for people: its name, or method and origin where the definition carries no name.
std::string projectionText(const Crs& crs);

// Rounded to three digits, the error below 0.5 %: "1:4 390 000".
std::string scaleText(double denominator);

} // namespace cordon
