// NMEA logs, Cursor-on-Target, photos, what gpsbabel reads, OpenStreetMap.
#include "core/io/exif.h"
#include "scratch_folder.h"
#include "table_text.h"
#include "zip_text.h"

#include <cstdio>
#include <gtest/gtest.h>
#include <unistd.h>

namespace cordon {
namespace {

std::string withChecksum(const std::string& sentence) {
    unsigned sum = 0;
    for (const char c : sentence)
        sum ^= static_cast<unsigned char>(c);
    char text[8];
    std::snprintf(text, sizeof text, "*%02X\r\n", sum);
    return "$" + sentence + text;
}

TEST(NmeaReader, JoinsSentencesOfOneInstantAndGoesOverMidnight) {
    const ScratchFolder folder;
    const std::string log = withChecksum("GPGGA,235958.00,1230.0000,N,00800.0000,W,1,08,0.9,300.5,M,50,M,,") +
                            withChecksum("GPRMC,235958.00,A,1230.0000,N,00800.0000,W,1.0,90.0,311225,,,A") +
                            "2026-01-01 noise before " + withChecksum("GNGLL,1231.5000,N,00801.0000,W,000001.25,A,A") +
                            withChecksum("GLGGA,000002,1232.0,N,00802.0,W,0,,,,,,,,") +
                            "$GPGGA,000003,1233.0,N,00803.0,W,1,08,0.9,310,M,50,M,,*00\r\n" +
                            withChecksum("GPWPL,1200.0,S,00100.0,E,WELL") + withChecksum("GPGSV,1,1,00");
    const ImportResult result = readVector(folder.write("a.nmea", log));
    EXPECT_EQ(tableText(*result.tables[0]) + tableText(*result.tables[1]),
              "Point name:T\nP(1 -12) | WELL\n"
              "LineString name:T\nL(-8 12.5 z300.5 t1767225598000, -8.01666666667 12.525 t1767225601250) | a\n");
    EXPECT_EQ(warningText(result, folder.path("")), "! a.nmea: 1 line left out, whose checksums are wrong.\n"
                                                    "  a.nmea: 1 line without a fix passed over.\n");
}

TEST(NmeaReader, GivesTheFirstDateToWhatCameBefore) {
    const ScratchFolder folder;
    const std::string path = folder.write("a.log", "$GPGGA,235959,0000.0,N,00000.0,E,1,,,,,,,,\n"
                                                   "$GPGGA,000001,0001.0,N,00000.0,E,1,,,,,,,,\n"
                                                   "$GPZDA,000002,02,01,1970,00,00\n");
    EXPECT_EQ(readAsText(path), "LineString name:T\nL(0 0 t86399000, 0 0.0166666666667 t86401000) | a\n");
    EXPECT_EQ(
        refusal(folder.write("b.nmea", "$GPGGA,,,,,,0,,,,,,,,\n")),
        "Cannot read b.nmea: no line of it holds a position (1 sentence understood, 0 wrong checksums); check that "
        "the receiver had a fix.");
}

constexpr const char* kEvent = R"(<event version="2.0" uid="u1" type="a-f-G" how="m-g" time="2025-10-20T10:00:00Z"
 start="2025-10-20T10:00:00Z" stale="2025-10-20T10:05:00Z"><point lat="12.5" lon="-8" hae="300" ce="5" le="9999999.0"/>
 <detail><contact callsign="ALPHA"/><track speed="1.5" course="90"/><remarks>all &lt;well&gt;</remarks></detail></event>)";

TEST(CotReader, ReadsOneEventOrMany) {
    const ScratchFolder folder;
    const std::string row = "P(-8 12.5 z300 t1760954400000) | u1 | ALPHA | a-f-G | m-g | 2025-10-20T10:00:00Z | "
                            "2025-10-20T10:00:00Z | 2025-10-20T10:05:00Z | 5 | 1.5 | 90 | all <well>\n";
    const std::string head =
        "Point uid:T callsign:T type:T how:T time:d begin:d end:d ce:R speed:R course:R remarks:T\n";
    EXPECT_EQ(readAsText(folder.write("a.xml", kEvent)), head + row);
    EXPECT_EQ(readAsText(folder.write("b.cot", std::string(kEvent) + "\n<?xml version='1.0'?>" + kEvent)),
              head + row + row);
    EXPECT_EQ(readAsText(folder.write("c.cot", "<events>" + std::string(kEvent) + "</events>")), head + row);
}

TEST(CotReader, DrawsShapesAsLines) {
    const ScratchFolder folder;
    EXPECT_EQ(readAsText(folder.write("a.cot", R"(<event uid="r" type="b-m-r" how="h-e"><point lat="0" lon="0"/><detail>
        <link point="1,2"/><link point="3,4,5"/></detail></event>)")),
              "LineString uid:T type:T how:T\nL(2 1, 4 3) | r | b-m-r | h-e\n");
}

// A JPEG of nothing but its facts, little-endian.
class Jpeg {
public:
    std::string bytes() const {
        using namespace std::string_literals;
        std::string tiff = "II*\0\x08\0\0\0"s;
        // Main directory: model, GPS.
        tiff += number(2, 2) + entry(0x110, 2, 4, "Cam\0"s) + entry(0x8825, 4, 1, number(38, 4)) + number(0, 4);
        const std::size_t values = 38 + 2 + 9 * 12 + 4;
        std::string data;
        const auto at = [&](const std::string& value) {
            data += value;
            return number(static_cast<unsigned>(values + data.size() - value.size()), 4);
        };
        tiff += number(9, 2) + entry(1, 2, 2, "S\0\0\0"s) +
                entry(2, 5, 3, at(rational(12, 1) + rational(30, 1) + rational(0, 1))) + entry(3, 2, 2, "W\0\0\0"s) +
                entry(4, 5, 3, at(rational(8, 1) + rational(0, 1) + rational(36, 1))) +
                entry(6, 5, 1, at(rational(3005, 10))) +
                entry(7, 5, 3, at(rational(10, 1) + rational(5, 1) + rational(7, 1))) + entry(16, 2, 2, "T\0\0\0"s) +
                entry(17, 5, 1, at(rational(2715, 10))) + entry(29, 2, 11, at("2025:10:20\0"s)) + number(0, 4) + data;
        const std::size_t length = tiff.size() + 8;
        return "\xFF\xD8\xFF\xE1"s + static_cast<char>(length >> 8) + static_cast<char>(length & 255) + "Exif\0\0"s +
               tiff + "\xFF\xD9"s;
    }

private:
    static std::string number(unsigned value, std::size_t bytes) {
        std::string text;
        for (std::size_t i = 0; i < bytes; ++i)
            text += static_cast<char>(value >> (8 * i) & 255);
        return text;
    }
    static std::string rational(unsigned above, unsigned below) { return number(above, 4) + number(below, 4); }
    static std::string entry(unsigned tag, unsigned type, unsigned count, const std::string& value) {
        return number(tag, 2) + number(type, 2) + number(count, 4) + value;
    }
};

TEST(PhotoReader, PlacesPhotosOfAFolder) {
    const ScratchFolder folder;
    const std::string photo = folder.write("p/b.jpg", Jpeg().bytes());
    folder.write("p/c.JPG", "\xFF\xD8\xFF\xD9");
    const ImportResult result = readVector(folder.path("p"));
    EXPECT_EQ(tableText(*result.tables[0]), "Point name:T path:T time:d direction:R north:T altitude:R camera:T\n"
                                            "P(-8.01 -12.5 z300.5 t1760954707000) | b | " +
                                                photo + " | 2025-10-20T10:05:07Z | 271.5 | true | 300.5 | Cam\n");
    EXPECT_EQ(warningText(result, folder.path("p")), "! : 1 photo without a position left out (such as c.JPG).\n");
    EXPECT_EQ(refusal(folder.path("p/c.JPG")),
              "Cannot read c.JPG: the photo says no position; switch on its recording in "
              "the camera's settings.");
}

TEST(PhotoReader, PlacesTiffsAndPhotosInArchives) {
    const ScratchFolder folder;
    const std::string jpeg = Jpeg().bytes();
    const std::string place = "\nP(-8.01 -12.5 z300.5 t1760954707000) | b | ";
    const std::string tiff = folder.write("p/b.tif", jpeg.substr(12, jpeg.size() - 14));
    EXPECT_NE(readAsText(tiff).find(place + tiff), std::string::npos);
    const std::string zip = folder.write("a.zip", zipOf("site/b.jpg", jpeg, static_cast<unsigned>(jpeg.size())));
    EXPECT_NE(readAsText(zip).find(place + zip + "/site/b.jpg"), std::string::npos);
    EXPECT_NE(refusal(folder.write("p/c.heic", std::string("\0\0\0\x18"
                                                           "ftypheic",
                                                           12)))
                  .find("as JPEG"),
              std::string::npos);
}

TEST(PhotoReader, SurvivesEveryTruncationAndFlippedByte) {
    const std::string whole = Jpeg().bytes();
    for (std::size_t i = 0; i < whole.size(); ++i) {
        photoFacts(std::string_view(whole).substr(0, i));
        for (const char flip : {'\xFF', '\x80', '\x01'}) {
            std::string changed = whole;
            changed[i] = static_cast<char>(changed[i] ^ flip);
            const auto facts = photoFacts(changed);
            if (facts && facts->latDegrees) {
                EXPECT_LE(std::abs(*facts->latDegrees), 90);
            }
        }
    }
}

TEST(GpsbabelReader, ReadsTcxWhereItIsInstalled) {
    const ScratchFolder folder;
    const std::string path = folder.write(
        "-a b;$(x).tcx",
        R"(<?xml version="1.0"?><TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2">
        <Activities><Activity Sport="Other"><Id>2025-10-20T10:00:00Z</Id><Lap StartTime="2025-10-20T10:00:00Z"><Track>
        <Trackpoint><Time>2025-10-20T10:00:00Z</Time><Position><LatitudeDegrees>12.5</LatitudeDegrees>
        <LongitudeDegrees>-8</LongitudeDegrees></Position></Trackpoint><Trackpoint><Time>2025-10-20T10:00:05Z</Time><Position>
        <LatitudeDegrees>12.6</LatitudeDegrees><LongitudeDegrees>-8.1</LongitudeDegrees></Position></Trackpoint></Track></Lap>
        </Activity></Activities></TrainingCenterDatabase>)");
    if (access("/usr/bin/gpsbabel", X_OK) != 0) {
        EXPECT_NE(refusal(path).find("gpsbabel, which is not installed"), std::string::npos);
        return;
    }
    const ImportResult result = readVector(path);
    EXPECT_EQ(geometryText(*result.tables[2], 0), "L(-8 12.5 t1760954400000, -8.1 12.6 t1760954405000)");
    EXPECT_EQ(refusal(folder.write("b.fit", "not fit")),
              "Cannot read b.fit: gpsbabel cannot read it as garmin_fit; ask for a whole copy, or for GPX.");
}

TEST(OsmReader, GivesRoadsTheirClassAndState) {
    const ScratchFolder folder;
    const std::string path =
        folder.write("a.osm", R"(<osm version="0.6"><node id="1" lat="1" lon="2"/><node id="2" lat="3" lon="4"/>
        <way id="5"><nd ref="1"/><nd ref="2"/><tag k="highway" v="primary"/><tag k="surface" v="laterite"/><tag k="bridge" v="yes"/>
        <tag k="layer" v="1"/><tag k="oneway" v="yes"/><tag k="ref" v="RN6"/><tag k="maxspeed" v="60"/><tag k="name" v="r"/></way></osm>)");
    ReadOptions options;
    options.layer = "lines";
    const ImportResult result = readVector(path, options);
    const FeatureTable& lines = *result.tables[0];
    std::string text;
    for (const char* name :
         {"highway", "surface", "bridge", "tunnel", "layer", "oneway", "name", "ref", "maxspeed", "access"}) {
        const Column* const column = lines.findColumn(name);
        ASSERT_TRUE(column) << name;
        text += lines.valueAsText(*column, 0) + "|";
    }
    EXPECT_EQ(text, "primary|laterite|yes||1|yes|r|RN6|60||");
}

} // namespace
} // namespace cordon
