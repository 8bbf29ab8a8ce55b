#include "core/error.h"
#include "core/render/png_writer.h"

#include <QImage>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <random>

namespace cordon {
namespace {

// Tests run side by side: each has files of its own.
std::string outputPath(const std::string& name) {
    const std::string test = testing::UnitTest::GetInstance()->current_test_info()->name();
    return (std::filesystem::path(testing::TempDir()) / ("cordon-" + test + "-" + name)).string();
}

std::string bytesOf(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// Flat areas, gradients and noise: short and long matches, and none.
QImage picture(int width, int height, int colors, bool hasAlpha) {
    QImage image(width, height, hasAlpha ? QImage::Format_ARGB32 : QImage::Format_ARGB32_Premultiplied);
    std::mt19937 random(5);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            const unsigned noise = (x / 64 + y / 32) % 3 == 0 ? random() : static_cast<unsigned>(x / 16 + y * 3);
            const int v = static_cast<int>(noise % static_cast<unsigned>(colors));
            image.setPixel(x, y, qRgba(v & 255, (v >> 4) & 255, (v >> 8) & 255, hasAlpha ? 55 + v % 200 : 255));
        }
    return image;
}

void expectRoundTrip(const QImage& image) {
    const std::string path = outputPath("round_trip.png");
    writePng(image, path, 150, 2);
    const QImage back(QString::fromStdString(path));
    ASSERT_FALSE(back.isNull());
    EXPECT_EQ(back.convertToFormat(QImage::Format_ARGB32), image.convertToFormat(QImage::Format_ARGB32));
    EXPECT_EQ(back.dotsPerMeterX(), static_cast<int>(std::lround(150 / 0.0254)));
}

TEST(PngWriter, OpaquePictureComesBackPixelByPixel) {
    expectRoundTrip(picture(1237, 811, 1 << 20, false));
}

TEST(PngWriter, PictureOfFewColoursIsIndexedAndComesBack) {
    expectRoundTrip(picture(1237, 811, 200, false));
    EXPECT_EQ(QImage(QString::fromStdString(outputPath("round_trip.png"))).format(), QImage::Format_Indexed8);
}

TEST(PngWriter, TransparencyComesBack) {
    expectRoundTrip(picture(300, 200, 1 << 20, true));
    expectRoundTrip(picture(300, 200, 100, true));
}

TEST(PngWriter, SmallestPicturesComeBack) {
    for (const auto& [width, height] : {std::pair(1, 1), std::pair(1, 500), std::pair(500, 1), std::pair(3, 2)})
        expectRoundTrip(picture(width, height, 1 << 20, false));
}

TEST(PngWriter, BytesDoNotDependOnThreads) {
    const QImage image = picture(900, 1100, 1 << 20, false);
    const std::string one = outputPath("one.png"), four = outputPath("four.png");
    writePng(image, one, 96, 1);
    writePng(image, four, 96, 4);
    EXPECT_EQ(bytesOf(one), bytesOf(four));
}

TEST(PngWriter, KeepsTexts) {
    const std::string path = outputPath("texts.png");
    writePng(picture(20, 20, 5, false), path, 96, 1, {{"Title", "Mali"}, {"Description", "Ségou"}});
    const QImage back(QString::fromStdString(path));
    EXPECT_EQ(back.text("Title"), "Mali");
    EXPECT_EQ(back.text("Description"), QString::fromUtf8("Ségou"));
}

TEST(PngWriter, SaysWhereItCouldNotWrite) {
    try {
        writePng(picture(5, 5, 5, false), "/nowhere/at/all.png", 96);
        FAIL() << "wrote to a folder that does not exist";
    } catch (const Error& e) {
        EXPECT_NE(std::string(e.what()).find("/nowhere/at/all.png"), std::string::npos);
    }
}

} // namespace
} // namespace cordon
