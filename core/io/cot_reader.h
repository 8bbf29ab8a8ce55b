// Cursor-on-Target, the XML that TAK apps exchange: one event or many in a file.
#pragma once

#include "core/io/file_bytes.h"
#include "core/io/read_job.h"

namespace cordon {

// Columns: uid, callsign, type, how, time, begin (start), end (stale), ce and le (errors in metres), speed, course,
// remarks. Drawn shapes and routes become lines. Throws Error.
std::vector<std::shared_ptr<const FeatureTable>> readCursorOnTarget(const FileBytes& bytes, const std::string& path,
                                                                    const std::string& stem, ReadJob& job);

} // namespace cordon
