#include "app/gui/history.h"

#include "app/gui/report_place.h"
#include "app/gui/report_words.h"
#include "core/io/record_columns.h"
#include "core/model/control_at.h"
#include "core/model/edit.h"
#include "core/model/road_snap.h"
#include "core/model/road_state.h"

#include <algorithm>
#include <map>

namespace cordon {

namespace {

QString spanText(const TimeInterval& interval) {
    const QString begin = timeText(interval.begin), end = timeText(interval.end);
    return (begin.isEmpty() ? translated("ever") : begin) + QString::fromUtf8(" – ") +
           (end.isEmpty() ? translated("now") : end);
}

HistoryRow rowOf(const Record& record) {
    const RecordHead& head = headOf(record);
    return {head.id,
            spanText(head.recorded),
            spanText(head.valid),
            QString::fromStdString(summaryOf(record)),
            QString::fromStdString(head.grade.toText()),
            fromUtf8(head.source),
            {}};
}

QString readable(std::string column) {
    std::ranges::replace(column, '_', ' ');
    return fromUtf8(column);
}

// "status: open -> blocked; grade: C3 -> B2". A shape is not written out.
QString differences(const Record& before, const Record& after) {
    std::map<std::string, std::pair<std::string, std::string>> values;
    for (const auto& [column, value] : recordValues(before))
        values[column].first = value;
    for (const auto& [column, value] : recordValues(after))
        values[column].second = value;
    QStringList texts;
    for (const auto& [column, pair] : values) {
        if (pair.first == pair.second || column.starts_with("recorded"))
            continue;
        const auto shown = [](const std::string& value) {
            return value.empty() ? translated("nothing") : fromUtf8(value);
        };
        const bool isShape = column == "geometry" || column == "lon" || column == "lat";
        texts.append(isShape
                         ? translated("moved or redrawn")
                         : readable(column) + ": " + shown(pair.first) + QString::fromUtf8(" → ") + shown(pair.second));
    }
    texts.removeDuplicates();
    return texts.isEmpty() ? translated("the same again") : texts.join("; ");
}

QString datesText(const TimeFilter& time) {
    const QString asOf =
        time.asOf == TimePoint::max() ? translated("Latest") : QString::fromStdString(formatDate(time.asOf));
    return time.knownBy == TimePoint::max()
               ? asOf
               : translated("%1, as known by %2").arg(asOf, QString::fromStdString(formatDate(time.knownBy)));
}

// Why a report does not count at all; "" if it is live.
QString whyNotLive(const RecordHead& head, const TimeFilter& time) {
    if (head.recorded.begin > time.knownBy)
        return translated("Not known yet at that date.");
    if (head.recorded.end && *head.recorded.end <= time.knownBy)
        return translated("Withdrawn or corrected.");
    if (head.valid.begin > time.asOf)
        return translated("Begins later.");
    if (!head.valid.contains(time.asOf))
        return translated("Ended before.");
    if (time.atLeastGrade && !head.grade.isAtLeast(*time.atLeastGrade))
        return translated("Graded worse than %1.").arg(QString::fromStdString(time.atLeastGrade->toText()));
    return {};
}

// The part a live report plays among the live ones: those of `deciding` say what is shown.
template <class T>
QString partOf(const T& report, const std::vector<const T*>& live, const std::vector<const T*>& deciding,
               bool isContested, const ShelfLives& lives, TimePoint asOf) {
    const bool isOld = isStale(lives, report, asOf);
    if (std::ranges::find(deciding, &report) != deciding.end()) {
        if (isContested)
            return translated("Contested: fresh reports disagree, somebody must decide.");
        return isOld ? translated("The last that was known; past its shelf life.") : translated("Decides.");
    }
    for (const T* other : live)
        if (other != &report && overrules(other->head, report.head, asOf))
            return translated("Overruled by %1: later, and graded as well or better.").arg(reportName(other->head));
    return isOld ? translated("Stale: gives way to fresh ones.") : translated("Agrees or says nothing more.");
}

} // namespace

HistoryTable historyOfReport(const SituationIndex& index, const PlaceLookups& lookups, const std::string& id) {
    const std::vector<Record> versions = historyOf(index, id);
    HistoryTable table;
    if (versions.empty())
        return table;
    table.title = titleOf(versions.back());
    for (std::size_t i = versions.size(); i-- > 0;) {
        HistoryRow row = rowOf(versions[i]);
        row.remark = i == 0 ? translated("first recorded") : differences(versions[i - 1], versions[i]);
        const RecordHead& head = headOf(versions[i]);
        const bool isReplaced = i + 1 < versions.size() && headOf(versions[i + 1]).recorded.begin == head.recorded.end;
        if (head.recorded.end && !isReplaced)
            row.remark += translated("; withdrawn later");
        if (const auto* status = std::get_if<RoadStatus>(&versions[i]))
            if (const std::string link = snapLinkText(*status, lookups.roads); !link.empty())
                row.remark += translated("; its point was reported %1").arg(fromUtf8(link));
        table.rows.push_back(std::move(row));
    }
    table.verdicts.append(headOf(versions.back()).recorded.end ? translated("It is withdrawn.")
                                                               : translated("It is known now as in the first row."));
    return table;
}

HistoryTable historyOfRoad(const SituationIndex& index, const PlaceLookups& lookups, const std::string& roadId,
                           const TimeFilter& time) {
    HistoryTable table;
    table.title = roadTitle(roadId, lookups.roads);
    const auto stretches = roadStatesOf(index, roadId, time);
    std::vector<const RoadStatus*> live, deciding;
    bool isContested = false;
    for (const RoadStretch& stretch : stretches) {
        deciding.insert(deciding.end(), stretch.reports.begin(), stretch.reports.end());
        isContested |= stretch.isContested;
        const bool isWhole = stretch.fromFraction <= 0 && stretch.toFraction >= 1;
        QString where = isWhole ? translated("whole")
                                : translated("%1 % to %2 %")
                                      .arg(stretch.fromFraction * 100, 0, 'f', 0)
                                      .arg(stretch.toFraction * 100, 0, 'f', 0);
        if (stretch.direction != TrafficDirection::Both)
            where += ", " + phraseOf(stretch.direction).toLower();
        table.verdicts.append(
            translated("%1: %2 (%3)").arg(datesText(time), QString::fromStdString(describe(stretch)), where));
    }
    if (stretches.empty())
        table.verdicts.append(translated("%1: nothing is known of it.").arg(datesText(time)));
    const auto reports = index.reportsOfRoad(roadId);
    for (const RoadStatus* report : reports)
        if (whyNotLive(report->head, time).isEmpty())
            live.push_back(report);
    auto sorted = reports;
    std::ranges::stable_sort(sorted, std::greater<>(), [](const RoadStatus* r) { return r->head.valid.begin; });
    for (const RoadStatus* report : sorted) {
        HistoryRow row = rowOf(*report);
        row.remark = whyNotLive(report->head, time);
        if (row.remark.isEmpty())
            row.remark = partOf(*report, live, deciding, isContested, index.situation().shelfLives, time.asOf);
        table.rows.push_back(std::move(row));
    }
    return table;
}

HistoryTable historyOfRegion(const SituationIndex& index, const PlaceLookups& lookups, const std::string& code,
                             const TimeFilter& time) {
    HistoryTable table;
    table.title = regionTitle(code, lookups.regions);
    const ControlState state = controlOfRegion(index, code, time);
    table.verdicts.append(translated("%1: %2, by the reports that name the region")
                              .arg(datesText(time), QString::fromStdString(describe(state))));
    std::vector<const ControlArea*> reports, live;
    for (const ControlArea& report : index.situation().controlAreas)
        if (std::ranges::find(report.regions, code) != report.regions.end())
            reports.push_back(&report);
    for (const ControlArea* report : reports)
        if (whyNotLive(report->head, time).isEmpty())
            live.push_back(report);
    std::ranges::stable_sort(reports, std::greater<>(), [](const ControlArea* r) { return r->head.valid.begin; });
    for (const ControlArea* report : reports) {
        HistoryRow row = rowOf(*report);
        row.remark = whyNotLive(report->head, time);
        if (row.remark.isEmpty())
            row.remark =
                partOf(*report, live, state.reports, state.isDisputed, index.situation().shelfLives, time.asOf);
        table.rows.push_back(std::move(row));
    }
    return table;
}

} // namespace cordon
