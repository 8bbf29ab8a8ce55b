// Files inside a zip, read into memory: nothing is ever written to disk.
#pragma once

#include "core/io/file_bytes.h"

#include <cstdint>
#include <vector>

namespace cordon {

struct ArchiveEntry {
    std::string name; // with folders, as in the archive
    std::uint64_t claimedBytes = 0;
};

// Files only, without those of hidden folders and macOS's resource forks. Throws Error if it is no zip.
std::vector<ArchiveEntry> listZip(const std::string& path);

// Throws Error for what cannot be unpacked, or grows beyond any honest size.
FileBytes readZipEntry(const std::string& path, const std::string& name);

// A new zip of one file. False if it cannot be written.
bool writeZip(const std::string& path, const std::string& name, const std::string& bytes);

// How GDAL names the entry.
inline std::string gdalPathOfZipEntry(const std::string& path, const std::string& name) {
    return "/vsizip/{" + path + "}/" + name;
}

} // namespace cordon
