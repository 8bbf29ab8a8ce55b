// Files that want to take the program down, or to make it fetch something.
#include "scratch_folder.h"
#include "stored_zip.h"
#include "table_text.h"
#include "zip_text.h"

#include <arpa/inet.h>
#include <cstdint>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

namespace cordon {
namespace {

std::string repeated(const std::string& text, std::size_t times) {
    std::string all;
    all.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i)
        all += text;
    return all;
}

TEST(Hostile, EntitiesOfAFileAreNeverExpanded) {
    const ScratchFolder folder;
    const std::string path = folder.write(
        "a.gpx",
        R"(<!DOCTYPE gpx [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">
        <!ENTITY secret SYSTEM "file:///etc/passwd">]><gpx><wpt lat="1" lon="2"><name>&c;&secret;</name></wpt></gpx>)");
    ReadOptions options;
    options.layer = "waypoints";
    EXPECT_EQ(readAsText(path, options), "Point name:T\nP(2 1) | &c;&secret;\n");
    const auto warningsOf = [](const std::string& file) {
        std::string texts;
        for (const Warning& warning : readVector(file).warnings)
            texts += warning.text + "\n";
        return texts;
    };
    EXPECT_NE(warningsOf(path).find("entities that it defines itself are not expanded"), std::string::npos);
    const std::string elsewhere =
        folder.write("b.gpx", "<!DOCTYPE gpx SYSTEM \"http://192.0.2.1/a.dtd\"><gpx><wpt lat=\"1\" lon=\"2\"/></gpx>");
    EXPECT_NE(warningsOf(elsewhere).find("the document type it names is not looked up"), std::string::npos);
    EXPECT_EQ(warningsOf(folder.write("c.gpx", "<!DOCTYPE gpx><gpx><wpt lat=\"1\" lon=\"2\"/></gpx>")), "");
}

