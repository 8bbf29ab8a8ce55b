// RAII over the SQLite C API, with errors as people read them. Internal to io. A Database and its Statements belong to
// one thread at a time.
#pragma once

#include "core/error.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace cordon {

// What SQLite refused, as one sentence; `code` is its extended result code.
class SqliteError : public Error {
public:
    SqliteError(const std::string& sentence, std::string why, int errorCode)
        : Error(sentence), reason(std::move(why)), code(errorCode) {}
    std::string reason; // the end of the sentence, without its full stop: "the disk is full; free some space and ..."
    int code;
};

class Statement {
public:
    // Parameters and columns count from 0. A view bound must live until the statement is reset or stepped to its end.
    Statement& bind(int parameter, std::int64_t value);
    Statement& bind(int parameter, int value) { return bind(parameter, static_cast<std::int64_t>(value)); }
    Statement& bind(int parameter, double value);
    Statement& bind(int parameter, std::string_view text);
    Statement& bindBlob(int parameter, std::string_view bytes);
    Statement& bindNull(int parameter);

    bool step(); // true: there is a row
    void run();  // steps to the end and resets, ready for the next values
    void reset();

    int columnCount() const;
    std::string columnName(int column) const;
    enum class Type { Integer, Real, Text, Blob, Null }; // how this row's value is stored, whatever the column
    Type type(int column) const;
    bool isNull(int column) const { return type(column) == Type::Null; }
    std::int64_t integer(int column) const;
    double real(int column) const;
    std::string_view text(int column) const; // valid until the next step
    std::string_view blob(int column) const;

private:
    friend class Database;
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    Statement(const class Database& database, sqlite3_stmt* statement) : m_database(&database), m_handle(statement) {}

    const Database* m_database;
    std::unique_ptr<sqlite3_stmt, Finalize> m_handle;
};

class Database {
public:
    enum class Access { Read, Immutable, ReadWrite, Create };
    // Throws SqliteError. Nothing is read yet: a file that is no database shows at the first statement.
    Database(const std::string& path, Access access);

    const std::string& path() const { return m_path; }
    void run(const std::string& sql) const; // any number of statements
    Statement prepare(const std::string& sql) const;
    bool hasTable(const std::string& name) const; // or view
    std::set<std::string> columnsOf(const std::string& table) const;
    std::int64_t integer(const std::string& sql) const; // first column of the first row; 0 if there is none
    std::string text(const std::string& sql) const;
    std::int64_t lastRowId() const;
    bool isInTransaction() const;
    // The file at path() is no longer the one that is open.
    bool isMoved() const;
    // Copies the whole database over `target`, which is empty or another copy.
    // Throws Stopped. `progress` (0..1) is told of the pages.
    void copyTo(Database& target, const std::stop_token& stop, const std::function<void(double)>& progress) const;

    [[noreturn]] void fail(int code) const;

private:
    friend class Interruption;
    struct Close {
        void operator()(sqlite3* database) const;
    };
    std::string m_path;
    std::unique_ptr<sqlite3, Close> m_handle;
};

// BEGIN IMMEDIATE ... COMMIT; rolled back when it goes out of scope without commit().
class Transaction {
public:
    explicit Transaction(const Database& database);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit();

private:
    const Database& m_database;
    bool m_open = true;
};

// While it lives, statements fail with SQLITE_INTERRUPT soon after a stop is asked for. Ends before the transaction
// that is to be rolled back then.
class Interruption {
public:
    Interruption(const Database& database, const std::stop_token& stop); // `stop` outlives it
    ~Interruption();
    Interruption(const Interruption&) = delete;
    Interruption& operator=(const Interruption&) = delete;

private:
    const Database& m_database;
};

void throwIfInterrupted(const SqliteError& error, const std::stop_token& stop); // Stopped, where that is the reason

std::string quotedName(std::string_view name);    // "a ""b"""
std::string quotedLiteral(std::string_view text); // 'it''s'

} // namespace cordon
