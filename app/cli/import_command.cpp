// cordon import PROJECT SOURCE...
#include "app/cli/cli.h"
#include "app/cli/command.h"
#include "app/cli/progress_bar.h"
#include "core/atomic_file.h"
#include "core/import/import_batch.h"
#include "core/import/plan_memory.h"
#include "core/io/project_file.h"
#include "core/io/read_job.h"
#include "core/io/record_columns.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>

namespace cordon {
namespace {

struct ImportOptions {
    CommonOptions common;
    std::string project;
    std::string as, mapping, saveMapping, crs, encoding, timezone, dates, table, name, report;
    std::string preset = "auto";
    std::vector<std::string> fixes, columns, values, constants, roads;
    double snapMeters = -1, trackSnapMeters = -1, gapMinutes = -1, accuracyMeters = -1;
    bool isDryRun = false;

    // Whether anything but the file says what shall become of it: worth remembering.
    bool isChosen() const {
        return !as.empty() || !columns.empty() || !values.empty() || !constants.empty() || !timezone.empty() ||
               !crs.empty() || !dates.empty() || preset != "auto" || (!mapping.empty() && mapping != "none");
    }
};

constexpr const char* kTargets =
    "auto, points, tracks, regions, roads, incidents, control, status, restrictions, measures, records";
constexpr const char* kFixes = "swap_lat_lon, negate_longitude, negate_latitude, leave_out_far, leave_out_inaccurate, "
                               "leave_out_zero_island, keep_duplicates, utm_south";

std::string readAll(const std::string& path, const std::string& what) {
    std::ifstream file(path, std::ios::binary);
    if (!file)
        throw Error("The " + what + " '" + path + "' cannot be read; check its name.");
    return {std::istreambuf_iterator<char>(file), {}};
}

void writeAll(const std::string& path, const std::string& text, const std::string& what) {
    AtomicFile file(path);
    std::ofstream out(file.temporaryPath(), std::ios::binary | std::ios::trunc);
    out << text;
    out.close();
    if (!out)
        throw Error("The " + what + " cannot be written to '" + path + "'; check the folder and the free space.");
    file.commit();
}

std::pair<std::string, std::string> splitAt(const std::string& text, char mark, const char* option,
                                            const char* example) {
    const std::size_t at = text.rfind(mark);
    if (at == std::string::npos || at == 0)
        throw UsageError(std::string(option) + " '" + text + "' is not understood; write it as " + example + ".");
    return {text.substr(0, at), text.substr(at + 1)};
}

std::vector<ColumnUse>::iterator columnNamed(ImportPlan& plan, const std::string& name) {
    return std::find_if(plan.columns.begin(), plan.columns.end(),
                        [&](const ColumnUse& use) { return use.column == name; });
}

// As presetNames() has it; "" for none.
std::string presetOf(const std::string& word) {
    if (word == "none")
        return {};
    std::string names;
    for (const std::string& name : presetNames())
        if (lowerCased(name) == lowerCased(word))
            return name;
        else
            names += ", " + name;
    throw UsageError("--preset '" + word + "' is not one of auto, none" + names + ".");
}

// --columns NAME=ROLE, of which the role may be a column of situation records: --columns Etat=status
void setColumns(const ImportOptions& o, ImportPlan& plan) {
    for (const std::string& text : o.columns) {
        const auto [name, word] = splitAt(text, '=', "--columns", "NAME=ROLE, such as Lat=latitude");
        const auto use = columnNamed(plan, name);
        if (use == plan.columns.end())
            continue;
        const std::vector<std::string> fields = recordColumns();
        if (const auto role = columnRoleFromWord(word); role && *role != ColumnRole::Field)
            use->role = *role;
        else if (std::find(fields.begin(), fields.end(), word) != fields.end()) {
            use->role = ColumnRole::Field;
            use->field = word;
        } else
            throw UsageError("--columns " + text + ": '" + word +
                             "' is neither a role, such as latitude, longitude, time, place_name, attribute or "
                             "ignore, nor a column of situation records, such as status or note.");
        use->why = "said on the command line";
    }
    for (const std::string& text : o.values) {
        const auto [from, to] = splitAt(text, '=', "--value", "COLUMN:FROM=TO, such as Etat:coupée=blocked");
        const auto [name, value] = splitAt(from, ':', "--value", "COLUMN:FROM=TO, such as Etat:coupée=blocked");
        if (const auto use = columnNamed(plan, name); use != plan.columns.end())
            use->values.emplace(use->values.begin(), value, to); // the first that fits counts
    }
}

DayOrder dayOrder(const std::string& word) {
    if (word == "day_first")
        return DayOrder::DayFirst;
    if (word == "month_first")
        return DayOrder::MonthFirst;
    if (word == "year_first")
        return DayOrder::YearFirst;
    throw UsageError("--dates '" + word + "' is not one of day_first, month_first, year_first.");
}

void override(const ImportOptions& o, const SourceTable& table, ImportPlan& plan) {
    if (!o.as.empty() && o.as != "auto") {
        const auto target = importTargetFromWord(o.as);
        if (!target)
            throw UsageError("--as '" + o.as + "' is not one of " + kTargets + ".");
        plan = planAs(std::move(plan), table, *target);
    }
    setColumns(o, plan);
    for (const std::string& text : o.constants)
        plan.constants.push_back(splitAt(text, '=', "--set", "FIELD=VALUE, such as source=OCHA"));
    for (const std::string& word : o.fixes) {
        const auto fix = importFixFromWord(word);
        if (!fix)
            throw UsageError("--fix '" + word + "' is not one of " + kFixes + ".");
        plan.fixes.push_back(*fix);
    }
    for (const std::string& text : o.roads) {
        const auto [id, road] = splitAt(text, '=', "--road", "REPORT=ROAD, such as R-1f3a=76, or R-1f3a=point");
        plan.roads.emplace_back(id, road == "point" ? "" : road);
    }
    if (!o.crs.empty())
        plan.crs = o.crs;
    if (!o.timezone.empty())
        plan.timezone = o.timezone;
    if (!o.dates.empty())
        plan.dayOrder = dayOrder(o.dates);
    if (!o.name.empty())
        plan.layerName = o.name;
    if (o.snapMeters >= 0)
        plan.snapMeters = o.snapMeters;
    if (o.trackSnapMeters >= 0)
        plan.trackSnapMeters = o.trackSnapMeters;
    if (o.gapMinutes >= 0)
        plan.trackGapSeconds = o.gapMinutes * 60;
    if (o.accuracyMeters >= 0)
        plan.worstAccuracyMeters = o.accuracyMeters;
}

class Importer {
public:
    Importer(const ImportOptions& options, const CommandContext& context, const Project& project)
        : m_options(options), m_context(context), m_project(project) {
        if (!options.mapping.empty() && options.mapping != "none")
            m_mapping = planFromJson(readAll(options.mapping, "mapping"), "The mapping '" + options.mapping + "'");
        TimeZone::fromText(options.timezone); // throws UsageError
        if (options.preset != "auto")
            presetOf(options.preset); // likewise
    }

