#include "core/render/export.h"

#include "core/error.h"
#include "core/render/list_append.h"
#include "core/render/png_writer.h"
#include "core/render/raster_canvas.h"
#include "made_map.h"

#include <QImage>
#include <QPainter>
#include <QSvgRenderer>

#include <cmath>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gdal_priv.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>
#include <sys/resource.h>
#include <unistd.h>

namespace cordon {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class Export : public testing::Test {
protected:
    void SetUp() override {
        m_folder = fs::temp_directory_path() / ("cordon_export_" + std::to_string(::getpid()) + "_" +
                                                testing::UnitTest::GetInstance()->current_test_info()->name());
        fs::create_directories(m_folder);
    }
    void TearDown() override { fs::remove_all(m_folder); }

    std::string path(const std::string& name) const { return (m_folder / name).string(); }
    std::size_t fileCount() const {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(m_folder), fs::directory_iterator()));
    }

    // An A5 sheet with its georeference.
    DisplayList sheet() {
        const Page page = paperPage("A5", true, 100);
        Scene scene = madeScene(madeProject(), page);
        m_options.frame = mapFrameOf(scene, page);
        m_options.title = "Fuel and roads";
        m_options.producer = "Test bench";
        PreparedLayers prepared;
        return buildSheet(scene, page, prepared);
    }

    fs::path m_folder;
    ExportOptions m_options;
};

std::string contentOf(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::stringstream content;
    content << in.rdbuf();
    return content.str();
}

std::string errorOf(const std::function<void()>& action) {
    try {
        action();
    } catch (const Error& error) {
        return error.what();
    }
    return "";
}

// Mean difference of the channels, 0..255, after both are blurred to a quarter of their size: two rasterisers place
// edges a fraction of a pixel apart.
double meanDifference(QImage a, QImage b) {
    const QSize size = a.size() / 4;
    a = a.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation).convertToFormat(QImage::Format_RGB32);
    b = b.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation).convertToFormat(QImage::Format_RGB32);
    double sum = 0;
    for (int y = 0; y < size.height(); ++y)
        for (int x = 0; x < size.width(); ++x) {
            const QRgb p = a.pixel(x, y), q = b.pixel(x, y);
            sum += std::abs(qRed(p) - qRed(q)) + std::abs(qGreen(p) - qGreen(q)) + std::abs(qBlue(p) - qBlue(q));
        }
    return sum / 3 / size.width() / size.height();
}

QImage blank(QSize size) {
    QImage image(size, QImage::Format_RGB32);
    image.fill(Qt::white);
    return image;
}

TEST_F(Export, PngHasThePagesSizeAndResolution) {
    exportDisplayList(sheet(), path("map.png"), m_options);
    const QImage image(QString::fromStdString(path("map.png")));
    EXPECT_EQ(image.size(), QSize(827, 583));
    EXPECT_NEAR(image.dotsPerMeterX(), 100 / 0.0254, 1);
    EXPECT_EQ(image.text("Title"), "Fuel and roads");
    EXPECT_EQ(fileCount(), 1U);
}

// A PNG is drawn and written band by band, but for pictures on a see-through ground.
TEST_F(Export, PngDrawnInBandsIsThatOfTheWholePicture) {
    DisplayList flat; // few colours in two bands; with a band of many below them
    flat.widthPx = 300;
    flat.heightPx = 2 * kBandRows + 40;
    const auto first = static_cast<std::uint32_t>(flat.partStart.size() - 1);
    appendBoxPart(flat, {20, 30, 200, 200});
    flat.addOp(OpKind::Fill, flat.fillStyle({200, 30, 40, 255}), first);
    DisplayList late = flat;
    for (std::uint8_t shade = 0; shade < 250; ++shade)
        for (std::uint8_t row = 0; row < 2; ++row) {
            const auto part = static_cast<std::uint32_t>(late.partStart.size() - 1);
            const float x = static_cast<float>(shade), y = static_cast<float>(late.heightPx - 20 + 8 * row);
            appendBoxPart(late, {x, y, x + 1, y + 8});
            late.addOp(OpKind::Fill, late.fillStyle({shade, row, 99, 255}), part);
        }
    DisplayList seeThrough = sheet();
    seeThrough.background = {255, 255, 255, 0};
    for (const DisplayList& list : {sheet(), flat, late, seeThrough}) {
        writePng(drawImage(list), path("whole.png"), list.dpi);
        const std::string whole = contentOf(path("whole.png"));
        for (const int threads : {1, 2, 4}) {
            drawPng(list, path("bands.png"), threads);
            EXPECT_TRUE(contentOf(path("bands.png")) == whole) << threads;
        }
        const QImage back(QString::fromStdString(path("bands.png")));
        EXPECT_EQ(back.convertToFormat(QImage::Format_ARGB32), drawImage(list).convertToFormat(QImage::Format_ARGB32));
    }
    EXPECT_EQ(QImage(QString::fromStdString(path("bands.png"))).hasAlphaChannel(), true); // the last one
}

