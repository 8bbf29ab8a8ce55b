// Rows of cells as people fill them in, to a table: title rows, one or two header rows, a row of HXL tags, blank rows
// and columns, repeated headers, totals and notes at the end are told apart. Internal to import.
#pragma once

#include "core/import/source_table.h"

#include <string>
#include <string_view>
#include <vector>

namespace cordon {

struct RawRow {
    std::uint32_t number = 0; // as people count them
    std::vector<std::string_view> cells;
};

// Without blanks of any kind around it, zero bytes and a stray byte order mark.
std::string_view trimmedText(std::string_view text);
// A number, a date, a coordinate: no name of a column.
bool looksLikeValue(std::string_view text);

// Takes the rows one by one in their order, in one thread, and keeps them in columns.
class TableBuilder {
public:
    // `subject` names the table in warnings; `rowNoun` is "line" or "row".
    TableBuilder(std::string subject, std::string rowNoun, Warnings& warnings);

    void add(const RawRow& row);
    // name, source and details' beginning are the caller's. A table without any row has no columns.
    SourceTable finish();

private:
    using Row = std::vector<std::string>;
    struct Head {
        std::size_t header = 0, headerRows = 0; // rows of the sample; headerRows 0: the table has no names
        std::size_t tags = 0;                   // row of HXL tags, 0 = none (it is never the first)
        std::size_t firstData = 0, columns = 0;
    };

    void settleHead();
    Head findHead() const;
    bool isHeader(std::size_t row) const;
    bool isSecondHeader(std::size_t header, std::size_t columns) const;
    std::size_t usualExtent(std::size_t from) const;
    void nameColumns(const Head& head);
    void append(std::uint32_t number, const std::vector<std::string_view>& cells);
    bool repeatsHeader(const std::vector<std::string_view>& cells) const;
    void countDecimals(std::string_view cell);
    void dropEnd();
    void dropBlankColumns();
    void warnAll(const Head& head);

    std::string m_subject, m_rowNoun;
    Warnings& m_warnings;
    std::vector<Row> m_sample;
    std::vector<std::uint32_t> m_sampleNumbers;
    bool m_isSettled = false;
    Head m_head;
    SourceTable m_table;
    std::vector<std::string> m_lastHeader; // trimmed texts of the last header row
    std::vector<std::uint32_t> m_longRows, m_repeatedHeaders;
    std::size_t m_cellsGiven = 0; // of the rows below the header
    std::size_t m_commaNumbers = 0, m_dotNumbers = 0;
};

} // namespace cordon
