// A short name for what something says: FNV-1a, 64 bits. Stable for ever, since ids made from it are kept in files.
#pragma once

#include <cstdint>
#include <string_view>

namespace cordon {

class ContentHash {
public:
    void add(std::string_view bytes) {
        for (const char c : bytes)
            m_hash = (m_hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    }
    void addNumber(std::int64_t number) {
        auto bits = static_cast<std::uint64_t>(number);
        for (int i = 0; i < 8; ++i, bits >>= 8)
            m_hash = (m_hash ^ (bits & 0xff)) * 0x100000001b3;
    }
    std::uint64_t value() const { return m_hash; }

private:
    std::uint64_t m_hash = 0xcbf29ce484222325;
};

} // namespace cordon
