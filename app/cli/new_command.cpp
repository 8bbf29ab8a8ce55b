#include "app/cli/cli.h"
#include "app/cli/command.h"
#include "core/geo/crs.h"
#include "core/io/data_folder.h"
#include "core/io/project_file.h"

#include <filesystem>
#include <ostream>

namespace cordon {
namespace {

struct NewOptions {
    CommonOptions common;
    std::string project, title, crs;
    bool sample = false, overwrite = false, noOverwrite = false;
};

// Replacing a file must not cost anybody work: a project in which nothing was done since it was made may go, anything
// else only when asked for.
void requireReplaceable(const NewOptions& options) {
    if (options.overwrite || options.noOverwrite || !std::filesystem::exists(options.project))
        return;
    if (!isProjectFile(options.project))
        throw Error(
            "'" + options.project +
            "' is there already and is no Cordon project; name another file, or say --overwrite to replace it.");
    if (!ProjectFile::open(options.project, ProjectAccess::ReadOnly).history(1).empty())
        throw Error("'" + options.project +
                    "' is a project that has been worked in; name another file, or say --overwrite to replace it "
                    "with its history.");
}

int runNew(NewOptions options, const CommandContext& context) {
    if (!options.crs.empty())
        Crs::fromText(options.crs);
    requireReplaceable(options);
    if (options.sample)
        options.common.sources.insert(options.common.sources.begin(), sampleRecipePath());
    const LoadResult loaded = loadWithProgress(options.common, context);
    reportWarnings(loaded.warnings, options.common, context);
    Project project = *loaded.project;
    if (!options.title.empty())
        project.map.title = options.title;
    if (!options.crs.empty())
        project.map.crs = options.crs;
    if (loaded.recipe && !loaded.recipe->asOf.empty())
        project.map.asOf = options.common.zone().asOf(loaded.recipe->asOf);
    const bool isEmpty = project.layers.empty();
    if (isEmpty) // so that the first report has a layer to be drawn in
        project = withSituation(std::move(project), std::make_shared<const Situation>());
    const ProjectFile file =
        ProjectFile::create(options.project, std::make_shared<const Project>(std::move(project)), !options.noOverwrite);
    if (!options.common.quiet)
        context.err << "cordon: made '" << file.path() << "' with " << file.project()->layers.size() << " layers\n";
    return exitCodeOf(loaded.warnings);
}

} // namespace

void addNewCommand(CLI::App& app, const CommandContext& context, Run& run) {
    auto options = std::make_shared<NewOptions>();
    CLI::App* command = app.add_subcommand("new", "Make a project: one file that keeps layers, reports and history");
    command->add_option("PROJECT", options->project, "The file to make, such as kayes.gpkg")->required();
    options->common.addSources(*command, false);
    command->add_flag("-q,--quiet", options->common.quiet, "No progress and no advice");
    command->add_flag("--strict", options->common.strict, "Fail when something would be left out");
    command->add_flag("--sample", options->sample, "Fill it with the sample: Mali 2025 (illustrative)");
    command->add_option("--title", options->title, "Title of its maps")->option_text("TEXT");
    command->add_option("--crs", options->crs, "Projection of its maps")->option_text("CRS");
    command->add_flag("--overwrite", options->overwrite, "Replace whatever file is there");
    command->add_flag("--no-overwrite", options->noOverwrite, "Refuse to replace a file");
    command->footer("A project is a GeoPackage that other GIS open too; every edit in it is durable at once.\n"
                    "Examples:\n"
                    "  cordon new kayes.gpkg regions.shp roads.geojson records.csv --title \"Access, Kayes\"\n"
                    "  cordon new mali-2025.gpkg --sample");
    command->callback([options, context, &run] { run = [options, context] { return runNew(*options, context); }; });
}

} // namespace cordon
