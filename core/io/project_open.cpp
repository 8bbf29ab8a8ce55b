#include "core/io/project_open.h"

#include "core/io/project_schema.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <sqlite3.h>
#include <unistd.h>

namespace cordon {
namespace {
namespace fs = std::filesystem;

bool hasSqliteHeader(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::array<char, 16> start{};
    file.read(start.data(), start.size());
    return file && std::string_view(start.data(), 15) == "SQLite format 3";
}

} // namespace

std::string projectSubject(const std::string& path) {
    return "The project file '" + path + "'";
}

void requireProjectFile(const std::string& path) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status))
        throw Error(projectSubject(path) + " is not there; check its name and folder, or make a new project first.");
    if (!fs::is_regular_file(status))
        throw Error(projectSubject(path) + " cannot be opened: it is not a file.");
    if (::access(path.c_str(), R_OK) != 0)
        throw Error(projectSubject(path) + " cannot be opened: you may not read it; ask for permission.");
    if (fs::file_size(path, error) == 0)
        throw Error(projectSubject(path) + " is empty; go back to a copy of it.");
    if (!hasSqliteHeader(path))
        throw Error(projectSubject(path) +
                    " is not a GeoPackage, or its beginning is damaged; go back to a copy of it.");
}

std::string writeObstacle(const std::string& path) {
    const fs::path folder = fs::absolute(fs::path(path)).parent_path();
    if (::access(path.c_str(), W_OK) != 0)
        return projectSubject(path) + " is write-protected and opens read-only; save a copy to edit it.";
    if (::access(folder.c_str(), W_OK) != 0)
        return projectSubject(path) +
               " opens read-only, because its folder may not be written to; save a copy elsewhere to edit it.";
    return {};
}

void removeJournal(const Database& database) {
    if (fs::exists(database.path() + "-journal"))
        database.run("PRAGMA journal_mode = PERSIST; PRAGMA journal_mode = DELETE");
}

void removeMeaninglessJournal(const std::string& path) {
    std::ifstream journal(path + "-journal", std::ios::binary);
    std::array<char, 8> start{};
    journal.read(start.data(), start.size());
    std::error_code ignored;
    if (std::all_of(start.begin(), start.end(), [](char c) { return c == 0; }))
        fs::remove(path + "-journal", ignored);
}

void configureForEdits(const Database& database) {
    // Fails harmlessly while another program has the file open in WAL mode, which is as safe.
    try {
        database.run("PRAGMA journal_mode = DELETE");
        removeJournal(database);
        database.run("PRAGMA journal_mode = PERSIST; PRAGMA journal_size_limit = 1048576");
    } catch (const SqliteError& error) {
        if ((error.code & 0xff) != SQLITE_BUSY && (error.code & 0xff) != SQLITE_LOCKED)
            throw;
    }
    database.run("PRAGMA synchronous = EXTRA; PRAGMA cell_size_check = ON");
}

std::unique_ptr<Database> openForReading(const std::string& path) {
    try {
        auto database = std::make_unique<Database>(path, Database::Access::Read);
        database->integer("SELECT count(*) FROM sqlite_master");
        return database;
    } catch (const SqliteError& error) {
        const int code = error.code & 0xff;
        if (code != SQLITE_READONLY && code != SQLITE_CANTOPEN)
            throw;
    }
    if (writeObstacle(path).empty()) {
        Database(path, Database::Access::ReadWrite).integer("SELECT count(*) FROM sqlite_master");
        return std::make_unique<Database>(path, Database::Access::Read);
    }
    if (fs::exists(path + "-journal"))
        throw Error(projectSubject(path) +
                    " was left in the middle of an edit and must be written to once to be opened; copy it and the "
                    "file ending in -journal beside it to a folder that can be written to.");
    return std::make_unique<Database>(path, Database::Access::Immutable); // WAL mode in a folder that is read-only
}

// SQLite takes a page cut short for one that ends in zeros.
void requireWhole(const Database& database) {
    std::error_code error;
    const auto pages = database.integer("PRAGMA page_count");
    const auto pageSize = database.integer("PRAGMA page_size");
    const auto bytes = fs::file_size(database.path(), error);
    if (!error && !fs::exists(database.path() + "-wal") && bytes < static_cast<std::uintmax_t>(pages * pageSize))
        throw Error(projectSubject(database.path()) + " is cut short; go back to a copy of it.");
}

void requireKnownFormat(const Database& database) {
    if (!hasProjectTables(database))
        throw Error("'" + database.path() +
                    "' is a GeoPackage, but not a Cordon project; add it to a map as a layer instead.");
    const int format = projectFormatOf(database);
    if (format > kProjectFormat)
        throw Error(projectSubject(database.path()) + " was made by a newer Cordon (format " + std::to_string(format) +
                    ", this one knows up to " + std::to_string(kProjectFormat) + "); update Cordon to open it.");
    if (format < 1)
        throw Error(projectSubject(database.path()) +
                    " does not say its format; it is damaged: go back to a copy of it.");
}

} // namespace cordon
