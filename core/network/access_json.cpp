#include "core/network/access_json.h"

#include "core/network/access_layers.h"

#include <cmath>

namespace cordon {
namespace {

double rounded(double value, int decimals) {
    const double scale = std::pow(10, decimals);
    return std::round(value * scale) / scale;
}

void writeCount(JsonWriter& json, const char* key, const PeopleCount& count) {
    json.key(key)
        .beginObject()
        .member("people", count.people)
        .member("places", count.places)
        .member("without_population", count.withoutPopulation)
        .end();
}

void writeTotals(JsonWriter& json, const AccessTotals& totals) {
    writeCount(json, "all", totals.all);
    writeCount(json, "reached", totals.reached);
    writeCount(json, "cut_off", totals.cutOff);
    writeCount(json, "restricted", totals.restricted);
    writeCount(json, "delayed", totals.delayed);
    writeCount(json, "late", totals.late);
    writeCount(json, "islands", totals.islands);
    writeCount(json, "off_network", totals.offNetwork);
}

void writeObstacle(JsonWriter& json, const AccessReport& report, std::uint32_t number) {
    const Obstacle& obstacle = report.answer.passages.obstacles[number];
    const RoadGraph& graph = report.network->graph;
    json.beginObject().member("road", obstacle.road == kNone ? "" : graph.idOf(obstacle.road));
    json.member("name", obstacle.road == kNone ? "" : graph.nameOf(obstacle.road));
    json.member("from", obstacle.fromFraction).member("to", obstacle.toFraction);
    json.member("state", obstacle.why).member("shut", obstacle.factor == kShut).member("stale", obstacle.isStale);
    json.key("reports").beginArray(true);
    for (const RoadStatus* status : obstacle.reports)
        json.value(status->head.id);
    json.end().end();
}

void writeObstacles(JsonWriter& json, const char* key, const AccessReport& report,
                    const std::vector<std::uint32_t>& obstacles) {
    json.key(key).beginArray();
    for (const std::uint32_t o : obstacles)
        writeObstacle(json, report, o);
    json.end();
}

void writeRestrictions(JsonWriter& json, const std::vector<const Restriction*>& restrictions) {
    json.key("restrictions").beginArray(true);
    for (const Restriction* restriction : restrictions)
        json.value(restriction->head.id);
    json.end();
}

void writePlaces(JsonWriter& json, const AccessReport& report) {
    json.key("places").beginArray();
    for (std::size_t i = 0; i < report.answer.places.size(); ++i) {
        const Place& place = report.network->places[i];
        const PlaceReach& reach = report.answer.places[i];
        json.beginObject().member("name", place.name);
        json.member("lon", place.at.lonDegrees).member("lat", place.at.latDegrees);
        json.member("country", place.country).member("region", place.region).key("population");
        place.population ? json.value(*place.population) : json.null();
        json.member("reach", toWord(reach.kind));
        if (reach.kind != ReachKind::OffNetwork)
            json.member("normal_km", rounded(reach.freeMeters / 1000, 3))
                .member("normal_hours", rounded(reach.freeSeconds / 3600, 4));
        if (reach.kind == ReachKind::Reached) {
            json.member("km", rounded(reach.meters / 1000, 3)).member("hours", rounded(reach.seconds / 3600, 4));
            json.member("detour", rounded(reach.detour(), 4)).member("delayed", reach.isDelayed);
            json.member("late", reach.isLate);
            writeObstacles(json, "passes", report, obstaclesOnPath(*report.network, report.answer, i, false));
        }
        if (const auto why = report.why.find(i); why != report.why.end()) {
            writeObstacles(json, "separated_by", report, why->second.obstacles);
            writeRestrictions(json, why->second.restrictions);
        } else if (!reach.restrictions.empty()) {
            writeRestrictions(json, reach.restrictions);
        }
        json.end();
    }
    json.end();
}

void writeGains(JsonWriter& json, const char* key, const AccessReport& report, const std::vector<LiftGain>& gains) {
    json.key(key).beginArray();
    for (const LiftGain& gain : gains) {
        json.beginObject().key("lifted").beginArray();
        for (const Liftable& lifted : gain.lifted) {
            json.beginObject().member("name", nameOf(*report.network, report.answer, lifted));
            json.key("reports").beginArray(true);
            if (lifted.restriction)
                json.value(lifted.restriction->head.id);
            else
                for (const RoadStatus* status : report.answer.passages.blockages[lifted.blockage].reports)
                    json.value(status->head.id);
            json.end().end();
        }
        json.end();
        writeCount(json, "reconnected", gain.reconnected);
        json.key("places").beginArray(true);
        for (const std::uint32_t place : gain.places)
            json.value(report.network->places[place].name);
        json.end().member("person_hours_saved", rounded(gain.personHoursSaved, 1));
        json.member("hours_saved", rounded(gain.hoursSaved, 3)).end();
    }
    json.end();
}

void writeCorridors(JsonWriter& json, const AccessReport& report) {
    json.key("corridors").beginArray();
    for (const Corridor& corridor : report.corridors) {
        json.beginObject().member("name", corridor.name).member("from", corridor.from).member("to", corridor.to);
        json.member("state", toWord(corridor.state));
        json.member("normal_km", rounded(corridor.freeMeters / 1000, 3));
        json.member("normal_hours", rounded(corridor.freeSeconds / 3600, 4));
        json.member("km", rounded(corridor.meters / 1000, 3)).member("hours", rounded(corridor.seconds / 3600, 4));
        json.member("detour", corridor.isDetour);
        writeObstacles(json, "on_normal_way", report, corridor.obstacles);
        writeObstacles(json, "shut_by", report, corridor.separating);
        writeRestrictions(json, corridor.restrictions);
        json.end();
    }
    json.end();
}

void writeSeries(JsonWriter& json, const AccessReport& report) {
    const auto names = [&](const char* key, const std::vector<std::uint32_t>& places) {
        json.key(key).beginArray(true);
        for (const std::uint32_t place : places)
            json.value(report.network->places[place].name);
        json.end();
    };
    const auto ids = [&](const char* key, const std::vector<std::string>& list) {
        json.key(key).beginArray(true);
        for (const std::string& id : list)
            json.value(id);
        json.end();
    };
    json.key("series").beginArray();
    for (const AccessDay& day : report.series) {
        json.beginObject().member("day", formatIsoDate(TimePoint(day.day)));
        writeCount(json, "cut_off", day.cutOff);
        writeCount(json, "delayed", day.delayed);
        json.member("changed", !day.isSame);
        names("newly_cut_off", day.newlyCutOff);
        names("reconnected", day.reconnected);
        ids("begun", day.begun);
        ids("ended", day.ended);
        json.key("corridors").beginArray(true);
        for (const CorridorState state : day.corridors)
            json.value(toWord(state));
        json.end().end();
    }
    json.end();
}

void writeQuestion(JsonWriter& json, const AccessQuery& query) {
    json.member("as_of", formatIso(query.filter.asOf)).member("class", toWord(query.userClass));
    json.key("from").beginArray(true);
    for (const Origin& origin : query.origins)
        json.value(origin.name);
    json.end();
}

void writeRegions(JsonWriter& json, const std::vector<RegionTotals>& regions) {
    json.key("regions").beginArray();
    for (const RegionTotals& region : regions) {
        json.beginObject().member("code", region.region).member("name", region.name);
        writeTotals(json, region.totals);
        json.end();
    }
    json.end();
}

void writeCritical(JsonWriter& json, const AccessNetwork& network, const std::vector<CriticalRoad>& roads) {
    json.key("internal_critical_roads").beginObject().member("note", kInternalNote).key("roads").beginArray();
    for (const CriticalRoad& road : roads) {
        const std::uint32_t number = network.graph.roadOf(road.edges.front());
        json.beginObject().member("road", network.graph.idOf(number)).member("name", network.graph.nameOf(number));
        writeCount(json, "lost", road.lost);
        json.end();
    }
    json.end().end();
}

} // namespace

void writeHealth(JsonWriter& json, const AccessNetwork& network) {
    const NetworkHealth& health = network.health;
    const RoadGraph& graph = network.graph;
    json.key("network").beginObject().member("roads", graph.roads.size());
    json.member("nodes", std::size_t{graph.nodeCount()}).member("edges", std::size_t{graph.edgeCount()});
    json.member("tolerance_m", health.toleranceMeters).member("joined_ends", std::size_t{health.joinedEnds});
    json.member("widest_join_m", rounded(health.widestJoinMeters, 2));
    json.member("zero_length_edges", std::size_t{health.zeroLengthEdges});
    json.member("duplicate_edges", std::size_t{health.duplicateEdges}).member("loops", std::size_t{health.loops});
    json.member("accepted_joins", std::size_t{health.acceptedJoins});
    json.key("suggested_joins").beginArray();
    for (const LooseEnd& end : health.suggestedJoins)
        json.beginObject()
            .member("road", graph.nameOf(end.road))
            .member("near_road", graph.nameOf(end.nearRoad))
            .member("lon", end.at.lonDegrees)
            .member("lat", end.at.latDegrees)
            .member("gap_m", rounded(end.gapMeters, 1))
            .end();
    json.end().key("islands").beginArray();
    for (const Island& island : health.islands)
        json.beginObject()
            .member("nodes", std::size_t{island.nodes})
            .member("km", rounded(island.lengthMeters / 1000, 1))
            .member("lon", island.at.lonDegrees)
            .member("lat", island.at.latDegrees)
            .end();
    json.end().end();
}

void writeAccess(std::ostream& out, const AccessReport& report, const Warnings& warnings) {
    JsonWriter json(out);
    json.beginObject();
    writeQuestion(json, report.answer.query);
    json.key("summary").beginObject();
    writeTotals(json, report.answer.totals);
    json.end();
    writeRegions(json, report.answer.regions);
    writePlaces(json, report);
    writeGains(json, "blockages", report, report.ranked);
    writeGains(json, "together", report, report.together);
    writeCorridors(json, report);
    writeSeries(json, report);
    writeHealth(json, *report.network);
    if (report.critical)
        writeCritical(json, *report.network, *report.critical);
    json.key("warnings").beginArray();
    for (const Warning& warning : warnings)
        json.value(warning.text);
    json.end().end();
}

} // namespace cordon
