// cordon corridor PROJECT list | add | remove, cordon network PROJECT check | join | unjoin: what a project keeps for
// the analysis of access.
#include "app/cli/access_report.h"
#include "app/cli/cli.h"
#include "app/cli/command.h"
#include "core/io/project_file.h"
#include "core/network/access_json.h"
#include "core/network/corridors.h"

#include <algorithm>
#include <cmath>
#include <ostream>

namespace cordon {
namespace {

struct NetworkOptions {
    std::string project, from, to, name;
    std::vector<std::size_t> numbers;
    double gapMeters = 500, withinMeters = 0;
    bool json = false;
};

void listCorridors(const NetworkOptions& o, const std::vector<SavedCorridor>& corridors,
                   const CommandContext& context) {
    if (o.json) {
        JsonWriter json(context.out);
        json.beginObject().key("corridors").beginArray();
        for (const SavedCorridor& corridor : corridors)
            json.beginObject()
                .member("name", nameOf(corridor))
                .member("from", corridor.from)
                .member("to", corridor.to)
                .end();
        json.end().end();
        return;
    }
    if (corridors.empty())
        context.out << "No corridor is saved; add one with cordon corridor PROJECT add FROM TO.\n";
    for (const SavedCorridor& corridor : corridors)
        context.out << nameOf(corridor) << ": " << corridor.from << " – " << corridor.to << '\n';
}

int runCorridorList(const NetworkOptions& o, const CommandContext& context) {
    Warnings warnings;
    listCorridors(o, loadProject(o.project, warnings)->access.corridors, context);
    return exitCodeOf(warnings);
}

int runCorridorAdd(const NetworkOptions& o, const CommandContext& context) {
    ProjectFile file = ProjectFile::open(o.project, ProjectAccess::ReadWrite);
    Project project = *file.project();
    Warnings ignored;
    const SavedCorridor corridor{o.name, o.from, o.to};
    project.access = withCorridor(std::move(project.access), placesOf(project, ignored), corridor);
    listCorridors(o, file.applyProject("Add corridor " + nameOf(corridor), project)->access.corridors, context);
    return kComplete;
}

int runCorridorRemove(const NetworkOptions& o, const CommandContext& context) {
    ProjectFile file = ProjectFile::open(o.project, ProjectAccess::ReadWrite);
    Project project = *file.project();
    std::string names;
    for (const SavedCorridor& saved : project.access.corridors)
        names += (names.empty() ? "" : ", ") + nameOf(saved);
    if (std::erase_if(project.access.corridors, [&](const SavedCorridor& c) { return nameOf(c) == o.name; }) == 0)
        throw Error("There is no corridor '" + o.name + "' in the project; " +
                    (names.empty() ? std::string("it has none.") : "it has " + names + "."));
    listCorridors(o, file.applyProject("Remove corridor " + o.name, project)->access.corridors, context);
    return kComplete;
}

std::shared_ptr<const AccessNetwork> networkOf(const NetworkOptions& o, const Project& project) {
    GraphOptions options;
    options.gapMeters = o.gapMeters;
    return prepareNetwork(project, options);
}

int tellHealth(const NetworkOptions& o, const Project& project, Warnings warnings, const CommandContext& context) {
    const auto network = networkOf(o, project);
    warnings.insert(warnings.end(), network->warnings.begin(), network->warnings.end());
    if (o.json) {
        JsonWriter json(context.out);
        json.beginObject();
        writeHealth(json, *network);
        writeWarnings(json, warnings);
        json.end();
        return exitCodeOf(warnings);
    }
    for (const Warning& warning : warnings)
        context.err << "cordon: warning: " << warning.text << '\n';
    printHealth(context.out, *network, 1000);
    for (const Island& island : network->health.islands)
        context.out << "  island of " << island.nodes << " nodes, " << std::lround(island.lengthMeters / 1000)
                    << " km, at " << island.at.lonDegrees << ',' << island.at.latDegrees << '\n';
    for (std::size_t i = 0; i < project.access.joins.size(); ++i)
        context.out << "  accepted join " << i + 1 << ": " << project.access.joins[i].from.lonDegrees << ','
                    << project.access.joins[i].from.latDegrees << " to " << project.access.joins[i].to.lonDegrees << ','
                    << project.access.joins[i].to.latDegrees << '\n';
    return exitCodeOf(warnings);
}

int runCheck(const NetworkOptions& o, const CommandContext& context) {
    Warnings warnings;
    const auto project = loadProject(o.project, warnings);
    return tellHealth(o, *project, warnings, context);
}

int runJoin(const NetworkOptions& o, const CommandContext& context) {
    ProjectFile file = ProjectFile::open(o.project, ProjectAccess::ReadWrite);
    Project project = *file.project();
    const std::vector<LooseEnd> ends = networkOf(o, project)->health.suggestedJoins;
    if (o.numbers.empty() && o.withinMeters <= 0)
        throw UsageError("Nothing says which loose ends to join: give their numbers as cordon network PROJECT check "
                         "lists them, or --within METRES.");
    std::size_t joined = 0;
    for (std::size_t i = 0; i < ends.size(); ++i)
        if (ends[i].gapMeters <= o.withinMeters || std::ranges::find(o.numbers, i + 1) != o.numbers.end()) {
            project.access.joins.push_back({ends[i].at, ends[i].join});
            ++joined;
        }
    for (const std::size_t number : o.numbers)
        if (number < 1 || number > ends.size())
            throw UsageError("There is no loose end " + std::to_string(number) +
                             "; cordon network PROJECT check lists " + std::to_string(ends.size()) + ".");
    if (joined == 0)
        throw Error("No loose end is as near to a road as that; cordon network PROJECT check lists them.");
    const auto after = file.applyProject(
        joined == 1 ? "Join a loose road end" : "Join " + std::to_string(joined) + " loose road ends", project);
    return tellHealth(o, *after, {}, context);
}

int runUnjoin(const NetworkOptions& o, const CommandContext& context) {
    ProjectFile file = ProjectFile::open(o.project, ProjectAccess::ReadWrite);
    Project project = *file.project();
    std::vector<RoadJoin> left;
    for (std::size_t i = 0; i < project.access.joins.size(); ++i)
        if (std::ranges::find(o.numbers, i + 1) == o.numbers.end())
            left.push_back(project.access.joins[i]);
    if (left.size() == project.access.joins.size())
        throw UsageError("There is no such accepted join; cordon network PROJECT check lists " +
                         std::to_string(left.size()) + ".");
    project.access.joins = std::move(left);
    const auto after = file.applyProject("Take back joins of road ends", project);
    return tellHealth(o, *after, {}, context);
}

using NetworkRun = int (*)(const NetworkOptions&, const CommandContext&);

// The command of a project, and how to add its subcommands.
CLI::App* addProjectCommand(CLI::App& app, const char* name, const char* help,
                            const std::shared_ptr<NetworkOptions>& o) {
    CLI::App* command = app.add_subcommand(name, help);
    command->add_option("PROJECT", o->project, "The project file")
        ->required()
        ->check([command](const std::string& given) {
            const auto named = command->get_subcommands([&](const CLI::App* sub) { return sub->get_name() == given; });
            return named.empty() ? std::string()
                                 : "the project comes first: cordon " + command->get_name() + " PROJECT " + given;
        });
    command->require_subcommand(1);
    return command;
}

CLI::App* addTo(CLI::App& parent, const char* name, const char* help, NetworkRun function,
                const std::shared_ptr<NetworkOptions>& o, const CommandContext& context, Run& run) {
    CLI::App* command = parent.add_subcommand(name, help);
    command->add_flag("--json", o->json, "Answer as one JSON document on standard output");
    command->callback([o, context, function, &run] { run = [o, context, function] { return function(*o, context); }; });
    return command;
}

} // namespace

void addCorridorCommand(CLI::App& app, const CommandContext& context, Run& run) {
    auto o = std::make_shared<NetworkOptions>();
    CLI::App* corridor = addProjectCommand(app, "corridor", "Keep the corridors that cordon access watches", o);
    addTo(*corridor, "list", "List them", runCorridorList, o, context, run);
    CLI::App* add = addTo(*corridor, "add", "Add one", runCorridorAdd, o, context, run);
    add->add_option("FROM", o->from, "Where it begins: the name of a place, or LON,LAT of one")->required();
    add->add_option("TO", o->to, "Where it leads to")->required();
    add->add_option("--name", o->name, "What to call it; by its ends unless given")->option_text("NAME");
    CLI::App* remove = addTo(*corridor, "remove", "Remove one", runCorridorRemove, o, context, run);
    remove->add_option("NAME", o->name, "As list tells it")->required();
    corridor->footer("Examples:\n"
                     "  cordon corridor mali.gpkg add Kidira Bamako --name Dakar\n"
                     "  cordon access mali.gpkg --from Bamako --series 2025-08-01 2025-11-30 -o sheet.pdf");
}

void addNetworkCommand(CLI::App& app, const CommandContext& context, Run& run) {
    auto o = std::make_shared<NetworkOptions>();
    CLI::App* network = addProjectCommand(app, "network", "Look after the road network: loose ends, islands", o);
    const auto withGap = [&](CLI::App* command) {
        command->add_option("--gap", o->gapMeters, "Tell of loose ends as near to another road; 500")
            ->option_text("METRES")
            ->check(CLI::Range(0.0, 50000.0));
        return command;
    };
    withGap(addTo(*network, "check", "Tell what is doubtful about the roads", runCheck, o, context, run));
    CLI::App* join = withGap(
        addTo(*network, "join", "Accept that loose ends meet the road they are near to", runJoin, o, context, run));
    join->add_option("NUMBER", o->numbers, "As check numbers them");
    join->add_option("--within", o->withinMeters, "All that are as near")
        ->option_text("METRES")
        ->check(CLI::Range(0.0, 50000.0));
    CLI::App* unjoin = withGap(addTo(*network, "unjoin", "Take an accepted join back", runUnjoin, o, context, run));
    unjoin->add_option("NUMBER", o->numbers, "As check numbers the accepted ones")->required();
    network->footer("Examples:\n"
                    "  cordon network mali.gpkg check\n"
                    "  cordon network mali.gpkg join 1 2\n"
                    "  cordon network mali.gpkg join --within 50");
}

} // namespace cordon
