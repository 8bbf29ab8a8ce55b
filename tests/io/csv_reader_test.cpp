#include "scratch_folder.h"
#include "table_text.h"

#include "core/io/coordinate_text.h"

#include <gtest/gtest.h>

namespace cordon {
namespace {

std::string read(const std::string& text, const std::string& name = "a.csv") {
    const ScratchFolder folder;
    return readAsText(folder.write(name, text));
}

TEST(CsvReader, FindsPlacesByTheirUsualNames) {
    for (const auto& [lat, lon] : {std::pair{"latitude", "longitude"},
                                   {"Lat", "Lng"},
                                   {"LAT", "LONG"},
                                   {"decimalLatitude", "decimalLongitude"},
                                   {"gps-point-Latitude", "gps-point-Longitude"},
                                   {"_x_latitude", "_x_longitude"},
                                   {"y", "x"},
                                   {"lat_wgs84", "lon_wgs84"},
                                   {"GPS Latitude", "GPS Longitude"}}) {
        const std::string header = std::string("name,") + lat + "," + lon;
        EXPECT_EQ(read(header + "\nGao,16.27,-0.04\n"),
                  "Point name:T " + std::string(lat) + ":R " + lon + ":R\nP(-0.04 16.27) | Gao | 16.27 | -0.04\n");
    }
}

TEST(CsvReader, PrefersColumnsThatBelongTogether) {
    EXPECT_EQ(read("a_lat,b_lat,b_lon,lat_of_nothing\n1,2,3,4\n"),
              "Point a_lat:I b_lat:I b_lon:I lat_of_nothing:I\nP(3 2) | 1 | 2 | 3 | 4\n");
}

TEST(CsvReader, ReadsSemicolonsAndDecimalCommas) {
    EXPECT_EQ(read("nom;latitude;longitude;morts\nSégou;13,44;-6,26;1,5\nMopti;14,49;-4,19;\n"),
              "Point nom:T latitude:R longitude:R morts:R\nP(-6.26 13.44) | Ségou | 13.44 | -6.26 | 1.5\n"
              "P(-4.19 14.49) | Mopti | 14.49 | -4.19 | ~\n");
    EXPECT_EQ(read("a\tlat\tlon\nx\t1\t2\n", "a.tsv"), "Point a:T lat:I lon:I\nP(2 1) | x | 1 | 2\n");
}

TEST(CsvReader, FindsTypesAndKeepsCodes) {
    EXPECT_EQ(
        read("code,n,r,b,d,t,iso\n04,1,1.5,true,2025-10-20,2025-10-20 14:00:00,NA\n07,NA,-2,FALSE,2025/01/15,,ML\n"),
        "None code:T n:I r:R b:B d:D t:d iso:T\n"
        "- | 04 | 1 | 1.5 | true | 2025-10-20 | 2025-10-20T14:00:00 | NA\n"
        "- | 07 | ~ | -2 | false | 2025-01-15 | ~ | ML\n");
}

TEST(CsvReader, ReadsQuotesAsSpreadsheetsWriteThem) {
    EXPECT_EQ(read("a,b\n\"x, \"\"y\"\"\n z\",1\n5\" pipe,2\n\"open,3\n"),
              "None a:T b:I\n- | x, \"y\"\n z | 1\n- | 5\" pipe | 2\n- | \"open | 3\n");
}

TEST(CsvReader, ReadsWellKnownText) {
    EXPECT_EQ(read("id,wkt\n1,\"POLYGON ((0 0, 4 0, 4 4, 0 0))\"\n2,\n3,POINT Z (1 2 3)\n"),
              "Geometry id:I wkt:T\nO(0 0, 4 0, 4 4, 0 0) | 1 | POLYGON ((0 0, 4 0, 4 4, 0 0))\n- | 2 | ~\n"
              "P(1 2 z3) | 3 | POINT Z (1 2 3)\n");
}

TEST(CsvReader, SplitsOneCellWithBothCoordinates) {
    EXPECT_EQ(read("name,_gps\nGao,16.27 -0.04 250 4.5\nKidal,\n"),
              "Point name:T _gps:T\nP(-0.04 16.27) | Gao | 16.27 -0.04 250 4.5\n- | Kidal | ~\n");
    EXPECT_EQ(read("name,location\nx,Gao\n"), "None name:T location:T\n- | x | Gao\n");
}

TEST(CsvReader, LeavesOutRowsItCannotPlaceAndNamesThem) {
    const ScratchFolder folder;
    const ImportResult result =
        readVector(folder.write("a.csv", "n,lat,lon\n1,12,-8\n2,,\n3,north,-8\n4,95,-8\n5,14,-4\n6,13,-5\n"));
    EXPECT_EQ(tableText(*result.tables[0]),
              "Point n:I lat:T lon:I\nP(-8 12) | 1 | 12 | -8\n- | 2 | ~ | ~\nP(-4 14) | 5 | 14 | -4\n"
              "P(-5 13) | 6 | 13 | -5\n");
    EXPECT_EQ(
        warningText(result, folder.path("")),
        "! a.csv: 1 row left out, whose coordinates cannot be understood (such as \"north, -8\"): line 4.\n"
        "! a.csv: 1 line left out, because latitude must be within 90 and longitude within 360 degrees (found -8, 95): "
        "line 5.\n");
}

TEST(CsvReader, ReadsProjectedColumnsAsTableUnlessTheCrsIsKnown) {
    const ScratchFolder folder;
    const std::string path = folder.write("a.csv", "n,x,y\n1,612000,1398000\n");
    EXPECT_EQ(readVector(path).tables[0]->geometryType, "None");
    ReadOptions options;
    options.crs = "EPSG:32629";
    EXPECT_NEAR(readVector(path, options).tables[0]->geometry.coordinates[0].latDegrees, 12.644, 0.01);
}

TEST(CsvReader, RefusesInOneSentence) {
    const ScratchFolder folder;
    EXPECT_EQ(refusal(folder.write("swapped.csv", "n,lat,lon\n1,-108,12\n2,-111,14\n")),
              "Cannot place swapped.csv on the map: latitude -108 is beyond 90, so longitude and latitude seem to be "
              "swapped; "
              "the order must be longitude first.");
    EXPECT_EQ(
        refusal(folder.write("junk.csv", "n,lat,lon\n1,here,there\n")),
        "Cannot read junk.csv: no row has coordinates that can be understood (the first says \"here, there\"); write "
        "them in degrees, such as 12.6500 and -8.0000.");
    EXPECT_EQ(refusal(folder.write("one.csv", "only\nwords\n")),
              "Cannot read one.csv: no commas, semicolons or tabs divide it into columns; save it as CSV.");
    EXPECT_EQ(refusal(folder.write("binary.csv", std::string(100, '\0'))),
              "Cannot read binary.csv: it is not a text table; check what kind of file it is.");
}

TEST(CsvReader, DecodesWindowsAndUtf16) {
    EXPECT_EQ(read("n,a\nS\xE9gou,1\n"), "None n:T a:I\n- | Ségou | 1\n");
    EXPECT_EQ(read(std::string("\xFF\xFEn\0,\0a\0\n\0\xE9\0,\0"
                               "1\0\n\0",
                               18)),
              "None n:T a:I\n- | é | 1\n");
}

TEST(CoordinateText, ReadsEverySpellingOfDegrees) {
    const double expected = 7 + 26 / 60.0 + 20.5 / 3600;
    for (const char* text : {"7°26'20.5\"E", "7° 26' 20.5\" E", "E 7 26 20.5", "7d26m20.5s", "7:26:20,5 e",
                             "7º26′20.5″E", "E7°26'20.5''"}) {
        const auto value = parseDegrees(text, Axis::Longitude);
        ASSERT_TRUE(value) << text;
        EXPECT_NEAR(*value, expected, 1e-12) << text;
    }
    EXPECT_EQ(parseDegrees("7,5 O", Axis::Longitude), -7.5);
    EXPECT_EQ(parseDegrees("S0 30", Axis::Latitude), -0.5);
    EXPECT_EQ(parseDegrees("-1.5e1", Axis::Latitude), -15.0);
    for (const char* text : {"", "north", "7 E", "7 61", "1 2 3 4", "-7 S", "7..5", "1,5,3"})
        EXPECT_FALSE(parseDegrees(text, Axis::Latitude)) << text;
}

TEST(CsvReader, GivesTheSameWithAnyNumberOfThreads) {
    const ScratchFolder folder;
    std::string csv = "name,lat,lon,when,n,r,rare\n";
    for (int i = 0; i < 120'000; ++i)
        csv += "name " + std::to_string(i) + "," + (i % 9999 == 9998 ? "nowhere" : std::to_string(i % 90)) + "," +
               std::to_string(i % 180) + (i % 2 ? ",2025-10-20T10:00:00+01:00," : ",2025-10-20T10:00:00Z,") +
               std::to_string(i) + (i == 100'000 ? ",1.5," : ",2,") + (i > 110'000 && i % 2 ? "yes\n" : "\n");
    const std::string path = folder.write("a.csv", csv);
    ReadOptions one, many;
    one.threads = 1;
    many.threads = 4;
    const ImportResult a = readVector(path, one), b = readVector(path, many);
    EXPECT_EQ(tableText(*a.tables[0]), tableText(*b.tables[0]));
    EXPECT_EQ(warningText(a), warningText(b));
    EXPECT_EQ(a.tables[0]->featureCount, 119'988u);
}

TEST(CsvReader, LooksForTheEndOfAnOpenQuoteOnce) {
    EXPECT_EQ(read("a,b\n\"open,1\n\"x\",2\n"), "None a:T b:I\n- | open,1\n\"x | 2\n");
    EXPECT_EQ(read("a,b\n\"open,1\n\"\",2\n\"more,\"\"\n"),
              "None a:T b:I\n- | \"open | 1\n- | ~ | 2\n- | \"more | ~\n");
    std::string csv = "a,b\n"; // would take hours
    for (int i = 0; i < 200'000; ++i)
        csv += "\"some text that is not short,\"1\n";
    const ScratchFolder folder;
    EXPECT_EQ(readVector(folder.write("a.csv", csv)).tables[0]->featureCount, 200'000u);
}

// A text so long that types are guessed from some of its rows; each column holds a surprise near the end.
TEST(CsvReader, SeesWhatComesLateInALongText) {
    const ScratchFolder folder;
    const auto typesWith = [&](const std::string& lastRow) {
        std::string csv = "lat,lon,n,r,b,d,iso,rare\n";
        for (int i = 0; i < 40'000; ++i)
            csv += "12.5,-8.25,1,1.5,true,2025-10-20,ML,\n";
        csv += lastRow + "\n12.5,-8.25,1,1.5,true,2025-10-20,NA,\n";
        const ImportResult result = readVector(folder.write("a.csv", csv));
        const std::string text = tableText(*result.tables[0]);
        EXPECT_EQ(result.tables[0]->featureCount, 40'002u);
        return text.substr(text.find(" n:"), text.find('\n') - text.find(" n:")) + " / " +
               text.substr(text.rfind("NA") == std::string::npos ? text.size() : text.rfind("NA"), 2);
    };
    EXPECT_EQ(typesWith("12.5,-8.25,2,2.5,false,2025-10-21,BF,"), " n:I r:R b:B d:D iso:T rare:T / NA");
    EXPECT_EQ(typesWith("12.5,-8.25,2.5,x,false,2025-10-21,BF,"), " n:R r:T b:B d:D iso:T rare:T / NA");
    EXPECT_EQ(typesWith("12.5,-8.25,x,2.5,maybe,2025-10-21T10:00Z,BF,7"), " n:T r:R b:T d:d iso:T rare:I / NA");
    EXPECT_EQ(typesWith("12.5,-8.25,1,2.5,true,no date,Mali,7.5"), " n:I r:R b:B d:T iso:T rare:R / ");
}

} // namespace
} // namespace cordon
