#include "app/gui/map_tools.h"

#include "app/gui/map_canvas.h"
#include "core/geo/geodesic.h"
#include "tests/gui/report_fixture.h"

#include <QSignalSpy>

namespace cordon {

namespace {

class MapToolTest : public testing::Test {
protected:
    MapToolTest() {
        m_canvas.resize(900, 600);
        m_canvas.show();
        m_document.apply("Open", reportProject());
        m_canvas.zoomTo(GeoBox{{-8.2, 11.4, -3.8, 13.6}});
    }

    QPoint at(LonLat place) const {
        return (*m_canvas.devicePositionOf(place) / m_canvas.devicePixelRatioF()).toPoint();
    }
    LonLat placeAt(LonLat place) const { return *m_canvas.placeAt(QPointF(at(place))); } // of the whole pixel
    void click(LonLat place, Qt::KeyboardModifiers modifiers = {}) {
        QTest::mouseMove(&m_canvas, at(place));
        QTest::mouseClick(&m_canvas, Qt::LeftButton, modifiers, at(place));
    }
    void doubleClick(LonLat place) {
        click(place);
        QTest::mouseDClick(&m_canvas, Qt::LeftButton, {}, at(place));
    }
    double metersPerPixel() const { return m_canvas.scaleDenominator() * 0.0254 / 96; }

