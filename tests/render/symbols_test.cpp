#include "core/render/symbols.h"

#include "core/render/hatch.h"
#include "core/render/render.h"

#include <QImage>
#include <QPainter>
#include <cmath>
#include <gtest/gtest.h>
#include <numbers>
#include <random>

namespace cordon {
namespace {

constexpr double kPxPerMm = 4;

DisplayList page(float size = 400) {
    DisplayList list;
    list.widthPx = list.heightPx = static_cast<int>(size);
    list.dpi = kPxPerMm * 25.4;
    list.clip({0, 0, size, size});
    return list;
}

void appendRing(DisplayList& list, const std::vector<PagePoint>& ring) {
    list.points.insert(list.points.end(), ring.begin(), ring.end());
    list.endPart();
}

std::vector<PagePoint> wavyRing(float cx, float cy, float radius, std::mt19937& random) {
    std::uniform_real_distribution<float> jitter(0.5F, 1.F);
    std::vector<PagePoint> ring;
    for (int i = 0; i < 40; ++i) {
        const float a = static_cast<float>(i) * 2 * std::numbers::pi_v<float> / 40, r = radius * jitter(random);
        ring.push_back({cx + r * std::cos(a), cy + r * std::sin(a)});
    }
    ring.push_back(ring.front());
    return ring;
}

bool isInside(const std::vector<std::vector<PagePoint>>& rings, double x, double y) {
    bool inside = false;
    for (const auto& ring : rings)
        for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
            const double yi = double(ring[i].y), yj = double(ring[j].y), xi = double(ring[i].x), xj = double(ring[j].x);
            if ((yi > y) != (yj > y) && x < (xj - xi) * (y - yi) / (yj - yi) + xi)
                inside = !inside;
        }
    return inside;
}

std::vector<std::vector<PagePoint>> holedPolygon(std::mt19937& random) {
    return {wavyRing(200, 200, 180, random), wavyRing(210, 190, 60, random)};
}

TEST(Hatch, LinesLieInsideThePolygonAndOutsideItsHoles) {
    std::mt19937 random(7);
    for (const Hatch hatch : {Hatch::Diagonal, Hatch::BackDiagonal, Hatch::Cross, Hatch::Dots, Hatch::Stipple}) {
        const auto rings = holedPolygon(random);
        DisplayList list = page();
        for (const auto& ring : rings)
            appendRing(list, ring);
        FillSymbol symbol;
        symbol.hatch = hatch;
        symbol.hatchColor = Color{0, 0, 0, 255};
        appendFill(list, 0, symbol, kPxPerMm);
        ASSERT_FALSE(list.ops.empty());
        std::size_t checked = 0;
        for (std::uint32_t part = 2; part + 1 < list.partStart.size(); ++part) {
            const std::uint32_t begin = list.partStart[part], end = list.partStart[part + 1];
            if (hatch == Hatch::Dots || hatch == Hatch::Stipple) {
                for (std::uint32_t i = begin; i < end; ++i, ++checked)
                    EXPECT_TRUE(isInside(rings, double(list.points[i].x), double(list.points[i].y)));
                continue;
            }
            ASSERT_EQ(end - begin, 2U);
            for (const double t : {0.01, 0.3, 0.7, 0.99}) {
                const PagePoint a = list.points[begin], b = list.points[begin + 1];
                if (std::hypot(b.x - a.x, b.y - a.y) < 1)
                    continue;
                ++checked;
                EXPECT_TRUE(isInside(rings, double(a.x) + double(b.x - a.x) * t, double(a.y) + double(b.y - a.y) * t));
            }
        }
        EXPECT_GT(checked, 100U);
    }
}

TEST(Hatch, NeighboursHatchesLineUp) {
    const auto linesThrough = [](float left) {
        DisplayList list = page();
        appendRing(list, {{left, 50}, {left + 100, 50}, {left + 100, 150}, {left, 150}, {left, 50}});
        FillSymbol symbol;
        symbol.hatch = Hatch::Diagonal;
        appendFill(list, 0, symbol, kPxPerMm);
        std::vector<double> places; // of each line, across the hatch, in spacings
        for (std::uint32_t part = 1; part + 1 < list.partStart.size(); ++part) {
            const PagePoint p = list.points[list.partStart[part]];
            places.push_back((double(p.x) + double(p.y)) / std::numbers::sqrt2 / (symbol.hatchSpacingMm * kPxPerMm));
        }
        return places;
    };
    for (const float left : {20.F, 120.F, 177.3F})
        for (const double place : linesThrough(left))
            EXPECT_NEAR(place, std::round(place), 1e-3);
}

TEST(Hatch, TinySpacingIsWidenedInsteadOfExploding) {
    for (const Hatch hatch : {Hatch::Diagonal, Hatch::Cross, Hatch::Dots, Hatch::Stipple}) {
        DisplayList list = page(20000);
        appendRing(list, {{0, 0}, {20000, 0}, {20000, 20000}, {0, 20000}, {0, 0}});
        FillSymbol symbol;
        symbol.hatch = hatch;
        symbol.hatchSpacingMm = 1e-9;
        appendFill(list, 0, symbol, kPxPerMm);
        EXPECT_LT(list.points.size(), 200000U);
        EXPECT_GT(list.points.size(), 100U);
    }
}

TEST(Hatch, BroadStripesStayInsideThePolygon) {
    DisplayList list = page();
    appendRing(list, {{50, 50}, {150, 60}, {140, 150}, {60, 140}, {50, 50}});
    FillSymbol symbol;
    symbol.hatch = Hatch::Diagonal;
    symbol.hatchWidthMm = 1.1;
    symbol.hatchColor2 = Color{0, 0, 255, 255};
    appendFill(list, 0, symbol, kPxPerMm);
    ASSERT_EQ(list.ops.size(), 2U); // one of each colour
    for (const Op& op : list.ops) {
        EXPECT_EQ(op.kind, OpKind::Fill);
        EXPECT_GT(op.partCount, 3U);
        EXPECT_GE(op.box.minX, 48.F);
        EXPECT_LE(op.box.maxX, 152.F);
    }
}

TEST(Hatch, InwardTicksPointInwardWhateverTheRingsDirection) {
    for (const bool reversed : {false, true}) {
        std::vector<PagePoint> ring = {{100, 100}, {300, 100}, {300, 300}, {100, 300}, {100, 100}};
        if (reversed)
            std::reverse(ring.begin(), ring.end());
        DisplayList list = page();
        appendRing(list, ring);
        appendInwardTicks(list, {0, 1}, StrokeStyle{}, 20, 8, 0);
        ASSERT_EQ(partTotal(list), 41U);
        for (std::uint32_t part = 1; part < 41; ++part) {
            const PagePoint end = list.points[list.partStart[part] + 1];
            EXPECT_TRUE(isInside({ring}, double(end.x), double(end.y)));
        }
    }
}

std::string controlArea(ControlClass controlClass, ControlBasis basis) {
    DisplayList list = page();
    appendRing(list, {{100, 100}, {140, 100}, {140, 130}, {100, 130}, {100, 100}});
    appendControlArea(list, 0, controlClass, basis, {Color{0xD5, 0x5E, 0, 255}, Color{0, 0x72, 0xB2, 255}}, 1,
                      kPxPerMm);
    std::string kinds;
    for (const Op& op : list.ops) {
        kinds += op.kind == OpKind::Fill     ? "fill " + list.fills[op.style].toText()
                 : op.kind == OpKind::Stroke ? "stroke " + list.strokes[op.style].color.toText() +
                                                   (list.strokes[op.style].dashPx.empty() ? "" : " dashed")
                                             : "dots " + list.markers[op.style].paths[0].fill.toText();
        kinds += "\n";
    }
    return kinds;
}

TEST(ControlAreaSymbol, EveryClassHasItsOwnPattern) {
    EXPECT_EQ(controlArea(ControlClass::Control, ControlBasis::Assessed), "fill #D55E0059\nstroke #A04700\n");
    EXPECT_EQ(controlArea(ControlClass::Control, ControlBasis::Claimed),
              "fill #D55E000F\nstroke #D55E00\nstroke #A04700 dashed\n");
    EXPECT_EQ(controlArea(ControlClass::Contested, ControlBasis::Assessed),
              "fill #FFFFFF59\nfill #D55E0099\nfill #0072B299\nstroke #5B5B5B\n");
    EXPECT_EQ(controlArea(ControlClass::Support, ControlBasis::Assessed), "fill #D55E002E\ndots #D55E008C\n");
    EXPECT_EQ(controlArea(ControlClass::AttackZone, ControlBasis::Assessed), "stroke #B55000\nstroke #B55000\n");
    EXPECT_EQ(controlArea(ControlClass::NoInformation, ControlBasis::Assessed), "fill #D9D9D938\ndots #8C8C8CCC\n");
}

TEST(RoadStatusSymbol, BlockedHasTicksAcrossEveryThreeMillimetres) {
    DisplayList list = page();
    list.points = {{10, 100}, {250, 100}}; // 60 mm
    list.endPart();
    appendRoadStatus(list, 0, {RoadStatusKind::Blocked}, 1, kPxPerMm);
    ASSERT_EQ(list.ops.size(), 3U); // white band, line, ticks
    EXPECT_EQ(list.ops[2].partCount, 20U);
    const std::uint32_t tick = list.partStart[list.ops[2].firstPart];
    EXPECT_EQ(list.points[tick], (PagePoint{16, list.points[tick].y})); // half a step from the end
    EXPECT_FLOAT_EQ(std::abs(list.points[tick].y - list.points[tick + 1].y), 2.3F * 4);
    EXPECT_EQ(list.strokes[list.ops[1].style].color, (Color{0xD5, 0x5E, 0, 255}));
}

TEST(RoadStatusSymbol, EveryStatusDiffersInPatternNotOnlyInColour) {
    std::vector<std::string> patterns;
    for (const RoadStatusKind kind :
         {RoadStatusKind::Open, RoadStatusKind::Restricted, RoadStatusKind::Difficult, RoadStatusKind::Blocked,
          RoadStatusKind::Impassable, RoadStatusKind::Contested, RoadStatusKind::Unknown}) {
        DisplayList list = page();
        list.points = {{10, 100}, {250, 100}};
        list.endPart();
        appendRoadStatus(list, 0, {kind}, 1, kPxPerMm);
        std::string pattern;
        for (const Op& op : list.ops) {
            const StrokeStyle& stroke = list.strokes[op.style];
            pattern += std::to_string(op.partCount) + ":" + std::to_string(stroke.widthPx);
            for (const float d : stroke.dashPx)
                pattern += "," + std::to_string(d);
            pattern += ";";
        }
        patterns.push_back(pattern);
    }
    for (std::size_t i = 0; i < patterns.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            EXPECT_NE(patterns[i], patterns[j]);
}

TEST(RoadStatusSymbol, RestrictedSignCarriesItsLetter) {
    const auto letter = [](RoadStatusLook look) {
        DisplayList list = page();
        appendRoadStatusSign(list, {100, 100}, look, kPxPerMm);
        return list.texts.empty() ? std::string() : list.texts[0].utf8;
    };
    EXPECT_EQ(letter({RoadStatusKind::Restricted, true, true, true}), "E");
    EXPECT_EQ(letter({RoadStatusKind::Restricted, false, true, false}), "T");
    EXPECT_EQ(letter({RoadStatusKind::Restricted, false, false, true}), "H");
    EXPECT_EQ(letter({RoadStatusKind::Contested}), "?");
    EXPECT_EQ(letter({RoadStatusKind::Blocked}), "");
}

TEST(RoadStatusSymbol, LetterOfASignOutsideTheClipIsLeftOut) {
    DisplayList list = page();
    appendRoadStatusSign(list, {-3, 100}, {RoadStatusKind::Restricted, true}, kPxPerMm);
    EXPECT_EQ(list.ops.size(), 1U);
    EXPECT_TRUE(list.texts.empty());
}

TEST(IncidentSymbol, AreaGrowsWithFatalities) {
    const auto diameterMm = [](std::optional<int> fatalities) {
        const MarkerStyle marker = incidentMarker(IncidentType::ArmedAttack, fatalities, 1, kPxPerMm);
        float reach = 0;
        for (const PagePoint p : marker.paths.back().rings[0])
            reach = std::max(reach, std::hypot(p.x, p.y));
        return 2 * double(reach) / kPxPerMm;
    };
    EXPECT_NEAR(diameterMm(std::nullopt), 1.6, 0.01);
    EXPECT_NEAR(diameterMm(0), 1.6, 0.01);
    EXPECT_NEAR(diameterMm(50), 6, 0.01);
    EXPECT_NEAR(diameterMm(25), std::sqrt((1.6 * 1.6 + 36) / 2), 0.01);
    EXPECT_LE(diameterMm(2000000000), 9.01);
}

TEST(IncidentSymbol, FadesWithoutChangingShape) {
    const MarkerStyle fresh = incidentMarker(IncidentType::AirStrike, 3, 1, kPxPerMm);
    const MarkerStyle old = incidentMarker(IncidentType::AirStrike, 3, 0.35, kPxPerMm);
    EXPECT_EQ(fresh.paths[1].rings, old.paths[1].rings);
    EXPECT_EQ(fresh.paths[1].fill.a, 217);
    EXPECT_EQ(old.paths[1].fill.a, 76);
}

// Both canvases draw the same list; they may differ in how they antialias, not in what is where.
TEST(Canvases, PainterAndRasterAgree) {
    std::mt19937 random(3);
    DisplayList list = page();
    for (const auto& ring : holedPolygon(random))
        appendRing(list, ring);
    appendControlArea(list, 0, ControlClass::Contested, ControlBasis::Assessed,
                      {Color{0xD5, 0x5E, 0, 255}, Color{0, 0x72, 0xB2, 255}}, 1, kPxPerMm);
    float y = 40;
    for (const RoadStatusKind kind : {RoadStatusKind::Restricted, RoadStatusKind::Blocked, RoadStatusKind::Impassable,
                                      RoadStatusKind::Contested, RoadStatusKind::Difficult}) {
        const std::uint32_t first = partTotal(list);
        for (int i = 0; i <= 30; ++i)
            list.points.push_back({20 + static_cast<float>(i) * 12, y + 8 * std::sin(static_cast<float>(i) / 3)});
        list.endPart();
        appendRoadStatus(list, first, {kind}, 1, kPxPerMm);
        appendRoadStatusSign(list, {200, y}, {kind, true}, kPxPerMm);
        y += 70;
    }
    appendMarker(list, incidentMarker(IncidentType::AirStrike, 20, 1, kPxPerMm), {330, 70});
    appendMarker(list, restrictedTownMarker(kPxPerMm), {60, 330});
    const QImage raster = drawImage(list);
    QImage painted(list.widthPx, list.heightPx, QImage::Format_ARGB32_Premultiplied);
    {
        QPainter painter(&painted);
        drawOn(painter, list);
    }
    ASSERT_EQ(raster.size(), painted.size());
    double sum = 0;
    int far = 0;
    for (int row = 0; row < list.heightPx; ++row)
        for (int column = 0; column < list.widthPx; ++column) {
            const QRgb a = raster.pixel(column, row), b = painted.pixel(column, row);
            const int difference =
                std::abs(qRed(a) - qRed(b)) + std::abs(qGreen(a) - qGreen(b)) + std::abs(qBlue(a) - qBlue(b));
            sum += difference;
            far += difference > 150 ? 1 : 0;
        }
    EXPECT_LT(sum / (400.0 * 400 * 3), 1.5); // mean difference of a channel, of 255
    EXPECT_LT(far, 400.0 * 400 * 0.002);
}

} // namespace
} // namespace cordon
