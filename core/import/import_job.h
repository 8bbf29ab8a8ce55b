// What one call of prepareImport() carries through its steps. Internal to import.
#pragma once

#include "core/import/import_batch.h"

#include <string>
#include <string_view>
#include <vector>

namespace cordon {

struct ImportJob {
    const SourceTable& table;
    const ImportPlan& plan;
    const Project& project;
    const ImportContext& context;

    std::size_t rowCount() const { return table.rowCount(); }
    // Cheap enough for every row: throws Stopped, and reports progress between `from` and `to`.
    void checkpoint(std::size_t row, double from, double to) const {
        if (row % 4096 != 0)
            return;
        if (context.stop.stop_requested())
            throw Stopped();
        if (context.progress)
            context.progress(from + (to - from) * static_cast<double>(row) /
                                        static_cast<double>(std::max<std::size_t>(rowCount(), 1)));
    }
    bool hasFix(ImportFix fix) const;
    // Positions of the plan's columns with that role, those that are in the table.
    std::vector<std::size_t> columnsOf(ColumnRole role) const;
    std::optional<std::size_t> columnOf(ColumnRole role) const; // the first of them
    std::string columnName(std::size_t column) const;           // for people
};

// Whether a track that was recorded at both times (ms UTC, neither kNoTime) is in two pieces there.
inline bool isSilence(std::int64_t beforeMs, std::int64_t afterMs, double gapSeconds) {
    return gapSeconds > 0 && static_cast<double>(afterMs - beforeMs) > gapSeconds * 1000;
}

// The cells of a table by row, without copies where it holds texts. "NA" and the like are no value.
class SourceCells {
public:
    explicit SourceCells(const SourceTable& table) : m_table(table) {}
    // Good until the next call.
    std::string_view at(std::size_t column, std::size_t row);

private:
    const SourceTable& m_table;
    std::string m_buffer;
};

} // namespace cordon
