#include "core/model/edit.h"

#include "core/error.h"
#include "core/model/situation_at.h"
#include "tests/model/reports.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cordon {
namespace {

using namespace std::chrono_literals;
using test::at;
using test::roadReport;

const TimePoint kNow = at("2025-10-20T12:00Z");

Situation withReport(const std::string& id = "R1") {
    return applied(Situation{}, addReports(Situation{}, {roadReport(id, RoadStatusKind::Blocked, "2025-09-03")}, kNow));
}

template <class F> std::string messageOf(F f) {
    try {
        f();
    } catch (const Error& error) {
        return error.what();
    }
    return "no error";
}

std::size_t countAt(const Situation& situation, TimePoint asOf, TimePoint knownBy) {
    return situationAt(situation, {.asOf = asOf, .knownBy = knownBy}).roadStatuses.size();
}

TEST(Edit, AddedReportsAreKnownFromTheEditOn) {
    const Situation s = withReport();
    EXPECT_EQ(countAt(s, kNow, kNow - 1ms), 0u);
    EXPECT_EQ(countAt(s, kNow, kNow), 1u);
}

TEST(Edit, WithdrawnReportIsNotErased) {
    const Situation s = withReport();
    const SituationEdit edit = withdrawReport(s, "R1", kNow + 24h);
    EXPECT_EQ(edit.name, "Withdraw report R1");
    const Situation after = applied(s, edit);
    EXPECT_EQ(after.roadStatuses.size(), 1u);
    EXPECT_EQ(countAt(after, kNow, kNow + 23h), 1u);
    EXPECT_EQ(countAt(after, kNow, kNow + 24h), 0u);
}

TEST(Edit, CorrectionKeepsTheRowItCorrects) {
    const Situation s = withReport();
    Record corrected = s.roadStatuses[0];
    std::get<RoadStatus>(corrected).status = RoadStatusKind::Restricted;
    const Situation after = applied(s, correctReport(s, corrected, kNow + 1h));
    ASSERT_EQ(historyOf(after, "R1").size(), 2u);
    const auto statusAt = [&](TimePoint knownBy) {
        return situationAt(after, {.asOf = kNow, .knownBy = knownBy}).roadStatuses.at(0)->status;
    };
    EXPECT_EQ(statusAt(kNow), RoadStatusKind::Blocked);
    EXPECT_EQ(statusAt(kNow + 1h), RoadStatusKind::Restricted);
}

TEST(Edit, ConfirmationIsACorrectionThatVouches) {
    const Situation s = withReport();
    const Situation after = applied(s, confirmReport(s, "R1", at("2025-10-19"), kNow + 1h));
    EXPECT_EQ(after.roadStatuses[0].head.confirmed, std::nullopt);
    EXPECT_EQ(after.roadStatuses[1].head.confirmed, at("2025-10-19"));
    EXPECT_EQ(
        messageOf([&] { confirmReport(s, "R1", at("2025-09-01"), kNow); }),
        "The report R1 cannot be confirmed for 2025-09-01T00:00:00Z, because it does not hold then; correct when it "
        "begins or ends.");
}

TEST(Edit, UndoAndRedoAppendTheirInverse) {
    const Situation s0 = withReport();
    const SituationEdit withdraw = withdrawReport(s0, "R1", kNow + 1h);
    const Situation s1 = applied(s0, withdraw);
    const SituationEdit undo = inverseOf(s1, withdraw, kNow + 2h);
    EXPECT_EQ(undo.name, "Undo Withdraw report R1");
    const Situation s2 = applied(s1, undo);
    const SituationEdit redo = inverseOf(s2, undo, kNow + 3h);
    EXPECT_EQ(redo.name, "Redo Withdraw report R1");
    const Situation s3 = applied(s2, redo);
    EXPECT_EQ(inverseOf(s3, redo, kNow + 4h).name, "Undo Withdraw report R1");
    std::string known;
    for (int hour = 0; hour < 4; ++hour)
        known += std::to_string(countAt(s3, kNow, kNow + std::chrono::hours{hour}));
    EXPECT_EQ(known, "1010");
}

TEST(Edit, UndoRefusesWhatWasChangedSince) {
    const Situation s0 = withReport();
    Record corrected = s0.roadStatuses[0];
    const SituationEdit correct = correctReport(s0, corrected, kNow + 1h);
    const Situation s1 = applied(s0, correct);
    const Situation s2 = applied(s1, withdrawReport(s1, "R1", kNow + 2h));
    EXPECT_EQ(
        messageOf([&] { inverseOf(s2, correct, kNow + 3h); }),
        "'Correct report R1' cannot be undone, because the report R1 was changed since; undo the later change first.");
}

TEST(Edit, RefusesWithOneSentence) {
    const Situation s = withReport();
    const Situation withdrawn = applied(s, withdrawReport(s, "R1", kNow + 1h));
    RoadStatus inverted = roadReport("R2", RoadStatusKind::Open, "2025-09-03");
    inverted.head.valid.end = at("2025-09-01");
    RoadStatus empty = roadReport("R2", RoadStatusKind::Open, "2025-09-03");
    empty.head.valid.end = empty.head.valid.begin;
    const std::string all = messageOf([&] { addReports(s, {s.roadStatuses[0]}, kNow); }) + "\n" +
                            messageOf([&] { addReports(s, {inverted}, kNow); }) + "\n" +
                            messageOf([&] { addReports(s, {empty}, kNow); }) + "\n" +
                            messageOf([&] { withdrawReport(s, "R9", kNow); }) + "\n" +
                            messageOf([&] { withdrawReport(withdrawn, "R1", kNow); }) + "\n" +
                            messageOf([&] { correctReport(withdrawn, s.roadStatuses[0], kNow); });
    EXPECT_EQ(
        all,
        "The report R1 cannot be added, because its id is taken; correct the report of that id, or give another id.\n"
        "The report R2 ends on 2025-09-01T00:00:00Z, which is not after its begin, 2025-09-03T00:00:00Z; give an end "
        "later than the begin, or none if it still holds.\n"
        "The report R2 ends on 2025-09-03T00:00:00Z, which is not after its begin, 2025-09-03T00:00:00Z; give an end "
        "later than the begin, or none if it still holds.\n"
        "The report R9 cannot be withdrawn, because there is none with that id.\n"
        "The report R1 cannot be withdrawn, because it is already withdrawn.\n"
        "The report R1 cannot be corrected, because it is already withdrawn.");
}

TEST(Edit, ClockSetBackStillGivesLaterStamps) {
    const Situation s = withReport();
    const TimePoint lastYear = kNow - 365 * 24h;
    EXPECT_EQ(editTime(s, lastYear), kNow + 1ms);
    const Situation after = applied(s, withdrawReport(s, "R1", lastYear));
    EXPECT_EQ(after.roadStatuses[0].head.recorded.end, kNow + 1ms);
    EXPECT_EQ(countAt(after, kNow, kNow), 1u);
}

TEST(Edit, ReportsWithoutIdGetOneOfTheirOwn) {
    const SituationEdit edit = addReports(
        Situation{},
        {roadReport("", RoadStatusKind::Open, "2025-01-01"), roadReport("", RoadStatusKind::Open, "2025-01-01")}, kNow);
    EXPECT_EQ(edit.name, "Add 2 reports");
    EXPECT_NE(headOf(edit.added[0]).id, headOf(edit.added[1]).id);
    EXPECT_THAT(headOf(edit.added[0]).id,
                testing::MatchesRegex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
}

TEST(Edit, ImportKeepsWhenTheSourceRecordedIt) {
    RoadStatus first = roadReport("R1", RoadStatusKind::Blocked, "2025-09-03"), second = first;
    first.head.recorded = {at("2025-09-04"), at("2025-09-10")};
    second.head.recorded = {at("2025-09-10"), std::nullopt};
    const SituationEdit edit = importReports(Situation{}, {first, second}, kNow);
    const Situation s = applied(Situation{}, edit);
    EXPECT_EQ(s.roadStatuses, (Records<RoadStatus>{first, second}));
    const Situation undone = applied(s, inverseOf(s, edit, kNow + 1h));
    EXPECT_EQ(undone.roadStatuses[0].head.recorded.end, at("2025-09-10"));
    EXPECT_EQ(undone.roadStatuses[1].head.recorded.end, kNow + 1h);
    second.head.recorded.begin = kNow + 24h;
    EXPECT_THAT(messageOf([&] { importReports(Situation{}, {second}, kNow); }), testing::HasSubstr("after today"));
}

TEST(Edit, EditedCopySharesTheRestWithItsOriginal) {
    test::RandomSituation random(1, 400, false);
    const Situation before = random.make(20000);
    const std::string id = before.roadStatuses[700].head.id;
    const Situation after = applied(before, withdrawReport(before, id, kNow));
    std::size_t shared = 0;
    for (std::size_t c = 0; c < after.roadStatuses.chunkCount(); ++c)
        shared += after.roadStatuses.sharesChunk(before.roadStatuses, c);
    EXPECT_EQ(shared, after.roadStatuses.chunkCount() - 1);
    EXPECT_EQ(before.roadStatuses[700].head.recorded.end.has_value(), false);
}

TEST(TwoClocks, TheSamePairGivesTheSameAnswerAfterLaterEdits) {
    test::RandomSituation random(11, 700, false);
    Situation situation = random.make(600);
    TimePoint now = at("2024-01-01");
    std::vector<std::pair<TimeFilter, std::vector<std::string>>> answers;
    const auto answer = [&](const TimeFilter& filter) {
        std::vector<std::string> ids;
        for (const RoadStatus* r : situationAt(situation, filter).roadStatuses)
            ids.push_back(r->head.id + " " + std::string(toWord(r->status)));
        std::sort(ids.begin(), ids.end()); // corrections stand elsewhere in the rows
        return ids;
    };
    for (int i = 0; i < 200; ++i, now += 1h) {
        const TimeFilter filter{.asOf = random.anyTime(), .knownBy = random.below(2) ? now : random.anyTime()};
        answers.emplace_back(filter, answer(filter));
        const std::vector<Record> history = historyOf(situation, "R" + std::to_string(random.below(600)));
        Record record = history.back();
        if (headOf(record).recorded.end)
            continue;
        if (kindOf(record) == RecordKind::RoadStatus)
            std::get<RoadStatus>(record).status = static_cast<RoadStatusKind>(random.below(7));
        const SituationEdit edit = i % 2 ? correctReport(situation, record, now + 1ms)
                                         : withdrawReport(situation, headOf(record).id, now + 1ms);
        situation = applied(situation, edit);
        if (i % 5 == 0)
            situation = applied(situation, inverseOf(situation, edit, now + 2ms));
    }
    for (const auto& [filter, expected] : answers)
        ASSERT_EQ(answer(filter), expected);
}

TEST(TwoClocks, AWithdrawnPairChangesNothingLater) {
    const Situation s = withReport();
    const Situation added =
        applied(s, addReports(s, {roadReport("R2", RoadStatusKind::Open, "2025-10-01")}, kNow + 1h));
    const Situation gone = applied(added, withdrawReport(added, "R2", kNow + 2h));
    for (const TimePoint asOf : {at("2025-09-02"), at("2025-09-03"), at("2025-10-01"), at("2030-01-01")})
        EXPECT_EQ(countAt(gone, asOf, kNow + 2h), countAt(s, asOf, kNow + 2h));
}

TEST(TwoClocks, DatesInAZoneAreInstants) {
    // Paris put its clocks back on 2025-10-26 at 03:00 +02:00: the hour 02:00-03:00 came twice.
    Situation s;
    RoadStatus r = roadReport("R1", RoadStatusKind::Blocked, "2025-10-26T02:30+02:00");
    r.head.valid.end = at("2025-10-26T02:30+01:00");
    s.roadStatuses.push_back(r);
    EXPECT_EQ(*r.head.valid.end - r.head.valid.begin, 1h);
    EXPECT_EQ(countAt(s, at("2025-10-26T00:29:59.999Z"), TimePoint::max()), 0u);
    EXPECT_EQ(countAt(s, at("2025-10-26T01:29:59.999Z"), TimePoint::max()), 1u);
    EXPECT_EQ(countAt(s, at("2025-10-26T01:30Z"), TimePoint::max()), 0u);
}

TEST(TwoClocks, LeapSecondIsNoLaterThanTheNextDay) {
    Situation s;
    s.roadStatuses.push_back(roadReport("R1", RoadStatusKind::Blocked, "2016-12-31T23:59:60Z"));
    EXPECT_EQ(countAt(s, at("2016-12-31T23:59:59.999Z"), TimePoint::max()), 0u);
    EXPECT_EQ(countAt(s, at("2017-01-01T00:00:00Z"), TimePoint::max()), 1u);
}

} // namespace
} // namespace cordon
