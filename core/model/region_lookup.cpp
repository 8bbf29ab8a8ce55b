#include "core/model/region_lookup.h"

#include "core/error.h"

#include <algorithm>

namespace cordon {

RegionLookup::RegionLookup(const Project& project, const std::stop_token& stop) {
    bool hasPartition = false;
    for (const auto& layer : project.layers) {
        const bool isArea = layer->role == LayerRole::Region || layer->role == LayerRole::Country;
        const Column* ids = isArea && layer->table ? layer->table->findColumn(layer->idField) : nullptr;
        if (!ids)
            continue;
        const FeatureTable& table = *layer->table;
        const bool isPartition = layer->role == LayerRole::Region && !hasPartition;
        hasPartition |= isPartition;
        m_tables.push_back(layer->table);
        for (std::uint32_t f = 0; f < table.featureCount; ++f) {
            if (f % 4096 == 0 && stop.stop_requested())
                throw Stopped();
            const std::string code = table.valueAsText(*ids, f);
            if (code.empty())
                continue;
            Region& region = m_regions[code];
            if (!region.table) {
                region.table = &table;
                m_codes.push_back(code);
                if (isPartition)
                    m_partition.push_back(code);
            }
            if (region.table == &table)
                region.features.push_back(f);
        }
    }
}

const RegionLookup::Region* RegionLookup::find(std::string_view code) const {
    const auto found = m_regions.find(code);
    return found == m_regions.end() ? nullptr : &found->second;
}

template <class F> void RegionLookup::forEachRing(const Region& region, F f) const {
    const GeometryColumn& geometry = region.table->geometry;
    for (const std::uint32_t feature : region.features)
        for (std::uint32_t p = geometry.featureStart[feature]; p < geometry.featureStart[feature + 1]; ++p)
            if (geometry.partRole[p] == PartRole::OuterRing || geometry.partRole[p] == PartRole::InnerRing)
                f(geometry.part(p), geometry.partRole[p] == PartRole::InnerRing);
}

std::string RegionLookup::nameOf(std::string_view code) const {
    if (const Region* region = find(code))
        for (const char* name : {"name", "nom", "ADM1_FR", "ADM2_FR", "ADM3_FR", "admin1Name", "admin2Name"})
            if (const Column* column = region->table->findColumn(name))
                if (std::string text = region->table->valueAsText(*column, region->features.front()); !text.empty())
                    return text;
    return {};
}

GeoBox RegionLookup::boxOf(std::string_view code) const {
    GeoBox box;
    if (const Region* region = find(code))
        for (const std::uint32_t f : region->features)
            if (!region->table->boxOf(f).isEmpty())
                box.include(static_cast<const BasicBox<double>&>(region->table->boxOf(f)));
    return box;
}

std::vector<GeoRing> RegionLookup::ringsOf(std::string_view code) const {
    std::vector<GeoRing> rings;
    if (const Region* region = find(code))
        forEachRing(*region, [&](std::span<const LonLat> ring, bool isHole) {
            rings.push_back({{ring.begin(), ring.end()}, isHole});
        });
    return rings;
}

bool RegionLookup::isInside(std::string_view code, LonLat p) const {
    const Region* region = find(code);
    if (!region || !boxOf(code).contains(p.lonDegrees, p.latDegrees))
        return false;
    bool isIn = false;
    forEachRing(*region, [&](std::span<const LonLat> ring, bool) { isIn ^= crossesOddly(ring, p); });
    return isIn;
}

bool RegionLookup::hasSameShape(std::string_view code, const RegionLookup& other) const {
    const Region* a = find(code);
    const Region* b = other.find(code);
    if (a && b && a->table == b->table)
        return true;
    return ringsOf(code) == other.ringsOf(code);
}

bool crossesOddly(std::span<const LonLat> ring, LonLat p) {
    bool isOdd = false;
    for (std::size_t i = 1; i < ring.size(); ++i) {
        const LonLat a = ring[i - 1], b = ring[i];
        if ((a.latDegrees > p.latDegrees) == (b.latDegrees > p.latDegrees))
            continue;
        const double t = (p.latDegrees - a.latDegrees) / (b.latDegrees - a.latDegrees);
        isOdd ^= p.lonDegrees < a.lonDegrees + t * (b.lonDegrees - a.lonDegrees);
    }
    return isOdd;
}

} // namespace cordon
