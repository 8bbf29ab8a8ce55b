// Situation records from CSV and GeoJSON in the documented columns (README, "Situation records"), and actors from CSV.
#pragma once

#include "core/error.h"
#include "core/model/record.h"

#include <string>
#include <utility>
#include <vector>

namespace cordon {

struct SituationResult {
    Situation situation;
    Warnings warnings; // rows left out are named with line, column, value and reason
};

// True when the file's header has our columns (`kind` and `valid_from`).
bool looksLikeRecords(const std::string& path);
// Adds the records of `added`, and its actors where their id is not known yet.
void appendSituation(Situation& situation, const Situation& added);
SituationResult readRecords(const std::string& path);
// One record from texts by column name, as a form or a command line gives them; `id` may be absent. Throws Error.
Record readRecord(const std::vector<std::pair<std::string, std::string>>& values);
std::vector<Actor> readActors(const std::string& path, Warnings& warnings);

} // namespace cordon
