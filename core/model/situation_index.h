// Finds what counts at (as of D, known by K), the rows of an id and the reports of a road without scanning a situation.
// Immutable, read from any thread. Answers exactly as the plain scan of situation_at.h does; a test compares.
#pragma once

#include "core/model/interval_index.h"
#include "core/model/record.h"
#include "core/model/situation_at.h"

#include <array>
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

namespace cordon {

class SituationIndex {
public:
    // With the index of an earlier state of the same situation the cost is that of what changed since; with any other
    // (or none) the index is built anew. The situation is kept alive.
    explicit SituationIndex(std::shared_ptr<const Situation> situation, const SituationIndex* previous = nullptr);

    const Situation& situation() const { return *m_situation; }
    const std::shared_ptr<const Situation>& sharedSituation() const { return m_situation; }

    SituationAt at(const TimeFilter& filter) const; // as situationAt()
    // One kind of it; of incidents, those of the filter's last days.
    template <class T> std::vector<const T*> at(const TimeFilter& filter) const;
    // Incidents known and graded as the filter says that began in (after, filter.asOf].
    std::vector<const Incident*> incidentsSince(TimePoint after, const TimeFilter& filter) const;

    // All rows that bear an id, of every kind, in row order.
    std::vector<RowPosition> rowsOf(std::string_view id) const;
    // All road statuses ever recorded that refer to a road, in row order.
    std::vector<const RoadStatus*> reportsOfRoad(std::string_view roadId) const;
    // The latest instant at which a row was recorded or withdrawn; TimePoint::min() if there is none.
    TimePoint latestStamp() const;

private:
    struct Row; // what a query needs of a row, so that it need not touch the record
    struct Base;
    struct KindRows;

    bool takeOver(RecordKind kind, const SituationIndex& previous); // false: not the same history
    void build(RecordKind kind);
    std::vector<std::uint32_t> inForce(RecordKind kind, const TimeFilter& filter) const;
    std::vector<std::uint32_t> begunSince(TimePoint after, const TimeFilter& filter) const;

    std::shared_ptr<const Situation> m_situation;
    std::array<std::shared_ptr<const KindRows>, kRecordKinds> m_kinds;
};

// The index of the situation at hand, made when first asked for and from the one before where that is cheaper. Keeps
// the last few, so that stepping through undo finds them. For a document or a render worker to own; thread-safe.
class SituationIndexCache {
public:
    std::shared_ptr<const SituationIndex> of(const std::shared_ptr<const Situation>& situation);

private:
    std::mutex m_mutex;
    std::vector<std::shared_ptr<const SituationIndex>> m_latest; // most recently used last
};

} // namespace cordon
