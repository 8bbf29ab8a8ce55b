#include "core/io/small_geometry.h"

#include "core/error.h"

#include <gtest/gtest.h>

namespace cordon {
namespace {

std::string describe(const SmallGeometry& geometry) {
    static const char* const kKinds[] = {"none", "point", "line", "polygon"};
    std::string text = kKinds[static_cast<int>(geometry.kind)];
    for (const SmallGeometry::Part& part : geometry.parts) {
        text += part.isHole ? " hole(" : " (";
        for (const LonLat p : part.points)
            text += (text.back() == '(' ? "" : ", ") + std::to_string(static_cast<int>(p.lonDegrees)) + " " +
                    std::to_string(static_cast<int>(p.latDegrees));
        text += ")";
    }
    return text;
}

std::string fromWkt(const std::string& wkt) {
    try {
        return describe(geometryFromWkt(wkt));
    } catch (const Error& error) {
        return error.what();
    }
}

TEST(SmallGeometry, ReadsEveryKindOfWkt) {
    EXPECT_EQ(fromWkt("POINT (1 2)"), "point (1 2)");
    EXPECT_EQ(fromWkt("point z(1 2 300)"), "point (1 2)");
    EXPECT_EQ(fromWkt("SRID=4326;POINT(1 2)"), "point (1 2)");
    EXPECT_EQ(fromWkt("MULTIPOINT (1 2, 3 4)"), "point (1 2) (3 4)");
    EXPECT_EQ(fromWkt("MULTIPOINT ((1 2), (3 4))"), "point (1 2) (3 4)");
    EXPECT_EQ(fromWkt("LINESTRING (1 2, 3 4)"), "line (1 2, 3 4)");
    EXPECT_EQ(fromWkt("MULTILINESTRING ((1 2, 3 4), (5 6, 7 8))"), "line (1 2, 3 4) (5 6, 7 8)");
    EXPECT_EQ(fromWkt("POLYGON ((0 0, 9 0, 9 9, 0 0), (5 2, 6 2, 6 3, 5 2))"),
              "polygon (0 0, 9 0, 9 9, 0 0) hole(5 2, 6 2, 6 3, 5 2)");
    EXPECT_EQ(fromWkt("MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((5 5, 6 5, 6 6, 5 5)))"),
              "polygon (0 0, 1 0, 1 1, 0 0) (5 5, 6 5, 6 6, 5 5)");
    EXPECT_EQ(fromWkt("POLYGON EMPTY"), "none");
}

TEST(SmallGeometry, ClosesAnOpenRing) {
    EXPECT_EQ(fromWkt("POLYGON ((0 0, 1 0, 1 1))"), "polygon (0 0, 1 0, 1 1, 0 0)");
}

TEST(SmallGeometry, SaysWhatIsWrongWithWkt) {
    EXPECT_EQ(fromWkt("POINT (1)"), "it is not WKT: a coordinate is missing at character 9");
    EXPECT_EQ(fromWkt("POINT (1 2"), "it is not WKT: ')' is missing at character 11");
    EXPECT_EQ(fromWkt("POINT (1 2) x"), "there is text after its last parenthesis");
    EXPECT_EQ(fromWkt("POINT (1 95)"), "the latitude 95 is beyond 90 degrees");
    EXPECT_EQ(fromWkt("POINT (nan 5)"), "a coordinate is not a finite number");
    EXPECT_EQ(fromWkt("POINT (200 5)"), "the longitude 200 is beyond 180 degrees");
    EXPECT_EQ(fromWkt("LINESTRING (1 2)"), "a line has fewer than 2 points");
    EXPECT_EQ(fromWkt("POLYGON ((1 2, 3 4))"), "a polygon ring has fewer than 4 points");
    EXPECT_EQ(fromWkt("POLYGON (1 2, 3 4, 5 6)"), "its coordinates are not nested lists of numbers");
    EXPECT_EQ(fromWkt("CIRCLE (1 2, 3 4)"), "'CIRCLE' is not a point, line or polygon");
    EXPECT_EQ(fromWkt("SRID=32629;POINT (1 2)"), "its SRID is not 4326 (WGS 84)");
    EXPECT_EQ(fromWkt("12.5"), "it is not WKT such as POINT (-8.0 12.6)");
    EXPECT_EQ(fromWkt("POLYGON " + std::string(100000, '(')), "its parentheses are nested too deep");
}

} // namespace
} // namespace cordon