TEST_F(Export, StopsInTheMiddleOfAPng) {
    std::stop_source source;
    source.request_stop();
    EXPECT_THROW(drawPng(sheet(), path("map.png"), 2, {}, source.get_token()), Stopped);
    EXPECT_EQ(fileCount(), 0U);
}

TEST_F(Export, JpegShowsThePicture) {
    const DisplayList list = sheet();
    exportDisplayList(list, path("map.jpg"), m_options);
    EXPECT_LT(meanDifference(QImage(QString::fromStdString(path("map.jpg"))), drawImage(list)), 1.5);
}

TEST_F(Export, SvgLooksLikeThePng) {
    const DisplayList list = sheet();
    const QImage png = drawImage(list);
    exportDisplayList(list, path("map.svg"), m_options);
    QSvgRenderer renderer(QString::fromStdString(path("map.svg")));
    ASSERT_TRUE(renderer.isValid());
    EXPECT_EQ(renderer.viewBox(), QRect(0, 0, png.width(), png.height()));
    QImage image = blank(png.size());
    QPainter painter(&image);
    renderer.render(&painter);
    painter.end();
    EXPECT_LT(meanDifference(image, png), 2);
    EXPECT_GT(meanDifference(blank(png.size()), png), 4);                     // the measure can tell
    EXPECT_THAT(contentOf(path("map.svg")), HasSubstr("Control of terrain")); // text stays text
}

