// GPX 1.0 and 1.1: waypoints, routes and tracks, straight into columns.
#pragma once

#include "core/io/file_bytes.h"
#include "core/io/read_job.h"

namespace cordon {

// Three tables, the empty ones too. The points of routes and tracks are vertices with their heights and times, segments
// of a track its lines; the shape that Garmin hides in extensions of route points is part of the line. A file that is
// broken or cut off gives what was whole, and a warning. `path` is how the user knows the file. Throws Error.
std::vector<std::shared_ptr<const FeatureTable>> readGpx(const FileBytes& bytes, const std::string& path, ReadJob& job);

} // namespace cordon
