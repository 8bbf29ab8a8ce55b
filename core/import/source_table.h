// One table as it stands in a file, before anybody decided what it means: cells as text, rows as people count them, and
// places where the file itself has them.
#pragma once

#include "core/io/vector_reader.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace cordon {

struct SourceTable {
    std::string name;                      // sheet, layer or file stem
    TableSource source;                    // path, layer, format, encoding
    std::string details;                   // for people: "semicolons, Windows-1252, decimal commas, header in row 3"
    std::vector<std::string> columns;      // names as written, two header rows joined; "" where the file gives none
    std::vector<std::string> hxlTags;      // one a column ("#geo+lat"), "" = none; empty: no tag row
    std::vector<std::uint32_t> rowNumbers; // line of a text, row of a sheet, number of a feature from 1
    bool decimalCommas = false;
    // Exactly one of the two: texts of a table, one entry a column, each with rowCount() values ...
    std::vector<TextValues> cells;
    // ... or features, whose columns are `columns`, in that order, and whose geometries are the places.
    std::shared_ptr<const FeatureTable> features;

    std::size_t rowCount() const { return rowNumbers.size(); }
    std::string cell(std::size_t column, std::size_t row) const; // trimmed; "" for none
};

struct SourceTables {
    std::vector<SourceTable> tables;
    Warnings warnings;
};

// Every table of a file, a zip of one or a folder: delimited and fixed-width text, XLSX and ODS as cells, all other
// formats through readVector(). Title rows, blank rows, total rows and merged cells are recognised and named in
// warnings. Throws Error when nothing can be had.
SourceTables readSourceTables(const std::string& path, const ReadOptions& options = {});

} // namespace cordon
