#include "coordinate_spellings.h"

#include "core/io/coordinate_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace cordon {
namespace {

constexpr double kToleranceDegrees = 1e-8; // about 1 mm; the expected values have as many digits

TEST(CoordinateSpellings, AllMeanTheirPlace) {
    EXPECT_GE(spellings().size(), 300U);
    for (const Spelling& spelling : spellings()) {
        const PlaceText read = readPlace(spelling.text);
        if (!read.place) {
            ADD_FAILURE() << spelling.text << " " << read.why;
            continue;
        }
        EXPECT_NEAR(read.place->latDegrees, spelling.latDegrees, kToleranceDegrees) << spelling.text;
        EXPECT_NEAR(read.place->lonDegrees, spelling.lonDegrees, kToleranceDegrees) << spelling.text;
    }
}

// Whatever follows, a spelling that was read once is never read as another place with a blank around it.
TEST(CoordinateSpellings, BlanksAroundChangeNothing) {
    for (const Spelling& spelling : spellings())
        EXPECT_EQ(readPlace(std::string(" \t") + spelling.text + "\u00A0 ").place, readPlace(spelling.text).place)
            << spelling.text;
}

struct OneAngle {
    const char* text;
    Axis axis;
    double degrees;
};

TEST(CoordinateSpellings, SingleCoordinates) {
    const Axis lat = Axis::Latitude, lon = Axis::Longitude;
    const std::vector<OneAngle> angles = {
        {"-7.44", lat, -7.44},
        {"7,44", lat, 7.44},
        {"44,567", lon, 44.567}, // umap issue 1556
        {"+7.44", lon, 7.44},
        {"−8.005", lon, -8.005},
        {"95.2", lat, 95.2},                               // no range check here
        {"7°26'20.5\"E", lon, 7 + 26. / 60 + 20.5 / 3600}, // QGIS issue 57480
        {"7.44 N", lat, 7.44},
        {"S0 08.040", lat, -8.04 / 60},
        {"7d26m20s W", lon, -(7 + 26. / 60 + 20. / 3600)},
        {"W 8° 6,0'", lon, -8.1},
        {"8°6' Ouest", lon, -8.1},
        {"8°6' O", lon, -8.1},
        {"12 39 36", lat, 12.66},
        {"-8 0 18", lon, -8.005},
        {"12°39.6'", lat, 12.66},
        {"1239.6N", lat, 12.66},
        {"00800.3W", lon, -8.005},
        {"١٢٫٦٦", lat, 12.66},
        {"12°5\"N", lat, 12 + 5. / 3600},
        {"1.2e1", lat, 12},
        {"Lat: 12.66", lat, 12.66},
        {"12.66°", lat, 12.66},
        {".5", lat, 0.5},
        {"-0.5", lat, -0.5},
        {"-0°30'", lat, -0.5},
    };
    for (const OneAngle& angle : angles) {
        const auto read = parseDegrees(angle.text, angle.axis);
        ASSERT_TRUE(read) << angle.text;
        EXPECT_NEAR(*read, angle.degrees, 1e-12) << angle.text;
    }
}

TEST(CoordinateSpellings, SingleCoordinatesRefused) {
    for (const char* text :
         {"",         "N",          "abc",        "8.0 E", "8.0 W", "-7 S",  "-7 N", "12°61'", "12°30'60\"",
          "12.5°30'", "12 39 36 5", "12°39'N 8°", "1.2.3", "1,2,3", "12--5", "N12N", "N12S",   "12'",
          "Lon: 12",  "12 kg",      "1e999",      "0x10",  "nan",   "inf",   "12/5", "12;5",   "12 -39"})
        EXPECT_FALSE(parseDegrees(text, Axis::Latitude)) << text;
}

TEST(CoordinateSpellings, RefusedWithAReason) {
    const std::vector<std::pair<const char*, const char*>> refusals = {
        {"95.2 -8.0", "is no place: the latitude 95.2 is above 90"},
        {"-95.2 -8.0", "is no place: the latitude -95.2 is below -90"},
        {"12.65 200.5", "is no place: the longitude 200.5 is above 180"},
        {"12.65 -180.1", "is no place: the longitude -180.1 is below -180"},
        {"12°61'N 8°0'W", "has 60 minutes or seconds, or more"},
        {"12°39'60\"N 8°0'0\"W", "has 60 minutes or seconds, or more"},
        {"12°39'N 8°0'N", "has two latitudes"},
        {"12°39'E 8°0'W", "has two longitudes"},
        {"-12.65 S, 8.0 W", "says both minus and S"},
        {"12,65", "is ambiguous: its comma is a decimal mark, or parts two numbers; write 12.65 -8.0"},
        {"12,65,8,0", "is ambiguous: its commas are decimal marks, or part numbers; write 12.65 -8.0"},
        {"12 39 8 0", "is ambiguous: its numbers could be degrees and minutes, or two places' worth; mark the degrees"},
        {"12 39 30", "is ambiguous: its numbers could be degrees and minutes, or two places' worth; mark the degrees"},
        {"12.65", "is one number; a place needs two"},
        {"12.65 N", "is not two coordinates"},
        {"Bamako", "is no place such as 12.65, -8.0 or 12°39'N 8°0'W"},
        {"12.65 - 8.0", "is no place such as 12.65, -8.0 or 12°39'N 8°0'W"},
        {"", "is empty"},
        {"29 612345 1398765", "does not say the hemisphere of its UTM zone; write such as 29N"},
        {"29I 612345 1398765", "has the letter I, which is no band of a UTM zone"},
        {"61N 612345 1398765", "has no UTM zone from 1 to 60"},
        {"29X 612345 1398765", "does not lie in the band X that it names"},
        {"4QFJ123", "is no MGRS place: it has an odd number of digits"},
        {"4QFI1234", "is no MGRS place: there is no such square"},
        {"POINT(8)", "is no WKT point such as POINT (-8.0 12.65)"},
        {"POINT(8 95)", "is no place: the latitude 95 is above 90"},
        {"+126100-0080000/", "has 60 minutes or seconds, or more"},
    };
    for (const auto& [text, why] : refusals) {
        const PlaceText read = readPlace(text);
        EXPECT_FALSE(read.place) << text;
        EXPECT_EQ(read.why, why) << text;
    }
}

TEST(CoordinateSpellings, OrderWhereNoLetterTells) {
    const auto read = readPlace("-8.005 12.66", PlaceOrder::LonLat).place;
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, (WrittenPlace{12.66, -8.005, {}, {}, {}}));
    EXPECT_EQ(readPlace("12.66N 8.005W", PlaceOrder::LonLat).place, readPlace("12.66N 8.005W").place);
}

