// Which columns of a layer tell what a style needs: names, classes, numbers.
#pragma once

#include "core/model/feature_table.h"

#include <initializer_list>
#include <string>
#include <vector>

namespace cordon {

// The first there is of these names; nullptr if none.
const Column* findColumn(const FeatureTable& table, std::initializer_list<const char*> names);
bool isNumber(const Column& column);

// The column a person would read as the feature's name; "" if there is none.
std::string nameField(const FeatureTable& table);

// What stands in a text column, sorted, at most so many.
std::vector<std::string> distinctTexts(const FeatureTable& table, const Column& column, std::size_t most);

} // namespace cordon
