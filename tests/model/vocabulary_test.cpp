#include "core/model/vocabulary.h"

#include <gtest/gtest.h>

#include <map>

namespace cordon {
namespace {

constexpr int kSubEvents = static_cast<int>(AcledSubEvent::Other) + 1;

TEST(AcledVocabulary, Has25SubEventsOf6Events) {
    std::map<std::string_view, int> count;
    for (int i = 0; i < kSubEvents; ++i)
        ++count[acledName(acledEventOf(static_cast<AcledSubEvent>(i)))];
    EXPECT_EQ(count, (std::map<std::string_view, int>{{"Battles", 3},
                                                      {"Protests", 3},
                                                      {"Riots", 2},
                                                      {"Explosions/Remote violence", 6},
                                                      {"Violence against civilians", 3},
                                                      {"Strategic developments", 8}}));
}

TEST(AcledVocabulary, ReadsItsOwnNamesAndOurWords) {
    for (int i = 0; i < kSubEvents; ++i) {
        const auto subEvent = static_cast<AcledSubEvent>(i);
        EXPECT_EQ(fromWord<AcledSubEvent>(acledName(subEvent)), subEvent);
        EXPECT_EQ(fromWord<AcledSubEvent>(toWord(subEvent)), subEvent);
    }
    EXPECT_EQ(fromWord<AcledSubEvent>("AIR DRONE STRIKE"), AcledSubEvent::AirDroneStrike);
    EXPECT_EQ(fromWord<AcledSubEvent>("air raid"), std::nullopt);
    EXPECT_EQ(fromWord<AcledSubEvent>(""), std::nullopt);
}

TEST(AcledVocabulary, OurTypesComeBackFromTheirSubEvent) {
    for (const IncidentType type : {IncidentType::ArmedAttack, IncidentType::Explosive, IncidentType::Abduction,
                                    IncidentType::AirStrike, IncidentType::Protest, IncidentType::Looting})
        EXPECT_EQ(incidentTypeOf(*acledSubEventOf(type)), type) << toWord(type);
    EXPECT_EQ(acledSubEventOf(IncidentType::Other), std::nullopt);
}

TEST(UcdpVocabulary, ReadsNumbersAndWords) {
    EXPECT_EQ(fromWord<UcdpViolence>("1"), UcdpViolence::StateBased);
    EXPECT_EQ(fromWord<UcdpViolence>("non-state"), UcdpViolence::NonState);
    EXPECT_EQ(toWord(UcdpViolence::OneSided), "one_sided");
    EXPECT_EQ(fromWord<UcdpViolence>("4"), std::nullopt);
    EXPECT_EQ(locationPrecisionFromUcdp(1), LocationPrecision::Exact);
    EXPECT_EQ(locationPrecisionFromUcdp(7), LocationPrecision::Country);
    EXPECT_EQ(locationPrecisionFromUcdp(0), LocationPrecision::Unknown);
    EXPECT_EQ(datePrecisionFromUcdp(4), DatePrecision::Month);
}

TEST(SdiTVocabulary, MapsObstaclesOneToOne) {
    for (int i = 0; i < 16; ++i) {
        const auto type = static_cast<ObstacleType>(i);
        EXPECT_EQ(obstacleFromSdiT(sdiTObstacle(type)), type);
        EXPECT_EQ(obstacleFromSdiT(toWord(type)), type);
    }
    EXPECT_EQ(sdiTObstacle(ObstacleType::MinesUxo), "Mines/UXO");
}

TEST(SdiTVocabulary, MapsStatusesToTheirFive) {
    EXPECT_EQ(sdiTStatus(RoadStatusKind::Impassable), "Closed");
    EXPECT_EQ(sdiTStatus(RoadStatusKind::Contested), "Unknown");
    EXPECT_EQ(roadStatusFromSdiT("closed"), RoadStatusKind::Blocked);
    EXPECT_EQ(roadStatusFromSdiT("Planned"), RoadStatusKind::Unknown);
    EXPECT_EQ(roadStatusFromSdiT("ajar"), std::nullopt);
}

TEST(IswVocabulary, MapsTheSahelClasses) {
    for (const auto controlClass : {ControlClass::AttackZone, ControlClass::Contested, ControlClass::Support})
        EXPECT_EQ(controlFromIsw(iswName(controlClass, ControlBasis::Assessed))->controlClass, controlClass);
    EXPECT_EQ(controlFromIsw("claimed control"), (IswClass{ControlClass::Control, ControlBasis::Claimed}));
    EXPECT_EQ(iswName(ControlClass::NoInformation, ControlBasis::Assessed), "");
}

} // namespace
} // namespace cordon
