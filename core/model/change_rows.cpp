#include "core/model/change_rows.h"

#include "core/model/csv_text.h"
#include "core/model/number_text.h"
#include "core/model/report_list.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace cordon {
namespace {

void include(GeoBox& box, const SmallGeometry& geometry) {
    for (const SmallGeometry::Part& part : geometry.parts)
        for (const LonLat p : part.points)
            box.include(p);
}

template <class T> void addReport(ChangeRow& row, const T& report) {
    row.reports.push_back(report.head.id);
    const std::string& source = report.head.source;
    if (!source.empty() && std::find(row.sources.begin(), row.sources.end(), source) == row.sources.end())
        row.sources.push_back(source);
}

ChangeRow rowOf(const RoadChange& change) {
    ChangeRow row{ChangeGroup::Roads, std::string(toWord(change.kind)), change.cause};
    const auto& deciding = change.after ? change.after : change.before;
    if (deciding)
        for (const RoadStatus* report : deciding->reports) {
            addReport(row, *report);
            if (change.roadId.empty())
                include(row.box, report->geometry);
        }
    row.what = !change.roadName.empty() ? change.roadName : change.roadId;
    if (row.what.empty() && deciding && !deciding->reports.empty())
        row.what = deciding->reports.front()->head.place;
    row.before = change.before ? describe(*change.before) : "";
    row.after = change.after ? describe(*change.after) : "";
    row.kilometers = change.lengthMeters / 1000;
    for (const auto& line : change.lines)
        for (const LonLat p : line)
            row.box.include(p);
    return row;
}

ChangeRow rowOf(const ControlChange& change) {
    ChangeRow row{ChangeGroup::Control, change.isWon ? "won" : "lost", change.cause};
    row.what = change.actor;
    for (const std::string& other : change.otherActors)
        row.what += ", " + other;
    if (change.controlClass != ControlClass::Control) {
        std::string word(toWord(change.controlClass));
        std::replace(word.begin(), word.end(), '_', ' ');
        row.what += " (" + word + ")";
    }
    row.squareKilometers = change.squareMeters / 1e6;
    row.byRegion = change.byRegion;
    for (const ControlArea* report : change.reports)
        addReport(row, *report);
    for (const GeoRing& ring : change.polygons)
        for (const LonLat p : ring.points)
            row.box.include(p);
    return row;
}

ChangeRow rowOf(const TownChange& change) {
    ChangeRow row{ChangeGroup::Towns, std::string(toWord(change.kind)), change.cause};
    row.what = change.report->head.place;
    addReport(row, *change.report);
    include(row.box, change.report->geometry);
    return row;
}

ChangeRow rowOf(const Incident& incident, const char* kind, ChangeCause cause) {
    ChangeRow row{ChangeGroup::Incidents, kind, cause};
    row.what = summaryOf(incident);
    if (!incident.head.place.empty())
        row.what = incident.head.place + ": " + row.what;
    const auto &low = incident.fatalitiesLow, &best = incident.fatalitiesBest;
    row.fatalities = best ? best : low ? low : incident.fatalitiesHigh;
    row.begin = incident.head.valid.begin;
    addReport(row, incident);
    row.box.include(incident.location);
    return row;
}

ChangeRow rowOf(const Measure& measure, const char* kind) {
    ChangeRow row{ChangeGroup::Measures, kind};
    row.what = measure.head.place.empty() ? summaryOf(measure) : measure.head.place + ": " + summaryOf(measure);
    row.begin = measure.head.valid.begin;
    addReport(row, measure);
    include(row.box, measure.geometry);
    return row;
}

void addIncidents(std::vector<ChangeRow>& rows, std::vector<const Incident*> incidents, const char* kind,
                  ChangeCause cause) {
    std::stable_sort(incidents.begin(), incidents.end(),
                     [](const Incident* a, const Incident* b) { return a->head.valid.begin > b->head.valid.begin; });
    for (const Incident* incident : incidents)
        rows.push_back(rowOf(*incident, kind, cause));
}

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts)
        text += (text.empty() ? "" : "; ") + part;
    return text;
}

} // namespace

std::vector<ChangeRow> changeRows(const Changes& changes) {
    std::vector<ChangeRow> rows;
    std::vector<const RoadChange*> roads;
    for (const RoadChange& change : changes.roads)
        roads.push_back(&change);
    std::stable_sort(roads.begin(), roads.end(), [](const RoadChange* a, const RoadChange* b) {
        return a->kind != b->kind ? a->kind < b->kind : a->lengthMeters > b->lengthMeters;
    });
    for (const RoadChange* change : roads)
        rows.push_back(rowOf(*change));
    for (const ControlChange& change : changes.control)
        rows.push_back(rowOf(change));
    for (const TownChange& change : changes.towns)
        rows.push_back(rowOf(change));
    addIncidents(rows, changes.incidents, "incident", ChangeCause::Ground);
    addIncidents(rows, changes.incidentsLearnt, "incident_learnt", ChangeCause::Learnt);
    addIncidents(rows, changes.incidentsWithdrawn, "incident_withdrawn", ChangeCause::Learnt);
    for (const Measure* measure : changes.measuresBegun)
        rows.push_back(rowOf(*measure, "measure_begun"));
    for (const Measure* measure : changes.measuresEnded)
        rows.push_back(rowOf(*measure, "measure_ended"));
    return rows;
}

std::string csvOf(const std::vector<ChangeRow>& rows) {
    std::string csv = "change,cause,what,before,after,km,km2,regions,fatalities,date,reports,sources\n";
    for (const ChangeRow& row : rows) {
        std::vector<std::string> regions;
        for (const RegionShare& share : row.byRegion)
            regions.push_back(
                (share.name.empty() ? share.code.empty() ? "outside all regions" : share.code : share.name) + " " +
                formattedNumber("%.2f", share.squareMeters / 1e6));
        const bool isRoad = row.group == ChangeGroup::Roads, isControl = row.group == ChangeGroup::Control;
        const std::string cells[] = {row.kind,
                                     std::string(toWord(row.cause)),
                                     row.what,
                                     row.before,
                                     row.after,
                                     isRoad ? formattedNumber("%.1f", row.kilometers) : "",
                                     isControl ? formattedNumber("%.2f", row.squareKilometers) : "",
                                     joined(regions),
                                     row.fatalities ? std::to_string(*row.fatalities) : "",
                                     row.begin ? formatIso(*row.begin) : "",
                                     joined(row.reports),
                                     joined(row.sources)};
        bool isFirst = true;
        for (const std::string& text : cells) {
            csv += (isFirst ? "" : ",") + safeCsvCell(text);
            isFirst = false;
        }
        csv += '\n';
    }
    return csv;
}

std::string titleOf(const ChangeRow& row) {
    static constexpr std::pair<std::string_view, std::string_view> kTitles[] = {
        {"newly_contested", "Reports disagree"},
        {"no_longer_known", "Gone stale"},
        {"known_again", "Confirmed again"},
        {"newly_under", "Newly under restriction"},
        {"newly_out", "Restriction lifted"},
        {"incident_learnt", "Incident learnt later"},
        {"incident_withdrawn", "Incident withdrawn"},
        {"won", "Won"},
        {"lost", "Lost"}};
    for (const auto& [kind, title] : kTitles)
        if (row.kind == kind)
            return std::string(title);
    std::string title = row.kind; // "newly_blocked" -> "Newly blocked"
    std::replace(title.begin(), title.end(), '_', ' ');
    if (!title.empty() && title[0] >= 'a' && title[0] <= 'z')
        title[0] = static_cast<char>(title[0] - 'a' + 'A');
    return title;
}

} // namespace cordon
