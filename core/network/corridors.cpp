#include "core/network/corridors.h"

#include "core/network/min_cut.h"

#include <algorithm>
#include <array>

namespace cordon {
namespace {

bool isSlowedByTheUnknown(const AccessAnswer& answer, const std::vector<std::uint32_t>& obstacles) {
    return std::all_of(obstacles.begin(), obstacles.end(), [&](std::uint32_t o) {
        const Obstacle& obstacle = answer.passages.obstacles[o];
        return obstacle.factor == 1 || obstacle.isStale || obstacle.status == RoadStatusKind::Unknown;
    });
}

Origin originOf(const AccessNetwork& network, const CorridorEnds& ends) {
    return {network.places[ends.from].name, network.places[ends.from].at};
}

} // namespace

std::string_view toWord(CorridorState state) {
    static constexpr std::array<std::string_view, 5> kWords = {"open", "restricted", "shut", "no_road", "unknown"};
    return kWords[static_cast<std::size_t>(state)];
}

Corridor corridorAt(AccessStudy& study, AccessQuery query, const CorridorEnds& ends) {
    const AccessNetwork& network = study.network();
    query.origins = {originOf(network, ends)};
    Corridor corridor;
    corridor.name = nameOf(network, ends);
    corridor.from = network.places[ends.from].name;
    corridor.to = network.places[ends.to].name;
    if (network.nodeOfPlace[ends.from] == kNone) { // as where the other end is off the roads
        corridor.freeSeconds = corridor.freeMeters = corridor.seconds = corridor.meters = kShut;
        return corridor;
    }
    const AccessAnswer& answer = study.ask(query);
    const PlaceReach& reach = answer.places[ends.to];
    corridor.freeSeconds = reach.freeSeconds;
    corridor.freeMeters = reach.freeMeters;
    corridor.seconds = reach.seconds;
    corridor.meters = reach.meters;
    if (reach.kind == ReachKind::Island || reach.kind == ReachKind::OffNetwork)
        return corridor;
    corridor.obstacles = obstaclesOnPath(network, answer, ends.to, true);
    if (const auto why = whyCutOff(network, answer, ends.to)) {
        corridor.state = CorridorState::Shut;
        corridor.separating = why->obstacles;
        corridor.restrictions = why->restrictions;
        return corridor;
    }
    const std::uint32_t node = network.nodeOfPlace[ends.to];
    corridor.isDetour = answer.now.pathTo(network.graph, node) != answer.free.pathTo(network.graph, node);
    if (reach.seconds <= reach.freeSeconds)
        corridor.state = CorridorState::Open;
    else
        corridor.state = !corridor.isDetour && isSlowedByTheUnknown(answer, corridor.obstacles)
                             ? CorridorState::Unknown
                             : CorridorState::Restricted;
    return corridor;
}

std::vector<CorridorEnds> savedCorridors(const AccessNetwork& network, const AccessSettings& settings,
                                         Warnings& warnings) {
    std::vector<CorridorEnds> ends;
    for (const SavedCorridor& saved : settings.corridors) {
        try {
            ends.push_back({findPlace(network.places, saved.from), findPlace(network.places, saved.to), saved.name});
        } catch (const Error& error) {
            warnings.push_back({"The saved corridor " + nameOf(saved) + " is left out. " + error.what(), true});
        }
    }
    return ends;
}

std::string nameOf(const SavedCorridor& corridor) {
    return corridor.name.empty() ? corridor.from + " – " + corridor.to : corridor.name;
}

AccessSettings withCorridor(AccessSettings settings, const std::vector<Place>& places, SavedCorridor corridor) {
    const std::size_t from = findPlace(places, corridor.from), to = findPlace(places, corridor.to);
    if (from == to)
        throw Error("A corridor from " + corridor.from + " to itself leads nowhere; give it two different ends.");
    for (const SavedCorridor& saved : settings.corridors)
        if (nameOf(saved) == nameOf(corridor))
            throw Error("There is a corridor '" + nameOf(corridor) +
                        "' in the project already; give this one another name.");
    settings.corridors.push_back(std::move(corridor));
    return settings;
}

CorridorCourse courseOf(AccessStudy& study, AccessQuery query, const CorridorEnds& ends) {
    CorridorCourse course;
    if (study.network().nodeOfPlace[ends.from] == kNone)
        return course;
    query.origins = {originOf(study.network(), ends)};
    const AccessAnswer& answer = study.ask(query);
    course.normal = pathGeometry(study.network(), answer, ends.to, true);
    if (answer.places[ends.to].kind == ReachKind::Reached)
        course.today = pathGeometry(study.network(), answer, ends.to, false);
    return course;
}

std::string nameOf(const AccessNetwork& network, const CorridorEnds& ends) {
    return ends.name.empty() ? network.places[ends.from].name + " – " + network.places[ends.to].name : ends.name;
}

} // namespace cordon
