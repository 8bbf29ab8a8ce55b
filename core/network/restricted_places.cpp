#include "core/network/restricted_places.h"

#include "core/model/region_lookup.h"
#include "core/model/shelf_life.h"
#include "core/network/fast_length.h"
#include "core/network/obstacles.h"

#include <algorithm>

namespace cordon {
namespace {

constexpr double kSameNameMeters = 20000;

std::vector<std::size_t> placesIn(const AccessNetwork& network, const Restriction& restriction) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < network.places.size(); ++i) {
        bool inside = false;
        for (const SmallGeometry::Part& part : restriction.geometry.parts)
            inside ^= crossesOddly(part.points, network.places[i].at);
        if (inside)
            found.push_back(i);
    }
    return found;
}

std::optional<std::size_t> placeAt(const AccessNetwork& network, const Restriction& restriction) {
    const LonLat at = restriction.geometry.parts.front().points.front();
    std::optional<std::size_t> nearest;
    double least = kRestrictionMeters;
    for (std::size_t i = 0; i < network.places.size(); ++i) {
        const Place& place = network.places[i];
        if (std::abs(place.at.latDegrees - at.latDegrees) > 0.5)
            continue;
        const double meters = stepMeters(place.at, at);
        if (place.name == restriction.head.place && meters <= kSameNameMeters)
            return i;
        if (meters <= least) {
            nearest = i;
            least = meters;
        }
    }
    return nearest;
}

} // namespace

std::vector<const Restriction*> restrictionsInForce(const SituationIndex& index, const AccessQuery& query) {
    std::vector<const Restriction*> restrictions;
    if (query.policy.mayEnterRestricted)
        return restrictions;
    for (const Restriction* report : index.at<Restriction>(query.filter)) {
        const bool isLifted =
            std::find(query.lifted.begin(), query.lifted.end(), report->head.id) != query.lifted.end();
        const bool counts = !query.policy.stale || *query.policy.stale == kShut ||
                            !isStale(index.situation().shelfLives, *report, query.filter.asOf);
        if (!isLifted && counts)
            restrictions.push_back(report);
    }
    return restrictions;
}

std::vector<std::vector<const Restriction*>> restrictedPlaces(const AccessNetwork& network,
                                                              const std::vector<const Restriction*>& restrictions,
                                                              Warnings& warnings) {
    std::vector<std::vector<const Restriction*>> ofPlace(network.places.size());
    for (const Restriction* restriction : restrictions) {
        std::vector<std::size_t> places;
        if (restriction->geometry.kind == SmallGeometry::Kind::Polygon)
            places = placesIn(network, *restriction);
        else if (!restriction->geometry.parts.empty() && !restriction->geometry.parts.front().points.empty())
            if (const auto place = placeAt(network, *restriction))
                places.push_back(*place);
        for (const std::size_t place : places)
            ofPlace[place].push_back(restriction);
        if (places.empty())
            warnings.push_back({"The restriction " + restriction->head.id + " (" + restriction->head.place +
                                    ") is on no place of the project, so the people under it are not counted; add the "
                                    "place to a layer of places.",
                                true});
    }
    return ofPlace;
}

} // namespace cordon
