// What the subcommands share: the options every command has, reading sources with progress, reporting warnings.
#pragma once

#include "app/cli/time_zone.h"
#include "core/io/recipe.h"

#include <CLI/CLI.hpp>
#include <functional>
#include <iosfwd>
#include <stop_token>
#include <string>
#include <vector>

namespace cordon {

struct CommandContext {
    std::ostream& out;
    std::ostream& err;
    std::stop_token stop;
};

struct CommonOptions {
    std::vector<std::string> sources;
    bool json = false;
    bool quiet = false;
    bool strict = false;
    std::string asOf, knownBy, timezone;

    // `what` is what --json prints, for its help.
    void addTo(CLI::App& command, const std::string& what); // all of them
    void addSources(CLI::App& command, bool required);
    void addAnswer(CLI::App& command, const std::string& what); // --json, --quiet, --strict
    TimeZone zone() const;                                      // throws UsageError
};

// A subcommand adds its options to `app` and stores in `run` what is to be done when it was chosen; `run` returns the
// exit code.
using Run = std::function<int()>;
void addRenderCommand(CLI::App& app, const CommandContext& context, Run& run);
void addInfoCommand(CLI::App& app, const CommandContext& context, Run& run);
void addNewCommand(CLI::App& app, const CommandContext& context, Run& run);
void addImportCommand(CLI::App& app, const CommandContext& context, Run& run);
void addReportCommand(CLI::App& app, const CommandContext& context, Run& run);
void addChangesCommand(CLI::App& app, const CommandContext& context, Run& run);
void addAccessCommand(CLI::App& app, const CommandContext& context, Run& run);
void addCorridorCommand(CLI::App& app, const CommandContext& context, Run& run);
void addNetworkCommand(CLI::App& app, const CommandContext& context, Run& run);
void addCheckCommand(CLI::App& app, const CommandContext& context, Run& run);
void addExportCommand(CLI::App& app, const CommandContext& context, Run& run);

LoadResult loadWithProgress(const CommonOptions& options, const CommandContext& context);

// A date of the command line; throws UsageError that names the option.
TimePoint dateOption(const std::string& name, const std::string& text, const TimeZone& zone);
std::optional<Grade> gradeOption(const std::string& text); // of --grade; "" = any

// Prints the warnings; with --strict throws Error if one tells that something was left out.
void reportWarnings(const Warnings& warnings, const CommonOptions& options, const CommandContext& context);
int exitCodeOf(const Warnings& warnings); // kComplete or kLeftOut
class JsonWriter;
void writeWarnings(JsonWriter& json, const Warnings& warnings); // the member "warnings"

} // namespace cordon
