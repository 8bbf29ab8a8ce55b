// The formats that are text, written by ourselves. Private to vector_writer.
#pragma once

#include "core/io/vector_writer.h"

#include <iosfwd>

namespace cordon {

void writeGeoJson(const FeatureTable& table, std::ostream& out, bool inLines, const WriteOptions& options);
void writeCsv(const FeatureTable& table, std::ostream& out, const WriteOptions& options, Warnings& warnings);
void writeGpx(const FeatureTable& table, std::ostream& out, const WriteOptions& options);
void writeKml(const FeatureTable& table, std::ostream& out, const WriteOptions& options);

// Throws Stopped when asked to, and tells the progress now and then. For the loop over features.
inline void stepWriting(const WriteOptions& options, std::uint32_t feature, std::uint32_t count) {
    if (feature % 1024 != 0)
        return;
    if (options.stop.stop_requested())
        throw Stopped{};
    if (options.progress)
        options.progress(count ? static_cast<double>(feature) / count : 1);
}

} // namespace cordon
