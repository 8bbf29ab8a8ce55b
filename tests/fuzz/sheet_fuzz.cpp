// The sheet of a workbook, in a workbook that is whole but for it: cells are read or refused, never more.
// CORDON_FUZZ_SUFFIX says of which kind.
#include "core/io/workbook.h"
#include "fuzz_file.h"
#include "tests/io/stored_zip.h"

namespace {

std::string workbookOf(const std::string& sheet) {
    if (std::string_view(CORDON_FUZZ_SUFFIX) == ".ods")
        return cordon::zipOf({{"content.xml", sheet}});
    return cordon::zipOf(
        {{"xl/workbook.xml",
          R"(<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>)"},
         {"xl/_rels/workbook.xml.rels",
          R"(<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>)"},
         {"xl/styles.xml",
          R"(<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/></cellXfs></styleSheet>)"},
         {"xl/sharedStrings.xml", "<sst><si><t>Lat</t></si><si><r><t>Lo</t></r><r><t>n</t></r></si></sst>"},
         {"xl/worksheets/sheet1.xml", sheet}});
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const cordon::FuzzFile file(CORDON_FUZZ_SUFFIX);
    file.write(workbookOf(std::string(reinterpret_cast<const char*>(data), size)));
    const cordon::ReadOptions options; // the job keeps a reference
    cordon::ReadJob job(options);
    try {
        if (std::string_view(CORDON_FUZZ_SUFFIX) == ".ods")
            cordon::readOds(file.path(), job);
        else
            cordon::readXlsx(file.path(), job);
    } catch (const cordon::Error&) {
        // refused with a sentence
    }
    return 0;
}
