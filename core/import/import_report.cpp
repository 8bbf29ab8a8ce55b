#include "core/import/import_batch.h"

#include "core/import/row_times.h"
#include "core/io/delimited_text.h"
#include "core/io/read_job.h"
#include "core/io/record_json.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace cordon {
namespace {

constexpr std::size_t kMostLines = 20; // of one list in the text; the JSON has all

const char* targetNoun(ImportTarget target) {
    switch (target) {
    case ImportTarget::Points:
        return "points";
    case ImportTarget::Tracks:
        return "tracks";
    case ImportTarget::Regions:
        return "regions";
    case ImportTarget::Roads:
        return "roads";
    case ImportTarget::Incidents:
        return "incidents";
    case ImportTarget::Control:
        return "areas of control";
    case ImportTarget::RoadStatuses:
        return "road statuses";
    case ImportTarget::Restrictions:
        return "restrictions";
    case ImportTarget::Measures:
        return "measures";
    case ImportTarget::Records:
        break;
    }
    return "situation records";
}

// Rows with the same column and reason are one line.
std::string leftAsText(const std::vector<RowNote>& left) {
    struct Line {
        std::vector<std::uint32_t> rows;
        std::string value;
        bool isOneValue = true;
    };
    std::map<std::pair<std::string, std::string>, Line> lines;
    std::vector<const std::pair<const std::pair<std::string, std::string>, Line>*> order;
    for (const RowNote& note : left) {
        const auto [line, isNew] = lines.try_emplace({note.column, note.reason});
        if (isNew) {
            order.push_back(&*line);
            line->second.value = note.value;
        }
        line->second.isOneValue &= line->second.value == note.value;
        line->second.rows.push_back(note.row);
    }
    std::string text;
    for (std::size_t i = 0; i < std::min(order.size(), kMostLines); ++i) {
        const auto& [what, line] = *order[i];
        text += "  " + rowsText(line.rows) + ": ";
        text += what.first.empty() ? "" : printableText(what.first) + " ";
        if (!line.value.empty())
            text += "'" + printableText(line.value) + "' " + (line.isOneValue ? "" : "and others ");
        text += printableText(what.second) + "\n";
    }
    if (order.size() > kMostLines)
        text +=
            "  and " + std::to_string(order.size() - kMostLines) + " more reasons; the report as JSON has them all\n";
    return text;
}

std::string notesAsText(const char* title, const std::vector<SnapNote>& notes) {
    if (notes.empty())
        return {};
    std::string text = std::string(title) + " (" + std::to_string(notes.size()) + "):\n";
    for (std::size_t i = 0; i < std::min(notes.size(), kMostLines); ++i)
        text += "  row " + std::to_string(notes[i].row) + ", " +
                printableText(notes[i].recordId + ": " + notes[i].text) + "\n";
    if (notes.size() > kMostLines)
        text += "  and " + std::to_string(notes.size() - kMostLines) + " more\n";
    return text;
}

// A JSON object or array as it grows.
class JsonText {
public:
    explicit JsonText(char opening) : m_text(1, opening), m_closing(opening == '{' ? '}' : ']') {}
    JsonText& item(const std::string& json) {
        m_text += (m_isEmpty ? "" : ",") + json;
        m_isEmpty = false;
        return *this;
    }
    JsonText& member(const char* key, const std::string& json) { return item(jsonText(key) + ":" + json); }
    JsonText& text(const char* key, const std::string& value) { return member(key, jsonText(value)); }
    JsonText& count(const char* key, std::size_t value) { return member(key, std::to_string(value)); }
    std::string done() const { return m_text + m_closing; }

private:
    std::string m_text;
    char m_closing;
    bool m_isEmpty = true;
};

std::string snapsAsJson(const std::vector<SnapNote>& notes) {
    JsonText array('[');
    for (const SnapNote& note : notes) {
        JsonText candidates('[');
        for (const SnapCandidate& c : note.candidates)
            candidates.item(JsonText('{')
                                .text("road", c.roadId)
                                .text("name", c.name)
                                .member("m", jsonNumber(std::round(c.distanceMeters)))
                                .done());
        array.item(JsonText('{')
                       .count("row", note.row)
                       .text("id", note.recordId)
                       .text("text", note.text)
                       .member("candidates", candidates.done())
                       .done());
    }
    return array.done();
}

std::string suspicionAsJson(const Suspicion& suspicion) {
    JsonText rows('[');
    for (const std::uint32_t row : suspicion.rows)
        rows.item(std::to_string(row));
    JsonText object('{');
    object.text("kind", std::string(toWord(suspicion.kind))).text("text", suspicion.text).member("rows", rows.done());
    if (suspicion.fix)
        object.text("fix", std::string(toWord(*suspicion.fix)));
    if (suspicion.dayOrderChoice)
        object.text("dates", "month_first");
    if (const auto& choice = suspicion.valueChoice)
        object.member(
            "value",
            JsonText('{').text("column", choice->column).text("from", choice->from).text("to", choice->to).done());
    return object.done();
}

std::string asJson(const ImportReport& report) {
    JsonText left('['), suspicions('['), warnings('[');
    for (const RowNote& note : report.left)
        left.item("\n  " + JsonText('{')
                               .count("row", note.row)
                               .text("column", note.column)
                               .text("value", note.value)
                               .text("reason", note.reason)
                               .done());
    for (const Suspicion& suspicion : report.suspicions)
        suspicions.item("\n  " + suspicionAsJson(suspicion));
    for (const Warning& warning : report.warnings)
        warnings.item(jsonText(warning.text));
    return JsonText('{')
        .text("file", report.file)
        .text("table", report.table)
        .text("as", std::string(toWord(report.plan.target)))
        .text("preset", report.plan.preset)
        .count("rows", report.rows)
        .count("taken", report.taken)
        .count("already_there", report.alreadyThere)
        .count("left_out", report.left.size())
        .member("left", left.done())
        .member("suspicions", suspicions.done())
        .member("snapped", snapsAsJson(report.snapped))
        .member("ambiguous", snapsAsJson(report.ambiguous))
        .member("not_snapped", snapsAsJson(report.notSnapped))
        .member("warnings", warnings.done())
        .member("mapping", planAsJson(report.plan))
        .done();
}

} // namespace

