#include "core/error.h"
#include "core/render/raster_canvas.h"
#include "core/render/render.h"

#include <QImage>
#include <cmath>
#include <cstring>
#include <gtest/gtest.h>
#include <random>

namespace cordon {
namespace {

DisplayList page(int width, int height) {
    DisplayList list;
    list.widthPx = width;
    list.heightPx = height;
    list.clip({0, 0, static_cast<float>(width), static_cast<float>(height)});
    return list;
}

std::uint32_t nextPart(const DisplayList& list) {
    return static_cast<std::uint32_t>(list.partStart.size() - 1);
}

void addShape(DisplayList& list, OpKind kind, std::uint32_t style, const std::vector<PagePoint>& points,
              std::uint16_t clip = 0) {
    const std::uint32_t first = nextPart(list);
    list.points.insert(list.points.end(), points.begin(), points.end());
    list.endPart();
    list.addOp(kind, style, first, clip);
}

std::vector<PagePoint> rectangle(float left, float top, float right, float bottom) {
    return {{left, top}, {right, top}, {right, bottom}, {left, bottom}, {left, top}};
}

QRgb pixel(const QImage& image, int x, int y) {
    return image.pixel(x, y);
}

bool isSame(const QImage& a, const QImage& b) {
    if (a.size() != b.size())
        return false;
    for (int y = 0; y < a.height(); ++y)
        if (std::memcmp(a.constScanLine(y), b.constScanLine(y), static_cast<std::size_t>(a.width()) * 4) != 0)
            return false;
    return true;
}

MarkerStyle dot(float radius, Color fill, Color stroke, float strokePx) {
    MarkerPath path;
    path.rings.emplace_back();
    for (int i = 0; i < 24; ++i) {
        const double a = i * 2 * M_PI / 24;
        path.rings[0].push_back({static_cast<float>(radius * std::cos(a)), static_cast<float>(radius * std::sin(a))});
    }
    path.fill = fill;
    path.stroke = stroke;
    path.strokePx = strokePx;
    return {{path}};
}

// Shapes of every kind, many across the borders of tiles.
DisplayList busyPage(int width, int height, unsigned seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<float> x(-50, static_cast<float>(width) + 50),
        y(-50, static_cast<float>(height) + 50);
    std::uniform_int_distribution<int> byte(0, 255);
    DisplayList list = page(width, height);
    for (int i = 0; i < 60; ++i) {
        const auto channel = [&] { return static_cast<std::uint8_t>(byte(random)); };
        const Color color{channel(), channel(), channel(), static_cast<std::uint8_t>(i % 3 == 0 ? 120 : 255)};
        std::vector<PagePoint> points;
        for (int k = 0; k < 7; ++k)
            points.push_back({x(random), y(random)});
        if (i % 3 == 0)
            addShape(list, OpKind::Fill, list.fillStyle(color), points);
        StrokeStyle stroke{color, 0.5F + static_cast<float>(i % 7), {}, LineCap::Round, LineJoin::Round};
        if (i % 4 == 0)
            stroke = {color, 3, {6, 4}, LineCap::Butt, LineJoin::Miter};
        addShape(list, OpKind::Stroke, list.strokeStyle(stroke), points);
        addShape(list, OpKind::Markers, list.markerStyle(dot(3 + static_cast<float>(i % 9), color, {0, 0, 0, 255}, 1)),
                 points);
    }
    return list;
}

TEST(RasterCanvas, FillsWholePixelsExactly) {
    DisplayList list = page(400, 300);
    addShape(list, OpKind::Fill, list.fillStyle({10, 20, 30, 255}), rectangle(100, 50, 300, 250));
    const QImage image = drawImage(list, 1);
    int filled = 0, other = 0;
    for (int y = 0; y < 300; ++y)
        for (int x = 0; x < 400; ++x) {
            const bool isInside = x >= 100 && x < 300 && y >= 50 && y < 250;
            (pixel(image, x, y) == (isInside ? qRgb(10, 20, 30) : qRgb(255, 255, 255)) ? filled : other) += 1;
        }
    EXPECT_EQ(other, 0);
}

TEST(RasterCanvas, CoversPartlyByArea) {
    DisplayList list = page(10, 10);
    addShape(list, OpKind::Fill, list.fillStyle({0, 0, 0, 255}), rectangle(2.25F, 2, 4, 3.5F));
    const QImage image = drawImage(list, 1);
    EXPECT_NEAR(qRed(pixel(image, 2, 2)), 255 * 0.25, 1);
    EXPECT_EQ(qRed(pixel(image, 3, 2)), 0);
    EXPECT_NEAR(qRed(pixel(image, 3, 3)), 255 * 0.5, 1);
    EXPECT_NEAR(qRed(pixel(image, 2, 3)), 255 * 0.625, 1);
}

TEST(RasterCanvas, BlendsSeeThroughColours) {
    DisplayList list = page(10, 10);
    addShape(list, OpKind::Fill, list.fillStyle({200, 100, 0, 153}), rectangle(0, 0, 10, 10));
    addShape(list, OpKind::Fill, list.fillStyle({0, 100, 200, 153}), rectangle(0, 0, 10, 10));
    const QImage image = drawImage(list, 1);
    // 255 -> 0.6 * 200 + 0.4 * 255 = 222 -> 0.4 * 222 = 88.8, and so on.
    EXPECT_NEAR(qRed(pixel(image, 5, 5)), 88.8, 1);
    EXPECT_NEAR(qGreen(pixel(image, 5, 5)), 124.8, 1);
    EXPECT_NEAR(qBlue(pixel(image, 5, 5)), 160.8, 1);
    EXPECT_EQ(qAlpha(pixel(image, 5, 5)), 255);
}

TEST(RasterCanvas, KeepsATransparentBackground) {
    DisplayList list = page(10, 10);
    list.background = {0, 0, 0, 0};
    addShape(list, OpKind::Fill, list.fillStyle({200, 100, 0, 128}), rectangle(0, 0, 5, 10));
    const QImage image = drawImage(list, 1);
    EXPECT_EQ(qAlpha(pixel(image, 7, 5)), 0);
    EXPECT_EQ(pixel(image, 2, 5), qRgba(100, 50, 0, 128)); // premultiplied
}

TEST(RasterCanvas, LeavesHolesByEvenOdd) {
    DisplayList list = page(20, 20);
    const std::uint32_t first = nextPart(list);
    for (const auto& ring : {rectangle(2, 2, 18, 18), rectangle(6, 6, 14, 14)}) {
        list.points.insert(list.points.end(), ring.begin(), ring.end());
        list.endPart();
    }
    list.addOp(OpKind::Fill, list.fillStyle({0, 0, 0, 255}), first);
    const QImage image = drawImage(list, 1);
    EXPECT_EQ(qRed(pixel(image, 4, 10)), 0);
    EXPECT_EQ(qRed(pixel(image, 10, 10)), 255);
    EXPECT_EQ(qRed(pixel(image, 16, 10)), 0);
}

TEST(RasterCanvas, StrokesAreAsWideAsAsked) {
    DisplayList list = page(400, 40);
    addShape(list, OpKind::Stroke, list.strokeStyle({{0, 0, 0, 255}, 3, {}, LineCap::Butt, LineJoin::Miter}),
             {{10, 20}, {390, 20}});
    const QImage image = drawImage(list, 1);
    for (const int x : {10, 191, 192, 193, 389}) {
        EXPECT_NEAR(qRed(pixel(image, x, 18)), 127.5, 1) << x;
        EXPECT_EQ(qRed(pixel(image, x, 19)), 0) << x;
        EXPECT_EQ(qRed(pixel(image, x, 20)), 0) << x;
        EXPECT_NEAR(qRed(pixel(image, x, 21)), 127.5, 1) << x;
    }
    EXPECT_EQ(qRed(pixel(image, 9, 20)), 255);
    EXPECT_EQ(qRed(pixel(image, 390, 20)), 255);
}

TEST(RasterCanvas, CornersHaveNeitherGapNorOverlap) {
    DisplayList list = page(100, 100);
    const Color half{0, 0, 0, 128};
    addShape(list, OpKind::Stroke, list.strokeStyle({half, 10, {}, LineCap::Butt, LineJoin::Miter}),
             {{20, 80}, {20, 20}, {80, 20}});
    const QImage image = drawImage(list, 1);
    const QRgb grey = pixel(image, 20, 60);
    EXPECT_EQ(qRed(grey), 127);
    for (int i = 15; i < 25; ++i)
        for (int k = 15; k < 25; ++k)
            EXPECT_EQ(pixel(image, i, k), grey) << i << "," << k;
}

// Rounded corners and ends cover half a disc beyond each end: area of the whole within 1 %.
TEST(RasterCanvas, RoundEndsAndCornersHaveTheirArea) {
    DisplayList list = page(300, 300);
    addShape(list, OpKind::Stroke, list.strokeStyle({{0, 0, 0, 255}, 40, {}, LineCap::Round, LineJoin::Round}),
             {{100, 200}, {100, 100}, {200, 100}});
    const QImage image = drawImage(list, 1);
    double ink = 0;
    for (int y = 0; y < 300; ++y)
        for (int x = 0; x < 300; ++x)
            ink += (255 - qRed(pixel(image, x, y))) / 255.0;
    // Two bars of 100 x 40, less the square both cover, more a quarter disc and two half discs.
    const double expected = 2 * 100 * 40 - 20 * 20 + M_PI * 400 / 4 + M_PI * 400;
    EXPECT_NEAR(ink, expected, expected * 0.01);
}

TEST(RasterCanvas, DashesGoOnAcrossTiles) {
    DisplayList list = page(800, 20);
    addShape(list, OpKind::Stroke, list.strokeStyle({{0, 0, 0, 255}, 4, {6, 4}, LineCap::Butt, LineJoin::Miter}),
             {{0, 10}, {333, 10}, {800, 10}});
    const QImage image = drawImage(list, 2);
    for (int x = 0; x < 800; ++x)
        EXPECT_EQ(qRed(pixel(image, x, 10)), x % 10 < 6 ? 0 : 255) << x;
}

TEST(RasterCanvas, ObeysClipRectangles) {
    DisplayList list = page(400, 200);
    const std::uint16_t clip = list.clip({100, 50, 300, 150});
    addShape(list, OpKind::Fill, list.fillStyle({0, 0, 0, 255}), rectangle(0, 0, 400, 200), clip);
    addShape(list, OpKind::Stroke, list.strokeStyle({{255, 0, 0, 255}, 20, {}, LineCap::Butt, LineJoin::Miter}),
             {{0, 100}, {400, 100}}, clip);
    addShape(list, OpKind::Markers, list.markerStyle(dot(30, {0, 255, 0, 255}, {0, 0, 0, 0}, 0)), {{100, 50}}, clip);
    const QImage image = drawImage(list, 1);
    EXPECT_EQ(pixel(image, 99, 60), qRgb(255, 255, 255));
    EXPECT_EQ(pixel(image, 99, 100), qRgb(255, 255, 255));
    EXPECT_EQ(pixel(image, 200, 49), qRgb(255, 255, 255));
    EXPECT_EQ(pixel(image, 105, 55), qRgb(0, 255, 0));
    EXPECT_EQ(pixel(image, 200, 60), qRgb(0, 0, 0));
    EXPECT_EQ(pixel(image, 200, 100), qRgb(255, 0, 0));
    EXPECT_EQ(pixel(image, 300, 100), qRgb(255, 255, 255));
}

TEST(RasterCanvas, SameBytesForAnyNumberOfThreads) {
    const DisplayList list = busyPage(1000, 700, 7);
    const QImage one = drawImage(list, 1);
    EXPECT_TRUE(isSame(one, drawImage(list, 2)));
    EXPECT_TRUE(isSame(one, drawImage(list, 4)));
}

// A shape moved by whole pixels gives the same picture moved: borders of tiles do not show.
TEST(RasterCanvas, TilesDoNotShow) {
    const int dx = 77, dy = 41;
    DisplayList list = busyPage(700, 500, 3);
    DisplayList moved = list;
    moved.widthPx += dx;
    moved.heightPx += dy;
    moved.clips[0] = {0, 0, static_cast<float>(moved.widthPx), static_cast<float>(moved.heightPx)};
    for (PagePoint& p : moved.points) {
        // On a grid of 1/64 px, so that moving them rounds nothing.
        p = {std::round(p.x * 64) / 64 + static_cast<float>(dx), std::round(p.y * 64) / 64 + static_cast<float>(dy)};
    }
    for (PagePoint& p : list.points)
        p = {std::round(p.x * 64) / 64, std::round(p.y * 64) / 64};
    for (Op& op : list.ops)
        op.box = {-1e6F, -1e6F, 1e6F, 1e6F};
    const QImage a = drawImage(list, 1), b = drawImage(moved, 1);
    int worst = 0;
    for (int y = 0; y < 500; ++y)
        for (int x = 0; x < 700; ++x)
            worst = std::max(worst, std::abs(qGreen(pixel(a, x, y)) - qGreen(pixel(b, x + dx, y + dy))));
    // An edge is rounded to 1/256 px where a tile cuts it.
    EXPECT_LE(worst, 3);
}

TEST(RasterCanvas, SurvivesWhatIsFarAwayOrNotANumber) {
    DisplayList list = page(100, 100);
    const float far = 1e9F, nan = std::nanf("");
    addShape(list, OpKind::Fill, list.fillStyle({0, 0, 0, 255}), rectangle(-far, -far, far, far));
    addShape(list, OpKind::Stroke, list.strokeStyle({{255, 0, 0, 255}, 2, {}, LineCap::Round, LineJoin::Round}),
             {{-far, 50}, {far, 50}, {nan, 20}, {10, nan}});
    addShape(list, OpKind::Markers, list.markerStyle(dot(3, {0, 255, 0, 255}, {0, 0, 0, 0}, 0)),
             {{nan, nan}, {far, far}, {50, 20}});
    const QImage image = drawImage(list, 1);
    EXPECT_EQ(pixel(image, 10, 10), qRgb(0, 0, 0));
    EXPECT_EQ(pixel(image, 50, 20), qRgb(0, 255, 0));
}

TEST(RasterCanvas, ThinLinesAreNearlyThoseOfTheirOutlines) {
    std::mt19937 random(7);
    std::normal_distribution<float> step(0, 6);
    for (const float width : {0.6F, 1.0F, 2.0F, 3.5F}) {
        DisplayList list = page(400, 300);
        for (int i = 0; i < 40; ++i) {
            std::vector<PagePoint> line{{static_cast<float>(10 * i), static_cast<float>(7 * i)}};
            for (int k = 0; k < 20; ++k)
                line.push_back({line.back().x + step(random), line.back().y + step(random)});
            const LineCap cap = i % 2 == 0 ? LineCap::Butt : LineCap::Round;
            addShape(list, OpKind::Stroke, list.strokeStyle({{0, 0, 0, 255}, width, {}, cap, LineJoin::Round}), line);
        }
        const QImage fast = drawImage(list);
        list.exact = true;
        const QImage exact = drawImage(list);
        ASSERT_FALSE(isSame(fast, exact)) << width; // else nothing was compared
        double squares = 0;
        for (int y = 0; y < 300; ++y)
            for (int x = 0; x < 400; ++x) {
                const int d = qGreen(fast.pixel(x, y)) - qGreen(exact.pixel(x, y));
                squares += d * d;
            }
        EXPECT_LT(std::sqrt(squares / (400 * 300)) / 255, 0.012) << width;
    }
}

TEST(RasterCanvas, MarkersThatLieHiddenMakeNoDifference) {
    std::mt19937 random(3);
    std::normal_distribution<float> x(200, 12), y(130, 12); // across tiles, many on one another
    std::vector<PagePoint> places;
    for (int i = 0; i < 5000; ++i)
        places.push_back({x(random), y(random)});
    const MarkerStyle marker = dot(3, {255, 255, 0, 255}, {0, 0, 0, 255}, 1);
    DisplayList together = page(400, 300), apart = page(400, 300);
    addShape(together, OpKind::Markers, together.markerStyle(marker), places);
    for (const PagePoint place : places)
        addShape(apart, OpKind::Markers, apart.markerStyle(marker), {place});
    EXPECT_TRUE(isSame(drawImage(together), drawImage(apart)));
}

// Something on top of the markers, though it does not show, keeps them from hiding anything.
TEST(RasterCanvas, LinesThatLieHiddenBelowMarkersMakeNoDifference) {
    for (const float width : {0.7F, 1.0F, 3.0F, 8.0F}) {
        std::mt19937 random(5);
        std::uniform_real_distribution<float> x(-20, 420), y(-20, 320), step(-4, 4);
        DisplayList list = page(400, 300);
        const LineJoin join = width > 5 ? LineJoin::Miter : LineJoin::Round;
        for (int i = 0; i < 6000; ++i) {
            std::vector<PagePoint> line{{x(random), y(random)}};
            for (int k = 0; k < 3; ++k)
                line.push_back({line.back().x + step(random), line.back().y + step(random)});
            const Color color{static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(i / 16), 0, 255};
            addShape(list, OpKind::Stroke, list.strokeStyle({color, width, {}, LineCap::Round, join}), line);
        }
        const MarkerStyle marker = dot(3, {255, 255, 0, 255}, {0, 0, 0, 255}, 1);
        const std::uint16_t half = list.clip({0, 0, 250, 300}); // cuts a tile
        std::vector<PagePoint> places;
        for (int i = 0; i < 4000; ++i)
            places.push_back({x(random), y(random)});
        addShape(list, OpKind::Markers, list.markerStyle(marker), places);
        addShape(list, OpKind::Markers, list.markerStyle(marker), {places.begin(), places.begin() + 1000}, half);
        DisplayList withTop = list;
        addShape(withTop, OpKind::Fill, withTop.fillStyle({0, 0, 0, 0}), rectangle(0, 0, 400, 300));
        EXPECT_TRUE(isSame(drawImage(list), drawImage(withTop))) << width;
    }
}

TEST(RasterCanvas, StopsWhenAsked) {
    std::stop_source source;
    source.request_stop();
    EXPECT_THROW(drawImage(busyPage(200, 200, 1), 2, source.get_token()), Stopped);
}

} // namespace
} // namespace cordon