    Document m_document;
    MapCanvas m_canvas{m_document};
    PlaceLookupsCache m_lookups;
};

const LonLat kA{-7.3, 11.8}, kB{-6.3, 11.8}, kC{-6.3, 12.4}, kD{-7.3, 12.4}; // away from what corners snap to

} // namespace

TEST_F(MapToolTest, PointIsPlacedMovedAndTakenBack) {
    PointTool tool(m_canvas, m_lookups);
    m_canvas.setTool(&tool);
    QSignalSpy identified(&m_canvas, &MapCanvas::clicked);
    click(kA);
    EXPECT_EQ(tool.place(), (ReportPlace{pointGeometry(placeAt(kA)), {}, {}}));
    click(kB);
    EXPECT_EQ(tool.place(), (ReportPlace{pointGeometry(placeAt(kB)), {}, {}}));
    QTest::keyClick(&m_canvas, Qt::Key_Backspace);
    EXPECT_EQ(tool.place(), (ReportPlace{pointGeometry(placeAt(kA)), {}, {}}));
    QTest::keyClick(&m_canvas, Qt::Key_Z, Qt::ControlModifier);
    EXPECT_TRUE(tool.place().isEmpty());
    EXPECT_EQ(identified.size(), 0); // the tool takes the clicks
    QSignalSpy finished(&tool, &MapTool::finished), cancelled(&tool, &MapTool::cancelled);
    QTest::keyClick(&m_canvas, Qt::Key_Return);
    QTest::keyClick(&m_canvas, Qt::Key_Escape);
    EXPECT_EQ(finished.size(), 1);
    EXPECT_EQ(cancelled.size(), 1);
    m_canvas.setTool(nullptr);
    click(kA);
    EXPECT_EQ(identified.size(), 1);
}

TEST_F(MapToolTest, MapIsMovedWhileAToolIsAtHand) {
    PointTool tool(m_canvas, m_lookups);
    m_canvas.setTool(&tool);
    const MapView before = m_canvas.view();
    QTest::mousePress(&m_canvas, Qt::LeftButton, {}, {300, 300});
    QTest::mouseMove(&m_canvas, {350, 320});
    QTest::mouseMove(&m_canvas, {420, 380});
    QTest::mouseRelease(&m_canvas, Qt::LeftButton, {}, {420, 380});
    EXPECT_FALSE(m_canvas.view() == before);
    EXPECT_TRUE(tool.place().isEmpty());
}

TEST_F(MapToolTest, AreaIsDrawnCornerByCorner) {
    ShapeTool tool(true, m_canvas, m_lookups);
    m_canvas.setTool(&tool);
    click(kA);
    click(kB);
    click({-5, 11.7});
    QTest::keyClick(&m_canvas, Qt::Key_Backspace); // not that one
    click(kC);
    EXPECT_TRUE(tool.place().isEmpty()); // not closed yet
    doubleClick(kD);
    const std::vector<LonLat> ring{placeAt(kA), placeAt(kB), placeAt(kC), placeAt(kD), placeAt(kA)};
    EXPECT_EQ(tool.place(), (ReportPlace{{SmallGeometry::Kind::Polygon, {{ring, false}}}, {}, {}}));
    EXPECT_NEAR(squareKilometers(tool.place().geometry), ringAreaSquareMeters(ring) / 1e6,
                ringAreaSquareMeters(ring) / 1e9);
    QTest::keyClick(&m_canvas, Qt::Key_Backspace);
    EXPECT_TRUE(tool.place().isEmpty());
}

TEST_F(MapToolTest, AreaIsClosedByEnterAndByItsFirstCornerAndGivenUpByEscape) {
    ShapeTool tool(true, m_canvas, m_lookups);
    m_canvas.setTool(&tool);
    QSignalSpy finished(&tool, &MapTool::finished);
    click(kA);
    click(kB);
    QTest::keyClick(&m_canvas, Qt::Key_Return); // two corners are no area
    EXPECT_TRUE(tool.place().isEmpty());
    click(kC);
    QTest::keyClick(&m_canvas, Qt::Key_Return);
    ASSERT_EQ(tool.place().geometry.parts.size(), 1U);
    EXPECT_EQ(tool.place().geometry.parts[0].points.size(), 4U);
    EXPECT_EQ(finished.size(), 0);
    for (const LonLat corner : {LonLat{-5.2, 11.7}, LonLat{-4.7, 11.7}, LonLat{-4.9, 11.9}, LonLat{-5.2, 11.7}})
        click(corner);
    ASSERT_EQ(tool.place().geometry.parts.size(), 2U); // a second part
    EXPECT_EQ(tool.place().geometry.parts[1].points.size(), 4U);
    click({-7.9, 11.7});
    QTest::keyClick(&m_canvas, Qt::Key_Escape);
    QTest::keyClick(&m_canvas, Qt::Key_Return);
    EXPECT_EQ(tool.place().geometry.parts.size(), 2U);
    EXPECT_EQ(finished.size(), 1);
}

TEST_F(MapToolTest, CornerIsDragged) {
    ShapeTool tool(true, m_canvas, m_lookups);
    m_canvas.setTool(&tool);
    for (const LonLat corner : {kA, kB, kC})
        click(corner);
    QTest::keyClick(&m_canvas, Qt::Key_Return);
    const MapView before = m_canvas.view();
    const LonLat to{-6.7, 11.7};
    QTest::mousePress(&m_canvas, Qt::LeftButton, {}, at(kA));
    QTest::mouseMove(&m_canvas, at({-7, 11.75}));
    QTest::mouseMove(&m_canvas, at(to));
    QTest::mouseRelease(&m_canvas, Qt::LeftButton, {}, at(to));
    const std::vector<LonLat> ring{placeAt(to), placeAt(kB), placeAt(kC), placeAt(to)}; // its begin and end both
    ASSERT_EQ(tool.place().geometry.parts.size(), 1U);
    EXPECT_EQ(tool.place().geometry.parts[0].points, ring);
    EXPECT_EQ(m_canvas.view(), before);
}

TEST_F(MapToolTest, CornersOfRegionsAttractButNotWithControl) {
    ShapeTool tool(true, m_canvas, m_lookups);
    m_canvas.setTool(&tool);
    const LonLat corner{-7, 12}, near = *m_canvas.placeAt(QPointF(at(corner) + QPoint(4, 3)));
    click(near);
    click(kB);
    click(near, Qt::ControlModifier); // near the first corner: closes only from three corners on
    QTest::keyClick(&m_canvas, Qt::Key_Return);
    ASSERT_EQ(tool.place().geometry.parts.size(), 1U);
    const auto& points = tool.place().geometry.parts[0].points;
    EXPECT_EQ(points[0], corner);
    EXPECT_EQ(points[2], placeAt(near));
}

TEST_F(MapToolTest, LineIsDrawn) {
    ShapeTool tool(false, m_canvas, m_lookups);
    m_canvas.setTool(&tool);
    click(kA);
    doubleClick(kB);
    EXPECT_EQ(tool.place(), (ReportPlace{{SmallGeometry::Kind::Line, {{{placeAt(kA), placeAt(kB)}, false}}}, {}, {}}));
}

TEST_F(MapToolTest, RegionsAreChosenByTheirCodes) {
    RegionTool tool(m_canvas, m_lookups);
    m_canvas.setTool(&tool);
    click({-7.5, 12.5});
    click({-5.5, 12.5});
    click({-7.5, 12.6});
    click({-5.5, 13.3}); // no region there
    EXPECT_EQ(tool.place(), (ReportPlace{{}, {}, {"P3"}}));
    click({-4.5, 12.5});
    EXPECT_EQ(tool.place(), (ReportPlace{{}, {}, {"P3", "P4"}}));
}

TEST_F(MapToolTest, RoadsAreToggled) {
    RoadTool tool(false, m_canvas, m_lookups);
    m_canvas.setTool(&tool);
    click({-6.5, 12.5});
    click({-5.5, 12.8});
    EXPECT_EQ(tool.place().roads, (std::vector<RoadReference>{{"76", 0, 1}, {"77", 0, 1}}));
    click({-4.6, 12.5});
    EXPECT_EQ(tool.place().roads, (std::vector<RoadReference>{{"77", 0, 1}}));
    click({-6.5, 12.2}); // no road there
    EXPECT_EQ(tool.place().roads, (std::vector<RoadReference>{{"77", 0, 1}}));
    EXPECT_TRUE(tool.hint().contains("Chosen: 1")) << tool.hint().toStdString();
}

TEST_F(MapToolTest, StretchOfARoadLiesBetweenTwoClicks) {
    RoadTool tool(true, m_canvas, m_lookups);
    m_canvas.setTool(&tool);
    click({-5.1, 12.5}); // three quarters
    EXPECT_TRUE(tool.place().isEmpty());
    click({-6.9, 12.45}); // a quarter, beside the road: the nearest place of it
    ASSERT_EQ(tool.place().roads.size(), 1U);
    const RoadReference road = tool.place().roads[0];
    const double pixel = metersPerPixel() / distanceMeters({-7.8, 12.5}, {-4.2, 12.5});
    EXPECT_EQ(road.roadId, "76");
    EXPECT_NEAR(road.fromFraction, 0.25, 2 * pixel);
    EXPECT_NEAR(road.toFraction, 0.75, 2 * pixel);
    click({-5.5, 12.2});
    QTest::keyClick(&m_canvas, Qt::Key_Escape); // given up half way
    EXPECT_EQ(tool.place().roads.size(), 1U);
    QTest::keyClick(&m_canvas, Qt::Key_Backspace);
    EXPECT_TRUE(tool.place().isEmpty());
}

} // namespace cordon
