#include "app/cli/access_report.h"

#include "core/model/number_text.h"
#include "core/network/access_layers.h"

#include <algorithm>
#include <cmath>
#include <ostream>

namespace cordon {
namespace {

std::string people(const PeopleCount& count) {
    if (count.places > 0 && count.withoutPopulation == count.places)
        return std::to_string(count.places) + (count.places == 1 ? " place" : " places") + " of unknown population";
    std::string text = formattedNumber("%.0f people in ", count.people) + std::to_string(count.places) +
                       (count.places == 1 ? " place" : " places");
    if (count.withoutPopulation > 0)
        text += ", " + std::to_string(count.withoutPopulation) + " of them of unknown population";
    return text;
}

std::string way(double meters, double seconds) {
    return formattedNumber("%.0f km, ", meters / 1000) + formattedNumber("%.1f h", seconds / 3600);
}

std::string placeNames(const AccessReport& report, const std::vector<std::uint32_t>& places, std::size_t most = 8) {
    std::string text;
    for (std::size_t i = 0; i < std::min(places.size(), most); ++i)
        text += (i > 0 ? ", " : "") + report.network->places[places[i]].name;
    if (places.size() > most)
        text += " and " + std::to_string(places.size() - most) + " more";
    return text;
}

std::vector<std::size_t> sortedPlaces(const AccessReport& report, bool (*wanted)(const PlaceReach&)) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < report.answer.places.size(); ++i)
        if (wanted(report.answer.places[i]))
            found.push_back(i);
    std::stable_sort(found.begin(), found.end(), [&](std::size_t a, std::size_t b) {
        return report.network->places[a].population.value_or(0) > report.network->places[b].population.value_or(0);
    });
    return found;
}

void printTotals(std::ostream& out, const AccessReport& report) {
    const AccessTotals& totals = report.answer.totals;
    out << "Cut off: " << people(totals.cutOff) << '\n';
    if (totals.restricted.places > 0)
        out << "  of these under blockade, whatever the roads: " << people(totals.restricted) << '\n';
    for (const RegionTotals& region : report.answer.regions)
        if (region.totals.cutOff.places > 0)
            out << "  "
                << (region.region.empty() ? "outside all regions"
                    : region.name.empty() ? region.region
                                          : region.name)
                << ": " << people(region.totals.cutOff) << '\n';
    out << "Delayed (more than " << formattedNumber("%g", report.answer.query.delayFactor)
        << " times the time without blockages): " << people(totals.delayed) << '\n';
    if (report.answer.query.budgetHours)
        out << "Reached, but not within " << formattedNumber("%g h", *report.answer.query.budgetHours) << ": "
            << people(totals.late) << '\n';
    out << "Reached: " << people(totals.reached) << '\n';
    out << "Not judged: on roads that do not connect in the data, " << people(totals.islands) << "; farther than "
        << formattedNumber("%g km", report.network->options.snapMeters / 1000) << " from any road, "
        << people(totals.offNetwork) << '\n';
    std::string blockaded;
    for (std::size_t i = 0; i < report.answer.places.size(); ++i)
        if (report.answer.places[i].kind == ReachKind::OffNetwork)
            for (const Restriction* restriction : report.answer.places[i].restrictions)
                blockaded += (blockaded.empty() ? "" : ", ") + report.network->places[i].name + " (" +
                             restriction->head.id + ")";
    if (!blockaded.empty())
        out << "  of these under blockade: " << blockaded << '\n';
}

