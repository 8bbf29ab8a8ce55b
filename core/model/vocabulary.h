// How our vocabularies map to those of the data sets that use them: ACLED, UCDP GED, WFP SDI-T, ISW/CTP.
//
// ControlClass       ISW/CTP Sahel classes: support = "Support zone" (no significant enemy action), contested =
//                    "Contested support zone" (several groups, inconsistent access), attack_zone = "Attack zone".
//                    control = ISW's "Assessed control" or "Claimed control" by ControlBasis. influence and
//                    no_information are ours alone: written as "Support zone" and as nothing.
// RoadStatusKind     SDI-T status: open = "Open"; restricted, difficult = "Restricted"; blocked, impassable = "Closed";
//                    contested, unknown = "Unknown". Their "Planned" has no road yet: unknown.
// ObstacleType       SDI-T obstacle type, one to one (https://data.humdata.org/dataset/global-obstacles).
// LocationPrecision  SDI-T locprecision: exact = Accurate, approximate = Approximate, region = Bad, unknown = Unknown.
//                    ACLED geo_precision: 1 town, 2 approximate, 3 region. UCDP where_prec: 1 exact, 2 approximate,
//                    3 and 4 region, 5 segment, 6 and 7 country.
// DatePrecision      ACLED time_precision: 1 day, 2 week, 3 month. UCDP date_prec: 1 and 2 day, 3 week, 4 month,
//                    5 year.
// IncidentType       ACLED sub-event type by acledSubEventOf() and incidentTypeOf(). An Incident keeps the sub-event
//                    and the type of violence of its data set beside our type.
#pragma once

#include "core/model/situation.h"

#include <optional>
#include <string>
#include <string_view>

namespace cordon {

enum class AcledEvent : std::uint8_t {
    Battles,
    Protests,
    Riots,
    ExplosionsRemoteViolence,
    ViolenceAgainstCivilians,
    StrategicDevelopments,
};
AcledEvent acledEventOf(AcledSubEvent subEvent);

// Names as ACLED writes them: "Battles", "Air/drone strike". Reading takes any case and punctuation.
std::string_view acledName(AcledEvent event);
std::string_view acledName(AcledSubEvent subEvent);
// As words in our files: "air_drone_strike".
std::string_view toWord(AcledSubEvent subEvent);
std::string_view toWord(UcdpViolence violence); // "state_based", "non_state", "one_sided"
template <> std::optional<AcledSubEvent> fromWord<AcledSubEvent>(std::string_view word);
template <> std::optional<UcdpViolence> fromWord<UcdpViolence>(std::string_view word); // "1" to "3", too
template <> std::string wordsOf<AcledSubEvent>();
template <> std::string wordsOf<UcdpViolence>();

IncidentType incidentTypeOf(AcledSubEvent subEvent);
IncidentType incidentTypeOf(UcdpViolence violence);
// The nearest sub-event of an incident that has none of its own; nullopt for other.
std::optional<AcledSubEvent> acledSubEventOf(IncidentType type);

LocationPrecision locationPrecisionFromAcled(int geoPrecision);
LocationPrecision locationPrecisionFromUcdp(int wherePrec);
LocationPrecision locationPrecisionFromSdiT(std::string_view locprecision);
DatePrecision datePrecisionFromAcled(int timePrecision);
DatePrecision datePrecisionFromUcdp(int datePrec);

std::string_view sdiTStatus(RoadStatusKind status); // "Open", "Closed", "Restricted", "Unknown"
std::optional<RoadStatusKind> roadStatusFromSdiT(std::string_view status);
std::string_view sdiTObstacle(ObstacleType type); // "Mines/UXO", "Checkpoint Official"
std::optional<ObstacleType> obstacleFromSdiT(std::string_view name);

std::string_view iswName(ControlClass controlClass, ControlBasis basis); // "Attack zone", "Claimed control"; "" = none
struct IswClass {
    ControlClass controlClass = ControlClass::Control;
    ControlBasis basis = ControlBasis::Assessed;
    friend bool operator==(const IswClass&, const IswClass&) = default;
};
std::optional<IswClass> controlFromIsw(std::string_view name);

} // namespace cordon
