#include "core/render/layer_drawing.h"
#include "core/render/text.h"

#include <cmath>
#include <gtest/gtest.h>
#include <numbers>
#include <random>

namespace cordon {
namespace {

// A drawing of nothing but labels.
struct Sheet {
    Scene scene;
    PreparedLayers prepared;
    Projection projection{Crs()};
    DisplayList list;
    ShownSituation situation;
    DrawContext context{.scene = scene,
                        .prepared = prepared,
                        .projection = projection,
                        .situation = situation,
                        .list = list,
                        .clip = 0,
                        .labels = {},
                        .labelObstacles = {},
                        .stop = {}};

    explicit Sheet(float width = 800, float height = 600) {
        list.widthPx = static_cast<int>(width);
        list.heightPx = static_cast<int>(height);
        list.dpi = 127; // 5 px a millimetre
        list.clip({0, 0, width, height});
    }
    void want(const std::string& text, PagePoint at, double priority = 0, float radius = 4) {
        LabelWish wish;
        wish.text = text;
        wish.anchor = at;
        wish.priority = priority;
        wish.symbolRadiusPx = radius;
        context.labels.push_back(wish);
    }
    void wantAlong(const std::string& text, std::vector<PagePoint> line) {
        LabelWish wish;
        wish.where = LabelWish::Where::AlongLine;
        wish.text = text;
        wish.line = std::move(line);
        context.labels.push_back(wish);
    }
    std::vector<std::string> place() {
        placeLabels(context);
        std::vector<std::string> placed;
        for (const Text& text : list.texts)
            placed.push_back(text.utf8);
        return placed;
    }
};

// The letters' own box; descenders counted, the font's spare room not.
PageBox boxOf(const Text& text) {
    const TextExtent extent = measureText(text.utf8, text.sizePx, text.bold, text.italic, text.letterSpacingPx);
    return {text.at.x, text.at.y - extent.capHeightPx, text.at.x + extent.advancePx,
            text.at.y + extent.descentPx * 0.7F};
}

TEST(Labels, NeverOverlapEachOtherNorObstaclesNorTheFrame) {
    std::mt19937 random(11);
    for (int round = 0; round < 20; ++round) {
        Sheet sheet;
        std::uniform_real_distribution<float> x(-20, 820), y(-20, 620);
        std::uniform_int_distribution<int> length(1, 14);
        for (int i = 0; i < 400; ++i)
            sheet.want("T" + std::string(static_cast<std::size_t>(length(random)), 'o') + std::to_string(i),
                       {x(random), y(random)}, i % 17);
        for (int i = 0; i < 40; ++i) {
            const PagePoint at{x(random), y(random)};
            sheet.context.labelObstacles.push_back({at.x, at.y, at.x + 25, at.y + 25});
        }
        sheet.place();
        EXPECT_GT(sheet.list.texts.size(), 30U);
        for (std::size_t i = 0; i < sheet.list.texts.size(); ++i) {
            const PageBox box = boxOf(sheet.list.texts[i]);
            EXPECT_TRUE(box.minX >= 0 && box.minY >= 0 && box.maxX <= 800 && box.maxY <= 600);
            for (std::size_t j = 0; j < i; ++j)
                EXPECT_FALSE(box.intersects(boxOf(sheet.list.texts[j])))
                    << sheet.list.texts[i].utf8 << " on " << sheet.list.texts[j].utf8;
            for (const PageBox& obstacle : sheet.context.labelObstacles)
                EXPECT_FALSE(box.intersects(obstacle)) << sheet.list.texts[i].utf8;
        }
    }
}

TEST(Labels, UpperRightIsPreferred) {
    Sheet sheet;
    sheet.want("Kayes", {400, 300});
    ASSERT_EQ(sheet.place(), std::vector<std::string>{"Kayes"});
    EXPECT_GT(sheet.list.texts[0].at.x, 400);
    EXPECT_LT(sheet.list.texts[0].at.y, 302);
}

TEST(Labels, HigherPriorityTakesThePlace) {
    Sheet sheet(120, 30);
    sheet.want("Village", {20, 15}, 1);
    sheet.want("Capital", {22, 15}, 5);
    EXPECT_EQ(sheet.place(), std::vector<std::string>{"Capital"});
}

TEST(Labels, SameTextIsNotRepeatedNearby) {
    Sheet sheet;
    sheet.want("Sikasso", {100, 100});
    sheet.want("Sikasso", {180, 140}); // 18 mm away
    sheet.want("Sikasso", {100, 400}); // 60 mm away
    EXPECT_EQ(sheet.place(), (std::vector<std::string>{"Sikasso", "Sikasso"}));
}

TEST(Labels, SituationsNameReplacesTheTownsOwn) {
    Sheet sheet;
    sheet.want("Lere", {300, 300}, 1000);
    sheet.want("Léré", {301, 300}, kSituationPriority, 14);
    sheet.context.labelObstacles.push_back({287, 286, 315, 314}); // its ring
    EXPECT_EQ(sheet.place(), std::vector<std::string>{"Léré"});
    EXPECT_FALSE(boxOf(sheet.list.texts[0]).intersects({291, 290, 311, 310}));
}

TEST(Labels, NothingUnderSixPoints) {
    Sheet sheet;
    sheet.want("Hameau", {300, 300});
    sheet.context.labels[0].symbol.sizePt = 2;
    sheet.place();
    EXPECT_FLOAT_EQ(sheet.list.texts.at(0).sizePx, 6 * 127 / 72.F);
}

TEST(Labels, AlongALineTheyAreUprightAndBesideIt) {
    for (const bool backwards : {false, true}) {
        Sheet sheet;
        std::vector<PagePoint> line;
        for (int i = 0; i <= 40; ++i)
            line.push_back({100 + static_cast<float>(i) * 12, 500 - static_cast<float>(i) * 6});
        if (backwards)
            std::reverse(line.begin(), line.end());
        sheet.wantAlong("Niger", line);
        ASSERT_EQ(sheet.place(), std::vector<std::string>{"Niger"});
        const Text& text = sheet.list.texts[0];
        EXPECT_NEAR(text.angleDegrees, -26.565, 0.1);
        const float onLine = 500 - (text.at.x - 100) / 2;
        EXPECT_LT(text.at.y, onLine);
        EXPECT_GT(text.at.y, onLine - 20);
    }
}

TEST(Labels, ALineTooShortOrTooCrookedHasNone) {
    Sheet sheet;
    sheet.wantAlong("Niger", {{100, 100}, {110, 100}});
    std::vector<PagePoint> zigzag;
    for (int i = 0; i < 60; ++i)
        zigzag.push_back({200 + static_cast<float>(i) * 4, i % 2 == 0 ? 300.F : 310.F});
    sheet.wantAlong("Bani", zigzag);
    EXPECT_TRUE(sheet.place().empty());
}

TEST(Labels, InAnAreaTheyAreCentredAndBreakIntoTwoLines) {
    Sheet sheet;
    LabelWish wish;
    wish.where = LabelWish::Where::InArea;
    wish.text = "Burkina Faso";
    wish.symbol.upperCase = true;
    wish.anchor = {400, 300};
    wish.roomPx = 70;
    sheet.context.labels.push_back(wish);
    ASSERT_EQ(sheet.place(), (std::vector<std::string>{"BURKINA", "FASO"}));
    for (const Text& text : sheet.list.texts)
        EXPECT_NEAR(text.at.x + text.widthPx / 2, 400, 1);
    EXPECT_LT(sheet.list.texts[0].at.y, sheet.list.texts[1].at.y);
}

TEST(Labels, AnAreaTooNarrowHasNone) {
    Sheet sheet;
    LabelWish wish;
    wish.where = LabelWish::Where::InArea;
    wish.text = "Koulikoro";
    wish.anchor = {400, 300};
    wish.roomPx = 20;
    sheet.context.labels.push_back(wish);
    EXPECT_TRUE(sheet.place().empty());
}

TEST(Labels, PlacementIsDeterministic) {
    const auto run = [] {
        Sheet sheet;
        std::mt19937 random(5);
        std::uniform_real_distribution<float> x(0, 800), y(0, 600);
        for (int i = 0; i < 1000; ++i)
            sheet.want("Place " + std::to_string(i % 700), {x(random), y(random)}, i % 3);
        sheet.place();
        return sheet.list.texts;
    };
    EXPECT_EQ(run(), run());
}

TEST(Labels, AHundredThousandWishesArePlaced) {
    Sheet sheet(2000, 1400);
    std::mt19937 random(5);
    std::uniform_real_distribution<float> x(0, 2000), y(0, 1400);
    for (int i = 0; i < 100000; ++i)
        sheet.want("Settlement " + std::to_string(i), {x(random), y(random)});
    sheet.place();
    EXPECT_GT(sheet.list.texts.size(), 100U);
}

} // namespace
} // namespace cordon
