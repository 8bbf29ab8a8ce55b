#include "app/cli/map_plan.h"

#include "app/cli/cli.h"

#include <algorithm>
#include <filesystem>

namespace cordon {
namespace {

constexpr double kScreenDpi = 96;
constexpr double kPaperDpi = 150;
constexpr PixelSize kDefaultSize{1920, 1080};

template <class T> T firstGiven(std::initializer_list<T> values) {
    for (const T& value : values)
        if (value != T{})
            return value;
    return {};
}

std::string lowered(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

bool isNamed(const Layer& layer, const std::string& name) {
    return lowered(layer.name) == lowered(name) || lowered(layer.id) == lowered(name);
}

// Throws when no layer has the name: a slip must not give an empty map.
void checkLayerName(const Project& project, const std::string& option, const std::string& name) {
    std::string names;
    for (const auto& layer : project.layers) {
        if (isNamed(*layer, name))
            return;
        names += (names.empty() ? "" : ", ") + layer->name;
    }
    throw Error(option + ": there is no layer '" + name + "'; the layers are " + names + ".");
}

template <class Change> void changeLayers(Project& project, Change change) {
    for (auto& layer : project.layers) {
        auto copy = std::make_shared<Layer>(*layer);
        change(*copy);
        layer = std::move(copy);
    }
}

// Each once; layers made of an answer come from no file.
void nameFiles(Project& project) {
    std::vector<std::string>& sources = project.map.sources;
    for (const auto& layer : project.layers) {
        if (!layer->table || !layer->visible || layer->table->source.path.empty())
            continue;
        const std::string file = std::filesystem::path(layer->table->source.path).filename().string();
        if (std::find(sources.begin(), sources.end(), file) == sources.end())
            sources.push_back(file);
    }
}

void applyContent(Project& project, const MapRequest& request) {
    for (const std::string& name : request.layers)
        checkLayerName(project, "--layers", name);
    if (!request.layers.empty())
        changeLayers(project, [&](Layer& layer) {
            layer.visible = std::any_of(request.layers.begin(), request.layers.end(),
                                        [&](const std::string& name) { return isNamed(layer, name); });
        });
    for (const auto& [name, file] : request.styles) {
        if (!name.empty())
            checkLayerName(project, "--style", name);
        const Style style = readStyle(file);
        changeLayers(project, [&, wanted = name](Layer& layer) {
            if (layer.table && (wanted.empty() || isNamed(layer, wanted)))
                layer.style = style;
        });
    }
    if (!request.language.empty())
        project.map.language = request.language;
    if (project.map.sources.empty())
        nameFiles(project);
}

TimeFilter timeOf(const MapRequest& request, const LoadResult& loaded, const RecipeOutput& output,
                  const PlanDates& dates) {
    TimeFilter filter;
    const Recipe* recipe = loaded.recipe ? &*loaded.recipe : nullptr;
    const std::string asOf = firstGiven({output.asOf, recipe ? recipe->asOf : ""});
    const std::string knownBy = firstGiven({output.knownBy, recipe ? recipe->knownBy : ""});
    if (dates.asOf)
        filter.asOf = *dates.asOf;
    else if (!asOf.empty())
        filter.asOf = dates.zone.asOf(asOf);
    else if (loaded.project->map.asOf)
        filter.asOf = *loaded.project->map.asOf;
    else
        filter.asOf = std::chrono::time_point_cast<TimePoint::duration>(std::chrono::system_clock::now());
    if (dates.knownBy)
        filter.knownBy = *dates.knownBy;
    else if (!knownBy.empty())
        filter.knownBy = dates.zone.asOf(knownBy);
    filter.incidentDays = request.incidentDays.value_or(recipe ? recipe->incidentDays : filter.incidentDays);
    filter.atLeastGrade = request.atLeastGrade;
    return filter;
}

// The picture: whether it is a sheet, its page, its size in pixels.
struct Format {
    bool isSheet = false;
    Page page;
    PixelSize size;
    double dpi = kScreenDpi;
};

Format formatOf(const MapRequest& request, const Recipe* recipe, const RecipeOutput& output) {
    std::optional<PixelSize> size = request.size;
    if (!size && request.paper.empty() && !output.size.empty())
        size = parseSize("size", output.size);
    // A size given nearer to the output than the recipe's paper makes it a picture of pixels.
    std::string paper =
        firstGiven({request.paper, size ? "" : firstGiven({output.paper, recipe ? recipe->paper : ""})});
    Format format;
    format.isSheet = request.sheet.value_or(!size);
    if (paper.empty() && !size && format.isSheet)
        paper = "A4";
    const double paperDpi = recipe && recipe->dpi > 0 ? recipe->dpi : kPaperDpi;
    const double usualDpi = paper.empty() ? kScreenDpi : paperDpi;
    format.dpi = request.dpi.value_or(output.dpi.value_or(usualDpi));
    const std::string orientation =
        firstGiven({request.orientation, output.orientation, recipe ? recipe->orientation : ""});
    if (!paper.empty()) {
        format.page = paperPage(paper, orientation != "portrait", format.dpi);
        format.size = {format.page.widthPx(), format.page.heightPx()};
        return format;
    }
    format.size = size.value_or(kDefaultSize);
    if (!size && orientation == "portrait")
        std::swap(format.size.width, format.size.height);
    format.page = {format.size.width / format.dpi * 25.4, format.size.height / format.dpi * 25.4, format.dpi};
    return format;
}

std::string nothingToDraw(const LoadResult& loaded) {
    std::string names;
    for (const auto& table : loaded.tables)
        names += (names.empty() ? " in " : ", ") + table->source.path;
    std::string why = "no feature has a geometry";
    for (const Warning& warning : loaded.warnings)
        if (warning.leftOut) {
            why = warning.text;
            break;
        }
    while (why.ends_with('.'))
        why.pop_back();
    return "There is nothing to draw" + names + ": " + why + "; check with cordon info, or add a file that has places.";
}

// Degrees to show; throws when there is nothing.
GeoBox extentToShow(const MapRequest& request, const LoadResult& loaded, const Project& project,
                    const RecipeOutput& output) {
    if (request.extent)
        return *request.extent;
    if (output.extent)
        return *output.extent;
    if (project.map.extent)
        return *project.map.extent;
    const GeoBox all = extentOf(project);
    if (all.isEmpty() && !request.center)
        throw Error(nothingToDraw(loaded));
    return all;
}

// An extent that was asked for is shown as it is; one that is made has some air round it.
double marginOf(const MapRequest& request) {
    return request.extent ? 0 : 0.03;
}

MapView viewFor(const MapRequest& request, const GeoBox& extent, const Crs& crs, const Format& format) {
    const auto [width, height] = format.size;
    if (!request.scaleDenominator)
        return viewOf(extent, crs, width, height, format.dpi, marginOf(request));
    const LonLat center =
        request.center.value_or(LonLat{(extent.minX + extent.maxX) / 2, (extent.minY + extent.maxY) / 2});
    return viewAt(center, *request.scaleDenominator, crs, width, height, format.dpi);
}

// The surroundings a centre and a scale alone will show, roughly: enough to choose a projection by.
GeoBox aroundCenter(LonLat center, double scaleDenominator, const Format& format) {
    const double halfDegrees = std::min(60.0, format.size.width / format.dpi * 0.0254 * scaleDenominator / 2 / 111320);
    return {{center.lonDegrees - halfDegrees, std::max(-90.0, center.latDegrees - halfDegrees),
             center.lonDegrees + halfDegrees, std::min(90.0, center.latDegrees + halfDegrees)}};
}

MapPlan planMap(const MapRequest& request, const LoadResult& loaded, Project project, const RecipeOutput& output,
                const PlanDates& dates) {
    const Format format = formatOf(request, loaded.recipe ? &*loaded.recipe : nullptr, output);
    project.map.title = firstGiven({request.title, output.title, project.map.title});
    GeoBox extent = extentToShow(request, loaded, project, output);
    if (request.center && request.scaleDenominator)
        extent = aroundCenter(*request.center, *request.scaleDenominator, format);
    const std::string crsText = firstGiven({request.crs, output.crs, project.map.crs});
    const Crs crs = crsText.empty() ? suitableCrs(extent) : Crs::fromText(crsText);
    MapPlan plan;
    plan.file = output.file;
    plan.isSheet = format.isSheet;
    plan.page = format.page;
    plan.scene.view = viewFor(request, extent, crs, format);
    plan.scene.time = timeOf(request, loaded, output, dates);
    std::optional<TimePoint> ownDate = loaded.project->map.asOf;
    if (loaded.recipe && !loaded.recipe->asOf.empty())
        ownDate = dates.zone.asOf(loaded.recipe->asOf);
    if (ownDate && plan.scene.time.asOf != *ownDate) {
        // Written for the map's own date; on the map of another one they would tell what is not so.
        project.map.summary.clear();
        project.map.subtitle.clear();
    }
    plan.scene.graticule = request.graticule;
    plan.extent = extent;
    plan.marginFraction = marginOf(request);
    if (request.scaleDenominator)
        plan.scaleWish = {
            request.center.value_or(LonLat{(extent.minX + extent.maxX) / 2, (extent.minY + extent.maxY) / 2}),
            *request.scaleDenominator};
    plan.scene.project = std::make_shared<const Project>(std::move(project));
    return plan;
}

} // namespace

std::vector<MapPlan> planMaps(const MapRequest& request, const LoadResult& loaded, const PlanDates& dates) {
    Project project = *loaded.project;
    applyContent(project, request);
    std::vector<RecipeOutput> outputs;
    if (!request.output.empty()) {
        outputs.emplace_back();
        outputs.back().file = request.output;
    } else if (loaded.recipe) {
        outputs = loaded.recipe->outputs;
    }
    if (outputs.empty())
        throw UsageError(loaded.recipe ? "The recipe names no outputs; say where to write with -o OUT."
                                       : "Nothing says where to write; add -o OUT, for example -o map.png.");
    std::vector<MapPlan> plans;
    for (const RecipeOutput& output : outputs)
        plans.push_back(planMap(request, loaded, project, output, dates));
    return plans;
}

} // namespace cordon
