// Styles from JSON (README, "Styles"). Internal to io; readStyle() in recipe.h reads a file.
#pragma once

#include "core/io/json.h"
#include "core/model/style.h"

#include <string>

namespace cordon {

// `file` and `where` as in JsonObject. Throws Error.
Style styleFromJson(const Json& json, const std::string& file, const std::string& where);

} // namespace cordon
