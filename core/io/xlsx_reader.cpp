#include "core/io/archive.h"
#include "core/io/workbook.h"
#include "core/io/xml_walker.h"
#include "core/model/time.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <set>

namespace cordon {

namespace {

constexpr std::uint32_t kMostColumns = 16'384, kMostRows = 1'048'576; // of the format

struct CellAddress {
    std::uint32_t row = 0, column = 0;
};

// "AB12", from 0; nullopt for what is none.
std::optional<CellAddress> addressFrom(std::string_view text) {
    std::uint32_t column = 0;
    std::size_t i = 0;
    for (; i < text.size() && text[i] >= 'A' && text[i] <= 'Z' && column <= kMostColumns; ++i)
        column = column * 26 + static_cast<std::uint32_t>(text[i] - 'A' + 1);
    std::uint32_t row = 0;
    const auto [end, error] = std::from_chars(text.data() + i, text.data() + text.size(), row);
    if (error != std::errc{} || end != text.data() + text.size() || column == 0 || column > kMostColumns || row == 0 ||
        row > kMostRows)
        return std::nullopt;
    return CellAddress{row - 1, column - 1};
}

// Years, days or hours outside of quotes, brackets and escapes make a number a date (ECMA-376 part 1, 18.8.31).
bool isDateFormat(std::string_view code) {
    char until = '\0';
    for (std::size_t i = 0; i < code.size(); ++i) {
        const char c = code[i];
        if (until != '\0') {
            if (c == until)
                until = '\0';
        } else if (c == '"') {
            until = '"';
        } else if (c == '[') {
            until = ']';
        } else if (c == '\\' || c == '_' || c == '*') {
            ++i;
        } else if (std::string_view("yYdDhHsS").find(c) != std::string_view::npos) {
            return true;
        }
    }
    return false;
}

bool isDateFormat(int builtIn) {
    return (builtIn >= 14 && builtIn <= 22) || (builtIn >= 27 && builtIn <= 36) || (builtIn >= 45 && builtIn <= 47) ||
           (builtIn >= 50 && builtIn <= 58);
}

// Days since the epoch of the workbook, as ISO 8601; a time alone where there is no day.
std::string dateText(double serial, bool is1904) {
    const double whole = std::floor(serial);
    const auto secondOfDay = static_cast<long>(std::llround((serial - whole) * 86400));
    if (!(serial >= 0) || serial > 2'958'466) // the last is 31 December 9999
        return {};
    std::array<char, 20> time{};
    std::snprintf(time.data(), time.size(), "%02ld:%02ld:%02ld", secondOfDay / 3600 % 24, secondOfDay / 60 % 60,
                  secondOfDay % 60);
    if (serial < 1 && !is1904)
        return time.data();
    using namespace std::chrono;
    // 1900 was no leap year, but Lotus 1-2-3 thought so: day 60 is one that never was.
    const sys_days epoch = is1904       ? sys_days{year{1904} / 1 / 1}
                           : whole < 60 ? sys_days{year{1899} / 12 / 31}
                                        : sys_days{year{1899} / 12 / 30};
    const sys_days day = epoch + days{static_cast<int>(whole) + (secondOfDay == 86400 ? 1 : 0)};
    const std::string date = formatIsoDate(TimePoint(day));
    return secondOfDay % 86400 == 0 ? date : date + "T" + time.data();
}

// As the program shows it: 15 digits, not the 17 that the file has.
std::string numberText(const std::string& written) {
    double value = 0;
    const auto [end, error] = std::from_chars(written.data(), written.data() + written.size(), value);
    if (error != std::errc{} || end != written.data() + written.size() || written.size() < 16)
        return written;
    std::array<char, 40> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%.15g", value);
    return buffer.data();
}

class XlsxReader {
public:
    XlsxReader(const std::string& path, ReadJob& job) : m_path(path), m_job(job) {
        for (const ArchiveEntry& entry : listZip(path))
            m_entries.insert(entry.name);
    }

    std::vector<SheetCells> read() {
        readRelations();
        readSheetNames();
        readStyles();
        readSharedTexts();
        std::vector<SheetCells> sheets;
        for (const Sheet& sheet : m_sheets) {
            m_job.checkpoint(static_cast<double>(sheets.size()) / static_cast<double>(m_sheets.size()));
            sheets.push_back(readSheet(sheet));
        }
        return sheets;
    }

private:
    struct Sheet {
        std::string name, file;
        bool isHidden = false;
    };

    void walk(const std::string& entry, const XmlHandler& handler) {
        const FileBytes bytes = readZipEntry(m_path, entry);
        walkXml(bytes.view(), m_path + "/" + entry, handler);
    }
    static XmlHandler onStart(std::function<void(std::string_view, const XmlAttributes&)> start) {
        return {std::move(start), [](std::string_view) {}, [](std::string_view) {}};
    }

    void readRelations() {
        if (!m_entries.contains("xl/_rels/workbook.xml.rels") || !m_entries.contains("xl/workbook.xml"))
            throw Error("Cannot read " + m_path +
                        ": it is no Excel workbook, or it is damaged; save it again as XLSX.");
        walk("xl/_rels/workbook.xml.rels", onStart([this](std::string_view name, const XmlAttributes& a) {
                 std::string target = attributeOf(a, "Target");
                 if (name == "Relationship")
                     m_files[attributeOf(a, "Id")] = target.starts_with('/') ? target.substr(1) : "xl/" + target;
             }));
    }

