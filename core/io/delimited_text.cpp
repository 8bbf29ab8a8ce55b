#include "core/io/delimited_text.h"

#include "core/io/encoding.h"
#include "core/io/file_bytes.h"

#include <algorithm>
#include <utility>

namespace cordon {
namespace {

// The separator that stands most often in the first line, outside quotes.
char separatorOf(std::string_view text) {
    std::size_t commas = 0, semicolons = 0, tabs = 0;
    bool isQuoted = false;
    for (const char c : text) {
        if (c == '"')
            isQuoted = !isQuoted;
        else if (isQuoted)
            continue;
        else if (c == '\n')
            break;
        commas += c == ',';
        semicolons += c == ';';
        tabs += c == '\t';
    }
    if (semicolons > commas && semicolons >= tabs)
        return ';';
    return tabs > commas ? '\t' : ',';
}

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

std::vector<TextRow> parseDelimitedText(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    const char separator = separatorOf(text);
    std::vector<TextRow> rows;
    TextRow row{1, {}};
    std::string cell;
    bool isQuoted = false;
    std::size_t number = 1, quotedSince = 0;
    const auto endCell = [&] { row.cells.push_back(std::exchange(cell, {})); };
    const auto endRow = [&] {
        endCell();
        if (!isBlank(row))
            rows.push_back(std::move(row));
        row = {++number, {}};
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (isQuoted) {
            if (c == '"' && i + 1 < text.size() && text[i + 1] == '"')
                cell += text[i++];
            else if (c == '"')
                isQuoted = false;
            else
                cell += c;
        } else if (c == '"' && trimText(cell).empty()) {
            cell.clear();
            isQuoted = true;
            quotedSince = number;
        } else if (c == separator) {
            endCell();
        } else if (c == '\n' || (c == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'))) {
            endRow();
        } else if (c != '\r') {
            cell += c;
        }
    }
    if (isQuoted)
        throw Error("a quote opened in row " + std::to_string(quotedSince) + " is never closed.");
    if (!cell.empty() || !row.cells.empty())
        endRow();
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
