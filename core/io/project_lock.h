// Who may write a project file: an advisory lock on the file itself, gone with the process that holds it however it
// ends, so that no stale lock can stay behind. Internal to io.
#pragma once

#include <string>

namespace cordon {

class ProjectLock {
public:
    enum class Result { Taken, HeldByOther, NotSupported };

    ProjectLock() = default;
    ProjectLock(ProjectLock&& other) noexcept;
    ProjectLock& operator=(ProjectLock&& other) noexcept;
    ~ProjectLock();

    Result take(const std::string& path);

private:
    int m_descriptor = -1;
};

// Who has the file open on this computer: "another Cordon (process 1234)", or "another Cordon" where that cannot be
// seen.
std::string holderOf(const std::string& path);

} // namespace cordon
