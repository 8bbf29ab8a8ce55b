#include "core/io/delimited_text.h"

#include "core/io/csv_tokenizer.h"
#include "core/io/encoding.h"
#include "core/io/file_bytes.h"
#include "core/model/csv_text.h"

#include <algorithm>
#include <utility>

namespace cordon {
namespace {

bool isBlank(const TextRow& row) {
    return std::all_of(row.cells.begin(), row.cells.end(),
                       [](const std::string& cell) { return trimText(cell).empty(); });
}

} // namespace

std::string_view trimText(std::string_view text) {
    constexpr std::string_view kBlanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(kBlanks);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

std::string printableText(std::string_view text) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string printable;
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto c = static_cast<unsigned char>(text[i]);
        const bool isHighControl = c == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
        if (isHighControl) // U+0080 to U+009F
            c = static_cast<unsigned char>(text[++i]);
        if (c < 0x20 || c == 0x7F || isHighControl)
            printable.append("\\x").append(1, kHex[c >> 4]).append(1, kHex[c & 15]);
        else
            printable += text[i];
    }
    return printable;
}

std::vector<std::string> splitText(std::string_view text, char separator) {
    std::vector<std::string> pieces;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(separator), text.size());
        if (const std::string_view piece = trimText(text.substr(0, end)); !piece.empty())
            pieces.emplace_back(piece);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return pieces;
}

std::vector<TextRow> parseDelimitedText(const std::string& text) {
    CsvTokenizer tokenizer(text, detectDelimiter(text));
    std::vector<TextRow> rows;
    std::vector<CsvCell> cells;
    std::string scratch;
    while (tokenizer.next(cells)) {
        if (tokenizer.sawOpenQuote())
            throw Error("the quote in line " + std::to_string(tokenizer.lineNumber()) + " is never closed; close it.");
        TextRow row{tokenizer.lineNumber(), {}};
        for (const CsvCell& cell : cells)
            row.cells.emplace_back(withoutFormulaMark(cellText(cell, scratch)));
        if (!isBlank(row))
            rows.push_back(std::move(row));
    }
    return rows;
}

std::string readTextFile(const std::string& path, Warnings& warnings) {
    const FileBytes bytes = FileBytes::map(path);
    if (bytes.view().find('\0') != std::string_view::npos && isUtf8(bytes.view()))
        throw Error("'" + path + "' is not a text file; check that it is the right one.");
    DecodedText decoded = decodeText(bytes.view(), "");
    if (decoded.isGuess)
        warnings.push_back(
            {path + ": the text is not UTF-8 and is read as " + decoded.encoding + "; check names with accents.",
             false});
    if (decoded.converted)
        return std::move(*decoded.converted);
    return std::string(bytes.view().substr(decoded.skippedBytes));
}

} // namespace cordon
