// CSV as rows of text, for the small files of the situation; reference data goes through readVector().
#pragma once

#include "core/error.h"

#include <string>
#include <string_view>
#include <vector>

namespace cordon {

struct TextRow {
    std::size_t number = 0; // as a spreadsheet counts: the header is row 1, blank lines count
    std::vector<std::string> cells;
};

// RFC 4180, with comma, semicolon or tab as the header has it; a byte order mark is dropped. Blank lines are left out.
// A text that ends inside quotes is an Error. Throws Error.
std::vector<TextRow> parseDelimitedText(std::string_view text);

// The whole file as UTF-8; other encodings are taken as Windows-1252 with a warning. Throws Error.
std::string readTextFile(const std::string& path, Warnings& warnings);

// Pieces between `separator`, outer blanks dropped, empty ones left out.
std::vector<std::string> splitText(std::string_view text, char separator);
std::string_view trimText(std::string_view text);

} // namespace cordon
