// Every other vector format, through GDAL's drivers.
#pragma once

#include "core/io/read_job.h"
#include "core/io/table_draft.h"

namespace cordon {

struct GdalSource {
    std::string gdalPath;             // what GDAL opens: a file or a path inside an archive
    std::string label;                // how the user knows it
    std::vector<std::string> drivers; // allowed to open it; empty = all of the allow-list
};

// Runs in this process; a driver that crashes takes it down (see child_reader.h). Throws Error for what none can open.
std::vector<std::shared_ptr<const FeatureTable>> readWithGdal(const GdalSource& source, ReadJob& job);

// The part of it that is GDAL's: the tables as the file has them.
std::vector<TableDraft> draftsWithGdal(const GdalSource& source, ReadJob& job);

} // namespace cordon
