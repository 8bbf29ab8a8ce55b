// CSV as rows of text, for the small files of the situation; reference data goes through readVector().
#pragma once

#include "core/error.h"

#include <string>
#include <string_view>
#include <vector>

namespace cordon {

struct TextRow {
    std::size_t line = 0; // where it begins in the file, from 1
    std::vector<std::string> cells;
};

// Rows that are not blank. Throws Error whose text follows "cannot be read: ".
std::vector<TextRow> parseDelimitedText(const std::string& text);

// The whole file as UTF-8; other encodings are taken as Windows-1252 with a warning. Throws Error.
std::string readTextFile(const std::string& path, Warnings& warnings);

// Pieces between `separator`, outer blanks dropped, empty ones left out.
std::vector<std::string> splitText(std::string_view text, char separator);
std::string_view trimText(std::string_view text);
// One line for a terminal: control characters as "\x1B", so that no text of a file moves the cursor or paints.
std::string printableText(std::string_view text);

} // namespace cordon
