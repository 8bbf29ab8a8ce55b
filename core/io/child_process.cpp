#include "core/io/child_process.h"

#include "core/error.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

extern char** environ;

namespace cordon {

namespace {

class Descriptor {
public:
    explicit Descriptor(int fd = -1) : m_fd(fd) {}
    Descriptor(Descriptor&& other) noexcept : m_fd(std::exchange(other.m_fd, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(m_fd, other.m_fd);
        return *this;
    }
    ~Descriptor() { reset(); }
    void reset() {
        if (m_fd >= 0)
            close(std::exchange(m_fd, -1));
    }
    int get() const { return m_fd; }

private:
    int m_fd;
};

[[noreturn]] void failToStart(const std::string& program, int error) {
    throw Error("Cannot start " + program + ": " + std::strerror(error) + "; reinstall Cordon or free some memory.");
}

// Kills and reaps unless it was reaped.
class Child {
public:
    explicit Child(pid_t pid) : m_pid(pid) {}
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child() {
        if (m_pid > 0)
            finish(true);
    }
    int finish(bool killFirst) {
        if (killFirst)
            kill(m_pid, SIGKILL);
        int status = 0;
        while (waitpid(m_pid, &status, 0) < 0 && errno == EINTR) {
        }
        m_pid = -1;
        return status;
    }

private:
    pid_t m_pid;
};

pid_t spawn(const std::string& program, const std::vector<std::string>& arguments, int resultFd, int progressFd) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, resultFd, kResultFd);
    posix_spawn_file_actions_adddup2(&actions, progressFd, kProgressFd);
    std::vector<char*> argv{const_cast<char*>(program.c_str())};
    for (const std::string& argument : arguments)
        argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    pid_t pid = -1;
    const int error = posix_spawn(&pid, program.c_str(), &actions, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0)
        failToStart(program, error);
    return pid;
}

// Above the two numbers that the child gets, so that dup2() there overwrites neither.
Descriptor movedUp(int fd) {
    const int moved = fcntl(fd, F_DUPFD_CLOEXEC, 16);
    const int error = errno;
    close(fd);
    if (moved < 0)
        failToStart("the reader", error);
    return Descriptor(moved);
}

std::string contentsOf(int fd) {
    struct stat status {};
    if (fstat(fd, &status) != 0 || status.st_size <= 0)
        return {};
    std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t count = pread(fd, bytes.data() + done, bytes.size() - done, static_cast<off_t>(done));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            break;
        done += static_cast<std::size_t>(count);
    }
    bytes.resize(done);
    return bytes;
}

} // namespace

ChildResult runChild(const std::string& program, const std::vector<std::string>& arguments,
                     std::chrono::milliseconds timeLimit, const std::function<void(double fraction)>& whileWaiting) {
    const int memoryFd = memfd_create("cordon-result", MFD_CLOEXEC);
    if (memoryFd < 0)
        failToStart(program, errno);
    const Descriptor memory = movedUp(memoryFd);
    std::array<int, 2> pipeFds{};
    if (pipe2(pipeFds.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        failToStart(program, errno);
    const Descriptor progress = movedUp(pipeFds[0]);
    Descriptor childProgress = movedUp(pipeFds[1]);
    Child child(spawn(program, arguments, memory.get(), childProgress.get()));
    childProgress.reset();
    const auto deadline = std::chrono::steady_clock::now() + timeLimit;
    double fraction = 0;
    for (;;) { // until the child closes its end of the pipe, by ending
        pollfd waiting{progress.get(), POLLIN, 0};
        poll(&waiting, 1, 50);
        std::array<char, 256> reports{};
        const ssize_t count = waiting.revents ? read(progress.get(), reports.data(), reports.size()) : -1;
        if (count == 0)
            break;
        if (count > 0)
            fraction = static_cast<double>(reports[static_cast<std::size_t>(count) - 1]) / 100;
        whileWaiting(fraction);
        if (std::chrono::steady_clock::now() > deadline) {
            child.finish(true);
            return {ChildEnd::TimedOut, 0, {}};
        }
    }
    const int status = child.finish(false);
    if (WIFSIGNALED(status))
        return {ChildEnd::Crashed, WTERMSIG(status), {}};
    return {ChildEnd::Exited, WEXITSTATUS(status), contentsOf(memory.get())};
}

} // namespace cordon
