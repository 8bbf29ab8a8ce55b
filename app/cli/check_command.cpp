#include "app/cli/cli.h"
#include "app/cli/command.h"
#include "core/io/project_file.h"
#include "core/json_writer.h"
#include "core/model/work_list.h"

#include <ostream>

namespace cordon {
namespace {

struct CheckOptions {
    CommonOptions common;
    std::string grade;
};

TimeFilter clockOf(const CheckOptions& o, const Project& project) {
    const TimeZone zone = o.common.zone();
    TimeFilter clock;
    clock.asOf = o.common.asOf.empty() ? project.map.asOf.value_or(ProjectFile::currentTime())
                                       : dateOption("--as-of", o.common.asOf, zone);
    if (!o.common.knownBy.empty())
        clock.knownBy = dateOption("--known-by", o.common.knownBy, zone);
    clock.atLeastGrade = gradeOption(o.grade);
    return clock;
}

void writeItem(JsonWriter& json, const WorkItem& item) {
    json.beginObject().member("kind", toWord(item.kind)).member("text", item.text).key("reports").beginArray(true);
    for (const std::string& id : item.ids)
        json.value(id);
    json.end();
    if (!item.roadId.empty())
        json.member("road", item.roadId).member("from", item.fromFraction).member("to", item.toFraction);
    if (item.kind == WorkKind::StaleReport)
        json.member("age_days", item.ageDays);
    json.end();
}

int runCheck(const CheckOptions& o, const CommandContext& context) {
    std::vector<std::string> damage;
    for (const std::string& source : o.common.sources)
        if (isProjectFile(source))
            for (std::string& problem : ProjectFile::open(source, ProjectAccess::ReadOnly).checkIntegrity())
                damage.push_back(std::move(problem));
    const LoadResult loaded = loadWithProgress(o.common, context);
    const TimeFilter clock = clockOf(o, *loaded.project);
    const std::vector<WorkItem> work = workList(*loaded.project, clock);
    reportWarnings(loaded.warnings, o.common, context);
    if (o.common.json) {
        JsonWriter json(context.out);
        json.beginObject().member("as_of", formatIso(clock.asOf)).key("integrity").beginArray();
        for (const std::string& problem : damage)
            json.value(problem);
        json.end().key("work").beginArray();
        for (const WorkItem& item : work)
            writeItem(json, item);
        json.end();
        writeWarnings(json, loaded.warnings);
        json.end();
    } else {
        for (const std::string& problem : damage)
            context.out << "damaged: " << problem << '\n';
        for (const WorkItem& item : work)
            context.out << toWord(item.kind) << ": " << item.text << '\n';
        if (damage.empty() && work.empty())
            context.out << "Nothing to decide or look after as of " << formatIso(clock.asOf) << ".\n";
    }
    if (!damage.empty())
        return kFailed;
    return exitCodeOf(loaded.warnings);
}

} // namespace

void addCheckCommand(CLI::App& app, const CommandContext& context, Run& run) {
    auto o = std::make_shared<CheckOptions>();
    CLI::App* command =
        app.add_subcommand("check", "Check a project: integrity, contradicting and stale reports, missing sources");
    o->common.addTo(*command, "the answer");
    command->add_option("--grade", o->grade, "Only records of this Admiralty grade or better")->option_text("B2");
    command->footer("Exit code 1 when the file is damaged; work to do is no failure.\n"
                    "Examples:\n"
                    "  cordon check mali.gpkg --as-of 2025-10-20\n"
                    "  cordon check mali.gpkg --json");
    command->callback([o, context, &run] { run = [o, context] { return runCheck(*o, context); }; });
}

} // namespace cordon
