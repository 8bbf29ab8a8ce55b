// A folder of one test's own, removed with all it holds.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

namespace cordon {

class ScratchFolder {
public:
    ScratchFolder() {
        std::string folder = (std::filesystem::temp_directory_path() / "cordon-test-XXXXXX").string();
        if (!::mkdtemp(folder.data()))
            throw std::runtime_error("cannot make " + folder);
        m_path = folder;
    }
    ~ScratchFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;

    std::string path(const std::string& name) const { return (m_path / name).string(); }
    // Returns the file's path.
    std::string write(const std::string& name, const std::string& bytes) const {
        std::filesystem::create_directories((m_path / name).parent_path());
        std::ofstream(m_path / name, std::ios::binary) << bytes;
        return path(name);
    }
    std::size_t fileCount() const {
        std::size_t count = 0;
        for ([[maybe_unused]] const auto& entry : std::filesystem::recursive_directory_iterator(m_path))
            count += entry.is_regular_file();
        return count;
    }

private:
    std::filesystem::path m_path;
};

} // namespace cordon
