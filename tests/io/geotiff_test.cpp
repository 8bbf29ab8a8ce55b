#include "core/io/geotiff.h"

#include "core/error.h"
#include "tests/io/scratch_folder.h"

#include <gdal_priv.h>
#include <gtest/gtest.h>
#include <ogr_spatialref.h>
#include <vector>

namespace cordon {
namespace {

// 3 x 2 pixels, each channel its own value, with rows longer than they need be.
const std::vector<std::uint8_t> kPicture = {
    1, 2, 3, 255, 4,  5,  6,  255, 7,  8,  9,  255, 0, 0, 0, 0, //
    9, 8, 7, 255, 60, 50, 40, 255, 30, 20, 10, 255, 0, 0, 0, 0,
};

TEST(GeoTiff, HoldsPixelsPlaceAndResolution) {
    const ScratchFolder folder;
    const GeoReference reference{"EPSG:32629", 600000, 1400000, 250};
    writeGeoTiff(folder.path("map.tif"), kPicture.data(), 3, 2, 16, 150, &reference);
    EXPECT_EQ(folder.fileCount(), 1u) << "all in one file";

    GDALAllRegister();
    const GDALDatasetUniquePtr dataset(GDALDataset::Open(folder.path("map.tif").c_str(), GDAL_OF_RASTER));
    ASSERT_NE(dataset, nullptr);
    double transform[6] = {};
    ASSERT_EQ(dataset->GetGeoTransform(transform), CE_None);
    EXPECT_EQ((std::vector<double>(transform, transform + 6)), (std::vector<double>{600000, 250, 0, 1400000, 0, -250}));
    EXPECT_STREQ(dataset->GetSpatialRef()->GetAuthorityCode(nullptr), "32629");
    EXPECT_STREQ(dataset->GetMetadataItem("TIFFTAG_XRESOLUTION"), "150");
    std::vector<std::uint8_t> red(6), blue(6);
    ASSERT_EQ(dataset->GetRasterCount(), 3);
    ASSERT_EQ(dataset->GetRasterBand(1)->RasterIO(GF_Read, 0, 0, 3, 2, red.data(), 3, 2, GDT_Byte, 0, 0, nullptr),
              CE_None);
    ASSERT_EQ(dataset->GetRasterBand(3)->RasterIO(GF_Read, 0, 0, 3, 2, blue.data(), 3, 2, GDT_Byte, 0, 0, nullptr),
              CE_None);
    EXPECT_EQ(red, (std::vector<std::uint8_t>{3, 6, 9, 7, 40, 10}));
    EXPECT_EQ(blue, (std::vector<std::uint8_t>{1, 4, 7, 9, 60, 30}));
}

TEST(GeoTiff, WithoutAReferenceHasNoPlace) {
    const ScratchFolder folder;
    writeGeoTiff(folder.path("sheet.tif"), kPicture.data(), 3, 2, 16, 96, nullptr);
    GDALAllRegister();
    const GDALDatasetUniquePtr dataset(GDALDataset::Open(folder.path("sheet.tif").c_str(), GDAL_OF_RASTER));
    ASSERT_NE(dataset, nullptr);
    double transform[6] = {};
    EXPECT_EQ(dataset->GetGeoTransform(transform), CE_Failure);
}

TEST(GeoTiff, AFailureLeavesNoFile) {
    const ScratchFolder folder;
    const GeoReference reference{"EPSG:999999", 0, 0, 1};
    EXPECT_THROW(writeGeoTiff(folder.path("map.tif"), kPicture.data(), 3, 2, 16, 96, &reference), Error);
    EXPECT_EQ(folder.fileCount(), 0u);
    EXPECT_THROW(writeGeoTiff(folder.path("none/map.tif"), kPicture.data(), 3, 2, 16, 96, nullptr), Error);
}

} // namespace
} // namespace cordon
