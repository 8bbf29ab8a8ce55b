#include "core/io/dbf_reader.h"

#include "core/io/encoding.h"

#include <charconv>
#include <chrono>
#include <cmath>
#include <cstring>

namespace cordon {

namespace {

struct Field {
    std::string_view rawName;
    char type = 'C';
    std::size_t offset = 0; // in the record, the deletion mark included
    std::size_t width = 0;
    int decimals = 0;
};

struct Layout {
    std::size_t headerSize = 0;
    std::size_t recordSize = 0;
    std::size_t claimedRecords = 0;
    unsigned char languageDriver = 0;
    std::vector<Field> fields;
};

unsigned byteAt(std::string_view bytes, std::size_t at) {
    return static_cast<unsigned char>(bytes[at]);
}

std::size_t little16(std::string_view bytes, std::size_t at) {
    return byteAt(bytes, at) | byteAt(bytes, at + 1) << 8;
}

std::size_t little32(std::string_view bytes, std::size_t at) {
    return little16(bytes, at) | little16(bytes, at + 2) << 16;
}

Layout readLayout(std::string_view bytes, const std::string& path) {
    const auto refuse = [&](const std::string& why) {
        return Error("Cannot read the table " + path + ": " + why + "; ask for a whole copy of the file.");
    };
    if (bytes.size() < 33)
        throw refuse(bytes.empty() ? "it is empty" : "it is too short to be a dBase file");
    Layout layout;
    layout.claimedRecords = little32(bytes, 4);
    layout.headerSize = little16(bytes, 8);
    layout.recordSize = little16(bytes, 10);
    layout.languageDriver = static_cast<unsigned char>(bytes[29]);
    if (layout.headerSize < 33 || layout.recordSize < 1 || layout.headerSize > bytes.size())
        throw refuse("its header is damaged");
    std::size_t offset = 1;
    for (std::size_t at = 32; at + 32 <= layout.headerSize && bytes[at] != '\x0D'; at += 32) {
        Field field;
        const std::string_view name = bytes.substr(at, 11);
        field.rawName = name.substr(0, name.find('\0'));
        while (!field.rawName.empty() && field.rawName.back() == ' ')
            field.rawName.remove_suffix(1);
        field.type = bytes[at + 11];
        field.width = byteAt(bytes, at + 16);
        if (field.type == 'C')
            field.width += byteAt(bytes, at + 17) << 8; // Clipper's long texts
        else
            field.decimals = static_cast<int>(byteAt(bytes, at + 17));
        if (field.type == 'C' && field.width + offset > layout.recordSize)
            field.width = byteAt(bytes, at + 16);
        field.offset = offset;
        offset += field.width;
        if (offset > layout.recordSize)
            throw refuse("its fields are longer than its records");
        if (field.width > 0) // without width it says nothing, and would cost a value a record
            layout.fields.push_back(field);
    }
    return layout;
}

std::string_view withoutBlanks(std::string_view text) {
    const std::size_t end = text.find('\0');
    text = text.substr(0, end);
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    return text;
}

// The records of one column.
struct Records {
    const char* first; // the field in the first record
    std::size_t stride, count, width;

    std::string_view at(std::size_t row) const { return {first + row * stride, width}; }
};

void setNull(Column& column, std::size_t row, std::size_t rows) {
    if (column.isNullAt.empty())
        column.isNullAt.assign(rows, 0);
    column.isNullAt[row] = 1;
}

std::string_view numberIn(std::string_view text) {
    text = withoutBlanks(text);
    if (!text.empty() && text.front() == '+')
        text.remove_prefix(1);
    return text;
}

bool isNoNumber(std::string_view text) {
    return text.empty() || text.front() == '*' || text == "NULL" || text == "null";
}

// Returns false at the first value that is no integer of 64 bits.
bool readIntegers(const Records& records, Column& column) {
    std::vector<std::int64_t> values(records.count, 0);
    for (std::size_t row = 0; row < records.count; ++row) {
        const std::string_view text = numberIn(records.at(row));
        if (isNoNumber(text)) {
            setNull(column, row, records.count);
            continue;
        }
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), values[row]);
        if (error != std::errc{} || end != text.data() + text.size()) {
            column.isNullAt.clear();
            return false;
        }
    }
    column.type = FieldType::Integer;
    column.values = std::move(values);
    return true;
}

// Returns how many values were no numbers; they are null.
std::size_t readReals(const Records& records, Column& column) {
    std::vector<double> values(records.count, 0);
    std::size_t bad = 0;
    std::string changed;
    for (std::size_t row = 0; row < records.count; ++row) {
        std::string_view text = numberIn(records.at(row));
        if (isNoNumber(text)) {
            setNull(column, row, records.count);
            continue;
        }
        if (text.find(',') != std::string_view::npos) { // French and German writers
            changed = text;
            changed[changed.find(',')] = '.';
            text = changed;
        }
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), values[row]);
        if (error != std::errc{} || end == text.data() || (end != text.data() + text.size() && *end != ' ')) {
            values[row] = 0;
            setNull(column, row, records.count);
            ++bad;
        } else if (std::isnan(values[row])) {
            setNull(column, row, records.count);
        }
    }
    column.type = FieldType::Real;
    column.values = std::move(values);
    return bad;
}