TEST(Hostile, DeepNestingIsRefused) {
    const ScratchFolder folder;
    EXPECT_EQ(refusal(folder.write("a.gpx", "<gpx>" + repeated("<a>", 1'000'000))),
              "Cannot read a.gpx: it is broken at line 1 (its tags are nested too deeply); ask for a whole copy.");
    EXPECT_EQ(refusal(folder.write("a.kml", "<kml>" + repeated("<Folder>", 1'000'000))),
              "Cannot read a.kml: it is broken at line 1 (its tags are nested too deeply); ask for a whole copy.");
    EXPECT_NE(
        refusal(folder.write("a.geojson", repeated("{\"type\":\"GeometryCollection\",\"geometries\":[", 500'000))), "");
    EXPECT_NE(refusal(folder.write("b.geojson", repeated("[", 3'000'000))), "");
}

TEST(Hostile, OneEndlessLineIsNoTrouble) {
    const ScratchFolder folder;
    const std::string line(50'000'000, 'x');
    const std::string tooLong = ": it has a line longer than 16 MB, as no table has; check what kind of file it is.";
    EXPECT_EQ(refusal(folder.write("a.csv", line)), "Cannot read a.csv" + tooLong);
    EXPECT_EQ(refusal(folder.write("b.csv", "lat,lon,name\n1,2," + line + "\n")), "Cannot read b.csv" + tooLong);
    ReadOptions options;
    options.layer = "waypoints";
    EXPECT_EQ(readVector(folder.write("a.gpx", "<gpx><wpt lat=\"1\" lon=\"2\"><name>" + line + "</name></wpt></gpx>"),
                         options)
                  .tables[0]
                  ->findColumn("name")
                  ->textAt(0)
                  .size(),
              line.size());
    EXPECT_NE(refusal(folder.write("a.nmea", line)), "");
    EXPECT_NE(refusal(folder.write("a.geojson", line)), "");
}

TEST(Hostile, TooManyKindsOfAttributesAreCut) {
    const ScratchFolder folder;
    std::string extensions;
    for (int i = 0; i < 5000; ++i)
        extensions += "<x" + std::to_string(i) + ">1</x" + std::to_string(i) + ">";
    ReadOptions options;
    options.layer = "waypoints";
    const ImportResult result = readVector(
        folder.write("a.gpx", "<gpx><wpt lat=\"1\" lon=\"2\"><extensions>" + extensions + "</extensions></wpt></gpx>"),
        options);
    EXPECT_LT(result.tables[0]->columns.size(), 501u);
    EXPECT_NE(warningText(result).find("it has more kinds of attributes than a table can hold"), std::string::npos);
}

TEST(Hostile, ZerosAndBadUtf8InTextsAreCleaned) {
    const ScratchFolder folder;
    using namespace std::string_literals;
    ReadOptions options;
    options.layer = "waypoints";
    EXPECT_EQ(
        readAsText(folder.write("a.gpx", "<gpx><wpt lat=\"1\" lon=\"2\"><name>a\0b\xFF</name></wpt></gpx>"s), options),
        "Point name:T\nP(2 1) | abÿ\n");
}

TEST(Hostile, NamesInAnArchiveLeadNowhere) {
    const ScratchFolder folder;
    const std::string csv = "lat,lon\n1,2\n";
    EXPECT_EQ(readAsText(folder.write("ok.zip", zipOf({{"a.csv", csv}}))), "Point lat:I lon:I\nP(2 1) | 1 | 2\n");
    const std::string secret = folder.write("secret.csv", "lat,lon\n7,7\n");
    for (const std::string& name : {std::string("../secret.csv"), std::string("x/../../secret.csv"), secret}) {
        // Read from the archive or not at all.
        const std::string path = folder.write("in/a.zip", zipOf({{name, csv}}));
        std::string text;
        try {
            text = readAsText(path);
        } catch (const Error&) {
        }
        EXPECT_EQ(text.find("7"), std::string::npos) << name;
    }
    EXPECT_EQ(folder.fileCount(), 3u) << "nothing was unpacked";
    // A symbolic link in an archive is the text of its target, no map.
    const std::string link = zipOf({{"l.csv", secret, {}, 0120777}});
    EXPECT_NE(refusal(folder.write("link.zip", link)), "");
}

TEST(Hostile, ArchivesOfCountlessFilesAreRefused) {
    const ScratchFolder folder;
    const std::string csv = "lat,lon\n1,2\n";
    std::string zip = zipOf("a.csv", csv, static_cast<unsigned>(csv.size()));
    zip[zip.rfind("PK\x05\x06") + 11] = '\x75'; // 30,000 and one
    EXPECT_NE(refusal(folder.write("a.zip", zip)).find("at most 20,000 are looked through"), std::string::npos);
}

TEST(Hostile, SizesThatLieAreNotBelieved) {
    const ScratchFolder folder;
    const std::string csv = "lat,lon\n1,2\n";
    refusal(folder.write("a.zip", zipOf({{"a.csv", csv, 0xFFFFFFF0u}}))); // read or refused, but no 4 GB
    std::string shape(100, '\0');
    shape[2] = '\x27';
    shape[3] = '\x0A';
    shape[24] = '\x7F'; // claims gigabytes
    shape[28] = '\xE8';
    shape[29] = '\x03';
    shape[32] = '\x05';
    refusal(folder.write("a.shp", shape));
    std::string dbf(33, '\0');
    dbf[0] = '\x03';
    for (const std::size_t i : {4u, 5u, 6u, 7u})
        dbf[i] = '\x7F'; // two thousand million rows
    dbf[8] = '\x21';
    dbf[10] = '\x01';
    dbf[32] = '\r';
    const std::string path = folder.write("a.dbf", dbf);
    EXPECT_EQ(refusal(path).empty() ? readVector(path).tables[0]->featureCount : 0u, 0u);
}

// A server that counts who calls.
class Listener {
public:
    Listener() : m_fd(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof address;
        bind(m_fd, reinterpret_cast<sockaddr*>(&address), length);
        listen(m_fd, 5);
        getsockname(m_fd, reinterpret_cast<sockaddr*>(&address), &length);
        m_url = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/";
    }
    ~Listener() { close(m_fd); }
    const std::string& url() const { return m_url; }
    bool wasCalled() const {
        const int caller = accept(m_fd, nullptr, nullptr);
        if (caller >= 0)
            close(caller);
        return caller >= 0;
    }

private:
    int m_fd;
    std::string m_url;
};

TEST(Hostile, NothingIsFetchedBecauseAFileSaysSo) {
    const ScratchFolder folder;
    const Listener server;
    const std::string url = server.url();
    const std::string vrt = "<OGRVRTDataSource><OGRVRTLayer name=\"b\"><SrcDataSource>/vsicurl/" + url +
                            "b.csv</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>";
    const std::string files[][2] = {
        {"a.vrt", vrt},
        {"b.xml", vrt},
        {"c.gml", "<?xml version=\"1.0\"?><x:C xmlns:x=\"" + url +
                      "\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
                      "xsi:schemaLocation=\"" +
                      url + " " + url +
                      "s.xsd\" xmlns:gml=\"http://www.opengis.net/gml\">"
                      "<gml:featureMember><x:f><x:a>1</x:a></x:f></gml:featureMember></x:C>"},
        {"d.kml", "<kml><Document><NetworkLink><Link><href>" + url +
                      "</href></Link></NetworkLink><Placemark><styleUrl>" + url +
                      "s.kml#a</styleUrl></Placemark></Document></kml>"},
        {"e.gpx", "<!DOCTYPE gpx SYSTEM \"" + url + "x.dtd\"><gpx><wpt lat=\"1\" lon=\"2\"/></gpx>"},
        {"f.xml", "<OGRWFSDataSource><URL>" + url + "</URL></OGRWFSDataSource>"},
        {"g.geojson", "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"link\",\"properties\":{\"href\":\"" + url +
                          "\"}},\"features\":[]}"},
        {"h.osm", "<?xml version=\"1.0\"?><!DOCTYPE osm SYSTEM \"" + url + "\"><osm version=\"0.6\"></osm>"},
    };
    for (const auto& [name, text] : files) {
        refusal(folder.write(name, text));
        EXPECT_FALSE(server.wasCalled()) << name;
    }
}

} // namespace
} // namespace cordon
