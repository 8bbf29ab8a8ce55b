// Dates in a zone, also where its clocks change.
#include "app/cli/time_zone.h"

#include "app/cli/cli.h"

#include <gtest/gtest.h>

namespace cordon {
namespace {

std::string asOf(const std::string& zone, const std::string& text) {
    try {
        return formatIso(TimeZone::fromText(zone).asOf(text));
    } catch (const Error& error) {
        return error.what();
    }
}

TEST(TimeZone, DateAloneEndsWhereItIsMeant) {
    EXPECT_EQ(asOf("", "2025-10-20"), "2025-10-20T23:59:59.999Z");
    EXPECT_EQ(asOf("+05:30", "2025-10-20"), "2025-10-20T18:29:59.999Z");
    EXPECT_EQ(asOf("Africa/Bamako", "2025-10-20"), "2025-10-20T23:59:59.999Z");
    EXPECT_EQ(asOf("Africa/Lagos", "2025-10-20"), "2025-10-20T22:59:59.999Z");
}

TEST(TimeZone, OffsetInTheTextGoesBeforeIt) {
    EXPECT_EQ(asOf("Africa/Lagos", "2025-10-20T14:00Z"), "2025-10-20T14:00:00Z");
    EXPECT_EQ(asOf("Africa/Lagos", "2025-10-20T14:00"), "2025-10-20T13:00:00Z");
}

TEST(TimeZone, DaysOfChangingClocksHaveTheirOwnLength) {
    EXPECT_EQ(asOf("Europe/Paris", "2025-03-29"), "2025-03-29T22:59:59.999Z");
    EXPECT_EQ(asOf("Europe/Paris", "2025-03-30"), "2025-03-30T21:59:59.999Z"); // 23 hours
    EXPECT_EQ(asOf("Europe/Paris", "2025-10-25"), "2025-10-25T21:59:59.999Z");
    EXPECT_EQ(asOf("Europe/Paris", "2025-10-26"), "2025-10-26T22:59:59.999Z"); // 25 hours
}

TEST(TimeZone, TimesThatAreSkippedOrComeTwiceAreAskedAbout) {
    EXPECT_EQ(asOf("Europe/Paris", "2025-03-30T01:59"), "2025-03-30T00:59:00Z");
    EXPECT_EQ(asOf("Europe/Paris", "2025-03-30T02:30"),
              "The time '2025-03-30T02:30' does not exist in Europe/Paris, where the clocks are put forward over it; "
              "give another, or its offset from UTC.");
    EXPECT_EQ(asOf("Europe/Paris", "2025-03-30T03:00"), "2025-03-30T01:00:00Z");
    EXPECT_EQ(asOf("Europe/Paris", "2025-10-26T02:30"),
              "The time '2025-10-26T02:30' comes twice in Europe/Paris, where the clocks are put back; write it with "
              "its offset from UTC.");
    EXPECT_EQ(asOf("Europe/Paris", "2025-10-26T02:30+01:00"), "2025-10-26T01:30:00Z");
}

TEST(TimeZone, NamesThatAreNoneAreRefused) {
    EXPECT_THROW(TimeZone::fromText("Mali"), UsageError);
    EXPECT_THROW(TimeZone::fromText("+99:00"), UsageError);
}

} // namespace
} // namespace cordon
