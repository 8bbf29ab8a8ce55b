#include "core/io/data_folder.h"

#include "core/error.h"

#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace cordon {
namespace fs = std::filesystem;

std::string dataFolder() {
    if (const char* folder = std::getenv("CORDON_DATA"); folder && *folder) {
        if (!fs::is_directory(folder))
            throw Error(
                "The folder '" + std::string(folder) +
                "' that CORDON_DATA names does not exist; unset CORDON_DATA or set it to Cordon's data folder.");
        return folder;
    }
    std::error_code error;
    if (const std::string folder = programFolder(); !folder.empty()) {
        const fs::path installed = fs::path(folder).parent_path() / "share" / "cordon";
        if (fs::is_directory(installed, error))
            return installed.string();
    }
    if (fs::is_directory(CORDON_SOURCE_DATA, error))
        return CORDON_SOURCE_DATA;
    throw Error("Cordon's data folder is missing; install Cordon again or set CORDON_DATA to the folder.");
}

std::string sampleRecipePath() {
    return (fs::path(dataFolder()) / "mali-2025" / "mali-2025.json").string();
}

std::string programFolder() {
    std::error_code error;
    return fs::read_symlink("/proc/self/exe", error).parent_path().string();
}

} // namespace cordon
