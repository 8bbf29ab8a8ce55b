// Cells of spreadsheets as they are shown: XLSX (ECMA-376) and ODS (OpenDocument 1.2), read from the zip by ourselves,
// because what GDAL makes of them is a table already.
#pragma once

#include "core/io/read_job.h"

#include <cstdint>
#include <string>
#include <vector>

namespace cordon {

struct SheetCells {
    struct Merge { // from 0, both ends within
        std::uint32_t firstRow = 0, lastRow = 0, firstColumn = 0, lastColumn = 0;
    };
    std::string name;
    bool isHidden = false;
    // Only cells with a text; those of row i are [rowStart[i], rowStart[i + 1]).
    std::vector<std::uint32_t> rows; // from 0, rising
    std::vector<std::size_t> rowStart{0};
    std::vector<std::uint32_t> columns; // from 0
    TextValues texts;
    std::vector<Merge> merges;
};

// All sheets in their order; dates as ISO 8601. Throws Error.
std::vector<SheetCells> readXlsx(const std::string& path, ReadJob& job);
std::vector<SheetCells> readOds(const std::string& path, ReadJob& job);

} // namespace cordon
