#include "core/import/table_builder.h"

#include "core/io/csv_columns.h"
#include "core/io/read_job.h"
#include "core/io/table_draft.h"
#include "core/model/time.h"

#include <algorithm>
#include <cctype>
#include <map>

namespace cordon {

namespace {

// A spreadsheet has 16,384. Short rows below a long header would fill any memory.
constexpr std::size_t kMostColumns = 20'000;
constexpr std::size_t kMostCellsMadeUp = 20'000'000;
constexpr std::size_t kSampleRows = 80;
constexpr std::size_t kRowsToJudgeDecimals = 5000;

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

std::size_t extentOf(const std::vector<std::string>& row) {
    std::size_t extent = row.size();
    while (extent > 0 && row[extent - 1].empty())
        --extent;
    return extent;
}

std::size_t filledCells(const std::vector<std::string>& row) {
    return static_cast<std::size_t>(
        std::count_if(row.begin(), row.end(), [](const std::string& cell) { return !cell.empty(); }));
}

// Years above columns of figures are names.
bool isYear(std::string_view text) {
    return text.size() == 4 && std::all_of(text.begin(), text.end(), isDigit) && (text[0] == '1' || text[0] == '2');
}

bool isTagRow(const std::vector<std::string>& row) {
    std::size_t tags = 0;
    for (const std::string& cell : row) {
        if (cell.empty())
            continue;
        if (cell.size() < 3 || cell[0] != '#' || !std::isalpha(static_cast<unsigned char>(cell[1])))
            return false;
        ++tags;
    }
    return tags > 0;
}

// The first word of a row that sums up or explains the ones above it.
bool startsWithWord(std::string_view cell, std::initializer_list<std::string_view> words) {
    const std::string lower = lowerCased(cell);
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
        return lower.starts_with(word) &&
               (lower.size() == word.size() || !std::isalnum(static_cast<unsigned char>(lower[word.size()])));
    });
}

bool isTotal(std::string_view cell) {
    return startsWithWord(cell, {"total", "totaux", "totals", "subtotal", "sous-total", "somme", "sum", "grand total",
                                 "ensemble", "moyenne", "average", "suma", "المجموع", "الإجمالي", "إجمالي"});
}

bool isNote(std::string_view cell) {
    return cell.starts_with('*') || cell.starts_with("©") ||
           startsWithWord(cell, {"source", "sources", "note", "notes", "nb", "n.b", "remarque", "remarques", "légende",
                                 "legend", "fuente", "المصدر", "ملاحظة"});
}

} // namespace

std::string_view trimmedText(std::string_view text) {
    constexpr std::string_view kBlanks[] = {
        " ", "\t", "\r", "\n", std::string_view("\0", 1), "\u00A0", "\uFEFF", "\u200B", "\u202F", "\u200E", "\u200F"};
    for (bool again = true; again && !text.empty();) {
        again = false;
        if (text.front() > ' ' && text.back() > ' ') // plain ASCII at both ends: the usual case
            return text;
        for (const std::string_view blank : kBlanks) {
            while (text.starts_with(blank)) {
                text.remove_prefix(blank.size());
                again = true;
            }
            while (text.ends_with(blank)) {
                text.remove_suffix(blank.size());
                again = true;
            }
        }
    }
    return text;
}

bool looksLikeValue(std::string_view text) {
    if (text.starts_with("POINT") || text.starts_with("LINESTRING") || text.starts_with("POLYGON") ||
        text.starts_with("MULTI"))
        return text.find('(') != std::string_view::npos;
    if (text.empty() || text.size() > 400)
        return false;
    if (realFrom(text, true) || parseTime(text))
        return true;
    if (std::isalpha(static_cast<unsigned char>(text.front())) && text.find('_') != std::string_view::npos)
        return false; // "iso_3166_2" is a name
    // "12°39'05\"N", "29PMR1234567890", "12,65 -8,0": more digits than letters
    std::size_t digits = 0, letters = 0;
    for (const char c : text) {
        digits += isDigit(c);
        letters += std::isalpha(static_cast<unsigned char>(c)) != 0;
    }
    return digits > 3 && digits > letters;
}

TableBuilder::TableBuilder(std::string subject, std::string rowNoun, Warnings& warnings)
    : m_subject(std::move(subject)), m_rowNoun(std::move(rowNoun)), m_warnings(warnings) {}