TEST(CoordinateSpellings, WhatStandsBeside) {
    EXPECT_EQ(readPlace("12.66 -8.005 350.5 4.9").place, (WrittenPlace{12.66, -8.005, 350.5, 4.9, {}}));
    EXPECT_EQ(readPlace("12.66, -8.005, 350 m").place, (WrittenPlace{12.66, -8.005, 350, {}, {}}));
    EXPECT_EQ(readPlace("geo:48.2010,16.3695,183").place, (WrittenPlace{48.2010, 16.3695, 183, {}, {}}));
    EXPECT_EQ(readPlace("POINT Z (10 11 5)").place, (WrittenPlace{11, 10, 5, {}, {}}));
    EXPECT_EQ(readPlace("4QFJ1267").place->squareMeters, 1000);
    EXPECT_EQ(readPlace("4QFJ").place->squareMeters, 100000);
}

TEST(CoordinateSpellings, Traces) {
    const auto trace = parseTrace("12.66 -8.0 350 5; 12.67 -8.1 351 4;12.68 -8.2;");
    ASSERT_TRUE(trace);
    EXPECT_THAT(*trace,
                testing::ElementsAre(WrittenPlace{12.66, -8.0, 350, 5, {}}, WrittenPlace{12.67, -8.1, 351, 4, {}},
                                     WrittenPlace{12.68, -8.2, {}, {}, {}}));
    EXPECT_FALSE(parseTrace("12.66 -8.0 350 5; here"));
    EXPECT_FALSE(parseTrace(""));
}

TEST(CoordinateSpellings, LongAndOddTextsEnd) {
    for (const std::string piece :
         {"1", "°", "N", ",", "-", " ", ".", "1,", "1 ", "+1", "POINT(", "1:", "\xFF", "\xD9"}) {
        std::string text;
        while (text.size() < 100'000)
            text += piece;
        EXPECT_FALSE(readPlace(text).place) << piece;
        EXPECT_FALSE(parseTrace(text)) << piece;
        for (std::size_t n = 1; n < 300; n += 7)
            readPlace(text.substr(0, n));
    }
}

} // namespace
} // namespace cordon
