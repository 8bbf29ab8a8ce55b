// cordon report PROJECT add | correct | confirm | withdraw | list | history
#include "app/cli/cli.h"
#include "app/cli/command.h"
#include "core/io/project_file.h"
#include "core/io/record_columns.h"
#include "core/io/situation_reader.h"
#include "core/json_writer.h"
#include "core/model/report_list.h"
#include "core/model/shelf_life.h"
#include "core/model/work_list.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <iomanip>
#include <ostream>
#include <set>

namespace cordon {
namespace {

using Values = std::vector<std::pair<std::string, std::string>>;

// What a report may say, as options; the names are the columns of situation records with dashes.
struct ValueOption {
    const char* column;
    const char* text;
    const char* help;
};
constexpr std::array kValues = {
    ValueOption{"id", "ID", "Its id; a new one unless given"},
    ValueOption{"valid_from", "DATE", "Since when it is so"},
    ValueOption{"valid_to", "DATE", "Until when; still so unless given (a date alone: 00:00 of that day)"},
    ValueOption{"place", "NAME", "Place as reported"},
    ValueOption{"lon", "DEGREES", "Longitude of a point"},
    ValueOption{"lat", "DEGREES", "Latitude of a point"},
    ValueOption{"geometry", "WKT", "Line or area of its own"},
    ValueOption{"roads", "IDS", "Roads, ;-separated, each whole or a stretch: 88;141:0.2-0.5"},
    ValueOption{"regions", "CODES", "Regions of a control area, ;-separated P-codes"},
    ValueOption{"status", "WORD", "Of a road: open, restricted, difficult, blocked, impassable, contested, unknown"},
    ValueOption{"cause", "WORD", "Of a road: roadblock, checkpoint_unofficial, bridge_damage, flood, ..."},
    ValueOption{"vehicle_class", "TEXT", "Restricted: who may pass"},
    ValueOption{"load_tonnes", "N", "Restricted: greatest load"},
    ValueOption{"hours", "TEXT", "Restricted: 06:00-18:00"},
    ValueOption{"escort", "required", "Restricted: under escort only"},
    ValueOption{"direction", "WORD", "both, forward, backward"},
    ValueOption{"actor", "NAME", "Who did it or holds it"},
    ValueOption{"other_actors", "NAMES", "The others, ;-separated"},
    ValueOption{"control_class", "WORD", "control, support, contested, attack_zone, influence, no_information"},
    ValueOption{"basis", "WORD", "assessed, claimed"},
    ValueOption{"incident_type", "WORD", "armed_attack, explosive, convoy_attack, abduction, air_strike, ..."},
    ValueOption{"fatalities_low", "N", "Lowest count"},
    ValueOption{"fatalities_best", "N", "Best count"},
    ValueOption{"fatalities_high", "N", "Highest count"},
    ValueOption{"date_precision", "WORD", "day, week, month, quarter, year"},
    ValueOption{"grade", "B2", "Admiralty grade of source and information"},
    ValueOption{"location_precision", "WORD", "exact, approximate, town, segment, region, country"},
    ValueOption{"source", "TEXT", "Who says so, and when"},
    ValueOption{"source_url", "URL", "Where it can be read"},
    ValueOption{"note", "TEXT", "Anything else"},
};

struct ReportOptions {
    std::string project;
    std::string kind, from, id, at, output, asOf, knownBy, timezone;
    std::array<std::string, kValues.size()> values;
    std::string state, actor, text, grade;
    int olderThanDays = -1;
    bool withdrawn = false, json = false, quiet = false;
};

std::string optionName(std::string_view column) {
    std::string name = "--" + std::string(column);
    std::replace(name.begin(), name.end(), '_', '-');
    return name;
}

void addValueOptions(CLI::App& command, ReportOptions& o, bool withId) {
    for (std::size_t i = withId ? 0 : 1; i < kValues.size(); ++i)
        command.add_option(optionName(kValues[i].column), o.values[i], kValues[i].help)
            ->option_text(kValues[i].text)
            ->group("What it says");
}

Values givenValues(const ReportOptions& o) {
    Values values;
    for (std::size_t i = 0; i < kValues.size(); ++i)
        if (!o.values[i].empty())
            values.emplace_back(kValues[i].column, o.values[i]);
    return values;
}

void setValue(Values& values, const std::string& name, const std::string& value) {
    const auto found = std::find_if(values.begin(), values.end(), [&](const auto& v) { return v.first == name; });
    if (found != values.end())
        found->second = value;
    else
        values.emplace_back(name, value);
}

// The version of a record that is known now.
Record currentVersion(const Situation& situation, const std::string& id) {
    std::vector<Record> history = historyOf(situation, id);
    for (auto version = history.rbegin(); version != history.rend(); ++version)
        if (!headOf(*version).recorded.end)
            return *version;
    throw Error("There is no report '" + id + "' in force in the project" +
                (history.empty() ? "; cordon report PROJECT list shows their ids."
                                 : ": it was withdrawn; cordon report PROJECT history " + id + " tells when."));
}

void sayDone(const SituationEdit& edit, const ReportOptions& o, const CommandContext& context) {
    if (o.json) {
        JsonWriter json(context.out);
        json.beginObject().member("edit", edit.name).member("recorded", formatIso(edit.at)).key("ids").beginArray(true);
        for (const Record& record : edit.added)
            json.value(headOf(record).id);
        json.end().end();
    } else {
        context.out << edit.name << '\n';
        for (const Record& record : edit.added)
            context.out << headOf(record).id << "  " << summaryOf(record) << '\n';
    }
}

// A report on a road or region that is in no layer is kept, but drawn nowhere.
void warnOfMissingPlaces(const Project& project, const SituationEdit& edit, TimePoint now, Warnings& warnings) {
    std::set<std::string> added;
    for (const Record& record : edit.added)
        added.insert(headOf(record).id);
    TimeFilter clock;
    clock.asOf = now;
    for (const WorkItem& item : workList(project, clock))
        if ((item.kind == WorkKind::MissingRoad || item.kind == WorkKind::MissingRegion) &&
            added.contains(item.ids.front()))
            warnings.push_back({item.text, false});
}

int runAdd(const ReportOptions& o, const CommandContext& context) {
    ProjectFile file = ProjectFile::open(o.project, ProjectAccess::ReadWrite);
    const Situation& situation = *file.project()->situation;
    const TimePoint now = ProjectFile::currentTime();
    SituationEdit edit;
    Warnings warnings;
    if (!o.from.empty()) {
        SituationResult read = readRecords(o.from);
        warnings = read.warnings;
        std::vector<Record> records;
        for (std::size_t kind = 0; kind < kRecordKinds; ++kind)
            visitRecords(std::as_const(read.situation), static_cast<RecordKind>(kind), [&](const auto& rows) {
                for (const auto& row : rows)
                    records.emplace_back(row);
            });
        edit = importReports(situation, std::move(records), now);
    } else {
        Values values = givenValues(o);
        if (o.kind.empty())
            throw UsageError("--kind is missing: say control, road_status, restriction, incident or measure.");
        setValue(values, "kind", o.kind);
        Record record = readRecord(values);
        edit = addReports(situation, {std::move(record)}, now);
    }
    file.apply(edit);
    warnOfMissingPlaces(*file.project(), edit, now, warnings);
    for (const Warning& warning : warnings)
        context.err << "cordon: warning: " << warning.text << '\n';
    sayDone(edit, o, context);
    return exitCodeOf(warnings);
}

int runCorrect(const ReportOptions& o, const CommandContext& context) {
    ProjectFile file = ProjectFile::open(o.project, ProjectAccess::ReadWrite);
    const Situation& situation = *file.project()->situation;
    Values values = recordValues(currentVersion(situation, o.id));
    const Values changed = givenValues(o);
    if (changed.empty())
        throw UsageError("Nothing says what to correct; name a value, such as --status open.");
    for (const auto& [name, value] : changed)
        setValue(values, name, value);
    const SituationEdit edit = correctReport(situation, readRecord(values), ProjectFile::currentTime());
    file.apply(edit);
    sayDone(edit, o, context);
    return kComplete;
}

int runConfirm(const ReportOptions& o, const CommandContext& context) {
    ProjectFile file = ProjectFile::open(o.project, ProjectAccess::ReadWrite);
    const TimePoint now = ProjectFile::currentTime();
    const TimePoint at = o.at.empty() ? now : dateOption("--at", o.at, TimeZone());
    if (at > now)
        throw UsageError("--at " + o.at + " is still to come; a report can be confirmed up to now.");
    const SituationEdit edit = confirmReport(*file.project()->situation, o.id, at, now);
    file.apply(edit);
    sayDone(edit, o, context);
    return kComplete;
}

int runWithdraw(const ReportOptions& o, const CommandContext& context) {
    ProjectFile file = ProjectFile::open(o.project, ProjectAccess::ReadWrite);
    const SituationEdit edit = withdrawReport(*file.project()->situation, o.id, ProjectFile::currentTime());
    file.apply(edit);
    sayDone(edit, o, context);
    return kComplete;
}

TimeFilter clockOf(const ReportOptions& o) {
    const TimeZone zone = TimeZone::fromText(o.timezone);
    TimeFilter clock;
    clock.asOf = o.asOf.empty() ? ProjectFile::currentTime() : dateOption("--as-of", o.asOf, zone);
    if (!o.knownBy.empty())
        clock.knownBy = dateOption("--known-by", o.knownBy, zone);
    clock.atLeastGrade = gradeOption(o.grade);
    return clock;
}

ReportFilter filterOf(const ReportOptions& o) {
    ReportFilter filter;
    if (!o.kind.empty()) {
        filter.kind = recordKindFromWord(o.kind);
        if (!filter.kind)
            throw UsageError("--kind '" + o.kind +
                             "' is not one of control, road_status, restriction, incident, measure.");
    }
    if (!o.state.empty()) {
        for (const ReportState state : {ReportState::InForce, ReportState::Stale, ReportState::Ended,
                                        ReportState::NotYet, ReportState::Withdrawn})
            if (toWord(state) == o.state)
                filter.state = state;
        if (!filter.state)
            throw UsageError("--state '" + o.state + "' is not one of in_force, stale, ended, not_yet, withdrawn.");
    }
    filter.actor = o.actor;
    filter.text = o.text;
    if (o.olderThanDays >= 0)
        filter.moreDays = o.olderThanDays;
    filter.withWithdrawn = o.withdrawn;
    return filter;
}

void writeRecord(JsonWriter& json, const Record& record) {
    for (const auto& [name, value] : recordValues(record))
        json.member(name, value);
}

std::size_t characterCount(const std::string& text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string padded(std::string text, std::size_t width) {
    const std::size_t length = characterCount(text);
    return length < width ? text + std::string(width - length, ' ') : text;
}

void printRows(std::ostream& out, const Situation& situation, const std::vector<ReportRow>& rows) {
    std::size_t idWidth = 0;
    for (const ReportRow& row : rows)
        idWidth = std::max(idWidth, characterCount(headAt(situation, row.position).id));
    for (const ReportRow& row : rows) {
        const Record record = recordAt(situation, row.position);
        const RecordHead& head = headOf(record);
        out << padded(head.id, idWidth) << "  " << formatIsoDate(head.valid.begin) << "  "
            << padded(head.valid.end ? formatIsoDate(*head.valid.end) : "", 10) << "  "
            << padded(std::string(toWord(row.state)), 9) << "  " << head.grade.toText() << "  "
            << padded(std::string(toWord(kindOf(record))), 11) << "  " << summaryOf(record) << ": " << head.place
            << '\n';
    }
}

int runList(const ReportOptions& o, const CommandContext& context) {
    const TimeFilter clock = clockOf(o);
    const ReportFilter filter = filterOf(o);
    Warnings warnings;
    const auto project = loadProject(o.project, warnings);
    const Situation& situation = *project->situation;
    if (!o.output.empty()) {
        const std::string suffix = std::filesystem::path(o.output).extension().string();
        if (suffix != ".csv" && suffix != ".geojson" && suffix != ".json")
            throw UsageError("--output '" + o.output + "': records are written as .csv or .geojson; name such a file.");
        writeRecords(situation, o.output);
        if (!o.quiet)
            context.err << "cordon: wrote all records with their history to '" << o.output << "'\n";
        return exitCodeOf(warnings);
    }
    const std::vector<ReportRow> rows = listReports(situation, clock, filter);
    if (!o.json) {
        printRows(context.out, situation, rows);
        return exitCodeOf(warnings);
    }
    JsonWriter json(context.out);
    json.beginObject().member("as_of", formatIso(clock.asOf)).key("reports").beginArray();
    for (const ReportRow& row : rows) {
        json.beginObject();
        const Record record = recordAt(situation, row.position);
        writeRecord(json, record);
        json.member("state", toWord(row.state)).member("age_days", row.ageDays);
        json.member("summary", summaryOf(record)).end();
    }
    json.end().end();
    return exitCodeOf(warnings);
}

void printDifference(std::ostream& out, const Values& before, const Values& after) {
    const auto valueOf = [](const Values& values, const std::string& name) {
        const auto found = std::ranges::find(values, name, &Values::value_type::first);
        return found == values.end() || found->second.empty() ? std::string("none") : found->second;
    };
    for (const std::string& name : recordColumns()) {
        const std::string was = valueOf(before, name), is = valueOf(after, name);
        if (was != is && !name.starts_with("recorded_"))
            out << "    " << name << ": " << was << " -> " << is << '\n';
    }
}

int runHistory(const ReportOptions& o, const CommandContext& context) {
    Warnings warnings;
    const auto project = loadProject(o.project, warnings);
    const std::vector<Record> versions = historyOf(*project->situation, o.id);
    if (versions.empty())
        throw Error("There is no report '" + o.id + "' in the project; cordon report PROJECT list shows their ids.");
    if (o.json) {
        JsonWriter json(context.out);
        json.beginObject().member("id", o.id).key("versions").beginArray();
        for (const Record& version : versions) {
            json.beginObject();
            writeRecord(json, version);
            json.end();
        }
        json.end().end();
        return exitCodeOf(warnings);
    }
    for (std::size_t i = 0; i < versions.size(); ++i) {
        const RecordHead& head = headOf(versions[i]);
        context.out << "recorded " << formatIso(head.recorded.begin)
                    << (head.recorded.end ? " to " + formatIso(*head.recorded.end) : std::string()) << "  "
                    << summaryOf(versions[i]) << ": " << head.place << '\n';
        if (i > 0)
            printDifference(context.out, recordValues(versions[i - 1]), recordValues(versions[i]));
    }
    return exitCodeOf(warnings);
}

using ReportRun = int (*)(const ReportOptions&, const CommandContext&);

} // namespace

void addReportCommand(CLI::App& app, const CommandContext& context, Run& run) {
    auto o = std::make_shared<ReportOptions>();
    CLI::App* report = app.add_subcommand("report", "Add, correct, confirm, withdraw and list the dated reports");
    report->add_option("PROJECT", o->project, "The project file")->required();
    report->require_subcommand(1);
    const auto add = [&](const char* name, const char* help, ReportRun function) {
        CLI::App* command = report->add_subcommand(name, help);
        command->add_flag("--json", o->json, "Answer as one JSON document on standard output");
        command->add_flag("-q,--quiet", o->quiet, "No advice");
        command->callback(
            [o, context, function, &run] { run = [o, context, function] { return function(*o, context); }; });
        return command;
    };
    const char* kinds = "control, road_status, restriction, incident, measure";

    CLI::App* addCommand = add("add", "Add a report, or all of a file of situation records", runAdd);
    addCommand->add_option("--kind", o->kind, kinds)->option_text("WORD");
    addCommand->add_option("--from", o->from, "Situation records (.csv, .geojson) to add")->option_text("FILE");
    addValueOptions(*addCommand, *o, true);

    CLI::App* correct =
        add("correct", "Say better what a report says; the old version stays in the history", runCorrect);
    correct->add_option("ID", o->id, "The report")->required();
    addValueOptions(*correct, *o, false);

    CLI::App* confirm = add("confirm", "Say that a report still holds, so that it does not grow stale", runConfirm);
    confirm->add_option("ID", o->id, "The report")->required();
    confirm->add_option("--at", o->at, "When it was seen to hold; now unless given")->option_text("DATE");

    CLI::App* withdraw = add("withdraw", "Withdraw a report: from now on it is not known", runWithdraw);
    withdraw->add_option("ID", o->id, "The report")->required();

    CLI::App* list = add("list", "List the reports", runList);
    list->add_option("--kind", o->kind, kinds)->option_text("WORD");
    list->add_option("--state", o->state, "in_force, stale, ended, not_yet, withdrawn")->option_text("WORD");
    list->add_option("--grade", o->grade, "This Admiralty grade or better")->option_text("B2");
    list->add_option("--actor", o->actor, "Of this actor: id, name or alias")->option_text("NAME");
    list->add_option("--text", o->text, "With these letters in id, place, source or note")->option_text("TEXT");
    list->add_option("--older-than", o->olderThanDays, "Not confirmed for more than so many days")
        ->option_text("DAYS")
        ->check(CLI::Range(0, 100000));
    list->add_flag("--withdrawn", o->withdrawn, "Withdrawn and corrected versions, too");
    list->add_option("--as-of", o->asOf, "What was true at this date; now unless given")->option_text("DATE");
    list->add_option("--known-by", o->knownBy, "Only what was known at this date")->option_text("DATE");
    list->add_option("--timezone", o->timezone, "Zone of dates without one, such as +01:00 or Africa/Bamako")
        ->option_text("ZONE");
    list->add_option("-o,--output", o->output, "Write all records with their history: .csv or .geojson")
        ->option_text("FILE");

    CLI::App* history = add("history", "Show all versions of a report", runHistory);
    history->add_option("ID", o->id, "The report")->required();

    report->footer("Examples:\n"
                   "  cordon report mali.gpkg add --kind road_status --status blocked --cause roadblock --roads 88 \\\n"
                   "    --valid-from 2025-09-03 --place \"Kayes - Sandaré\" --grade B2 --source \"BBC, 17 Sep 2025\"\n"
                   "  cordon report mali.gpkg withdraw R017\n"
                   "  cordon report mali.gpkg list --as-of 2025-10-20 --state in_force\n"
                   "  cordon report mali.gpkg list -o records.csv");
}

} // namespace cordon
