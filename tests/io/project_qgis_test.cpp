// Other GIS open a project file: GDAL by its own reader, QGIS with the same counts and colours.
#include "core/io/project_file.h"
#include "core/io/sqlite.h"
#include "test_folders.h"
#include "tests/io/project_samples.h"
#include "tests/io/scratch_folder.h"

#include <array>
#include <cstdio>
#include <gtest/gtest.h>
#include <ogrsf_frmts.h>
#include <sstream>
#include <sys/wait.h>

namespace cordon {
namespace {

using test::at;

struct Ran {
    int code = -1;
    std::string output;
};

Ran run(const std::string& command) {
    Ran ran;
    std::FILE* pipe = ::popen(command.c_str(), "r");
    std::array<char, 4096> buffer;
    while (const std::size_t n = std::fread(buffer.data(), 1, buffer.size(), pipe))
        ran.output.append(buffer.data(), n);
    const int status = ::pclose(pipe);
    ran.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return ran;
}

LineSymbol line(Color color, double widthMm) {
    LineSymbol symbol;
    symbol.color = color;
    symbol.widthMm = widthMm;
    return symbol;
}

// A project whose colours are all different, drawn by one rule, by categories, and by rules that overlap.
std::shared_ptr<const Project> styledProject() {
    Project project;
    auto regions = std::make_shared<Layer>(*makeLayer(test::regionTable(), LayerRole::Region));
    Rule fill;
    fill.fill = FillSymbol{{10, 20, 30, 128}, Hatch::None, {}, {}, 0.3, 1.6};
    fill.lines = {line({40, 50, 60, 255}, 0.4)};
    regions->style = {{fill}, {}};
    regions->opacity = 0.5;
    project = withLayer(std::move(project), regions);

    auto roads = std::make_shared<Layer>(*makeLayer(test::lineTable(), LayerRole::Road));
    Rule main, rest;
    main.when = {{"class", Comparison::Equal, "main"}};
    main.lines = {line({200, 0, 0, 255}, 0.6)};
    main.lines[0].casingColor = {255, 255, 255, 255};
    main.lines[0].casingMm = 0.2;
    rest.lines = {line({0, 200, 0, 255}, 0.2)};
    roads->style = {{main, rest}, {}};
    project = withLayer(std::move(project), roads);

    auto points = std::make_shared<Layer>(*makeLayer(test::pointTable(), LayerRole::Point));
    Rule low, flagged, others;
    low.when = {{"FID", Comparison::LessOrEqual, "1"}};
    low.marker = MarkerSymbol{MarkerShape::Square, 2, {1, 1, 1, 255}, {9, 9, 9, 255}, 0.2};
    flagged.when = {{"flag", Comparison::Equal, "true"}, {"na\"me", Comparison::IsNull, ""}};
    flagged.marker = MarkerSymbol{MarkerShape::Star, 2, {2, 2, 2, 255}, {9, 9, 9, 255}, 0.2};
    others.marker = MarkerSymbol{MarkerShape::Circle, 2, {3, 3, 3, 255}, {9, 9, 9, 255}, 0.2};
    points->style = {{low, flagged, others}, {}};
    project = withLayer(std::move(project), points);
    return std::make_shared<const Project>(
        withSituation(std::move(project), std::make_shared<const Situation>(test::richSituation())));
}

class ProjectElsewhere : public testing::Test {
protected:
    ScratchFolder m_folder;
    std::string m_path = m_folder.path("mali.gpkg");
};

TEST_F(ProjectElsewhere, QgisShowsTheSameCountsAndColours) {
    ProjectFile file = ProjectFile::create(m_path, styledProject());
    Incident fresh = test::incident("I2", {-8, 12}, ProjectFile::currentTime() - std::chrono::hours{48});
    file.apply(addReports(*file.project()->situation, {fresh}, ProjectFile::currentTime()));
    const Ran ran =
        run("QT_QPA_PLATFORM=offscreen /usr/bin/python3 " CORDON_TEST_SOURCE "/tests/io/project_qgis_test.py '" +
            m_path + "' 2>/dev/null");
    if (ran.code == 77 || ran.code == 127)
        GTEST_SKIP() << "PyQGIS is not installed (python3-qgis).";
    // The colours are those of styledProject(), of richSituation()'s actors and of core/render/symbols.cpp.
    EXPECT_EQ(ran.output, R"(admin1 2 singleSymbol 0.5
  2 x #800A141E #FF28323C
cordon_actors 2 table
cordon_control 2
cordon_incident 2
cordon_measure 1
cordon_restriction 1
cordon_road_status 3
cordon_sources 1 table
lieux_d_t_drop_table_x 4 RuleRenderer 1.0
  1 x #FF010101/#FF090909
  1 x #FF020202/#FF090909
  2 x #FF030303/#FF090909
mali_roads 2 categorizedSymbol 1.0
  1 x #FF00C800
  1 x #FFFFFFFF #FFC80000
situation_control 3 categorizedSymbol 1.0
  2 x #2DAABBCC #80808C99
  1 x #59FFFFFF #99112233 #998C8C8C #FF5B5B5B
situation_incident 1 singleSymbol 1.0
  1 x #D9333333/#FFFFFFFF
situation_measure 0 singleSymbol 1.0
situation_measure_areas 0 singleSymbol 1.0
situation_restriction 1 singleSymbol 1.0
  1 x #FFFFFFFF/#FFD55E00
situation_restriction_areas 0 singleSymbol 1.0
situation_road_status 1 categorizedSymbol 1.0
  1 x #FFFFFFFF #FFE69F00
situation_road_status_points 1 categorizedSymbol 1.0
  1 x #FFE69F00/#FFFFFFFF
)");
    EXPECT_EQ(ran.code, 0);
}

TEST_F(ProjectElsewhere, GdalReadsEveryLayer) {
    ProjectFile::create(m_path, test::richProject());
    GDALAllRegister();
    GDALDatasetUniquePtr dataset(GDALDataset::Open(m_path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY));
    ASSERT_TRUE(dataset);
    std::ostringstream text;
    for (OGRLayer* layer : dataset->GetLayers())
        text << layer->GetName() << " " << layer->GetFeatureCount() << " "
             << OGRGeometryTypeToName(layer->GetGeomType()) << " " << layer->GetFIDColumn() << "\n";
    // GDAL names the key of a view by its first row, so of an empty one not.
    EXPECT_EQ(text.str(), R"(cordon_control 2 Multi Polygon fid
cordon_road_status 3 Unknown (any) fid
cordon_restriction 1 Unknown (any) fid
cordon_incident 1 Multi Point fid
cordon_measure 1 Unknown (any) fid
situation_control 3 Multi Polygon OGC_FID
situation_road_status 1 Multi Line String OGC_FID
situation_road_status_points 1 Multi Point OGC_FID
situation_restriction 1 Multi Point OGC_FID
situation_restriction_areas 0 Multi Polygon 
situation_incident 0 Multi Point 
situation_measure 0 Multi Point 
situation_measure_areas 0 Multi Polygon 
admin1 2 Multi Polygon fid
layer_cordon_control 2 Unknown (any) fid
mali_roads 2 Measured Multi Line String fid
lieux_d_t_drop_table_x 4 3D Point fid
layer_styles 11 None id
cordon_actors 2 None position
cordon_sources 1 None position
)");
    EXPECT_EQ(CPLGetLastErrorType(), CE_None) << CPLGetLastErrorMsg();
}

TEST_F(ProjectElsewhere, TheFileIsAValidGeoPackage) {
    Project project; // without the dates that ISO 8601 cannot write
    for (const auto& table : {test::regionTable(), test::lineTable(), test::mixedTable()})
        project = withLayer(std::move(project), makeLayer(table));
    project = withSituation(std::move(project), std::make_shared<const Situation>(test::richSituation()));
    ProjectFile file = ProjectFile::create(m_path, std::make_shared<const Project>(project));
    file.apply(withdrawReport(*file.project()->situation, "T1", at("2025-11-04")));
    file.undo();
    const Ran ran = run("/usr/bin/python3 -m osgeo_utils.samples.validate_gpkg '" + m_path + "' 2>&1");
    if (ran.output.find("No module named") != std::string::npos || ran.code == 127)
        GTEST_SKIP() << "GDAL's GeoPackage validator is not installed (python3-gdal).";
    EXPECT_EQ(ran.output, "");
    EXPECT_EQ(ran.code, 0);
}

// What QGIS may do while Cordon has the file open: switch to WAL, index a layer, store a style of its own.
TEST_F(ProjectElsewhere, EditsGoOnWhileAnotherProgramUsesTheFile) {
    ProjectFile file = ProjectFile::create(m_path, test::richProject());
    {
        const Database other(m_path, Database::Access::ReadWrite);
        other.run("PRAGMA journal_mode = WAL; INSERT INTO layer_styles (f_table_name, styleName) VALUES ('x', 'y')");
        file.apply(withdrawReport(*file.project()->situation, "T1", ProjectFile::currentTime()));
        EXPECT_EQ(other.integer("SELECT count(*) FROM cordon_edits"), 1);
    }
    EXPECT_EQ(test::difference(*file.project(), *ProjectFile::open(m_path, ProjectAccess::ReadOnly).project()), "");
    EXPECT_EQ(file.undo()->name, "Withdraw report T1");
}

} // namespace
} // namespace cordon
