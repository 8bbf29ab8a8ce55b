#include "core/geo/crs.h"

#include "core/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace cordon {
namespace {

using testing::HasSubstr;

struct ControlPoint {
    const char* crs;
    LonLat place;
    MapPoint expected;
    double toleranceUnits;
};

// Sources: EPSG Guidance Note 7-2 (2019), worked examples of "Popular Visualisation Pseudo-Mercator" and "Lambert
// Azimuthal Equal Area" (ETRS89-LAEA); the origin of UTM zone 29 by definition.
const ControlPoint kPoints[] = {
    {"EPSG:3857", {-100 - 20.0 / 60, 24 + 22.0 / 60 + 54.433 / 3600}, {-11169055.58, 2800000.00}, 0.02},
    {"EPSG:3035", {5, 50}, {3962799.45, 2999718.85}, 0.02},
    {"EPSG:32629", {-9, 0}, {500000, 0}, 0.001},
};

TEST(Projection, AgreesWithPublishedControlPoints) {
    for (const ControlPoint& point : kPoints) {
        const Projection projection(Crs::fromText(point.crs));
        const auto forward = projection.forward(point.place);
        ASSERT_TRUE(forward) << point.crs;
        EXPECT_NEAR(forward->x, point.expected.x, point.toleranceUnits) << point.crs;
        EXPECT_NEAR(forward->y, point.expected.y, point.toleranceUnits) << point.crs;
        const auto back = projection.inverse(point.expected);
        ASSERT_TRUE(back) << point.crs;
        EXPECT_NEAR(back->lonDegrees, point.place.lonDegrees, 1e-6) << point.crs;
        EXPECT_NEAR(back->latDegrees, point.place.latDegrees, 1e-6) << point.crs;
    }
}

TEST(Projection, ClosedFormMercatorIsProjsMercator) {
    const Projection closed(Crs::webMercator());
    const Projection byProj(Crs::fromText("+proj=webmerc +datum=WGS84 +units=m +type=crs"));
    for (double lat = -85; lat <= 85; lat += 4.9)
        for (double lon = -180; lon <= 180; lon += 17) {
            const LonLat place{lon, lat};
            const auto a = closed.forward(place), b = byProj.forward(place);
            ASSERT_TRUE(a && b);
            EXPECT_NEAR(a->x, b->x, 1e-6);
            EXPECT_NEAR(a->y, b->y, 1e-6);
        }
}

TEST(Projection, BulkSaysHowManyPointsHaveNoAnswer) {
    const LonLat in[] = {{0, 0}, {0, 90}, {0, 95}, {std::nan(""), 0}};
    for (const char* crs : {"EPSG:3857", "EPSG:32629"}) {
        MapPoint out[4];
        const std::size_t failed = Projection(Crs::fromText(crs)).forward(in, out);
        EXPECT_FALSE(std::isnan(out[0].x)) << crs;
        EXPECT_TRUE(std::isnan(out[2].x) && std::isnan(out[3].x)) << crs;
        EXPECT_EQ(failed, std::isnan(out[1].x) ? 3u : 2u) << crs;
    }
}

TEST(Projection, BoxIncludesTheBulgeOfItsEdges) {
    // The northern edge of a wide box in a conic-like projection bulges: its middle lies outside the corners' box.
    const Projection projection(Crs::fromText("+proj=laea +lat_0=17 +lon_0=-4 +datum=WGS84 +units=m"));
    GeoBox box;
    box.include(-14, 10);
    box.include(6, 25);
    const MapBox mapped = projection.forward(box);
    for (double lon = -14; lon <= 6; lon += 0.5)
        for (const double lat : {10.0, 25.0}) {
            const auto p = projection.forward(LonLat{lon, lat});
            ASSERT_TRUE(p);
            EXPECT_TRUE(mapped.contains(p->x, p->y)) << lon << " " << lat;
        }
}

TEST(Crs, KnowsWhatItIs) {
    EXPECT_TRUE(Crs().isWgs84());
    EXPECT_TRUE(Crs::fromText("EPSG:4326").isGeographic());
    EXPECT_TRUE(Crs::fromText("EPSG:3857").isWebMercator());
    EXPECT_EQ(Crs::fromText("epsg:32629").name(), "WGS 84 / UTM zone 29N");
    EXPECT_EQ(Crs::fromText("EPSG:32629").metersPerUnit(), 1);
    EXPECT_NEAR(Crs::fromText("EPSG:2227").metersPerUnit(), 0.3048006096, 1e-9); // US survey feet
    EXPECT_EQ(Crs::fromText(" EPSG:32629\n"), Crs::fromText("EPSG:32629"));
}

TEST(Crs, RecognisesEsriWkt) {
    const Crs crs =
        Crs::fromText("GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137.0,298.257223563]],"
                      "PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]");
    EXPECT_TRUE(crs.isWgs84()) << crs.definition();
}

TEST(Crs, DefinitionReadsBackAsTheSame) {
    for (const char* text : {"EPSG:4326", "EPSG:32629", "+proj=laea +lat_0=17 +lon_0=-4 +datum=WGS84 +units=m"}) {
        const Crs crs = Crs::fromText(text);
        EXPECT_EQ(Crs::fromText(crs.definition()), crs) << text;
    }
}

TEST(Crs, RefusalNamesWhatWasGiven) {
    for (const char* text : {"EPSG:999999", "hello", "", "+proj=nonsense", "EPSG:5773"}) { // 5773: a vertical CRS
        try {
            Crs::fromText(text);
            FAIL() << text << " was accepted";
        } catch (const Error& error) {
            EXPECT_THAT(error.what(), HasSubstr(text));
        }
    }
}

} // namespace
} // namespace cordon
