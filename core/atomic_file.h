// Writes a file so that it is either the old one or the whole new one: to a temporary beside it, fsync, rename.
#pragma once

#include <string>

namespace cordon {

class AtomicFile {
public:
    explicit AtomicFile(std::string path); // throws Error when the folder cannot be written to
    ~AtomicFile();                         // removes the temporary unless committed
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;

    const std::string& temporaryPath() const { return m_temporary; } // same folder and suffix as the target
    void commit();                                                   // throws Error; the target is then unchanged

private:
    std::string m_path;
    std::string m_temporary;
    bool m_committed = false;
};

} // namespace cordon
