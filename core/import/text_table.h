// Delimited and fixed-width text to a table of cells. Internal to import.
#pragma once

#include "core/import/source_table.h"
#include "core/io/file_bytes.h"

namespace cordon {

class ReadJob;

// `label` names the text in messages. Throws Error for what is no text table.
SourceTable readTextTable(const FileBytes& bytes, const std::string& label, const std::string& name, ReadJob& job);

// Comma, semicolon, tab or bar, whichever divides most rows alike, titles above them or not; '\0' for none.
char findDelimiter(std::string_view text);

// Where the columns of a text without delimiters begin, in characters: after blanks that all its lines share. Fewer
// than two: it has no columns.
std::vector<std::size_t> findFixedColumns(std::string_view text);

} // namespace cordon
