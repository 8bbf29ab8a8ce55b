#include "core/io/csv_tokenizer.h"

#include "core/error.h"

#include <algorithm>
#include <cstring>

namespace cordon {

std::string_view withoutDoubledQuotes(const CsvCell& cell, std::string& scratch) {
    scratch.clear();
    for (std::size_t i = 0; i < cell.text.size(); ++i) {
        scratch += cell.text[i];
        if (cell.text[i] == '"' && i + 1 < cell.text.size() && cell.text[i + 1] == '"')
            ++i;
    }
    return scratch;
}

CsvTokenizer::CsvTokenizer(std::string_view text, char delimiter)
    : m_begin(text.data()), m_at(text.data()), m_end(text.data() + text.size()), m_delimiter(delimiter) {
    for (const char c : {delimiter, '\n', '\r', '\0'})
        m_endsCell[static_cast<unsigned char>(c)] = true;
}

// At the opening quote. False, with the position unchanged, if nothing closes it.
bool CsvTokenizer::readQuoted(CsvCell& cell) {
    const char* const begin = m_at + 1;
    const char* at = begin;
    // Where one quote stayed open to the end of the text, a later one is closed by those that touch it or by none.
    // To look to the end again for each of them would take for ever.
    const char* limit = m_end;
    if (m_sawOpenQuote)
        for (limit = begin; limit < m_end && *limit == '"';)
            ++limit;
    std::size_t lines = 0;
    bool hasDoubled = false;
    for (;;) {
        const auto* quote = static_cast<const char*>(std::memchr(at, '"', static_cast<std::size_t>(limit - at)));
        if (!quote)
            return false;
        lines += static_cast<std::size_t>(std::count(at, quote, '\n'));
        if (quote + 1 < m_end && quote[1] == '"') {
            hasDoubled = true;
            at = quote + 2;
            continue;
        }
        const char* after = quote + 1;
        while (after < m_end && *after == ' ')
            ++after;
        if (after >= m_end || m_endsCell[static_cast<unsigned char>(*after)]) {
            cell = {{begin, static_cast<std::size_t>(quote - begin)}, true, hasDoubled};
            m_at = after;
            m_line += lines;
            return true;
        }
        // A quote inside that should have been doubled; the text goes on.
        at = quote + 1;
    }
}

CsvCell CsvTokenizer::readCell() {
    CsvCell cell;
    const char* const begin = m_at;
    const char* start = m_at;
    while (start < m_end && *start == ' ')
        ++start;
    if (start < m_end && *start == '"') {
        m_at = start;
        if (readQuoted(cell))
            return cell;
        m_at = begin;
        m_sawOpenQuote = true;
    }
    const char* at = m_at;
    do {
        while (!m_endsCell[static_cast<unsigned char>(*at)])
            ++at;
    } while (*at == '\0' && at < m_end && ++at); // a zero byte inside the text ends nothing
    cell.text = {m_at, static_cast<std::size_t>(at - m_at)};
    m_at = at;
    return cell;
}

// The way most rows go: a line without quotes is cut at its delimiters. False, with the position unchanged, for others.
bool CsvTokenizer::splitPlainLine(std::vector<CsvCell>& row) {
    constexpr std::ptrdiff_t kMostBytes = 4096; // a text that has no lines is not searched for them again and again
    const auto find = [](const char* from, const char* to, char c) {
        return static_cast<const char*>(std::memchr(from, c, static_cast<std::size_t>(to - from)));
    };
    const char* const newline = find(m_at, m_at + std::min(m_end - m_at, kMostBytes), '\n');
    if (!newline || find(m_at, newline, '"'))
        return false;
    const char* end = newline;
    if (const char* const carriageReturn = find(m_at, newline, '\r')) {
        if (carriageReturn + 1 != newline)
            return false;
        end = carriageReturn;
    }
    for (const char* from = m_at;;) {
        const char* const delimiter = find(from, end, m_delimiter);
        const char* const to = delimiter ? delimiter : end;
        row.push_back({{from, static_cast<std::size_t>(to - from)}});
        if (!delimiter)
            break;
        from = delimiter + 1;
    }
    m_at = newline + 1;
    ++m_line;
    return true;
}

bool CsvTokenizer::next(std::vector<CsvCell>& row) {
    row.clear();
    while (m_at < m_end && (*m_at == '\n' || *m_at == '\r'))
        m_line += *m_at++ == '\n';
    if (m_at >= m_end)
        return false;
    m_rowLine = m_line;
    if (splitPlainLine(row))
        return true;
    for (;;) {
        row.push_back(readCell());
        if (m_at >= m_end || *m_at != m_delimiter)
            break;
        ++m_at;
    }
    if (m_at < m_end && *m_at == '\r')
        ++m_at;
    if (m_at < m_end && *m_at == '\n') {
        ++m_at;
        ++m_line;
    }
    return true;
}

void refuseEndlessLine(std::string_view bytes, const std::string& label) {
    constexpr std::size_t kWindow = std::size_t{16} << 20;
    for (; bytes.size() >= kWindow; bytes.remove_prefix(kWindow)) {
        const std::string_view window = bytes.substr(0, kWindow);
        if (window.find('\n') == std::string_view::npos && window.find('\r') == std::string_view::npos)
            throw Error("Cannot read " + label +
                        ": it has a line longer than 16 MB, as no table has; check what kind of file it is.");
    }
}

char detectDelimiter(std::string_view text) {
    constexpr std::size_t kRows = 20;
    char best = ',';
    double bestScore = 1;
    for (const char candidate : {',', ';', '\t', '|'}) {
        CsvTokenizer tokenizer(text, candidate);
        std::vector<CsvCell> row;
        std::size_t first = 0, rows = 0, alike = 0;
        while (rows < kRows && tokenizer.next(row)) {
            if (rows++ == 0)
                first = row.size();
            alike += row.size() == first;
        }
        if (first < 2)
            continue;
        const double score =
            static_cast<double>(first) * static_cast<double>(alike * alike) / static_cast<double>(rows * rows);
        if (score > bestScore) {
            bestScore = score;
            best = candidate;
        }
    }
    return best;
}

} // namespace cordon
