// Texts of a file in whatever encoding it is; large ones are looked through on all cores.
#include "core/io/encoding.h"

#include <gtest/gtest.h>

namespace cordon {
namespace {

// Where the parts of a large text meet a character is not torn, wherever it lies.
TEST(Encoding, LargeTextsOfLongCharactersAreUtf8) {
    for (const char* character : {"\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x9A\xA7"})
        for (std::size_t before = 0; before < 4; ++before) {
            std::string text(before, 'a');
            while (text.size() < std::size_t{17} << 20)
                text += character;
            const DecodedText decoded = decodeText(text, "");
            EXPECT_EQ(decoded.encoding, "UTF-8");
            EXPECT_FALSE(decoded.converted.has_value());
        }
}

TEST(Encoding, OneBadByteAnywhereInALargeTextIsFound) {
    const std::string good(std::size_t{17} << 20, 'a');
    for (const double share : {0.0, 0.2, 0.4999999, 0.5, 0.9, 1.0}) {
        std::string text = good;
        text[static_cast<std::size_t>(share * static_cast<double>(good.size() - 1))] = '\xE9';
        const DecodedText decoded = decodeText(text, "");
        EXPECT_TRUE(decoded.isGuess) << share;
        EXPECT_EQ(decoded.encoding, "CP1252") << share;
        ASSERT_TRUE(decoded.converted.has_value());
        EXPECT_NE(decoded.converted->find("\xC3\xA9"), std::string::npos) << share;
    }
}

TEST(Encoding, BytesThatOnlyContinueCharactersAreNoUtf8) {
    const std::string text(std::size_t{17} << 20, '\x80');
    EXPECT_TRUE(decodeText(text, "").isGuess);
}

} // namespace
} // namespace cordon