    // A source that cannot be read does not keep the others out.
    void add(const std::string& source) {
        try {
            addTables(source);
        } catch (const UsageError&) {
            throw;
        } catch (const Error& error) {
            m_warnings.push_back({error.what(), true});
            if (m_firstError.empty())
                m_firstError = error.what();
        }
    }

    // Throws Error when nothing at all could be read.
    void requireSome() const {
        if (m_batches.empty() && !m_firstError.empty())
            throw Error(m_firstError);
    }

    const std::vector<ImportBatch>& batches() const { return m_batches; }
    const Warnings& warnings() const { return m_warnings; }
    const std::vector<std::pair<std::string, ImportPlan>>& chosen() const { return m_chosen; }
    std::vector<ImportReport> reports() const {
        std::vector<ImportReport> reports;
        for (const ImportBatch& batch : m_batches)
            reports.push_back(batch.report);
        return reports;
    }

private:
    void addTables(const std::string& source) {
        ProgressBar bar(m_context.err, "Reading", !m_options.common.quiet);
        ReadOptions read;
        read.crs = m_options.crs;
        read.encoding = m_options.encoding;
        read.layer = m_options.table;
        read.stop = m_context.stop;
        read.progress = [&](double fraction) { bar.show(fraction / 2); };
        SourceTables tables = readSourceTables(source, read);
        m_warnings.insert(m_warnings.end(), tables.warnings.begin(), tables.warnings.end());
        const bool hasRows = std::any_of(tables.tables.begin(), tables.tables.end(),
                                         [](const SourceTable& table) { return table.rowCount() > 0; });
        for (SourceTable& table : tables.tables) {
            if (hasRows && table.rowCount() == 0)
                continue; // a GPX has layers for what it does not hold
            addTable(table, bar);
            table = {}; // its cells may be large
        }
    }