void TableBuilder::add(const RawRow& row) {
    if (row.cells.size() > kMostColumns)
        throw Error("Cannot read " + m_subject + ": " + m_rowNoun + " " + std::to_string(row.number) + " has " +
                    countOf(row.cells.size(), "cell") + ", more than any table; check how it was saved.");
    if (m_isSettled) {
        append(row.number, row.cells);
        return;
    }
    Row cells;
    cells.reserve(row.cells.size());
    for (const std::string_view cell : row.cells)
        cells.emplace_back(trimmedText(cell));
    if (filledCells(cells) == 0)
        return;
    m_sample.push_back(std::move(cells));
    m_sampleNumbers.push_back(row.number);
    if (m_sample.size() == kSampleRows)
        settleHead();
}

// How far most rows reach.
std::size_t TableBuilder::usualExtent(std::size_t from) const {
    std::map<std::size_t, std::size_t> counts;
    for (std::size_t i = from; i < m_sample.size(); ++i)
        ++counts[extentOf(m_sample[i])];
    std::size_t best = 0, bestCount = 0;
    for (const auto& [extent, count] : counts)
        if (count >= bestCount) {
            best = extent;
            bestCount = count;
        }
    return best;
}

bool TableBuilder::isHeader(std::size_t row) const {
    const Row& cells = m_sample[row];
    std::size_t values = 0, years = 0;
    for (const std::string& cell : cells) {
        values += looksLikeValue(cell);
        years += isYear(cell);
    }
    return values == 0 || (values == years && values < filledCells(cells));
}

// Names again, where the rows below have values: units, codes, or names under a common heading.
bool TableBuilder::isSecondHeader(std::size_t header, std::size_t columns) const {
    const std::size_t second = header + 1;
    if (second + 1 >= m_sample.size() || isTagRow(m_sample[second]) || !isHeader(second))
        return false;
    const auto cellOf = [&](std::size_t row, std::size_t column) -> std::string_view {
        return column < m_sample[row].size() ? std::string_view(m_sample[row][column]) : std::string_view();
    };
    std::size_t named = 0, missing = 0, fillsGap = 0;
    for (std::size_t c = 0; c < columns; ++c) {
        std::size_t values = 0, filled = 0;
        for (std::size_t row = second + 1; row < std::min(m_sample.size(), second + 12); ++row) {
            filled += !cellOf(row, c).empty();
            values += looksLikeValue(cellOf(row, c));
        }
        fillsGap += cellOf(header, c).empty() && !cellOf(second, c).empty();
        if (filled == 0 || 2 * values <= filled)
            continue;
        if (cellOf(second, c).empty() || isNullText(cellOf(second, c)))
            ++missing;
        else
            ++named;
    }
    return named >= 2 && (missing == 0 || fillsGap > 0);
}

TableBuilder::Head TableBuilder::findHead() const {
    Head head;
    if (m_sample.empty())
        return head;
    const std::size_t usual = usualExtent(std::min<std::size_t>(m_sample.size() / 2, 10));
    for (std::size_t row = 1; row < std::min<std::size_t>(m_sample.size(), 25); ++row)
        if (isTagRow(m_sample[row])) {
            head.tags = row;
            break;
        }
    // Titles fill a cell or two of a wide table, and stand above it.
    std::size_t first = 0;
    const std::size_t last = head.tags > 0 ? head.tags - 1 : std::min<std::size_t>(m_sample.size() - 1, 20);
    while (first < last && usual > 1 &&
           (filledCells(m_sample[first]) == 1 || 3 * filledCells(m_sample[first]) <= usual) &&
           !(isTagRow(m_sample[first + 1])))
        ++first;
    if (first == last && head.tags == 0 && 3 * filledCells(m_sample[first]) <= usual)
        first = 0; // no end to the titles: they are rows
    head.header = first;
    if (head.tags > 0) {
        head.headerRows = head.tags - first;
        head.firstData = head.tags + 1;
    } else if (isHeader(first) && m_sample.size() > first + 1) {
        head.columns = std::max(extentOf(m_sample[first]), usual);
        head.headerRows = isSecondHeader(first, head.columns) ? 2 : 1;
        head.firstData = first + head.headerRows;
    } else if (isHeader(first)) {
        head.headerRows = 1; // names and nothing below
        head.firstData = first + 1;
    } else {
        head.firstData = first;
    }
    head.columns = usualExtent(head.firstData);
    const auto wide = static_cast<std::size_t>(
        std::count_if(m_sample.begin() + static_cast<std::ptrdiff_t>(head.firstData), m_sample.end(),
                      [&](const Row& row) { return extentOf(row) >= head.columns; }));
    if (head.headerRows > 0 && 2 * wide <= m_sample.size() - head.firstData)
        head.columns = 0; // a few rows that are too long make no column
    if (head.headerRows == 0)
        head.columns = std::max(head.columns, m_sample[head.firstData].size()); // empty cells at the end count, too
    for (std::size_t row = first; row < head.firstData; ++row)
        head.columns = std::max(head.columns, extentOf(m_sample[row]));
    return head;
}

