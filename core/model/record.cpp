#include "core/model/record.h"

#include <array>

namespace cordon {
namespace {

constexpr std::array<std::string_view, kRecordKinds> kWords = {"control", "road_status", "restriction", "incident",
                                                               "measure"};

} // namespace

std::string_view toWord(RecordKind kind) {
    return kWords[static_cast<std::size_t>(kind)];
}

std::optional<RecordKind> recordKindFromWord(std::string_view word) {
    for (std::size_t i = 0; i < kWords.size(); ++i)
        if (kWords[i] == word)
            return static_cast<RecordKind>(i);
    return std::nullopt;
}

const RecordHead& headAt(const Situation& situation, RowPosition position) {
    return visitRecords(situation, position.kind,
                        [&](const auto& records) -> const RecordHead& { return records[position.row].head; });
}

Record recordAt(const Situation& situation, RowPosition position) {
    return visitRecords(situation, position.kind, [&](const auto& records) -> Record { return records[position.row]; });
}

} // namespace cordon
