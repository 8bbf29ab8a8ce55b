#include "app/cli/cli.h"
#include "app/cli/command.h"
#include "app/cli/progress_bar.h"
#include "core/io/project_file.h"
#include "core/io/situation_table.h"
#include "core/io/vector_writer.h"
#include "core/json_writer.h"

#include <algorithm>
#include <ostream>

namespace cordon {
namespace {

struct ExportCommandOptions {
    CommonOptions common;
    std::string layer, output, grade;
    std::optional<int> incidentDays;
    bool noOverwrite = false, bom = false;
};

TimeFilter filterOf(const ExportCommandOptions& o, const LoadResult& loaded) {
    const TimeZone zone = o.common.zone();
    TimeFilter filter;
    filter.asOf = loaded.project && loaded.project->map.asOf ? *loaded.project->map.asOf : ProjectFile::currentTime();
    if (loaded.recipe) {
        filter.incidentDays = loaded.recipe->incidentDays;
        if (!loaded.recipe->asOf.empty())
            filter.asOf = zone.asOf(loaded.recipe->asOf);
        if (!loaded.recipe->knownBy.empty())
            filter.knownBy = zone.asOf(loaded.recipe->knownBy);
    }
    if (!o.common.asOf.empty())
        filter.asOf = dateOption("--as-of", o.common.asOf, zone);
    if (!o.common.knownBy.empty())
        filter.knownBy = dateOption("--known-by", o.common.knownBy, zone);
    filter.incidentDays = o.incidentDays.value_or(filter.incidentDays);
    filter.atLeastGrade = gradeOption(o.grade);
    return filter;
}

std::string namesOf(const Project& project) {
    std::string names;
    for (const auto& layer : project.layers)
        names += (names.empty() ? "" : ", ") + layer->name;
    return names;
}

// By name or id; the only one where none is named.
const Layer& chosenLayer(const Project& project, const std::string& name) {
    if (name.empty() && project.layers.size() == 1)
        return *project.layers.front();
    if (project.layers.empty())
        throw Error("There is no layer to write in what was read; name a file that has one.");
    if (name.empty())
        throw UsageError("--layer is missing; say which of these to write: " + namesOf(project) + ".");
    const Layer* found = nullptr;
    for (const auto& layer : project.layers)
        if (layer->name == name || layer->id == name) {
            if (found && layer->name == name && found->name == name)
                throw UsageError("--layer '" + name + "' is the name of several layers; say the id of one: " +
                                 found->id + ", " + layer->id + ".");
            found = layer.get();
        }
    if (!found)
        throw UsageError("--layer '" + name + "' is none of the layers, which are " + namesOf(project) + ".");
    return *found;
}

int runExport(const ExportCommandOptions& o, const CommandContext& context) {
    filterOf(o, {}); // what is wrong is told before minutes of reading
    checkVectorOutput(o.output, !o.noOverwrite);
    const LoadResult loaded = loadWithProgress(o.common, context);
    const Layer& layer = chosenLayer(*loaded.project, o.layer);
    const auto kind = recordKindOf(layer.role);
    const TimeFilter filter = filterOf(o, loaded);
    const FeatureTable table = tableToWrite(*loaded.project, layer, filter);
    Warnings warnings = loaded.warnings;
    reportWarnings(warnings, o.common, context);
    WriteOptions options;
    options.overwrite = !o.noOverwrite;
    options.byteOrderMark = o.bom;
    if (!kind)
        options.style = layer.style;
    options.stop = context.stop;
    options.isStrict = o.common.strict;
    ProgressBar bar(context.err, "Writing", !o.common.quiet);
    options.progress = [&](double fraction) { bar.show(fraction); };
    const Warnings written = writeVector(table, o.output, options);
    reportWarnings(written, o.common, context);
    warnings.insert(warnings.end(), written.begin(), written.end());
    if (o.common.json) {
        JsonWriter json(context.out);
        json.beginObject().member("file", o.output).member("layer", layer.name);
        json.member("features", static_cast<std::size_t>(table.featureCount)).member("geometry", table.geometryType);
        json.key("as_of");
        kind ? json.value(formatIso(filter.asOf)) : json.null();
        writeWarnings(json, warnings);
        json.end();
    } else if (!o.common.quiet) {
        context.err << "cordon: wrote " << table.featureCount << " features of '" << layer.name << "' to '" << o.output
                    << "'\n";
    }
    return exitCodeOf(warnings);
}

} // namespace

void addExportCommand(CLI::App& app, const CommandContext& context, Run& run) {
    auto o = std::make_shared<ExportCommandOptions>();
    CLI::App* command = app.add_subcommand("export", "Write a layer, or the records in force, to a file of data");
    o->common.addTo(*command, "what was written");
    command
        ->add_option("--layer", o->layer,
                     "The layer: name or id; Control, Road status, Restrictions, Incidents and "
                     "Measures are the records. The only one unless given")
        ->option_text("NAME");
    command->add_option("-o,--output", o->output, "The file: .geojson .geojsonl .gpx .kml .kmz .csv .shp .gpkg .fgb")
        ->required()
        ->option_text("OUT");
    command->add_option("--grade", o->grade, "Only records of this Admiralty grade or better")->option_text("B2");
    command
        ->add_option("--incident-days", o->incidentDays, "Incidents of so many days before the date; 90 unless given")
        ->option_text("N")
        ->check(CLI::Range(1, 36525));
    command->add_flag("--bom", o->bom, "CSV: begin with the mark that tells Excel of UTF-8");
    command->add_flag("--no-overwrite", o->noOverwrite, "Refuse to replace a file");
    command->footer("Examples:\n"
                    "  cordon export roads.shp -o roads.geojson\n"
                    "  cordon export mali.gpkg --layer \"Road status\" --as-of 2025-10-20 -o blocked.kmz\n"
                    "  cordon export mali.gpkg --layer Incidents --grade B2 --bom -o incidents.csv");
    command->callback([o, context, &run] { run = [o, context] { return runExport(*o, context); }; });
}

} // namespace cordon
