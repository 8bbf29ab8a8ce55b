#include "core/model/situation_at.h"

#include <gtest/gtest.h>

namespace cordon {
namespace {

TimePoint at(const char* text) {
    return parseTime(text)->time;
}

Situation oneRestriction(const char* from, const char* to, const char* recordedFrom) {
    Situation situation;
    Restriction r;
    r.head.valid.begin = at(from);
    if (to)
        r.head.valid.end = at(to);
    r.head.recorded.begin = at(recordedFrom);
    r.head.grade = *Grade::fromText("B2");
    situation.restrictions.push_back(r);
    return situation;
}

std::size_t inForce(const Situation& situation, const char* asOf, const char* knownBy = nullptr,
                    const char* grade = nullptr) {
    TimeFilter filter;
    filter.asOf = parseAsOf(asOf);
    if (knownBy)
        filter.knownBy = parseAsOf(knownBy);
    if (grade)
        filter.atLeastGrade = Grade::fromText(grade);
    return situationAt(situation, filter).restrictions.size();
}

TEST(SituationAt, IsBoundedByTheValidInterval) {
    const Situation s = oneRestriction("2024-11-29", "2025-03-04", "2025-01-31");
    EXPECT_EQ(inForce(s, "2024-11-28"), 0u);
    EXPECT_EQ(inForce(s, "2024-11-29"), 1u);
    EXPECT_EQ(inForce(s, "2025-03-03"), 1u);
    EXPECT_EQ(inForce(s, "2025-03-04"), 0u); // lifted on that day
}

TEST(SituationAt, OpenEndIsStillInForce) {
    EXPECT_EQ(inForce(oneRestriction("2021-11-01", nullptr, "2025-07-31"), "2031-01-01"), 1u);
}

TEST(SituationAt, DoesNotKnowWhatWasLearntLater) {
    const Situation s = oneRestriction("2024-11-29", nullptr, "2025-01-31");
    EXPECT_EQ(inForce(s, "2025-01-15", "2025-01-15"), 0u);
    EXPECT_EQ(inForce(s, "2025-01-15", "2025-02-01"), 1u);
}

TEST(SituationAt, LeavesOutWorseGrades) {
    const Situation s = oneRestriction("2024-11-29", nullptr, "2025-01-31");
    EXPECT_EQ(inForce(s, "2025-01-15", nullptr, "B2"), 1u);
    EXPECT_EQ(inForce(s, "2025-01-15", nullptr, "A2"), 0u);
}

TEST(RecentIncident, CountsBackFromTheAsOfDate) {
    Incident incident;
    incident.head.valid.begin = at("2025-07-01");
    const auto recent = [&](const char* asOf, int days) {
        return isRecentIncident(incident, {.asOf = parseAsOf(asOf), .incidentDays = days});
    };
    EXPECT_FALSE(recent("2025-06-30", 90));
    EXPECT_TRUE(recent("2025-07-01", 90));
    EXPECT_TRUE(recent("2025-09-28", 90)); // the 90th day, the day itself counted
    EXPECT_FALSE(recent("2025-09-29", 90));
    EXPECT_TRUE(recent("2025-07-01", 1));
    EXPECT_FALSE(recent("2025-07-02", 1));
}

} // namespace
} // namespace cordon
