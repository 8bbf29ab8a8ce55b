// The file a fuzz target writes its input to, one a process, always the same.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <unistd.h>

namespace cordon {

class FuzzFile {
public:
    explicit FuzzFile(const std::string& suffix)
        : m_path((std::filesystem::temp_directory_path() / ("cordon-fuzz-" + std::to_string(::getpid()) + suffix))
                     .string()) {}

    const std::string& path() const { return m_path; }

    void write(std::string_view bytes) const {
        std::ofstream(m_path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    }

private:
    std::string m_path;
};

} // namespace cordon
