#include "core/model/csv_text.h"

#include <algorithm>
#include <charconv>

namespace cordon {
namespace {

bool isNumber(std::string_view text) {
    if (text.starts_with('+'))
        text.remove_prefix(1);
    if (text.starts_with("-."))
        return text.size() > 2 && text.find_first_not_of("0123456789", 2) == std::string_view::npos;
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool hasDigits = text.find_first_of("0123456789") != std::string_view::npos; // not -inf
    if (error == std::errc{} && end == text.data() + text.size())
        return hasDigits;
    // With a decimal comma, as half of the world writes it.
    const auto comma = text.find(',');
    return comma != std::string_view::npos && comma + 1 < text.size() &&
           text.find_first_not_of("0123456789", comma + 1) == std::string_view::npos && isNumber(text.substr(0, comma));
}

} // namespace

std::string csvCell(std::string_view text) {
    const bool isPlain = text.find_first_of(",;\t\"\r\n") == std::string_view::npos;
    if (isPlain)
        return std::string(text);
    std::string quoted = "\"";
    for (const char c : text)
        quoted.append(c == '"' ? 2 : 1, c);
    return quoted + '"';
}

std::string safeCsvCell(std::string_view text) {
    return csvCell(looksLikeFormula(text) ? "'" + std::string(text) : std::string(text));
}

std::string csvRow(const std::vector<std::string>& cells) {
    std::string row;
    for (std::size_t i = 0; i < cells.size(); ++i)
        row += (i ? "," : "") + safeCsvCell(cells[i]);
    return row + "\r\n";
}

bool looksLikeFormula(std::string_view text) {
    if (text.empty())
        return false;
    if (std::string_view("=@\t\r\n").find(text.front()) != std::string_view::npos)
        return true;
    if (text.front() == '+' || text.front() == '-')
        return !isNumber(text);
    for (const std::string_view wide : {"\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"})
        if (text.starts_with(wide))
            return true;
    return false;
}

} // namespace cordon
