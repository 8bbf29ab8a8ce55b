#include "core/import/known_records.h"

#include <algorithm>

namespace cordon {

KnownRecords::KnownRecords(const Situation& situation) {
    for (std::size_t kind = 0; kind < kRecordKinds; ++kind)
        visitRecords(situation, static_cast<RecordKind>(kind), [&](const auto& records) {
            for (const auto& record : records) {
                const TimeInterval& recorded = record.head.recorded;
                m_begins.emplace(record.head.id, recorded.begin);
                const auto [batch, isNew] = m_batches.try_emplace(recorded.begin);
                if (isNew)
                    batch->second.end = recorded.end;
                batch->second.isUndone &= recorded.end.has_value() && recorded.end == batch->second.end;
            }
        });
}

bool KnownRecords::isThere(const RecordHead& head) const {
    const auto [begin, end] = m_begins.equal_range(head.id);
    return std::any_of(begin, end, [&](const auto& version) { return !m_batches.at(version.second).isUndone; });
}

bool KnownRecords::isTold(const RecordHead& head) const {
    const auto [begin, end] = m_begins.equal_range(head.id);
    return std::any_of(begin, end, [&](const auto& version) { return version.second == head.recorded.begin; });
}

} // namespace cordon
