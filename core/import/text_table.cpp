#include "core/import/text_table.h"

#include "core/import/table_builder.h"
#include "core/io/csv_tokenizer.h"
#include "core/io/encoding.h"
#include "core/io/encoding_guess.h"
#include "core/io/read_job.h"
#include "core/model/csv_text.h"

#include <algorithm>
#include <map>

namespace cordon {

namespace {

constexpr std::size_t kRowsToJudge = 100;

struct Division {
    double score = 0; // columns times the square of the part of rows that have so many
    double alike = 0;
    std::size_t columns = 0;
};

Division divisionBy(std::string_view text, char delimiter) {
    CsvTokenizer tokenizer(text, delimiter);
    std::vector<CsvCell> row;
    std::map<std::size_t, std::size_t> counts;
    std::size_t rows = 0;
    while (rows < kRowsToJudge && tokenizer.next(row)) {
        ++rows;
        ++counts[row.size()];
    }
    Division division;
    for (const auto& [columns, count] : counts) {
        const double alike = static_cast<double>(count) / static_cast<double>(rows);
        const double score = static_cast<double>(columns) * alike * alike;
        if (columns > 1 && score > division.score)
            division = {score, alike, columns};
    }
    return division;
}

const char* nameOf(char delimiter) {
    switch (delimiter) {
    case ';':
        return "semicolons";
    case '\t':
        return "tabs";
    case '|':
        return "bars";
    default:
        return "commas";
    }
}

// Bytes of a line by characters: where each begins.
std::vector<std::size_t> characterStarts(std::string_view line) {
    std::vector<std::size_t> starts;
    for (std::size_t i = 0; i < line.size(); ++i)
        if ((static_cast<unsigned char>(line[i]) & 0xC0) != 0x80)
            starts.push_back(i);
    return starts;
}

bool takeLine(std::string_view& text, std::string_view& line) {
    if (text.empty())
        return false;
    const std::size_t end = std::min(text.find('\n'), text.size());
    line = text.substr(0, end);
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    text.remove_prefix(std::min(end + 1, text.size()));
    return true;
}

void addDelimited(std::string_view text, char delimiter, TableBuilder& builder, const std::string& label,
                  ReadJob& job) {
    CsvTokenizer tokenizer(text, delimiter);
    std::vector<CsvCell> cells;
    std::vector<std::string> scratches;
    RawRow row;
    for (std::size_t count = 0; tokenizer.next(cells); ++count) {
        if (count % 4096 == 0)
            job.checkpoint(static_cast<double>(tokenizer.offset()) / static_cast<double>(text.size()));
        row.number = static_cast<std::uint32_t>(tokenizer.lineNumber());
        row.cells.clear();
        if (scratches.size() < cells.size())
            scratches.resize(cells.size());
        for (std::size_t i = 0; i < cells.size(); ++i)
            row.cells.push_back(withoutFormulaMark(cellText(cells[i], scratches[i])));
        builder.add(row);
    }
    if (tokenizer.sawOpenQuote())
        job.warn(label + ": a quotation mark is never closed; it was taken as part of the text.");
}

void addFixed(std::string_view text, const std::vector<std::size_t>& begins, TableBuilder& builder, ReadJob& job) {
    const std::size_t size = text.size();
    RawRow row;
    std::string_view line;
    for (std::uint32_t number = 1; takeLine(text, line); ++number) {
        if (number % 4096 == 1)
            job.checkpoint(1 - static_cast<double>(text.size()) / static_cast<double>(size));
        const std::vector<std::size_t> starts = characterStarts(line);
        const auto byteOf = [&](std::size_t character) {
            return character < starts.size() ? starts[character] : line.size();
        };
        row.number = number;
        row.cells.clear();
        for (std::size_t c = 0; c < begins.size(); ++c) {
            const std::size_t from = byteOf(begins[c]);
            const std::size_t to = c + 1 < begins.size() ? byteOf(begins[c + 1]) : line.size();
            row.cells.push_back(line.substr(from, to - from));
        }
        builder.add(row);
    }
}

// Lines of a file that was put together from several: UTF-8, and those that are not in the old encoding they seem to be
// in.
struct MixedText {
    std::string text, oldEncoding;
    std::size_t oldLines = 0, firstOldLine = 0;
};

// nullopt unless a fifth of the lines with letters beyond ASCII is UTF-8, which no other encoding looks like by chance.
std::optional<MixedText> asMixedText(std::string_view bytes) {
    if (bytes.starts_with("\xEF\xBB\xBF"))
        bytes.remove_prefix(3);
    MixedText mixed;
    std::string old;
    std::size_t utf8Lines = 0, number = 0;
    std::string_view rest = bytes, line;
    while (takeLine(rest, line)) {
        ++number;
        if (isAscii(line))
            continue;
        if (isUtf8(line)) {
            ++utf8Lines;
            continue;
        }
        if (++mixed.oldLines == 1)
            mixed.firstOldLine = number;
        old.append(line) += '\n';
    }
    if (mixed.oldLines == 0 || 5 * utf8Lines < utf8Lines + mixed.oldLines)
        return std::nullopt;
    mixed.oldEncoding = guessEncoding(old);
    bool isExact = true;
    for (rest = bytes; takeLine(rest, line);)
        (isUtf8(line) ? mixed.text.append(line) : mixed.text.append(toUtf8(line, mixed.oldEncoding, isExact))) += '\n';
    return mixed;
}

// UTF-8 as it is, UTF-16 and old encodings converted; a guess is told.
struct ReadableText {
    FileBytes converted;
    std::string_view text;
    std::string encoding;
};

ReadableText readAs(const std::string& encoding, FileBytes converted) {
    ReadableText result{std::move(converted), {}, encoding};
    result.text = result.converted.view();
    return result;
}

ReadableText readableText(const FileBytes& bytes, const std::string& label, ReadJob& job) {
    std::string encoding = job.options().encoding;
    const bool isWide = bytes.view().starts_with("\xFF\xFE") || bytes.view().starts_with("\xFE\xFF");
    bool isGuess = false;
    const std::string_view begin = bytes.view().substr(0, 4096);
    const bool hasZeros = 5 * std::count(begin.begin(), begin.end(), '\0') > static_cast<std::ptrdiff_t>(begin.size());
    if (encoding.empty() && !isWide && (hasZeros || !isUtf8(bytes.view()))) {
        if (auto mixed = hasZeros ? std::nullopt : asMixedText(bytes.view())) {
            job.warn(label + ": " + countOf(mixed->oldLines, "line") + " (the first is line " +
                     std::to_string(mixed->firstOldLine) + ") " + (mixed->oldLines == 1 ? "is" : "are") +
                     " not in UTF-8 as the others are, and read as " + mixed->oldEncoding +
                     "; if names look wrong there, name the encoding.");
            return readAs("UTF-8", FileBytes::own(std::move(mixed->text)));
        }
        encoding = guessEncoding(bytes.view());
        isGuess = true;
        if (hasZeros && !encoding.starts_with("UTF-16"))
            throw Error("Cannot read " + label + ": it is not a text table; check what kind of file it is.");
    }
    DecodedText decoded = decodeText(bytes.view(), encoding);
    ReadableText result = decoded.converted
                              ? readAs(decoded.encoding, FileBytes::own(std::move(*decoded.converted)))
                              : ReadableText{{}, bytes.view().substr(decoded.skippedBytes), decoded.encoding};
    if (isGuess)
        job.warn(label + ": its texts are not in UTF-8; they were read as " + result.encoding +
                 "; if names look wrong, name their encoding.");
    return result;
}

} // namespace

char findDelimiter(std::string_view text) {
    Division best;
    char delimiter = '\0';
    for (const char candidate : {'\t', ';', '|', ','}) {
        const Division division = divisionBy(text, candidate);
        // Commas may be decimal marks between semicolons: they must divide into far more.
        const double handicap = candidate == ',' && best.alike > 0.8 ? 0.5 : 1;
        if (division.score * handicap > best.score) {
            best = division;
            delimiter = candidate;
        }
    }
    return best.score > 0.5 ? delimiter : '\0';
}

std::vector<std::size_t> findFixedColumns(std::string_view text) {
    constexpr std::size_t kWidest = 2000;
    std::vector<bool> isInk;
    std::size_t lines = 0;
    std::string_view line;
    while (takeLine(text, line)) {
        const std::vector<std::size_t> starts = characterStarts(line);
        if (starts.size() > kWidest || line.find('\t') != std::string_view::npos)
            return {};
        if (trimmedText(line).empty())
            continue;
        ++lines;
        isInk.resize(std::max(isInk.size(), starts.size()));
        for (std::size_t i = 0; i < starts.size(); ++i)
            if (line[starts[i]] != ' ')
                isInk[i] = true;
    }
    std::vector<std::size_t> begins;
    for (std::size_t i = 0; i < isInk.size(); ++i)
        if (isInk[i] && (i == 0 || !isInk[i - 1]))
            begins.push_back(i);
    if (lines < 3 || begins.size() < 2)
        return {};
    begins.front() = 0;
    return begins;
}

SourceTable readTextTable(const FileBytes& bytes, const std::string& label, const std::string& name, ReadJob& job) {
    if (bytes.view().empty())
        throw Error("Cannot read " + label + ": the file is empty; ask for a whole copy.");
    refuseEndlessLine(bytes.view(), label);
    const ReadableText readable = readableText(bytes, label, job);
    const char delimiter = findDelimiter(readable.text);
    TableBuilder builder(label, "line", job.warnings);
    std::string details;
    if (delimiter != '\0') {
        details = nameOf(delimiter);
        addDelimited(readable.text, delimiter, builder, label, job);
    } else if (const auto begins = findFixedColumns(readable.text); begins.size() > 1) {
        details = "fixed width";
        addFixed(readable.text, begins, builder, job);
    } else { // a list of coordinates is a table of one column
        details = "one column";
        addDelimited(readable.text, '\0', builder, label, job);
    }
    SourceTable table = builder.finish();
    table.name = name;
    table.source = {label, name, "CSV", "", readable.encoding};
    table.details = details + ", " + readable.encoding + table.details;
    return table;
}

} // namespace cordon
