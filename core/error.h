// Errors and warnings as the user reads them: one sentence that says what failed, on what, why, and what to do.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace cordon {

// "Could not do it." Thrown where a foreign library or the operating system refuses, caught in each front's main,
// the window's action runner and the workers.
class Error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// The work was stopped on request (a std::stop_token); not a failure, never shown as one.
class Stopped : public std::exception {
public:
    const char* what() const noexcept override { return "stopped"; }
};

// "Did it, but." `leftOut` says that something of the input is missing from the result (exit code 3);
// otherwise it is only advice (an assumption made, a default taken).
struct Warning {
    std::string text;
    bool leftOut = false;

    friend bool operator==(const Warning&, const Warning&) = default;
};
using Warnings = std::vector<Warning>;

} // namespace cordon
