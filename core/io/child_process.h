// A helper program started, watched and, if need be, killed.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace cordon {

enum class ChildEnd { Exited, Crashed, TimedOut };

struct ChildResult {
    ChildEnd end = ChildEnd::Exited;
    int exitCodeOrSignal = 0;
    std::string memory; // what it wrote to file descriptor kResultFd
};

constexpr int kResultFd = 3;   // memory file: the result
constexpr int kProgressFd = 4; // pipe: one byte 0..100 per report

// Runs `program` with the arguments, standard input and outputs closed to /dev/null. `whileWaiting` is called some
// twenty times a second with the last progress; what it throws kills the child and goes on. Throws Error if it cannot
// start.
ChildResult runChild(const std::string& program, const std::vector<std::string>& arguments,
                     std::chrono::milliseconds timeLimit, const std::function<void(double fraction)>& whileWaiting);

} // namespace cordon
