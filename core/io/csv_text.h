// CSV as it is written (RFC 4180): cells and rows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cordon {

std::string csvCell(std::string_view text);
std::string csvRow(const std::vector<std::string>& cells); // of texts that are not quoted yet; ends the line
// Whether a spreadsheet may take the cell for a formula: it begins with = + - @, their wide forms, a tab or a line
// break and is no number (OWASP, CSV Injection).
bool looksLikeFormula(std::string_view text);

} // namespace cordon
