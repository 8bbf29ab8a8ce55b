// The bytes of one input file: mapped from disk, or held in memory when they come from an archive.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cordon {

class FileBytes {
public:
    FileBytes() = default;
    // Throws Error for what is missing, unreadable or not a regular file. The file must not shrink while it is mapped.
    static FileBytes map(const std::string& path);
    static FileBytes own(std::string bytes);

    FileBytes(FileBytes&& other) noexcept;
    FileBytes& operator=(FileBytes&& other) noexcept;
    ~FileBytes();

    // At least 64 zero bytes follow, so that a scanner needs no check for the end at every byte.
    std::string_view view() const { return m_view; }
    // A part of view() will not be needed soon: a large mapped file need not stay in memory. Still readable.
    void release(std::string_view part) const;
    explicit operator bool() const { return m_isThere; }

private:
    std::string m_owned;
    void* m_mapping = nullptr;
    std::size_t m_mappedSize = 0;
    std::string_view m_view;
    bool m_isThere = false;
};

} // namespace cordon