std::size_t readDates(const Records& records, Column& column) {
    using namespace std::chrono;
    std::vector<std::int64_t> values(records.count, 0);
    std::size_t bad = 0;
    for (std::size_t row = 0; row < records.count; ++row) {
        const std::string_view text = withoutBlanks(records.at(row));
        if (text.empty() || text.find_first_not_of("0") == std::string_view::npos) {
            setNull(column, row, records.count);
            continue;
        }
        int y = 0;
        unsigned m = 0, d = 0;
        if (text.size() == 8 && text.find_first_not_of("0123456789") == std::string_view::npos) {
            std::from_chars(text.data(), text.data() + 4, y);
            std::from_chars(text.data() + 4, text.data() + 6, m);
            std::from_chars(text.data() + 6, text.data() + 8, d);
        }
        const year_month_day date{year{y}, month{m}, day{d}};
        if (date.ok() && m > 0) {
            values[row] = sys_days{date}.time_since_epoch().count();
        } else {
            setNull(column, row, records.count);
            ++bad;
        }
    }
    column.type = FieldType::Date;
    column.values = std::move(values);
    return bad;
}

void readBooleans(const Records& records, Column& column) {
    std::vector<std::int64_t> values(records.count, 0);
    for (std::size_t row = 0; row < records.count; ++row) {
        const std::string_view text = withoutBlanks(records.at(row));
        const char c = text.empty() ? '?' : text.front();
        values[row] = c == 'T' || c == 't' || c == 'Y' || c == 'y' || c == '1';
        if (!values[row] && c != 'F' && c != 'f' && c != 'N' && c != 'n' && c != '0')
            setNull(column, row, records.count);
    }
    column.type = FieldType::Boolean;
    column.values = std::move(values);
}

// Visual FoxPro keeps these two in binary, little-endian.
void readBinaryIntegers(const Records& records, Column& column) {
    std::vector<std::int64_t> values(records.count);
    for (std::size_t row = 0; row < records.count; ++row)
        values[row] = static_cast<std::int32_t>(little32(records.at(row), 0));
    column.type = FieldType::Integer;
    column.values = std::move(values);
}

void readBinaryReals(const Records& records, Column& column) {
    std::vector<double> values(records.count);
    for (std::size_t row = 0; row < records.count; ++row)
        std::memcpy(&values[row], records.at(row).data(), sizeof(double));
    column.type = FieldType::Real;
    column.values = std::move(values);
}

void readTexts(const Records& records, Column& column) {
    TextValues values;
    values.start.reserve(records.count + 1);
    for (std::size_t row = 0; row < records.count; ++row) {
        std::string_view text = records.at(row);
        text = text.substr(0, text.find('\0'));
        while (!text.empty() && text.back() == ' ')
            text.remove_suffix(1);
        values.append(text);
        if (text.empty())
            setNull(column, row, records.count);
    }
    column.type = FieldType::Text;
    column.values = std::move(values);
}

// Values that are neither numbers nor dates are null, and named in a warning.
void readColumn(const Field& field, const Records& records, Column& column, const std::string& path, ReadJob& job) {
    std::size_t bad = 0;
    switch (field.type) {
    case 'N':
    case 'F':
        if (field.type == 'N' && field.decimals == 0 && readIntegers(records, column))
            break;
        bad = readReals(records, column);
        break;
    case 'D':
        bad = readDates(records, column);
        break;
    case 'L':
        readBooleans(records, column);
        break;
    case 'I':
    case '+':
        if (field.width == 4)
            readBinaryIntegers(records, column);
        else
            readTexts(records, column);
        break;
    case 'O':
    case 'B':
        if (field.width == 8)
            readBinaryReals(records, column);
        else
            readTexts(records, column);
        break;
    default:
        readTexts(records, column);
    }
    if (bad > 0)
        job.warn(path + ": " + countOf(bad, "value") + " of the field " + column.name + " could not be read as " +
                     (field.type == 'D' ? "a date" : "a number") + " and became empty.",
                 true);
}

enum class Utf8Verdict { Ascii, Utf8, CutUtf8, NotUtf8 };

Utf8Verdict verdictOn(const TextValues& texts) {
    if (isAscii(texts.bytes))
        return Utf8Verdict::Ascii;
    bool isCut = false;
    for (std::size_t row = 0; row + 1 < texts.start.size(); ++row) {
        const std::string_view text = texts.at(row);
        if (isAscii(text) || isUtf8(text))
            continue;
        if (!isUtf8(withoutCutCharacter(text)))
            return Utf8Verdict::NotUtf8;
        isCut = true;
    }
    return isCut ? Utf8Verdict::CutUtf8 : Utf8Verdict::Utf8;
}