std::string commandLineHint(const Suspicion& suspicion) {
    if (suspicion.fix)
        return "--fix " + std::string(toWord(*suspicion.fix)) + " would " +
               (*suspicion.fix == ImportFix::KeepDuplicates ? "add them all the same"
                : *suspicion.fix == ImportFix::SwapLatLon   ? "swap them"
                : *suspicion.fix == ImportFix::UtmSouth     ? "take them as south"
                : *suspicion.fix == ImportFix::NegateLongitude || *suspicion.fix == ImportFix::NegateLatitude
                    ? "turn the sign"
                    : "leave them out");
    if (suspicion.dayOrderChoice)
        return "say --dates month_first if the month comes first";
    if (const auto& choice = suspicion.valueChoice)
        return "--value \"" + choice->column + ":" + choice->from + "=" + choice->to + "\" would take it so";
    return {};
}

std::string reportAsText(const ImportReport& report, const SuspicionHint& hint) {
    std::string text = printableText(report.file);
    if (!report.table.empty() && report.file.find(report.table) == std::string::npos)
        text += ", " + printableText(report.table);
    text += ": " + countOf(report.rows, "row") + ", imported as " + targetNoun(report.plan.target);
    if (!report.plan.preset.empty())
        text += " (recognised: " + report.plan.preset + ")";
    text += "\n  " + countOf(report.taken, "row") + " taken";
    if (report.alreadyThere > 0)
        text += ", " + countOf(report.alreadyThere, "row") + " already in the project";
    text += ", " + (report.left.empty() ? "none" : std::to_string(report.left.size())) + " left out\n";
    for (const Warning& warning : report.warnings)
        text += "Note: " + printableText(warning.text) + "\n";
    if (!report.left.empty())
        text += "Left out:\n" + leftAsText(report.left);
    if (!report.suspicions.empty())
        text += "Please look at:\n";
    for (const Suspicion& suspicion : report.suspicions) {
        text += "  " + printableText(suspicion.text) + "\n";
        if (const std::string how = hint(suspicion); !how.empty())
            text += "    " + printableText(how) + "\n";
    }
    text += notesAsText("Put on roads", report.snapped);
    text += notesAsText("Which road? Kept as points unless one is chosen", report.ambiguous);
    text += notesAsText("Kept as points", report.notSnapped);
    return text;
}

std::string reportAsJson(const std::vector<ImportReport>& reports) {
    JsonText array('[');
    std::size_t taken = 0, left = 0, alreadyThere = 0;
    for (const ImportReport& report : reports) {
        array.item("\n" + asJson(report));
        taken += report.taken;
        left += report.left.size();
        alreadyThere += report.alreadyThere;
    }
    return JsonText('{')
               .count("taken", taken)
               .count("already_there", alreadyThere)
               .count("left_out", left)
               .member("imports", array.done())
               .done() +
           "\n";
}

} // namespace cordon