    void addTable(const SourceTable& table, ProgressBar& bar) {
        const ImportPlan plan = planOf(table);
        ImportContext importing;
        importing.now = ProjectFile::currentTime();
        importing.toUtc = [](const std::string& zone, TimePoint wallClock) {
            return TimeZone::fromText(zone).toUtc(wallClock);
        };
        importing.stop = m_context.stop;
        importing.progress = [&](double fraction) { bar.show(0.5 + fraction / 2); };
        ImportBatch batch = prepareImport(table, plan, m_project, importing);
        if (m_options.isChosen())
            m_chosen.emplace_back(shapeOf(table), plan);
        m_project = withBatch(m_project, batch, importing.now);
        m_batches.push_back(std::move(batch));
    }

    ImportPlan planOf(const SourceTable& table) {
        ImportPlan plan;
        if (m_mapping) {
            plan = planFor(table, *m_mapping, m_warnings);
        } else if (m_options.preset != "auto") {
            plan = recogniseAs(table, m_project, presetOf(m_options.preset));
        } else if (auto remembered = m_options.mapping == "none" ? std::nullopt : rememberedPlan(table)) {
            plan = std::move(*remembered);
            if (!m_options.common.quiet)
                m_context.err << "cordon: '" << table.name
                              << "' is taken as files of its shape were before; --mapping none looks at it anew\n";
        } else {
            plan = recognise(table, m_project);
        }
        override(m_options, table, plan);
        for (const std::string& text : m_options.columns)
            if (const std::string name = text.substr(0, text.rfind('=')); columnNamed(plan, name) == plan.columns.end())
                m_warnings.push_back({"'" + table.name + "' has no column '" + name + "'.", false});
        return plan;
    }

