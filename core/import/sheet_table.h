// A sheet of a workbook to a table of cells. Internal to import.
#pragma once

#include "core/import/source_table.h"
#include "core/io/workbook.h"

namespace cordon {

// `subject` names the sheet in warnings. Cells merged downwards are each filled.
SourceTable tableOfSheet(const SheetCells& sheet, const std::string& subject, Warnings& warnings);

} // namespace cordon
