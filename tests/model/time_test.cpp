#include "core/model/time.h"

#include "core/error.h"

#include <gtest/gtest.h>

namespace cordon {
namespace {

using namespace std::chrono_literals;

std::string read(std::string_view text, std::chrono::minutes zone = 0min) {
    const auto parsed = parseTime(text, zone);
    return parsed ? formatIso(parsed->time) : "refused";
}

TEST(ParseTime, ReadsTheUsualSpellings) {
    EXPECT_EQ(read("2025-10-20"), "2025-10-20T00:00:00Z");
    EXPECT_EQ(read("2025/10/20"), "2025-10-20T00:00:00Z");
    EXPECT_EQ(read("20251020"), "2025-10-20T00:00:00Z");
    EXPECT_EQ(read("2025-10-20T14:00Z"), "2025-10-20T14:00:00Z");
    EXPECT_EQ(read("2025-10-20 14:05:06"), "2025-10-20T14:05:06Z");
    EXPECT_EQ(read("2025-10-20T14:05:06.25+01:00"), "2025-10-20T13:05:06.250Z");
    EXPECT_EQ(read("2025-10-20T14:05:06,5-0230"), "2025-10-20T16:35:06.500Z");
    EXPECT_EQ(read(" 2025-10-20T23:59:59.999999999Z "), "2025-10-20T23:59:59.999Z");
    EXPECT_EQ(read("2025-10-20T24:00Z"), "2025-10-21T00:00:00Z");
    EXPECT_EQ(read("2016-12-31T23:59:60Z"), "2017-01-01T00:00:00Z"); // leap second
    EXPECT_EQ(read("2024-02-29"), "2024-02-29T00:00:00Z");
}

TEST(ParseTime, RefusesWhatIsNoDate) {
    for (const char* text :
         {"", "2025", "2025-13-01", "2025-02-29", "2025-10-20T", "2025-10-20T25:00", "20-10-2025", "2025-10-20T14:60",
          "2025-10-20T14:00+99:00", "2025-10-20x", "2025-10-20 14:00 h", "2025-10-20T24:01", "yesterday"})
        EXPECT_EQ(read(text), "refused") << text;
}

TEST(ParseTime, ZoneOfTheTextBeatsTheDefault) {
    EXPECT_EQ(read("2025-10-20T14:00", 60min), "2025-10-20T13:00:00Z");
    EXPECT_EQ(read("2025-10-20T14:00Z", 60min), "2025-10-20T14:00:00Z");
    EXPECT_EQ(read("2025-10-20", 60min), "2025-10-19T23:00:00Z");
}

TEST(ParseAsOf, ADateAloneIsTheEndOfThatDay) {
    EXPECT_EQ(formatIso(parseAsOf("2025-10-20")), "2025-10-20T23:59:59.999Z");
    EXPECT_EQ(formatIso(parseAsOf("2025-10-20T14:00Z")), "2025-10-20T14:00:00Z");
    EXPECT_THROW(parseAsOf("20 Oct"), Error);
}

TEST(FormatDate, ForPeople) {
    const TimePoint t = parseAsOf("2025-08-05");
    EXPECT_EQ(formatDate(t), "5 Aug 2025");
    EXPECT_EQ(formatDate(t, "fr"), "5 août 2025");
    EXPECT_EQ(formatIsoDate(parseAsOf("1969-12-31")), "1969-12-31"); // before the epoch
}

TEST(TimeInterval, EndIsExcluded) {
    const TimePoint begin = parseTime("2025-01-01")->time, end = parseTime("2025-03-04")->time;
    const TimeInterval interval{begin, end};
    EXPECT_FALSE(interval.contains(begin - 1ms));
    EXPECT_TRUE(interval.contains(begin));
    EXPECT_TRUE(interval.contains(end - 1ms));
    EXPECT_FALSE(interval.contains(end));
    EXPECT_TRUE((TimeInterval{begin, {}}).contains(TimePoint::max()));
    EXPECT_TRUE((TimeInterval{end, begin}).isEmpty());
}

} // namespace
} // namespace cordon
