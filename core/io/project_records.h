// Rows of the record tables of a project file. Internal to io.
#pragma once

#include "core/io/sqlite.h"
#include "core/model/edit.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace cordon {

// Appends rows and ends them; the caller holds the transaction.
class RecordWriter {
public:
    explicit RecordWriter(const Database& database) : m_database(database) {}

    std::int64_t insert(const Record& record); // its fid
    template <class R> std::int64_t insertRow(const R& record);
    // Sets recorded_to of a row that has none and returns its fid; throws Error if there is no such row.
    std::int64_t end(const RowName& name, TimePoint at);

private:
    const Database& m_database;
    std::array<std::optional<Statement>, kRecordKinds> m_insert, m_find, m_end; // prepared once for all rows
};

// The fids of a situation's rows, position by position; ascending.
using RowFids = std::array<std::vector<std::int64_t>, kRecordKinds>;
// All rows in the order they were recorded in. Rows with values that mean nothing are left out and named in `warnings`.
void readRecordTables(const Database& database, Situation& situation, RowFids& fids, Warnings& warnings);

// Rows one by one, many of them fast: within a transaction, which looks at the file once.
class RecordReader {
public:
    explicit RecordReader(const Database& database) : m_database(database) {}

    // Row `fid`; nullopt if it is not there or cannot be read.
    std::optional<Record> read(RecordKind kind, std::int64_t fid);
    // Rows of a record that are not withdrawn.
    std::vector<std::int64_t> liveRows(RecordKind kind, const std::string& id);

private:
    const Database& m_database;
    std::array<std::optional<Statement>, kRecordKinds> m_row, m_live; // prepared once for all rows
};

// Lists as they stand in a column: "a;b", or JSON where that would not read back.
std::string listText(const std::vector<std::string>& items);
std::vector<std::string> listFromText(std::string_view text);

} // namespace cordon
