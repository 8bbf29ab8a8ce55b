#include "app/cli/command.h"

#include "app/cli/cli.h"
#include "app/cli/progress_bar.h"

#include <algorithm>
#include <ostream>

namespace cordon {

void CommonOptions::addSources(CLI::App& command, bool required) {
    auto* option = command.add_option("SOURCE", sources,
                                      "Projects (.gpkg), vector files, folders of them, situation records (.csv, "
                                      ".geojson) or recipes (.json); - is standard input");
    option->required(required)->option_text("...");
}

void CommonOptions::addAnswer(CLI::App& command, const std::string& what) {
    command.add_flag("--json", json, "Print " + what + " as one JSON document on standard output");
    command.add_flag("-q,--quiet", quiet, "No progress and no advice; errors and what was left out are still named");
    command.add_flag("--strict", strict, "Fail (exit code 1, nothing written) when something would be left out");
}

void CommonOptions::addTo(CLI::App& command, const std::string& what) {
    addSources(command, true);
    addAnswer(command, what);
    command.add_option("--as-of", asOf, "What was true at this date; a date alone is the end of that day")
        ->option_text("DATE");
    command.add_option("--known-by", knownBy, "Only what was known at this date")->option_text("DATE");
    command.add_option("--timezone", timezone, "Zone of dates without one, such as +01:00; UTC unless given")
        ->option_text("OFFSET");
}

std::chrono::minutes CommonOptions::zoneOffset() const {
    if (timezone.empty() || timezone == "UTC" || timezone == "Z")
        return std::chrono::minutes{0};
    const auto parsed = parseTime("2000-01-01T00:00" + timezone);
    if (!parsed || !parsed->hasZone)
        throw UsageError("--timezone '" + timezone + "' is not an offset from UTC; write it as +01:00, -03:30 or UTC.");
    return parsed->offset;
}

LoadResult loadWithProgress(const CommonOptions& options, const CommandContext& context) {
    ProgressBar bar(context.err, "Reading", !options.quiet);
    ReadOptions read;
    read.stop = context.stop;
    read.progress = [&](double fraction) { bar.show(fraction); };
    return loadSources(options.sources, read);
}

TimePoint dateOption(const std::string& name, const std::string& text, std::chrono::minutes zoneOffset) {
    try {
        return parseAsOf(text, zoneOffset);
    } catch (const Error& error) {
        throw UsageError(name + ": " + error.what());
    }
}

void reportWarnings(const Warnings& warnings, const CommonOptions& options, const CommandContext& context) {
    for (const Warning& warning : warnings)
        if (warning.leftOut || !options.quiet)
            context.err << "cordon: warning: " << warning.text << '\n';
    if (options.strict && exitCodeOf(warnings) == kLeftOut)
        throw Error("Something would be left out, as the warnings say, and --strict asks for all or nothing; mend the "
                    "input or run without --strict.");
}

int exitCodeOf(const Warnings& warnings) {
    const bool leftOut =
        std::any_of(warnings.begin(), warnings.end(), [](const Warning& warning) { return warning.leftOut; });
    return leftOut ? kLeftOut : kComplete;
}

} // namespace cordon
