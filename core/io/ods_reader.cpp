#include "core/io/archive.h"
#include "core/io/workbook.h"
#include "core/io/xml_walker.h"

#include <algorithm>
#include <cstdlib>
#include <set>

namespace cordon {

namespace {

constexpr std::uint32_t kMostColumns = 16'384, kMostRows = 1'048'576;
constexpr std::size_t kMostRepeats = 20'000'000; // repeated cells are one element: a few bytes could make any number

class OdsReader {
public:
    OdsReader(const std::string& path, ReadJob& job) : m_path(path), m_job(job) {}

    std::vector<SheetCells> read() {
        const FileBytes bytes = readZipEntry(m_path, "content.xml");
        walkXml(bytes.view(), m_path + "/content.xml",
                {[this](std::string_view name, const XmlAttributes& a) { start(name, a); },
                 [this](std::string_view name) { end(name); },
                 [this](std::string_view text) {
                     if (m_paragraphs > 0 && m_notes == 0)
                         m_text += text;
                 }});
        for (SheetCells& sheet : m_sheets)
            sheet.rowStart.push_back(sheet.columns.size());
        return std::move(m_sheets);
    }

private:
    struct Cell {
        std::uint32_t column = 0, count = 1;
        std::string text;
    };

    static std::uint32_t countFrom(const XmlAttributes& a, std::string_view name) {
        const long count = std::atol(attributeOf(a, name).c_str());
        return static_cast<std::uint32_t>(std::clamp(count, 1L, static_cast<long>(kMostRows)));
    }

    void start(std::string_view name, const XmlAttributes& a) {
        if (name == "style") {
            m_style = attributeOf(a, "name");
        } else if (name == "table-properties" && attributeOf(a, "display") == "false") {
            m_hiddenStyles.insert(m_style);
        } else if (name == "table" && m_depth++ == 0) {
            m_sheets.push_back({});
            m_sheets.back().name = attributeOf(a, "name");
            m_sheets.back().isHidden = m_hiddenStyles.contains(attributeOf(a, "style-name"));
            m_row = 0;
        } else if (name == "table-row") {
            m_cells.clear();
            m_column = 0;
            m_rowCount = countFrom(a, "number-rows-repeated");
        } else if (name == "table-cell" || name == "covered-table-cell") {
            startCell(name == "table-cell", a);
        } else if (name == "annotation") {
            ++m_notes;
        } else if (name == "p" && m_notes == 0) {
            if (m_paragraphs++ == 0 && !m_text.empty())
                m_text += '\n';
        } else if (m_paragraphs > 0 && m_notes == 0 && (name == "s" || name == "tab" || name == "line-break")) {
            m_text.append(name == "s" ? std::min<std::size_t>(countFrom(a, "c"), 100) : 1,
                          name == "line-break" ? '\n' : ' ');
        }
    }

    void startCell(bool isOwn, const XmlAttributes& a) {
        m_cell = {m_column, countFrom(a, "number-columns-repeated"), {}};
        m_column += m_cell.count;
        m_text.clear();
        m_isOwn = isOwn;
        const std::string type = attributeOf(a, "value-type");
        if (type == "float" || type == "percentage" || type == "currency")
            m_cell.text = attributeOf(a, "value");
        else if (type == "date")
            m_cell.text = attributeOf(a, "date-value");
        else if (type == "boolean")
            m_cell.text = attributeOf(a, "boolean-value");
        const std::uint32_t rows = countFrom(a, "number-rows-spanned"),
                            columns = countFrom(a, "number-columns-spanned");
        if (isOwn && (rows > 1 || columns > 1) && !m_sheets.empty())
            m_sheets.back().merges.push_back({m_row, m_row + rows - 1, m_cell.column, m_cell.column + columns - 1});
    }

    void end(std::string_view name) {
        if (name == "table") {
            --m_depth;
        } else if (name == "p" && m_notes == 0) {
            --m_paragraphs;
        } else if (name == "annotation") {
            --m_notes;
        } else if (name == "table-cell" || name == "covered-table-cell") {
            if (m_cell.text.empty())
                m_cell.text = m_text;
            if (m_isOwn && !m_cell.text.empty() && m_cell.column < kMostColumns)
                m_cells.push_back(m_cell);
        } else if (name == "table-row" && !m_sheets.empty()) {
            endRow(m_sheets.back());
        }
    }

    void endRow(SheetCells& sheet) {
        const std::uint32_t last = std::min(m_row + m_rowCount, kMostRows);
        for (std::uint32_t row = m_row; row < last && !m_cells.empty(); ++row) {
            if (!sheet.rows.empty())
                sheet.rowStart.push_back(sheet.columns.size());
            sheet.rows.push_back(row);
            for (const Cell& cell : m_cells)
                for (std::uint32_t i = 0; i < cell.count && cell.column + i < kMostColumns; ++i) {
                    sheet.columns.push_back(cell.column + i);
                    sheet.texts.append(cell.text);
                    if ((i > 0 || row > m_row) && ++m_repeats > kMostRepeats)
                        throw Error("Cannot read " + m_path + ": it repeats its cells over " +
                                    std::to_string(kMostRepeats) + " times, as no honest table does; check it.");
                }
            if (row % 4096 == 0)
                m_job.throwIfStopped();
        }
        m_row = last;
    }

    const std::string& m_path;
    ReadJob& m_job;
    std::vector<SheetCells> m_sheets;
    std::set<std::string> m_hiddenStyles;
    std::string m_style, m_text;
    std::vector<Cell> m_cells; // of the row that is open
    Cell m_cell;
    std::uint32_t m_row = 0, m_rowCount = 1, m_column = 0;
    std::size_t m_repeats = 0;
    int m_depth = 0, m_paragraphs = 0, m_notes = 0;
    bool m_isOwn = true;
};

} // namespace

std::vector<SheetCells> readOds(const std::string& path, ReadJob& job) {
    return OdsReader(path, job).read();
}

} // namespace cordon
