#include "core/model/situation_index.h"

#include "core/model/edit.h"
#include "tests/model/reports.h"

#include <gtest/gtest.h>

namespace cordon {
namespace {

using test::RandomSituation;

void expectSame(const SituationAt& found, const SituationAt& scanned) {
    EXPECT_EQ(found.controlAreas, scanned.controlAreas);
    EXPECT_EQ(found.roadStatuses, scanned.roadStatuses);
    EXPECT_EQ(found.restrictions, scanned.restrictions);
    EXPECT_EQ(found.incidents, scanned.incidents);
    EXPECT_EQ(found.measures, scanned.measures);
}

TimeFilter anyFilter(RandomSituation& random) {
    TimeFilter filter;
    if (random.below(10) > 0)
        filter.asOf = random.anyTime();
    if (random.below(4) > 0)
        filter.knownBy = random.anyTime();
    if (random.below(20) == 0)
        filter.asOf = TimePoint::min();
    filter.incidentDays = random.below(200);
    if (random.below(3) == 0)
        filter.atLeastGrade = Grade{static_cast<char>('A' + random.below(6)), static_cast<char>('1' + random.below(6))};
    return filter;
}

TEST(SituationIndex, AnswersAsThePlainScanDoes) {
    for (unsigned seed = 1; seed <= 20; ++seed) {
        RandomSituation random(seed, 60 + static_cast<int>(seed) * 80, true);
        const auto situation = std::make_shared<const Situation>(random.make(seed % 4 == 0 ? 9 : 3000));
        const SituationIndex index(situation);
        for (int i = 0; i < 60; ++i) {
            const TimeFilter filter = anyFilter(random);
            expectSame(index.at(filter), situationAt(*situation, filter));
        }
    }
}

TEST(SituationIndex, FindsTheIntervalsAtTheirVeryEnds) {
    Situation s;
    s.roadStatuses.push_back(test::roadReport("a", RoadStatusKind::Blocked, "2025-01-01"));
    s.roadStatuses[0].head.valid.end = test::at("2025-01-02");
    const auto shared = std::make_shared<const Situation>(s);
    const SituationIndex index(shared);
    const auto countAt = [&](TimePoint asOf) { return index.at<RoadStatus>({.asOf = asOf}).size(); };
    const std::chrono::milliseconds tick{1};
    EXPECT_EQ(countAt(test::at("2025-01-01") - tick), 0u);
    EXPECT_EQ(countAt(test::at("2025-01-01")), 1u);
    EXPECT_EQ(countAt(test::at("2025-01-02") - tick), 1u);
    EXPECT_EQ(countAt(test::at("2025-01-02")), 0u);
    EXPECT_EQ(countAt(TimePoint::max()), 0u);
    EXPECT_EQ(countAt(TimePoint::min()), 0u);
}

TEST(SituationIndex, TakesOverWhatEditsLeftAsItWas) {
    RandomSituation random(7, 900, false);
    auto situation = std::make_shared<const Situation>(random.make(4000));
    auto index = std::make_shared<const SituationIndex>(situation);
    TimePoint now = test::at("2025-01-01");
    for (int i = 0; i < 3000; ++i, now += std::chrono::minutes{1}) {
        SituationEdit edit;
        const std::string id = "R" + std::to_string(random.below(4000));
        const std::vector<Record> history = historyOf(*index, id);
        if (i % 3 == 0 || history.empty() || headOf(history.back()).recorded.end) {
            auto report = test::roadReport("", RoadStatusKind::Blocked, "2022-05-01");
            report.roads[0].roadId = "road-" + std::to_string(random.below(53));
            report.head.valid.begin = random.anyTime();
            edit = addReports(*index, {report}, now);
        } else if (i % 3 == 1) {
            Record corrected = history.back();
            headOf(corrected).valid.begin -= std::chrono::hours{30};
            edit = correctReport(*index, corrected, now);
        } else {
            edit = withdrawReport(*index, id, now);
        }
        situation = std::make_shared<const Situation>(applied(*index, edit));
        index = std::make_shared<const SituationIndex>(situation, index.get());
        ASSERT_EQ(index->latestStamp(), now);
        if (i % 97 == 0 || i > 2990) {
            for (int n = 0; n < 4; ++n) {
                const TimeFilter filter = anyFilter(random);
                expectSame(index->at(filter), situationAt(*situation, filter));
            }
            const SituationIndex anew(situation);
            ASSERT_EQ(index->rowsOf(id), anew.rowsOf(id));
            ASSERT_EQ(index->reportsOfRoad("road-5"), anew.reportsOfRoad("road-5"));
        }
    }
}

TEST(SituationIndex, IsNotMisledByAnotherSituation) {
    RandomSituation random(3, 400, true);
    const auto first = std::make_shared<const Situation>(random.make(2000));
    const auto second = std::make_shared<const Situation>(random.make(2500));
    auto renamed = std::make_shared<Situation>(*first); // the same dates and ids on other roads
    for (std::size_t i = 0; i < renamed->roadStatuses.size(); ++i)
        renamed->roadStatuses[i].roads = {{"elsewhere", 0, 1}};
    const SituationIndex index(first);
    for (const std::shared_ptr<const Situation>& other : {second, std::shared_ptr<const Situation>(renamed)}) {
        const SituationIndex next(other, &index), anew(other);
        for (int i = 0; i < 20; ++i) {
            const TimeFilter filter = anyFilter(random);
            expectSame(next.at(filter), anew.at(filter));
        }
        EXPECT_EQ(next.reportsOfRoad("elsewhere"), anew.reportsOfRoad("elsewhere"));
        EXPECT_EQ(next.latestStamp(), anew.latestStamp());
    }
}

TEST(SituationIndexCache, KeepsTheLastIndexes) {
    SituationIndexCache cache;
    const auto a = std::make_shared<const Situation>(), b = std::make_shared<const Situation>();
    const auto indexOfA = cache.of(a);
    cache.of(b);
    EXPECT_EQ(cache.of(a), indexOfA);
}

TEST(IntervalIndex, CountsWithoutLooking) {
    const std::vector<IntervalIndex::Interval> intervals = {{0, 10}, {5, IntervalIndex::kOpen}, {10, 20}};
    const IntervalIndex index(intervals);
    EXPECT_EQ(index.countAt(-1), 0u);
    EXPECT_EQ(index.countAt(9), 2u);
    EXPECT_EQ(index.countAt(10), 2u);
    EXPECT_EQ(index.countAt(20), 1u);
    EXPECT_EQ(index.countAt(IntervalIndex::kOpen), 1u);
}

} // namespace
} // namespace cordon
