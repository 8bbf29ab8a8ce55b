#include "core/io/sqlite.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <sqlite3.h>
#include <sys/resource.h>

namespace cordon {
namespace {

std::string ioReason(int systemError) {
    switch (systemError) {
    case EFBIG:
        return "it would grow beyond the largest size allowed here; raise the limit or use another disk";
    case ENOSPC:
    case EDQUOT:
        return "the disk is full; free some space and try again";
    case EROFS:
        return "the disk is read-only; save a copy elsewhere";
    default:
        return std::string("the disk reports an error (") +
               (systemError ? std::strerror(systemError) : "input/output error") +
               "); check the disk and save a copy elsewhere";
    }
}

// SQLite forgets the system's error of a write in the course of rolling back; the one of a limit can be told.
int systemErrorOf(int code, sqlite3* database) {
    const int error = database ? sqlite3_system_errno(database) : 0;
    struct rlimit limit {};
    const bool isLimited = ::getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY;
    return error == 0 && code == SQLITE_IOERR_WRITE && isLimited ? EFBIG : error;
}

std::string reasonOf(int code, sqlite3* database) {
    switch (code & 0xff) {
    case SQLITE_FULL:
        return ioReason(ENOSPC);
    case SQLITE_IOERR:
        return ioReason(systemErrorOf(code, database));
    case SQLITE_READONLY:
        return code == SQLITE_READONLY_DBMOVED ? "it was moved, replaced or deleted; open it from where it is now"
                                               : "it or its folder may not be written to; save a copy elsewhere";
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return "another program is using it; close it there and try again";
    case SQLITE_CORRUPT:
        return "it is damaged; go back to a copy of it";
    case SQLITE_NOTADB:
        return "it is not a project file, or its beginning is damaged; go back to a copy of it";
    case SQLITE_CANTOPEN:
        return "it or its folder cannot be opened; check that it is there and may be read";
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return "it may not be opened; ask for permission or save a copy elsewhere";
    case SQLITE_NOMEM:
        return "there is too little memory; close other programs and try again";
    case SQLITE_TOOBIG:
        return "one value is larger than a project file can hold; make it smaller";
    default:
        return std::string("its database says '") + (database ? sqlite3_errmsg(database) : sqlite3_errstr(code)) +
               "'; the file may be damaged or changed by another program";
    }
}

std::string uriOf(const std::string& path) {
    std::string uri = "file:";
    for (const char c : path) {
        static constexpr char kHex[] = "0123456789ABCDEF";
        const auto byte = static_cast<unsigned char>(c);
        if (c == '?' || c == '#' || c == '%')
            uri.append({'%', kHex[byte >> 4], kHex[byte & 15]});
        else
            uri += c;
    }
    return uri + "?immutable=1";
}

} // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

Statement& Statement::bind(int parameter, std::int64_t value) {
    if (const int code = sqlite3_bind_int64(m_handle.get(), parameter + 1, value))
        m_database->fail(code);
    return *this;
}

Statement& Statement::bind(int parameter, double value) {
    if (const int code = sqlite3_bind_double(m_handle.get(), parameter + 1, value))
        m_database->fail(code);
    return *this;
}

Statement& Statement::bind(int parameter, std::string_view text) {
    // A null pointer would bind NULL, not an empty text.
    const char* data = text.data() ? text.data() : "";
    if (const int code =
            sqlite3_bind_text64(m_handle.get(), parameter + 1, data, text.size(), SQLITE_STATIC, SQLITE_UTF8))
        m_database->fail(code);
    return *this;
}

Statement& Statement::bindBlob(int parameter, std::string_view bytes) {
    const char* data = bytes.data() ? bytes.data() : "";
    if (const int code = sqlite3_bind_blob64(m_handle.get(), parameter + 1, data, bytes.size(), SQLITE_STATIC))
        m_database->fail(code);
    return *this;
}

Statement& Statement::bindNull(int parameter) {
    if (const int code = sqlite3_bind_null(m_handle.get(), parameter + 1))
        m_database->fail(code);
    return *this;
}

bool Statement::step() {
    const int code = sqlite3_step(m_handle.get());
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE)
        m_database->fail(code);
    return false;
}

void Statement::run() {
    while (step()) {
    }
    reset();
}

void Statement::reset() {
    sqlite3_reset(m_handle.get());
}

int Statement::columnCount() const {
    return sqlite3_column_count(m_handle.get());
}

std::string Statement::columnName(int column) const {
    const char* name = sqlite3_column_name(m_handle.get(), column);
    return name ? name : "";
}

Statement::Type Statement::type(int column) const {
    switch (sqlite3_column_type(m_handle.get(), column)) {
    case SQLITE_INTEGER:
        return Type::Integer;
    case SQLITE_FLOAT:
        return Type::Real;
    case SQLITE_TEXT:
        return Type::Text;
    case SQLITE_BLOB:
        return Type::Blob;
    default:
        return Type::Null;
    }
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(m_handle.get(), column);
}

double Statement::real(int column) const {
    return sqlite3_column_double(m_handle.get(), column);
}

std::string_view Statement::text(int column) const {
    const auto* bytes = sqlite3_column_text(m_handle.get(), column);
    if (!bytes)
        return {};
    return {reinterpret_cast<const char*>(bytes),
            static_cast<std::size_t>(sqlite3_column_bytes(m_handle.get(), column))};
}

