// Our own readers against GDAL on real files: the same features, coordinates to the last bit, the same attributes.
#include "core/io/vector_reader.h"
#include "test_folders.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <gdal_priv.h>
#include <gtest/gtest.h>
#include <ogrsf_frmts.h>

namespace cordon {
namespace {

namespace fs = std::filesystem;
const fs::path kData = fs::path(CORDON_TEST_SOURCE) / ".." / "shared" / "data";

// GDAL's coordinates in the order of ours: points, lines, rings with their holes.
void collect(const OGRGeometry* geometry, std::vector<LonLat>& to) {
    if (!geometry || geometry->IsEmpty())
        return;
    switch (wkbFlatten(geometry->getGeometryType())) {
    case wkbPoint:
        to.push_back({geometry->toPoint()->getX(), geometry->toPoint()->getY()});
        break;
    case wkbLineString:
        for (const OGRPoint& p : *geometry->toLineString())
            to.push_back({p.getX(), p.getY()});
        break;
    case wkbPolygon:
        for (const OGRLinearRing* ring : *geometry->toPolygon())
            collect(ring, to);
        break;
    default:
        for (const OGRGeometry* part : *geometry->toGeometryCollection())
            collect(part, to);
    }
}

std::vector<LonLat> ourCoordinates(const FeatureTable& table, std::uint32_t row) {
    const GeometryColumn& g = table.geometry;
    return {g.coordinates.begin() + g.partStart[g.featureStart[row]],
            g.coordinates.begin() + g.partStart[g.featureStart[row + 1]]};
}

// As GDAL would show the value, for types we share.
void expectSameValue(OGRFeature& feature, int field, const FeatureTable& table, const Column& column,
                     std::uint32_t row) {
    const OGRFieldDefn& definition = *feature.GetFieldDefnRef(field);
    const bool isNull = !feature.IsFieldSetAndNotNull(field);
    const bool isEmptyText = !isNull && definition.GetType() == OFTString && !*feature.GetFieldAsString(field);
    if (isNull || isEmptyText) {
        EXPECT_EQ(table.valueAsText(column, row), "") << column.name << " of " << row;
        return;
    }
    ASSERT_FALSE(column.isNull(row)) << column.name << " of " << row << ": " << feature.GetFieldAsString(field);
    switch (column.type) {
    case FieldType::Integer:
    case FieldType::Boolean:
        EXPECT_EQ(column.integerAt(row), feature.GetFieldAsInteger64(field)) << column.name << " of " << row;
        break;
    case FieldType::Real:
        EXPECT_EQ(column.realAt(row), feature.GetFieldAsDouble(field)) << column.name << " of " << row;
        break;
    case FieldType::Text:
        if (definition.GetType() == OFTString) {
            EXPECT_EQ(column.textAt(row), feature.GetFieldAsString(field)) << column.name << " of " << row;
        }
        break;
    case FieldType::Date:
    case FieldType::DateTime: {
        int y = 0, m = 0, d = 0, h = 0, minute = 0, zone = 0;
        float second = 0;
        if (definition.GetType() == OFTDate &&
            feature.GetFieldAsDateTime(field, &y, &m, &d, &h, &minute, &second, &zone)) {
            char text[32];
            std::snprintf(text, sizeof text, "%04d-%02d-%02d", y, m, d);
            EXPECT_EQ(table.valueAsText(column, row), text) << column.name << " of " << row;
        }
    }
    }
}

void compare(const std::string& ours, const std::string& gdals) {
    GDALAllRegister();
    const auto start = std::chrono::steady_clock::now();
    const ImportResult result = readVector(ours);
    const double ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    testing::Test::RecordProperty("ms", std::to_string(ms));
    ASSERT_EQ(result.tables.size(), 1u);
    const FeatureTable& table = *result.tables[0];
    const char* const csvOptions[] = {"AUTODETECT_TYPE=NO", nullptr};
    const GDALDatasetUniquePtr dataset(
        GDALDataset::Open(gdals.c_str(), GDAL_OF_VECTOR, nullptr, gdals.ends_with(".csv") ? csvOptions : nullptr));
    ASSERT_TRUE(dataset);
    OGRLayer& layer = *dataset->GetLayer(0);
    ASSERT_EQ(table.featureCount, layer.GetFeatureCount());
    const bool isCsv = gdals.ends_with(".csv");
    std::uint32_t row = 0;
    for (const OGRFeatureUniquePtr& feature : layer) {
        if (!isCsv) {
            std::vector<LonLat> expected;
            collect(feature->GetGeometryRef(), expected);
            ASSERT_EQ(ourCoordinates(table, row), expected) << "feature " << row;
        }
        for (int i = 0; i < feature->GetFieldCount(); ++i) {
            const Column* const column = table.findColumn(feature->GetFieldDefnRef(i)->GetNameRef());
            ASSERT_TRUE(column) << feature->GetFieldDefnRef(i)->GetNameRef();
            if (!isCsv || column->type == FieldType::Integer || column->type == FieldType::Real) {
                if (isCsv && column->isNull(row))
                    continue; // "NA"
                expectSameValue(*feature, i, table, *column, row);
            }
        }
        if (testing::Test::HasFailure())
            return; // one feature is enough to see
        ++row;
    }
}

class GdalDifferential : public testing::TestWithParam<const char*> {};

TEST_P(GdalDifferential, SameFeaturesCoordinatesAndAttributes) {
    const fs::path path = kData / GetParam();
    if (!fs::exists(path))
        GTEST_SKIP() << "the shared data are not here: " << path;
    const bool isZip = path.extension() == ".zip";
    compare(path.string(), isZip ? "/vsizip/" + path.string() : path.string());
}

INSTANTIATE_TEST_SUITE_P(
    All, GdalDifferential,
    testing::Values("mali/mali_admin0.shp", "mali/mali_admin1.shp", "mali/mali_admin2.shp", "mali/mali_admin3.zip",
                    "mali/mali_main_roads.shp", "mali/bamako_quartiers.geojson", "mali/mali_admin1.geojson",
                    "mali/mali_admin1_ne.geojson", "mali/mali_admin2.geojson", "mali/mali_cercles_pcode.geojson",
                    "mali/mali_facilities_osm.geojson", "mali/mali_incidents_ucdp_nodates.geojson",
                    "mali/mali_main_roads.geojson", "mali/mali_rivers_gshhg.geojson", "mali/mali_rivers_ne.geojson",
                    "mali/mali_places_osm.csv", "mali/mali_settlements_ocha.csv", "mali/mali_towns_geonames.csv",
                    "sahel/car_incidents_ucdp.csv", "sahel/car_incidents_ucdp.geojson", "sahel/sahel_admin1_ne.geojson",
                    "large/ne_admin1_world.geojson.zip", "large/osm_road_segments_heidelberg.zip",
                    "conformance/gdal/shp/gjmultipoly.shp", "conformance/shapelib/mexico/states.shp",
                    "conformance/geopandas/naturalearth_lowres/naturalearth_lowres.shp",
                    "conformance/pyshp/tests/shapefiles/blockgroups.zip"),
    [](const auto& given) {
        std::string name = given.param;
        for (char& c : name)
            if (!std::isalnum(static_cast<unsigned char>(c)))
                c = '_';
        return name;
    });

} // namespace
} // namespace cordon
