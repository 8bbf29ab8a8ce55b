// One record of any kind, for lists, edits and files.
#pragma once

#include "core/model/situation.h"

#include <variant>

namespace cordon {

using Record = std::variant<ControlArea, RoadStatus, Restriction, Incident, Measure>;

enum class RecordKind : std::uint8_t { Control, RoadStatus, Restriction, Incident, Measure }; // order of the variant

inline const RecordHead& headOf(const Record& record) {
    return std::visit([](const auto& r) -> const RecordHead& { return r.head; }, record);
}
inline RecordHead& headOf(Record& record) {
    return std::visit([](auto& r) -> RecordHead& { return r.head; }, record);
}
inline RecordKind kindOf(const Record& record) { return static_cast<RecordKind>(record.index()); }

std::string_view toWord(RecordKind kind); // "control", "road_status", "restriction", "incident", "measure"
std::optional<RecordKind> recordKindFromWord(std::string_view word);

} // namespace cordon
