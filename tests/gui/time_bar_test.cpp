// The time bar: dates by mouse, keys and words; the knowledge looked at; the axis at every range.
#include "app/gui/banner.h"
#include "app/gui/time_bar.h"

#include "tests/gui/gui_fixture.h"

#include <QSignalSpy>
#include <QWheelEvent>

namespace cordon {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

TimePoint day(const char* text) {
    return parseAsOf(text);
}

Incident incident(const char* id, const char* date) {
    Incident report;
    report.head.id = id;
    report.head.valid.begin = parseTime(date)->time;
    report.head.recorded.begin = report.head.valid.begin + days(2);
    report.location = {-6, 13};
    return report;
}

class TimeBarTest : public testing::Test {
protected:
    TimeBarTest() { m_bar.resize(1200, m_bar.sizeHint().height()); }

    void open(std::initializer_list<Incident> incidents, const char* asOf = "2025-06-15") {
        Situation situation;
        for (const Incident& report : incidents)
            situation.incidents.push_back(report);
        TimeFilter time;
        time.asOf = day(asOf);
        m_document.open(
            std::make_shared<const Project>(withSituation({}, std::make_shared<const Situation>(std::move(situation)))),
            {}, time);
        m_bar.show();
        ASSERT_TRUE(waitFor([&] { return !m_bar.isCounting(); }));
    }
    void openFour() {
        open({incident("I1", "2025-05-01"), incident("I2", "2025-06-10"), incident("I3", "2025-06-20"),
              incident("I4", "2025-08-01")});
    }
    QString asOf() const { return asOfText(m_document.time().asOf); }
    TimeStrip& strip() { return m_bar.strip(); }
    QPoint at(TimePoint t, int y = 40) { return {static_cast<int>(std::lround(strip().xOf(t))), y}; }
    QPoint onAxis(TimePoint t) { return at(t, strip().height() - 4); }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::keyClick(&strip(), key, modifiers);
    }

    Document m_document;
    MessageLog m_log;
    TimeBar m_bar{m_document, m_log};
};

} // namespace

TEST_F(TimeBarTest, KeysStepDaysAndChanges) {
    openFour();
    key(Qt::Key_Right);
    EXPECT_EQ(asOf(), "2025-06-16");
    key(Qt::Key_Left);
    key(Qt::Key_Left);
    EXPECT_EQ(asOf(), "2025-06-14");
    key(Qt::Key_Right, Qt::ControlModifier);
    EXPECT_EQ(asOf(), "2025-06-20");
    key(Qt::Key_Left, Qt::ControlModifier);
    EXPECT_EQ(asOf(), "2025-06-10");
    key(Qt::Key_Home);
    EXPECT_EQ(asOf(), "2025-05-01");
    key(Qt::Key_Left, Qt::ControlModifier); // there is none before
    EXPECT_EQ(asOf(), "2025-05-01");
    key(Qt::Key_End);
    EXPECT_EQ(asOf(), "2025-08-03"); // the last one was recorded two days later
}

TEST_F(TimeBarTest, ClickMeansTheDayUnderIt) {
    openFour();
    const TimePoint noon = parseTime("2025-07-10T12:00Z")->time;
    QTest::mouseClick(&strip(), Qt::LeftButton, Qt::NoModifier, at(noon));
    EXPECT_EQ(asOf(), "2025-07-10");
}

TEST_F(TimeBarTest, HandleIsDraggedDayByDay) {
    openFour();
    QSignalSpy changes(&m_document, &Document::timeChanged);
    const QPoint handle = at(m_document.time().asOf);
    QTest::mousePress(&strip(), Qt::LeftButton, Qt::NoModifier, handle);
    EXPECT_EQ(asOf(), "2025-06-15"); // taking it does not move it
    for (const char* date : {"2025-06-17", "2025-06-19", "2025-06-25"})
        QTest::mouseMove(&strip(), at(day(date)));
    EXPECT_EQ(asOf(), "2025-06-25");
    QTest::mouseRelease(&strip(), Qt::LeftButton, Qt::NoModifier, at(day("2025-06-25")));
    EXPECT_EQ(asOf(), "2025-06-25");
    EXPECT_EQ(changes.size(), 3);
}

TEST_F(TimeBarTest, DraggingTheAxisMovesTheRangeNotTheDate) {
    openFour();
    const TimeRange before = strip().range();
    QTest::mousePress(&strip(), Qt::LeftButton, Qt::NoModifier, onAxis(day("2025-06-01")));
    QTest::mouseMove(&strip(), onAxis(day("2025-06-01")) - QPoint(50, 0));
    QTest::mouseRelease(&strip(), Qt::LeftButton, Qt::NoModifier, onAxis(day("2025-06-01")));
    EXPECT_EQ(asOf(), "2025-06-15");
    EXPECT_GT(strip().range().first, before.first);
    EXPECT_NEAR(strip().range().days(), before.days(), 1e-6);
    strip().showAll();
    EXPECT_NEAR(strip().range().first, before.first, 1e-6);
}

