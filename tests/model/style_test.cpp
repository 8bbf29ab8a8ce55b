#include "core/model/style.h"

#include <gtest/gtest.h>

namespace cordon {
namespace {

TEST(Color, ReadsAndWritesHex) {
    EXPECT_EQ(Color::fromText("#D55E00"), (Color{0xD5, 0x5E, 0x00, 255}));
    EXPECT_EQ(Color::fromText("#d55e0080"), (Color{0xD5, 0x5E, 0x00, 0x80}));
    EXPECT_EQ(Color::fromText("#fa0"), (Color{0xFF, 0xAA, 0x00, 255}));
    EXPECT_EQ(Color::fromText("#D55E00")->toText(), "#D55E00");
    EXPECT_EQ(Color::fromText("#D55E0080")->toText(), "#D55E0080");
    for (const char* text : {"", "#", "red", "#12345", "#GG0000", "D55E00"})
        EXPECT_FALSE(Color::fromText(text)) << text;
}

TEST(Color, OpacityMultiplies) {
    EXPECT_EQ((Color{1, 2, 3, 200}).withOpacity(0.5), (Color{1, 2, 3, 100}));
    EXPECT_EQ((Color{1, 2, 3, 200}).withOpacity(7), (Color{1, 2, 3, 200}));
}

} // namespace
} // namespace cordon
