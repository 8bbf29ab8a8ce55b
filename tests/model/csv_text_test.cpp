#include "core/model/csv_text.h"

#include <gtest/gtest.h>

namespace cordon {
namespace {

TEST(CsvText, NoSpreadsheetRunsACell) {
    for (const char* text : {"=1+1", "+33 6 12", "-cmd|' /C calc'!A1", "@SUM(A1)", "\tx", "\rx", "\uFF1D1"}) {
        const std::string cell = safeCsvCell(text);
        EXPECT_TRUE(cell.starts_with("'") || cell.starts_with("\"'")) << cell;
        EXPECT_EQ(withoutFormulaMark("'" + std::string(text)), text);
    }
    for (const char* text : {"-8.0", "+1.5", "-3,5", "'quoted'", "'t Harde", "", "a=b"}) {
        EXPECT_EQ(safeCsvCell(text), csvCell(text));
        EXPECT_EQ(withoutFormulaMark(text), text) << "nothing was put before it";
    }
    EXPECT_EQ(csvRow({"=A1", "a \"b\"", "-8.0"}), "'=A1,\"a \"\"b\"\"\",-8.0\r\n");
}

} // namespace
} // namespace cordon
