// Work in the background that can wait a little.
#pragma once

#include <sys/resource.h>

namespace cordon {

// From now on the calling thread, and those it begins, come after the window's thread and the display server, which on
// two cores would wait for what takes both. Not for pictures: they are waited for.
inline void stepBehindTheWindow() {
    constexpr int kNice = 5;
    ::setpriority(PRIO_PROCESS, 0, kNice); // on Linux of the calling thread alone
}

} // namespace cordon
