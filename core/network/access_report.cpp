#include "core/network/access_report.h"

#include "core/model/csv_text.h"
#include "core/model/number_text.h"

#include <cmath>
#include <set>

namespace cordon {

void explain(AccessReport& report, const std::stop_token& stop) {
    report.why.clear();
    for (std::size_t i = 0; i < report.answer.places.size(); ++i) {
        if (stop.stop_requested())
            throw Stopped();
        if (auto why = whyCutOff(*report.network, report.answer, i))
            report.why.emplace(i, std::move(*why));
    }
    report.ranked = rankBlockages(*report.network, report.answer);
    if (stop.stop_requested())
        throw Stopped();
    report.together = blockagesTogether(*report.network, report.answer, report.ranked);
}

std::string obstacleText(const AccessReport& report, std::uint32_t obstacle) {
    const Obstacle& o = report.answer.passages.obstacles[obstacle];
    std::string ids;
    for (const RoadStatus* status : o.reports)
        ids += (ids.empty() ? "" : "+") + status->head.id;
    const std::string road = o.road == kNone ? "" : report.network->graph.nameOf(o.road);
    if (ids.empty())
        return road + (road.empty() ? "" : " (") + o.why + (road.empty() ? "" : ")");
    return ids + " on " + road + " (" + o.why + ")";
}

std::string obstaclesText(const AccessReport& report, const std::vector<std::uint32_t>& obstacles) {
    std::string text;
    std::set<std::string> said;
    for (const std::uint32_t o : obstacles)
        if (const std::string one = obstacleText(report, o); said.insert(one).second)
            text += (text.empty() ? "" : "; ") + one;
    return text;
}

std::string whyText(const AccessReport& report, std::size_t place) {
    const auto found = report.why.find(place);
    if (found == report.why.end())
        return "";
    std::string text;
    for (const Restriction* restriction : found->second.restrictions)
        text += (text.empty() ? "" : "; ") + restriction->head.id + " (restriction of " + restriction->head.place + ")";
    if (text.empty())
        text = obstaclesText(report, found->second.obstacles);
    return text;
}

std::string accessCsv(const AccessReport& report) {
    std::string csv = "name,lon,lat,country,region,population,reach,km,hours,normal_km,normal_hours,detour,delayed,"
                      "late,separated_by,passes\r\n";
    for (std::size_t i = 0; i < report.answer.places.size(); ++i) {
        const Place& place = report.network->places[i];
        const PlaceReach& reach = report.answer.places[i];
        const auto finite = [](const char* format, double value) {
            return std::isfinite(value) ? formattedNumber(format, value) : std::string();
        };
        const bool isReached = reach.kind == ReachKind::Reached;
        const bool isOnNetwork = reach.kind != ReachKind::OffNetwork;
        csv +=
            safeCsvCell(place.name) + formattedNumber(",%.6f", place.at.lonDegrees) +
            formattedNumber(",%.6f,", place.at.latDegrees) + safeCsvCell(place.country) + "," +
            safeCsvCell(place.region) + "," + (place.population ? formattedNumber("%.0f", *place.population) : "") +
            "," + std::string(toWord(reach.kind)) + "," + (isReached ? finite("%.2f", reach.meters / 1000) : "") + "," +
            (isReached ? finite("%.3f", reach.seconds / 3600) : "") + "," +
            (isOnNetwork ? finite("%.2f", reach.freeMeters / 1000) : "") + "," +
            (isOnNetwork ? finite("%.3f", reach.freeSeconds / 3600) : "") + "," +
            (isReached ? formattedNumber("%.3f", reach.detour()) : "") + "," + (reach.isDelayed ? "true" : "false") +
            "," + (reach.isLate ? "true" : "false") + "," + safeCsvCell(whyText(report, i)) + "," +
            (isReached ? safeCsvCell(obstaclesText(report, obstaclesOnPath(*report.network, report.answer, i, false)))
                       : "") +
            "\r\n";
    }
    return csv;
}

} // namespace cordon
