#include "core/atomic_file.h"

#include "core/error.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <random>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace cordon {
namespace fs = std::filesystem;
namespace {

[[noreturn]] void fail(const std::string& path, const std::string& why) {
    throw Error("Cannot write '" + path + "': " + why + ".");
}

std::string reasonOf(int error) {
    switch (error) {
    case ENOENT:
        return "its folder does not exist; create the folder or choose another place";
    case EACCES:
    case EPERM:
        return "there is no permission to write in its folder; choose another place";
    case EROFS:
        return "the file system is read-only; choose another place";
    case ENOSPC:
    case EDQUOT:
        return "the disk is full; free some space or choose another place";
    case ENOTDIR:
        return "a part of its path is a file, not a folder; choose another place";
    case ENAMETOOLONG:
        return "the name is too long; choose a shorter one";
    default:
        return std::strerror(error) + std::string("; choose another place");
    }
}

// A link stays a link: what it points to is replaced.
fs::path resolveLink(const fs::path& path) {
    std::error_code ignored;
    if (!fs::is_symlink(fs::symlink_status(path, ignored)))
        return path;
    const fs::path target = fs::weakly_canonical(path, ignored);
    return ignored ? path : target;
}

fs::path folderOf(const fs::path& target) {
    return target.has_parent_path() ? target.parent_path() : fs::path(".");
}

// Creates a new file with the user's usual permissions (mkstemp would keep others from reading a map). Returns its
// descriptor, or -1 with errno set.
int createBeside(const fs::path& target, std::string& temporary) {
    const fs::path folder = folderOf(target);
    std::random_device random;
    for (int attempt = 0; attempt < 100; ++attempt) {
        std::string unique = std::to_string(random());
        temporary =
            (folder / ("." + target.stem().string().substr(0, 100) + "." + unique + target.extension().string()))
                .string();
        const int descriptor = ::open(temporary.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
        if (descriptor >= 0 || errno != EEXIST)
            return descriptor;
    }
    return -1;
}

// rename() alone may reach the disk before the data does, or not at all, when the power fails.
int syncPath(const std::string& path, int flags) {
    const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
    if (descriptor < 0)
        return errno;
    const int result = ::fsync(descriptor) == 0 ? 0 : errno;
    ::close(descriptor);
    // Some file systems (network, FUSE) cannot sync a folder; the rename is then as durable as it gets.
    return result == EINVAL || result == ENOTSUP ? 0 : result;
}

} // namespace

AtomicFile::AtomicFile(std::string path) : m_path(std::move(path)) {
    const fs::path target = resolveLink(m_path);
    std::error_code ignored;
    const fs::file_status status = fs::status(target, ignored);
    if (fs::is_directory(status))
        fail(m_path, "it is a folder; name a file in it");
    if (fs::exists(status) && !fs::is_regular_file(status))
        fail(m_path, "it is a device or pipe, which cannot be replaced; name a file");
    const int descriptor = createBeside(target, m_temporary);
    if (descriptor < 0) {
        // A special file system (/proc) says that a new file does not exist, although its folder does.
        int error = errno;
        if (error == ENOENT && fs::is_directory(folderOf(target), ignored))
            error = EPERM;
        m_temporary.clear();
        fail(m_path, reasonOf(error));
    }
    struct stat old {};
    if (::stat(target.c_str(), &old) == 0)
        ::fchmod(descriptor, old.st_mode & 07777);
    ::close(descriptor);
    m_path = target.string();
}

AtomicFile::~AtomicFile() {
    if (!m_committed && !m_temporary.empty())
        ::unlink(m_temporary.c_str());
}

void AtomicFile::commit() {
    if (const int error = syncPath(m_temporary, O_RDONLY))
        fail(m_path, reasonOf(error));
    if (::rename(m_temporary.c_str(), m_path.c_str()) != 0)
        fail(m_path, reasonOf(errno));
    m_committed = true;
    syncPath(folderOf(m_path).string(), O_RDONLY | O_DIRECTORY);
}

} // namespace cordon
