// KML and KMZ (OGC 12-007): placemarks with their data and times, a table for each folder that holds some.
#pragma once

#include "core/io/file_bytes.h"
#include "core/io/read_job.h"

namespace cordon {

// Columns: Name, description and what else is there; begin and end of a TimeSpan, or the period that a TimeStamp means;
// the extended data with their types. Instants of gx:Track become those of the vertices. Styles, links to other files
// and overlays on the screen are not taken, which a warning says; nothing a link names is opened. `stem` names
// placemarks outside all folders. Throws Error.
std::vector<std::shared_ptr<const FeatureTable>> readKml(const FileBytes& bytes, const std::string& path,
                                                         const std::string& stem, ReadJob& job);

// The main KML of a zip. Throws Error.
std::vector<std::shared_ptr<const FeatureTable>> readKmz(const std::string& path, const std::string& stem,
                                                         ReadJob& job);

} // namespace cordon
