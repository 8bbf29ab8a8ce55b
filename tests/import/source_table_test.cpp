#include "core/import/source_table.h"

#include "core/import/import_plan.h"
#include "made_tables.h"
#include "plan_summary.h"
#include "test_folders.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cpl_vsi.h>
#include <filesystem>
#include <fstream>
#include <gdal.h>
#include <unistd.h>

namespace cordon {
namespace {

namespace fs = std::filesystem;

class SourceTableTest : public testing::Test {
protected:
    SourceTableTest() : m_folder(fs::temp_directory_path() / ("cordon_tables_" + std::to_string(::getpid()))) {
        fs::create_directories(m_folder);
    }
    ~SourceTableTest() override { fs::remove_all(m_folder); }

    std::string write(const std::string& name, const std::string& bytes) const {
        const std::string path = (m_folder / name).string();
        std::ofstream(path, std::ios::binary) << bytes;
        return path;
    }

    // Entries of a zip, written with GDAL.
    std::string writeZip(const std::string& name,
                         const std::vector<std::pair<std::string, std::string>>& entries) const {
        const std::string path = (m_folder / name).string();
        const std::string zip = (m_folder / "made.zip").string();
        fs::remove(zip);
        VSILFILE* const whole = VSIFOpenL(("/vsizip/" + zip).c_str(), "wb"); // keeps it open for all entries
        for (const auto& [entry, text] : entries) {
            VSILFILE* const file = VSIFOpenL(("/vsizip/" + zip + "/" + entry).c_str(), "wb");
            VSIFWriteL(text.data(), 1, text.size(), file);
            VSIFCloseL(file);
        }
        VSIFCloseL(whole);
        fs::rename(zip, path);
        return path;
    }

