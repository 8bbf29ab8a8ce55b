// The options of commands that draw their answer as a map (changes, access).
#pragma once

#include "app/cli/map_request.h"

#include <CLI/CLI.hpp>
#include <string>

namespace cordon {

struct MapOptions {
    std::string output, extent, paper, size, dpi, title, language;
    bool portrait = false, noOverwrite = false;

    // `outputHelp` says what -o draws. Lives as long as the command.
    void addTo(CLI::App& command, const std::string& outputHelp);
    MapRequest request() const; // throws UsageError that names the option
};

} // namespace cordon
