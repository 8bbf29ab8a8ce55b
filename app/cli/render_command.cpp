#include "app/cli/cli.h"
#include "app/cli/command.h"
#include "app/cli/map_drawing.h"
#include "app/cli/map_plan.h"
#include "app/cli/map_request.h"
#include "app/cli/progress_bar.h"
#include "app/cli/unplaced.h"
#include "core/json_writer.h"
#include "core/render/export.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <future>
#include <ostream>

namespace cordon {
namespace {

struct RenderOptions {
    CommonOptions common;
    std::string output, extent, center, scale, crs, size, paper, dpi, title, grade, language, layers, incidentDays;
    std::vector<std::string> styles;
    bool landscape = false, portrait = false, sheet = false, noSheet = false, graticule = false, noOverwrite = false;
};

void addViewOptions(CLI::App& command, RenderOptions& o) {
    const std::string group = "View";
    const auto add = [&](const char* name, std::string& value, const char* text, const char* help) {
        return command.add_option(name, value, help)->option_text(text)->group(group);
    };
    auto* extent = add("--extent", o.extent, "W,S,E,N", "What to show, in degrees; all there is unless given");
    auto* center = add("--center", o.center, "LON,LAT", "Centre of the map in degrees; needs --scale");
    auto* scale = add("--scale", o.scale, "1:N", "Scale at the centre of the map");
    extent->excludes(center)->excludes(scale);
    center->needs(scale);
    add("--crs", o.crs, "CRS", "Projection: EPSG:32629, +proj=..., WKT; one that suits the extent unless given");
    auto* size =
        add("--size", o.size, "WxH", "Size in pixels, of the map alone; with --no-sheet 1920x1080 unless given");
    auto* paper = add("--paper", o.paper, "A4..A0", "Paper of the sheet; A4 unless given");
    size->excludes(paper);
    auto* landscape = command.add_flag("--landscape", o.landscape, "Paper lying; the default")->group(group);
    auto* portrait = command.add_flag("--portrait", o.portrait, "Paper upright")->group(group);
    landscape->excludes(portrait);
    add("--dpi", o.dpi, "N", "Dots per inch: how many pixels a symbol or letter has; 150 on paper, 96 with --size");
    auto* sheet =
        command.add_flag("--sheet", o.sheet, "Title, legend, scale bar, inset and sources round the map")->group(group);
    auto* noSheet = command.add_flag("--no-sheet", o.noSheet, "The map alone")->group(group);
    sheet->excludes(noSheet);
    add("--title", o.title, "TEXT", "Title of the sheet");
    add("--lang", o.language, "en|fr", "Language of legend and dates");
    command.add_flag("--graticule", o.graticule, "Draw meridians and parallels")->group(group);
}

void addContentOptions(CLI::App& command, RenderOptions& o) {
    const std::string group = "Content";
    const auto add = [&](const char* name, auto& value, const char* text, const char* help) {
        return command.add_option(name, value, help)->option_text(text)->group(group);
    };
    add("--grade", o.grade, "B2", "Only records of this Admiralty grade or better");
    add("--incident-days", o.incidentDays, "N", "Incidents of the last N days before the as-of date; 90");
    add("--layers", o.layers, "A,B,...", "Only these layers, by name");
    add("--style", o.styles, "[LAYER=]FILE", "Style file for all layers, or for one; may be repeated")->expected(1);
}

std::vector<std::pair<std::string, std::string>> stylesOf(const std::vector<std::string>& texts) {
    std::vector<std::pair<std::string, std::string>> styles;
    for (const std::string& text : texts) {
        const std::size_t equals = text.find('=');
        if (equals == std::string::npos || std::filesystem::exists(text))
            styles.emplace_back("", text);
        else
            styles.emplace_back(text.substr(0, equals), text.substr(equals + 1));
    }
    return styles;
}

int parseDays(const std::string& text) {
    const bool isNumber =
        !text.empty() && text.size() <= 5 && text.find_first_not_of("0123456789") == std::string::npos;
    if (!isNumber || std::stoi(text) > 36500)
        throw UsageError("--incident-days '" + text + "' is not a whole number of days from 0 to 36500.");
    return std::stoi(text);
}

std::vector<std::string> splitAtCommas(const std::string& text) {
    std::vector<std::string> pieces(1);
    for (const char c : text)
        if (c == ',')
            pieces.emplace_back();
        else
            pieces.back() += c;
    std::erase(pieces, "");
    return pieces;
}

MapRequest requestOf(const RenderOptions& o) {
    MapRequest request;
    request.output = o.output;
    if (!o.extent.empty())
        request.extent = parseExtent("--extent", o.extent);
    if (!o.center.empty())
        request.center = parseCenter(o.center);
    if (!o.scale.empty())
        request.scaleDenominator = parseScale(o.scale);
    request.crs = o.crs;
    if (!o.size.empty())
        request.size = parseSize("--size", o.size);
    if (!o.paper.empty())
        request.paper = parsePaper(o.paper);
    request.orientation = o.landscape ? "landscape" : o.portrait ? "portrait" : "";
    if (!o.dpi.empty())
        request.dpi = parseDpi(o.dpi);
    if (o.sheet || o.noSheet)
        request.sheet = o.sheet;
    request.title = o.title;
    if (!o.language.empty() && o.language != "en" && o.language != "fr")
        throw UsageError("--lang '" + o.language + "' is not a language of the map; it is en or fr.");
    request.language = o.language;
    request.atLeastGrade = gradeOption(o.grade);
    if (!o.incidentDays.empty())
        request.incidentDays = parseDays(o.incidentDays);
    request.layers = splitAtCommas(o.layers);
    request.styles = stylesOf(o.styles);
    request.graticule = o.graticule;
    request.overwrite = !o.noOverwrite;
    return request;
}

void writeOutput(JsonWriter& json, const DrawnMap& drawn) {
    const MapView& view = drawn.frame.view;
    json.beginObject().member("file", drawn.plan.file).member("kind", drawn.plan.isSheet ? "sheet" : "map");
    json.member("width", drawn.widthPx).member("height", drawn.heightPx).member("dpi", view.dpi);
    json.member("crs", view.crs.name()).member("scale", std::round(view.scaleDenominator()));
    const GeoBox extent = Projection(view.crs).inverse(view.box());
    json.key("extent").beginArray(true).value(extent.minX).value(extent.minY).value(extent.maxX).value(extent.maxY);
    json.end().member("as_of", formatIso(drawn.plan.scene.time.asOf));
    json.key("layers").beginArray(true);
    for (const auto& layer : drawn.plan.scene.project->layers)
        if (layer->visible)
            json.value(layer->name);
    json.end().end();
}

int runRender(const RenderOptions& options, const CommandContext& context) {
    const MapRequest request = requestOf(options);
    const CommonOptions& common = options.common;
    const TimeZone zone = common.zone();
    std::optional<TimePoint> asOf, knownBy;
    if (!common.asOf.empty())
        asOf = dateOption("--as-of", common.asOf, zone);
    if (!common.knownBy.empty())
        knownBy = dateOption("--known-by", common.knownBy, zone);
    // What can be refused without reading is refused before minutes of reading.
    if (!request.crs.empty())
        Crs::fromText(request.crs);
    if (!request.output.empty())
        checkOutput(request.output, 16, 16, request.overwrite);

    // Qt, which has to be started by this thread, starts meanwhile.
    auto loading = std::async(std::launch::async, [&] { return loadWithProgress(common, context); });
    startDrawing();
    const LoadResult loaded = loading.get();
    std::vector<MapPlan> plans = planMaps(request, loaded, {asOf, knownBy, zone});
    for (const MapPlan& plan : plans)
        checkOutput(plan.file, plan.widthPx(), plan.heightPx(), request.overwrite);
    Warnings warnings = loaded.warnings;
    for (const MapPlan& plan : plans)
        for (Warning& warning : unplacedRecords(*plan.scene.project, plan.scene.time))
            if (std::find(warnings.begin(), warnings.end(), warning) == warnings.end())
                warnings.push_back(std::move(warning));
    reportWarnings(warnings, common, context);

    PreparedLayers prepared;
    std::vector<DrawnMap> drawn;
    {
        ProgressBar bar(context.err, "Drawing", !common.quiet);
        for (const MapPlan& plan : plans) {
            bar.show(static_cast<double>(drawn.size()) / static_cast<double>(plans.size()));
            drawn.push_back(drawMap(plan, request.overwrite, prepared, context.stop));
        }
    }
    if (common.json) {
        JsonWriter json(context.out);
        json.beginObject().key("outputs").beginArray();
        for (const DrawnMap& output : drawn)
            writeOutput(json, output);
        json.end();
        writeWarnings(json, warnings);
        json.end();
    }
    return exitCodeOf(warnings);
}

} // namespace

void addRenderCommand(CLI::App& app, const CommandContext& context, Run& run) {
    auto options = std::make_shared<RenderOptions>();
    CLI::App* command = app.add_subcommand("render", "Draw a map of files, situation records or a recipe");
    options->common.addTo(*command, "what was drawn");
    command
        ->add_option("-o,--output", options->output,
                     "The picture: .png .jpg .webp .tif (GeoTIFF) .pdf .svg; a recipe's own outputs unless given")
        ->option_text("OUT");
    command->add_flag("--no-overwrite", options->noOverwrite, "Refuse to replace a file");
    addViewOptions(*command, *options);
    addContentOptions(*command, *options);
    command->footer(
        "A sheet is drawn, A4 landscape unless a paper is given; with --size or --no-sheet the map alone.\n"
        "Examples:\n"
        "  cordon render regions.shp roads.geojson incidents.csv -o map.png --title \"Access, Kayes\"\n"
        "  cordon render data/mali-2025/mali-2025.json --as-of 2025-11-01 -o mali.png\n"
        "  cordon render roads.shp --center -8.0,12.65 --scale 1:500000 --paper A3 --portrait -o bamako.pdf\n"
        "  cordon render regions.shp --extent -12.3,10.1,4.3,25 --crs EPSG:32629 --size 2400x1600 -o map.tif");
    command->callback([options, context, &run] { run = [options, context] { return runRender(*options, context); }; });
}

} // namespace cordon