    const ImportOptions& m_options;
    const CommandContext& m_context;
    Project m_project; // with what was prepared so far
    std::optional<ImportPlan> m_mapping;
    std::vector<ImportBatch> m_batches;
    std::vector<std::pair<std::string, ImportPlan>> m_chosen; // by shapeOf()
    Warnings m_warnings;
    std::string m_firstError;
};

void sayReports(const Importer& importer, const ImportOptions& o, const CommandContext& context) {
    const std::vector<ImportReport> reports = importer.reports();
    if (!o.report.empty())
        writeAll(o.report, reportAsJson(reports), "report");
    if (o.common.json) {
        context.out << reportAsJson(reports);
        return;
    }
    for (const ImportReport& report : reports)
        context.out << reportAsText(report);
}

int runImport(const ImportOptions& o, const CommandContext& context) {
    ProjectFile file = ProjectFile::open(o.project, o.isDryRun ? ProjectAccess::ReadOnly : ProjectAccess::ReadWrite);
    Importer importer(o, context, *file.project());
    for (const std::string& source : o.common.sources)
        importer.add(source);
    importer.requireSome();
    Warnings warnings = importer.warnings();
    for (const ImportBatch& batch : importer.batches())
        if (!batch.report.left.empty())
            warnings.push_back({batch.report.file + ": " + countOf(batch.report.left.size(), "row") +
                                    (batch.report.left.size() == 1 ? " was" : " were") +
                                    " left out; the report names " + (batch.report.left.size() == 1 ? "it." : "them."),
                                true});
    reportWarnings(warnings, o.common, context); // with --strict it ends here
    const ImportStep step = importStep(*file.project(), importer.batches(), ProjectFile::currentTime());
    if (!o.isDryRun && !step.isEmpty) {
        ProgressBar bar(context.err, "Writing", !o.common.quiet);
        file.applyStep(step.name, step.project, step.edit, context.stop, [&](double fraction) { bar.show(fraction); });
    }
    if (!o.isDryRun)
        for (const auto& [shape, plan] : importer.chosen())
            rememberPlan(shape, plan);
    if (!o.saveMapping.empty() && !importer.batches().empty())
        writeAll(o.saveMapping, planAsJson(importer.batches().front().report.plan), "mapping");
    sayReports(importer, o, context);
    const bool isKnown =
        std::ranges::any_of(importer.batches(), [](const ImportBatch& batch) { return batch.report.alreadyThere > 0; });
    if (!o.common.quiet)
        context.err << "cordon: "
                    << (o.isDryRun     ? "nothing was written, because this was a dry run"
                        : step.isEmpty ? (isKnown ? "everything was in the project already; nothing was written"
                                                  : "nothing could be taken; nothing was written")
                                       : "'" + step.name + "' is in '" + o.project + "' as one step")
                    << '\n';
    return exitCodeOf(warnings);
}

void addMeaning(CLI::App& command, ImportOptions& o) {
    const char* const group = "What the files mean";
    const auto add = [&](const char* name, auto& value, const char* help, const char* text) {
        return command.add_option(name, value, help)->option_text(text)->group(group);
    };
    const auto each = [&](const char* name, std::vector<std::string>& value, const char* help, const char* text) {
        add(name, value, help, text)->expected(1)->take_all();
    };
    add("--as", o.as, kTargets, "WORD");
    add("--preset", o.preset, "Whose files they are: ACLED, UCDP GED, Kobo/ODK, HXL ...; none; auto unless given",
        "NAME");
    each("--columns", o.columns, "What a column is: its role, or a column of situation records (repeatable)",
         "NAME=ROLE");
    each("--value", o.values, "What a word in a column stands for (repeatable)", "COLUMN:FROM=TO");
    each("--set", o.constants, "The same value for all records (repeatable)", "FIELD=VALUE");
    add("--mapping", o.mapping, "All of this from a file; none: nor as remembered for files of the same columns",
        "FILE");
    add("--save-mapping", o.saveMapping, "Keep it as a file", "FILE");
    add("--crs", o.crs, "Of their coordinates, such as EPSG:32629", "CRS");
    add("--encoding", o.encoding, "Of their texts, such as windows-1252", "NAME");
    add("--timezone", o.timezone, "Of times without a zone, such as +01:00 or Africa/Bamako; UTC unless given", "ZONE");
    add("--dates", o.dates, "How 03/04/2025 is meant: day_first, month_first, year_first", "WORD");
    add("--table", o.table, "Only this sheet or layer", "NAME");
    add("--name", o.name, "Name of the layer", "TEXT");
}

} // namespace

void addImportCommand(CLI::App& app, const CommandContext& context, Run& run) {
    auto o = std::make_shared<ImportOptions>();
    CLI::App* command = app.add_subcommand("import", "Bring files of the field into a project");
    command->add_option("PROJECT", o->project, "The project file")->required();
    command
        ->add_option("SOURCE", o->common.sources,
                     "GPX, KML, tables (.csv, .xlsx, .ods), shapefiles, GeoJSON and all else, or folders of them")
        ->required()
        ->option_text("...");
    o->common.addAnswer(*command, "the report");
    addMeaning(*command, *o);
    command->add_option("--snap-roads", o->snapMeters, "Put road reports on roads so near; 500 unless given, 0 never")
        ->option_text("METRES")
        ->check(CLI::Range(0.0, 50000.0));
    command->add_option("--road", o->roads, "The road of a report, where two are as near, or point (repeatable)")
        ->option_text("REPORT=ROAD")
        ->expected(1)
        ->take_all();
    command
        ->add_option("--track-snap", o->trackSnapMeters,
                     "A track imported as status passes roads so near; 50 unless given, 0 none")
        ->option_text("METRES")
        ->check(CLI::Range(0.0, 5000.0));
    command->add_option("--track-gap", o->gapMinutes, "Split tracks where they are silent for longer; 30 unless given")
        ->option_text("MINUTES")
        ->check(CLI::Range(0.0, 100000.0));
    command->add_option("--accuracy", o->accuracyMeters, "Name places measured worse than this; 100 unless given")
        ->option_text("METRES")
        ->check(CLI::Range(0.0, 1000000.0));
    command->add_option("--fix", o->fixes, std::string("Mend what is suspicious (repeatable): ") + kFixes)
        ->option_text("WORD")
        ->expected(1)
        ->take_all();
    command->add_flag("--dry-run", o->isDryRun, "Only report what would be taken");
    command->add_option("--report", o->report, "Write the whole report as JSON")->option_text("FILE.json");
    command->footer(
        "Nothing suspicious is mended unless asked for, importing a file again adds nothing, and one import "
        "is one step to undo.\n"
        "Examples:\n"
        "  cordon import mali.gpkg kobo.csv traces/*.gpx --timezone Africa/Bamako\n"
        "  cordon import mali.gpkg roads.xlsx --as status --value \"Etat:coupée=blocked\" --dry-run\n"
        "  cordon import mali.gpkg points.csv --columns X=longitude --columns Y=latitude --fix swap_lat_lon");
    command->callback([o, context, &run] { run = [o, context] { return runImport(*o, context); }; });
}

} // namespace cordon
