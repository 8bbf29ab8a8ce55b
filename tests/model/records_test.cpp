#include "core/model/records.h"

#include <gtest/gtest.h>

#include <string>

namespace cordon {
namespace {

TEST(Records, ReadsLikeAVectorAcrossChunks) {
    Records<std::string> records;
    for (int i = 0; i < 2000; ++i)
        records.push_back(std::to_string(i));
    ASSERT_EQ(records.size(), 2000u);
    int i = 0;
    for (const std::string& text : records)
        EXPECT_EQ(text, std::to_string(i++));
    EXPECT_EQ(i, 2000);
}

TEST(Records, CopiesDoNotFeelEachOthersWrites) {
    Records<std::string> a{"one", "two"};
    const Records<std::string> before = a;
    const std::string* kept = &before[0];
    a[0] = "changed";
    a.push_back("three");
    EXPECT_EQ(before, (Records<std::string>{"one", "two"}));
    EXPECT_EQ(a, (Records<std::string>{"changed", "two", "three"}));
    EXPECT_EQ(*kept, "one");
}

TEST(Records, UntouchedChunksAreShared) {
    Records<std::string> a;
    for (int i = 0; i < 2000; ++i)
        a.push_back("x");
    Records<std::string> b = a;
    b[0] = "y";
    const auto& constA = a;
    const auto& constB = b;
    EXPECT_NE(&constA[0], &constB[0]);
    EXPECT_EQ(&constA[1999], &constB[1999]);
}

} // namespace
} // namespace cordon
