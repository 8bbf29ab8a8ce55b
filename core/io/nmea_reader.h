// NMEA 0183 logs of GPS receivers: the way as one track, WPL sentences as waypoints.
#pragma once

#include "core/io/file_bytes.h"
#include "core/io/read_job.h"

namespace cordon {

// GGA, RMC, GLL and GNS of any talker make fixes, those of one instant together one; dates come from RMC and ZDA, go
// back to the fixes before the first of them and on over midnight. Lines with a wrong checksum are left out and
// counted. Throws Error if there is no position.
std::vector<std::shared_ptr<const FeatureTable>> readNmea(const FileBytes& bytes, const std::string& path,
                                                          const std::string& stem, ReadJob& job);

} // namespace cordon
