#include "core/import/time_text.h"

#include <gtest/gtest.h>

namespace cordon {
namespace {

std::string readAs(const char* text, DayOrder order = DayOrder::FromValues) {
    const auto time = readTime(text, order);
    if (!time)
        return "none";
    return formatIso(time->time) + (time->hasTime ? " time" : "") + (time->hasZone ? " zone" : "") +
           (time->order == DayOrder::FromValues ? " ?" : "");
}

TEST(TimeText, ReadsWhatPeopleAndDevicesWrite) {
    const std::pair<const char*, const char*> kSpellings[] = {
        {"2025-10-20", "2025-10-20T00:00:00Z"},
        {"2025/10/20", "2025-10-20T00:00:00Z"},
        {"20251020", "2025-10-20T00:00:00Z"},
        {"20251020143005", "2025-10-20T14:30:05Z time"},
        {"2025-10-20T14:30:05.250+01:00", "2025-10-20T13:30:05.250Z time zone"},
        {"2021-09-25T09:23:20.840-06:00", "2021-09-25T15:23:20.840Z time zone"},
        {"20/10/2025", "2025-10-20T00:00:00Z"},
        {"10/20/2025", "2025-10-20T00:00:00Z"},
        {"03/04/2025", "2025-04-03T00:00:00Z ?"},
        {"04/04/2025", "2025-04-04T00:00:00Z"},
        {"20.10.25", "2025-10-20T00:00:00Z"},
        {"03.04.2025", "2025-04-03T00:00:00Z"},
        {"20-10-2025 14:30", "2025-10-20T14:30:00Z time"},
        {"20/10/2025 14h30", "2025-10-20T14:30:00Z time"},
        {"20/10/2025 à 14 h 30", "2025-10-20T14:30:00Z time"},
        {"10/20/2025 2:30 PM", "2025-10-20T14:30:00Z time"},
        {"10/20/2025 12:05 AM", "2025-10-20T00:05:00Z time"},
        {"Oct 20, 2025", "2025-10-20T00:00:00Z"},
        {"October 20th, 2025", "2025-10-20T00:00:00Z"},
        {"20 October 2025", "2025-10-20T00:00:00Z"},
        {"20-Oct-25", "2025-10-20T00:00:00Z"},
        {"Mon, 20 Oct 2025 14:30:00 GMT", "2025-10-20T14:30:00Z time zone"},
        {"20 octobre 2025", "2025-10-20T00:00:00Z"},
        {"3 févr. 2025", "2025-02-03T00:00:00Z"},
        {"1er août 2025", "2025-08-01T00:00:00Z"},
        {"lundi 20 octobre 2025 à 14h30", "2025-10-20T14:30:00Z time"},
        {"15 DÉCEMBRE 2024", "2024-12-15T00:00:00Z"},
        {"5 juil. 2025", "2025-07-05T00:00:00Z"},
        {"45950", "2025-10-20T00:00:00Z"},
        {"45950.604166666664", "2025-10-20T14:30:00Z time"},
        {"1760970600", "2025-10-20T14:30:00Z time zone"},
        {"1760970600000", "2025-10-20T14:30:00Z time zone"},
    };
    for (const auto& [text, expected] : kSpellings) {
        EXPECT_EQ(readAs(text), expected) << text;
    }
}

TEST(TimeText, TakesTheOrderAskedForWhereBothArePossible) {
    EXPECT_EQ(readAs("03/04/2025", DayOrder::MonthFirst), "2025-03-04T00:00:00Z ?");
    EXPECT_EQ(readAs("20/04/2025", DayOrder::MonthFirst), "2025-04-20T00:00:00Z");
    EXPECT_EQ(readAs("25-04-03", DayOrder::YearFirst), "2025-04-03T00:00:00Z");
}

TEST(TimeText, RefusesWhatIsNoDay) {
    for (const char* text : {"", "hier", "2025", "Oct 2025", "31/02/2025", "32 octobre 2025", "14:30", "12.5",
                             "20/10/2025 25:00", "20 jui 2025", "1/2/3/4", "99999999"}) {
        EXPECT_EQ(readAs(text), "none") << text;
    }
}

} // namespace
} // namespace cordon
