#include "app/cli/cli.h"
#include "app/cli/command.h"
#include "core/io/project_file.h"
#include "core/io/vector_reader.h"
#include "core/json_writer.h"
#include "core/model/situation_at.h"

#include <cstdio>
#include <ostream>

namespace cordon {
namespace {

std::string_view typeWord(FieldType type) {
    switch (type) {
    case FieldType::Integer:
        return "integer";
    case FieldType::Real:
        return "real";
    case FieldType::Text:
        return "text";
    case FieldType::Date:
        return "date";
    case FieldType::DateTime:
        return "datetime";
    case FieldType::Boolean:
        return "boolean";
    }
    return "text";
}

void writeTextOrNull(JsonWriter& json, std::string_view key, const std::string& text) {
    json.key(key);
    if (text.empty())
        json.null();
    else
        json.value(text);
}

void writeLayer(JsonWriter& json, const Layer& layer) {
    const FeatureTable& table = *layer.table;
    json.beginObject().member("name", layer.name).member("source", table.source.path);
    json.member("source_layer", table.source.layer).member("format", table.source.format);
    json.member("geometry", table.geometryType);
    json.member("features", static_cast<std::size_t>(table.featureCount));
    json.key("extent");
    if (table.extent.isEmpty()) {
        json.null();
    } else {
        json.beginArray(true).value(table.extent.minX).value(table.extent.minY);
        json.value(table.extent.maxX).value(table.extent.maxY).end();
    }
    writeTextOrNull(json, "crs", table.source.crs);
    writeTextOrNull(json, "encoding", table.source.encoding);
    json.key("fields").beginArray();
    for (const Column& column : table.columns)
        json.beginObject().member("name", column.name).member("type", typeWord(column.type)).end();
    json.end().key("time");
    if (const auto span = timeSpanOf(table))
        json.beginArray(true).value(span->from).value(span->to).end();
    else
        json.null();
    json.end();
}

// The head of a record in force, and where it is.
void writeHead(JsonWriter& json, const RecordHead& head) {
    json.beginObject().member("id", head.id).member("place", head.place);
    json.member("valid_from", formatIso(head.valid.begin)).key("valid_to");
    if (head.valid.end)
        json.value(formatIso(*head.valid.end));
    else
        json.null();
    json.member("grade", head.grade.toText()).member("source", head.source);
}

void writeRoads(JsonWriter& json, const RoadStatus& status) {
    json.key("roads").beginArray(true);
    for (const RoadReference& road : status.roads)
        json.value(road.roadId);
    json.end();
}

void writeInForce(JsonWriter& json, const SituationAt& at) {
    json.key("in_force").beginObject().key("control").beginArray();
    for (const ControlArea* area : at.controlAreas) {
        writeHead(json, area->head);
        json.member("actor", area->actor).member("control_class", toWord(area->controlClass)).end();
    }
    json.end().key("road_status").beginArray();
    for (const RoadStatus* status : at.roadStatuses) {
        writeHead(json, status->head);
        json.member("status", toWord(status->status)).member("cause", toWord(status->cause));
        writeRoads(json, *status);
        json.member("actor", status->actor).end();
    }
    json.end().key("restriction").beginArray();
    for (const Restriction* restriction : at.restrictions) {
        writeHead(json, restriction->head);
        json.member("actor", restriction->actor).end();
    }
    json.end().key("incident").beginArray();
    for (const Incident* incident : at.incidents) {
        writeHead(json, incident->head);
        json.member("incident_type", toWord(incident->type)).key("fatalities_best");
        if (incident->fatalitiesBest)
            json.value(*incident->fatalitiesBest);
        else
            json.null();
        json.end();
    }
    json.end().key("measure").beginArray();
    for (const Measure* measure : at.measures) {
        writeHead(json, measure->head);
        json.end();
    }
    json.end().end();
}

void writeSituation(JsonWriter& json, const Situation& situation, const TimeFilter& filter) {
    const auto count = [](const auto& list) { return list.size(); };
    json.key("situation").beginObject().key("records").beginObject();
    json.member("control", count(situation.controlAreas)).member("road_status", count(situation.roadStatuses));
    json.member("restriction", count(situation.restrictions)).member("incident", count(situation.incidents));
    json.member("measure", count(situation.measures)).end();
    json.member("actors", count(situation.actors)).member("as_of", formatIso(filter.asOf));
    json.member("incident_days", filter.incidentDays);
    writeInForce(json, situationAt(situation, filter));
    json.end();
}

std::string degreesText(const GeoBox& box) {
    if (box.isEmpty())
        return "none";
    char text[96];
    std::snprintf(text, sizeof text, "%.6g, %.6g, %.6g, %.6g (west, south, east, north)", box.minX, box.minY, box.maxX,
                  box.maxY);
    return text;
}

void printLayer(std::ostream& out, const Layer& layer) {
    const FeatureTable& table = *layer.table;
    out << layer.name << '\n';
    out << "  source    " << table.source.path << " (" << table.source.format << ")\n";
    out << "  geometry  " << table.geometryType << '\n';
    out << "  features  " << table.featureCount << '\n';
    out << "  extent    " << degreesText(table.extent) << '\n';
    out << "  crs       " << (table.source.crs.empty() ? "none given" : table.source.crs) << '\n';
    if (!table.source.encoding.empty())
        out << "  encoding  " << table.source.encoding << '\n';
    if (const auto span = timeSpanOf(table))
        out << "  time      " << span->from << " to " << span->to << '\n';
    if (!table.columns.empty())
        out << "  fields   ";
    for (const Column& column : table.columns)
        out << ' ' << column.name << " (" << typeWord(column.type) << ")"
            << (&column == &table.columns.back() ? "\n" : ",");
}

void printSituation(std::ostream& out, const Situation& situation, const TimeFilter& filter) {
    const SituationAt at = situationAt(situation, filter);
    const auto line = [&](const char* name, std::size_t all, std::size_t inForce, const std::string& when) {
        out << "  " << name << all << " records, " << inForce << ' ' << when << '\n';
    };
    const std::string inForce = "in force at " + formatIso(filter.asOf);
    out << "Situation\n";
    line("control        ", situation.controlAreas.size(), at.controlAreas.size(), inForce);
    line("road status    ", situation.roadStatuses.size(), at.roadStatuses.size(), inForce);
    line("restrictions   ", situation.restrictions.size(), at.restrictions.size(), inForce);
    line("measures       ", situation.measures.size(), at.measures.size(), inForce);
    line("incidents      ", situation.incidents.size(), at.incidents.size(),
         "in the " + std::to_string(filter.incidentDays) + " days before");
}

TimeFilter filterOf(const CommonOptions& options, const LoadResult& loaded) {
    TimeFilter filter;
    const auto zone = options.zone();
    filter.asOf = std::chrono::time_point_cast<TimePoint::duration>(std::chrono::system_clock::now());
    if (loaded.project && loaded.project->map.asOf)
        filter.asOf = *loaded.project->map.asOf;
    if (loaded.recipe) {
        filter.incidentDays = loaded.recipe->incidentDays;
        if (!loaded.recipe->asOf.empty())
            filter.asOf = zone.asOf(loaded.recipe->asOf);
        if (!loaded.recipe->knownBy.empty())
            filter.knownBy = zone.asOf(loaded.recipe->knownBy);
    }
    if (!options.asOf.empty())
        filter.asOf = dateOption("--as-of", options.asOf, zone);
    if (!options.knownBy.empty())
        filter.knownBy = dateOption("--known-by", options.knownBy, zone);
    return filter;
}

// Layers as the sources named them, not as they are drawn.
std::vector<const Layer*> layersInSourceOrder(const LoadResult& loaded) {
    std::vector<const Layer*> layers;
    for (const auto& table : loaded.tables)
        for (const auto& layer : loaded.project->layers)
            if (layer->table == table)
                layers.push_back(layer.get());
    return layers;
}

// What a project file is besides its layers.
struct ProjectFacts {
    std::string path, title, asOf, lastChange, lastChangeAt; // "" = none
};

std::vector<ProjectFacts> projectsAmong(const CommonOptions& options) {
    std::vector<ProjectFacts> facts;
    for (const std::string& source : options.sources) {
        if (!isProjectFile(source))
            continue;
        const ProjectFile file = ProjectFile::open(source, ProjectAccess::ReadOnly);
        const MapSettings& map = file.project()->map;
        ProjectFacts found{source, map.title, map.asOf ? formatIso(*map.asOf) : "", "", ""};
        if (const auto history = file.history(1); !history.empty()) {
            found.lastChange = history[0].name;
            found.lastChangeAt = history[0].at;
        }
        facts.push_back(std::move(found));
    }
    return facts;
}

void printProject(std::ostream& out, const ProjectFacts& facts) {
    out << "Project\n  file      " << facts.path << '\n';
    if (!facts.title.empty())
        out << "  title     " << facts.title << '\n';
    out << "  shows     " << (facts.asOf.empty() ? "today, unless --as-of says another date" : facts.asOf) << '\n';
    out << "  history   "
        << (facts.lastChange.empty() ? "no change since it was made"
                                     : "last change " + facts.lastChangeAt + ": " + facts.lastChange)
        << '\n';
}

void writeProjects(JsonWriter& json, const std::vector<ProjectFacts>& projects) {
    json.key("projects").beginArray();
    for (const ProjectFacts& facts : projects) {
        json.beginObject().member("file", facts.path).member("title", facts.title);
        for (const auto& [name, text] :
             {std::pair{"as_of", &facts.asOf}, {"last_change", &facts.lastChange}, {"changed", &facts.lastChangeAt}})
            text->empty() ? json.key(name).null() : json.member(name, *text);
        json.end();
    }
    json.end();
}

int runInfo(const CommonOptions& options, const CommandContext& context) {
    filterOf(options, {}); // a wrong date is told before minutes of reading
    const LoadResult loaded = loadWithProgress(options, context);
    reportWarnings(loaded.warnings, options, context);
    const Project& project = *loaded.project;
    const TimeFilter filter = filterOf(options, loaded);
    const std::vector<ProjectFacts> projects = projectsAmong(options);
    if (!options.json) {
        for (const ProjectFacts& facts : projects)
            printProject(context.out, facts);
        for (const Layer* layer : layersInSourceOrder(loaded))
            printLayer(context.out, *layer);
        if (!project.situation->isEmpty())
            printSituation(context.out, *project.situation, filter);
        return exitCodeOf(loaded.warnings);
    }
    JsonWriter json(context.out);
    json.beginObject().key("layers").beginArray();
    for (const Layer* layer : layersInSourceOrder(loaded))
        writeLayer(json, *layer);
    json.end();
    if (!projects.empty())
        writeProjects(json, projects);
    if (!project.situation->isEmpty())
        writeSituation(json, *project.situation, filter);
    writeWarnings(json, loaded.warnings);
    json.end();
    return exitCodeOf(loaded.warnings);
}

} // namespace

void addInfoCommand(CLI::App& app, const CommandContext& context, Run& run) {
    auto options = std::make_shared<CommonOptions>();
    CLI::App* command = app.add_subcommand("info", "Say what is in files: layers, counts, extent, CRS, fields, dates");
    options->addTo(*command, "the answer");
    command->footer("Examples:\n"
                    "  cordon info roads.shp\n"
                    "  cordon info data/mali-2025/mali-2025.json --as-of 2025-11-01 --json");
    command->callback([options, context, &run] { run = [options, context] { return runInfo(*options, context); }; });
}

} // namespace cordon
