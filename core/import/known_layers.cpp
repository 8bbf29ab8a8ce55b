// What of a layer the project has already.
#include "core/import/layer_rows.h"
#include "core/io/content_hash.h"
#include "core/io/read_job.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

namespace cordon {
namespace {

std::uint64_t placeKey(LonLat p) {
    ContentHash hash; // to a centimetre
    hash.addNumber(std::llround(p.lonDegrees * 1e7));
    hash.addNumber(std::llround(p.latDegrees * 1e7));
    return hash.value();
}

std::uint64_t placeKey(const FeatureTable& table, std::uint32_t feature) {
    const GeometryColumn& g = table.geometry;
    const std::uint32_t begin = g.partStart[g.featureStart[feature]], end = g.partStart[g.featureStart[feature + 1]];
    if (end == begin + 1)
        return placeKey(g.coordinates[begin]);
    ContentHash hash;
    for (std::uint32_t i = begin; i < end; ++i)
        hash.addNumber(static_cast<std::int64_t>(placeKey(g.coordinates[i])));
    return hash.value();
}

// Whether both features, which lie at the same place, say the same.
class SameFeature {
public:
    SameFeature(const FeatureTable& a, const FeatureTable& b) : m_a(a), m_b(b) {
        for (const Column& column : a.columns)
            if (const Column* other = b.findColumn(column.name))
                m_common.emplace_back(&column, other);
        m_hasTimes = a.findColumn("time") && b.findColumn("time");
        m_hasPointTimes = !a.geometry.timeMs.empty() && !b.geometry.timeMs.empty();
    }

    bool operator()(std::uint32_t a, std::uint32_t b) const {
        if (m_hasTimes && !m_a.findColumn("time")->isNull(a))
            return isSame("time", a, b) && (!m_b.findColumn("device") || isSame("device", a, b));
        if (m_hasPointTimes)
            return m_a.geometry.timeMs[m_a.geometry.partStart[m_a.geometry.featureStart[a]]] ==
                   m_b.geometry.timeMs[m_b.geometry.partStart[m_b.geometry.featureStart[b]]];
        return !m_common.empty() && std::all_of(m_common.begin(), m_common.end(), [&](const auto& columns) {
            return m_a.valueAsText(*columns.first, a) == m_b.valueAsText(*columns.second, b);
        });
    }

private:
    bool isSame(const char* name, std::uint32_t a, std::uint32_t b) const {
        const Column* left = m_a.findColumn(name);
        const Column* right = m_b.findColumn(name);
        return !left || !right || m_a.valueAsText(*left, a) == m_b.valueAsText(*right, b);
    }

    const FeatureTable &m_a, &m_b;
    std::vector<std::pair<const Column*, const Column*>> m_common;
    bool m_hasTimes = false, m_hasPointTimes = false;
};

} // namespace

std::shared_ptr<const Layer> layerOfSource(const Project& project, const Layer& layer) {
    for (const auto& other : project.layers)
        if (other->table && !layer.table->source.path.empty() && other->role == layer.role &&
            absoluteSource(other->table->source.path) == layer.table->source.path &&
            other->table->source.layer == layer.table->source.layer)
            return other;
    return nullptr;
}

std::uint64_t featureHash(const FeatureTable& table, std::uint32_t feature) {
    ContentHash hash;
    const GeometryColumn& g = table.geometry;
    for (std::uint32_t part = g.featureStart[feature]; part < g.featureStart[feature + 1]; ++part) {
        hash.addNumber(static_cast<std::int64_t>(g.partRole[part]));
        for (std::uint32_t i = g.partStart[part]; i < g.partStart[part + 1]; ++i) {
            hash.addNumber(std::llround(g.coordinates[i].lonDegrees * 1e9));
            hash.addNumber(std::llround(g.coordinates[i].latDegrees * 1e9));
            if (!g.timeMs.empty())
                hash.addNumber(g.timeMs[i]);
        }
    }
    for (const Column& column : table.columns) {
        if (column.isNull(feature))
            continue;
        hash.add(column.name);
        hash.add("=");
        if (column.type == FieldType::Text)
            hash.add(column.textAt(feature));
        else
            hash.add(table.valueAsText(column, feature));
        hash.add("\n");
    }
    return hash.value();
}

std::vector<std::uint8_t> featuresBefore(const Layer* before, const FeatureTable& table, Warnings& warnings) {
    std::vector<std::uint8_t> isThere(table.featureCount, 0);
    if (!before)
        return isThere;
    std::unordered_multiset<std::uint64_t> known;
    for (std::uint32_t feature = 0; feature < before->table->featureCount; ++feature)
        known.insert(featureHash(*before->table, feature));
    for (std::uint32_t feature = 0; feature < table.featureCount; ++feature)
        if (const auto found = known.find(featureHash(table, feature)); found != known.end()) {
            isThere[feature] = 1;
            known.erase(found);
        }
    if (!known.empty())
        warnings.push_back({"The layer '" + before->name + "' had " + countOf(known.size(), "feature") +
                                " that the file no longer has or says otherwise now; the layer becomes what the file "
                                "says, and undoing brings the old one back.",
                            false});
    return isThere;
}

std::vector<std::uint32_t> featuresElsewhere(const Project& project, const Layer* sameSource,
                                             const FeatureTable& table) {
    std::unordered_multimap<std::uint64_t, std::uint32_t> byPlace; // of the features not found yet
    std::vector<std::uint8_t> isElsewhere(table.featureCount, 0);
    const GeometryClass wanted = table.geometryClass();
    for (const auto& layer : project.layers) {
        if (!layer->table || layer.get() == sameSource || layer->role == LayerRole::Change ||
            !layer->table->extent.intersects(table.extent) || layer->table->geometryClass() != wanted)
            continue;
        if (byPlace.empty())
            for (std::uint32_t feature = 0; feature < table.featureCount; ++feature)
                if (!isElsewhere[feature])
                    byPlace.emplace(placeKey(table, feature), feature);
        const SameFeature isSame(table, *layer->table);
        for (std::uint32_t other = 0; other < layer->table->featureCount; ++other) {
            if (layer->table->boxOf(other).isEmpty())
                continue;
            const auto [begin, end] = byPlace.equal_range(placeKey(*layer->table, other));
            for (auto found = begin; found != end;) {
                const bool isThere = isSame(found->second, other);
                if (isThere)
                    isElsewhere[found->second] = 1;
                found = isThere ? byPlace.erase(found) : std::next(found);
            }
        }
    }
    std::vector<std::uint32_t> features;
    for (std::uint32_t feature = 0; feature < table.featureCount; ++feature)
        if (isElsewhere[feature])
            features.push_back(feature);
    return features;
}

} // namespace cordon
