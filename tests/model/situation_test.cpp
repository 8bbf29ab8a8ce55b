#include "core/model/situation.h"

#include <gtest/gtest.h>

namespace cordon {
namespace {

TEST(Vocabulary, EveryWordReadsBackAsItself) {
    const auto check = []<class E>(E, int count) {
        for (int i = 0; i < count; ++i)
            EXPECT_EQ(fromWord<E>(toWord(static_cast<E>(i))), static_cast<E>(i)) << i;
    };
    check(ControlClass{}, 6);
    check(ControlBasis{}, 2);
    check(RoadStatusKind{}, 7);
    check(ObstacleType{}, 16);
    check(TrafficDirection{}, 3);
    check(IncidentType{}, 10);
    check(LocationPrecision{}, 7);
    check(DatePrecision{}, 5);
}

TEST(Vocabulary, IsForgivingInSpellingOnly) {
    EXPECT_EQ(fromWord<ControlClass>(" No Information "), ControlClass::NoInformation);
    EXPECT_EQ(fromWord<ObstacleType>("Mines-UXO"), ObstacleType::MinesUxo);
    EXPECT_EQ(fromWord<RoadStatusKind>("closed"), std::nullopt);
    EXPECT_EQ(fromWord<RoadStatusKind>(""), std::nullopt);
}

TEST(Grade, WorseOrUnjudgedIsNotEnough) {
    const auto enough = [](const char* grade, const char* limit) {
        return Grade::fromText(grade)->isAtLeast(*Grade::fromText(limit));
    };
    EXPECT_TRUE(enough("B2", "B2"));
    EXPECT_TRUE(enough("A1", "B2"));
    EXPECT_FALSE(enough("C2", "B2"));
    EXPECT_FALSE(enough("B3", "B2"));
    EXPECT_FALSE(enough("F6", "E5"));
    EXPECT_TRUE(enough("F6", "F6"));
    EXPECT_FALSE(Grade::fromText("G1") || Grade::fromText("A7") || Grade::fromText("B") || Grade::fromText("B22"));
    EXPECT_EQ(Grade::fromText("b2")->toText(), "B2");
}

TEST(Situation, ActorsAreFoundByIdNameAndAlias) {
    Situation situation;
    situation.actors = {{.id = "fama", .name = "Malian Armed Forces", .nameFr = "", .aliases = {"FAMa", "army"}},
                        {.id = "jnim", .name = "JNIM", .nameFr = "GSIM", .aliases = {}}};
    EXPECT_EQ(situation.findActor("ARMY"), &situation.actors[0]);
    EXPECT_EQ(situation.findActor("malian armed forces"), &situation.actors[0]);
    EXPECT_EQ(situation.findActor("gsim"), &situation.actors[1]);
    EXPECT_EQ(situation.findActor(""), nullptr);
    EXPECT_EQ(situation.findActor("nobody"), nullptr);
}

} // namespace
} // namespace cordon
