#include "app/cli/access_report.h"
#include "app/cli/cli.h"
#include "app/cli/command.h"
#include "app/cli/map_drawing.h"
#include "app/cli/map_options.h"
#include "app/cli/map_plan.h"
#include "core/atomic_file.h"
#include "core/network/access_json.h"
#include "core/network/access_layers.h"
#include "core/render/export.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <ostream>

namespace cordon {
namespace {

struct AccessOptions {
    CommonOptions common;
    std::vector<std::string> from, policies, open, block, corridors, series;
    std::string userClass, vehicle, season, grade, budget, hour, csv;
    MapOptions map;
    double loadTonnes = 0, delayFactor = 2, snapKm = 5, toleranceMeters = 20, gapMeters = 500, areaKm = 0;
    int top = 10;
    bool whatWouldHurt = false;
};

// "12h", "90min", "12" (hours).
std::optional<double> hoursOf(const std::string& text) {
    if (text.empty())
        return std::nullopt;
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const std::string unit(end, text.data() + text.size());
    const bool isMinutes = unit == "min" || unit == "m";
    if (error != std::errc() || !(value > 0) || !std::isfinite(value) || !(unit.empty() || unit == "h" || isMinutes))
        throw UsageError("--budget '" + text + "' is not a time; write it like 12h or 90min.");
    return isMinutes ? value / 60 : value;
}

// "76" or "76:0.2-0.5".
RoadReference roadOf(const AccessNetwork& network, const std::string& option, const std::string& text) {
    RoadReference road{text, 0, 1};
    if (network.ids.find(text))
        return road;
    const auto colon = text.rfind(':'), dash = text.rfind('-');
    if (colon != std::string::npos && dash != std::string::npos && dash > colon) {
        road.roadId = text.substr(0, colon);
        const char *a = text.data() + colon + 1, *b = text.data() + dash, *end = text.data() + text.size();
        const auto from = std::from_chars(a, b, road.fromFraction), to = std::from_chars(b + 1, end, road.toFraction);
        if (from.ec == std::errc() && from.ptr == b && to.ec == std::errc() && to.ptr == end &&
            network.ids.find(road.roadId) && road.fromFraction >= 0 && road.toFraction <= 1 &&
            road.fromFraction <= road.toFraction)
            return road;
    }
    throw Error(option + " '" + text +
                "': there is no such road or report; write the id of a report, or of a road of the road layer, or a "
                "stretch of one such as 76:0.2-0.5.");
}

bool isReport(const Situation& situation, const std::string& id) {
    const auto has = [&](const auto& records) {
        return std::any_of(records.begin(), records.end(), [&](const auto& record) { return record.head.id == id; });
    };
    return has(situation.roadStatuses) || has(situation.restrictions);
}

TimePoint asOfOf(const AccessOptions& o, const LoadResult& loaded) {
    const TimeZone zone = o.common.zone();
    if (!o.common.asOf.empty())
        return dateOption("--as-of", o.common.asOf, zone);
    if (loaded.recipe && !loaded.recipe->asOf.empty())
        return zone.asOf(loaded.recipe->asOf);
    if (loaded.project->map.asOf)
        return *loaded.project->map.asOf;
    return std::chrono::time_point_cast<TimePoint::duration>(std::chrono::system_clock::now());
}

AccessQuery queryOf(const AccessOptions& o, const LoadResult& loaded, const AccessNetwork& network) {
    AccessQuery query;
    for (const std::string& from : o.from) {
        if (const auto at = lonLatOf(from)) {
            query.origins.push_back({from, *at});
            continue;
        }
        const Place& place = network.places[findPlace(network.places, from)];
        query.origins.push_back({place.name, place.at});
    }
    query.filter.asOf = asOfOf(o, loaded);
    if (!o.common.knownBy.empty())
        query.filter.knownBy = dateOption("--known-by", o.common.knownBy, o.common.zone());
    query.filter.atLeastGrade = gradeOption(o.grade);
    if (!o.userClass.empty())
        query.userClass = *userClassFromWord(o.userClass);
    query.vehicle = o.vehicle;
    if (o.loadTonnes > 0)
        query.loadTonnes = o.loadTonnes;
    if (!o.hour.empty()) {
        query.timeOfDay = timeOfDayOf(o.hour);
        if (!query.timeOfDay)
            throw UsageError("--hour '" + o.hour + "' is no time of day; write it like 14:00.");
    }
    query.season = o.season == "rainy" ? Season::Rainy : Season::Dry;
    for (const std::string& policy : o.policies)
        if (!setPolicy(query.policy, policy))
            throw UsageError("--policy '" + policy +
                             "' is none; write a road status, stale, restriction, restriction_transit, control.CLASS "
                             "or actor.NAME, then = and open, shut or a factor of 1 or more, such as blocked=2.");
    query.budgetHours = hoursOf(o.budget);
    query.delayFactor = o.delayFactor;
    for (const std::string& open : o.open)
        if (isReport(*loaded.project->situation, open))
            query.lifted.push_back(open);
        else
            query.opened.push_back(roadOf(network, "--open", open));
    for (const std::string& block : o.block)
        query.closed.push_back(roadOf(network, "--block", block));
    return query;
}

CorridorEnds corridorOf(const AccessNetwork& network, const std::string& text) {
    const auto colon = text.find(':');
    if (colon == std::string::npos)
        throw UsageError("--corridor '" + text + "' has no two ends; write it like Dakar:Bamako.");
    return {findPlace(network.places, text.substr(0, colon)), findPlace(network.places, text.substr(colon + 1))};
}

AccessReport reportOf(const AccessOptions& o, const LoadResult& loaded, Warnings& warnings,
                      const CommandContext& context) {
    AccessReport report;
    GraphOptions graph;
    graph.toleranceMeters = o.toleranceMeters;
    graph.gapMeters = std::max(o.gapMeters, o.toleranceMeters);
    graph.snapMeters = o.snapKm * 1000;
    report.network = prepareNetwork(*loaded.project, graph);
    report.top = static_cast<std::size_t>(o.top);
    const AccessQuery query = queryOf(o, loaded, *report.network);
    AccessStudy study(report.network, std::make_shared<SituationIndex>(loaded.project->situation),
                      std::make_shared<RegionLookup>(*loaded.project));
    if (o.corridors.empty())
        report.corridorEnds = savedCorridors(*report.network, loaded.project->access, warnings);
    for (const std::string& corridor : o.corridors)
        report.corridorEnds.push_back(corridorOf(*report.network, corridor));
    for (const CorridorEnds& ends : report.corridorEnds)
        report.corridors.push_back(corridorAt(study, query, ends));
    if (!o.series.empty()) {
        const TimeZone zone = o.common.zone();
        const auto first = std::chrono::floor<std::chrono::days>(dateOption("--series", o.series[0], zone)),
                   last = std::chrono::floor<std::chrono::days>(dateOption("--series", o.series[1], zone));
        if (last < first)
            throw UsageError("--series: the second date is before the first; write the earlier one first.");
        if (last - first > std::chrono::days{36600})
            throw UsageError("--series: that is more than a hundred years of days; choose dates nearer to each other.");
        report.series = accessSeries(study, query, first, last, report.corridorEnds, context.stop);
    }
    report.answer = study.ask(query);
    explain(report, context.stop);
    if (o.whatWouldHurt)
        report.critical = criticalRoads(*report.network, report.answer);
    return report;
}

// The map and, beside it, the table: the project with the answer as its layers, drawn as any map.
void drawAccess(const AccessOptions& o, LoadResult loaded, const AccessReport& report, const CommandContext& context) {
    const MapRequest request = o.map.request();
    Project project = *loaded.project;
    if (!o.map.language.empty())
        project.map.language = o.map.language;
    if (loaded.recipe)
        loaded.recipe->asOf.clear(); // the words are those of the answer
    AccessMap map;
    map.ranked.assign(report.ranked.begin(),
                      report.ranked.begin() + static_cast<std::ptrdiff_t>(std::min(report.ranked.size(), report.top)));
    map.corridors = report.corridors;
    map.series = report.series;
    map.areaKm = o.areaKm;
    for (const CorridorEnds& ends : report.corridorEnds)
        map.lanes.push_back(nameOf(*report.network, ends));
    loaded.project =
        std::make_shared<const Project>(withAccessLayers(std::move(project), *report.network, report.answer, map));
    const auto plans = planMaps(request, loaded, {report.answer.query.filter.asOf, std::nullopt, o.common.zone()});
    for (const MapPlan& plan : plans)
        checkOutput(plan.file, plan.widthPx(), plan.heightPx(), request.overwrite);
    startDrawing();
    PreparedLayers prepared;
    for (const MapPlan& plan : plans)
        drawMap(plan, request.overwrite, prepared, context.stop);
}

void writeCsv(const AccessOptions& o, const AccessReport& report) {
    if (o.map.noOverwrite && std::filesystem::exists(o.csv))
        throw Error("Could not write " + o.csv +
                    ", because it is there already; remove it or leave out --no-overwrite.");
    AtomicFile file(o.csv);
    std::ofstream out(file.temporaryPath(), std::ios::binary);
    out << accessCsv(report);
    out.close();
    if (!out)
        throw Error("Could not write " + o.csv + ", because the disk refused it; make room or choose another folder.");
    file.commit();
}

int runAccess(const AccessOptions& o, const CommandContext& context) {
    if (!o.map.output.empty())
        checkOutput(o.map.output, 16, 16, !o.map.noOverwrite);
    const LoadResult loaded = loadWithProgress(o.common, context);
    Warnings warnings = loaded.warnings;
    const AccessReport report = reportOf(o, loaded, warnings, context);
    warnings.insert(warnings.end(), report.network->warnings.begin(), report.network->warnings.end());
    warnings.insert(warnings.end(), report.answer.warnings.begin(), report.answer.warnings.end());
    reportWarnings(warnings, o.common, context);
    if (!o.csv.empty())
        writeCsv(o, report);
    if (!o.map.output.empty())
        drawAccess(o, loaded, report, context);
    if (!o.common.json) {
        printAccess(context.out, report);
        return exitCodeOf(warnings);
    }
    writeAccess(context.out, report, warnings);
    return exitCodeOf(warnings);
}

void addQuestionOptions(CLI::App& command, AccessOptions& o) {
    const std::string group = "Question";
    const auto add = [&](const char* name, auto& value, const char* text, const char* help) {
        return command.add_option(name, value, help)->option_text(text)->group(group);
    };
    add("--from", o.from, "PLACE", "Where from: the name of a place or LON,LAT; may be repeated: from any of them")
        ->required()
        ->allow_extra_args(false);
    add("--class", o.userClass, "civilian|humanitarian|convoy", "For whom; convoy is escorted. Civilian unless given")
        ->check(CLI::IsMember({"civilian", "humanitarian", "convoy"}));
    add("--vehicle", o.vehicle, "4x4", "Vehicle class, compared with that of restricted roads");
    add("--load", o.loadTonnes, "TONNES", "Load, compared with that of restricted roads")->check(CLI::PositiveNumber);
    add("--hour", o.hour, "14:00",
        "Local time of day: roads open at other hours only are shut then; unless given, one waits for them");
    add("--season", o.season, "dry|rainy", "Speeds of the dry season unless given")
        ->check(CLI::IsMember({"dry", "rainy"}));
    add("--policy", o.policies, "WHAT=HOW",
        "What counts as passable, such as blocked=2, stale=open, control.control=3, actor.JNIM=shut, "
        "restriction=open; may be repeated")
        ->allow_extra_args(false);
    add("--grade", o.grade, "B2", "Only reports of this Admiralty grade or better");
    add("--budget", o.budget, "12h", "Tell what is not reached within this time");
    add("--delay-factor", o.delayFactor, "N", "Delayed: slower than without blockages by more than this; 2")
        ->check(CLI::Range(1.0, 1000.0));
    add("--open", o.open, "REPORT", "What if: this report lifted, or this road (76, 76:0.2-0.5) open; may be repeated")
        ->allow_extra_args(false);
    add("--block", o.block, "ROAD", "What if: this road, or a stretch of it, blocked; may be repeated")
        ->allow_extra_args(false);
    add("--corridor", o.corridors, "FROM:TO",
        "Tell how one reaches the other; may be repeated. Unless given, the corridors saved in the project")
        ->allow_extra_args(false);
    add("--series", o.series, "D1 D2", "Day by day between two dates: who was cut off, when that changed and why")
        ->expected(2);
    command
        .add_flag("--what-would-hurt", o.whatWouldHurt,
                  "INTERNAL: also rank the open roads whose loss would cut off most people. Do not publish it")
        ->group(group);
}

} // namespace

void addAccessCommand(CLI::App& app, const CommandContext& context, Run& run) {
    auto o = std::make_shared<AccessOptions>();
    CLI::App* command = app.add_subcommand("access", "Say who is cut off from where, why, and what would change it");
    o->common.addTo(*command, "the answer");
    addQuestionOptions(*command, *o);
    command->add_option("--snap", o->snapKm, "Places within this distance of a road are on it; 5")
        ->option_text("KM")
        ->check(CLI::Range(0.001, 500.0));
    command->add_option("--tolerance", o->toleranceMeters, "Loose ends of roads join what is as near; 20")
        ->option_text("METRES")
        ->check(CLI::Range(0.0, 5000.0));
    command->add_option("--gap", o->gapMeters, "Tell of loose ends as near to another road; 500")
        ->option_text("METRES")
        ->check(CLI::Range(0.0, 50000.0));
    command->add_option("--top", o->top, "How many of each list to print and to number on the map; 10")
        ->option_text("N")
        ->check(CLI::Range(0, 1000));
    command
        ->add_option(
            "--areas", o->areaKm,
            "Draw the ground as near to a road that is reached (within --budget), too; roads alone unless given")
        ->option_text("KM")
        ->check(CLI::Range(0.1, 100.0));
    command->add_option("--csv", o->csv, "Write one row for each place")->option_text("FILE");
    o->map.addTo(*command, "Draw the map: .png .pdf .svg .tif .jpg .webp");
    command->footer("Examples:\n"
                    "  cordon access mali.gpkg --from Bamako --as-of 2025-10-20\n"
                    "  cordon access mali.gpkg --from Bamako --class convoy --open R017 -o access.png --paper A3\n"
                    "  cordon access mali.gpkg --from Bamako --corridor Kayes:Bamako --series 2025-08-01 2025-11-30");
    command->callback([o, context, &run] { run = [o, context] { return runAccess(*o, context); }; });
}

} // namespace cordon