    fs::path m_folder;
};

// Everything but the path, in one text.
std::string describe(const SourceTables& tables, const fs::path& folder) {
    std::string text;
    for (const SourceTable& table : tables.tables) {
        text += table.details;
        text += "\ncolumns ";
        for (const std::string& column : table.columns)
            text += "[" + column + "]";
        for (std::size_t row = 0; row < table.rowCount(); ++row) {
            text += "\n" + std::to_string(table.rowNumbers[row]) + " ";
            for (std::size_t c = 0; c < table.columns.size(); ++c)
                text += "[" + table.cell(c, row) + "]";
        }
        text += "\n" + summaryOf(recognise(table, {}));
    }
    for (const Warning& warning : tables.warnings)
        text += "\nwarning: " + warning.text;
    for (std::size_t at; (at = text.find(folder.string() + "/")) != std::string::npos;)
        text.erase(at, folder.string().size() + 1);
    return text;
}

TEST_F(SourceTableTest, MadeTables) {
    EXPECT_GE(madeTables().size(), 40U);
    for (const MadeTable& made : madeTables()) {
        const std::string path = write(std::string("t.") + made.suffix, made.bytes);
        const std::string actual = describe(readSourceTables(path), m_folder);
        EXPECT_EQ(actual, made.expected) << made.name;
        if (std::getenv("CORDON_PRINT_TABLES"))
            printf("@@ %s\n%s\n@end\n", made.name, actual.c_str());
    }
}

constexpr const char* kRelations =
    "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" "
    "Target=\"/xl/worksheets/sheet2.xml\"/></Relationships>";
constexpr const char* kWorkbook = "<workbook xmlns:r=\"r\"><sheets><sheet name=\"Sites\" sheetId=\"1\" "
                                  "r:id=\"rId1\"/><sheet name=\"Listes\" sheetId=\"2\" "
                                  "state=\"hidden\" r:id=\"rId2\"/></sheets></workbook>";
constexpr const char* kStyles =
    "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\\ hh:mm\"/><numFmt "
    "numFmtId=\"165\" formatCode=\"0.00&quot; days&quot;\"/></numFmts><cellXfs><xf "
    "numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf "
    "numFmtId=\"165\"/></cellXfs></styleSheet>";
constexpr const char* kShared =
    "<sst><si><t>Région</t></si><si><r><t>Locali</t></r><r><t>té</t></r></si><si><t>Kayes</t></si></sst>";

// Title, two header rows with merged headings, a region merged over its places, dates by their style, a hidden sheet.
TEST_F(SourceTableTest, WorkbookAsPeopleMakeThem) {
    const std::string sheet =
        "<worksheet><sheetData>"
        "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Suivi des sites</t></is></c></row>"
        "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>0</v></c><c r=\"B3\" t=\"s\"><v>1</v></c>"
        "<c r=\"C3\" t=\"str\"><v>Coordonnées</v></c><c r=\"E3\" t=\"str\"><v>Date</v></c></row>"
        "<row r=\"4\"><c r=\"C4\" t=\"str\"><v>Latitude</v></c><c r=\"D4\" t=\"str\"><v>Longitude</v></c></row>"
        "<row r=\"5\"><c r=\"A5\" t=\"s\"><v>2</v></c><c r=\"B5\" t=\"str\"><v>Ambidédi</v></c><c "
        "r=\"C5\"><v>14.58</v></c>"
        "<c r=\"D5\"><v>-11.789999999999999</v></c><c r=\"E5\" s=\"1\"><v>45950</v></c></row>"
        "<row r=\"6\"><c r=\"B6\" t=\"str\"><v>Diboli</v></c><c r=\"C6\"><v>14.45</v></c><c r=\"D6\"><v>-12.2</v></c>"
        "<c r=\"E6\" s=\"2\"><v>45951.75</v></c></row>"
        "<row r=\"7\"><c r=\"A7\" t=\"str\"><v>Total</v></c><c r=\"B7\" s=\"3\"><v>2</v></c></row>"
        "</sheetData><mergeCells><mergeCell ref=\"A1:E1\"/><mergeCell ref=\"A3:A4\"/><mergeCell "
        "ref=\"B3:B4\"/><mergeCell "
        "ref=\"C3:D3\"/><mergeCell ref=\"E3:E4\"/><mergeCell ref=\"A5:A6\"/></mergeCells></worksheet>";
    const std::string path = writeZip("sites.xlsx", {{"xl/workbook.xml", kWorkbook},
                                                     {"xl/_rels/workbook.xml.rels", kRelations},
                                                     {"xl/styles.xml", kStyles},
                                                     {"xl/sharedStrings.xml", kShared},
                                                     {"xl/worksheets/sheet1.xml", sheet},
                                                     {"xl/worksheets/sheet2.xml", "<worksheet/>"}});
    EXPECT_EQ(describe(readSourceTables(path), m_folder),
              "XLSX, header in rows 3 to 4\n"
              "columns [Région][Localité][Coordonnées Latitude][Coordonnées Longitude][Date]\n"
              "5 [Kayes][Ambidédi][14.58][-11.79][2025-10-20]\n"
              "6 [Kayes][Diboli][14.45][-12.2][2025-10-21T18:00:00]\n"
              "points: latitude=Coordonnées Latitude longitude=Coordonnées Longitude time=Date\n"
              "warning: sites.xlsx, Sites: row 7 at the end left out, being a total or a note.\n"
              "warning: sites.xlsx, Sites: row 1 above the table taken as its title.\n"
              "warning: sites.xlsx, Sites: cells merged over several rows were filled in each of them.\n"
              "warning: sites.xlsx: hidden sheets left out: Listes; name one to read it.");
}

TEST_F(SourceTableTest, OpenDocumentAsPeopleMakeThem) {
    const std::string content =
        "<office:document-content><office:automatic-styles><style:style style:name=\"ta2\"><style:table-properties "
        "table:display=\"false\"/></style:style></office:automatic-styles><office:body><office:spreadsheet>"
        "<table:table "
        "table:name=\"Sites\"><table:table-row><table:table-cell><text:p>Région</text:p></table:table-cell>"
        "<table:table-cell><text:p>Lat</text:p></table:table-cell><table:table-cell><text:p>Lon</text:p></"
        "table:table-cell>"
        "<table:table-cell><text:p>Date</text:p></table:table-cell></table:table-row>"
        "<table:table-row table:number-rows-repeated=\"3\"><table:table-cell table:number-columns-repeated=\"1024\"/>"
        "</table:table-row>"
        "<table:table-row><table:table-cell table:number-rows-spanned=\"2\"><text:p>Kayes</text:p></table:table-cell>"
        "<table:table-cell office:value-type=\"float\" office:value=\"14.58\"><office:annotation><text:p>note</text:p>"
        "</office:annotation><text:p>14,58</text:p></table:table-cell><table:table-cell office:value-type=\"float\" "
        "office:value=\"-11.79\"><text:p>-11,79</text:p></table:table-cell><table:table-cell "
        "office:value-type=\"date\" "
        "office:date-value=\"2025-10-20\"><text:p>20/10/25</text:p></table:table-cell></table:table-row>"
        "<table:table-row><table:covered-table-cell/><table:table-cell office:value-type=\"float\" "
        "office:value=\"14.45\"/>"
        "<table:table-cell office:value-type=\"float\" office:value=\"-12.2\"/></table:table-row>"
        "<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell "
        "table:number-columns-repeated=\"16384\"/>"
        "</table:table-row></table:table>"
        "<table:table table:name=\"Aide\" table:style-name=\"ta2\"/></office:spreadsheet></office:body>"
        "</office:document-content>";
    const std::string path = writeZip("sites.ods", {{"content.xml", content}});
    EXPECT_EQ(describe(readSourceTables(path), m_folder), "ODS, header in row 1\n"
                                                          "columns [Région][Lat][Lon][Date]\n"
                                                          "5 [Kayes][14.58][-11.79][2025-10-20]\n"
                                                          "6 [Kayes][14.45][-12.2][]\n"
                                                          "points: latitude=Lat longitude=Lon time=Date\n"
                                                          "warning: sites.ods, Sites: cells merged over several rows "
                                                          "were filled in each of them.\n"
                                                          "warning: sites.ods: hidden sheets left out: Aide; name one "
                                                          "to read it.");
}

std::string errorOf(const std::string& path) {
    try {
        readSourceTables(path);
    } catch (const Error& error) {
        return error.what();
    }
    return "no error";
}

// Three rows in BIFF 8, written with python3-xlwt 1.3.0.
TEST_F(SourceTableTest, OldExcelWorkbook) {
    const fs::path folder = fs::path(CORDON_TEST_SOURCE) / "tests/data";
    const std::string path = (folder / "postes.xls").string();
    GDALAllRegister();
    if (!GDALGetDriverByName("XLS")) {
        EXPECT_THAT(errorOf(path), testing::HasSubstr("no map format that is known"));
        return;
    }
    EXPECT_EQ(describe(readSourceTables(path), folder),
              "XLS\n"
              "columns [Localité][Latitude][Longitude][Date][Véhicules][État]\n"
              "1 [Kolondiéba][11.0894][-6.893][2025-10-03T08:30:00][12][bloqué]\n"
              "2 [Ségou][13.4317][-6.2157][2025-10-14T17:05:00][3][ouvert]\n"
              "3 [Koutiala][12.3917][-5.4642][2025-10-15T00:00:00][0][coupé]\n"
              "status: place=Localité time=Date status=État");
}

TEST_F(SourceTableTest, HostileWorkbooksAreRefused) {
    const std::string bomb =
        "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><workbook>&b;</workbook>";
    const std::string path =
        writeZip("bomb.xlsx", {{"xl/workbook.xml", bomb}, {"xl/_rels/workbook.xml.rels", kRelations}});
    EXPECT_EQ(errorOf(path), "Cannot read " + path +
                                 "/xl/workbook.xml: it declares entities, which no spreadsheet does; do not trust it.");
    const std::string repeated = writeZip(
        "many.ods",
        {{"content.xml", "<a><table:table><table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell "
                         "table:number-columns-repeated=\"16384\"><text:p>x</text:p></table:table-cell>"
                         "</table:table-row></table:table></a>"}});
    EXPECT_THAT(errorOf(repeated), testing::HasSubstr("it repeats its cells over 20000000 times"));
    EXPECT_THAT(errorOf(writeZip("empty.xlsx", {{"a", "b"}})), testing::HasSubstr("it is no Excel workbook"));
    EXPECT_THAT(errorOf(write("cut.xlsx", "PK\x03\x04rest")), testing::HasSubstr("not a zip archive"));
}

TEST_F(SourceTableTest, TablesOfAZipAndAFolder) {
    const std::string zip = writeZip("two.zip", {{"b.csv", "lat,lon\n12.5,-8.1\n"}, {"a.csv", "lat;lon\n12,5;-8,1\n"}});
    EXPECT_EQ(readSourceTables(zip).tables.size(), 2U);
    fs::create_directories(m_folder / "in");
    write("in/a.csv", "lat,lon\n12.5,-8.1\n");
    write("in/b.geojson", R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"a":1},)"
                          R"("geometry":{"type":"Point","coordinates":[-8,12]}}]})");
    const SourceTables tables = readSourceTables((m_folder / "in").string());
    ASSERT_EQ(tables.tables.size(), 2U);
    EXPECT_EQ(tables.tables[0].name, "a");
    EXPECT_EQ(tables.tables[1].name, "b");
    EXPECT_TRUE(tables.tables[1].features);
    EXPECT_EQ(summaryOf(recognise(tables.tables[1], {})), "points:");
}

