#include "core/io/project_log.h"

#include "core/io/iso_time.h"
#include "core/io/record_json.h"

#include <limits>

namespace cordon {
namespace {

std::string rangesJson(const std::array<FidRanges, kRecordKinds>& ranges) {
    std::string json = "{";
    for (std::size_t kind = 0; kind < kRecordKinds; ++kind) {
        if (ranges[kind].empty())
            continue;
        json += (json.size() > 1 ? ",\"" : "\"") + std::string(toWord(static_cast<RecordKind>(kind))) + "\":[";
        const char* separator = "";
        for (const auto& [first, last] : ranges[kind]) {
            json += separator + ("[" + std::to_string(first)) + "," + std::to_string(last) + "]";
            separator = ",";
        }
        json += "]";
    }
    return json + "}";
}

void readRanges(const Json* json, std::array<FidRanges, kRecordKinds>& ranges) {
    if (!json)
        return;
    for (const auto& [word, list] : json->members) {
        const auto kind = recordKindFromWord(word);
        for (const Json& range : list.items) {
            if (!kind || range.items.size() != 2)
                throw Error("the list of edits is damaged");
            const double first = range.items[0].number;
            const double last = range.items[1].number;
            constexpr double kMost = 9e15;
            if (!(first >= 1 && last >= first && last < kMost))
                throw Error("the list of edits is damaged");
            ranges[static_cast<std::size_t>(*kind)].emplace_back(static_cast<std::int64_t>(first),
                                                                 static_cast<std::int64_t>(last));
        }
    }
}

LoggedEdit editOf(const Statement& row) {
    return {row.integer(0), std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3))};
}

} // namespace

void addFid(FidRanges& ranges, std::int64_t fid) {
    if (!ranges.empty() && ranges.back().second + 1 == fid)
        ranges.back().second = fid;
    else
        ranges.emplace_back(fid, fid);
}

std::string rowChangesJson(const RowChanges& changes) {
    return "{\"added\":" + rangesJson(changes.added) + ",\"ended\":" + rangesJson(changes.ended) + "}";
}

RowChanges rowChangesFromJson(const Json& json) {
    RowChanges changes;
    readRanges(json.find("added"), changes.added);
    readRanges(json.find("ended"), changes.ended);
    return changes;
}

std::int64_t EditLog::append(TimePoint at, const std::string& name, const char* kind, std::int64_t target,
                             const char* state, const std::string& payload) {
    Statement insert = m_database.prepare(
        "INSERT INTO cordon_edits (at, name, kind, target, state, payload) VALUES (?, ?, ?, ?, ?, ?)");
    const std::string time = isoTime(at.time_since_epoch().count());
    insert.bind(0, std::string_view(time)).bind(1, std::string_view(name)).bind(2, std::string_view(kind));
    target ? insert.bind(3, target) : insert.bindNull(3);
    insert.bind(4, std::string_view(state)).bind(5, std::string_view(payload)).run();
    return m_database.lastRowId();
}

void EditLog::setState(std::int64_t step, const char* state) {
    Statement update = m_database.prepare("UPDATE cordon_edits SET state = ? WHERE step = ?");
    update.bind(0, std::string_view(state)).bind(1, step).run();
}

std::int64_t EditLog::appendDone(TimePoint at, const std::string& name, const std::string& payload) {
    m_database.run("UPDATE cordon_edits SET state = 'dropped' WHERE state = 'undone'");
    return append(at, name, "do", 0, "done", payload);
}

void EditLog::appendUndo(TimePoint at, const LoggedEdit& step, const std::string& payload) {
    setState(step.step, "undone");
    append(at, step.name, "undo", step.step, "", payload);
}

void EditLog::appendRedo(TimePoint at, const LoggedEdit& step, const std::string& payload) {
    setState(step.step, "done");
    append(at, step.name, "redo", step.step, "", payload);
}

void EditLog::replacePayload(std::int64_t step, const std::string& payload) {
    Statement update = m_database.prepare("UPDATE cordon_edits SET payload = ? WHERE step = ?");
    update.bind(0, std::string_view(payload)).bind(1, step).run();
}

std::optional<LoggedEdit> EditLog::nextUndo() const {
    Statement query = m_database.prepare(
        "SELECT step, at, name, coalesce((SELECT r.payload FROM cordon_edits r WHERE r.target = d.step AND "
        "r.kind = 'redo' ORDER BY r.step DESC LIMIT 1), payload) FROM cordon_edits d WHERE state = 'done' "
        "ORDER BY step DESC LIMIT 1");
    return query.step() ? std::optional(editOf(query)) : std::nullopt;
}

std::optional<LoggedEdit> EditLog::nextRedo() const {
    Statement query = m_database.prepare(
        "SELECT step, at, name, (SELECT u.payload FROM cordon_edits u WHERE u.target = d.step AND u.kind = 'undo' "
        "ORDER BY u.step DESC LIMIT 1) FROM cordon_edits d WHERE state = 'undone' ORDER BY step LIMIT 1");
    return query.step() ? std::optional(editOf(query)) : std::nullopt;
}

std::vector<LoggedEdit> EditLog::latest(int count) const {
    Statement query =
        m_database.prepare("SELECT step, at, CASE kind WHEN 'undo' THEN 'Undo ' || name WHEN 'redo' THEN 'Redo ' || "
                           "name ELSE name END, '' FROM cordon_edits ORDER BY step DESC LIMIT ?");
    query.bind(0, count);
    std::vector<LoggedEdit> edits;
    while (query.step())
        edits.push_back(editOf(query));
    return edits;
}

std::int64_t EditLog::lastStep() const {
    return m_database.integer("SELECT max(step) FROM cordon_edits");
}

} // namespace cordon
