#include "core/io/csv_reader.h"

#include "core/io/coordinate_text.h"
#include "core/io/csv_columns.h"
#include "core/io/csv_places.h"
#include "core/io/encoding.h"
#include "core/model/csv_text.h"

#include <atomic>
#include <charconv>
#include <cmath>
#include <limits>
#include <memory>
#include <set>
#include <thread>

namespace cordon {

namespace {

using Kind = PlaceColumns::Kind;
class Reader {
public:
    // `text` lies in `bytes`.
    Reader(const FileBytes& bytes, std::string_view text, const std::string& path, ReadJob& job)
        : m_bytes(bytes), m_text(text), m_path(path), m_job(job), m_delimiter(detectDelimiter(text)) {}

    TableDraft read(const std::string& prj);

private:
    struct RowRange {
        std::string_view text;
        std::size_t linesBefore = 0;
    };
    struct OutColumn {
        std::size_t cell;
        CsvColumn column;
        std::optional<double> CsvPlaces::*coordinate = nullptr; // where its numbers have been read already
    };
    // What was read of the rows.
    struct Found {
        std::vector<OutColumn> columns;
        GeometryBuilder geometry;
        std::vector<std::uint32_t> lines;    // of the rows kept
        std::vector<std::uint32_t> unusable; // lines of the rows left out
        std::string example;
        std::size_t longRows = 0;
        bool sawOpenQuote = false;

        void append(Found&& later);
    };

    void readHeader();
    void splitRows();
    template <class Work, class Join> void inParts(Work work, Join join);
    void lookAtSome();
    void lookAtAll();
    void lookAtRows(const RowRange& rows, bool isCallersThread);
    void refuseSingleColumn() const;
    void refuseEndlessHeader(std::size_t rows) const;
    void choosePlaces(bool crsIsKnown);
    template <class Accepts> bool allRows(Accepts accepts);
    bool readAll();
    void readRows(const RowRange& rows, bool isCallersThread);
    std::optional<double> CsvPlaces::*coordinateOf(std::size_t column) const;
    void expectRows(const RowRange& rows, bool isCallersThread);
    bool mayGoOn(const CsvTokenizer& tokenizer, double from, bool isCallersThread) const;
    bool readColumns(const std::vector<CsvCell>& row, bool isKept);
    void report();

