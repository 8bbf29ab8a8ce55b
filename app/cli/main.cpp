#include "app/cli/cli.h"

#include <array>
#include <csignal>
#include <iostream>
#include <thread>
#include <unistd.h>

namespace {

std::array<int, 2> wakeUpPipe{-1, -1};

// Only async-signal-safe calls. The first signal asks to stop, so that no half-written file stays; the second kills.
void onSignal(int) {
    const char byte = 1;
    [[maybe_unused]] const ssize_t written = ::write(wakeUpPipe[1], &byte, 1);
}

} // namespace

int main(int argc, char** argv) {
    std::signal(SIGXFSZ, SIG_IGN); // a file-size limit is told as an error of the write, not by dying
    std::stop_source stop;
    if (::pipe(wakeUpPipe.data()) == 0) {
        std::thread([stop]() mutable {
            char byte = 0;
            if (::read(wakeUpPipe[0], &byte, 1) == 1)
                stop.request_stop();
        }).detach();
        struct sigaction action {};
        action.sa_handler = onSignal;
        action.sa_flags = static_cast<int>(SA_RESETHAND);
        ::sigaction(SIGINT, &action, nullptr);
        ::sigaction(SIGTERM, &action, nullptr);
    }
    const int code = cordon::runCli(std::vector<std::string>(argv + std::min(argc, 1), argv + argc), std::cout,
                                    std::cerr, stop.get_token());
    std::cout.flush();
    if (!std::cout) {
        std::cerr << "cordon: Cannot write to standard output; is the disk full or the pipe closed?\n";
        return code == cordon::kWrongUsage ? code : cordon::kFailed;
    }
    return code;
}
