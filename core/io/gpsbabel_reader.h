// What only gpsbabel reads (FIT, TCX, IGC and other formats of receivers), where that program is installed.
#pragma once

#include "core/io/read_job.h"

namespace cordon {

// Runs it with limits on memory and time and reads the GPX it writes. `format` is its name for the format. Throws
// Error.
std::vector<std::shared_ptr<const FeatureTable>> readWithGpsbabel(const std::string& path, const std::string& format,
                                                                  std::uint64_t inputBytes, ReadJob& job);

} // namespace cordon
