#include "core/model/situation_index.h"

#include <algorithm>
#include <unordered_map>

namespace cordon {
namespace {

constexpr std::int64_t kOpen = IntervalIndex::kOpen;
constexpr std::uint32_t kNone = 0xFFFFFFFF;

std::int64_t millisecondsOf(TimePoint t) {
    return t.time_since_epoch().count();
}
std::int64_t endOf(const TimeInterval& interval) {
    return interval.end ? millisecondsOf(*interval.end) : kOpen;
}
bool contains(std::int64_t begin, std::int64_t end, std::int64_t t) {
    return begin <= t && (t < end || end == kOpen);
}

// Rows that came after the base was built are searched one by one; at this many the base is built anew.
std::size_t longestTail(std::size_t baseSize) {
    return 1024 + baseSize / 64;
}

// Whether the index by road holds for both.
template <class T> bool refersAlike(const T&, const T&) {
    return true;
}
bool refersAlike(const RoadStatus& a, const RoadStatus& b) {
    return a.roads == b.roads;
}

// Positions in ascending order: by bits where they are many, by sorting where they are few.
void sortPositions(std::vector<std::uint32_t>& positions, std::size_t rowCount) {
    if (positions.size() < rowCount / 256) {
        std::sort(positions.begin(), positions.end());
        return;
    }
    std::vector<std::uint64_t> bits(rowCount / 64 + 1);
    for (const std::uint32_t p : positions)
        bits[p / 64] |= std::uint64_t{1} << (p % 64);
    positions.clear();
    for (std::size_t word = 0; word < bits.size(); ++word)
        for (std::uint64_t rest = bits[word]; rest != 0; rest &= rest - 1)
            positions.push_back(static_cast<std::uint32_t>(word * 64) +
                                static_cast<std::uint32_t>(__builtin_ctzll(rest)));
}

} // namespace

struct SituationIndex::Row {
    std::int64_t validBegin = 0, validEnd = kOpen, recordedBegin = 0, recordedEnd = kOpen;
    std::size_t idHash = 0;
    Grade grade;

    Row() = default;
    explicit Row(const RecordHead& head)
        : validBegin(millisecondsOf(head.valid.begin)), validEnd(endOf(head.valid)),
          recordedBegin(millisecondsOf(head.recorded.begin)), recordedEnd(endOf(head.recorded)),
          idHash(std::hash<std::string_view>{}(head.id)), grade(head.grade) {}

    bool isKnown(const TimeFilter& filter) const {
        return contains(recordedBegin, recordedEnd, millisecondsOf(filter.knownBy)) &&
               (!filter.atLeastGrade || grade.isAtLeast(*filter.atLeastGrade));
    }
    bool isInForce(const TimeFilter& filter) const {
        return contains(validBegin, validEnd, millisecondsOf(filter.asOf)) && isKnown(filter);
    }
    // The same row of a later state: only its recorded interval may have been ended since.
    bool continues(const Row& earlier) const {
        return validBegin == earlier.validBegin && validEnd == earlier.validEnd &&
               recordedBegin == earlier.recordedBegin && recordedEnd <= earlier.recordedEnd &&
               idHash == earlier.idHash && grade == earlier.grade;
    }
};

// Over the first rows of a kind. Recorded intervals may have been ended since, which leaves what is found a superset.
struct SituationIndex::Base {
    std::size_t size = 0;
    IntervalIndex valid, recorded;
    std::vector<std::uint32_t> firstOfHash, nextOfHash;                          // chains, ascending
    std::shared_ptr<const Situation> situation;                                  // keeps the road ids alive
    std::unordered_map<std::string_view, std::vector<std::uint32_t>> rowsOfRoad; // of road statuses
};

struct SituationIndex::KindRows {
    Records<Row> rows;
    std::shared_ptr<const Base> base;
    std::int64_t latestStamp = millisecondsOf(TimePoint::min());

