#include "scratch_folder.h"
#include "table_text.h"

#include <gtest/gtest.h>

namespace cordon {
namespace {

std::string kml(const std::string& inside) {
    return R"(<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>d</name>)" + inside +
           "</Document></kml>";
}

std::string point(const std::string& inside) {
    return "<Placemark>" + inside + "<Point><coordinates>-8,12.5,300</coordinates></Point></Placemark>";
}

TEST(KmlReader, MakesATableOfEachFolderThatHoldsSomething) {
    const ScratchFolder folder;
    const ImportResult result =
        readVector(folder.write("a.kml", kml(point("<name>top</name>") +
                                             "<Folder><name>empty</name></Folder><Folder><name>roads</name><Folder>"
                                             "<name>paved</name>" +
                                             point("<name>in</name>") + "</Folder></Folder>")));
    ASSERT_EQ(result.tables.size(), 2u);
    EXPECT_EQ(result.tables[0]->name + ", " + result.tables[1]->name, "d, paved");
    EXPECT_EQ(tableText(*result.tables[1]), "Point Name:T\nP(-8 12.5 z300) | in\n");
    EXPECT_EQ(warningText(result), "");
}

TEST(KmlReader, ReadsEveryGeometry) {
    const ScratchFolder folder;
    const std::string path = folder.write(
        "a.kml",
        kml("<Placemark><LineString><coordinates>1,2 3,4\n 5 , 6,7</coordinates></LineString></Placemark>"
            "<Placemark><Polygon><innerBoundaryIs><LinearRing><coordinates>1,1 2,1 2,2 1,1</coordinates></LinearRing>"
            "</innerBoundaryIs><outerBoundaryIs><LinearRing><coordinates>0,0 9,0 9,9</coordinates></LinearRing>"
            "</outerBoundaryIs></Polygon></Placemark>"
            "<Placemark><MultiGeometry><Point><coordinates>1,2</coordinates></Point><LineString><coordinates>1,2 3,4"
            "</coordinates></LineString></MultiGeometry></Placemark><Placemark/>"
            "<GroundOverlay><name>g</name><Icon><href>http://e.org/x.png</href></Icon><LatLonBox><north>2</north>"
            "<south>1</south><east>4</east><west>3</west></LatLonBox></GroundOverlay>"));
    EXPECT_EQ(readAsText(path), "Geometry Name:T\nL(1 2, 3 4, 5 6 z7) | ~\n"
                                "O(0 0, 9 0, 9 9, 0 0) I(1 1, 2 1, 2 2, 1 1) | ~\n"
                                "P(1 2) L(1 2, 3 4) | ~\n- | ~\n"
                                "O(3 1, 4 1, 4 2, 3 2, 3 1) | g\n");
}

TEST(KmlReader, ReadsTypedDataAndTimes) {
    const ScratchFolder folder;
    const std::string path = folder.write(
        "a.kml",
        kml(R"(<Schema name="s" id="s"><SimpleField name="code" type="string"/><SimpleField name="km" type="double"/></Schema>)" +
            point(R"(<name>a</name><description><![CDATA[<b>x</b>]]></description><TimeSpan><begin>2025-10-01</begin>
            <end>2025-10-20</end></TimeSpan><ExtendedData><SchemaData schemaUrl="#s"><SimpleData name="code">007</SimpleData>
            <SimpleData name="km">3</SimpleData></SchemaData><Data name="deaths"><value>12</value></Data><Data name="Name">
            <value>n</value></Data></ExtendedData>)") +
            point("<TimeStamp><when>2024-02</when></TimeStamp>")));
    EXPECT_EQ(readAsText(path), "Point Name:T description:T begin:D end:D code:T km:R deaths:I data_Name:T\n"
                                "P(-8 12.5 z300) | a | <b>x</b> | 2025-10-01 | 2025-10-20 | 007 | 3 | 12 | n\n"
                                "P(-8 12.5 z300) | ~ | ~ | 2024-02-01 | 2024-02-29 | ~ | ~ | ~ | ~\n");
}

TEST(KmlReader, ReadsTracksWithTheirTimes) {
    const ScratchFolder folder;
    const std::string path = folder.write(
        "a.kml", kml("<Placemark><gx:MultiTrack><gx:Track><when>1970-01-01T00:00:01Z</when>"
                     "<when>1970-01-01T00:00:02Z</when><gx:coord>1 2 3</gx:coord><gx:coord>4 5 6</gx:coord>"
                     "</gx:Track><gx:Track><gx:coord>7 8</gx:coord></gx:Track></gx:MultiTrack></Placemark>"));
    EXPECT_EQ(readAsText(path), "MultiLineString\nL(1 2 z3 t1000, 4 5 z6 t2000) L(7 8)\n");
}

TEST(KmlReader, SaysWhatItDropsAndOpensNoLink) {
    const ScratchFolder folder;
    const ImportResult result = readVector(folder.write(
        "a.kml", kml(point("<styleUrl>http://e.org/s.kml#a</styleUrl>") +
                     "<ScreenOverlay/><NetworkLink><Link><href>http://127.0.0.1:9/x.kml</href></Link></NetworkLink>")));
    EXPECT_EQ(warningText(result, folder.path("")),
              "! a.kml: it links to 1 other file (such as http://127.0.0.1:9/x.kml), which were not opened; save the "
              "content itself as KMZ to have it.\n"
              "  a.kml: 1 style of placemarks (icons, colours, widths) not taken over; set the look of the layer in "
              "Cordon.\n"
              "  a.kml: 1 overlay left out: pictures over the screen or the sky, not on the ground.\n");
    EXPECT_EQ(
        refusal(folder.write("b.kml", kml("<NetworkLink><Link><href>b.kmz</href></Link></NetworkLink>"))),
        "Cannot read b.kml: it only links to other files (such as b.kmz), which were not opened; get those files.");
}

TEST(KmlReader, TakesWhatWasWholeOfABrokenFile) {
    const ScratchFolder folder;
    const std::string whole = kml(point("<name>a</name>") + point("<name>b</name>"));
    const ImportResult result = readVector(folder.write("a.kml", whole.substr(0, whole.size() - 40)));
    EXPECT_EQ(tableText(*result.tables[0]), "Point Name:T\nP(-8 12.5 z300) | a\n");
    EXPECT_EQ(warningText(result, folder.path("")),
              "! a.kml: it is broken at line 1 (it ends in the middle); what comes "
              "before was taken, the rest is missing.\n");
}

} // namespace
} // namespace cordon
