// One record of any kind, for lists, edits and files.
#pragma once

#include "core/model/situation.h"

#include <type_traits>
#include <variant>

namespace cordon {

using Record = std::variant<ControlArea, RoadStatus, Restriction, Incident, Measure>;

enum class RecordKind : std::uint8_t { Control, RoadStatus, Restriction, Incident, Measure }; // order of the variant
inline constexpr std::size_t kRecordKinds = std::variant_size_v<Record>;

inline const RecordHead& headOf(const Record& record) {
    return std::visit([](const auto& r) -> const RecordHead& { return r.head; }, record);
}
inline RecordHead& headOf(Record& record) {
    return std::visit([](auto& r) -> RecordHead& { return r.head; }, record);
}
inline RecordKind kindOf(const Record& record) {
    return static_cast<RecordKind>(record.index());
}

std::string_view toWord(RecordKind kind); // "control", "road_status", "restriction", "incident", "measure"
std::optional<RecordKind> recordKindFromWord(std::string_view word);

// All rows of one kind: recordsOf<Incident>(situation) is situation.incidents.
template <class T, class S> auto& recordsOf(S& situation) {
    if constexpr (std::is_same_v<T, ControlArea>)
        return situation.controlAreas;
    else if constexpr (std::is_same_v<T, RoadStatus>)
        return situation.roadStatuses;
    else if constexpr (std::is_same_v<T, Restriction>)
        return situation.restrictions;
    else if constexpr (std::is_same_v<T, Incident>)
        return situation.incidents;
    else
        return situation.measures;
}

template <class T> inline constexpr RecordKind kRecordKindOf = RecordKind::Control;
template <> inline constexpr RecordKind kRecordKindOf<RoadStatus> = RecordKind::RoadStatus;
template <> inline constexpr RecordKind kRecordKindOf<Restriction> = RecordKind::Restriction;
template <> inline constexpr RecordKind kRecordKindOf<Incident> = RecordKind::Incident;
template <> inline constexpr RecordKind kRecordKindOf<Measure> = RecordKind::Measure;

// Calls `f` with the rows of that kind.
template <class S, class F> decltype(auto) visitRecords(S& situation, RecordKind kind, F&& f) {
    switch (kind) {
    case RecordKind::Control:
        return f(situation.controlAreas);
    case RecordKind::RoadStatus:
        return f(situation.roadStatuses);
    case RecordKind::Restriction:
        return f(situation.restrictions);
    case RecordKind::Incident:
        return f(situation.incidents);
    case RecordKind::Measure:
        break;
    }
    return f(situation.measures);
}

// A row of a situation by its position: cheap to keep, good as long as rows are only appended.
struct RowPosition {
    RecordKind kind = RecordKind::Control;
    std::uint32_t row = 0;
    friend bool operator==(const RowPosition&, const RowPosition&) = default;
};
const RecordHead& headAt(const Situation& situation, RowPosition position);
Record recordAt(const Situation& situation, RowPosition position);

} // namespace cordon
