#include "core/network/corridors.h"

#include "core/network/min_cut.h"

#include <array>

namespace cordon {

std::string_view toWord(CorridorState state) {
    static constexpr std::array<std::string_view, 4> kWords = {"open", "restricted", "shut", "no_road"};
    return kWords[static_cast<std::size_t>(state)];
}

Corridor corridorAt(AccessStudy& study, AccessQuery query, const CorridorEnds& ends) {
    const AccessNetwork& network = study.network();
    query.origins = {{network.places[ends.from].name, network.places[ends.from].at}};
    Corridor corridor;
    corridor.from = network.places[ends.from].name;
    corridor.to = network.places[ends.to].name;
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
    corridor.state = reach.seconds > reach.freeSeconds ? CorridorState::Restricted : CorridorState::Open;
    return corridor;
}

} // namespace cordon
