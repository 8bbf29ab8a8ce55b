// A zip of stored (not compressed) files under any names, byte by byte, honest or not.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cordon {

struct StoredFile {
    std::string name, content;
    std::optional<std::uint32_t> claimedBytes; // unpacked; absent: the truth
    std::uint32_t mode = 0100644;              // of POSIX: 0120777 is a symbolic link
};

namespace stored_zip {

inline std::string number(std::uint64_t value, std::size_t bytes) {
    std::string text;
    for (std::size_t i = 0; i < bytes; ++i)
        text += static_cast<char>(value >> (8 * i) & 255);
    return text;
}

inline std::uint32_t crcOf(const std::string& content) {
    std::uint32_t crc = ~0u;
    for (const char c : content) {
        crc ^= static_cast<unsigned char>(c);
        for (int i = 0; i < 8; ++i)
            crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0u);
    }
    return ~crc;
}

} // namespace stored_zip

inline std::string zipOf(const std::vector<StoredFile>& files) {
    using stored_zip::number;
    std::string local, central;
    for (const StoredFile& file : files) {
        const std::string sizes = number(stored_zip::crcOf(file.content), 4) + number(file.content.size(), 4) +
                                  number(file.claimedBytes.value_or(file.content.size()), 4) +
                                  number(file.name.size(), 2);
        central += "PK\x01\x02" + number(0x0314, 2) + number(20, 2) + number(0, 8) + sizes + number(0, 8) +
                   number(std::uint64_t{file.mode} << 16, 4) + number(local.size(), 4) + file.name;
        local += "PK\x03\x04" + number(20, 2) + number(0, 8) + sizes + number(0, 2) + file.name + file.content;
    }
    return local + central + "PK\x05\x06" + number(0, 4) + number(files.size(), 2) + number(files.size(), 2) +
           number(central.size(), 4) + number(local.size(), 4) + number(0, 2);
}

} // namespace cordon
