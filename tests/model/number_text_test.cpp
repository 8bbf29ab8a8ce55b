#include "core/model/number_text.h"

#include <gtest/gtest.h>

namespace cordon {
namespace {

TEST(NumberText, GroupsThousands) {
    EXPECT_EQ(groupedNumber(4500000), "4\u2009500\u2009000");
    EXPECT_EQ(groupedNumber(999), "999");
    EXPECT_EQ(groupedNumber(-1000), "-1\u2009000");
}

TEST(NumberText, QuantitiesHaveADecimalWhereTheyAreSmall) {
    EXPECT_EQ(quantityText(1234.4, "km²", "en"), "1\u2009234\u00A0km²");
    EXPECT_EQ(quantityText(9.96, "km", "en"), "10\u00A0km");
    EXPECT_EQ(quantityText(9.94, "km", "en"), "9.9\u00A0km");
    EXPECT_EQ(quantityText(0.42, "km", "fr"), "0,4\u00A0km");
}

} // namespace
} // namespace cordon
