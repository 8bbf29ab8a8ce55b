#include "app/cli/cli.h"

#include "app/cli/command.h"
#include "core/io/delimited_text.h"

#include <algorithm>
#include <new>
#include <ostream>

namespace cordon {
namespace {

// CLI11 ends some messages with a full stop or a line break and some without.
std::string sentence(std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    while (!text.empty() && (text.back() == ' ' || text.back() == '.'))
        text.pop_back();
    return text;
}

void addAll(CLI::App& app, const CommandContext& context, Run& run) {
    app.name("cordon");
    app.set_version_flag("--version", "cordon " CORDON_VERSION);
    app.require_subcommand(0, 1);
    app.footer("cordon COMMAND --help documents every option of a command, with examples.\n"
               "Exit codes: 0 complete; 1 failed; 2 wrong usage; 3 done, but something was left out.");
    addRenderCommand(app, context, run);
    addInfoCommand(app, context, run);
    addNewCommand(app, context, run);
    addImportCommand(app, context, run);
    addReportCommand(app, context, run);
    addChangesCommand(app, context, run);
    addAccessCommand(app, context, run);
    addCorridorCommand(app, context, run);
    addNetworkCommand(app, context, run);
    addCheckCommand(app, context, run);
    addExportCommand(app, context, run);
}

std::string commandNames(const std::vector<CLI::App*>& commands) {
    std::string names;
    for (const CLI::App* command : commands)
        names += (names.empty() ? "" : command == commands.back() ? " and " : ", ") + command->get_name();
    return names;
}

int runCommand(const std::vector<std::string>& args, const CommandContext& context) {
    CLI::App app{"Cordon: who controls what, which roads are cut, and who is cut off, on one dated map."};
    Run run;
    addAll(app, context, run);
    const std::vector<CLI::App*> commands = app.get_subcommands([](CLI::App*) { return true; });
    const auto isNamed = [&](const CLI::App* command) { return command->get_name() == args[0]; };
    if (!args.empty() && !args[0].starts_with('-') && std::none_of(commands.begin(), commands.end(), isNamed))
        throw UsageError("'" + args[0] + "' is not a command; the commands are " + commandNames(commands) +
                         ", see cordon --help.");
    try {
        app.parse(std::vector<std::string>(args.rbegin(), args.rend()));
    } catch (const CLI::CallForHelp&) {
        context.out << app.help();
        return kComplete;
    } catch (const CLI::CallForVersion&) {
        context.out << app.version() << '\n';
        return kComplete;
    } catch (const CLI::ParseError& error) {
        const std::string command = app.get_subcommands().empty() ? "" : app.get_subcommands()[0]->get_name() + " ";
        throw UsageError(sentence(error.what()) + "; see cordon " + command + "--help.");
    }
    if (!run)
        throw UsageError("A command is missing: say one of " + commandNames(commands) + ", see cordon --help.");
    return run();
}

} // namespace

int runCli(const std::vector<std::string>& args, std::ostream& out, std::ostream& err, std::stop_token stop) {
    try {
        return runCommand(args, {out, err, std::move(stop)});
    } catch (const UsageError& error) {
        err << "cordon: " << error.what() << '\n';
        return kWrongUsage;
    } catch (const Error& error) {
        err << "cordon: " << printableText(error.what()) << '\n';
    } catch (const Stopped&) {
        err << "cordon: Stopped before it was done; nothing was written.\n";
    } catch (const std::bad_alloc&) {
        err << "cordon: There is not enough memory; use fewer or smaller files, or a smaller picture.\n";
    } catch (const std::exception& error) {
        err << "cordon: This should not have happened (" << sentence(error.what()) << "); please report it.\n";
    }
    return kFailed;
}

} // namespace cordon