// A heading stands in the first of the cells it is for; the names below it are joined to it.
void TableBuilder::nameColumns(const Head& head) {
    m_table.columns.assign(head.columns, {});
    for (std::size_t i = 0; i < head.headerRows; ++i) {
        const Row& row = m_sample[head.header + i];
        const bool isLast = i + 1 == head.headerRows;
        std::string heading;
        for (std::size_t c = 0; c < head.columns; ++c) {
            std::string text = c < row.size() ? row[c] : std::string();
            std::replace_if(
                text.begin(), text.end(), [](char ch) { return ch == '\n' || ch == '\r'; }, ' ');
            const bool hasNameBelow =
                !isLast && c < m_sample[head.header + i + 1].size() && !m_sample[head.header + i + 1][c].empty();
            if (!text.empty())
                heading = text;
            else if (hasNameBelow)
                text = heading;
            std::string& name = m_table.columns[c];
            if (!text.empty() && name != text)
                name += (name.empty() ? "" : " ") + text;
        }
    }
    if (head.headerRows > 0)
        m_lastHeader = m_sample[head.header + head.headerRows - 1];
    if (head.tags > 0) {
        m_table.hxlTags = m_sample[head.tags];
        m_table.hxlTags.resize(head.columns);
    }
}

void TableBuilder::settleHead() {
    m_isSettled = true;
    m_head = findHead();
    nameColumns(m_head);
    m_table.cells.resize(m_head.columns);
    for (std::size_t i = m_head.firstData; i < m_sample.size(); ++i) {
        const std::vector<std::string_view> cells(m_sample[i].begin(), m_sample[i].end());
        append(m_sampleNumbers[i], cells);
    }
}

bool TableBuilder::repeatsHeader(const std::vector<std::string_view>& cells) const {
    if (m_lastHeader.empty() || cells.empty() || trimmedText(cells[0]) != m_lastHeader[0])
        return false;
    for (std::size_t c = 0; c < std::max(cells.size(), m_lastHeader.size()); ++c)
        if ((c < cells.size() ? trimmedText(cells[c]) : std::string_view()) !=
            (c < m_lastHeader.size() ? std::string_view(m_lastHeader[c]) : std::string_view()))
            return false;
    return true;
}

void TableBuilder::countDecimals(std::string_view cell) {
    const std::size_t mark = cell.find_first_of(".,");
    if (mark == std::string_view::npos || mark + 1 == cell.size() || cell.size() > 25)
        return;
    const auto isOther = [&](char c) { return !isDigit(c) && c != '-' && c != '+' && c != ' '; };
    if (std::any_of(cell.begin(), cell.begin() + static_cast<std::ptrdiff_t>(mark), isOther) ||
        std::any_of(cell.begin() + static_cast<std::ptrdiff_t>(mark) + 1, cell.end(), isOther))
        return;
    ++(cell[mark] == ',' ? m_commaNumbers : m_dotNumbers);
}

void TableBuilder::append(std::uint32_t number, const std::vector<std::string_view>& cells) {
    if (std::all_of(cells.begin(), cells.end(), [](std::string_view cell) { return trimmedText(cell).empty(); }))
        return;
    if (repeatsHeader(cells)) {
        m_repeatedHeaders.push_back(number);
        return;
    }
    m_cellsGiven += cells.size();
    if (m_table.rowCount() * m_table.cells.size() > kMostCellsMadeUp + 50 * m_cellsGiven)
        throw Error("Cannot read " + m_subject + ": its rows are far shorter than its " +
                    countOf(m_table.cells.size(), "column") + "; check how it was saved.");
    const bool judgesDecimals = m_table.rowNumbers.size() < kRowsToJudgeDecimals;
    for (std::size_t c = 0; c < m_table.cells.size(); ++c) {
        const std::string_view text = c < cells.size() ? trimmedText(cells[c]) : std::string_view();
        m_table.cells[c].append(text);
        if (judgesDecimals)
            countDecimals(text);
    }
    for (std::size_t c = m_table.cells.size(); c < cells.size(); ++c)
        if (!trimmedText(cells[c]).empty()) {
            m_longRows.push_back(number);
            break;
        }
    m_table.rowNumbers.push_back(number);
}

