// Rows of delimited text (RFC 4180 and what spreadsheets make of it), without copying.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace cordon {

struct CsvCell {
    std::string_view text; // without the quotes around it
    bool isQuoted = false;
    bool hasDoubledQuotes = false;
};

std::string_view withoutDoubledQuotes(const CsvCell& cell, std::string& scratch);
// The cell as meant: doubled quotes halved, in `scratch` if need be.
inline std::string_view cellText(const CsvCell& cell, std::string& scratch) {
    return cell.hasDoubledQuotes ? withoutDoubledQuotes(cell, scratch) : cell.text;
}

// The text must be followed by at least one zero byte and stay there.
class CsvTokenizer {
public:
    CsvTokenizer(std::string_view text, char delimiter);

    // Reads the next row that is not empty; false at the end.
    bool next(std::vector<CsvCell>& row);

    std::size_t offset() const { return static_cast<std::size_t>(m_at - m_begin); }
    std::size_t lineNumber() const { return m_rowLine; } // where the row read last begins, from 1
    bool sawOpenQuote() const { return m_sawOpenQuote; } // a quote that nothing closes; it was taken as text

private:
    bool splitPlainLine(std::vector<CsvCell>& row);
    CsvCell readCell();
    bool readQuoted(CsvCell& cell);

    const char* m_begin;
    const char* m_at;
    const char* m_end;
    char m_delimiter;
    std::array<bool, 256> m_endsCell{};
    std::size_t m_line = 1, m_rowLine = 0;
    bool m_sawOpenQuote = false;
};

// Throws Error for a text with a line of more than 32 MB, of some from 16 MB: it is no table, and to look for columns
// in it costs much time and memory. `label` is how the user knows the file.
void refuseEndlessLine(std::string_view bytes, const std::string& label);

// Comma, semicolon, tab or bar: which cuts the first rows most evenly. Comma if none does.
char detectDelimiter(std::string_view text);

} // namespace cordon
