#include "core/geo/overlay.h"

#include "core/geo/geodesic.h"

#include <gtest/gtest.h>

#include <cmath>
#include <thread>

namespace cordon {
namespace {

GeoRing box(double west, double south, double east, double north, bool isHole = false) {
    return {{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}, isHole};
}
Area areaOf(std::vector<GeoRing> rings) {
    return Area(rings);
}
double squareKm(const Area& area) {
    return area.squareMeters() / 1e6;
}

// Between parallels and meridians the area is exact: R_q^2-weighted, from the closed form of the authalic latitude
// (Snyder 1987, Map Projections: A Working Manual, eq. 3-12), WGS 84.
double quadSquareKm(double west, double south, double east, double north) {
    const double a = 6378.137, f = 1 / 298.257223563, e2 = f * (2 - f), e = std::sqrt(e2);
    const auto q = [&](double lat) {
        const double s = std::sin(lat * M_PI / 180);
        return (1 - e2) * (s / (1 - e2 * s * s) - 1 / (2 * e) * std::log((1 - e * s) / (1 + e * s)));
    };
    return a * a * (east - west) * M_PI / 180 * (q(north) - q(south)) / 2;
}

TEST(Area, OfAQuadOfTheGraticuleIsExact) {
    EXPECT_NEAR(squareKm(areaOf({box(-10, 12, -5, 16)})), quadSquareKm(-10, 12, -5, 16), 0.3); // of 237,000
    EXPECT_NEAR(squareKm(areaOf({box(-10, 12, -9, 13)})), quadSquareKm(-10, 12, -9, 13), 0.02);
}

TEST(Area, HolesDoNotCount) {
    EXPECT_NEAR(squareKm(areaOf({box(0, 0, 2, 2), box(0.5, 0.5, 1, 1, true)})),
                quadSquareKm(0, 0, 2, 2) - quadSquareKm(0.5, 0.5, 1, 1), 0.05);
}

TEST(Area, OverlappingPolygonsCountOnce) {
    EXPECT_NEAR(squareKm(areaOf({box(0, 0, 2, 2), box(1, 0, 3, 2)})), quadSquareKm(0, 0, 3, 2), 0.05);
}

TEST(Area, PartsAddUpToTheWhole) {
    const Area a = areaOf({box(-8, 12, -3, 15)}), b = areaOf({{{{-6, 13}, {-1, 14}, {-4, 18}, {-6, 13}}, false}});
    const double whole = a.squareMeters();
    EXPECT_NEAR(a.minus(b).squareMeters() + a.intersected(b).squareMeters(), whole, whole * 1e-8);
    EXPECT_NEAR(a.united(b).squareMeters(), whole + b.minus(a).squareMeters(), whole * 1e-8);
}

TEST(Area, OfASmallCircleIsThatOfItsPolygon) {
    const auto ring = circle({-6.1443, 14.882}, 12000, 48);
    EXPECT_NEAR(areaOf({{ring, false}}).squareMeters(), ringAreaSquareMeters(ring), ringAreaSquareMeters(ring) * 1e-6);
}

TEST(Area, DifferenceOfEqualAreasIsEmpty) {
    const Area a = areaOf({{circle({-6, 14}, 90000, 400), false}});
    EXPECT_TRUE(a.minus(areaOf({{circle({-6, 14}, 90000, 400), false}})).isEmpty());
    EXPECT_EQ(a.minus(Area()).rings(), a.rings());
    EXPECT_TRUE(Area().minus(a).isEmpty());
}

TEST(Area, AreasThatOnlyTouchDoNotMeet) {
    EXPECT_TRUE(areaOf({box(0, 0, 1, 1)}).intersected(areaOf({box(1, 0, 2, 1)})).isEmpty());
    EXPECT_TRUE(areaOf({box(0, 0, 1, 1)}).intersected(areaOf({box(5, 5, 6, 6)})).isEmpty());
}

TEST(Area, BadRingsArePutRight) {
    // A bow tie: two triangles, each a quarter of the square.
    const Area tie = areaOf({{{{0, 0}, {1, 1}, {1, 0}, {0, 1}, {0, 0}}, false}});
    EXPECT_NEAR(squareKm(tie), quadSquareKm(0, 0, 1, 1) / 2, 1);
    EXPECT_NEAR(squareKm(areaOf({{{{0, 0}, {1, 0}, {1, 1}, {0, 1}}, false}})), quadSquareKm(0, 0, 1, 1), 0.01); // open
    EXPECT_TRUE(areaOf({{{{0, 0}, {1, 1}}, false}}).isEmpty());
    EXPECT_TRUE(areaOf({{{{0, 0}, {std::nan(""), 1}, {1, 0}, {0, 0}}, false}}).isEmpty());
    EXPECT_TRUE(areaOf({box(0, 0, 1, 1, true)}).isEmpty());
}

TEST(Area, SliversCanBeLeftOut) {
    const Area a = areaOf({box(0, 0, 1, 1), box(2, 0, 2.0001, 0.0001)});
    EXPECT_EQ(a.rings().size(), 2u);
    EXPECT_EQ(a.withoutSlivers(1000).rings().size(), 1u);
}

TEST(Area, OutlivesTheThreadThatMadeIt) {
    Area a;
    std::thread([&] { a = areaOf({box(0, 0, 1, 1)}); }).join();
    EXPECT_NEAR(squareKm(a.minus(areaOf({box(0, 0, 0.5, 1)}))), quadSquareKm(0.5, 0, 1, 1), 0.01);
}

} // namespace
} // namespace cordon
