// The command line as a function, so that tests call it in process. Exit codes: 0 complete, 1 failed, 2 wrong usage,
// 3 done but something was left out.
#pragma once

#include "core/error.h"

#include <iosfwd>
#include <stop_token>
#include <string>
#include <vector>

namespace cordon {

constexpr int kComplete = 0;
constexpr int kFailed = 1;
constexpr int kWrongUsage = 2;
constexpr int kLeftOut = 3;

// `args` without the program's name. Results go to `out`; progress, warnings and errors to `err`.
int runCli(const std::vector<std::string>& args, std::ostream& out, std::ostream& err, std::stop_token stop = {});

// The command line itself is wrong: exit code 2.
class UsageError : public Error {
public:
    using Error::Error;
};

} // namespace cordon
