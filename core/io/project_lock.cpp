#include "core/io/project_lock.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace cordon {
namespace {
namespace fs = std::filesystem;

// Far beyond any byte of a database and of SQLite's own locks (at 1 GiB).
constexpr off_t kLockOffset = off_t{1} << 61;

} // namespace

ProjectLock::ProjectLock(ProjectLock&& other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}

ProjectLock& ProjectLock::operator=(ProjectLock&& other) noexcept {
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

// Closing any descriptor of a file drops SQLite's POSIX locks on it in this process: keep the object until the database
// is closed.
ProjectLock::~ProjectLock() {
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

ProjectLock::Result ProjectLock::take(const std::string& path) {
    if (m_descriptor < 0)
        m_descriptor = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    if (m_descriptor < 0)
        return Result::NotSupported;
    struct flock lock {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    lock.l_start = kLockOffset;
    lock.l_len = 1;
    // An "open file description" lock belongs to the descriptor, not to the process: two windows of one process exclude
    // each other too.
    if (::fcntl(m_descriptor, F_OFD_SETLK, &lock) == 0)
        return Result::Taken;
    return errno == EAGAIN || errno == EACCES ? Result::HeldByOther : Result::NotSupported;
}

std::string holderOf(const std::string& path) {
    struct stat ours {};
    if (::stat(path.c_str(), &ours) != 0)
        return "another Cordon";
    std::error_code error;
    for (const fs::directory_entry& process : fs::directory_iterator("/proc", error)) {
        const std::string pid = process.path().filename().string();
        if (pid.find_first_not_of("0123456789") != std::string::npos || pid == std::to_string(::getpid()))
            continue;
        std::string name;
        std::getline(std::ifstream(process.path() / "comm") >> std::ws, name);
        if (!name.starts_with("cordon")) // a GIS may have it open too, without this lock
            continue;
        std::error_code unreadable; // another user's
        for (const fs::directory_entry& file : fs::directory_iterator(process.path() / "fd", unreadable)) {
            struct stat theirs {};
            const bool isSame = ::stat(file.path().c_str(), &theirs) == 0 && theirs.st_ino == ours.st_ino &&
                                theirs.st_dev == ours.st_dev;
            if (isSame)
                return "another Cordon (process " + pid + ")";
        }
    }
    return "another Cordon";
}

} // namespace cordon
