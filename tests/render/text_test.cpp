#include "core/render/text.h"

#include "core/render/render.h"

#include <QBuffer>
#include <QImage>
#include <QPainter>
#include <QPdfWriter>
#include <QRawFont>
#include <cmath>
#include <gtest/gtest.h>
#include <thread>

namespace cordon {
namespace {

QImage drawn(const std::vector<Text>& texts, int width = 400, int height = 100) {
    QImage image(width, height, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::white);
    QPainter painter(&image);
    drawTexts(painter, texts);
    return image;
}

Text text(const std::string& utf8, float sizePx = 20) {
    Text t;
    t.utf8 = utf8;
    t.at = {20, 60};
    t.sizePx = sizePx;
    return t;
}

// Columns from the first to the last that is not white.
std::pair<int, int> inkColumns(const QImage& image) {
    int first = image.width(), last = -1;
    for (int x = 0; x < image.width(); ++x)
        for (int y = 0; y < image.height(); ++y)
            if (image.pixel(x, y) != qRgb(255, 255, 255)) {
                first = std::min(first, x);
                last = std::max(last, x);
            }
    return {first, last};
}

TEST(MeasureText, GrowsInProportionToTheSize) {
    const TextExtent small = measureText("Ségou et Sikasso", 7.3F), large = measureText("Ségou et Sikasso", 73);
    EXPECT_NEAR(large.advancePx, small.advancePx * 10, 0.02);
    EXPECT_NEAR(large.capHeightPx, small.capHeightPx * 10, 0.02);
    EXPECT_GT(small.advancePx, 40);
}

TEST(MeasureText, AgreesWithWhatIsDrawn) {
    for (const char* word : {"Kayes", "Nioro du Sahel", "ÉÀÔ", "HHHH"}) {
        const auto [first, last] = inkColumns(drawn({text(word)}));
        const float advance = measureText(word, 20).advancePx;
        EXPECT_NEAR(first, 20, 3) << word; // side bearings
        EXPECT_NEAR(last, 20 + advance, 3.5) << word;
    }
}

TEST(MeasureText, LetterSpacingStandsBetweenLettersOnly) {
    const float plain = measureText("MALI", 20).advancePx, spaced = measureText("MALI", 20, false, false, 5).advancePx;
    EXPECT_NEAR(spaced - plain, 15, 0.1);
    EXPECT_EQ(measureText("", 20).advancePx, 0);
}

TEST(MeasureText, BoldIsTheBundledBold) {
    EXPECT_NE(measureText("Bamako", 20, true).advancePx, measureText("Bamako", 20).advancePx);
    EXPECT_NE(measureText("Bamako", 20, false, true).advancePx, measureText("Bamako", 20).advancePx);
}

TEST(DrawTexts, HaloOfANeighbourCoversNoLetters) {
    Text first = text("MMMM", 30), second = text("MMMM", 30);
    second.at.y += 22; // its halo reaches into the first line
    second.halo = Color{255, 255, 255, 255};
    second.haloPx = 6;
    const auto ink = [](const QImage& image) {
        int count = 0;
        for (int y = 38; y < 60; ++y)
            for (int x = 0; x < image.width(); ++x)
                count += qGray(image.pixel(x, y)) < 60 ? 1 : 0;
        return count;
    };
    EXPECT_EQ(ink(drawn({first, second})), ink(drawn({first})));
}

TEST(DrawTexts, ArabicIsShapedAndEmojiDoNotCrash) {
    EXPECT_GT(measureText("باماكو", 20).advancePx, 10);
    const auto [first, last] = inkColumns(drawn({text("باماكو"), text("⚠️ 🚚")}));
    EXPECT_GE(first, 15);
    EXPECT_LT(last, 200);
}

TEST(DrawTexts, InvalidUtf8IsDrawnSomehow) {
    EXPECT_GE(measureText("K\xFF\xFEyes", 20).advancePx, 10);
    drawn({text("K\xFF\xFEyes")});
}

TEST(DrawTexts, ThreadsDrawTheSamePicture) {
    const std::vector<Text> texts = {text("Tombouctou"), text("Gao")};
    const QImage expected = drawn(texts);
    std::vector<QImage> images(4);
    {
        std::vector<std::jthread> threads;
        for (QImage& image : images)
            threads.emplace_back([&] {
                measureText("Tombouctou", 11);
                image = drawn(texts);
            });
    }
    for (const QImage& image : images)
        EXPECT_EQ(image, expected);
}

TEST(DrawTexts, PdfKeepsTextAsText) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer);
        QPainter painter(&writer);
        Text t = text("Bamako", 100);
        t.halo = Color{255, 255, 255, 255};
        t.haloPx = 10;
        drawTexts(painter, {t});
    }
    EXPECT_TRUE(bytes.contains("/Font")) << "no font embedded: text became outlines";
    EXPECT_TRUE(bytes.contains("/ToUnicode")) << "text could not be searched";
}

// Pixels are laid by our own rasteriser, paper by Qt: both must show the same letters.
TEST(Letters, LookAsQtDrawsThem) {
    for (const char* word : {"Tombouctou", "باماكو", "Ségou Kéniéba", "AV"}) {
        Text t = text(word, 31);
        t.halo = Color{255, 200, 0, 255};
        t.haloPx = 2.5F;
        t.angleDegrees = -8;
        DisplayList list;
        list.widthPx = 400;
        list.heightPx = 100;
        list.clips = {{0, 0, 400, 100}};
        list.texts = {t};
        const QImage ours = drawImage(list, 1), qts = drawn({t});
        double squares = 0;
        for (int y = 0; y < 100; ++y)
            for (int x = 0; x < 400; ++x)
                squares += std::pow(qGray(ours.pixel(x, y)) - qGray(qts.pixel(x, y)), 2);
        EXPECT_LT(std::sqrt(squares / 40000), 3) << word;
        EXPECT_NE(inkColumns(ours).second, -1) << word;
    }
}

} // namespace
} // namespace cordon