TEST_F(SourceTableTest, RefusesWhatIsNoTable) {
    EXPECT_THAT(errorOf(write("empty.csv", "")), testing::HasSubstr("the file is empty"));
    EXPECT_THAT(errorOf(write("zeros.csv", std::string(1000, '\0'))), testing::HasSubstr("it is not a text table"));
    EXPECT_THAT(errorOf((m_folder / "missing.csv").string()), testing::StartsWith("Cannot read"));
}

// A small file must not become gigabytes of blank cells.
TEST_F(SourceTableTest, RefusesHeadersBeyondAllRows) {
    std::string header = "a";
    for (int i = 0; i < 19'000; ++i)
        header += ",a" + std::to_string(i);
    std::string rows;
    for (int i = 0; i < 2'000; ++i)
        rows += "\n1";
    EXPECT_THAT(errorOf(write("short.csv", header + rows)), testing::HasSubstr("far shorter than its 19,001 columns"));
    EXPECT_THAT(errorOf(write("wide.csv", header + "," + header + "\n1,2\n")),
                testing::HasSubstr("has 38,002 cells, more than any table"));
}

// The fuzzer's work in small: no bytes make it fall over.
TEST_F(SourceTableTest, AnyBytesEnd) {
    for (const MadeTable& made : madeTables())
        for (std::size_t cut = 1; cut < made.bytes.size(); cut += 1 + made.bytes.size() / 12) {
            try {
                for (const SourceTable& table : readSourceTables(write("t.csv", made.bytes.substr(cut))).tables)
                    recognise(table, {});
            } catch (const Error&) { // a sentence is all it may end in
            }
        }
}

} // namespace
} // namespace cordon
