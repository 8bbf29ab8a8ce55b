#pragma once

#include "core/import/source_table.h"

#include <string>

namespace cordon {

// What a layer of the table is called unless somebody says otherwise: a GPX of "day1" has "day1 tracks".
std::string layerNameOf(const SourceTable& table);

} // namespace cordon