    const FileBytes& m_bytes;
    std::string_view m_text;
    const std::string& m_path;
    ReadJob& m_job;
    char m_delimiter;
    bool m_hasHeader = true;
    std::vector<std::string> m_names;
    std::vector<CsvColumnType> m_types;
    std::size_t m_rowCount = 0;     // exact only after lookAtAll()
    std::vector<RowRange> m_ranges; // of the rows, to be read each by a thread
    CsvPlaces m_places;
    Found m_found;
    std::shared_ptr<std::atomic_bool> m_surprise; // of all parts: a value is not of the type found for its column
    std::string m_scratch;
};

// The first row names the columns unless one of its cells is a bare number.
void Reader::readHeader() {
    CsvTokenizer tokenizer(m_text, m_delimiter);
    std::vector<CsvCell> row;
    if (!tokenizer.next(row))
        throw Error("Cannot read " + m_path + ": the file is empty; ask for a whole copy.");
    for (std::size_t i = 0; i < row.size(); ++i) {
        const std::string_view text = cellAt(row, i, m_scratch);
        if (!row[i].isQuoted && realFrom(text, m_delimiter != ','))
            m_hasHeader = false;
    }
    std::set<std::string> taken;
    for (std::size_t i = 0; i < row.size(); ++i) {
        std::string name = m_hasHeader ? std::string(cellAt(row, i, m_scratch)) : std::string();
        if (name.empty())
            name = "field_" + std::to_string(i + 1);
        if (!taken.insert(name).second) {
            name += "_" + std::to_string(i + 1); // the column's number makes it its own
            taken.insert(name);
        }
        m_names.push_back(std::move(name));
    }
    while (m_hasHeader && m_names.size() > 1 && row.back().text.empty() && !row.back().isQuoted) {
        row.pop_back(); // lines that end with a delimiter make no column
        m_names.pop_back();
    }
}

// One column, with nothing that divides it, is a text and no table.
void Reader::refuseSingleColumn() const {
    if (m_names.size() == 1 && m_places.columns.kind == Kind::None)
        throw Error("Cannot read " + m_path +
                    ": no commas, semicolons or tabs divide it into columns; save it as CSV.");
}

// A table has a character or two for every cell. A header of a million names over short rows would fill any memory.
void Reader::refuseEndlessHeader(std::size_t rows) const {
    if (rows * m_names.size() > 8 * m_text.size() + 1'000'000)
        throw Error("Cannot read " + m_path + ": its first row has " + countOf(m_names.size(), "cell") +
                    ", far more than the rows below; check how the table was saved.");
}

// Rows can be found from the middle of a text only where no cell can hold a line break.
void Reader::splitRows() {
    constexpr std::size_t kLeastBytes = std::size_t{1} << 20;
    CsvTokenizer header(m_text, m_delimiter);
    std::vector<CsvCell> row;
    if (m_hasHeader)
        header.next(row);
    std::size_t at = header.offset();
    const std::size_t most = m_text.find('"') == std::string_view::npos ? (m_text.size() - at) / kLeastBytes : 1;
    const std::size_t count =
        std::clamp(static_cast<std::size_t>(m_job.threadCount()), std::size_t{1}, std::max(most, std::size_t{1}));
    const std::size_t step = (m_text.size() - at) / count;
    auto lines =
        static_cast<std::size_t>(std::count(m_text.begin(), m_text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
    for (std::size_t i = 1; i <= count; ++i) {
        const std::size_t lineEnd = i < count ? m_text.find('\n', std::max(at, i * step)) : std::string_view::npos;
        const std::size_t end = lineEnd == std::string_view::npos ? m_text.size() : lineEnd + 1;
        const std::string_view part = m_text.substr(at, end - at);
        m_ranges.push_back({part, lines});
        if (i < count)
            lines += static_cast<std::size_t>(std::count(part.begin(), part.end(), '\n'));
        at = end;
    }
}

// Calls work(reader, range, isCallersThread) for each range: the first with this reader on this thread, the others with
// copies of it on threads of their own. Then join(copy) in their order.
template <class Work, class Join> void Reader::inParts(Work work, Join join) {
    m_surprise = std::make_shared<std::atomic_bool>(false); // of this pass
    std::vector<Reader> others(m_ranges.size() - 1, *this);
    std::vector<std::exception_ptr> problems(m_ranges.size());
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < others.size(); ++i)
            threads.emplace_back([&, i] {
                try {
                    work(others[i], m_ranges[i + 1], false);
                } catch (...) {
                    problems[i + 1] = std::current_exception();
                }
            });
        try {
            work(*this, m_ranges[0], true);
        } catch (...) {
            problems[0] = std::current_exception();
        }
    }
    for (const auto& problem : problems)
        if (problem)
            std::rethrow_exception(problem);
    m_job.throwIfStopped(); // a part that stopped is not whole
    for (Reader& other : others)
        join(other);
}

// At every some thousand rows; `from` is where the pass begins in the progress of the whole.
bool Reader::mayGoOn(const CsvTokenizer& tokenizer, double from, bool isCallersThread) const {
    if (isCallersThread)
        m_job.checkpoint(from + 0.5 * static_cast<double>(tokenizer.offset() * m_ranges.size()) /
                                    static_cast<double>(m_text.size()));
    return !*m_surprise && (isCallersThread || !m_job.options().stop.stop_requested());
}

// At the first rows of each part: enough to guess types and to count the rows roughly.
void Reader::lookAtSome() {
    constexpr std::size_t kRows = 500;
    m_types.assign(m_names.size(), {});
    std::size_t looked = 0, bytes = 0;
    for (const RowRange& rows : m_ranges) {
        CsvTokenizer tokenizer(rows.text, m_delimiter);
        std::vector<CsvCell> row;
        for (std::size_t i = 0; i < kRows && tokenizer.next(row); ++i, ++looked)
            for (std::size_t c = 0; c < std::min(row.size(), m_types.size()); ++c)
                m_types[c].look(cellText(row[c], m_scratch), m_delimiter != ',' || row[c].isQuoted);
        bytes += tokenizer.offset();
    }
    const double share = static_cast<double>(m_text.size()) / static_cast<double>(std::max<std::size_t>(bytes, 1));
    m_rowCount = static_cast<std::size_t>(static_cast<double>(looked) * share * 1.1);
}

void Reader::lookAtAll() {
    m_types.assign(m_names.size(), {});
    m_rowCount = 0;
    inParts(
        [](Reader& reader, const RowRange& rows, bool isCallersThread) { reader.lookAtRows(rows, isCallersThread); },
        [this](const Reader& other) {
            m_rowCount += other.m_rowCount;
            for (std::size_t i = 0; i < m_types.size(); ++i)
                m_types[i].merge(other.m_types[i]);
        });
}

void Reader::lookAtRows(const RowRange& rows, bool isCallersThread) {
    CsvTokenizer tokenizer(rows.text, m_delimiter);
    std::vector<CsvCell> row;
    while (tokenizer.next(row)) {
        if (m_rowCount++ % 4096 == 0 && !mayGoOn(tokenizer, 0, isCallersThread))
            return;
        for (std::size_t i = 0; i < std::min(row.size(), m_types.size()); ++i)
            m_types[i].look(cellText(row[i], m_scratch), m_delimiter != ',' || row[i].isQuoted);
    }
}

template <class Accepts> bool Reader::allRows(Accepts accepts) {
    CsvTokenizer tokenizer(m_text, m_delimiter);
    std::vector<CsvCell> row;
    tokenizer.next(row); // the header
    while (tokenizer.next(row))
        if (!accepts(row))
            return false;
    return true;
}

// Names alone do not make places: the values must agree, or the file is a table.
void Reader::choosePlaces(bool crsIsKnown) {
    if (!m_hasHeader)
        return;
    m_places.columns = findPlaceColumns(m_names);
    const auto isNoText = [&](std::size_t column) { return !m_types[column].hasValue() || m_types[column].isNumber(); };
    const std::size_t first = m_places.columns.first, second = m_places.columns.second;
    bool isPlace = true;
    switch (m_places.columns.kind) {
    case Kind::None:
    case Kind::LatLon:
        return;
    case Kind::XY:
        isPlace = isNoText(first) && isNoText(second);
        if (isPlace && !crsIsKnown) {
            isPlace = allRows([&](const std::vector<CsvCell>& row) {
                const double y = realFrom(cellAt(row, first, m_scratch), true).value_or(0);
                const double x = realFrom(cellAt(row, second, m_scratch), true).value_or(0);
                return std::abs(x) <= 360 && std::abs(y) <= 90;
            });
            if (!isPlace)
                m_job.warn(m_path + ": the columns " + m_names[second] + " and " + m_names[first] +
                           " are not in degrees and it is not said in what else; read as a table without places (give "
                           "--crs EPSG:n if they are coordinates).");
        }
        break;
    case Kind::Wkt:
        isPlace = allRows([&](const std::vector<CsvCell>& row) {
            const std::string_view text = cellAt(row, first, m_scratch);
            return isNullText(text) || text.find_first_of("(yY") != std::string_view::npos; // "POINT (", "POINT EMPTY"
        });
        break;
    case Kind::Combined:
        isPlace = m_types[first].hasValue() && allRows([&](const std::vector<CsvCell>& row) {
                      const std::string_view text = cellAt(row, first, m_scratch);
                      return isNullText(text) || parseLatLon(text).has_value();
                  });
    }
    if (!isPlace)
        m_places.columns.kind = Kind::None;
}

// False if a value was a surprise: then nothing of this counts.
bool Reader::readAll() {
    m_found = {};
    inParts([](Reader& reader, const RowRange& rows, bool isCallersThread) { reader.readRows(rows, isCallersThread); },
            [this](Reader& other) { m_found.append(std::move(other.m_found)); });
    return !*m_surprise;
}

std::optional<double> CsvPlaces::*Reader::coordinateOf(std::size_t column) const {
    const bool isNumber = m_types[column].type() == FieldType::Real;
    if (!isNumber || (m_places.columns.kind != Kind::LatLon && m_places.columns.kind != Kind::XY))
        return nullptr;
    return column == m_places.columns.first    ? &CsvPlaces::first
           : column == m_places.columns.second ? &CsvPlaces::second
                                               : nullptr;
}

// Room for all rows in the first part, which takes the others in.
void Reader::expectRows(const RowRange& rows, bool isCallersThread) {
    const std::size_t count = isCallersThread ? m_rowCount : m_rowCount * rows.text.size() / m_text.size();
    for (std::size_t i = 0; i < m_names.size(); ++i)
        if (m_job.wantsColumn(m_names[i]))
            m_found.columns.push_back({i, CsvColumn(m_names[i], m_types[i], count), coordinateOf(i)});
    m_found.lines.reserve(count);
    m_found.geometry.column.featureStart.reserve(count + 1);
    if (m_places.columns.kind == Kind::None || m_places.columns.kind == Kind::Wkt)
        return;
    m_found.geometry.column.coordinates.reserve(count);
    m_found.geometry.column.partStart.reserve(count + 1);
    m_found.geometry.column.partRole.reserve(count);
}

// False if a value is a surprise. A row that is left out tells types, too.
bool Reader::readColumns(const std::vector<CsvCell>& row, bool isKept) {
    static const CsvCell nothing;
    for (OutColumn& out : m_found.columns) {
        if (isKept && out.coordinate && m_places.*out.coordinate) {
            out.column.appendNumber(*(m_places.*out.coordinate));
            continue;
        }
        const CsvCell& cell = out.cell < row.size() ? row[out.cell] : nothing;
        const std::string_view text = withoutFormulaMark(cellText(cell, m_scratch));
        const bool hasCommas = m_delimiter != ',' || cell.isQuoted;
        if (isKept ? !out.column.append(text, hasCommas) : !out.column.accepts(text, hasCommas))
            return false;
    }
    return true;
}

void Reader::readRows(const RowRange& rows, bool isCallersThread) {
    expectRows(rows, isCallersThread);
    CsvTokenizer tokenizer(rows.text, m_delimiter);
    std::vector<CsvCell> row;
    for (std::size_t count = 0; tokenizer.next(row); ++count) {
        if (count % 4096 == 0) {
            if (!mayGoOn(tokenizer, 0.5, isCallersThread))
                return;
            if (count % 65536 == 0) // each time all threads are told
                m_bytes.release(rows.text.substr(0, tokenizer.offset()));
        }
        if (m_names.size() > 1000)
            refuseEndlessHeader(count);
        bool isLong = false;
        for (std::size_t i = m_names.size(); i < row.size() && !isLong; ++i)
            isLong = !trimmedCell(row[i].text).empty();
        m_found.longRows += isLong;
        const auto line = static_cast<std::uint32_t>(tokenizer.lineNumber() + rows.linesBefore);
        const bool isUsable = m_places.read(row, m_found.geometry);
        if (!readColumns(row, isUsable)) {
            *m_surprise = true;
            return;
        }
        if (!isUsable) {
            m_found.geometry.dropFeature();
            m_found.unusable.push_back(line);
            continue;
        }
        m_found.geometry.endFeature(kNoGeometry);
        m_found.lines.push_back(line);
    }
    m_found.sawOpenQuote = tokenizer.sawOpenQuote();
    m_found.example = m_places.example();
}

void Reader::Found::append(Found&& later) {
    for (std::size_t i = 0; i < columns.size(); ++i)
        columns[i].column.append(std::move(later.columns[i].column));
    geometry.append(std::move(later.geometry));
    lines.insert(lines.end(), later.lines.begin(), later.lines.end());
    unusable.insert(unusable.end(), later.unusable.begin(), later.unusable.end());
    if (example.empty())
        example = later.example;
    longRows += later.longRows;
    sawOpenQuote |= later.sawOpenQuote;
}

void Reader::report() {
    if (m_found.sawOpenQuote)
        m_job.warn(m_path + ": a quotation mark is never closed; it was taken as part of the text.");
    if (!m_found.unusable.empty() && m_found.lines.empty())
        throw Error("Cannot read " + m_path + ": no row has coordinates that can be understood (the first says \"" +
                    m_found.example + "\"); write them in degrees, such as 12.6500 and -8.0000.");
    if (!m_found.unusable.empty())
        m_job.warn(m_path + ": " + countOf(m_found.unusable.size(), "row") +
                       " left out, whose coordinates cannot be understood (such as \"" + m_found.example +
                       "\"): " + namedRows("line", m_found.unusable) + ".",
                   true);
    if (m_found.longRows > 0)
        m_job.warn(m_path + ": " + countOf(m_found.longRows, "row") +
                       " with more cells than there are column names; what is beyond the last name was left out.",
                   true);
}

TableDraft Reader::read(const std::string& prj) {
    constexpr std::size_t kWorthGuessing = std::size_t{1} << 20;
    readHeader();
    splitRows();
    // Types are guessed from some rows of a large text, and looked up in all where that fails. Places that are found by
    // their values need all rows anyway.
    const Kind named = m_hasHeader ? findPlaceColumns(m_names).kind : Kind::None;
    const bool isGuess = m_text.size() >= kWorthGuessing && (named == Kind::None || named == Kind::LatLon);
    const auto prepare = [&] {
        choosePlaces(!prj.empty() || !m_job.options().crs.empty());
        refuseSingleColumn();
        refuseEndlessHeader(m_rowCount);
    };
    isGuess ? lookAtSome() : lookAtAll();
    prepare();
    if (!readAll()) {
        lookAtAll();
        prepare();
        readAll();
    }
    report();
    TableDraft draft;
    const bool isDegrees = m_places.columns.kind == Kind::LatLon || m_places.columns.kind == Kind::Combined;
    draft.crs = !prj.empty() ? prj : isDegrees ? "EPSG:4326" : "";
    for (OutColumn& out : m_found.columns)
        draft.columns.push_back(out.column.finish());
    draft.geometry = std::move(m_found.geometry);
    draft.rowNoun = "line";
    draft.rowNumbers = std::move(m_found.lines);
    return draft;
}

} // namespace

std::shared_ptr<const FeatureTable> readCsv(const FileBytes& bytes, const std::string& path,
                                            const std::string& layerName, const std::string& prj, ReadJob& job) {
    refuseEndlessLine(bytes.view(), path);
    DecodedText decoded = decodeText(bytes.view(), job.options().encoding);
    FileBytes converted;
    std::string_view text = bytes.view().substr(decoded.skippedBytes);
    if (decoded.converted) {
        converted = FileBytes::own(std::move(*decoded.converted));
        text = converted.view();
    }
    // A zero byte here and there is how some loggers pad; many are no text.
    const std::string_view begin = text.substr(0, 4096);
    if (3 * std::count(begin.begin(), begin.end(), '\0') > static_cast<std::ptrdiff_t>(begin.size()))
        throw Error("Cannot read " + path + ": it is not a text table; check what kind of file it is.");
    if (decoded.isGuess)
        job.warn(path + ": its texts are not in UTF-8; they were read as cp1252 (Western European); if names look "
                        "wrong, name their encoding.");
    TableDraft draft = Reader(decoded.converted ? converted : bytes, text, path, job).read(prj);
    draft.name = layerName;
    draft.source = {path, layerName, "CSV", "", decoded.encoding};
    return completeTable(std::move(draft), job);
}

} // namespace cordon