std::string_view Statement::blob(int column) const {
    const void* bytes = sqlite3_column_blob(m_handle.get(), column);
    if (!bytes)
        return {};
    return {static_cast<const char*>(bytes), static_cast<std::size_t>(sqlite3_column_bytes(m_handle.get(), column))};
}

void Database::Close::operator()(sqlite3* database) const {
    sqlite3_close_v2(database);
}

Database::Database(const std::string& path, Access access) : m_path(path) {
    const int flags = access == Access::Create      ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                      : access == Access::ReadWrite ? SQLITE_OPEN_READWRITE
                                                    : SQLITE_OPEN_READONLY;
    const bool isImmutable = access == Access::Immutable;
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(isImmutable ? uriOf(path).c_str() : path.c_str(), &handle,
                                     flags | SQLITE_OPEN_NOMUTEX | (isImmutable ? SQLITE_OPEN_URI : 0), nullptr);
    m_handle.reset(handle);
    if (code)
        fail(handle ? sqlite3_extended_errcode(handle) : code);
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, 10'000);
    // A file from elsewhere may hold triggers and views made to do harm.
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
}

void Database::run(const std::string& sql) const {
    if (const int code = sqlite3_exec(m_handle.get(), sql.c_str(), nullptr, nullptr, nullptr))
        fail(code);
}

Statement Database::prepare(const std::string& sql) const {
    sqlite3_stmt* statement = nullptr;
    if (const int code =
            sqlite3_prepare_v2(m_handle.get(), sql.data(), static_cast<int>(sql.size()), &statement, nullptr))
        fail(code);
    return Statement(*this, statement);
}

bool Database::hasTable(const std::string& name) const {
    Statement query = prepare("SELECT 1 FROM sqlite_master WHERE type IN ('table', 'view') AND name = ?");
    query.bind(0, name);
    return query.step();
}

std::set<std::string> Database::columnsOf(const std::string& table) const {
    Statement query = prepare("SELECT name FROM pragma_table_info(?)");
    query.bind(0, table);
    std::set<std::string> names;
    while (query.step())
        names.emplace(query.text(0));
    return names;
}

std::int64_t Database::integer(const std::string& sql) const {
    Statement query = prepare(sql);
    return query.step() ? query.integer(0) : 0;
}

std::string Database::text(const std::string& sql) const {
    Statement query = prepare(sql);
    return query.step() ? std::string(query.text(0)) : std::string();
}

std::int64_t Database::lastRowId() const {
    return sqlite3_last_insert_rowid(m_handle.get());
}

bool Database::isInTransaction() const {
    return sqlite3_get_autocommit(m_handle.get()) == 0;
}

bool Database::isMoved() const {
    int moved = 0;
    sqlite3_file_control(m_handle.get(), "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    return moved != 0;
}

void Database::copyTo(Database& target, const std::stop_token& stop,
                      const std::function<void(double)>& progress) const {
    constexpr int kPages = 1024; // some milliseconds
    sqlite3_backup* backup = sqlite3_backup_init(target.m_handle.get(), "main", m_handle.get(), "main");
    if (!backup)
        target.fail(sqlite3_extended_errcode(target.m_handle.get()));
    int stepCode = SQLITE_OK;
    while (stepCode == SQLITE_OK && !stop.stop_requested()) {
        stepCode = sqlite3_backup_step(backup, kPages);
        if (progress)
            progress(1 - double(sqlite3_backup_remaining(backup)) / std::max(1, sqlite3_backup_pagecount(backup)));
    }
    const int code = sqlite3_backup_finish(backup);
    if (stepCode == SQLITE_OK && stop.stop_requested())
        throw Stopped();
    if (stepCode != SQLITE_DONE || code != SQLITE_OK)
        target.fail(code ? code : stepCode);
}

void Database::fail(int code) const {
    const std::string reason = reasonOf(code, m_handle.get());
    throw SqliteError("The project file '" + m_path + "' cannot be used: " + reason + ".", reason, code);
}

Transaction::Transaction(const Database& database) : m_database(database) {
    database.run("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
    if (!m_open || !m_database.isInTransaction()) // SQLite rolls back by itself when the disk is full
        return;
    try {
        m_database.run("ROLLBACK");
    } catch (const Error&) { // the journal rolls it back when the file is next opened
    }
}

void Transaction::commit() {
    m_database.run("COMMIT");
    m_open = false;
}

Interruption::Interruption(const Database& database, const std::stop_token& stop) : m_database(database) {
    if (!stop.stop_possible())
        return;
    constexpr int kSteps = 1000; // of SQLite's machine: far less than a millisecond
    sqlite3_progress_handler(
        m_database.m_handle.get(), kSteps,
        [](void* token) { return static_cast<const std::stop_token*>(token)->stop_requested() ? 1 : 0; },
        const_cast<std::stop_token*>(&stop));
}

Interruption::~Interruption() {
    sqlite3_progress_handler(m_database.m_handle.get(), 0, nullptr, nullptr);
}

void throwIfInterrupted(const SqliteError& error, const std::stop_token& stop) {
    if ((error.code & 0xff) == SQLITE_INTERRUPT && stop.stop_requested())
        throw Stopped();
}

std::string quotedName(std::string_view name) {
    std::string result = "\"";
    for (const char c : name)
        result.append(c == '"' ? 2 : 1, c);
    return result + '"';
}

std::string quotedLiteral(std::string_view text) {
    std::string result = "'";
    for (const char c : text)
        result.append(c == '\'' ? 2 : 1, c);
    return result + '\'';
}

} // namespace cordon