    void noteStamps(const Row& row) {
        latestStamp =
            std::max({latestStamp, row.recordedBegin, row.recordedEnd == kOpen ? latestStamp : row.recordedEnd});
    }
};

SituationIndex::SituationIndex(std::shared_ptr<const Situation> situation, const SituationIndex* previous)
    : m_situation(std::move(situation)) {
    for (std::size_t k = 0; k < kRecordKinds; ++k) {
        const auto kind = static_cast<RecordKind>(k);
        if (!previous || !takeOver(kind, *previous))
            build(kind);
    }
}

TimePoint SituationIndex::latestStamp() const {
    TimePoint latest = TimePoint::min();
    for (const auto& kind : m_kinds)
        latest = std::max(latest, TimePoint(std::chrono::milliseconds{kind->latestStamp}));
    return latest;
}

bool SituationIndex::takeOver(RecordKind kind, const SituationIndex& previous) {
    const KindRows& before = *previous.m_kinds[static_cast<std::size_t>(kind)];
    return visitRecords(*m_situation, kind, [&](const auto& records) {
        using T = typename std::decay_t<decltype(records)>::value_type;
        const auto& oldRecords = recordsOf<T>(*previous.m_situation);
        if (records.size() < oldRecords.size() || records.size() - before.base->size > longestTail(before.base->size))
            return false;
        auto now = std::make_shared<KindRows>(before);
        for (std::size_t chunk = 0; chunk < records.chunkCount(); ++chunk) {
            if (records.sharesChunk(oldRecords, chunk))
                continue;
            const std::size_t end = std::min((chunk + 1) * records.kChunk, records.size());
            for (std::size_t i = chunk * records.kChunk; i < end; ++i) {
                const Row row(records[i].head);
                if (i >= oldRecords.size()) {
                    now->rows.push_back(row);
                } else {
                    const Row& old = before.rows[i];
                    if (!row.continues(old) || !refersAlike(records[i], oldRecords[i]))
                        return false;
                    if (row.recordedEnd == old.recordedEnd)
                        continue;
                    now->rows[i] = row;
                }
                now->noteStamps(row);
            }
        }
        m_kinds[static_cast<std::size_t>(kind)] = std::move(now);
        return true;
    });
}

void SituationIndex::build(RecordKind kind) {
    auto result = std::make_shared<KindRows>();
    auto base = std::make_shared<Base>();
    base->situation = m_situation;
    visitRecords(*m_situation, kind, [&](const auto& records) {
        base->size = records.size();
        std::vector<IntervalIndex::Interval> valid, recorded;
        valid.reserve(base->size);
        recorded.reserve(base->size);
        for (const auto& record : records) {
            const Row row(record.head);
            valid.push_back({row.validBegin, row.validEnd});
            recorded.push_back({row.recordedBegin, row.recordedEnd});
            result->noteStamps(row);
            result->rows.push_back(row);
        }
        base->valid = IntervalIndex(valid);
        base->recorded = IntervalIndex(recorded);
    });
    std::size_t buckets = 16;
    while (buckets < base->size)
        buckets *= 2;
    base->firstOfHash.assign(buckets, kNone);
    base->nextOfHash.assign(base->size, kNone);
    for (std::size_t i = base->size; i-- > 0;) {
        std::uint32_t& first = base->firstOfHash[result->rows[i].idHash & (buckets - 1)];
        base->nextOfHash[i] = first;
        first = static_cast<std::uint32_t>(i);
    }
    if (kind == RecordKind::RoadStatus) {
        std::uint32_t i = 0;
        for (const RoadStatus& report : m_situation->roadStatuses) {
            for (const RoadReference& road : report.roads) {
                auto& rows = base->rowsOfRoad[road.roadId];
                if (rows.empty() || rows.back() != i)
                    rows.push_back(i);
            }
            ++i;
        }
    }
    result->base = std::move(base);
    m_kinds[static_cast<std::size_t>(kind)] = std::move(result);
}

std::vector<std::uint32_t> SituationIndex::inForce(RecordKind kind, const TimeFilter& filter) const {
    const KindRows& kindRows = *m_kinds[static_cast<std::size_t>(kind)];
    const Records<Row>& rows = kindRows.rows;
    const Base& base = *kindRows.base;
    const std::int64_t asOf = millisecondsOf(filter.asOf), knownBy = millisecondsOf(filter.knownBy);
    std::vector<std::uint32_t> found;
    const auto visit = [&](std::uint32_t i) {
        if (rows[i].isInForce(filter))
            found.push_back(i);
    };
    if (base.valid.countAt(asOf) <= base.recorded.countAt(knownBy))
        base.valid.visitAt(asOf, visit);
    else
        base.recorded.visitAt(knownBy, visit);
    sortPositions(found, base.size);
    for (std::size_t i = base.size; i < rows.size(); ++i)
        visit(static_cast<std::uint32_t>(i));
    return found;
}

std::vector<std::uint32_t> SituationIndex::begunSince(TimePoint after, const TimeFilter& filter) const {
    const KindRows& kindRows = *m_kinds[static_cast<std::size_t>(RecordKind::Incident)];
    const Records<Row>& rows = kindRows.rows;
    const std::int64_t from = millisecondsOf(after), to = millisecondsOf(filter.asOf);
    std::vector<std::uint32_t> found;
    const auto visit = [&](std::uint32_t i) {
        if (rows[i].validBegin > from && rows[i].validBegin <= to && rows[i].isKnown(filter))
            found.push_back(i);
    };
    kindRows.base->valid.visitBegun(from, to, visit);
    sortPositions(found, kindRows.base->size);
    for (std::size_t i = kindRows.base->size; i < rows.size(); ++i)
        visit(static_cast<std::uint32_t>(i));
    return found;
}

std::vector<const Incident*> SituationIndex::incidentsSince(TimePoint after, const TimeFilter& filter) const {
    std::vector<const Incident*> result;
    for (const std::uint32_t i : begunSince(after, filter))
        result.push_back(&m_situation->incidents[i]);
    return result;
}

template <class T> std::vector<const T*> SituationIndex::at(const TimeFilter& filter) const {
    const Records<T>& records = recordsOf<T>(*m_situation);
    std::vector<const T*> result;
    const std::vector<std::uint32_t> rows = inForce(kRecordKindOf<T>, filter);
    result.reserve(rows.size());
    for (const std::uint32_t i : rows)
        result.push_back(&records[i]);
    return result;
}
template std::vector<const ControlArea*> SituationIndex::at<ControlArea>(const TimeFilter&) const;
template std::vector<const RoadStatus*> SituationIndex::at<RoadStatus>(const TimeFilter&) const;
template std::vector<const Restriction*> SituationIndex::at<Restriction>(const TimeFilter&) const;
template std::vector<const Measure*> SituationIndex::at<Measure>(const TimeFilter&) const;

template <> std::vector<const Incident*> SituationIndex::at<Incident>(const TimeFilter& filter) const {
    const std::chrono::days window{filter.incidentDays};
    if (filter.incidentDays <= 0)
        return {};
    const bool reachesBack = filter.asOf > TimePoint::min() + window;
    return incidentsSince(reachesBack ? filter.asOf - window : TimePoint::min(), filter);
}

SituationAt SituationIndex::at(const TimeFilter& filter) const {
    SituationAt result;
    result.controlAreas = at<ControlArea>(filter);
    result.roadStatuses = at<RoadStatus>(filter);
    result.restrictions = at<Restriction>(filter);
    result.incidents = at<Incident>(filter);
    result.measures = at<Measure>(filter);
    return result;
}

std::vector<RowPosition> SituationIndex::rowsOf(std::string_view id) const {
    const std::size_t hash = std::hash<std::string_view>{}(id);
    std::vector<RowPosition> result;
    for (std::size_t k = 0; k < kRecordKinds; ++k) {
        const KindRows& kind = *m_kinds[k];
        const auto visit = [&](std::uint32_t row) {
            const RowPosition position{static_cast<RecordKind>(k), row};
            if (kind.rows[row].idHash == hash && headAt(*m_situation, position).id == id)
                result.push_back(position);
        };
        const Base& base = *kind.base;
        for (std::uint32_t row = base.firstOfHash[hash & (base.firstOfHash.size() - 1)]; row != kNone;
             row = base.nextOfHash[row])
            visit(row);
        for (std::size_t row = base.size; row < kind.rows.size(); ++row)
            visit(static_cast<std::uint32_t>(row));
    }
    return result;
}

std::vector<const RoadStatus*> SituationIndex::reportsOfRoad(std::string_view roadId) const {
    const Base& base = *m_kinds[static_cast<std::size_t>(RecordKind::RoadStatus)]->base;
    const Records<RoadStatus>& reports = m_situation->roadStatuses;
    std::vector<const RoadStatus*> result;
    if (const auto found = base.rowsOfRoad.find(roadId); found != base.rowsOfRoad.end())
        for (const std::uint32_t row : found->second)
            result.push_back(&reports[row]);
    for (std::size_t row = base.size; row < reports.size(); ++row) {
        const std::vector<RoadReference>& roads = reports[row].roads;
        if (std::any_of(roads.begin(), roads.end(), [&](const RoadReference& r) { return r.roadId == roadId; }))
            result.push_back(&reports[row]);
    }
    return result;
}

std::shared_ptr<const SituationIndex> SituationIndexCache::of(const std::shared_ptr<const Situation>& situation) {
    constexpr std::size_t kKept = 3;
    const std::lock_guard lock(m_mutex);
    const auto found = std::find_if(m_latest.begin(), m_latest.end(),
                                    [&](const auto& index) { return index->sharedSituation() == situation; });
    if (found != m_latest.end()) {
        std::rotate(found, found + 1, m_latest.end());
        return m_latest.back();
    }
    const SituationIndex* previous = m_latest.empty() ? nullptr : m_latest.back().get();
    m_latest.push_back(std::make_shared<const SituationIndex>(situation, previous));
    if (m_latest.size() > kKept)
        m_latest.erase(m_latest.begin());
    return m_latest.back();
}

} // namespace cordon
