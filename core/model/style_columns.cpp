#include "core/model/style_columns.h"

#include "core/model/lowered.h"

#include <algorithm>
#include <functional>
#include <map>

namespace cordon {

const Column* findColumn(const FeatureTable& table, std::initializer_list<const char*> names) {
    for (const char* name : names)
        if (const Column* column = table.findColumn(name))
            return column;
    return nullptr;
}

bool isNumber(const Column& column) {
    return column.type == FieldType::Integer || column.type == FieldType::Real;
}

std::string nameField(const FeatureTable& table) {
    if (const Column* own = findColumn(table, {"featureNam", "name", "nom", "shapeName"}))
        return own->name;
    // Division tables carry the names of their parents too: the deepest is their own.
    for (const char level : {'4', '3', '2', '1', '0'})
        for (std::string name :
             {"admin#Name", "ADM#_FR", "ADM#_EN", "adm#_name", "ADM#NM", "NAME_#", "adm#", "admin#"}) {
            std::replace(name.begin(), name.end(), '#', level);
            if (const Column* column = table.findColumn(name); column != nullptr && column->type == FieldType::Text)
                return column->name;
        }
    if (const Column* column = findColumn(table, {"name_fr", "name_en", "name_long", "label", "title", "titre",
                                                  "libelle", "place", "town", "city", "localite", "village"}))
        return column->name;
    for (const Column& column : table.columns) {
        const std::string name = lowered(column.name);
        if (column.type == FieldType::Text &&
            (name.find("name") != std::string::npos || name.find("nom") == 0 || name.find("_nom") != std::string::npos))
            return column.name;
    }
    return {};
}

std::vector<std::string> distinctTexts(const FeatureTable& table, const Column& column, std::size_t most) {
    std::vector<std::string> values;
    if (column.type != FieldType::Text)
        return values;
    std::map<std::string, bool, std::less<>> seen;
    for (std::size_t row = 0; row < table.featureCount && seen.size() < most; ++row)
        if (!column.isNull(row) && seen.find(column.textAt(row)) == seen.end())
            seen.emplace(column.textAt(row), true);
    for (const auto& [value, unused] : seen)
        values.push_back(value);
    return values;
}

} // namespace cordon
