#include "core/model/timeline.h"

#include "tests/model/reports.h"

#include "core/error.h"

#include <gtest/gtest.h>
#include <ostream>

namespace cordon {

void PrintTo(const TimelineDay& d, std::ostream* out) {
    *out << formatIsoDate(d.day) << ": begins " << d.counts.begins << ", ends " << d.counts.ends << ", stale "
         << d.counts.goStale << ", recorded " << d.counts.recorded << ", incidents " << d.counts.incidents << " ("
         << d.counts.fatalities << ")";
}

namespace {

using std::chrono::sys_days;
using test::at;
using test::roadReport;

sys_days day(const std::string& text) {
    return std::chrono::floor<std::chrono::days>(at(text));
}

Incident incidentReport(const std::string& id, const std::string& from, std::optional<int> killed = {}) {
    Incident incident;
    incident.head = test::head(id, from);
    incident.fatalitiesBest = killed;
    return incident;
}

TimelineCounts counts(std::uint32_t begins, std::uint32_t ends, std::uint32_t stale, std::uint32_t recorded,
                      std::uint32_t incidents = 0, std::uint64_t fatalities = 0) {
    return {begins, ends, stale, recorded, incidents, fatalities};
}

TEST(Timeline, DaysTellWhatBeginsEndsGoesStaleAndIsRecorded) {
    Situation situation;
    situation.roadStatuses = {roadReport("R1", RoadStatusKind::Blocked, "2025-09-01T14:00Z", "B2",
                                         ObstacleType::CheckpointUnofficial), // holds three days
                              roadReport("R2", RoadStatusKind::Blocked, "2025-09-01")};
    situation.roadStatuses[1].head.valid.end = at("2025-09-10");
    situation.roadStatuses[1].head.recorded.begin = at("2025-09-03T08:00Z");
    situation.incidents = {incidentReport("I1", "2025-09-10T23:59:59Z", 3), incidentReport("I2", "2025-09-10")};
    situation.incidents[1].fatalitiesHigh = 4;
    const std::vector<TimelineDay> expected = {{day("2025-09-01"), counts(2, 0, 0, 1)},
                                               {day("2025-09-03"), counts(0, 0, 0, 1)},
                                               {day("2025-09-04"), counts(0, 0, 1, 0)},
                                               {day("2025-09-10"), counts(0, 1, 0, 2, 2, 7)}};
    EXPECT_EQ(timelineOf(situation, {}).days, expected);
}

TEST(Timeline, EndedReportsDoNotGoStaleAndConfirmedOnesLater) {
    Situation situation;
    RoadStatus checkpoint =
        roadReport("R1", RoadStatusKind::Blocked, "2025-09-01", "B2", ObstacleType::CheckpointUnofficial);
    checkpoint.head.valid.end = at("2025-09-03");
    RoadStatus confirmed = checkpoint;
    confirmed.head.valid.end.reset();
    confirmed.head.confirmed = at("2025-09-20");
    situation.roadStatuses = {checkpoint, confirmed};
    const std::vector<TimelineDay> expected = {{day("2025-09-01"), counts(2, 0, 0, 2)},
                                               {day("2025-09-03"), counts(0, 1, 0, 0)},
                                               {day("2025-09-23"), counts(0, 0, 1, 0)}};
    EXPECT_EQ(timelineOf(situation, {}).days, expected);
}

TEST(Timeline, InvertedEmptyAndEndlessIntervalsAreNoDays) {
    Situation situation;
    Measure inverted, empty, always;
    inverted.head = test::head("M1", "2025-09-10", "2025-09-01");
    empty.head = test::head("M2", "2025-09-10", "2025-09-10");
    always.head.id = "M3"; // from ever to ever, known from ever
    for (Measure* m : {&inverted, &empty})
        m->head.recorded = {at("2025-10-01"), at("2025-10-01")};
    inverted.head.recorded.end = at("2025-09-30"); // was never known, so it says nothing at all
    empty.head.recorded.end.reset();
    situation.measures = {inverted, empty, always};
    const std::vector<TimelineDay> expected = {{day("2025-10-01"), counts(0, 0, 0, 1)}};
    EXPECT_EQ(timelineOf(situation, {}).days, expected);
    EXPECT_EQ(timelineOf(Situation(), {}).days, std::vector<TimelineDay>());
    EXPECT_EQ(Timeline().usualSpan(), std::nullopt);
    EXPECT_EQ(Timeline().nextChange(day("2025-01-01"), true), std::nullopt);
}

TEST(Timeline, CountsWhatIsKnownAndGradedWellEnough) {
    Situation situation;
    situation.incidents = {incidentReport("I1", "2025-09-14"), incidentReport("I2", "2025-09-02")};
    situation.incidents[0].head.recorded.begin = at("2025-10-22");
    situation.incidents[1].head.grade = *Grade::fromText("C3");
    TimeFilter filter;
    filter.knownBy = at("2025-09-30");
    EXPECT_EQ(timelineOf(situation, filter).days,
              (std::vector<TimelineDay>{{day("2025-09-02"), counts(0, 0, 0, 1, 1)}}));
    filter.knownBy = TimePoint::max();
    filter.atLeastGrade = Grade::fromText("B2");
    EXPECT_EQ(timelineOf(situation, filter).days, (std::vector<TimelineDay>{{day("2025-09-14"), counts(0, 0, 0, 0, 1)},
                                                                            {day("2025-10-22"), counts(0, 0, 0, 1)}}));
}

TEST(Timeline, OneDateInTheFarPastDoesNotSqueezeTheRest) {
    Situation situation;
    situation.incidents = {incidentReport("I1", "0001-01-01"), incidentReport("I2", "2025-03-01"),
                           incidentReport("I3", "2025-09-01"), incidentReport("I4", "9999-12-31")};
    const Timeline timeline = timelineOf(situation, {});
    EXPECT_EQ(timeline.days.size(), 4u);
    EXPECT_EQ(timeline.usualSpan(), (DaySpan{day("2025-03-01"), day("2025-09-01")}));
    EXPECT_EQ(timeline.nextChange(day("2025-09-01"), false), day("9999-12-31"));
    EXPECT_EQ(timeline.previousChange(day("2025-03-01"), false), day("0001-01-01"));
}

TEST(Timeline, GoingStaleDoesNotStretchTheUsualSpan) {
    Situation situation;
    situation.roadStatuses = {roadReport("R1", RoadStatusKind::Blocked, "2025-09-01", "B2", ObstacleType::MinesUxo)};
    const Timeline timeline = timelineOf(situation, {});
    EXPECT_EQ(timeline.nextChange(day("2025-09-01"), false), day("2026-09-01"));
    EXPECT_EQ(timeline.usualSpan(), (DaySpan{day("2025-09-01"), day("2025-09-01")}));
}

TEST(Timeline, TheBusySpanLeavesOutLonelyDates) {
    Timeline timeline;
    timeline.days = {{day("2012-04-01"), counts(1, 0, 0, 0)}};
    for (int i = 0; i < 12; ++i)
        timeline.days.push_back({day("2025-09-01") + std::chrono::days(i), counts(0, 0, 0, 0, 1)});
    EXPECT_EQ(timeline.usualSpan(), (DaySpan{day("2012-04-01"), day("2025-09-12")}));
    EXPECT_EQ(timeline.busySpan(), (DaySpan{day("2025-09-01"), day("2025-09-12")}));
    timeline.days.erase(timeline.days.begin()); // spread evenly: all of it
    EXPECT_EQ(timeline.busySpan(), (DaySpan{day("2025-09-01"), day("2025-09-12")}));
    EXPECT_EQ(Timeline().busySpan(), std::nullopt);
}

TEST(Timeline, StepsPassOverDaysOnWhichThingsWereOnlyLearnt) {
    Timeline timeline;
    timeline.days = {{day("2025-09-01"), counts(1, 0, 0, 0)},
                     {day("2025-09-05"), counts(0, 0, 0, 2)},
                     {day("2025-09-09"), counts(0, 0, 1, 0)}};
    EXPECT_EQ(timeline.nextChange(day("2025-09-01"), false), day("2025-09-09"));
    EXPECT_EQ(timeline.nextChange(day("2025-09-01"), true), day("2025-09-05"));
    EXPECT_EQ(timeline.previousChange(day("2025-09-09"), false), day("2025-09-01"));
    EXPECT_EQ(timeline.previousChange(day("2025-09-06"), true), day("2025-09-05"));
    EXPECT_EQ(timeline.previousChange(day("2025-09-01"), true), std::nullopt);
    EXPECT_EQ(timeline.nextChange(day("2025-09-09"), true), std::nullopt);
}

TEST(Timeline, BinsBeginOnMondaysMonthsAndYears) {
    EXPECT_EQ(binStart(day("2025-10-19"), BinSize::Week), day("2025-10-13")); // a Sunday
    EXPECT_EQ(binEnd(day("2025-10-19"), BinSize::Week), day("2025-10-20"));
    EXPECT_EQ(binStart(day("2024-02-29"), BinSize::Month), day("2024-02-01"));
    EXPECT_EQ(binEnd(day("2024-02-29"), BinSize::Month), day("2024-03-01"));
    EXPECT_EQ(binStart(day("1969-12-31"), BinSize::Year), day("1969-01-01"));
    EXPECT_EQ(binEnd(day("1969-12-31"), BinSize::Year), day("1970-01-01"));
}

TEST(Timeline, BinsCountTheirWholeDays) {
    Timeline timeline;
    timeline.days = {{day("2025-10-12"), counts(1, 0, 0, 0)},
                     {day("2025-10-13"), counts(0, 0, 0, 0, 2, 5)},
                     {day("2025-10-19"), counts(0, 1, 0, 0, 1, 1)},
                     {day("2025-11-02"), counts(0, 0, 0, 0, 1)}};
    const std::vector<TimelineBin> expected = {
        {day("2025-10-13"), day("2025-10-20"), counts(0, 1, 0, 0, 3, 6)},
        {day("2025-10-27"), day("2025-11-03"), counts(0, 0, 0, 0, 1)},
    };
    EXPECT_EQ(binsOf(timeline, day("2025-10-15"), day("2025-11-02"), BinSize::Week).size(), 2u);
    EXPECT_EQ(binsOf(timeline, day("2025-10-15"), day("2025-11-02"), BinSize::Week), expected);
    EXPECT_TRUE(binsOf(timeline, day("2025-11-02"), day("2025-10-15"), BinSize::Week).empty());
    EXPECT_EQ(binsOf(timeline, sys_days::min(), sys_days::max(), BinSize::Year).size(), 1u);
}

// Against a count written down another way, on random intervals of every unruly kind.
TEST(Timeline, AgreesWithAPlainCountOfRandomSituations) {
    const Situation situation = test::RandomSituation(7, 400, true).make(3000);
    std::uint64_t incidents = 0, begins = 0, recorded = 0;
    for (const TimelineDay& d : timelineOf(situation, {}).days) {
        incidents += d.counts.incidents;
        begins += d.counts.begins;
        recorded += d.counts.recorded;
    }
    std::uint64_t knownIncidents = 0, knownBegins = 0, stamps = 0;
    const auto count = [&](const auto& records) {
        for (const auto& record : records) {
            const RecordHead& head = record.head;
            // Of what began before the year 1 nobody can say the day.
            const bool isKnown = head.recorded.contains(TimePoint::max()) && head.valid.begin != TimePoint::min();
            constexpr bool kIsIncident = std::is_same_v<std::decay_t<decltype(record)>, Incident>;
            knownIncidents += kIsIncident && isKnown;
            knownBegins += !kIsIncident && isKnown && !head.valid.isEmpty();
            stamps += head.recorded.isEmpty() ? 0 : head.recorded.end ? 2 : 1;
        }
    };
    for (std::size_t k = 0; k < kRecordKinds; ++k)
        visitRecords(situation, static_cast<RecordKind>(k), count);
    EXPECT_GT(knownBegins, 0u);
    EXPECT_EQ(incidents, knownIncidents);
    EXPECT_EQ(begins, knownBegins);
    EXPECT_EQ(recorded, stamps);
}

TEST(Timeline, StopsWhenAskedTo) {
    Situation situation;
    situation.incidents = {incidentReport("I1", "2025-09-14")};
    std::stop_source stop;
    stop.request_stop();
    EXPECT_THROW(timelineOf(situation, {}, stop.get_token()), Stopped);
}

} // namespace
} // namespace cordon
