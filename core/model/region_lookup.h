// Regions by the code that records name them with (P-code, ISO 3166-2), from the region layers of a project.
#pragma once

#include "core/geo/overlay.h"
#include "core/model/project.h"

#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cordon {

class RegionLookup {
public:
    RegionLookup() = default;
    // Of the layers with role Region or Country and an id field, the visible ones or not. Several features of one code
    // make one region; a code in several layers is taken from the first. Throws Stopped.
    explicit RegionLookup(const Project& project, const std::stop_token& stop = {});

    bool isEmpty() const { return m_codes.empty(); }
    const std::vector<std::string>& codes() const { return m_codes; } // in the order of the layers
    // Those of the first layer with role Region: regions that do not overlap, to split areas by.
    const std::vector<std::string>& partition() const { return m_partition; }
    bool contains(std::string_view code) const { return m_regions.contains(code); }
    std::string nameOf(std::string_view code) const; // column name, or ""
    GeoBox boxOf(std::string_view code) const;
    std::vector<GeoRing> ringsOf(std::string_view code) const;
    bool isInside(std::string_view code, LonLat p) const;
    // Whether both give the same shape for a code: tells a new boundary file from the same one.
    bool hasSameShape(std::string_view code, const RegionLookup& other) const;

private:
    struct Region {
        const FeatureTable* table = nullptr;
        std::vector<std::uint32_t> features;
    };
    const Region* find(std::string_view code) const;
    template <class F> void forEachRing(const Region& region, F f) const;

    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    std::vector<std::shared_ptr<const FeatureTable>> m_tables; // keeps the coordinates alive
    std::unordered_map<std::string, Region, Hash, std::equal_to<>> m_regions;
    std::vector<std::string> m_codes, m_partition;
};

// Whether the ray from `p` eastward crosses the closed ring an odd number of times.
bool crossesOddly(std::span<const LonLat> ring, LonLat p);

} // namespace cordon
