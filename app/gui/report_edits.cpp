#include "app/gui/report_edits.h"

#include "app/gui/report_words.h"
#include "core/error.h"
#include "core/model/road_snap.h"

#include <functional>

namespace cordon {

namespace {

// The version that is known now; throws like the edits do when there is none.
Record liveRecord(const SituationIndex& index, const std::string& id) {
    const auto rows = index.rowsOf(id);
    for (auto row = rows.rbegin(); row != rows.rend(); ++row)
        if (!headAt(index.situation(), *row).recorded.end)
            return recordAt(index.situation(), *row);
    throw Error("The report " + id + " cannot be changed, because it is already withdrawn.");
}

std::string namedAfter(const char* verb, const SituationIndex& index, const ReportIds& ids) {
    if (ids.size() != 1)
        return translated("%1 %2 reports").arg(translated(verb)).arg(ids.size()).toStdString();
    return (translated(verb) + ' ' + titleOf(liveRecord(index, ids.front()))).toStdString();
}

// All made from the same state, so that they bear the same stamp.
SituationEdit together(const SituationIndex& index, const char* verb, const ReportIds& ids,
                       const std::function<SituationEdit(const std::string& id)>& editOf) {
    SituationEdit all;
    for (const std::string& id : ids) {
        SituationEdit one = editOf(id);
        all.at = one.at;
        all.added.insert(all.added.end(), one.added.begin(), one.added.end());
        all.ended.insert(all.ended.end(), one.ended.begin(), one.ended.end());
    }
    all.name = namedAfter(verb, index, ids);
    return all;
}

} // namespace

SituationEdit withdrawReports(const SituationIndex& index, const ReportIds& ids, TimePoint now) {
    return together(index, QT_TRANSLATE_NOOP("ReportWords", "Withdraw"), ids,
                    [&](const std::string& id) { return withdrawReport(index, id, now); });
}

SituationEdit confirmReports(const SituationIndex& index, const ReportIds& ids, TimePoint at, TimePoint now) {
    return together(index, QT_TRANSLATE_NOOP("ReportWords", "Confirm"), ids,
                    [&](const std::string& id) { return confirmReport(index, id, at, now); });
}

SituationEdit endReports(const SituationIndex& index, const ReportIds& ids, TimePoint end, TimePoint now) {
    return together(index, QT_TRANSLATE_NOOP("ReportWords", "End"), ids, [&](const std::string& id) {
        Record record = liveRecord(index, id);
        headOf(record).valid.end = end;
        return correctReport(index, std::move(record), now);
    });
}

SituationEdit putBackAsPoints(const SituationIndex& index, const ReportIds& ids, TimePoint now) {
    return together(index, QT_TRANSLATE_NOOP("ReportWords", "Put Back as a Point:"), ids, [&](const std::string& id) {
        Record record = liveRecord(index, id);
        if (auto* status = std::get_if<RoadStatus>(&record))
            *status = unsnapped(std::move(*status));
        return correctReport(index, std::move(record), now);
    });
}

SituationEdit saveReport(const SituationIndex& index, const Record& record, TimePoint now) {
    const bool isNew = headOf(record).id.empty();
    SituationEdit edit = isNew ? addReports(index, {record}, now) : correctReport(index, record, now);
    const QString verb = isNew ? translated("Add") : translated("Correct");
    edit.name = (verb + ' ' + titleOf(edit.added.front())).toStdString();
    return edit;
}

} // namespace cordon
