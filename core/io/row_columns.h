// Columns of a table that is read row by row, whose names come up while it is read: extensions of GPX, data of KML.
#pragma once

#include "core/io/read_job.h"
#include "core/model/feature_table.h"

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cordon {

class RowColumns {
public:
    // What a column holds; Auto: found from all its values.
    enum class Kind { Auto, Text, Real, Integer, Time };

    RowColumns(std::string label, ReadJob& job) : m_label(std::move(label)), m_job(job) {}

    // Columns appear in the order they are declared, or else set. A column without a value is left out at the end.
    void declare(std::string_view name, Kind kind);

    // A value of the row under way, as UTF-8 text; empty is none. What is set twice is joined with "; ".
    void set(std::string_view name, std::string_view text, Kind kind = Kind::Auto);
    bool hasValue(std::string_view name) const; // in the row under way

    void endRow();
    void dropRow(); // forgets what was set since the last endRow()
    std::size_t rowCount() const { return m_rows; }

    // Values that do not fit the kind declared become null and are warned of.
    std::vector<Column> finish();

private:
    struct Growing {
        std::string name;
        Kind kind = Kind::Auto;
        std::vector<std::uint32_t> rows; // that have a value
        TextValues texts;                // theirs
        std::string open;                // of the row under way; empty: none
    };
    Growing* find(std::string_view name, Kind kind);
    Column complete(Growing& growing);

    std::string m_label;
    ReadJob& m_job;
    std::deque<Growing> m_columns; // stay where they are: m_byName points to their names
    std::map<std::string, std::size_t, std::less<>> m_byName;
    std::vector<std::size_t> m_open; // set in the row under way
    std::size_t m_rows = 0;
    bool m_isFull = false;
};

// A whole text that is a number, with a decimal point or comma; nullopt for anything else. May be infinite or NaN.
std::optional<double> numberFrom(std::string_view text);

// The instant of ISO 8601 text as milliseconds UTC; kNoTime if it is none. Fast where it ends in Z.
std::int64_t timeMsFrom(std::string_view text);

} // namespace cordon