void convertTexts(TextValues& texts, const std::string& encoding, bool& isExact) {
    TextValues converted;
    converted.start.reserve(texts.start.size());
    for (std::size_t row = 0; row + 1 < texts.start.size(); ++row) {
        const std::string_view text = texts.at(row);
        if (isAscii(text))
            converted.append(text);
        else if (encoding == "UTF-8")
            converted.append(toUtf8(withoutCutCharacter(text), encoding, isExact));
        else
            converted.append(toUtf8(text, encoding, isExact));
    }
    texts = std::move(converted);
}

// What the texts are in, after comparing what is declared with what the bytes allow.
std::string chooseEncoding(bool allUtf8, bool declaredByUser, const std::optional<std::string>& declared,
                           const std::string& path, ReadJob& job) {
    if (declaredByUser)
        return *declared;
    if (allUtf8) {
        if (declared && *declared != "UTF-8" && declared->starts_with("CP125"))
            job.warn(path + ": the file says its texts are in " + *declared +
                     ", but they are in UTF-8 and were read so (else name their encoding).");
        // Chinese or Cyrillic text that happens to be UTF-8 as well does not occur beyond a few letters.
        return "UTF-8";
    }
    if (declared && *declared != "UTF-8")
        return *declared;
    job.warn(path +
             (declared ? ": the file says its texts are in UTF-8, but they are not; they were read as cp1252"
                       : ": the file does not say the encoding of its texts; they were read as cp1252") +
             std::string(" (Western European); if names look wrong, name their encoding."));
    return "CP1252";
}

void decodeTexts(DbfTable& table, const Layout& layout, std::string_view declaredEncoding, const std::string& path,
                 ReadJob& job) {
    std::optional<std::string> declared;
    const bool byUser = !job.options().encoding.empty();
    if (byUser) {
        declared = encodingFromName(job.options().encoding);
        if (!declared)
            throw Error("The encoding " + job.options().encoding +
                        " is not known; give one such as UTF-8, cp1252 or ISO-8859-1.");
    } else if (!(declared = encodingFromName(declaredEncoding))) {
        declared = encodingFromDbfLanguage(layout.languageDriver);
    }
    Utf8Verdict worst = Utf8Verdict::Ascii;
    const auto include = [&](Utf8Verdict v) { worst = std::max(worst, v); };
    for (const Column& column : table.columns) {
        if (column.type == FieldType::Text)
            include(verdictOn(std::get<TextValues>(column.values)));
        if (!isAscii(column.name))
            include(isUtf8(withoutCutCharacter(column.name)) ? Utf8Verdict::Utf8 : Utf8Verdict::NotUtf8);
    }
    if (worst == Utf8Verdict::Ascii) {
        table.encoding = declared.value_or("UTF-8");
        return;
    }
    table.encoding = chooseEncoding(worst != Utf8Verdict::NotUtf8, byUser, declared, path, job);
    bool isExact = true;
    for (Column& column : table.columns) {
        if (!isAscii(column.name))
            column.name = toUtf8(table.encoding == "UTF-8" ? withoutCutCharacter(column.name) : column.name,
                                 table.encoding, isExact);
        if (column.type == FieldType::Text && (table.encoding != "UTF-8" || worst != Utf8Verdict::Utf8))
            convertTexts(std::get<TextValues>(column.values), table.encoding, isExact);
    }
    if (!isExact)
        job.warn(path + ": some letters mean nothing in the encoding " + table.encoding +
                     " and are shown as \xEF\xBF\xBD; give the right one with --encoding.",
                 true);
}

} // namespace

DbfTable readDbf(std::string_view bytes, const std::string& path, std::string_view declaredEncoding, ReadJob& job) {
    const Layout layout = readLayout(bytes, path);
    DbfTable table;
    const std::size_t wholeRecords = (bytes.size() - layout.headerSize) / layout.recordSize;
    table.recordCount = std::min(layout.claimedRecords, wholeRecords);
    if (table.recordCount < layout.claimedRecords)
        job.warn(path + ": the file is cut off; the attributes of " +
                     countOf(layout.claimedRecords - table.recordCount, "record") + " of " +
                     std::to_string(layout.claimedRecords) + " are missing.",
                 true);
    const char* const first = bytes.data() + layout.headerSize;
    for (std::size_t row = 0; row < table.recordCount; ++row)
        if (first[row * layout.recordSize] == '*') {
            table.isDeleted.resize(table.recordCount, 0);
            table.isDeleted[row] = 1;
        }
    for (const Field& field : layout.fields) {
        if (isAscii(field.rawName) && !job.wantsColumn(field.rawName))
            continue;
        job.throwIfStopped();
        Column column;
        column.name = field.rawName;
        const Records records{first + field.offset, layout.recordSize, table.recordCount, field.width};
        readColumn(field, records, column, path, job);
        table.columns.push_back(std::move(column));
    }
    decodeTexts(table, layout, declaredEncoding, path, job);
    std::erase_if(table.columns, [&](const Column& column) { return !job.wantsColumn(column.name); });
    return table;
}

} // namespace cordon