void printPlaces(std::ostream& out, const AccessReport& report) {
    const auto cut = sortedPlaces(report, [](const PlaceReach& reach) { return reach.isCutOff(); });
    if (!cut.empty())
        out << "\nCut off\n";
    for (const std::size_t i : cut) {
        const Place& place = report.network->places[i];
        out << "  " << place.name << ", " << (place.population ? formattedNumber("%.0f", *place.population) : "?")
            << " people"
            << "; normally " << way(report.answer.places[i].freeMeters, report.answer.places[i].freeSeconds)
            << "; separated by " << whyText(report, i) << '\n';
    }
    auto slow = sortedPlaces(
        report, [](const PlaceReach& reach) { return reach.kind == ReachKind::Reached && reach.detour() > 1.005; });
    if (!slow.empty())
        out << "\nReached with delay or detour\n";
    for (std::size_t k = 0; k < std::min(slow.size(), 2 * report.top); ++k) {
        const PlaceReach& reach = report.answer.places[slow[k]];
        const std::string passes =
            obstaclesText(report, obstaclesOnPath(*report.network, report.answer, slow[k], false));
        out << "  " << report.network->places[slow[k]].name << ": " << way(reach.meters, reach.seconds) << "; normally "
            << way(reach.freeMeters, reach.freeSeconds) << formattedNumber(" (x %.2f in time)", reach.detour())
            << (passes.empty() ? "" : "; passes " + passes) << '\n';
    }
    if (slow.size() > 2 * report.top)
        out << "  and " << slow.size() - 2 * report.top << " more; see --csv or --json\n";
}

void printGain(std::ostream& out, const AccessReport& report, const LiftGain& gain) {
    for (std::size_t i = 0; i < gain.lifted.size(); ++i)
        out << (i > 0 ? " and " : "") << nameOf(*report.network, report.answer, gain.lifted[i]);
    out << ": " << people(gain.reconnected);
    if (!gain.places.empty())
        out << " (" << placeNames(report, gain.places) << ')';
    if (gain.hoursSaved >= 0.05)
        out << formattedNumber("; saves %.0f person-hours", gain.personHoursSaved)
            << formattedNumber(" (%.1f h in all, each place once)", gain.hoursSaved);
    out << '\n';
}

void printRanking(std::ostream& out, const AccessReport& report) {
    if (!report.ranked.empty())
        out << "\nBlockages, by the people their lifting would reconnect\n";
    for (std::size_t i = 0; i < std::min(report.ranked.size(), report.top); ++i) {
        out << "  " << i + 1 << ". ";
        printGain(out, report, report.ranked[i]);
    }
    if (report.ranked.size() > report.top)
        out << "  and " << report.ranked.size() - report.top << " more\n";
    if (!report.together.empty())
        out << "Only together\n";
    for (std::size_t i = 0; i < std::min(report.together.size(), report.top / 2); ++i) {
        out << "  ";
        printGain(out, report, report.together[i]);
    }
}

void printCorridors(std::ostream& out, const AccessReport& report) {
    if (!report.corridors.empty())
        out << "\nCorridors\n";
    for (std::size_t c = 0; c < report.corridors.size(); ++c) {
        const Corridor& corridor = report.corridors[c];
        out << "  " << corridor.name
            << (corridor.name == corridor.from + " – " + corridor.to ? ""
                                                                     : " (" + corridor.from + " – " + corridor.to + ")")
            << ": " << toWord(corridor.state);
        if (corridor.state != CorridorState::None)
            out << "; normally " << way(corridor.freeMeters, corridor.freeSeconds);
        if (corridor.state == CorridorState::Restricted || corridor.state == CorridorState::Unknown)
            out << "; today " << way(corridor.meters, corridor.seconds) << (corridor.isDetour ? " by another way" : "")
                << formattedNumber(" (%+.0f km", std::round((corridor.meters - corridor.freeMeters) / 1000) + 0.0)
                << formattedNumber(", %+.1f h)", (corridor.seconds - corridor.freeSeconds) / 3600);
        if (!corridor.obstacles.empty())
            out << "; on the normal way: " << obstaclesText(report, corridor.obstacles);
        if (corridor.state == CorridorState::Shut) {
            out << "; shut by " << obstaclesText(report, corridor.separating);
            for (const Restriction* restriction : corridor.restrictions)
                out << restriction->head.id << " (restriction of " << restriction->head.place << ')';
        }
        out << '\n';
        if (report.series.empty())
            continue;
        out << "    "; // a character a day
        for (const AccessDay& day : report.series)
            out << ".~# ?"[static_cast<std::size_t>(day.corridors[c])];
        out << '\n';
    }
    if (!report.corridors.empty() && !report.series.empty())
        out << "    (a character a day: . open, ~ restricted, # shut, ? not known)\n";
}

