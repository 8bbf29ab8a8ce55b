#include "scratch_folder.h"
#include "table_text.h"
#include "test_folders.h"

#include <algorithm>
#include <gdal_priv.h>
#include <gtest/gtest.h>
#include <ogrsf_frmts.h>

namespace cordon {
namespace {

namespace fs = std::filesystem;

std::string gpx(const std::string& inside) {
    return R"(<?xml version="1.0"?><gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1">)" +
           inside + "</gpx>";
}

TEST(GpxReader, TakesDetailsLinksAndExtensionsAsColumns) {
    const ScratchFolder folder;
    const std::string path = folder.write(
        "a.gpx",
        gpx(R"(<wpt lat=" 12.5 " lon='-8'><ele>+300.5</ele><time>2025-10-20T14:00:05.25+01:00</time><name>Poste &amp; <![CDATA[<A>]]></name>
        <desc> deux
lignes </desc><link href="http://e.org/?a=1&amp;b=2"><text>t</text></link><link href="second"/><sym>Flag</sym><sat>7</sat>
        <extensions><x:depth xmlns:x="u">3</x:depth><g:More xmlns:g="v"><g:Mode>on</g:Mode></g:More><name>own</name></extensions></wpt>
        <wpt lat="1" lon="2"><name>caf&#233;</name><extensions><x:depth>4.5</x:depth></extensions></wpt>)"));
    ReadOptions options;
    options.layer = "waypoints";
    EXPECT_EQ(readAsText(path, options),
              "Point ele:R time:d name:T desc:T link1_href:T link1_text:T sym:T sat:I link2_href:T x_depth:R g_Mode:T "
              "extensions_name:T\n"
              "P(-8 12.5 z300.5 t1760965205250) | 300.5 | 2025-10-20T14:00:05.250+01:00 | Poste & <A> | deux\nlignes | "
              "http://e.org/?a=1&b=2 | t | Flag | 7 | second | 3 | on | own\n"
              "P(2 1) | ~ | ~ | café | ~ | ~ | ~ | ~ | ~ | ~ | 4.5 | ~ | ~\n");
}

TEST(GpxReader, ReadsVersionOneWithForeignElements) {
    const ScratchFolder folder;
    const std::string path =
        folder.write("a.gpx", R"(<gpx version="1.0"><time>2001-01-01T00:00:00Z</time><wpt lat="1" lon="2"><name>c</name>
        <url>http://e.org</url><urlname>e</urlname><groundspeak:cache id="1"><groundspeak:terrain>1.5</groundspeak:terrain>
        </groundspeak:cache></wpt></gpx>)");
    ReadOptions options;
    options.layer = "waypoints";
    EXPECT_EQ(readAsText(path, options), "Point name:T url:T urlname:T groundspeak_terrain:R\n"
                                         "P(2 1) | c | http://e.org | e | 1.5\n");
}

TEST(GpxReader, FollowsTheShapeThatGarminHidesInRoutePoints) {
    const ScratchFolder folder;
    const std::string path = folder.write(
        "a.gpx",
        gpx(R"(<rte><name>r</name><rtept lat="0" lon="0"><name>start</name><extensions><gpxx:RoutePointExtension>
        <gpxx:rpt lat="0.5" lon="1"/><gpxx:rpt lat="0.75" lon="2"><gpxx:Subclass>x</gpxx:Subclass></gpxx:rpt>
        </gpxx:RoutePointExtension></extensions></rtept><rtept lat="1" lon="3"><ele>5</ele></rtept></rte>)"));
    const ImportResult result = readVector(path);
    EXPECT_EQ(tableText(*result.tables[1]), "LineString name:T\nL(0 0, 1 0.5, 2 0.75, 3 1 z5) | r\n");
    EXPECT_EQ(warningText(result, folder.path("")),
              "  a.gpx: points of routes and tracks keep their place, height and time only; they also have name, "
              "extensions.\n");
}

TEST(GpxReader, TakesWhatWasWholeOfABrokenFile) {
    const ScratchFolder folder;
    const std::string whole =
        gpx("<wpt lat=\"1\" lon=\"2\"/><trk><name>t</name><trkseg>\n<trkpt lat=\"1\" lon=\"2\"><ele>1</ele></trkpt>\n"
            "<trkpt lat=\"3\" lon=\"4\"><ele>2</ele></trkpt></trkseg></trk>");
    const std::string cut = folder.write("cut.gpx", whole.substr(0, whole.find("<ele>2") + 6));
    const ImportResult result = readVector(cut);
    EXPECT_EQ(tableText(*result.tables[2]), "MultiLineString name:T\nL(2 1 z1) | t\n");
    EXPECT_EQ(result.tables[0]->featureCount, 1u);
    EXPECT_EQ(warningText(result, folder.path("")),
              "! cut.gpx: it is broken at line 3 (it ends in the middle); what comes before was taken, the rest is "
              "missing.\n");
    EXPECT_EQ(refusal(folder.write("b.gpx", "<gpx><wpt lat=\"1\"")),
              "Cannot read b.gpx: it is broken at line 1 (it ends in the middle); ask for a whole copy.");
    EXPECT_EQ(refusal(folder.write("c.gpx", "<html><body/></html>")),
              "Cannot read c.gpx: it is no GPX, its first tag is <html>; check what kind of file it is.");
}

TEST(GpxReader, LeavesOutPlacesThatAreNone) {
    const ScratchFolder folder;
    const ImportResult result = readVector(folder.write(
        "a.gpx",
        gpx(R"(<wpt lat="91" lon="0"><name>a</name></wpt><wpt lat="x" lon="0"/><wpt lon="0"/><wpt lat="1" lon="1e308"/>
        <wpt lat="5" lon="6"/><trk><trkseg><trkpt lat="NaN" lon="1"/><trkpt lat="1" lon="1"><time>soon</time></trkpt>
        <trkpt lat="inf" lon="1"/><trkpt lat="2" lon="2"><ele>deep</ele></trkpt></trkseg></trk>)")));
    EXPECT_EQ(tableText(*result.tables[0]), "Point name:T\n- | a\n- | ~\n- | ~\n- | ~\nP(6 5) | ~\n");
    EXPECT_EQ(tableText(*result.tables[2]), "MultiLineString\nL(1 1, 2 2)\n");
    EXPECT_EQ(warningText(result, folder.path("")),
              "! a.gpx: 2 points of routes and tracks left out, whose coordinates are no places on Earth.\n"
              "! a.gpx: 1 time of points of tracks cannot be understood.\n"
              "! a.gpx: 4 waypoints without a place, because the coordinates are none on Earth: waypoints 1, 2, 3 and "
              "4.\n");
}

TEST(GpxReader, KnowsOtherEncodings) {
    const ScratchFolder folder;
    const std::string body = "<gpx><wpt lat=\"1\" lon=\"2\"><name>S\xE9gou</name></wpt></gpx>";
    ReadOptions options;
    options.layer = "waypoints";
    const std::string expected = "Point name:T\nP(2 1) | Ségou\n";
    EXPECT_EQ(readAsText(folder.write("a.gpx", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + body), options),
              expected);
    EXPECT_EQ(readAsText(folder.write("b.gpx", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + body), options),
              expected);
    std::string wide = "\xFF\xFE";
    for (const char c : "<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + body) {
        wide += c;
        wide += '\0';
    }
    EXPECT_EQ(readAsText(folder.write("c.gpx", wide), options), expected);
}

TEST(GpxReader, ReportsProgressAndStops) {
    const ScratchFolder folder;
    std::string points;
    for (int i = 0; i < 20'000; ++i)
        points += "<trkpt lat=\"1." + std::to_string(i) + "\" lon=\"2\"/>";
    const std::string path = folder.write("a.gpx", gpx("<trk><trkseg>" + points + "</trkseg></trk>"));
    EXPECT_EQ(readVector(path).tables[2]->geometry.coordinates.size(), 20'000u);
    std::stop_source source;
    ReadOptions options;
    options.stop = source.get_token();
    options.progress = [&](double fraction) {
        EXPECT_GT(fraction, 0);
        EXPECT_LT(fraction, 1);
        source.request_stop();
    };
    EXPECT_THROW(readVector(path, options), Stopped);
}

// GDAL's driver on every GPX file that is here: the same features, places, heights, times and attributes.
class GpxDifferential : public testing::Test {
protected:
    static std::vector<fs::path> files() {
        std::vector<fs::path> all;
        const fs::path data = fs::path(CORDON_TEST_SOURCE) / ".." / "shared" / "data";
        std::error_code error;
        for (const auto& entry : fs::recursive_directory_iterator(data, error))
            if (entry.path().extension() == ".gpx")
                all.push_back(entry.path());
        std::sort(all.begin(), all.end());
        return all;
    }

    static std::string trimmed(std::string text) {
        const char* const blanks = " \t\r\n";
        text.erase(0, std::min(text.find_first_not_of(blanks), text.size()));
        text.erase(text.find_last_not_of(blanks) + 1);
        return text;
    }

    static void compareAttributes(OGRFeature& feature, const FeatureTable& table, std::uint32_t row) {
        for (int i = 0; i < feature.GetFieldCount(); ++i) {
            const OGRFieldDefn& field = *feature.GetFieldDefnRef(i);
            const Column* const column = table.findColumn(field.GetNameRef());
            if (!feature.IsFieldSetAndNotNull(i) || trimmed(feature.GetFieldAsString(i)).empty())
                continue;
            const std::string name = field.GetNameRef();
            constexpr const char* kOwn = " ele time magvar geoidheight name cmt desc src url urlname sym type fix sat "
                                         "hdop vdop pdop ageofdgpsdata "
                                         "dgpsid number ";
            const bool isExtension =
                std::string(kOwn).find(" " + name + " ") == std::string::npos && !name.starts_with("link");
            if (isExtension && !column)
                continue; // GDAL gives nested extensions as XML, we their leaves as columns
            ASSERT_TRUE(column) << field.GetNameRef() << " = " << feature.GetFieldAsString(i);
            if (field.GetType() == OFTReal && column->type == FieldType::Real) {
                EXPECT_EQ(column->realAt(row), feature.GetFieldAsDouble(i)) << field.GetNameRef();
            } else if (field.GetType() == OFTString && column->type == FieldType::Text &&
                       std::string(feature.GetFieldAsString(i)).find('\n') == std::string::npos) {
                EXPECT_EQ(column->textAt(row), trimmed(feature.GetFieldAsString(i))) << field.GetNameRef();
            }
        }
    }

    static std::vector<LonLat> placesOf(const FeatureTable& table) {
        return {table.geometry.coordinates.begin(), table.geometry.coordinates.end()};
    }

    static std::vector<LonLat> pointsOf(OGRLayer& layer) {
        std::vector<LonLat> points;
        layer.ResetReading();
        while (const OGRFeatureUniquePtr feature{layer.GetNextFeature()}) {
            const OGRGeometry* const geometry = feature->GetGeometryRef();
            if (geometry && !geometry->IsEmpty())
                points.push_back({geometry->toPoint()->getX(), geometry->toPoint()->getY()});
        }
        return points;
    }
};

TEST_F(GpxDifferential, SameAsGdalOnAllFiles) {
    if (files().empty())
        GTEST_SKIP() << "the shared data are not here";
    GDALAllRegister();
    CPLPushErrorHandler(CPLQuietErrorHandler);
    for (const fs::path& path : files()) {
        SCOPED_TRACE(path.string());
        const char* const drivers[] = {"GPX", nullptr};
        const GDALDatasetUniquePtr dataset(GDALDataset::Open(path.c_str(), GDAL_OF_VECTOR, drivers));
        if (!dataset)
            continue;
        const ImportResult result = readVector(path.string());
        ASSERT_EQ(result.tables.size(), 3u);
        for (int i = 0; i < 3; ++i) {
            OGRLayer& layer = *dataset->GetLayerByName(result.tables[static_cast<std::size_t>(i)]->name.c_str());
            const FeatureTable& table = *result.tables[static_cast<std::size_t>(i)];
            ASSERT_EQ(table.featureCount, layer.GetFeatureCount()) << table.name;
            layer.ResetReading();
            for (std::uint32_t row = 0; const OGRFeatureUniquePtr feature{layer.GetNextFeature()}; ++row)
                compareAttributes(*feature, table, row);
        }
        EXPECT_EQ(placesOf(*result.tables[0]), pointsOf(*dataset->GetLayerByName("waypoints")));
        EXPECT_EQ(placesOf(*result.tables[2]), pointsOf(*dataset->GetLayerByName("track_points")));
        const bool hasHiddenShape = std::any_of(result.warnings.begin(), result.warnings.end(), [](const Warning& w) {
            return w.text.find("extensions") != std::string::npos;
        });
        if (!hasHiddenShape) {
            EXPECT_EQ(placesOf(*result.tables[1]), pointsOf(*dataset->GetLayerByName("route_points")));
        }
    }
    CPLPopErrorHandler();
}

} // namespace
} // namespace cordon
