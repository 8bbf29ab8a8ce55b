#include "core/model/shelf_life.h"

#include "tests/model/reports.h"

#include <gtest/gtest.h>

namespace cordon {
namespace {

using test::at;
using test::roadReport;

TEST(ShelfLife, AFortyDayOldCheckpointIsStaleAndABlockadeOfThatAgeIsNot) {
    const ShelfLives lives;
    const auto isStaleAfter40Days = [&](ObstacleType cause) {
        return isStale(lives, roadReport("R", RoadStatusKind::Blocked, "2025-09-10", "B2", cause), at("2025-10-20"));
    };
    EXPECT_TRUE(isStaleAfter40Days(ObstacleType::CheckpointUnofficial));
    EXPECT_TRUE(isStaleAfter40Days(ObstacleType::CheckpointOfficial));
    EXPECT_FALSE(isStaleAfter40Days(ObstacleType::Roadblock));
    EXPECT_FALSE(isStaleAfter40Days(ObstacleType::BridgeDamage));
}

TEST(ShelfLife, EndsAfterItsLastMoment) {
    const RoadStatus checkpoint =
        roadReport("R", RoadStatusKind::Blocked, "2025-09-10", "B2", ObstacleType::CheckpointUnofficial);
    EXPECT_FALSE(isStale({}, checkpoint, at("2025-09-13")));
    EXPECT_TRUE(isStale({}, checkpoint, at("2025-09-13") + std::chrono::milliseconds{1}));
    EXPECT_EQ(staleFrom({}, checkpoint), at("2025-09-13") + std::chrono::milliseconds{1});
}

TEST(ShelfLife, CountsFromTheLastConfirmationUpToTheDate) {
    RoadStatus r = roadReport("R", RoadStatusKind::Blocked, "2025-09-01");
    r.head.confirmed = at("2025-10-01");
    EXPECT_EQ(ageDays(r.head, at("2025-10-11")), 10);
    EXPECT_EQ(ageDays(r.head, at("2025-09-15")), 0); // confirmed later: it held on that day
    r.head.confirmed = at("2025-08-01");             // before it began
    EXPECT_EQ(ageDays(r.head, at("2025-10-01")), 30);
}

TEST(ShelfLife, AnOpenRoadGoesByItsStatus) {
    EXPECT_EQ(shelfLifeDays({}, roadReport("R", RoadStatusKind::Open, "2025-09-01", "B2", ObstacleType::BridgeDamage)),
              30);
    EXPECT_EQ(shelfLifeDays({}, roadReport("R", RoadStatusKind::Unknown, "2025-09-01")), std::nullopt);
}

TEST(ShelfLife, HoldsAtTheEndsOfTheCalendar) {
    RoadStatus r = roadReport("R", RoadStatusKind::Blocked, "2025-09-01");
    r.head.valid.begin = TimePoint::min();
    EXPECT_TRUE(isStale({}, r, TimePoint::max()));
    EXPECT_FALSE(isStale({}, r, TimePoint::min()));
    r.head.valid.begin = TimePoint::max();
    EXPECT_EQ(staleFrom({}, r), std::nullopt);
}

TEST(ShelfLife, TableCanBeEditedByItsKeys) {
    ShelfLives lives;
    for (const auto& [key, days] : shelfLifeEntries(lives))
        EXPECT_TRUE(setShelfLife(lives, key, days)) << key;
    EXPECT_EQ(lives, ShelfLives{});
    EXPECT_EQ(shelfLifeEntries(lives).size(), 15u + 7 + 6 + 2);
    EXPECT_TRUE(setShelfLife(lives, "road.roadblock", 7));
    EXPECT_EQ(shelfLifeDays(lives, roadReport("R", RoadStatusKind::Blocked, "2025-09-01")), 7);
    EXPECT_TRUE(setShelfLife(lives, "control.control", ShelfLives::kNever));
    EXPECT_EQ(shelfLifeDays(lives, ControlArea{}), std::nullopt);
    EXPECT_FALSE(setShelfLife(lives, "road.dragon", 7));
    EXPECT_FALSE(setShelfLife(lives, "road.roadblock", -1));
}

} // namespace
} // namespace cordon