TEST_F(TimeBarTest, WheelZoomsAtTheCursor) {
    openFour();
    const TimeRange before = strip().range();
    const double x = strip().xOf(day("2025-07-01"));
    QWheelEvent wheel({x, 40}, strip().mapToGlobal(QPointF(x, 40)), {}, {0, 120}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(&strip(), &wheel);
    EXPECT_LT(strip().range().days(), before.days());
    EXPECT_NEAR(strip().xOf(day("2025-07-01")), x, 1e-6);
}

TEST_F(TimeBarTest, ShiftAndDragChoosesTwoDates) {
    openFour();
    QSignalSpy chosen(&strip(), &TimeStrip::spanChosen);
    QTest::mousePress(&strip(), Qt::LeftButton, Qt::ShiftModifier, at(day("2025-07-20")));
    QTest::mouseMove(&strip(), at(day("2025-06-01")));
    QTest::mouseRelease(&strip(), Qt::LeftButton, Qt::ShiftModifier, at(day("2025-06-01")));
    ASSERT_EQ(chosen.size(), 1);
    EXPECT_EQ(asOfText(chosen[0][0].value<TimePoint>()), "2025-06-01"); // the earlier first
    EXPECT_EQ(asOfText(chosen[0][1].value<TimePoint>()), "2025-07-20");
    EXPECT_EQ(asOf(), "2025-06-15");
}

TEST_F(TimeBarTest, KnowledgeIsNowOnADateOrThatOfTheDay) {
    openFour();
    auto* button = m_bar.findChild<KnowledgeButton*>();
    EXPECT_EQ(m_document.time().knownBy, TimePoint::max());
    emit button->wanted(Knowledge::OnDate, day("2025-06-12"));
    EXPECT_EQ(m_document.time().knownBy, day("2025-06-12"));
    EXPECT_EQ(button->text(), "Known by 2025-06-12");
    m_bar.stepDays(1);
    EXPECT_EQ(m_document.time().knownBy, day("2025-06-12"));
    emit button->wanted(Knowledge::SameDay, {});
    EXPECT_EQ(m_document.time().knownBy, day("2025-06-16"));
    m_bar.stepDays(1);
    EXPECT_EQ(m_document.time().knownBy, day("2025-06-17"));
    m_bar.stepToChange(true);
    EXPECT_EQ(asOf(), "2025-06-20");
    m_bar.stepToChange(true); // it was learnt two days later, which is a change where the knowledge moves
    EXPECT_EQ(asOf(), "2025-06-22");
    m_bar.showNow();
    EXPECT_EQ(m_document.time().knownBy, TimePoint::max());
    EXPECT_EQ(m_bar.knowledge(), Knowledge::Now);
}

TEST_F(TimeBarTest, AnEarlierKnowledgeCountsOnlyWhatWasKnown) {
    openFour();
    EXPECT_TRUE(strip().textAt(strip().xOf(day("2025-08-01")) - 2).contains("1 incident"));
    TimeFilter time = m_document.time();
    time.knownBy = day("2025-06-12");
    m_document.setTime(time);
    ASSERT_TRUE(waitFor([&] { return !m_bar.isCounting(); }));
    EXPECT_EQ(m_bar.knowledge(), Knowledge::OnDate);
    EXPECT_FALSE(strip().textAt(strip().xOf(day("2025-08-01")) - 2).contains("incident"));
}

TEST_F(TimeBarTest, PlaysToTheLastDayAndStops) {
    open({incident("I1", "2025-06-01"), incident("I2", "2025-06-09")}, "2025-06-08");
    m_bar.findChild<QComboBox*>()->setCurrentIndex(2);
    m_bar.setPlaying(true);
    EXPECT_TRUE(waitFor([&] { return !m_bar.isPlaying(); }));
    EXPECT_EQ(asOf(), "2025-06-11");
    m_bar.setPlaying(true); // from the begin again
    EXPECT_EQ(asOf(), "2025-06-01");
    m_bar.setMapBusy(true); // no picture yet, no next day
    QTest::qWait(500);
    EXPECT_EQ(asOf(), "2025-06-01");
    m_bar.setPlaying(false);
}

TEST_F(TimeBarTest, NothingToShowIsShownQuietly) {
    open({});
    m_bar.grab();
    m_bar.setPlaying(true);
    EXPECT_FALSE(m_bar.isPlaying());
    for (const Qt::Key k : {Qt::Key_Home, Qt::Key_End, Qt::Key_0, Qt::Key_Plus, Qt::Key_Minus})
        key(k);
    EXPECT_EQ(asOf(), "2025-06-15");
    EXPECT_TRUE(strip().textAt(100).contains("Nothing changed"));
}

TEST_F(TimeBarTest, TypedDatesAreTakenAndBadOnesSaid) {
    openFour();
    QLineEdit* field = m_bar.findChild<DateField*>()->findChild<QLineEdit*>();
    field->setText("2025-07-04T06:30Z");
    QTest::keyClick(field, Qt::Key_Return);
    EXPECT_EQ(asOf(), "2025-07-04T06:30:00Z");
    field->setText("31 June");
    QTest::keyClick(field, Qt::Key_Return);
    EXPECT_EQ(asOf(), "2025-07-04T06:30:00Z");
    EXPECT_EQ(m_log.messages().size(), 1);
    Banner banner(&m_bar);
    QObject::connect(&m_log, &MessageLog::settled, &banner, &Banner::settle);
    banner.showMessage(m_log.messages().last());
    EXPECT_FALSE(banner.isHidden());
    QTest::keyClick(field, Qt::Key_Escape);
    EXPECT_TRUE(banner.isHidden()); // it is no longer so
    EXPECT_EQ(field->text(), "2025-07-04T06:30:00Z");
}

TEST_F(TimeBarTest, DateOutOfSightIsBroughtIntoIt) {
    openFour();
    strip().setRange({dayNumber(day("2025-06-01")), dayNumber(day("2025-07-01"))});
    TimeFilter time = m_document.time();
    time.asOf = day("2031-01-01");
    m_document.setTime(time);
    const double x = strip().xOf(time.asOf);
    EXPECT_GT(x, 0);
    EXPECT_LT(x, strip().width());
    EXPECT_NEAR(strip().range().days(), 30, 1e-6);
}

// At any zoom, from a week to all years there are, in a narrow and a wide window.
TEST(TimeAxis, LabelsNeverOverlap) {
    const auto width = [](const QString& text) { return 7.0 * text.size(); };
    int labels = 0;
    for (const double widthPx : {200.0, 517.0, 1900.0})
        for (double length = 7; length < 4e6; length *= 1.13)
            for (const double first : {-719162.0, -400.3, 20000.0, 20103.7}) {
                const TimeRange range = limited({first, first + length});
                const AxisLabels axis = axisLabels(range, widthPx, width);
                EXPECT_FALSE(axis.fine.empty()) << length << " days on " << widthPx;
                for (const auto* line : {&axis.fine, &axis.coarse}) {
                    double free = 0;
                    for (const AxisLabel& label : *line) {
                        ++labels;
                        EXPECT_GE(label.x, free) << label.text.toStdString() << " at " << length;
                        free = label.x + width(label.text);
                    }
                    EXPECT_LE(free, widthPx);
                }
            }
    EXPECT_GT(labels, 1000);
}

TEST(TimeAxis, MonthOrYearIsAlwaysInSight) {
    const auto width = [](const QString& text) { return 7.0 * text.size(); };
    const double from = dayNumber(parseTime("2025-03-10")->time);
    const AxisLabels days = axisLabels({from, from + 10}, 600, width);
    ASSERT_EQ(days.coarse.size(), 1u);
    EXPECT_EQ(days.coarse[0].text, "March 2025");
    EXPECT_EQ(days.fine[0].text, "10");
    const AxisLabels months = axisLabels({from, from + 200}, 600, width);
    ASSERT_EQ(months.coarse.size(), 1u);
    EXPECT_EQ(months.coarse[0].text, "2025");
    EXPECT_EQ(months.fine[0].text, "Apr");
}

TEST(TimeAxis, RangeStaysWithinTheCalendar) {
    EXPECT_NEAR(limited({0, 1}).days(), 7, 1e-9);
    const TimeRange all = limited({-1e9, 1e9});
    EXPECT_EQ(dayAt(all.first), sys_days(std::chrono::year{1} / 1 / 1));
    EXPECT_EQ(dayAt(all.last), sys_days(std::chrono::year{9999} / 12 / 31));
    EXPECT_EQ(dayNumber(TimePoint::max()), all.last);
    EXPECT_EQ(dayNumber(TimePoint::min()), all.first);
    const TimeRange zoomed = zoomedAt({0, 100}, 25, 2);
    EXPECT_NEAR(zoomed.first, 12.5, 1e-9);
    EXPECT_NEAR(zoomed.last, 62.5, 1e-9);
}

} // namespace cordon