std::string joined(const std::vector<std::string>& ids) {
    std::string text;
    for (const std::string& id : ids)
        text += (text.empty() ? "" : ", ") + id;
    return text;
}

void printSeries(std::ostream& out, const AccessReport& report) {
    if (!report.series.empty())
        out << "\nPeople cut off, day by day (days that differ)\n";
    for (const AccessDay& day : report.series) {
        if (day.isSame)
            continue;
        out << "  " << formatIsoDate(TimePoint(day.day)) << ": " << people(day.cutOff);
        if (!day.newlyCutOff.empty())
            out << "; newly cut off: " << placeNames(report, day.newlyCutOff);
        if (!day.reconnected.empty())
            out << "; reconnected: " << placeNames(report, day.reconnected);
        if (!day.begun.empty())
            out << "; begun: " << joined(day.begun);
        if (!day.ended.empty())
            out << "; ended: " << joined(day.ended);
        out << '\n';
    }
}

} // namespace

void printHealth(std::ostream& out, const AccessNetwork& network, std::size_t most) {
    const NetworkHealth& health = network.health;
    const RoadGraph& graph = network.graph;
    out << "Network: " << graph.roads.size() << " roads, " << graph.nodeCount() << " nodes, " << graph.edgeCount()
        << " edges; " << health.joinedEnds << " loose ends joined within "
        << formattedNumber("%g m", health.toleranceMeters);
    if (health.joinedEnds > 0)
        out << formattedNumber(" (the widest %.1f m)", health.widestJoinMeters);
    if (health.acceptedJoins > 0)
        out << ", " << health.acceptedJoins << " accepted by hand";
    out << "; " << health.islands.size() << " islands, " << health.zeroLengthEdges << " edges of no length, "
        << health.duplicateEdges << " lying on another\n";
    for (std::size_t i = 0; i < std::min(health.suggestedJoins.size(), most); ++i) {
        const LooseEnd& end = health.suggestedJoins[i];
        out << "  " << i + 1 << ". " << graph.nameOf(end.road) << " ends " << formattedNumber("%.0f m", end.gapMeters)
            << " from " << graph.nameOf(end.nearRoad) << " at " << formattedNumber("%.4f,", end.at.lonDegrees)
            << formattedNumber("%.4f", end.at.latDegrees) << "; were they meant to meet?\n";
    }
    if (health.suggestedJoins.size() > most)
        out << "  and " << health.suggestedJoins.size() - most << " more loose ends near a road; see --json\n";
}

void printAccess(std::ostream& out, const AccessReport& report) {
    std::string from;
    for (const Origin& origin : report.answer.query.origins)
        from += (from.empty() ? "" : ", ") + origin.name;
    out << "Access by road from " << from << " at " << formatIso(report.answer.query.filter.asOf) << ", "
        << toWord(report.answer.query.userClass) << '\n';
    printTotals(out, report);
    printPlaces(out, report);
    printRanking(out, report);
    printCorridors(out, report);
    printSeries(out, report);
    out << '\n';
    printHealth(out, *report.network, 5);
    if (report.critical) {
        out << "\n" << kInternalNote << "\nOpen roads whose loss would cut off most\n";
        for (std::size_t i = 0; i < std::min(report.critical->size(), report.top); ++i) {
            const CriticalRoad& road = (*report.critical)[i];
            out << "  " << report.network->graph.nameOf(report.network->graph.roadOf(road.edges.front())) << ": "
                << people(road.lost) << " (" << placeNames(report, road.places) << ")\n";
        }
    }
}

} // namespace cordon
