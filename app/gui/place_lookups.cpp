#include "app/gui/place_lookups.h"

namespace cordon {

std::shared_ptr<const PlaceLookups> PlaceLookupsCache::of(const Project& project, const std::stop_token& stop) {
    Key key;
    for (const auto& layer : project.layers)
        if (layer->table && !layer->idField.empty())
            key.push_back({layer->table, layer->role, layer->idField});
    const std::lock_guard lock(m_mutex);
    if (!m_lookups || key != m_key) {
        m_lookups =
            std::make_shared<const PlaceLookups>(PlaceLookups{RoadLookup(project, stop), RegionLookup(project, stop)});
        m_key = std::move(key);
    }
    return m_lookups;
}

} // namespace cordon
