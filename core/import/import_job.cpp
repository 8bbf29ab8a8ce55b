#include "core/import/import_job.h"

#include "core/io/csv_columns.h"

#include <algorithm>

namespace cordon {

bool ImportJob::hasFix(ImportFix fix) const {
    return std::find(plan.fixes.begin(), plan.fixes.end(), fix) != plan.fixes.end();
}

std::vector<std::size_t> ImportJob::columnsOf(ColumnRole role) const {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < std::min(plan.columns.size(), table.columns.size()); ++i)
        if (plan.columns[i].role == role)
            found.push_back(i);
    return found;
}

std::optional<std::size_t> ImportJob::columnOf(ColumnRole role) const {
    const std::vector<std::size_t> found = columnsOf(role);
    return found.empty() ? std::nullopt : std::optional(found.front());
}

std::string ImportJob::columnName(std::size_t column) const {
    const std::string& name = table.columns[column];
    return name.empty() ? "column " + std::to_string(column + 1) : name;
}

std::string_view SourceCells::at(std::size_t column, std::size_t row) {
    std::string_view value;
    if (m_table.features) {
        if (column >= m_table.features->columns.size())
            return {};
        const Column& values = m_table.features->columns[column];
        if (values.type == FieldType::Text && !values.isNull(row)) {
            value = values.textAt(row);
        } else {
            m_buffer = m_table.features->valueAsText(values, row);
            value = m_buffer;
        }
    } else if (column < m_table.cells.size()) {
        value = m_table.cells[column].at(row);
    }
    value = trimmedCell(value);
    return isNullText(value) ? std::string_view() : value;
}

} // namespace cordon
