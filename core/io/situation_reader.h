// Situation records from CSV and GeoJSON in the documented columns (README, "Situation records"), and actors from CSV.
#pragma once

#include "core/error.h"
#include "core/io/content_hash.h"
#include "core/model/record.h"

#include <map>
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
// Why readRecord() refuses a record; `column` is the one it is about, or "".
class RecordError : public Error {
public:
    RecordError(std::string columnName, std::string badValue, std::string reason);
    RecordError(std::string columnName, std::string badValue, std::string reason, const std::string& text);
    std::string column, value;
    std::string why; // fit to follow column and value: "is not an Admiralty grade, A1 to F6"
};
// One record from texts by column name, as a form or a command line gives them; `id` may be absent. Throws RecordError.
Record readRecord(const std::vector<std::pair<std::string, std::string>>& values);
// The id of a record that brings none, from what it says: the same row is the same record wherever it stands. Rows
// alike in one file are told apart by a number; `made` counts them.
std::string recordIdOf(const ContentHash& hash, std::map<std::string, int>& made);
std::vector<Actor> readActors(const std::string& path, Warnings& warnings);

} // namespace cordon
