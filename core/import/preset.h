// Files that are known by their columns: who sends them and what each column is. Internal to import.
#pragma once

#include "core/import/import_plan.h"

#include <span>
#include <string>
#include <vector>

namespace cordon {

struct PresetColumn {
    std::string name; // folded
    ColumnRole role = ColumnRole::Field;
    std::string field;
    std::vector<std::pair<std::string, std::string>> values;
};

struct Preset {
    std::string name;
    std::optional<ImportTarget> target;          // none: judged as for any other table
    std::vector<std::vector<std::string>> signs; // folded names; one of each list must be there
    std::vector<PresetColumn> columns;
    std::vector<std::pair<std::string, std::string>> constants; // where no column gives the field
};

// The first that fits; null for none.
const Preset* findPreset(const std::vector<std::string>& foldedNames);
const Preset* presetNamed(const std::string& name);
constexpr const char* kHxl = "HXL"; // told by a row of tags, not by the names of columns

// Files that come without a header: names for their columns if the values are such. Returns whose they are, "" = none.
std::string nameKnownColumns(SourceTable& table);

} // namespace cordon
