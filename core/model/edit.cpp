#include "core/model/edit.h"

#include "core/error.h"
#include "core/model/situation_index.h"

#include <algorithm>
#include <functional>
#include <map>
#include <random>
#include <set>

namespace cordon {
namespace {

using namespace std::chrono_literals;

// What an edit needs to know of a situation, by index or by scan.
struct Rows {
    const Situation& situation;
    std::function<std::vector<RowPosition>(std::string_view id)> ofId;
    std::function<TimePoint()> latestStamp;
};

std::vector<RowPosition> scanForId(const Situation& situation, std::string_view id) {
    std::vector<RowPosition> found;
    for (std::size_t k = 0; k < kRecordKinds; ++k) {
        const auto kind = static_cast<RecordKind>(k);
        visitRecords(situation, kind, [&](const auto& records) {
            std::uint32_t row = 0;
            for (const auto& record : records) {
                if (record.head.id == id)
                    found.push_back({kind, row});
                ++row;
            }
        });
    }
    return found;
}

TimePoint scanForLatestStamp(const Situation& situation) {
    TimePoint latest = TimePoint::min();
    for (std::size_t k = 0; k < kRecordKinds; ++k)
        visitRecords(situation, static_cast<RecordKind>(k), [&](const auto& records) {
            for (const auto& record : records)
                latest = std::max({latest, record.head.recorded.begin, record.head.recorded.end.value_or(latest)});
        });
    return latest;
}

Rows rowsOf(const Situation& situation) {
    return {situation, [&](std::string_view id) { return scanForId(situation, id); },
            [&] { return scanForLatestStamp(situation); }};
}
Rows rowsOf(const SituationIndex& index) {
    return {index.situation(), [&](std::string_view id) { return index.rowsOf(id); },
            [&] { return index.latestStamp(); }};
}

TimePoint stampAfter(TimePoint latest, TimePoint now) {
    return latest < now || latest == TimePoint::max() ? now : latest + 1ms;
}

std::string named(const Record& record) {
    return "report " + headOf(record).id;
}

void requireValidInterval(const Record& record) {
    const RecordHead& head = headOf(record);
    if (head.valid.isEmpty())
        throw Error("The " + named(record) + " ends on " + formatIso(*head.valid.end) +
                    ", which is not after its begin, " + formatIso(head.valid.begin) +
                    "; give an end later than the begin, or none if it still holds.");
}

// Rows of the id that are not withdrawn; throws if there are none.
std::vector<RowPosition> liveRows(const Rows& rows, const std::string& id, const char* what) {
    std::vector<RowPosition> positions = rows.ofId(id);
    if (positions.empty())
        throw Error("The report " + id + " cannot be " + what + ", because there is none with that id.");
    std::erase_if(positions, [&](RowPosition p) { return headAt(rows.situation, p).recorded.end.has_value(); });
    if (positions.empty())
        throw Error("The report " + id + " cannot be " + what + ", because it is already withdrawn.");
    return positions;
}

RowName nameOf(const Situation& situation, RowPosition position) {
    const RecordHead& head = headAt(situation, position);
    return {position.kind, head.id, head.recorded.begin};
}

std::optional<RowPosition> findRow(const Rows& rows, const RowName& name) {
    for (const RowPosition p : rows.ofId(name.id))
        if (p.kind == name.kind && headAt(rows.situation, p).recorded.begin == name.recordedBegin)
            return p;
    return std::nullopt;
}

std::string editName(const char* verb, const std::vector<Record>& records) {
    return std::string(verb) + " " +
           (records.size() == 1 ? named(records.front()) : std::to_string(records.size()) + " reports");
}

void requireFreeId(const Rows& rows, const Record& record) {
    if (!rows.ofId(headOf(record).id).empty())
        throw Error("The " + named(record) +
                    " cannot be added, because its id is taken; correct the report of that id, or give another id.");
}

SituationEdit addTo(const Rows& rows, std::vector<Record> records, TimePoint now) {
    SituationEdit edit;
    edit.at = stampAfter(rows.latestStamp(), now);
    std::set<std::string_view> given;
    for (Record& record : records) {
        RecordHead& head = headOf(record);
        if (head.id.empty())
            head.id = newRecordId();
        requireValidInterval(record);
        requireFreeId(rows, record);
        if (!given.insert(head.id).second)
            throw Error("The " + named(record) + " cannot be added twice; give each report an id of its own.");
        head.recorded = {edit.at, std::nullopt};
    }
    edit.name = editName("Add", records);
    edit.added = std::move(records);
    return edit;
}

SituationEdit importInto(const Rows& rows, std::vector<Record> records, TimePoint now) {
    SituationEdit edit;
    edit.at = stampAfter(rows.latestStamp(), now);
    std::map<std::string_view, std::set<TimePoint>> given;
    for (Record& record : records) {
        RecordHead& head = headOf(record);
        if (head.id.empty())
            head.id = newRecordId();
        requireValidInterval(record);
        requireFreeId(rows, record);
        if (head.recorded.begin == TimePoint::min())
            head.recorded.begin = edit.at;
        if (head.recorded.isEmpty())
            throw Error("The " + named(record) +
                        " says that it was withdrawn before it was recorded; correct recorded_from "
                        "or recorded_to.");
        if (std::max(head.recorded.begin, head.recorded.end.value_or(head.recorded.begin)) > edit.at)
            throw Error("The " + named(record) +
                        " says that it was recorded or withdrawn after today; correct "
                        "recorded_from or recorded_to, or the clock of this computer.");
        if (!given[head.id].insert(head.recorded.begin).second)
            throw Error("Two reports " + head.id + " were recorded at the same time; give each an id of its own.");
    }
    edit.name = editName("Import", records);
    edit.added = std::move(records);
    return edit;
}

SituationEdit correctIn(const Rows& rows, Record corrected, TimePoint now) {
    requireValidInterval(corrected);
    SituationEdit edit;
    edit.name = "Correct " + named(corrected);
    edit.at = stampAfter(rows.latestStamp(), now);
    for (const RowPosition p : liveRows(rows, headOf(corrected).id, "corrected"))
        edit.ended.push_back(nameOf(rows.situation, p));
    headOf(corrected).recorded = {edit.at, std::nullopt};
    edit.added.push_back(std::move(corrected));
    return edit;
}

SituationEdit confirmIn(const Rows& rows, const std::string& id, TimePoint at, TimePoint now) {
    Record record = recordAt(rows.situation, liveRows(rows, id, "confirmed").back());
    RecordHead& head = headOf(record);
    if (!head.valid.contains(at))
        throw Error("The report " + id + " cannot be confirmed for " + formatIso(at) +
                    ", because it does not hold then; correct when it begins or ends.");
    head.confirmed = at;
    SituationEdit edit = correctIn(rows, std::move(record), now);
    edit.name = "Confirm report " + id;
    return edit;
}

SituationEdit withdrawFrom(const Rows& rows, const std::string& id, TimePoint now) {
    SituationEdit edit;
    edit.name = "Withdraw report " + id;
    edit.at = stampAfter(rows.latestStamp(), now);
    for (const RowPosition p : liveRows(rows, id, "withdrawn"))
        edit.ended.push_back(nameOf(rows.situation, p));
    return edit;
}

std::string inverseName(const std::string& name) {
    static const std::string kUndo = "Undo ", kRedo = "Redo ";
    if (name.starts_with(kUndo))
        return kRedo + name.substr(kUndo.size());
    return kUndo + (name.starts_with(kRedo) ? name.substr(kRedo.size()) : name);
}

SituationEdit inverseIn(const Rows& rows, const SituationEdit& edit, TimePoint now) {
    const auto changedSince = [&](const std::string& id) {
        return Error("'" + edit.name + "' cannot be undone, because the report " + id +
                     " was changed since; undo the later change first.");
    };
    SituationEdit inverse;
    inverse.name = inverseName(edit.name);
    inverse.at = stampAfter(rows.latestStamp(), now);
    for (const Record& record : edit.added) {
        const RecordHead& head = headOf(record);
        if (head.recorded.end)
            continue;
        const RowName name{kindOf(record), head.id, head.recorded.begin};
        const auto position = findRow(rows, name);
        if (!position || headAt(rows.situation, *position).recorded.end)
            throw changedSince(head.id);
        inverse.ended.push_back(name);
    }
    for (const RowName& name : edit.ended) {
        const auto position = findRow(rows, name);
        if (!position)
            throw changedSince(name.id);
        for (const RowPosition p : rows.ofId(name.id))
            if (!headAt(rows.situation, p).recorded.end &&
                std::find(inverse.ended.begin(), inverse.ended.end(), nameOf(rows.situation, p)) == inverse.ended.end())
                throw changedSince(name.id);
        inverse.added.push_back(recordAt(rows.situation, *position));
        headOf(inverse.added.back()).recorded = {inverse.at, std::nullopt};
    }
    return inverse;
}

// `rows` looks at the situation before the edit, `situation` is the copy to change.
Situation appliedTo(Situation situation, const Rows& rows, const SituationEdit& edit) {
    for (const RowName& name : edit.ended) {
        const auto position = findRow(rows, name);
        if (!position || headAt(rows.situation, *position).recorded.end)
            throw Error("'" + edit.name + "' cannot be done, because the report " + name.id +
                        " is not there or is already withdrawn.");
        visitRecords(situation, name.kind, [&](auto& records) { records[position->row].head.recorded.end = edit.at; });
    }
    for (const Record& record : edit.added)
        std::visit([&](const auto& r) { recordsOf<std::decay_t<decltype(r)>>(situation).push_back(r); }, record);
    return situation;
}

std::vector<Record> historyIn(const Rows& rows, const std::string& id) {
    std::vector<Record> versions;
    for (const RowPosition p : rows.ofId(id))
        versions.push_back(recordAt(rows.situation, p));
    std::stable_sort(versions.begin(), versions.end(), [](const Record& a, const Record& b) {
        return headOf(a).recorded.begin < headOf(b).recorded.begin;
    });
    return versions;
}

} // namespace

std::string newRecordId() {
    static constexpr char kHex[] = "0123456789abcdef";
    std::random_device random;
    std::string id = "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx"; // RFC 9562, 5.4
    for (char& c : id)
        if (c == 'x')
            c = kHex[random() % 16];
        else if (c == 'y')
            c = kHex[8 + random() % 4];
    return id;
}

TimePoint editTime(const Situation& situation, TimePoint now) {
    return stampAfter(scanForLatestStamp(situation), now);
}
TimePoint editTime(const SituationIndex& index, TimePoint now) {
    return stampAfter(index.latestStamp(), now);
}

SituationEdit addReports(const Situation& situation, std::vector<Record> records, TimePoint now) {
    if (records.size() < 8)
        return addTo(rowsOf(situation), std::move(records), now);
    return addReports(SituationIndex(std::make_shared<const Situation>(situation)), std::move(records), now);
}
SituationEdit addReports(const SituationIndex& index, std::vector<Record> records, TimePoint now) {
    return addTo(rowsOf(index), std::move(records), now);
}

SituationEdit importReports(const Situation& situation, std::vector<Record> records, TimePoint now) {
    return importReports(SituationIndex(std::make_shared<const Situation>(situation)), std::move(records), now);
}
SituationEdit importReports(const SituationIndex& index, std::vector<Record> records, TimePoint now) {
    return importInto(rowsOf(index), std::move(records), now);
}

SituationEdit correctReport(const Situation& situation, Record corrected, TimePoint now) {
    return correctIn(rowsOf(situation), std::move(corrected), now);
}
SituationEdit correctReport(const SituationIndex& index, Record corrected, TimePoint now) {
    return correctIn(rowsOf(index), std::move(corrected), now);
}

SituationEdit confirmReport(const Situation& situation, const std::string& id, TimePoint at, TimePoint now) {
    return confirmIn(rowsOf(situation), id, at, now);
}
SituationEdit confirmReport(const SituationIndex& index, const std::string& id, TimePoint at, TimePoint now) {
    return confirmIn(rowsOf(index), id, at, now);
}

SituationEdit withdrawReport(const Situation& situation, const std::string& id, TimePoint now) {
    return withdrawFrom(rowsOf(situation), id, now);
}
SituationEdit withdrawReport(const SituationIndex& index, const std::string& id, TimePoint now) {
    return withdrawFrom(rowsOf(index), id, now);
}

SituationEdit inverseOf(const Situation& current, const SituationEdit& edit, TimePoint now) {
    if (edit.added.size() + edit.ended.size() < 8)
        return inverseIn(rowsOf(current), edit, now);
    return inverseOf(SituationIndex(std::make_shared<const Situation>(current)), edit, now);
}
SituationEdit inverseOf(const SituationIndex& current, const SituationEdit& edit, TimePoint now) {
    return inverseIn(rowsOf(current), edit, now);
}

Situation applied(Situation situation, const SituationEdit& edit) {
    if (edit.ended.size() >= 8)
        return applied(SituationIndex(std::make_shared<const Situation>(std::move(situation))), edit);
    const Situation before = situation;
    return appliedTo(std::move(situation), rowsOf(before), edit);
}
Situation applied(const SituationIndex& index, const SituationEdit& edit) {
    return appliedTo(index.situation(), rowsOf(index), edit);
}

std::vector<Record> historyOf(const Situation& situation, const std::string& id) {
    return historyIn(rowsOf(situation), id);
}
std::vector<Record> historyOf(const SituationIndex& index, const std::string& id) {
    return historyIn(rowsOf(index), id);
}

} // namespace cordon
