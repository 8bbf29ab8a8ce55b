// The chart of days on the sheet: what is drawn for which state, where, and what gives way when the room is short.
#include "core/model/number_text.h"
#include "core/model/sheet_answer.h"
#include "core/render/day_chart.h"
#include "core/render/sheet_tables.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace cordon {
namespace {

using enum DayState;

DayChart chartOf(std::vector<std::vector<DayState>> lanes) {
    DayChart chart;
    using namespace std::chrono;
    chart.first = sys_days{2025y / 8 / 30};
    chart.days = lanes.front().size();
    chart.title = "Title";
    chart.marksTitle = "Why";
    chart.unit = "people";
    for (std::size_t i = 0; i < lanes.size(); ++i)
        chart.lanes.push_back({"Lane " + std::to_string(i + 1), lanes[i]});
    chart.counts.assign(chart.days, 0);
    chart.counts.back() = 48774;
    chart.marks = {{chart.days - 1, "A town is cut off"}};
    return chart;
}

DisplayList drawn(const DayChart& chart, PageBox box = {0, 0, 1000, 300}) {
    DisplayList list;
    list.widthPx = 1000;
    list.heightPx = 300;
    list.clips.push_back({0, 0, 1000, 300});
    appendDayChart(list, chart, box, TextStyle{});
    return list;
}

bool says(const DisplayList& list, const std::string& text) {
    return std::any_of(list.texts.begin(), list.texts.end(), [&](const Text& t) { return t.utf8 == text; });
}

std::size_t fillsOf(const DisplayList& list, Color color) {
    std::size_t parts = 0;
    for (const Op& op : list.ops)
        if (op.kind == OpKind::Fill && list.fills[op.style] == color)
            parts += op.partCount;
    return parts;
}

constexpr Color kShut{0xC4, 0x4E, 0x00, 255}, kSlow{0xF6, 0xDD, 0xA8, 255};

TEST(DayChart, MonthsAreNamedAtEqualDistances) {
    DayChart chart = chartOf({std::vector(365, Open)});
    chart.first = std::chrono::sys_days{std::chrono::year{2025} / 1 / 1};
    const auto named = [&](float width) {
        std::string months;
        for (const Text& text : drawn(chart, {0, 0, width, 300}).texts)
            for (const char* month :
                 {"Jan 2025", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"})
                months += text.utf8 == month ? std::string(month) + " " : "";
        return months;
    };
    EXPECT_EQ(named(2000), "Jan 2025 Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec ");
    EXPECT_EQ(named(1000), "Jan 2025 Mar May Jul Sep Nov ");
    EXPECT_EQ(named(250), "Jan 2025 Jul ");
}

TEST(DayChart, ARunOfDaysIsOneBoxOfItsWidth) {
    const DayChart chart = chartOf({{Open, Open, Shut, Shut, Restricted, Shut, NoData, NoData}});
    const DisplayList list = drawn(chart);
    EXPECT_EQ(fillsOf(list, kShut), 2U + 1U); // two runs, and the sample in the key
    EXPECT_EQ(fillsOf(list, kSlow), 1U + 1U);
    const PageBox plot = dayChartPlot(chart, {0, 0, 1000, 300}, TextStyle{});
    bool isFound = false;
    for (const Op& op : list.ops)
        if (op.kind == OpKind::Fill && list.fills[op.style] == kShut && !isFound) {
            EXPECT_NEAR(op.box.minX, plot.minX + plot.width() * 2 / 8, 0.6F);
            EXPECT_NEAR(op.box.maxX, plot.minX + plot.width() * 4 / 8, 0.6F);
            isFound = true;
        }
    EXPECT_TRUE(isFound);
}

TEST(DayChart, NamesCountsMarksAndKey) {
    const DisplayList list = drawn(chartOf({{Open, Open, Shut}, {Open, Restricted, NoData}}));
    for (const char* text : {"Title", "Lane 1", "Lane 2", "people", "Why", "A town is cut off", "Open", "Restricted",
                             "Shut", "Not known", "30 Aug 2025"})
        EXPECT_TRUE(says(list, text)) << text << '\n' << list.toText();
    EXPECT_TRUE(says(list, groupedNumber(50000))) << list.toText(); // the next round number
}

TEST(DayChart, ItsHeightHoldsAllLanesAndLessRoomSaysHowManyAreLeftOut) {
    const DayChart chart = chartOf({{Open, Shut}, {Open, Shut}, {Open, Shut}, {Open, Shut}});
    const float height = dayChartHeight(chart, TextStyle{});
    const DisplayList whole = drawn(chart, {0, 0, 1000, height});
    EXPECT_TRUE(says(whole, "Lane 4"));
    for (const Op& op : whole.ops)
        EXPECT_LE(op.box.maxY, height + 1);
    for (const Text& text : whole.texts)
        EXPECT_LE(text.at.y, height + 1) << text.utf8;
    const DisplayList less = drawn(chart, {0, 0, 1000, height - 2.5F * TextStyle{}.sizePx * 1.5F});
    EXPECT_FALSE(says(less, "Lane 3"));
    EXPECT_TRUE(says(less, "Title (… and 3 more)") || says(less, "Title (… and 2 more)")) << less.toText();
}

TEST(SheetTable, RowsThatFindNoRoomAreCounted) {
    SheetTable table{"Blockages", "people", {{"1", "First", "10"}, {"2", "Second", "20"}, {"3", "Third", "30"}}};
    SheetTableSpace space;
    space.widthPx = 300;
    space.heightPx = 1000;
    const SheetTableLayout whole = layoutSheetTable(table, space);
    EXPECT_EQ(whole.rules.size(), 3U);
    space.heightPx = whole.heightPx - 10;
    const SheetTableLayout cut = layoutSheetTable(table, space);
    EXPECT_LE(cut.heightPx, space.heightPx);
    ASSERT_LT(cut.rules.size(), 3U);
    EXPECT_EQ(cut.cells.back().text.lines.front(), "… and " + std::to_string(3 - cut.rules.size()) + " more");
    space.heightPx = 20;
    EXPECT_TRUE(layoutSheetTable(table, space).cells.empty());
}

} // namespace
} // namespace cordon
