#include "app/cli/cli.h"
#include "app/cli/command.h"
#include "app/cli/map_drawing.h"
#include "app/cli/map_options.h"
#include "app/cli/map_plan.h"
#include "core/json_writer.h"
#include "core/model/change_layers.h"
#include "core/model/report_list.h"
#include "core/render/export.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <ostream>
#include <set>

namespace cordon {
namespace {

struct ChangesOptions {
    CommonOptions common;
    std::vector<std::string> between, knownBy;
    std::string grade;
    MapOptions map;
};

ChangeQuery queryOf(const ChangesOptions& o) {
    const TimeZone zone = o.common.zone();
    ChangeQuery query;
    query.before.asOf = dateOption("--between", o.between[0], zone);
    query.after.asOf = dateOption("--between", o.between[1], zone);
    if (query.after.asOf < query.before.asOf)
        throw UsageError("--between: the second date is before the first; write the earlier one first.");
    if (!o.knownBy.empty())
        query.before.knownBy = dateOption("--known-by", o.knownBy.front(), zone);
    if (!o.knownBy.empty())
        query.after.knownBy = dateOption("--known-by", o.knownBy.back(), zone);
    if (query.after.knownBy < query.before.knownBy)
        throw UsageError("--known-by: the second date is before the first; write the earlier one first.");
    query.atLeastGrade = gradeOption(o.grade);
    return query;
}

// Dividing at the end gives the nearest double of so many decimals, which prints as such.
double rounded(double value, int decimals) {
    const double scale = std::pow(10, decimals);
    return std::round(value * scale) / scale;
}

void writeReports(JsonWriter& json, const std::vector<const RoadStatus*>& reports) {
    json.key("reports").beginArray(true);
    for (const RoadStatus* report : reports)
        json.value(report->head.id);
    json.end().key("sources").beginArray();
    std::set<std::string> seen;
    for (const RoadStatus* report : reports)
        if (seen.insert(report->head.source).second)
            json.value(report->head.source);
    json.end();
}

void writeStretch(JsonWriter& json, const char* key, const std::optional<RoadStretch>& stretch) {
    json.key(key);
    if (stretch)
        json.value(describe(*stretch));
    else
        json.null();
}

void writeRoads(JsonWriter& json, const Changes& changes) {
    json.key("roads").beginArray();
    for (const RoadChange& change : changes.roads) {
        json.beginObject().member("change", toWord(change.kind)).member("cause", toWord(change.cause));
        json.member("road", change.roadId).member("name", change.roadName);
        json.member("from", change.fromFraction).member("to", change.toFraction);
        json.member("direction", toWord(change.direction)).member("km", rounded(change.lengthMeters / 1000, 1));
        writeStretch(json, "before", change.before);
        writeStretch(json, "after", change.after);
        const auto& deciding = change.after ? change.after : change.before;
        json.key("place");
        if (deciding && !deciding->reports.empty())
            json.value(deciding->reports.front()->head.place);
        else
            json.null();
        writeReports(json, deciding ? deciding->reports : std::vector<const RoadStatus*>{});
        json.end();
    }
    json.end();
}

void writeControl(JsonWriter& json, const Changes& changes) {
    json.key("control").beginArray();
    for (const ControlChange& change : changes.control) {
        json.beginObject().member("actor", change.actor).member("class", toWord(change.controlClass));
        json.member("change", change.isWon ? "won" : "lost").member("cause", toWord(change.cause));
        json.member("km2", rounded(change.squareMeters / 1e6, 2)).key("regions").beginArray();
        for (const RegionShare& share : change.byRegion)
            json.beginObject()
                .member("code", share.code)
                .member("name", share.name)
                .member("km2", rounded(share.squareMeters / 1e6, 2))
                .end();
        json.end().key("reports").beginArray(true);
        for (const ControlArea* report : change.reports)
            json.value(report->head.id);
        json.end().key("sources").beginArray();
        for (const ControlArea* report : change.reports)
            json.value(report->head.source);
        json.end().end();
    }
    json.end();
}

void writeTowns(JsonWriter& json, const Changes& changes) {
    json.key("towns").beginArray();
    for (const TownChange& change : changes.towns)
        json.beginObject()
            .member("change", toWord(change.kind))
            .member("cause", toWord(change.cause))
            .member("place", change.report->head.place)
            .member("report", change.report->head.id)
            .member("source", change.report->head.source)
            .end();
    json.end();
}

void writeIncidents(JsonWriter& json, const char* key, const std::vector<const Incident*>& incidents) {
    const IncidentTotals totals = totalsOf(incidents);
    json.key(key).beginObject().member("count", totals.count);
    const bool isStated = totals.unknownFatalities < totals.count; // else null: not stated is not zero
    for (const auto& [name, number] :
         {std::pair{"fatalities_low", totals.fatalitiesLow}, std::pair{"fatalities_best", totals.fatalitiesBest},
          std::pair{"fatalities_high", totals.fatalitiesHigh}})
        isStated ? json.member(name, static_cast<double>(number)) : json.key(name).null();
    json.member("without_fatality_count", totals.unknownFatalities).key("reports").beginArray(true);
    for (const Incident* incident : incidents)
        json.value(incident->head.id);
    json.end().end();
}

void writeMeasures(JsonWriter& json, const char* key, const std::vector<const Measure*>& measures) {
    json.key(key).beginArray();
    for (const Measure* measure : measures)
        json.beginObject()
            .member("report", measure->head.id)
            .member("place", measure->head.place)
            .member("measure", measure->cause)
            .end();
    json.end();
}

constexpr std::array kRoadKinds = {
    RoadChangeKind::NewlyBlocked,   RoadChangeKind::Reopened,      RoadChangeKind::Worse,     RoadChangeKind::Better,
    RoadChangeKind::NewlyContested, RoadChangeKind::NoLongerKnown, RoadChangeKind::KnownAgain};

void writeChanges(JsonWriter& json, const Changes& changes, const ChangeQuery& query) {
    json.member("from", formatIso(query.before.asOf)).member("to", formatIso(query.after.asOf));
    json.key("summary").beginObject().key("roads_km").beginObject();
    for (const RoadChangeKind kind : kRoadKinds)
        json.member(toWord(kind), rounded(changes.roadMeters(kind) / 1000, 1));
    json.end().end();
    writeRoads(json, changes);
    writeControl(json, changes);
    writeTowns(json, changes);
    writeIncidents(json, "incidents", changes.incidents);
    writeIncidents(json, "incidents_learnt", changes.incidentsLearnt);
    writeIncidents(json, "incidents_withdrawn", changes.incidentsWithdrawn);
    writeMeasures(json, "measures_begun", changes.measuresBegun);
    writeMeasures(json, "measures_ended", changes.measuresEnded);
}

std::string spaced(std::string_view word) {
    std::string text(word);
    std::replace(text.begin(), text.end(), '_', ' ');
    return text;
}

std::string number(double value, const char* format) {
    char text[48];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

void printRoads(std::ostream& out, const Changes& changes) {
    for (const RoadChangeKind kind : kRoadKinds) {
        const bool any = std::any_of(changes.roads.begin(), changes.roads.end(),
                                     [&](const RoadChange& change) { return change.kind == kind; });
        if (!any)
            continue;
        out << "Roads " << spaced(toWord(kind)) << ": " << number(changes.roadMeters(kind) / 1000, "%.0f km") << '\n';
        for (const RoadChange& change : changes.roads) {
            if (change.kind != kind)
                continue;
            const auto& deciding = change.after ? change.after : change.before;
            out << "  " << (change.roadName.empty() ? change.roadId : change.roadName) << ", "
                << number(change.lengthMeters / 1000, "%.0f km") << ": "
                << (change.before ? describe(*change.before) : "not known") << " -> "
                << (change.after ? describe(*change.after) : "not known");
            if (change.cause != ChangeCause::Ground)
                out << " (" << toWord(change.cause) << ')';
            if (deciding)
                for (const RoadStatus* report : deciding->reports)
                    out << " [" << report->head.id << ' ' << report->head.grade.toText() << ' ' << report->head.source
                        << ']';
            out << '\n';
        }
    }
}

void printRest(std::ostream& out, const Changes& changes) {
    for (const ControlChange& change : changes.control) {
        out << "Control " << (change.isWon ? "won by " : "lost by ") << change.actor << " ("
            << spaced(toWord(change.controlClass)) << "): " << number(change.squareMeters / 1e6, "%.1f km²");
        if (change.cause != ChangeCause::Ground)
            out << " (" << toWord(change.cause) << ')';
        for (const RegionShare& share : change.byRegion)
            out << "; "
                << (share.code.empty()   ? "outside all regions"
                    : share.name.empty() ? share.code
                                         : share.name)
                << ' ' << number(share.squareMeters / 1e6, "%.1f km²");
        out << '\n';
    }
    for (const TownChange& change : changes.towns)
        out << "Town " << spaced(toWord(change.kind))
            << (change.kind == TownChangeKind::NewlyUnder || change.kind == TownChangeKind::NewlyOut ? " restriction: "
                                                                                                     : ": ")
            << change.report->head.place << " [" << change.report->head.id << ' ' << change.report->head.source
            << "]\n";
    const IncidentTotals totals = totalsOf(changes.incidents);
    out << "Incidents: " << totals.count;
    if (totals.unknownFatalities < totals.count)
        out << "; fatalities " << totals.fatalitiesLow << " to " << totals.fatalitiesHigh << " (best "
            << totals.fatalitiesBest << ")";
    if (totals.unknownFatalities > 0)
        out << "; fatalities not stated for " << totals.unknownFatalities;
    out << '\n';
    if (!changes.incidentsLearnt.empty())
        out << "Earlier incidents learnt of since: " << changes.incidentsLearnt.size() << '\n';
    for (const Measure* measure : changes.measuresBegun)
        out << "Measure begun: " << measure->cause << ", " << measure->head.place << '\n';
    for (const Measure* measure : changes.measuresEnded)
        out << "Measure ended: " << measure->cause << ", " << measure->head.place << '\n';
}

// The change map: the same as any map, of the project with the changes as its layers.
void drawChanges(const ChangesOptions& o, LoadResult loaded, const Changes& changes, const ChangeQuery& query,
                 const CommandContext& context) {
    const MapRequest request = o.map.request();
    Project project = *loaded.project;
    if (!o.map.language.empty())
        project.map.language = o.map.language;
    if (loaded.recipe)
        loaded.recipe->asOf.clear(); // its words are of one date, the map is of two
    loaded.project = std::make_shared<const Project>(withChangeLayers(std::move(project), changes, query));
    const auto plans = planMaps(request, loaded, {query.after.asOf, query.after.knownBy, o.common.zone()});
    for (const MapPlan& plan : plans)
        checkOutput(plan.file, plan.widthPx(), plan.heightPx(), request.overwrite);
    startDrawing();
    PreparedLayers prepared;
    for (const MapPlan& plan : plans)
        drawMap(plan, request.overwrite, prepared, context.stop);
}

int runChanges(const ChangesOptions& o, const CommandContext& context) {
    const ChangeQuery query = queryOf(o);
    if (!o.map.output.empty())
        checkOutput(o.map.output, 16, 16, !o.map.noOverwrite);
    const LoadResult loaded = loadWithProgress(o.common, context);
    reportWarnings(loaded.warnings, o.common, context);
    const Changes changes = changesBetween(*loaded.project, query);
    if (!o.map.output.empty())
        drawChanges(o, loaded, changes, query, context);
    if (!o.common.json) {
        context.out << "Changes from " << formatIso(query.before.asOf) << " to " << formatIso(query.after.asOf) << '\n';
        printRoads(context.out, changes);
        printRest(context.out, changes);
        return exitCodeOf(loaded.warnings);
    }
    JsonWriter json(context.out);
    json.beginObject();
    writeChanges(json, changes, query);
    writeWarnings(json, loaded.warnings);
    json.end();
    return exitCodeOf(loaded.warnings);
}

} // namespace

void addChangesCommand(CLI::App& app, const CommandContext& context, Run& run) {
    auto o = std::make_shared<ChangesOptions>();
    CLI::App* command = app.add_subcommand("changes", "Say what changed between two dates, as table, JSON or map");
    o->common.addSources(*command, true);
    o->common.addAnswer(*command, "the changes");
    command->add_option("--between", o->between, "The two dates; a date alone is the end of that day")
        ->required()
        ->expected(2)
        ->option_text("D1 D2");
    command
        ->add_option("--known-by", o->knownBy,
                     "Only what was known then: one date for both sides, or one for each. With two dates, what was "
                     "learnt between is told apart from what changed on the ground")
        ->expected(1, 2)
        ->option_text("K1 [K2]");
    command->add_option("--timezone", o->common.timezone, "Zone of dates without one, such as +01:00 or Africa/Bamako")
        ->option_text("ZONE");
    command->add_option("--grade", o->grade, "Only records of this Admiralty grade or better")->option_text("B2");
    o->map.addTo(*command, "Draw the change map: .png .pdf .svg .tif .jpg .webp");
    command->footer("Examples:\n"
                    "  cordon changes mali.gpkg --between 2025-09-01 2025-11-15\n"
                    "  cordon changes mali.gpkg --between 2025-09-01 2025-11-15 --json -o changes.png --paper A3");
    command->callback([o, context, &run] { run = [o, context] { return runChanges(*o, context); }; });
}

} // namespace cordon
