// The fast picture against the slow exact one, on real data in the house style, from the whole extent inwards.
// cordon-bench-contender compare does the same on the benchmark's data.
#include "tests/picture_difference.h"

#include "core/io/recipe.h"
#include "core/render/render.h"
#include "test_folders.h"

#include <filesystem>
#include <gtest/gtest.h>

namespace cordon {
namespace {

namespace fs = std::filesystem;

struct Case {
    const char* name;
    std::vector<const char*> files; // of the shared data
};

class Truth : public ::testing::TestWithParam<Case> {};

TEST_P(Truth, FastPictureIsTheExactOne) {
    const fs::path folder = fs::path(CORDON_TEST_SOURCE) / "../shared/data";
    std::vector<std::string> sources;
    for (const char* file : GetParam().files) {
        sources.push_back((folder / file).string());
        if (!fs::exists(sources.back()))
            GTEST_SKIP() << "needs the shared data";
    }
    const LoadResult loaded = addSources(std::make_shared<const Project>(), sources, {});
    Scene scene;
    scene.project = loaded.project;
    scene.labels = false;
    scene.view = viewOf(extentOf(*loaded.project), Crs::webMercator(), 800, 450, 96);
    PreparedLayers fast(PreparedLayers::Precision::Fast), exact(PreparedLayers::Precision::Exact);
    for (int step = 0; step < 7; ++step) {
        const Difference found = differenceOf(render(scene, fast), render(scene, exact));
        EXPECT_LE(found.rmse, kMostRmse) << step;
        EXPECT_GE(found.nearShare, kLeastNearShare) << step;
        scene.view.unitsPerPx /= 2.3;
        scene.view.center.x += scene.view.unitsPerPx * 60; // not round one place only
    }
}

INSTANTIATE_TEST_SUITE_P(
    RealData, Truth,
    ::testing::Values(Case{"Mali", {"mali/mali_admin2.shp", "mali/mali_main_roads.shp", "mali/mali_settlements.gpkg"}},
                      Case{"World", {"large/ne_admin1_world.geojson.zip", "large/geonames_cities_world.zip"}},
                      Case{"Heidelberg", {"large/osm_road_segments_heidelberg.zip"}}),
    [](const auto& test) { return std::string(test.param.name); });

} // namespace
} // namespace cordon
