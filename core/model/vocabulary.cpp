#include "core/model/vocabulary.h"

#include <array>

namespace cordon {
namespace {

struct SubEventEntry {
    AcledSubEvent subEvent;
    AcledEvent event;
    IncidentType type;
    std::string_view name; // https://acleddata.com/knowledge-base/codebook
    std::string_view word;
};
using enum AcledSubEvent;
using A = AcledEvent;
using I = IncidentType;
constexpr std::array kSubEvents = {
    SubEventEntry{GovernmentRegainsTerritory, A::Battles, I::ArmedAttack, "Government regains territory",
                  "government_regains_territory"},
    SubEventEntry{NonStateActorOvertakesTerritory, A::Battles, I::ArmedAttack, "Non-state actor overtakes territory",
                  "non_state_actor_overtakes_territory"},
    SubEventEntry{ArmedClash, A::Battles, I::ArmedAttack, "Armed clash", "armed_clash"},
    SubEventEntry{ExcessiveForceAgainstProtesters, A::Protests, I::Protest, "Excessive force against protesters",
                  "excessive_force_against_protesters"},
    SubEventEntry{ProtestWithIntervention, A::Protests, I::Protest, "Protest with intervention",
                  "protest_with_intervention"},
    SubEventEntry{PeacefulProtest, A::Protests, I::Protest, "Peaceful protest", "peaceful_protest"},
    SubEventEntry{ViolentDemonstration, A::Riots, I::Protest, "Violent demonstration", "violent_demonstration"},
    SubEventEntry{MobViolence, A::Riots, I::Other, "Mob violence", "mob_violence"},
    SubEventEntry{ChemicalWeapon, A::ExplosionsRemoteViolence, I::Explosive, "Chemical weapon", "chemical_weapon"},
    SubEventEntry{AirDroneStrike, A::ExplosionsRemoteViolence, I::AirStrike, "Air/drone strike", "air_drone_strike"},
    SubEventEntry{SuicideBomb, A::ExplosionsRemoteViolence, I::Explosive, "Suicide bomb", "suicide_bomb"},
    SubEventEntry{ShellingArtilleryMissileAttack, A::ExplosionsRemoteViolence, I::Explosive,
                  "Shelling/artillery/missile attack", "shelling_artillery_missile_attack"},
    SubEventEntry{RemoteExplosiveLandmineIed, A::ExplosionsRemoteViolence, I::Explosive,
                  "Remote explosive/landmine/IED", "remote_explosive_landmine_ied"},
    SubEventEntry{Grenade, A::ExplosionsRemoteViolence, I::Explosive, "Grenade", "grenade"},
    SubEventEntry{SexualViolence, A::ViolenceAgainstCivilians, I::Other, "Sexual violence", "sexual_violence"},
    SubEventEntry{Attack, A::ViolenceAgainstCivilians, I::ArmedAttack, "Attack", "attack"},
    SubEventEntry{AbductionForcedDisappearance, A::ViolenceAgainstCivilians, I::Abduction,
                  "Abduction/forced disappearance", "abduction_forced_disappearance"},
    SubEventEntry{Agreement, A::StrategicDevelopments, I::Other, "Agreement", "agreement"},
    SubEventEntry{Arrests, A::StrategicDevelopments, I::Other, "Arrests", "arrests"},
    SubEventEntry{ChangeToGroupActivity, A::StrategicDevelopments, I::Other, "Change to group/activity",
                  "change_to_group_activity"},
    SubEventEntry{DisruptedWeaponsUse, A::StrategicDevelopments, I::Other, "Disrupted weapons use",
                  "disrupted_weapons_use"},
    SubEventEntry{HeadquartersOrBaseEstablished, A::StrategicDevelopments, I::Other, "Headquarters or base established",
                  "headquarters_or_base_established"},
    SubEventEntry{LootingPropertyDestruction, A::StrategicDevelopments, I::Looting, "Looting/property destruction",
                  "looting_property_destruction"},
    SubEventEntry{NonViolentTransferOfTerritory, A::StrategicDevelopments, I::Other,
                  "Non-violent transfer of territory", "non_violent_transfer_of_territory"},
    SubEventEntry{AcledSubEvent::Other, A::StrategicDevelopments, I::Other, "Other", "other"},
};

const SubEventEntry& entryOf(AcledSubEvent subEvent) {
    return kSubEvents[static_cast<std::size_t>(subEvent)];
}

// Letters and digits in lower case, so that "Air/drone strike", "air_drone_strike" and "AIR DRONE STRIKE" are one.
std::string squeezed(std::string_view text) {
    std::string result;
    for (const char c : text)
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            result += c;
        else if (c >= 'A' && c <= 'Z')
            result += static_cast<char>(c - 'A' + 'a');
    return result;
}

template <class E, std::size_t N> using Names = std::array<std::pair<E, std::string_view>, N>;

template <class E, std::size_t N> std::optional<E> find(const Names<E, N>& names, std::string_view text) {
    const std::string wanted = squeezed(text);
    for (const auto& [value, name] : names)
        if (!wanted.empty() && squeezed(name) == wanted)
            return value;
    return std::nullopt;
}

constexpr Names<ObstacleType, 16> kObstacles = {{{ObstacleType::Unknown, "Unknown"},
                                                 {ObstacleType::Flood, "Flood"},
                                                 {ObstacleType::MinesUxo, "Mines/UXO"},
                                                 {ObstacleType::Roadblock, "Roadblock"},
                                                 {ObstacleType::RoadDamage, "Road damage"},
                                                 {ObstacleType::RailwayDamage, "Railway damage"},
                                                 {ObstacleType::BridgeDamage, "Bridge damage"},
                                                 {ObstacleType::CulvertDamage, "Culvert damage"},
                                                 {ObstacleType::Ferry, "Ferry"},
                                                 {ObstacleType::CheckpointOfficial, "Checkpoint Official"},
                                                 {ObstacleType::CheckpointUnofficial, "Checkpoint Unofficial"},
                                                 {ObstacleType::TrafficRestriction, "Traffic restriction"},
                                                 {ObstacleType::Landslide, "Landslide"},
                                                 {ObstacleType::Wreckage, "Wreckage"},
                                                 {ObstacleType::Ford, "Ford"},
                                                 {ObstacleType::Trees, "Trees"}}};

constexpr Names<RoadStatusKind, 5> kStatuses = {{{RoadStatusKind::Open, "Open"},
                                                 {RoadStatusKind::Blocked, "Closed"},
                                                 {RoadStatusKind::Restricted, "Restricted"},
                                                 {RoadStatusKind::Unknown, "Unknown"},
                                                 {RoadStatusKind::Unknown, "Planned"}}};

constexpr Names<UcdpViolence, 3> kViolence = {{{UcdpViolence::StateBased, "state_based"},
                                               {UcdpViolence::NonState, "non_state"},
                                               {UcdpViolence::OneSided, "one_sided"}}};
constexpr Names<UcdpViolence, 3> kViolenceNumbers = {
    {{UcdpViolence::StateBased, "1"}, {UcdpViolence::NonState, "2"}, {UcdpViolence::OneSided, "3"}}};

struct IswEntry {
    IswClass ours;
    std::string_view name;
};
constexpr std::array kIsw = {
    IswEntry{{ControlClass::AttackZone, ControlBasis::Assessed}, "Attack zone"},
    IswEntry{{ControlClass::Contested, ControlBasis::Assessed}, "Contested support zone"},
    IswEntry{{ControlClass::Support, ControlBasis::Assessed}, "Support zone"},
    IswEntry{{ControlClass::Control, ControlBasis::Assessed}, "Assessed control"},
    IswEntry{{ControlClass::Control, ControlBasis::Claimed}, "Claimed control"},
    // ISW: operated or attacked there, but do not control.
    IswEntry{{ControlClass::AttackZone, ControlBasis::Assessed}, "Assessed advances"},
};

} // namespace

AcledEvent acledEventOf(AcledSubEvent subEvent) {
    return entryOf(subEvent).event;
}

std::string_view acledName(AcledEvent event) {
    static constexpr std::array<std::string_view, 6> kNames = {"Battles",
                                                               "Protests",
                                                               "Riots",
                                                               "Explosions/Remote violence",
                                                               "Violence against civilians",
                                                               "Strategic developments"};
    return kNames[static_cast<std::size_t>(event)];
}

std::string_view acledName(AcledSubEvent subEvent) {
    return entryOf(subEvent).name;
}

std::string_view toWord(AcledSubEvent subEvent) {
    return entryOf(subEvent).word;
}

std::string_view toWord(UcdpViolence violence) {
    return kViolence[static_cast<std::size_t>(violence) - 1].second;
}

template <> std::optional<AcledSubEvent> fromWord<AcledSubEvent>(std::string_view word) {
    const std::string wanted = squeezed(word);
    for (const SubEventEntry& entry : kSubEvents)
        if (squeezed(entry.word) == wanted)
            return entry.subEvent;
    return std::nullopt;
}

template <> std::optional<UcdpViolence> fromWord<UcdpViolence>(std::string_view word) {
    const auto byName = find(kViolence, word);
    return byName ? byName : find(kViolenceNumbers, word);
}

template <> std::string wordsOf<AcledSubEvent>() {
    std::string words;
    for (const SubEventEntry& entry : kSubEvents)
        words += (words.empty() ? "" : ", ") + std::string(entry.word);
    return words;
}

template <> std::string wordsOf<UcdpViolence>() {
    return "state_based, non_state, one_sided";
}

IncidentType incidentTypeOf(AcledSubEvent subEvent) {
    return entryOf(subEvent).type;
}

IncidentType incidentTypeOf(UcdpViolence) {
    return IncidentType::ArmedAttack; // all three are organised violence with deaths
}

std::optional<AcledSubEvent> acledSubEventOf(IncidentType type) {
    switch (type) {
    case IncidentType::ArmedAttack:
        return ArmedClash;
    case IncidentType::Explosive:
        return RemoteExplosiveLandmineIed;
    case IncidentType::ConvoyAttack:
        return Attack;
    case IncidentType::Abduction:
        return AbductionForcedDisappearance;
    case IncidentType::AirStrike:
        return AirDroneStrike;
    case IncidentType::Protest:
        return PeacefulProtest;
    case IncidentType::Looting:
        return LootingPropertyDestruction;
    case IncidentType::Checkpoint:
    case IncidentType::ConvoyArrival:
        return AcledSubEvent::Other;
    case IncidentType::Other:
        break;
    }
    return std::nullopt;
}

LocationPrecision locationPrecisionFromAcled(int geoPrecision) {
    switch (geoPrecision) {
    case 1:
        return LocationPrecision::Town;
    case 2:
        return LocationPrecision::Approximate;
    case 3:
        return LocationPrecision::Region;
    default:
        return LocationPrecision::Unknown;
    }
}

LocationPrecision locationPrecisionFromUcdp(int wherePrec) {
    // 3 and 4: second- and first-order divisions; 5: a line or a vague area; 7: waters or airspace.
    static constexpr std::array kPrecisions = {LocationPrecision::Exact,   LocationPrecision::Approximate,
                                               LocationPrecision::Region,  LocationPrecision::Region,
                                               LocationPrecision::Segment, LocationPrecision::Country,
                                               LocationPrecision::Country};
    return wherePrec >= 1 && wherePrec <= 7 ? kPrecisions[static_cast<std::size_t>(wherePrec - 1)]
                                            : LocationPrecision::Unknown;
}

LocationPrecision locationPrecisionFromSdiT(std::string_view locprecision) {
    static constexpr Names<LocationPrecision, 4> kPrecisions = {{{LocationPrecision::Exact, "Accurate"},
                                                                 {LocationPrecision::Approximate, "Approximate"},
                                                                 {LocationPrecision::Region, "Bad"},
                                                                 {LocationPrecision::Unknown, "Unknown"}}};
    return find(kPrecisions, locprecision).value_or(LocationPrecision::Unknown);
}

DatePrecision datePrecisionFromAcled(int timePrecision) {
    return timePrecision == 3 ? DatePrecision::Month : timePrecision == 2 ? DatePrecision::Week : DatePrecision::Day;
}

DatePrecision datePrecisionFromUcdp(int datePrec) {
    switch (datePrec) {
    case 3:
        return DatePrecision::Week;
    case 4:
        return DatePrecision::Month;
    case 5:
        return DatePrecision::Year;
    default:
        return DatePrecision::Day;
    }
}

std::string_view sdiTStatus(RoadStatusKind status) {
    switch (status) {
    case RoadStatusKind::Open:
        return "Open";
    case RoadStatusKind::Restricted:
    case RoadStatusKind::Difficult:
        return "Restricted";
    case RoadStatusKind::Blocked:
    case RoadStatusKind::Impassable:
        return "Closed";
    case RoadStatusKind::Contested:
    case RoadStatusKind::Unknown:
        break;
    }
    return "Unknown";
}

std::optional<RoadStatusKind> roadStatusFromSdiT(std::string_view status) {
    return find(kStatuses, status);
}

std::string_view sdiTObstacle(ObstacleType type) {
    return kObstacles[static_cast<std::size_t>(type)].second;
}

std::optional<ObstacleType> obstacleFromSdiT(std::string_view name) {
    return find(kObstacles, name);
}

std::string_view iswName(ControlClass controlClass, ControlBasis basis) {
    for (const IswEntry& entry : kIsw) {
        const bool isAnyBasis = controlClass != ControlClass::Control;
        if (entry.ours.controlClass == controlClass && (isAnyBasis || entry.ours.basis == basis))
            return entry.name;
    }
    return controlClass == ControlClass::Influence ? "Support zone" : "";
}

std::optional<IswClass> controlFromIsw(std::string_view name) {
    const std::string wanted = squeezed(name);
    for (const IswEntry& entry : kIsw)
        if (squeezed(entry.name) == wanted)
            return entry.ours;
    return std::nullopt;
}

} // namespace cordon
