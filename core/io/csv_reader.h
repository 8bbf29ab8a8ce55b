// Delimited text with places in columns.
#pragma once

#include "core/io/file_bytes.h"
#include "core/io/table_draft.h"

namespace cordon {

// `prj` is the text of a .prj file beside it, if any.
std::shared_ptr<const FeatureTable> readCsv(const FileBytes& bytes, const std::string& path,
                                            const std::string& layerName, const std::string& prj, ReadJob& job);

} // namespace cordon
