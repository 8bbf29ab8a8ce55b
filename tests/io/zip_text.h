// Archives made by hand.
#pragma once

#include <cstdint>
#include <string>

namespace cordon {

// A zip with one stored file under any name.
inline std::string zipOf(const std::string& name, const std::string& content, unsigned claimedBytes,
                         unsigned mode = 0100644) {
    const auto number = [](std::uint64_t value, std::size_t bytes) {
        std::string text;
        for (std::size_t i = 0; i < bytes; ++i)
            text += static_cast<char>(value >> (8 * i) & 255);
        return text;
    };
    unsigned crc = ~0u;
    for (const char c : content) {
        crc ^= static_cast<unsigned char>(c);
        for (int i = 0; i < 8; ++i)
            crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0u);
    }
    crc = ~crc;
    const std::string sizes = number(crc, 4) + number(static_cast<unsigned>(content.size()), 4) +
                              number(claimedBytes, 4) + number(static_cast<unsigned>(name.size()), 2);
    const std::string local = "PK\x03\x04" + number(20, 2) + number(0, 8) + sizes + number(0, 2) + name + content;
    const std::string central = "PK\x01\x02" + number(0x0314, 2) + number(20, 2) + number(0, 8) + sizes + number(0, 8) +
                                number(mode << 16, 4) + number(0, 4) + name;
    return local + central + "PK\x05\x06" + number(0, 4) + number(1, 2) + number(1, 2) +
           number(static_cast<unsigned>(central.size()), 4) + number(static_cast<unsigned>(local.size()), 4) +
           number(0, 2);
}

} // namespace cordon
