#include "core/json_writer.h"

#include <cmath>
#include <gtest/gtest.h>
#include <sstream>

namespace cordon {
namespace {

TEST(JsonWriter, WritesNestedValues) {
    std::ostringstream out;
    JsonWriter json(out);
    json.beginObject().member("name", "Kayes").member("count", std::size_t{3}).member("open", false);
    json.key("extent").beginArray(true).value(-12.25).value(1e-7).end();
    json.key("none").beginArray().end().key("time").null().end();
    EXPECT_EQ(out.str(),
              "{\n  \"name\": \"Kayes\",\n  \"count\": 3,\n  \"open\": false,\n  \"extent\": [-12.25, 1e-07],\n"
              "  \"none\": [],\n  \"time\": null\n}\n");
}

TEST(JsonWriter, WhatIsNotFiniteIsNull) {
    std::ostringstream out;
    JsonWriter json(out);
    json.beginArray(true).value(std::nan("")).value(HUGE_VAL).end();
    EXPECT_EQ(out.str(), "[null, null]\n");
}

TEST(JsonWriter, EscapesWhatJsonCannotHold) {
    EXPECT_EQ(jsonEscaped("Ségou \"x\" \\ \n \t \x01"), "Ségou \\\"x\\\" \\\\ \\n \\t \\u0001");
    EXPECT_EQ(jsonEscaped("a\xFF"
                          "b"),
              "a\xEF\xBF\xBD"
              "b")
        << "a broken byte";
    EXPECT_EQ(jsonEscaped("\xC0\xAF"), "\xEF\xBF\xBD\xEF\xBF\xBD") << "an overlong form";
    EXPECT_EQ(jsonEscaped("\xED\xA0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD") << "a surrogate";
    EXPECT_EQ(jsonEscaped("\xE2\x82"), "\xEF\xBF\xBD\xEF\xBF\xBD") << "a cut sequence";
    EXPECT_EQ(jsonEscaped("😀"), "😀");
}

} // namespace
} // namespace cordon
