#include "made_tables.h"
#include "plan_summary.h"
#include "test_folders.h"
#include "tests/io/scratch_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace cordon {
namespace {

namespace fs = std::filesystem;

std::string shared(const std::string& file) {
    const fs::path path = fs::path(CORDON_TEST_SOURCE) / "../shared/data" / file;
    return fs::exists(path) ? path.string() : std::string();
}

SourceTable made(const char* name) {
    for (const MadeTable& made : madeTables())
        if (std::string(made.name) == name) {
            const ScratchFolder folder;
            return readSourceTables(folder.write("t.csv", made.bytes)).tables.at(0);
        }
    ADD_FAILURE() << "no table " << name;
    return {};
}

TEST(Recognise, TakesATableForWhatItIsSaidToBe) {
    const SourceTable acled = made("new ACLED");
    EXPECT_EQ(recogniseAs(acled, {}, "ACLED"), recognise(acled, {}));
    const ImportPlan none = recogniseAs(acled, {}, "");
    EXPECT_EQ(none.preset, "");
    EXPECT_EQ(summaryOf(none).find("known"), std::string::npos);
    EXPECT_NE(none, recognise(acled, {}));
    const ImportPlan other = recogniseAs(acled, {}, "UCDP GED");
    EXPECT_EQ(other.preset, "UCDP GED");
    EXPECT_EQ(other.target, ImportTarget::Incidents);
    for (const std::string& preset : presetNames())
        EXPECT_EQ(recogniseAs(acled, {}, preset).preset, preset);
    EXPECT_EQ(presetNames().size(), 9U);
}

struct SharedFile {
    const char* file;
    std::size_t rows;
    const char* summary;
};

class RecogniseShared : public testing::TestWithParam<SharedFile> {};

TEST_P(RecogniseShared, WithoutAnyOption) {
    const std::string path = shared(GetParam().file);
    if (path.empty())
        GTEST_SKIP() << GetParam().file << " is missing";
    const SourceTables tables = readSourceTables(path);
    ASSERT_EQ(tables.tables.size(), 1U);
    EXPECT_EQ(tables.tables[0].rowCount(), GetParam().rows);
    EXPECT_TRUE(tables.warnings.empty()) << tables.warnings[0].text;
    EXPECT_EQ(summaryOf(recognise(tables.tables[0], {})), GetParam().summary);
}

INSTANTIATE_TEST_SUITE_P(
    Files, RecogniseShared,
    testing::Values(
        SharedFile{"field/gps_traces_poland.csv", 30000,
                   "tracks: track_id=TrackID latitude=Latitude longitude=Longitude"},
        SharedFile{"field/odk_export_points.csv", 5,
                   "points (Kobo/ODK): time=start device=deviceid latitude=gps-highway_point-Latitude "
                   "longitude=gps-highway_point-Longitude altitude=gps-highway_point-Altitude "
                   "accuracy=gps-highway_point-Accuracy"},
        SharedFile{"mali/mali_places_osm.csv", 12866, "points: latitude=latitude longitude=longitude"},
        SharedFile{"mali/mali_settlements_ocha.csv", 18769,
                   "points (OCHA COD-AB): time=date longitude=longitude latitude=latitude"},
        SharedFile{"mali/mali_admin0.shp", 1, "regions (OCHA COD-AB): time=date"},
        SharedFile{"mali/mali_admin2.shp", 50, "regions (OCHA COD-AB): time=date"},
        SharedFile{"mali/mali_towns_geonames.csv", 62, "points (GeoNames): longitude=longitude latitude=latitude"},
        SharedFile{"sahel/sahel_towns_geonames.csv", 866, "points (GeoNames): longitude=longitude latitude=latitude"},
        SharedFile{"sahel/car_incidents_ucdp.csv", 1848,
                   "incidents (UCDP GED): id=id time=date_start end_time=date_end date_precision=date_prec "
                   "ucdp_violence=type_of_violence actor=side_a other_actors=side_b place=where_coordinates "
                   "note=where_description location_precision=where_prec fatalities_best=best fatalities_high=high "
                   "fatalities_low=low source=source_article latitude=latitude longitude=longitude"}));

// "code_status" is no status of roads.
TEST(Recognise, KnowsPresetsWhosePlacesAreGeometries) {
    const ScratchFolder folder;
    const std::string path = folder.write(
        "ged.geojson",
        R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":7,"code_status":"Clear",
        "type_of_violence":1,"side_a":"A","side_b":"B","date_start":"2009-02-20","date_end":"2009-02-21","best":3},
        "geometry":{"type":"Point","coordinates":[25.5,5.5]}}]})");
    EXPECT_EQ(summaryOf(recognise(readSourceTables(path).tables.at(0), {})),
              "incidents (UCDP GED): id=id ucdp_violence=type_of_violence actor=side_a other_actors=side_b "
              "time=date_start end_time=date_end fatalities_best=best");
}

} // namespace
} // namespace cordon
