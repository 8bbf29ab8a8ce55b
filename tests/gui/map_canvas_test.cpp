#include "app/gui/map_canvas.h"

#include "app/gui/project_edits.h"
#include "app/gui/view_motion.h"
#include "core/geo/geodesic.h"
#include "tests/gui/gui_fixture.h"

#include <QSignalSpy>
#include <QWheelEvent>
#include <limits>

namespace cordon {

namespace {

class CanvasTest : public testing::Test {
protected:
    CanvasTest() {
        m_canvas.resize(800, 600);
        m_canvas.show();
        Project project;
        project.layers.push_back(filledLayer("a", squares("a", 4, -8, 12, 1), {200, 100, 50, 255}));
        m_document.apply("Open", project);
        EXPECT_TRUE(waitFor([&] { return m_renders > 0; }));
    }

    void wheel(QPointF at, int delta) {
        QWheelEvent event(at, m_canvas.mapToGlobal(at), {}, QPoint(0, delta), Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&m_canvas, &event);
    }

    Document m_document;
    MapCanvas m_canvas{m_document};
    int m_renders = 0;
    QMetaObject::Connection m_counting =
        QObject::connect(&m_canvas, &MapCanvas::rendered, &m_canvas, [this](double) { ++m_renders; });
};

double metersBetween(std::optional<LonLat> a, std::optional<LonLat> b) {
    return a && b ? distanceMeters(*a, *b) : 1e9;
}

} // namespace

TEST_F(CanvasTest, WheelKeepsThePointUnderTheCursor) {
    const QPointF at(610, 130);
    const auto before = m_canvas.placeAt(at);
    const double scale = m_canvas.scaleDenominator();
    wheel(at, 120);
    wheel(at, 240);
    EXPECT_LT(metersBetween(before, m_canvas.placeAt(at)), 0.01);
    EXPECT_NEAR(m_canvas.scaleDenominator(), scale / (1.5 * 1.5 * 1.5), scale * 0.01);
}

TEST_F(CanvasTest, DragTakesThePointAlong) {
    const auto before = m_canvas.placeAt({300, 300});
    QTest::mousePress(&m_canvas, Qt::LeftButton, {}, {300, 300});
    QTest::mouseMove(&m_canvas, {350, 320});
    QTest::mouseMove(&m_canvas, {420, 380});
    QTest::mouseRelease(&m_canvas, Qt::LeftButton, {}, {420, 380});
    EXPECT_LT(metersBetween(before, m_canvas.placeAt({420, 380})), 0.01);
}

TEST_F(CanvasTest, ClickIsNoDrag) {
    QSignalSpy clicks(&m_canvas, &MapCanvas::clicked);
    const MapView before = m_canvas.view();
    QTest::mouseClick(&m_canvas, Qt::LeftButton, {}, {300, 200});
    ASSERT_EQ(clicks.size(), 1);
    EXPECT_EQ(clicks[0][0].toPointF(), QPointF(300, 200));
    EXPECT_EQ(m_canvas.view(), before);
}

TEST_F(CanvasTest, KeysMoveAndHomeShowsAll) {
    const MapView all = m_canvas.view();
    QTest::keyClick(&m_canvas, Qt::Key_Plus);
    QTest::keyClick(&m_canvas, Qt::Key_Right);
    EXPECT_NEAR(m_canvas.view().unitsPerPx, all.unitsPerPx / 1.5, 1e-9 * all.unitsPerPx);
    EXPECT_NEAR(m_canvas.view().center.x, all.center.x + 80 * m_canvas.view().unitsPerPx, 1e-6);
    QTest::keyClick(&m_canvas, Qt::Key_Home);
    EXPECT_EQ(m_canvas.view(), all);
}

TEST_F(CanvasTest, ShiftDragZoomsToTheBox) {
    const auto middle = m_canvas.placeAt({300, 250});
    QTest::mousePress(&m_canvas, Qt::LeftButton, Qt::ShiftModifier, {200, 200});
    QTest::mouseMove(&m_canvas, {400, 300});
    QTest::mouseRelease(&m_canvas, Qt::LeftButton, Qt::ShiftModifier, {400, 300});
    // 201 x 101 pixels, both ends included, so the middle is half a pixel off.
    EXPECT_LT(metersBetween(middle, m_canvas.placeAt({400, 300})), m_canvas.view().unitsPerPx * 4);
}

TEST_F(CanvasTest, ResizingKeepsAllInViewUntilItIsMoved) {
    m_canvas.resize(400, 300);
    QTest::qWait(1);
    EXPECT_NEAR(m_canvas.placeAt({200, 150})->lonDegrees, -6, 0.05);
    m_canvas.zoomBy(3);
    const MapPoint center = m_canvas.view().center;
    const double unitsPerPx = m_canvas.view().unitsPerPx;
    m_canvas.resize(700, 500);
    QTest::qWait(1);
    EXPECT_EQ(m_canvas.view().center, center);
    EXPECT_EQ(m_canvas.view().unitsPerPx, unitsPerPx);
}

TEST_F(CanvasTest, OtherCrsKeepsPlaceAndScale) {
    m_canvas.zoomBy(4);
    m_canvas.setScaleDenominator(500000);
    const auto center = m_canvas.placeAt({400, 300});
    Project project = *m_document.project();
    project.map.crs = "EPSG:3857";
    m_document.apply("Change Projection", project);
    EXPECT_TRUE(m_canvas.view().crs.isWebMercator());
    EXPECT_LT(metersBetween(center, m_canvas.placeAt({400, 300})), 1);
    EXPECT_NEAR(m_canvas.scaleDenominator(), 500000, 5000);
}

TEST_F(CanvasTest, MovedPictureIsShownAtOnce) {
    const QImage before = m_canvas.grab().toImage();
    const int renders = m_renders;
    wheel({300, 300}, 120);
    const QImage after = m_canvas.grab().toImage();
    EXPECT_EQ(m_renders, renders); // no new picture was waited for
    EXPECT_NE(before, after);
}

namespace {

// What came first: a paint, or a new picture.
class FirstAnswer : public QObject {
public:
    explicit FirstAnswer(MapCanvas& canvas) : m_canvas(canvas) {
        canvas.installEventFilter(this);
        connect(&canvas, &MapCanvas::rendered, this, [this] { ++m_pictures; });
    }
    int paints() const { return m_paints; }
    int picturesBeforePaint() const { return m_picturesBeforePaint; }
    MapView painted() const { return m_painted; } // the view the first paint showed
    bool wasMoved() const { return m_wasMoved; }  // a picture of another view

protected:
    bool eventFilter(QObject*, QEvent* event) override {
        if (event->type() == QEvent::Paint && m_paints++ == 0) {
            m_picturesBeforePaint = m_pictures;
            m_painted = m_canvas.view();
            m_wasMoved = m_canvas.pictureView() && !(*m_canvas.pictureView() == m_painted);
        }
        return false;
    }

private:
    MapCanvas& m_canvas;
    int m_paints = 0, m_pictures = 0, m_picturesBeforePaint = 0;
    MapView m_painted;
    bool m_wasMoved = false;
};

} // namespace

// The picture that is there is painted where the view is now, while the new one is still being drawn.
TEST_F(CanvasTest, FirstAnswerComesBeforeTheNewPicture) {
    Project large;
    large.layers.push_back(filledLayer("b", squares("b", 300000, -17, 12, 0.0001), {20, 100, 50, 255}));
    const int renders = m_renders;
    m_document.apply("Open", large);
    ASSERT_TRUE(waitFor([&] { return m_renders > renders && !m_canvas.isDrawing(); }));
    const FirstAnswer answer(m_canvas);
    wheel({300, 300}, 120);
    const MapView wanted = m_canvas.view();
    EXPECT_TRUE(m_canvas.isDrawing());
    ASSERT_TRUE(waitFor([&] { return answer.paints() > 0; }));
    EXPECT_EQ(answer.picturesBeforePaint(), 0);
    EXPECT_EQ(answer.painted(), wanted);
    EXPECT_TRUE(answer.wasMoved());
    ASSERT_TRUE(waitFor([&] { return !m_canvas.isDrawing(); }));
    EXPECT_EQ(m_canvas.pictureView(), wanted);
}

// A million vertices: projecting and drawing them takes long; meanwhile the window's event loop goes round.
TEST_F(CanvasTest, LargeMapLeavesTheWindowFree) {
    Project large;
    large.layers.push_back(filledLayer("b", squares("b", 200000, -17, 12, 0.0001), {20, 100, 50, 255}));
    int beats = 0, fewestBeats = std::numeric_limits<int>::max(), wheels = 0;
    QTimer beat;
    QObject::connect(&beat, &QTimer::timeout, &beat, [&] { ++beats; });
    beat.start(0);
    const auto untilRendered = [&] {
        const int renders = m_renders;
        beats = 0;
        const bool isDone = waitFor([&] { return m_renders > renders; });
        fewestBeats = std::min(fewestBeats, beats);
        return isDone;
    };
    m_document.apply("Open", large);
    ASSERT_TRUE(untilRendered());
    for (; wheels < 4; ++wheels) {
        wheels < 2 ? wheel({300, 300}, 120) : wheel({500, 200}, -120); // no view comes twice
        ASSERT_TRUE(untilRendered());
    }
    EXPECT_GT(fewestBeats, 3);
}

// The view moves all the time: a picture is stopped when its grace is over.
TEST(RenderGrace, SlowPicturesComeDuringALongDrag) {
    RenderGrace grace;
    for (const int takesMs : {50, 300, 1300}) {
        int stops = 0;
        for (; grace.ms() < takesMs && stops < 100; ++stops)
            grace.stopped();
        EXPECT_LE(stops, 2) << takesMs;
        grace.came(takesMs);
        EXPECT_GT(grace.ms(), takesMs); // so that the next one comes at once
    }
    grace.came(50);
    EXPECT_EQ(grace.ms(), 120);
    for (int i = 0; i < 100; ++i)
        grace.stopped();
    EXPECT_EQ(grace.ms(), 2000);
}

TEST(ViewMotion, PictureLiesWhereItsMapIs) {
    MapView view;
    view.crs = Crs::webMercator();
    view.widthPx = 400;
    view.heightPx = 200;
    view.unitsPerPx = 10;
    const MapView closer = zoomedAt(view, 100, 50, 2);
    EXPECT_EQ(placeOf(view, closer), QRectF(-100, -50, 800, 400));
    EXPECT_EQ(placeOf(view, panned(view, 30, -20)), QRectF(30, -20, 400, 200));
}

TEST(ViewMotion, ZoomEndsAtSensibleScales) {
    MapView view;
    view.crs = Crs::webMercator();
    for (int i = 0; i < 200; ++i)
        view = zoomedAt(view, 0, 0, 2);
    EXPECT_EQ(view.unitsPerPx, 0.01);
    for (int i = 0; i < 200; ++i)
        view = zoomedAt(view, 0, 0, 0.5);
    EXPECT_EQ(view.unitsPerPx, 8e7 / 256);
}

} // namespace cordon
