#include "core/geo/geodesic.h"

#include <gtest/gtest.h>

namespace cordon {
namespace {

// Figures from the GeographicLib documentation (Karney 2013): Wellington to Salamanca; the outline of Antarctica.
TEST(Geodesic, AgreesWithPublishedFigures) {
    EXPECT_NEAR(distanceMeters({174.81, -41.32}, {-5.50, 40.96}), 19959679.26735, 0.001);
    const LonLat antarctica[] = {{-58, -63.1}, {-74, -72.9}, {-102, -71.9}, {-102, -74.9}, {-131, -74.3}, {-163, -77.5},
                                 {163, -77.4}, {172, -71.7}, {140, -65.9},  {113, -65.7},  {88, -66.6},   {59, -66.9},
                                 {25, -69.8},  {-4, -70.0},  {-14, -71.0},  {-33, -77.3},  {-46, -77.9},  {-61, -74.7}};
    EXPECT_NEAR(ringAreaSquareMeters(antarctica), 13662703680020.1, 1);
}

TEST(Geodesic, AreaIgnoresDirectionAndClosing) {
    const LonLat open[] = {{0, 0}, {1, 0}, {1, 1}, {0, 1}};
    const LonLat closedReversed[] = {{0, 0}, {0, 1}, {1, 1}, {1, 0}, {0, 0}};
    EXPECT_NEAR(ringAreaSquareMeters(open), ringAreaSquareMeters(closedReversed), 1e-3);
}

TEST(Geodesic, CircleIsClosedAndRound) {
    const LonLat center{-6.1443, 14.882};
    const auto ring = circle(center, 12000, 36);
    ASSERT_EQ(ring.size(), 37u);
    EXPECT_EQ(ring.front(), ring.back());
    for (const LonLat& p : ring)
        EXPECT_NEAR(distanceMeters(center, p), 12000, 1e-6);
}

TEST(LineStretch, IsCutByLengthNotByVertices) {
    const LonLat line[] = {{0, 0}, {1, 0}, {4, 0}}; // on the equator: degrees are proportional to metres
    const auto middle = lineStretch(line, 0.125, 0.5);
    ASSERT_EQ(middle.size(), 3u);
    EXPECT_NEAR(middle[0].lonDegrees, 0.5, 1e-9);
    EXPECT_EQ(middle[1], (LonLat{1, 0}));
    EXPECT_NEAR(middle[2].lonDegrees, 2, 1e-9);
}

TEST(LineStretch, WholeAndReversedFractions) {
    const LonLat line[] = {{0, 0}, {1, 0}, {2, 0}};
    EXPECT_EQ(lineStretch(line, 0, 1).size(), 3u);
    EXPECT_EQ(lineStretch(line, 0.75, 0.25), lineStretch(line, 0.25, 0.75));
    EXPECT_EQ(lineStretch(line, -3, 7).size(), 3u);
}

TEST(LineStretch, PiecesAddUpToTheWhole) {
    const LonLat line[] = {{-9.19, 14.54}, {-8.84, 14.51}, {-8.57, 14.54}, {-8.09, 13.88}, {-8.0, 12.65}};
    const double whole = lengthMeters(line);
    EXPECT_NEAR(lengthMeters(lineStretch(line, 0, 0.3)) + lengthMeters(lineStretch(line, 0.3, 1)), whole, 0.5);
}

} // namespace
} // namespace cordon
