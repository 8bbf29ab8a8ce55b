// Geotagged photos as points.
#pragma once

#include "core/io/file_bytes.h"
#include "core/io/read_job.h"
#include "core/io/row_columns.h"
#include "core/io/table_draft.h"

namespace cordon {

// Gathers photos into one table: name, path (to show the picture), time, direction, altitude, camera, description.
class PhotoTable {
public:
    PhotoTable(const std::string& path, ReadJob& job);

    // Those without a position are counted, and left out by finish(). False if the file is no photo.
    bool add(const FileBytes& bytes, const std::string& photoPath, bool isInArchive = false);

    // Null if no photo had a position; warns of those that had none.
    std::shared_ptr<const FeatureTable> finish(const std::string& name);

private:
    const std::string m_path;
    ReadJob& m_job;
    GeometryBuilder m_geometry;
    RowColumns m_columns;
    std::size_t m_unplaced = 0;
    std::string m_firstUnplaced;
};

// One photo. Throws Error if it has no position.
std::vector<std::shared_ptr<const FeatureTable>> readPhoto(const FileBytes& bytes, const std::string& path,
                                                           ReadJob& job);

} // namespace cordon
