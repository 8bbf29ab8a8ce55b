// CSV as it is written (RFC 4180): cells and rows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cordon {

// In quotes where it must be.
std::string csvCell(std::string_view text);
// Of a text that anybody may have written: what looks like a formula gets a ' before it.
std::string safeCsvCell(std::string_view text);
std::string csvRow(const std::vector<std::string>& cells); // of texts that anybody may have written; ends the line
// Whether a spreadsheet may take the cell for a formula: it begins with = + - @, their wide forms, a tab or a line
// break and is no number (OWASP, CSV Injection).
bool looksLikeFormula(std::string_view text);
// The text without the ' that kept it from being run.
inline std::string_view withoutFormulaMark(std::string_view cell) {
    return cell.starts_with('\'') && looksLikeFormula(cell.substr(1)) ? cell.substr(1) : cell;
}

} // namespace cordon
