#include "app/gui/status_line.h"

#include "app/gui/canvas_overlay.h"
#include "app/gui/date_field.h"
#include "tests/gui/gui_fixture.h"

namespace cordon {

TEST(StatusLine, PlacesInDegreesAndInMinutes) {
    EXPECT_EQ(placeText({-8.00290, 12.63917}, false).toStdString(), "12.6392° N  8.0029° W");
    EXPECT_EQ(placeText({-8.00290, 12.63917}, true).toStdString(), "12°38′21″ N  8°00′10″ W");
    EXPECT_EQ(placeText({30.9999999, -0.5}, true).toStdString(), "0°30′00″ S  31°00′00″ E");
}

TEST(StatusLine, ReadsScalesAsPeopleTypeThem) {
    EXPECT_EQ(scaleFromText("1:2,500,000"), 2500000);
    EXPECT_EQ(scaleFromText("1 : 2 500 000"), 2500000);
    EXPECT_EQ(scaleFromText("250000"), 250000);
    EXPECT_EQ(scaleFromText("1:0"), 0);
    EXPECT_EQ(scaleFromText("large"), 0);
}

TEST(CanvasOverlay, ScaleBarLengthsAreRound) {
    EXPECT_EQ(roundLengthMeters(199999), 100000);
    EXPECT_EQ(roundLengthMeters(200000), 200000);
    EXPECT_EQ(roundLengthMeters(99), 50);
    EXPECT_EQ(roundLengthMeters(0), 0);
}

TEST(DateField, ShowsADateAloneForTheEndOfADay) {
    EXPECT_EQ(asOfText(parseAsOf("2025-10-20")), "2025-10-20");
    EXPECT_EQ(asOfText(parseAsOf("2025-10-20T14:00Z")), "2025-10-20T14:00:00Z");
    EXPECT_EQ(asOfText(TimePoint::max()), "");
}

} // namespace cordon
