#include "app/cli/command.h"

#include "app/cli/cli.h"
#include "app/cli/progress_bar.h"
#include "core/io/delimited_text.h"
#include "core/json_writer.h"

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
    command
        .add_option("--timezone", timezone,
                    "Zone of dates without one, such as +01:00 or Africa/Bamako; UTC unless given")
        ->option_text("ZONE");
}

TimeZone CommonOptions::zone() const {
    return TimeZone::fromText(timezone);
}

LoadResult loadWithProgress(const CommonOptions& options, const CommandContext& context) {
    ProgressBar bar(context.err, "Reading", !options.quiet);
    ReadOptions read;
    read.stop = context.stop;
    read.progress = [&](double fraction) { bar.show(fraction); };
    return loadSources(options.sources, read);
}

TimePoint dateOption(const std::string& name, const std::string& text, const TimeZone& zone) {
    try {
        return zone.asOf(text);
    } catch (const Error& error) {
        throw UsageError(name + ": " + error.what());
    }
}

std::optional<Grade> gradeOption(const std::string& text) {
    const auto grade = Grade::fromText(text);
    if (!grade && !text.empty())
        throw UsageError("--grade '" + text + "' is not an Admiralty grade; write it like B2, from A1 to F6.");
    return grade;
}

void reportWarnings(const Warnings& warnings, const CommonOptions& options, const CommandContext& context) {
    for (const Warning& warning : warnings)
        if (warning.leftOut || !options.quiet)
            context.err << "cordon: warning: " << printableText(warning.text) << '\n';
    if (options.strict && exitCodeOf(warnings) == kLeftOut)
        throw Error("Something would be left out, as the warnings say, and --strict asks for all or nothing; mend the "
                    "input or run without --strict.");
}

int exitCodeOf(const Warnings& warnings) {
    const bool leftOut =
        std::any_of(warnings.begin(), warnings.end(), [](const Warning& warning) { return warning.leftOut; });
    return leftOut ? kLeftOut : kComplete;
}

void writeWarnings(JsonWriter& json, const Warnings& warnings) {
    json.key("warnings").beginArray();
    for (const Warning& warning : warnings)
        json.value(warning.text);
    json.end();
}

} // namespace cordon
