#include "core/io/file_bytes.h"

#include "core/error.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace cordon {

namespace {

constexpr std::size_t kPadding = 64;

struct Descriptor {
    int fd;
    ~Descriptor() {
        if (fd >= 0)
            close(fd);
    }
};

[[noreturn]] void refuse(const std::string& path, int error) {
    if (error == ENOENT || error == ENOTDIR)
        throw Error("Cannot read " + path + ": there is no such file; check the spelling and the folder.");
    if (error == EACCES)
        throw Error("Cannot read " + path + ": you may not read it; change its permissions or copy it.");
    throw Error("Cannot read " + path + ": " + std::strerror(error) + "; check the disk and try again.");
}

} // namespace

FileBytes FileBytes::map(const std::string& path) {
    // Without O_NONBLOCK a named pipe would wait for a writer for ever.
    const Descriptor file{open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
    if (file.fd < 0)
        refuse(path, errno);
    struct stat status {};
    if (fstat(file.fd, &status) != 0)
        refuse(path, errno);
    if (!S_ISREG(status.st_mode))
        throw Error("Cannot read " + path + ": it is not an ordinary file; give a file or a folder of files.");
    FileBytes result;
    result.m_isThere = true;
    const auto size = static_cast<std::size_t>(status.st_size);
    if (size == 0)
        return own({});
    // Room for the padding is reserved first and the file mapped over its beginning.
    const std::size_t reserved = size + kPadding;
    void* const base = mmap(nullptr, reserved, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (base == MAP_FAILED)
        throw Error("Cannot read " + path + ": it does not fit into memory; split the file.");
    result.m_mapping = base;
    result.m_mappedSize = reserved;
    if (mmap(base, size, PROT_READ, MAP_PRIVATE | MAP_FIXED, file.fd, 0) == MAP_FAILED)
        refuse(path, errno);
    madvise(base, size, MADV_WILLNEED);
    result.m_view = {static_cast<const char*>(base), size};
    return result;
}

FileBytes FileBytes::own(std::string bytes) {
    FileBytes result;
    result.m_isThere = true;
    const std::size_t size = bytes.size();
    bytes.append(kPadding, '\0');
    result.m_owned = std::move(bytes);
    result.m_view = std::string_view(result.m_owned).substr(0, size);
    return result;
}

FileBytes::FileBytes(FileBytes&& other) noexcept {
    *this = std::move(other);
}

FileBytes& FileBytes::operator=(FileBytes&& other) noexcept {
    if (this == &other)
        return *this;
    if (m_mapping)
        munmap(m_mapping, m_mappedSize);
    const std::size_t size = other.m_view.size();
    m_mapping = std::exchange(other.m_mapping, nullptr);
    m_mappedSize = std::exchange(other.m_mappedSize, 0);
    m_isThere = std::exchange(other.m_isThere, false);
    m_owned = std::move(other.m_owned);
    // A moved short string lives at a new address.
    m_view = m_mapping ? other.m_view : std::string_view(m_owned).substr(0, size);
    other.m_owned.clear();
    other.m_view = {};
    return *this;
}

void FileBytes::release(std::string_view part) const {
    constexpr std::size_t kPage = std::size_t{1} << 16; // a multiple of every page size in use
    if (!m_mapping)
        return;
    const auto before = static_cast<std::size_t>(part.data() - m_view.data());
    const std::size_t first = (before + kPage - 1) / kPage * kPage, last = (before + part.size()) / kPage * kPage;
    if (first < last)
        madvise(static_cast<char*>(m_mapping) + first, last - first, MADV_DONTNEED);
}

FileBytes::~FileBytes() {
    if (m_mapping)
        munmap(m_mapping, m_mappedSize);
}

} // namespace cordon
