#include "core/io/json.h"
#include "test_folders.h"
#include "tests/cli/cli_run.h"
#include "tests/io/scratch_folder.h"

#include <QImage>
#include <cmath>
#include <gtest/gtest.h>
#include <iterator>

namespace cordon {
namespace {

const std::string kSample = CORDON_TEST_SOURCE "/data/mali-2025/mali-2025.json";

class RenderTest : public testing::Test {
protected:
    void SetUp() override {
        m_area = m_folder.write("area.geojson", R"({"type":"FeatureCollection","features":[
            {"type":"Feature","properties":{"name":"A"},"geometry":{"type":"Polygon","coordinates":
             [[[-9,12],[-7,12],[-7,14],[-9,14],[-9,12]]]}}]})");
        m_points = m_folder.write("points.csv", "name,lat,lon\nKayes,14.4,-11.4\nGao,16.3,0\n");
    }

    // The first output of a render with --json.
    Json render(std::vector<std::string> args) {
        args.insert(args.begin(), "render");
        args.emplace_back("--json");
        const CliRun run = cli(args);
        EXPECT_EQ(run.code, kComplete) << run.err;
        if (run.code != kComplete)
            return {};
        const Json json = readJson(m_folder.write("render.json", run.out), "answer");
        const Json* outputs = json.find("outputs");
        return outputs && !outputs->items.empty() ? outputs->items[0] : Json{};
    }
    static double number(const Json& json, const char* key) { return json.find(key) ? json.find(key)->number : NAN; }
    static std::string text(const Json& json, const char* key) { return json.find(key) ? json.find(key)->text : "?"; }
    std::string bytes(const std::string& name) const {
        std::ifstream in(m_folder.path(name), std::ios::binary);
        return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    }
    std::string out(const std::string& name) const { return m_folder.path(name); }

    ScratchFolder m_folder;
    std::string m_area, m_points;
};

TEST_F(RenderTest, AMapAloneHasTheSizeAskedFor) {
    const Json json = render({m_area, m_points, "-o", out("a.png"), "--no-sheet"});
    EXPECT_EQ(text(json, "kind"), "map");
    EXPECT_EQ(QImage(QString::fromStdString(out("a.png"))).size(), QSize(1920, 1080));
    render({m_area, "-o", out("b.png"), "--size", "640x480"});
    EXPECT_EQ(QImage(QString::fromStdString(out("b.png"))).size(), QSize(640, 480));
}

TEST_F(RenderTest, ASheetIsWhatOneGetsUnlessOneAsksForPixels) {
    EXPECT_EQ(text(render({m_area, "-o", out("default.png")}), "kind"), "sheet");
    EXPECT_EQ(QImage(QString::fromStdString(out("default.png"))).size(), QSize(1754, 1240)); // A4 at 150 dpi
    EXPECT_EQ(text(render({m_area, "-o", out("e.png"), "--size", "400x300"}), "kind"), "map");
}

TEST_F(RenderTest, APaperMakesASheet) {
    const Json json = render({m_area, "-o", out("a.png"), "--paper", "a4", "--portrait", "--dpi", "100"});
    EXPECT_EQ(text(json, "kind"), "sheet");
    const QImage image(QString::fromStdString(out("a.png")));
    EXPECT_EQ(image.size(), QSize(827, 1169)); // 210 x 297 mm
    EXPECT_EQ(image.dotsPerMeterX(), 3937);
    EXPECT_EQ(text(render({m_area, "-o", out("b.png"), "--paper", "A4", "--no-sheet"}), "kind"), "map");
    EXPECT_EQ(text(render({m_area, "-o", out("c.pdf")}), "kind"), "sheet");
    EXPECT_EQ(text(render({m_area, "-o", out("d.png"), "--sheet", "--size", "900x700"}), "kind"), "sheet");
    EXPECT_EQ(QImage(QString::fromStdString(out("d.png"))).size(), QSize(900, 700));
}

TEST_F(RenderTest, WritesEveryFormatItNames) {
    const std::vector<std::pair<std::string, std::string>> starts = {{"m.png", "\x89PNG"}, {"m.jpg", "\xFF\xD8\xFF"},
                                                                     {"m.tif", "II*"},     {"m.pdf", "%PDF-"},
                                                                     {"m.svg", "<?xml"},   {"m.webp", "RIFF"}};
    for (const auto& [name, start] : starts) {
        render({m_area, "-o", out(name), "--size", "320x240"});
        EXPECT_TRUE(bytes(name).starts_with(start)) << name;
    }
}

