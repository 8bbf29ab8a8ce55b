#include "core/render/map_view.h"

#include "core/error.h"

#include <cmath>
#include <gtest/gtest.h>
#include <string>

namespace cordon {
namespace {

constexpr LonLat kBamako{-8.0029, 12.6392};

// All of the geographic box lies inside what the view shows.
void expectAllVisible(const GeoBox& box, const MapView& view) {
    const Projection projection(view.crs);
    const MapBox visible = view.box();
    for (int i = 0; i <= 20; ++i)
        for (int j = 0; j <= 20; ++j) {
            const LonLat place{box.minX + box.width() * i / 20, box.minY + box.height() * j / 20};
            const auto at = projection.forward(place);
            ASSERT_TRUE(at) << place.lonDegrees << " " << place.latDegrees;
            EXPECT_TRUE(visible.contains(at->x, at->y)) << place.lonDegrees << " " << place.latDegrees;
        }
}

TEST(MapView, PageAndMapCoordinatesAreInverse) {
    const MapView view{Crs::webMercator(), {-890000, 1420000}, 250, 801, 600, 96};
    const MapPoint at = view.mapPoint(123.5, 456.25);
    EXPECT_DOUBLE_EQ(view.pageX(at.x), 123.5);
    EXPECT_DOUBLE_EQ(view.pageY(at.y), 456.25);
    EXPECT_DOUBLE_EQ(view.pageX(view.box().minX), 0);
    EXPECT_DOUBLE_EQ(view.pageY(view.box().minY), 600);
}

TEST(MapView, ScaleIsTrueAtTheCenterInEveryProjection) {
    for (const char* crs : {"EPSG:32629", "EPSG:4326", "EPSG:3857", "+proj=laea +lat_0=15 +lon_0=-5 +datum=WGS84"})
        for (const LonLat center : {kBamako, LonLat{-4, 71.5}})
            for (const double scale : {5000.0, 1000000.0}) {
                const MapView view = viewAt(center, scale, Crs::fromText(crs), 1000, 700, 150);
                EXPECT_NEAR(view.scaleDenominator(), scale, scale * 1e-6) << crs;
            }
}

TEST(MapView, WebMercatorFarFromTheEquatorIsHonest) {
    // At 60 degrees a metre of Web Mercator is about half a metre on the ground.
    const MapView atEquator{Crs::webMercator(), {0, 0}, 100, 800, 600, 96};
    const auto north = Projection(Crs::webMercator()).forward(LonLat{0, 60});
    const MapView atSixty{Crs::webMercator(), *north, 100, 800, 600, 96};
    EXPECT_NEAR(atSixty.scaleDenominator() / atEquator.scaleDenominator(), 0.5, 0.002);
    EXPECT_NEAR(atEquator.scaleDenominator(), 100 * 96 / 0.0254, 100 * 96 / 0.0254 * 1e-6);
}

TEST(MapView, ShowsAllOfAnExtent) {
    const GeoBox mali{{-12.3, 10.1, 4.3, 25.0}};
    for (const char* crs : {"EPSG:32629", "EPSG:4326", "EPSG:3857", "+proj=laea +lat_0=15 +lon_0=-5 +datum=WGS84"})
        for (const auto& [width, height] : {std::pair{1000, 400}, std::pair{400, 1000}, std::pair{1, 1}})
            expectAllVisible(mali, viewOf(mali, Crs::fromText(crs), width, height, 96));
}

TEST(MapView, FitsTheExtentTightly) {
    const MapView view = viewOf(GeoBox{{-10, 0, 10, 10}}, Crs(), 1000, 1000, 96, 0);
    EXPECT_DOUBLE_EQ(view.unitsPerPx, 20.0 / 1000);
    EXPECT_DOUBLE_EQ(view.center.y, 5);
}

TEST(MapView, APlaceAloneGetsItsSurroundings) {
    const MapView view =
        viewOf(GeoBox{{kBamako.lonDegrees, kBamako.latDegrees, kBamako.lonDegrees, kBamako.latDegrees}},
               Crs::fromText("EPSG:32629"), 500, 400, 96);
    EXPECT_GT(view.box().width(), 1900);
    EXPECT_LT(view.box().width(), 5000);
}

TEST(MapView, RefusesWhatTheProjectionDoesNotReach) {
    EXPECT_THROW(viewAt({0, 90}, 1000, Crs::webMercator(), 100, 100, 96), Error);
    EXPECT_THROW(viewAt(kBamako, 0, Crs::webMercator(), 100, 100, 96), Error);
    EXPECT_THROW(viewAt(kBamako, NAN, Crs::webMercator(), 100, 100, 96), Error);
}

TEST(SuitableCrs, FollowsTheSizeOfTheExtent) {
    EXPECT_EQ(suitableCrs(GeoBox{{-8.2, 12.4, -7.8, 12.8}}).definition(), "EPSG:32629");
    EXPECT_EQ(suitableCrs(GeoBox{{15.1, -4.5, 15.5, -4.1}}).definition(), "EPSG:32733");
    EXPECT_EQ(suitableCrs(GeoBox{{-8, 12, -4, 16}}).name(), "WGS 84 / Transverse Mercator, 6°W");
    EXPECT_EQ(suitableCrs(GeoBox{{-12.6, 9.6, 4.3, 25.1}}).name(), "WGS 84 / Lambert azimuthal equal-area, 17°N 4°W");
    EXPECT_EQ(suitableCrs(GeoBox{{-180, -90, 180, 90}}).name(), "WGS 84 / Equal Earth, 0°E");
    EXPECT_EQ(suitableCrs(GeoBox{}).name(), "WGS 84 / Equal Earth, 0°E");
}

TEST(SuitableCrs, AcrossTheAntimeridianIsCenteredThere) {
    EXPECT_EQ(suitableCrs(GeoBox{{170, -25, 190, -10}}).name(), "WGS 84 / Lambert azimuthal equal-area, 18°S 180°W");
}

TEST(SuitableCrs, ReachesAllOfTheExtent) {
    for (const GeoBox& box : {GeoBox{{-8.2, 12.4, -7.8, 12.8}}, GeoBox{{-18, -35, 52, 38}},
                              GeoBox{{-180, -85, 180, 85}}, GeoBox{{-10, 70, 30, 90}}, GeoBox{{-12.6, 9.6, 4.3, 25.1}}})
        expectAllVisible(box, viewOf(box, suitableCrs(box), 640, 480, 96));
}

} // namespace
} // namespace cordon
