// What the reader process hands to its parent: tables and warnings, or one sentence, as plain bytes. Same machine, same
// program version, so numbers go as they lie in memory; the parent still believes nothing of it unchecked.
#pragma once

#include "core/io/vector_reader.h"

#include <string_view>

namespace cordon {

// Throws Error if the file descriptor cannot be written to.
void writeResult(int fd, const ImportResult& result);
void writeFailure(int fd, const std::string& sentence);

// Throws Error with the sentence of writeFailure(), or one of its own if the bytes make no sense; `label` is the file
// read, for that.
ImportResult readResult(std::string_view bytes, const std::string& label);

} // namespace cordon
