#include "core/model/control_at.h"

#include "tests/model/reports.h"
#include "tests/model/tables.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace cordon {
namespace {

using test::at;
using test::boxRing;
using test::controlReport;
using test::square;

RegionLookup twoRegions() {
    return RegionLookup(
        Project{.layers = {test::regionLayer({{"ML-1", boxRing(0, 0, 4, 4)}, {"ML-2", boxRing(4, 0, 8, 4)}})}});
}

ControlArea ofRegion(ControlArea report, const std::string& code) {
    report.area = {};
    report.regions = {code};
    return report;
}
ControlArea claimed(ControlArea report) {
    report.basis = ControlBasis::Claimed;
    return report;
}
ControlArea as(ControlArea report, ControlClass controlClass) {
    report.controlClass = controlClass;
    return report;
}

SituationIndex indexOf(std::initializer_list<ControlArea> reports) {
    Situation situation;
    for (const ControlArea& report : reports)
        situation.controlAreas.push_back(report);
    situation.actors = {{"FAMa", "Government of Mali", "", {}, "", {"Malian Armed Forces"}}, {"JNIM", "JNIM"}};
    return SituationIndex(std::make_shared<const Situation>(situation));
}
std::string at1x1(std::initializer_list<ControlArea> reports, const char* asOf = "2025-10-20") {
    return describe(controlAt(indexOf(reports), {1, 1}, {.asOf = at(asOf)}, twoRegions()));
}

const SmallGeometry kAround = square(0.5, 0.5, 1.5, 1.5);

TEST(ControlAt, WithoutReportsThereIsNoInformation) {
    EXPECT_EQ(at1x1({}), "no information");
    EXPECT_EQ(at1x1({controlReport("a", "JNIM", "2025-10-01", square(2, 2, 3, 3))}), "no information");
}

TEST(ControlAt, LaterReportOfTheSameOrBetterGradeWins) {
    EXPECT_EQ(
        at1x1({controlReport("a", "FAMa", "2025-08-01", kAround), controlReport("b", "JNIM", "2025-09-01", kAround)}),
        "JNIM: control");
}

TEST(ControlAt, LaterReportOfWorseGradeDisputes) {
    EXPECT_EQ(at1x1({controlReport("a", "FAMa", "2025-08-01", kAround, "B2"),
                     controlReport("b", "JNIM", "2025-09-01", kAround, "D4")}),
              "contested (JNIM, FAMa)");
}

TEST(ControlAt, OneActorByTwoNamesIsOne) {
    EXPECT_EQ(at1x1({controlReport("a", "Malian Armed Forces", "2025-08-01", kAround, "B2"),
                     controlReport("b", "fama", "2025-09-01", kAround, "D4")}),
              "FAMa: control");
}

TEST(ControlAt, AnAreaOfItsOwnGoesBeforeAWholeRegion) {
    EXPECT_EQ(at1x1({controlReport("a", "JNIM", "2025-08-01", kAround),
                     ofRegion(controlReport("b", "FAMa", "2025-09-01", {}), "ML-1")}),
              "JNIM: control");
}

TEST(ControlAt, AClaimDoesNotOverruleAnAssessment) {
    EXPECT_EQ(at1x1({controlReport("a", "FAMa", "2025-08-01", kAround, "B2"),
                     claimed(controlReport("b", "JNIM", "2025-09-01", kAround, "A1"))}),
              "FAMa: control");
    EXPECT_EQ(at1x1({claimed(controlReport("b", "JNIM", "2025-09-01", kAround, "A1"))}), "JNIM: control");
}

TEST(ControlAt, NoInformationGivesWayToAnyReport) {
    EXPECT_EQ(at1x1({ofRegion(as(controlReport("c", "", "2012-01-01", {}, "F6"), ControlClass::NoInformation), "ML-1"),
                     controlReport("a", "JNIM", "2025-08-01", kAround)}),
              "JNIM: control");
}

TEST(ControlAt, PastItsShelfLifeThereIsNoInformation) {
    EXPECT_EQ(at1x1({controlReport("a", "JNIM", "2024-08-01", kAround)}),
              "no information (last known JNIM: control, 445 days ago)");
    EXPECT_EQ(at1x1({controlReport("a", "JNIM", "2024-08-01", kAround),
                     ofRegion(controlReport("b", "FAMa", "2025-09-01", {}), "ML-1")}),
              "FAMa: control");
}

TEST(ControlAt, RegionIsKnownByItsCode) {
    const SituationIndex index = indexOf({ofRegion(controlReport("b", "FAMa", "2025-09-01", {}), "ML-1")});
    EXPECT_EQ(describe(controlOfRegion(index, "ML-1", {.asOf = at("2025-10-01")})), "FAMa: control");
    EXPECT_EQ(describe(controlOfRegion(index, "ML-2", {.asOf = at("2025-10-01")})), "no information");
}

TEST(ControlPieces, DisputedGroundIsTakenOutOfBoth) {
    const SituationIndex index = indexOf({controlReport("a", "FAMa", "2025-08-01", square(0, 0, 2, 1), "B2"),
                                          controlReport("b", "JNIM", "2025-09-01", square(1, 0, 3, 1), "D4")});
    std::string text;
    for (const ControlPiece& piece : controlPieces(index, {.asOf = at("2025-10-01")}, {})) {
        text += std::string(toWord(piece.controlClass)) + " " + piece.actor;
        for (const std::string& other : piece.otherActors)
            text += "+" + other;
        text += " " + std::to_string(piece.area.box().minX).substr(0, 3) + "-" +
                std::to_string(piece.area.box().maxX).substr(0, 3) + " of " + std::to_string(piece.reports.size()) +
                "\n";
    }
    EXPECT_EQ(text, "control FAMa 0.0-1.0 of 1\ncontrol JNIM 2.0-3.0 of 1\ncontested FAMa+JNIM 1.0-2.0 of 2\n");
}

TEST(ControlPieces, SayTheSameAsEachPoint) {
    for (unsigned seed = 1; seed <= 6; ++seed) {
        test::RandomSituation random(seed, 500, false);
        const auto situation = std::make_shared<const Situation>(random.make(2500));
        const SituationIndex index(situation);
        const TimeFilter filter{.asOf = at("2020-12-01") + std::chrono::days{300}};
        const auto pieces = controlPieces(index, filter, {});
        ASSERT_GT(pieces.size(), 3u);
        int known = 0;
        for (int i = 0; i < 4000; ++i) {
            const LonLat p{-12 + random.below(160000) / 10000.0 + 1e-5, 10 + random.below(140000) / 10000.0 + 1e-5};
            const ControlState state = controlAt(index, p, filter, {});
            std::string found = "no_information";
            for (const ControlPiece& piece : pieces) {
                bool isIn = false;
                if (piece.area.box().contains(p.lonDegrees, p.latDegrees))
                    for (const GeoRing& ring : piece.area.rings())
                        isIn ^= crossesOddly(ring.points, p);
                if (!isIn)
                    continue;
                ASSERT_EQ(found, "no_information") << "pieces overlap";
                auto actors = piece.otherActors;
                actors.push_back(piece.actor);
                std::sort(actors.begin(), actors.end());
                found = toWord(piece.controlClass);
                for (const std::string& actor : actors)
                    found += " " + actor;
            }
            auto actors = state.otherActors;
            actors.push_back(state.actor);
            std::sort(actors.begin(), actors.end());
            std::string expected(toWord(state.controlClass));
            if (state.controlClass != ControlClass::NoInformation)
                for (const std::string& actor : actors)
                    expected += " " + actor;
            ASSERT_EQ(found, expected) << seed << ": " << p.lonDegrees << " " << p.latDegrees;
            known += found != "no_information";
        }
        EXPECT_GT(known, 10);
    }
}

} // namespace
} // namespace cordon