// Totals and notes below the last row are no rows of their own.
void TableBuilder::dropEnd() {
    std::vector<std::uint32_t> dropped;
    while (m_table.rowCount() > 1 && m_table.columns.size() > 1 && dropped.size() < 10) {
        const std::size_t row = m_table.rowCount() - 1;
        std::size_t filled = 0, filledAbove = 0;
        std::string_view first;
        for (const TextValues& column : m_table.cells) {
            filledAbove += !column.at(row - 1).empty();
            if (const std::string_view text = column.at(row); !text.empty() && filled++ == 0)
                first = text;
        }
        // A row called "Total ..." that has all the others have may be a filling station.
        if (!(isTotal(first) && filled < filledAbove) && !(filled == 1 && m_table.columns.size() > 2 && isNote(first)))
            break;
        dropped.insert(dropped.begin(), m_table.rowNumbers.back());
        m_table.rowNumbers.pop_back();
        for (TextValues& column : m_table.cells) {
            column.start.pop_back();
            column.bytes.resize(column.start.back());
        }
    }
    if (!dropped.empty())
        m_warnings.push_back({m_subject + ": " + namedRows(m_rowNoun.c_str(), dropped) +
                                  " at the end left out, being a total or a note.",
                              true});
}

// Without names, what a column is may follow from where it stands.
void TableBuilder::dropBlankColumns() {
    if (m_head.headerRows == 0)
        return;
    std::size_t kept = 0;
    for (std::size_t c = 0; c < m_table.cells.size(); ++c) {
        const bool hasTag = !m_table.hxlTags.empty() && !m_table.hxlTags[c].empty();
        if (m_table.columns[c].empty() && !hasTag && m_table.cells[c].bytes.empty())
            continue;
        if (kept != c) {
            m_table.cells[kept] = std::move(m_table.cells[c]);
            m_table.columns[kept] = std::move(m_table.columns[c]);
            if (!m_table.hxlTags.empty())
                m_table.hxlTags[kept] = std::move(m_table.hxlTags[c]);
        }
        ++kept;
    }
    m_table.cells.resize(kept);
    m_table.columns.resize(kept);
    if (!m_table.hxlTags.empty())
        m_table.hxlTags.resize(kept);
}

void TableBuilder::warnAll(const Head& head) {
    const char* const noun = m_rowNoun.c_str();
    if (head.header > 0)
        m_warnings.push_back(
            {m_subject + ": " +
                 namedRows(noun, {m_sampleNumbers.begin(),
                                  m_sampleNumbers.begin() + static_cast<std::ptrdiff_t>(head.header)}) +
                 " above the table taken as its title.",
             false});
    if (!m_repeatedHeaders.empty())
        m_warnings.push_back(
            {m_subject + ": the header is repeated in " + namedRows(noun, m_repeatedHeaders) + ", and was passed over.",
             false});
    if (!m_longRows.empty())
        m_warnings.push_back(
            {m_subject + ": " + countOf(m_longRows.size(), "row") +
                 " with more cells than the table has columns; what is beyond the last was left out: " +
                 namedRows(noun, m_longRows) + ".",
             true});
}

SourceTable TableBuilder::finish() {
    if (!m_isSettled)
        settleHead();
    dropEnd();
    dropBlankColumns();
    warnAll(m_head);
    m_table.decimalCommas = m_commaNumbers > m_dotNumbers;
    if (m_table.decimalCommas)
        m_table.details += ", decimal commas";
    if (m_head.headerRows == 0) {
        m_table.details += ", no header";
    } else if (m_head.headerRows > 1) {
        m_table.details += ", header in " + m_rowNoun + "s " + std::to_string(m_sampleNumbers[m_head.header]) + " to " +
                           std::to_string(m_sampleNumbers[m_head.header + m_head.headerRows - 1]);
    } else {
        m_table.details += ", header in " + m_rowNoun + " " + std::to_string(m_sampleNumbers[m_head.header]);
    }
    if (m_head.tags > 0)
        m_table.details += ", HXL tags in " + m_rowNoun + " " + std::to_string(m_sampleNumbers[m_head.tags]);
    return std::move(m_table);
}

} // namespace cordon