TEST_F(RenderTest, TheViewIsTheOneAskedFor) {
    const Json byExtent =
        render({m_area, "-o", out("a.png"), "--extent", "-10,11,-6,15", "--crs", "EPSG:4326", "--size", "400x400"});
    const Json* extent = byExtent.find("extent");
    ASSERT_TRUE(extent && extent->items.size() == 4);
    const double expected[] = {-10, 11, -6, 15};
    for (std::size_t i = 0; i < 4; ++i)
        EXPECT_NEAR(extent->items[i].number, expected[i], 1e-9);
    const Json byScale =
        render({m_area, "-o", out("b.png"), "--center", "-8,12.65", "--scale", "1:500000", "--no-sheet"});
    EXPECT_NEAR(number(byScale, "scale"), 500000, 500);
    const Json sheet = render(
        {m_area, "-o", out("c.png"), "--center", "-8,12.65", "--scale", "1:500000", "--paper", "A4", "--dpi", "72"});
    EXPECT_NEAR(number(sheet, "scale"), 500000, 500) << "on a sheet too";
}

TEST_F(RenderTest, OnlyTheNamedLayersAreDrawn) {
    const Json json = render({m_area, m_points, "-o", out("a.png"), "--layers", "AREA"});
    const Json* layers = json.find("layers");
    ASSERT_NE(layers, nullptr);
    ASSERT_EQ(layers->items.size(), 1u);
    EXPECT_EQ(layers->items[0].text, "area");
}

TEST_F(RenderTest, AStyleFileIsUsed) {
    const std::string red = m_folder.write("red.json", R"({"rules":[{"fill":{"color":"#FF0000"}}]})");
    render({m_area, "-o", out("a.png"), "--size", "200x200", "--style", "area=" + red});
    EXPECT_EQ(QImage(QString::fromStdString(out("a.png"))).pixelColor(100, 100), QColor(255, 0, 0));
}

TEST_F(RenderTest, TheSamePictureTwice) {
    render({kSample, "-o", out("a.png"), "--size", "640x480"});
    render({kSample, "-o", out("b.png"), "--size", "640x480"});
    EXPECT_EQ(bytes("a.png"), bytes("b.png"));
}

TEST_F(RenderTest, TheDateChangesThePicture) {
    const Json october = render({kSample, "-o", out("a.png"), "--size", "640x480"});
    EXPECT_EQ(text(october, "as_of"), "2025-10-20T23:59:59.999Z") << "the recipe's date";
    const Json january = render({kSample, "-o", out("b.png"), "--size", "640x480", "--as-of", "2025-01-15"});
    EXPECT_EQ(text(january, "as_of"), "2025-01-15T23:59:59.999Z");
    EXPECT_NE(bytes("a.png"), bytes("b.png"));
}

TEST_F(RenderTest, ARecordOnARoadNobodyHasIsNamed) {
    const std::string records = m_folder.write("r.csv", "id,kind,valid_from,status,roads,control_class,actor,regions\n"
                                                        "R1,road_status,2025-01-01,blocked,76,,,\n"
                                                        "C1,control,2025-01-01,,,control,X,ML-1\n");
    const CliRun run = cli({"render", m_area, records, "-o", out("a.png"), "--size", "200x200", "--quiet"});
    EXPECT_EQ(run.code, kLeftOut);
    EXPECT_EQ(run.err,
              "cordon: warning: The record R1 names the road '76', which is in no road layer, and is not drawn "
              "there; correct the id or add the layer.\n"
              "cordon: warning: The record C1 names the region 'ML-1', which is in no region layer, and is not "
              "drawn there; correct the id or add the layer.\n");
    EXPECT_EQ(cli({"render", m_area, records, "-o", out("b.png"), "--size", "200x200", "--as-of", "2024-01-01"}).code,
              kComplete)
        << "not in force, not missed";
    EXPECT_EQ(cli({"render", m_area, records, "-o", out("c.png"), "--strict"}).code, kFailed);
}

TEST_F(RenderTest, ARecipeMakesAllItsOutputs) {
    const std::string recipe = m_folder.write("maps.json", R"({"cordon_recipe":1,"paper":"A4","dpi":72,
        "layers":[{"name":"Area","source":"area.geojson"}],
        "outputs":[{"file":"sheet.png"},{"file":"picture.png","size":"300x200"},
                   {"file":"upright.png","orientation":"portrait"}]})");
    const CliRun run = cli({"render", recipe});
    EXPECT_EQ(run.code, kComplete) << run.err;
    EXPECT_EQ(QImage(QString::fromStdString(out("sheet.png"))).size(), QSize(842, 595));
    EXPECT_EQ(QImage(QString::fromStdString(out("picture.png"))).size(), QSize(300, 200));
    EXPECT_EQ(QImage(QString::fromStdString(out("upright.png"))).size(), QSize(595, 842));
}

} // namespace
} // namespace cordon