TEST_F(Export, PdfLooksLikeThePng) {
    if (std::system("command -v pdftoppm > /dev/null") != 0)
        GTEST_SKIP() << "pdftoppm (poppler-utils) is not installed";
    const DisplayList list = sheet();
    exportDisplayList(list, path("map.pdf"), m_options);
    const std::string command = "pdftoppm -r 400 -png " + path("map.pdf") + " " + path("page");
    ASSERT_EQ(std::system(command.c_str()), 0);
    const QImage png = drawImage(list);
    QImage image(QString::fromStdString(path("page-1.png")));
    ASSERT_FALSE(image.isNull());
    EXPECT_LE(std::abs(image.width() - 4 * png.width()) + std::abs(image.height() - 4 * png.height()), 8);
    image = image.scaled(png.size(), Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    EXPECT_LT(meanDifference(image, png), 2);
    ASSERT_EQ(std::system(("pdftotext " + path("map.pdf") + " " + path("text")).c_str()), 0);
    EXPECT_THAT(contentOf(path("text")), HasSubstr("Control of terrain")); // text stays text
}

TEST_F(Export, TheSameMapGivesTheSameBytes) {
    const DisplayList list = sheet();
    for (const char* suffix : {".png", ".jpg", ".tif", ".pdf", ".svg"}) {
        exportDisplayList(list, path(std::string("a") + suffix), m_options);
        if (std::string(suffix) == ".pdf")
            ::usleep(1100000); // the clock must not show
        exportDisplayList(list, path(std::string("b") + suffix), m_options);
        EXPECT_EQ(contentOf(path(std::string("a") + suffix)), contentOf(path(std::string("b") + suffix))) << suffix;
    }
}

TEST_F(Export, GeoTiffKnowsWhereItIs) {
    const DisplayList list = sheet();
    exportDisplayList(list, path("map.tif"), m_options);
    GDALAllRegister();
    const GDALDatasetUniquePtr dataset(GDALDataset::Open(path("map.tif").c_str(), GDAL_OF_RASTER));
    ASSERT_TRUE(dataset);
    EXPECT_EQ(dataset->GetRasterXSize(), list.widthPx);
    double transform[6];
    ASSERT_EQ(dataset->GetGeoTransform(transform), CE_None);
    // The frame's upper left corner is the view's, wherever the frame lies on the page.
    const MapFrame& frame = *m_options.frame;
    EXPECT_NEAR(transform[0] + transform[1] * static_cast<double>(frame.box.minX), frame.view.box().minX, 1e-6);
    EXPECT_NEAR(transform[3] + transform[5] * static_cast<double>(frame.box.minY), frame.view.box().maxY, 1e-6);
    EXPECT_NEAR(transform[0] + transform[1] * static_cast<double>(frame.box.maxX), frame.view.box().maxX, 1e-6);
    ASSERT_NE(dataset->GetSpatialRef(), nullptr);
    EXPECT_TRUE(dataset->GetSpatialRef()->IsProjected());
}

TEST_F(Export, RefusesInOneSentenceAndLeavesNothing) {
    const DisplayList list = sheet();
    const auto sentence = [&](const std::string& file) {
        return errorOf([&] { exportDisplayList(list, file, m_options); });
    };
    EXPECT_THAT(sentence(path("map.bmp")), HasSubstr("use .png, .jpg, .webp, .tif, .pdf or .svg"));
    EXPECT_THAT(sentence(path("map")), HasSubstr("it has no suffix"));
    EXPECT_THAT(sentence(path("none/map.png")), HasSubstr("does not exist"));
    std::ofstream(path("file")) << "x";
    EXPECT_THAT(sentence(path("file/map.png")), HasSubstr("is not a folder"));
    fs::create_directory(path("folder.png"));
    EXPECT_THAT(sentence(path("folder.png")), HasSubstr("there is a folder of that name"));
    EXPECT_NE(sentence("/proc/map.png"), "");
    EXPECT_EQ(fileCount(), 2U);
}

TEST_F(Export, DoesNotOverwriteWhenToldSo) {
    const DisplayList list = sheet();
    std::ofstream(path("map.png")) << "precious";
    m_options.overwrite = false;
    EXPECT_THAT(errorOf([&] { exportDisplayList(list, path("map.png"), m_options); }), HasSubstr("exists already"));
    EXPECT_EQ(contentOf(path("map.png")), "precious");
    m_options.overwrite = true;
    exportDisplayList(list, path("map.png"), m_options);
    EXPECT_NE(contentOf(path("map.png")), "precious");
}

TEST_F(Export, RefusesImpossibleSizesBeforeDrawing) {
    EXPECT_NO_THROW(checkOutput(path("map.png"), 14043, 9933)); // A0 at 300 dpi
    EXPECT_THAT(errorOf([&] { checkOutput(path("map.png"), 0, 100); }), HasSubstr("1 to 100000 pixels a side"));
    EXPECT_THAT(errorOf([&] { checkOutput(path("map.png"), 100001, 10); }), HasSubstr("1 to 100000 pixels a side"));
    EXPECT_THAT(errorOf([&] { checkOutput(path("map.png"), 60000, 60000); }), HasSubstr("GB of memory"));
    EXPECT_THAT(errorOf([&] { checkOutput(path("map.jpg"), 70000, 10); }), HasSubstr("65500 pixels a side"));
    EXPECT_EQ(errorOf([&] { checkOutput(path("map.pdf"), 60000, 60000); }), "");
}

TEST_F(Export, StoppedLeavesNothing) {
    const DisplayList list = sheet();
    std::stop_source stop;
    stop.request_stop();
    m_options.stop = stop.get_token();
    for (const char* name : {"map.png", "map.pdf", "map.svg", "map.tif", "map.jpg"})
        EXPECT_THROW(exportDisplayList(list, path(name), m_options), Stopped) << name;
    EXPECT_EQ(fileCount(), 0U);
}

// No file may grow beyond `bytes` while it lives: what a full disk does to a writer.
class SmallDisk {
public:
    explicit SmallDisk(rlim_t bytes) {
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{bytes, m_before.rlim_max};
        m_handler = std::signal(SIGXFSZ, SIG_IGN);
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~SmallDisk() {
        ::setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_handler);
    }

private:
    rlimit m_before{};
    void (*m_handler)(int) = nullptr;
};

TEST_F(Export, AFullDiskIsReportedAndLeavesNothing) {
    const DisplayList list = sheet();
    for (const char* name : {"map.png", "map.jpg", "map.tif", "map.pdf", "map.svg"}) {
        std::string sentence;
        {
            const SmallDisk disk(4096);
            sentence = errorOf([&] { exportDisplayList(list, path(name), m_options); });
        }
        EXPECT_THAT(sentence, HasSubstr(name)) << name;
        EXPECT_EQ(fileCount(), 0U) << name;
    }
}

} // namespace
} // namespace cordon
