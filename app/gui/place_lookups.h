// Roads and regions by the ids that reports name them with, made once for the layers at hand.
#pragma once

#include "core/model/region_lookup.h"
#include "core/model/road_lookup.h"

#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

namespace cordon {

struct PlaceLookups {
    RoadLookup roads;
    RegionLookup regions;
};

// Keeps the latest; thread-safe, so that the first look at a large map can be taken by a worker.
class PlaceLookupsCache {
public:
    // Throws Stopped; then the next call makes them anew.
    std::shared_ptr<const PlaceLookups> of(const Project& project, const std::stop_token& stop = {});

private:
    struct Named {
        std::shared_ptr<const FeatureTable> table;
        LayerRole role;
        std::string idField;
        friend bool operator==(const Named&, const Named&) = default;
    };
    using Key = std::vector<Named>; // of the layers that can be named: their order counts, not how they look
    std::mutex m_mutex;
    Key m_key;
    std::shared_ptr<const PlaceLookups> m_lookups;
};

} // namespace cordon
