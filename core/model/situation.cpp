#include "core/model/situation.h"

#include <array>
#include <utility>

namespace cordon {
namespace {

template <class E> const auto& vocabulary();

#define CORDON_VOCABULARY(E, ...)                                                                                      \
    template <> const auto& vocabulary<E>() {                                                                          \
        static constexpr std::array kWords = {__VA_ARGS__};                                                            \
        return kWords;                                                                                                 \
    }

template <class E> using Entry = std::pair<E, std::string_view>;

CORDON_VOCABULARY(ControlClass, Entry<ControlClass>{ControlClass::Control, "control"},
                  Entry<ControlClass>{ControlClass::Support, "support"},
                  Entry<ControlClass>{ControlClass::Contested, "contested"},
                  Entry<ControlClass>{ControlClass::AttackZone, "attack_zone"},
                  Entry<ControlClass>{ControlClass::Influence, "influence"},
                  Entry<ControlClass>{ControlClass::NoInformation, "no_information"})
CORDON_VOCABULARY(ControlBasis, Entry<ControlBasis>{ControlBasis::Assessed, "assessed"},
                  Entry<ControlBasis>{ControlBasis::Claimed, "claimed"})
CORDON_VOCABULARY(RoadStatusKind, Entry<RoadStatusKind>{RoadStatusKind::Open, "open"},
                  Entry<RoadStatusKind>{RoadStatusKind::Restricted, "restricted"},
                  Entry<RoadStatusKind>{RoadStatusKind::Difficult, "difficult"},
                  Entry<RoadStatusKind>{RoadStatusKind::Blocked, "blocked"},
                  Entry<RoadStatusKind>{RoadStatusKind::Impassable, "impassable"},
                  Entry<RoadStatusKind>{RoadStatusKind::Contested, "contested"},
                  Entry<RoadStatusKind>{RoadStatusKind::Unknown, "unknown"})
CORDON_VOCABULARY(ObstacleType, Entry<ObstacleType>{ObstacleType::Unknown, "unknown"},
                  Entry<ObstacleType>{ObstacleType::Flood, "flood"},
                  Entry<ObstacleType>{ObstacleType::MinesUxo, "mines_uxo"},
                  Entry<ObstacleType>{ObstacleType::Roadblock, "roadblock"},
                  Entry<ObstacleType>{ObstacleType::RoadDamage, "road_damage"},
                  Entry<ObstacleType>{ObstacleType::RailwayDamage, "railway_damage"},
                  Entry<ObstacleType>{ObstacleType::BridgeDamage, "bridge_damage"},
                  Entry<ObstacleType>{ObstacleType::CulvertDamage, "culvert_damage"},
                  Entry<ObstacleType>{ObstacleType::Ferry, "ferry"},
                  Entry<ObstacleType>{ObstacleType::CheckpointOfficial, "checkpoint_official"},
                  Entry<ObstacleType>{ObstacleType::CheckpointUnofficial, "checkpoint_unofficial"},
                  Entry<ObstacleType>{ObstacleType::TrafficRestriction, "traffic_restriction"},
                  Entry<ObstacleType>{ObstacleType::Landslide, "landslide"},
                  Entry<ObstacleType>{ObstacleType::Wreckage, "wreckage"},
                  Entry<ObstacleType>{ObstacleType::Ford, "ford"}, Entry<ObstacleType>{ObstacleType::Trees, "trees"})
CORDON_VOCABULARY(TrafficDirection, Entry<TrafficDirection>{TrafficDirection::Both, "both"},
                  Entry<TrafficDirection>{TrafficDirection::Forward, "forward"},
                  Entry<TrafficDirection>{TrafficDirection::Backward, "backward"})
CORDON_VOCABULARY(IncidentType, Entry<IncidentType>{IncidentType::ArmedAttack, "armed_attack"},
                  Entry<IncidentType>{IncidentType::Explosive, "explosive"},
                  Entry<IncidentType>{IncidentType::ConvoyAttack, "convoy_attack"},
                  Entry<IncidentType>{IncidentType::Abduction, "abduction"},
                  Entry<IncidentType>{IncidentType::AirStrike, "air_strike"},
                  Entry<IncidentType>{IncidentType::Checkpoint, "checkpoint"},
                  Entry<IncidentType>{IncidentType::ConvoyArrival, "convoy_arrival"},
                  Entry<IncidentType>{IncidentType::Protest, "protest"},
                  Entry<IncidentType>{IncidentType::Looting, "looting"},
                  Entry<IncidentType>{IncidentType::Other, "other"})
CORDON_VOCABULARY(LocationPrecision, Entry<LocationPrecision>{LocationPrecision::Unknown, "unknown"},
                  Entry<LocationPrecision>{LocationPrecision::Exact, "exact"},
                  Entry<LocationPrecision>{LocationPrecision::Approximate, "approximate"},
                  Entry<LocationPrecision>{LocationPrecision::Town, "town"},
                  Entry<LocationPrecision>{LocationPrecision::Segment, "segment"},
                  Entry<LocationPrecision>{LocationPrecision::Region, "region"},
                  Entry<LocationPrecision>{LocationPrecision::Country, "country"})
CORDON_VOCABULARY(DatePrecision, Entry<DatePrecision>{DatePrecision::Day, "day"},
                  Entry<DatePrecision>{DatePrecision::Week, "week"},
                  Entry<DatePrecision>{DatePrecision::Month, "month"},
                  Entry<DatePrecision>{DatePrecision::Quarter, "quarter"},
                  Entry<DatePrecision>{DatePrecision::Year, "year"})
#undef CORDON_VOCABULARY

template <class E> std::string_view wordOf(E value) {
    for (const auto& [entry, word] : vocabulary<E>())
        if (entry == value)
            return word;
    return "unknown";
}

// Lower case ASCII, blanks and dashes as '_', outer blanks dropped.
std::string normalised(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (c == ' ' || c == '-' || c == '_' || c == '\t') {
            if (!result.empty() && result.back() != '_')
                result += '_';
        } else {
            result += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
    }
    while (!result.empty() && result.back() == '_')
        result.pop_back();
    return result;
}

} // namespace

std::string_view toWord(ControlClass v) {
    return wordOf(v);
}
std::string_view toWord(ControlBasis v) {
    return wordOf(v);
}
std::string_view toWord(RoadStatusKind v) {
    return wordOf(v);
}
std::string_view toWord(ObstacleType v) {
    return wordOf(v);
}
std::string_view toWord(TrafficDirection v) {
    return wordOf(v);
}
std::string_view toWord(IncidentType v) {
    return wordOf(v);
}
std::string_view toWord(LocationPrecision v) {
    return wordOf(v);
}
std::string_view toWord(DatePrecision v) {
    return wordOf(v);
}

template <class E> std::optional<E> fromWord(std::string_view word) {
    const std::string wanted = normalised(word);
    for (const auto& [entry, known] : vocabulary<E>())
        if (known == wanted)
            return entry;
    return std::nullopt;
}

template <class E> std::string wordsOf() {
    std::string result;
    for (const auto& [entry, word] : vocabulary<E>()) {
        if (!result.empty())
            result += ", ";
        result += word;
    }
    return result;
}

#define CORDON_INSTANTIATE(E)                                                                                          \
    template std::optional<E> fromWord<E>(std::string_view);                                                           \
    template std::string wordsOf<E>();
CORDON_INSTANTIATE(ControlClass)
CORDON_INSTANTIATE(ControlBasis)
CORDON_INSTANTIATE(RoadStatusKind)
CORDON_INSTANTIATE(ObstacleType)
CORDON_INSTANTIATE(TrafficDirection)
CORDON_INSTANTIATE(IncidentType)
CORDON_INSTANTIATE(LocationPrecision)
CORDON_INSTANTIATE(DatePrecision)
#undef CORDON_INSTANTIATE

std::optional<Grade> Grade::fromText(std::string_view text) {
    if (text.size() != 2)
        return std::nullopt;
    const char letter = text[0] >= 'a' ? static_cast<char>(text[0] - 'a' + 'A') : text[0];
    if (letter < 'A' || letter > 'F' || text[1] < '1' || text[1] > '6')
        return std::nullopt;
    return Grade{letter, text[1]};
}

bool Grade::isAtLeast(Grade limit) const {
    return reliability <= limit.reliability && credibility <= limit.credibility;
}

const Actor* Situation::findActor(std::string_view wanted) const {
    const std::string key = normalised(wanted);
    if (key.empty())
        return nullptr;
    for (const Actor& actor : actors)
        if (normalised(actor.id) == key || normalised(actor.name) == key || normalised(actor.nameFr) == key)
            return &actor;
    for (const Actor& actor : actors)
        for (const std::string& alias : actor.aliases)
            if (normalised(alias) == key)
                return &actor;
    return nullptr;
}

const Source* Situation::findSource(std::string_view wanted) const {
    const std::string key = normalised(wanted);
    if (key.empty())
        return nullptr;
    for (const Source& source : sources)
        if (normalised(source.id) == key || normalised(source.name) == key)
            return &source;
    return nullptr;
}

bool Situation::isEmpty() const {
    return controlAreas.empty() && roadStatuses.empty() && restrictions.empty() && incidents.empty() &&
           measures.empty();
}

} // namespace cordon
