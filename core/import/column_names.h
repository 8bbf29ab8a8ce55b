// What the name of a column says, in English, French, Spanish and Arabic, or its HXL tag. Internal to import.
#pragma once

#include "core/import/import_plan.h"

#include <optional>
#include <string>
#include <string_view>

namespace cordon {

// Lower case, without accents, words divided by single blanks: "grp/_gps_latitude" -> "grp gps latitude",
// "decimalLatitude" -> "decimal latitude", "Coordonnées" -> "coordonnees".
std::string foldedName(std::string_view name);

struct NameMeaning {
    ColumnRole role = ColumnRole::Attribute;
    int rank = 0;      // the smaller the surer: 1 the word itself, 2 the last words, 3 the first ones
    std::string group; // what stands beside it: both columns of a pair have the same
};
std::optional<NameMeaning> meaningOfName(const std::string& folded);
std::optional<NameMeaning> meaningOfTag(std::string_view hxlTag);

// How fine the area is that a column of place names or codes tells: a village before a region. 0: it is none.
int placeNameRank(const std::string& folded);
int placeCodeRank(const std::string& folded);

// Column of situation records that a column of that name holds ("Observations" -> "note"); "" for none.
std::string recordFieldOfName(const std::string& folded);
// Our word for a value of that record column as people write it ("Bloquée", status -> "blocked"); "" for none.
std::string recordWordOf(std::string_view field, std::string_view value);

} // namespace cordon
