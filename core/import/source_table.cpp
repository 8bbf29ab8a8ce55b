#include "core/import/source_table.h"

#include "core/import/preset.h"
#include "core/import/sheet_table.h"
#include "core/import/table_builder.h"
#include "core/import/text_table.h"
#include "core/io/archive.h"
#include "core/io/file_bytes.h"
#include "core/io/read_job.h"

#include <filesystem>
#include <set>

namespace cordon {

namespace fs = std::filesystem;

namespace {

enum class Kind { Text, Workbook, Zip, Other };

std::string extensionOf(const std::string& name) {
    return lowerCased(fs::path(name).extension().string());
}

// Texts of other kinds (NMEA, XML, JSON) may have the suffix of a table or none.
bool isOtherText(std::string_view begin) {
    const std::size_t first = begin.find_first_not_of(" \t\r\n\xEF\xBB\xBF\x1E");
    if (first == std::string_view::npos)
        return false;
    begin.remove_prefix(first);
    return begin[0] == '<' || begin[0] == '{' || begin[0] == '[' || begin[0] == '$' || begin.starts_with("!AIVDM") ||
           begin.starts_with("PK\x03\x04");
}

Kind kindOf(const std::string& name, std::string_view begin) {
    const std::string extension = extensionOf(name);
    if (extension == ".csv" || extension == ".tsv" || extension == ".psv")
        return Kind::Text;
    if (extension == ".txt" || extension == ".dat")
        return isOtherText(begin) ? Kind::Other : Kind::Text;
    if (extension == ".xlsx" || extension == ".xlsm" || extension == ".ods")
        return Kind::Workbook;
    if (extension == ".zip")
        return Kind::Zip;
    return Kind::Other;
}

SourceTable tableOf(std::shared_ptr<const FeatureTable> features) {
    SourceTable table;
    table.name = features->name;
    table.source = features->source;
    table.details = features->source.format;
    for (const Column& column : features->columns)
        table.columns.push_back(column.name);
    for (std::uint32_t row = 0; row < features->featureCount; ++row)
        table.rowNumbers.push_back(row + 1);
    table.features = std::move(features);
    return table;
}

// Reads file after file into one result.
class Collector {
public:
    explicit Collector(const ReadOptions& options) : m_options(options), m_job(options) {}

    void readPath(const std::string& path) {
        std::error_code error;
        if (fs::is_directory(path, error)) {
            readFolder(path);
            return;
        }
        const FileBytes bytes = FileBytes::map(path);
        switch (kindOf(path, bytes.view().substr(0, 4096))) {
        case Kind::Text:
            add(readTextTable(bytes, path, fs::path(path).stem().string(), m_job));
            break;
        case Kind::Zip:
            readZip(path);
            break;
        case Kind::Workbook:
            readWorkbook(path);
            break;
        case Kind::Other:
            readOther(path, false, false);
        }
    }

    SourceTables finish(const std::string& path) {
        if (!m_options.layer.empty()) {
            std::erase_if(m_result.tables, [&](const SourceTable& table) { return table.name != m_options.layer; });
            if (m_result.tables.empty())
                throw Error("Cannot read " + path + ": it has no table " + m_options.layer + "; check the name.");
        }
        m_result.warnings.insert(m_result.warnings.end(), m_job.warnings.begin(), m_job.warnings.end());
        if (m_options.progress)
            m_options.progress(1);
        return std::move(m_result);
    }

private:
    void add(SourceTable table) {
        if (const std::string whose = nameKnownColumns(table); !whose.empty())
            table.details += ", columns named as those of " + whose;
        m_result.tables.push_back(std::move(table));
    }

    // Hidden sheets hold lists and calculations: only when asked for.
    void readWorkbook(const std::string& path) {
        const bool isOds = extensionOf(path) == ".ods";
        std::size_t tables = 0;
        std::string hidden;
        for (const SheetCells& sheet : isOds ? readOds(path, m_job) : readXlsx(path, m_job)) {
            if (sheet.isHidden && sheet.name != m_options.layer) {
                hidden += (hidden.empty() ? "" : ", ") + sheet.name;
                continue;
            }
            SourceTable table = tableOfSheet(sheet, path + ", " + sheet.name, m_job.warnings);
            if (table.columns.empty())
                continue;
            table.source = {path, sheet.name, isOds ? "ODS" : "XLSX", "", "UTF-8"};
            table.details = (isOds ? "ODS" : "XLSX") + table.details;
            add(std::move(table));
            ++tables;
        }
        if (!hidden.empty())
            m_job.warn(path + ": hidden sheets left out: " + hidden + "; name one to read it.", true);
        if (tables == 0)
            throw Error("Cannot read " + path +
                        ": none of its sheets has anything in it; check that it is the right one.");
    }

    // What is no table of texts; tables, being read already, are passed over.
    void readOther(const std::string& path, bool withoutTables, bool inArchive) {
        ReadOptions options = m_options;
        options.layer.clear();
        ImportResult result = readVector(path, options);
        for (auto& table : result.tables)
            if (!withoutTables || (table->source.format != "CSV" &&
                                   (inArchive || (table->source.format != "XLSX" && table->source.format != "ODS"))))
                add(tableOf(std::move(table)));
        for (Warning& warning : result.warnings)
            if (!withoutTables)
                m_job.warn(std::move(warning.text), warning.leftOut);
    }

    // Tables by ourselves, the rest through readVector(), which knows what belongs together.
    template <class Entries, class Read>
    void readMany(const std::string& path, const Entries& names, bool inArchive, Read read) {
        bool hasOther = false;
        std::string firstError;
        for (const std::string& name : names) {
            const Kind kind = kindOf(name, {});
            if (kind != Kind::Text && (kind != Kind::Workbook || inArchive)) {
                hasOther = true;
                continue;
            }
            try {
                read(name);
            } catch (const Error& error) {
                if (firstError.empty())
                    firstError = error.what();
                m_job.warn(error.what(), true);
            }
        }
        const bool hasTables = !m_result.tables.empty();
        try {
            if (hasOther || (!hasTables && firstError.empty()))
                readOther(path, hasTables || !firstError.empty(), inArchive);
        } catch (const Error&) {
            if (!hasTables)
                throw;
        }
        if (m_result.tables.empty() && !firstError.empty())
            throw Error(firstError);
    }

    void readZip(const std::string& path) {
        std::vector<std::string> names;
        for (const ArchiveEntry& entry : listZip(path))
            names.push_back(entry.name);
        readMany(path, names, true, [&](const std::string& name) {
            SourceTable table =
                readTextTable(readZipEntry(path, name), path + "/" + name, fs::path(name).stem().string(), m_job);
            table.source.path = path;
            add(std::move(table));
        });
    }

    void readFolder(const std::string& path) {
        std::set<std::string> names; // sorted: the same order everywhere
        std::error_code error;
        for (const auto& entry : fs::directory_iterator(path, error))
            if (entry.is_regular_file(error))
                names.insert(entry.path().string());
        readMany(path, names, false, [&](const std::string& name) { readPath(name); });
    }

    const ReadOptions& m_options;
    ReadJob m_job;
    SourceTables m_result;
};

} // namespace

std::string SourceTable::cell(std::size_t column, std::size_t row) const {
    if (features)
        return features->valueAsText(features->columns[column], row);
    return std::string(trimmedText(cells[column].at(row)));
}

SourceTables readSourceTables(const std::string& path, const ReadOptions& options) {
    Collector collector(options);
    collector.readPath(path);
    return collector.finish(path);
}

} // namespace cordon
