// Vector files in. Shapefile, GeoJSON and CSV by readers of our own, straight into columns; every other format through
// GDAL drivers of an allow-list, in a child process where a driver may crash.
#pragma once

#include "core/error.h"
#include "core/model/feature_table.h"

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

namespace cordon {

struct ReadOptions {
    std::optional<std::vector<std::string>> columns; // read only these attributes (others are absent); none = all
    std::string crs;                                 // overrides what the file says ("" = from the file)
    std::string encoding;                            // overrides what the file says ("" = from the file)
    std::string layer;                               // only this layer ("" = all)
    std::set<std::string> leftOut; // files of a folder that are read otherwise; then others may be missing
    bool allowReferences = false;  // let files point to other files or the network (VRT and the like)
    int threads = 0;               // 0 = all cores
    std::stop_token stop;          // throws Stopped
    std::function<void(double fraction)> progress; // 0..1, called from the reading thread at most ~20 times a second
};

struct ImportResult {
    std::vector<std::shared_ptr<const FeatureTable>> tables;
    Warnings warnings;
};

// Reads every layer of a file, a zip of one, or a folder of files. Throws Error (one sentence) when nothing can be had.
ImportResult readVector(const std::string& path, const ReadOptions& options = {});

// What `cordon info` reports in addition for dates: smallest and largest value of the date columns, if any.
struct TimeSpan {
    std::string from, to; // ISO 8601
};
std::optional<TimeSpan> timeSpanOf(const FeatureTable& table);

} // namespace cordon
