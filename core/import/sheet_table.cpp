#include "core/import/sheet_table.h"

#include "core/import/table_builder.h"

#include <algorithm>

namespace cordon {

namespace {

// What stands in the first cell of a merge.
class Merges {
public:
    explicit Merges(const SheetCells& sheet) {
        for (const SheetCells::Merge& merge : sheet.merges)
            if (merge.lastRow > merge.firstRow)
                m_downwards.push_back({merge, {}});
        std::sort(m_downwards.begin(), m_downwards.end(),
                  [](const Filled& a, const Filled& b) { return a.merge.firstRow < b.merge.firstRow; });
    }
    bool isEmpty() const { return m_downwards.empty(); }

    // Rows must come in their order.
    void fill(RawRow& row, std::uint32_t number) {
        while (m_next < m_downwards.size() && m_downwards[m_next].merge.firstRow <= number)
            m_open.push_back(m_next++);
        std::erase_if(m_open, [&](std::size_t i) { return m_downwards[i].merge.lastRow < number; });
        for (const std::size_t i : m_open) {
            Filled& filled = m_downwards[i];
            const std::uint32_t column = filled.merge.firstColumn;
            if (filled.merge.firstRow == number && column < row.cells.size())
                filled.text = row.cells[column];
            if (filled.text.empty())
                continue;
            if (row.cells.size() <= column)
                row.cells.resize(column + 1);
            if (row.cells[column].empty())
                row.cells[column] = filled.text;
        }
    }

private:
    struct Filled {
        SheetCells::Merge merge;
        std::string_view text;
    };
    std::vector<Filled> m_downwards;
    std::vector<std::size_t> m_open;
    std::size_t m_next = 0;
};

} // namespace

SourceTable tableOfSheet(const SheetCells& sheet, const std::string& subject, Warnings& warnings) {
    TableBuilder builder(subject, "row", warnings);
    Merges merges(sheet);
    RawRow row;
    for (std::size_t i = 0; i < sheet.rows.size(); ++i) {
        row.number = sheet.rows[i] + 1;
        row.cells.clear();
        for (std::size_t c = sheet.rowStart[i]; c < sheet.rowStart[i + 1]; ++c) {
            if (row.cells.size() <= sheet.columns[c])
                row.cells.resize(sheet.columns[c] + 1);
            row.cells[sheet.columns[c]] = sheet.texts.at(c);
        }
        merges.fill(row, sheet.rows[i]);
        builder.add(row);
    }
    SourceTable table = builder.finish();
    table.name = sheet.name;
    if (!merges.isEmpty() && table.rowCount() > 0)
        warnings.push_back({subject + ": cells merged over several rows were filled in each of them.", false});
    return table;
}

} // namespace cordon
