#include "core/geo/projection_patches.h"

#include "core/error.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace cordon {
namespace {

constexpr double kToleranceMeters = 0.001;

std::vector<LonLat> placesIn(const GeoBox& box, int count) {
    std::mt19937 random(7);
    std::uniform_real_distribution<double> x(box.minX, box.maxX), y(box.minY, box.maxY);
    std::vector<LonLat> places{{box.minX, box.minY}, {box.maxX, box.maxY}, {box.minX, box.maxY}};
    while (static_cast<int>(places.size()) < count)
        places.push_back({x(random), y(random)});
    return places;
}

// The greatest distance from the exact projection; infinite where only one of both has an answer.
double worstError(const char* crs, const GeoBox& box, const std::vector<LonLat>& places) {
    const Projection exact(Crs::fromText(crs));
    const ProjectionPatches patches(exact, box, kToleranceMeters);
    std::vector<MapPoint> fast(places.size()), slow(places.size());
    patches.forward(places, fast, exact);
    exact.forward(places, slow);
    double worst = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (std::isnan(fast[i].x) != std::isnan(slow[i].x))
            return INFINITY;
        if (!std::isnan(slow[i].x))
            worst = std::max(worst, std::hypot(fast[i].x - slow[i].x, fast[i].y - slow[i].y));
    }
    return worst;
}

TEST(ProjectionPatches, StayWithinTheTolerance) {
    const GeoBox mali{{-12.3, 10.1, 4.3, 25.1}}, town{{-8.1, 12.5, -7.9, 12.7}}, world{{-180, -90, 180, 90}};
    for (const char* crs : {"+proj=laea +lat_0=17 +lon_0=-4 +datum=WGS84", "EPSG:32629", "EPSG:3857"}) {
        EXPECT_LE(worstError(crs, mali, placesIn(mali, 20000)), kToleranceMeters) << crs;
        EXPECT_LE(worstError(crs, town, placesIn(town, 20000)), kToleranceMeters) << crs;
    }
    // The seam, the poles, and the far side of the globe.
    for (const char* crs : {"+proj=eqearth +lon_0=20 +datum=WGS84", "+proj=laea +lat_0=40 +lon_0=100 +datum=WGS84",
                            "+proj=ortho +lat_0=10 +lon_0=0 +datum=WGS84"})
        EXPECT_LE(worstError(crs, world, placesIn(world, 20000)), kToleranceMeters) << crs;
}

TEST(ProjectionPatches, OutsideTheExtentTheProjectionItselfAnswers) {
    const GeoBox box{{-12, 10, 4, 25}}, point{{3, 4, 3, 4}};
    const std::vector<LonLat> outside{{-13, 12}, {5, 12}, {0, 9}, {0, 26}, {std::nan(""), 12}, {0, 95}, {900, 12}};
    EXPECT_EQ(worstError("EPSG:32629", box, outside), 0);
    EXPECT_EQ(worstError("EPSG:32629", point, {{3, 4}, {3, 5}}), 0);
    EXPECT_EQ(worstError("EPSG:32629", {}, {{3, 4}, {3, 5}}), 0);
}

TEST(ProjectionPatches, FittingIsStopped) {
    const Projection exact(Crs::fromText("EPSG:32629"));
    std::stop_source stop;
    const GeoBox mali{{-12.3, 10.1, 4.3, 25.1}};
    EXPECT_NO_THROW(ProjectionPatches(exact, mali, kToleranceMeters, stop.get_token()));
    stop.request_stop();
    EXPECT_THROW(ProjectionPatches(exact, mali, kToleranceMeters, stop.get_token()), Stopped);
}

} // namespace
} // namespace cordon
