#include "core/render/prepared_layers.h"

#include "core/render/prepared_layer.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <utility>

namespace cordon {

struct PreparedLayers::Impl {
    struct Slot {
        std::mutex mutex; // held while the layer is being made
        std::shared_ptr<const PreparedLayer> layer;
        std::atomic<bool> isReady = false;
        std::weak_ptr<const FeatureTable> table; // an address may be used again by another table
    };
    bool exact = false;
    std::mutex mutex;
    std::map<std::pair<const FeatureTable*, std::string>, std::shared_ptr<Slot>> slots;
    ShownSituations situations;
};

PreparedLayers::PreparedLayers(Precision precision) : m_impl(std::make_unique<Impl>()) {
    m_impl->exact = precision == Precision::Exact;
}

PreparedLayers::~PreparedLayers() = default;

bool PreparedLayers::isExact() const {
    return m_impl->exact;
}

std::shared_ptr<const PreparedLayer> PreparedLayers::find(const std::shared_ptr<const FeatureTable>& table,
                                                          const Crs& crs, std::stop_token stop) {
    std::shared_ptr<Impl::Slot> slot;
    {
        const std::lock_guard lock(m_impl->mutex);
        auto& known = m_impl->slots[{table.get(), crs.definition()}];
        if (!known || known->table.lock() != table) {
            known = std::make_shared<Impl::Slot>();
            known->table = table;
        }
        slot = known;
    }
    const std::lock_guard lock(slot->mutex);
    if (!slot->layer) {
        slot->layer = std::make_shared<PreparedLayer>(table, crs, m_impl->exact, stop);
        slot->isReady = true;
    }
    return slot->layer;
}

bool PreparedLayers::isReady(const std::shared_ptr<const FeatureTable>& table, const Crs& crs) const {
    const std::lock_guard lock(m_impl->mutex);
    const auto known = m_impl->slots.find({table.get(), crs.definition()});
    return known != m_impl->slots.end() && known->second->isReady && known->second->table.lock() == table;
}

std::shared_ptr<const ShownSituation> PreparedLayers::shownAt(const Project& project, const TimeFilter& filter,
                                                              const std::stop_token& stop) {
    return m_impl->situations.at(project, filter, stop);
}

void PreparedLayers::keepOnly(const std::vector<std::shared_ptr<const FeatureTable>>& tables) {
    const std::lock_guard lock(m_impl->mutex);
    std::erase_if(m_impl->slots, [&](const auto& entry) {
        return std::none_of(tables.begin(), tables.end(),
                            [&](const auto& table) { return table.get() == entry.first.first; });
    });
}

} // namespace cordon