    void readSheetNames() {
        walk("xl/workbook.xml", onStart([this](std::string_view name, const XmlAttributes& a) {
                 const std::string flag = attributeOf(a, "date1904");
                 if (name == "workbookPr")
                     m_is1904 = flag == "1" || flag == "true";
                 const std::string state = attributeOf(a, "state");
                 if (name == "sheet")
                     m_sheets.push_back({attributeOf(a, "name"), m_files[attributeOf(a, "id")],
                                         state == "hidden" || state == "veryHidden"});
             }));
        std::erase_if(m_sheets, [this](const Sheet& sheet) { return !m_entries.contains(sheet.file); }); // charts
    }

    void readStyles() {
        if (!m_entries.contains("xl/styles.xml"))
            return;
        std::set<int> dates;
        bool isInCells = false;
        const auto numberOf = [](const XmlAttributes& a) { return std::atoi(attributeOf(a, "numFmtId").c_str()); };
        XmlHandler handler = onStart([&](std::string_view name, const XmlAttributes& a) {
            if (name == "numFmt" && isDateFormat(std::string_view(attributeOf(a, "formatCode"))))
                dates.insert(numberOf(a));
            isInCells |= name == "cellXfs";
            if (name == "xf" && isInCells)
                m_isDate.push_back(isDateFormat(numberOf(a)) || dates.contains(numberOf(a)));
        });
        handler.end = [&](std::string_view name) { isInCells &= name != "cellXfs"; };
        walk("xl/styles.xml", handler);
    }

    void readSharedTexts() {
        if (!m_entries.contains("xl/sharedStrings.xml"))
            return;
        std::string text;
        int phonetic = 0;
        bool isInText = false;
        walk("xl/sharedStrings.xml", {[&](std::string_view name, const XmlAttributes&) {
                                          if (name == "si")
                                              text.clear();
                                          phonetic += name == "rPh"; // how to say it, not what it says
                                          isInText = name == "t" && phonetic == 0;
                                      },
                                      [&](std::string_view name) {
                                          if (name == "si")
                                              m_shared.append(text);
                                          phonetic -= name == "rPh";
                                          isInText &= name != "t";
                                      },
                                      [&](std::string_view piece) {
                                          if (isInText)
                                              text += piece;
                                      }});
    }

    std::string cellText(const std::string& type, const std::string& style, const std::string& value) const {
        if (type == "s") {
            std::size_t index = 0;
            const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), index);
            return error == std::errc{} && index + 1 < m_shared.start.size() ? std::string(m_shared.at(index)) : "";
        }
        if (type == "b")
            return value == "1" ? "true" : "false";
        if (type == "e")
            return {};
        if (!type.empty() && type != "n")
            return value;
        const auto format = static_cast<std::size_t>(std::max(0, std::atoi(style.c_str())));
        double serial = 0;
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), serial);
        if (format < m_isDate.size() && m_isDate[format] && error == std::errc{} && !value.empty())
            if (std::string date = dateText(serial, m_is1904); !date.empty())
                return date;
        return numberText(value);
    }

    SheetCells readSheet(const Sheet& sheet) {
        SheetCells cells;
        cells.name = sheet.name;
        cells.isHidden = sheet.isHidden;
        CellAddress at; // of the cell that is open
        std::uint32_t nextRow = 0, nextColumn = 0;
        std::string type, style, value;
        bool isInValue = false;
        XmlHandler handler;
        handler.start = [&](std::string_view name, const XmlAttributes& a) {
            if (name == "row") {
                const std::string number = attributeOf(a, "r");
                at.row =
                    number.empty() ? nextRow : static_cast<std::uint32_t>(std::max(1, std::atoi(number.c_str()))) - 1;
                nextRow = at.row + 1;
                nextColumn = 0;
            } else if (name == "c") {
                const auto address = addressFrom(attributeOf(a, "r"));
                at.column = address ? address->column : nextColumn;
                nextColumn = at.column + 1;
                type = attributeOf(a, "t");
                style = attributeOf(a, "s");
                value.clear();
            } else if (name == "mergeCell") {
                addMerge(cells, attributeOf(a, "ref"));
            }
            isInValue = name == "v" || name == "t";
        };
        handler.end = [&](std::string_view name) {
            isInValue = false;
            if (name == "c")
                add(cells, at, cellText(type, style, value));
        };
        handler.text = [&](std::string_view piece) {
            if (isInValue)
                value += piece;
        };
        walk(sheet.file, handler);
        cells.rowStart.push_back(cells.columns.size());
        return cells;
    }

    void add(SheetCells& cells, CellAddress at, const std::string& text) {
        if (text.empty() || at.row >= kMostRows || at.column >= kMostColumns)
            return;
        if (cells.rows.empty() || at.row > cells.rows.back()) {
            if (!cells.rows.empty())
                cells.rowStart.push_back(cells.columns.size());
            cells.rows.push_back(at.row);
            if (cells.rows.size() % 4096 == 0)
                m_job.throwIfStopped();
        } else if (at.row < cells.rows.back()) {
            return; // rows must rise
        }
        cells.columns.push_back(at.column);
        cells.texts.append(text);
    }

    static void addMerge(SheetCells& cells, const std::string& reference) {
        const std::size_t colon = reference.find(':');
        const auto from = addressFrom(reference.substr(0, colon));
        const auto to = colon == std::string::npos ? from : addressFrom(reference.substr(colon + 1));
        if (from && to && to->row >= from->row && to->column >= from->column)
            cells.merges.push_back({from->row, to->row, from->column, to->column});
    }

    const std::string& m_path;
    ReadJob& m_job;
    std::set<std::string> m_entries;
    std::map<std::string, std::string> m_files;
    std::vector<Sheet> m_sheets;
    std::vector<bool> m_isDate; // by the style of a cell
    TextValues m_shared;
    bool m_is1904 = false;
};

} // namespace

std::vector<SheetCells> readXlsx(const std::string& path, ReadJob& job) {
    return XlsxReader(path, job).read();
}

} // namespace cordon
